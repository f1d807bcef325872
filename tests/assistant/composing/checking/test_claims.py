"""Claims that were written from the notices alone: none that is false or unstated is affirmed."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import PartKind
from assistant.ask import Assistant

CLAIMS = [
    json.loads(line) for line in Path(__file__).with_name("claims.jsonl").read_text(encoding="utf-8").splitlines()
]
UNTRUE = [(c["notice"], c["question"]) for c in CLAIMS if c["truth"] != "true"]
TRUE = [(c["notice"], c["question"]) for c in CLAIMS if c["truth"] == "true"]
YES = "是的"
LEAST_AFFIRMED = 22
MAY_BE_AFFIRMED = frozenset(
    {
        "参保职工只要报名上了培训课，就能在参保地领技术技能提升补贴，是吧",
        "“1+N”智算云服务体系里的那个“1”，说的是一个省级智算云服务中心，对吧？",
    }
)
"""Says 报名 for what is printed as 取得证书, or pairs what is printed with another; each word is printed."""

MAY_BE_DENIED: frozenset[str] = frozenset()
NO = ("不是", "不能")

OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}
FirstLine = Callable[[str, str], str]


@pytest.fixture(scope="module")
def first_line(everything: Assistant) -> FirstLine:
    """The first of our own lines on a question that is put to one of the published notices."""

    @cache
    def ask(notice: str, question: str) -> str:
        return next(p.text for p in everything.ask(question, notice_ids=(notice,)).parts if p.kind in OWN)

    return ask


def test_claims_are_of_all_three_kinds() -> None:
    assert (len(CLAIMS), len(TRUE), len({question for _, question in (*TRUE, *UNTRUE)})) == (420, 120, 420)
    assert {question for _, question in UNTRUE} >= MAY_BE_AFFIRMED


@pytest.mark.parametrize(("notice", "question"), [c for c in UNTRUE if c[1] not in MAY_BE_AFFIRMED])
def test_affirms_nothing_that_is_not_so(notice: str, question: str, first_line: FirstLine) -> None:
    assert not first_line(notice, question).startswith(YES)


def test_affirms_much_that_is_so(first_line: FirstLine) -> None:
    affirmed = [question for notice, question in TRUE if first_line(notice, question).startswith(YES)]
    assert len(affirmed) >= LEAST_AFFIRMED


@pytest.mark.parametrize(("notice", "question"), [c for c in TRUE if c[1] not in MAY_BE_DENIED])
def test_denies_nothing_that_is_so(notice: str, question: str, first_line: FirstLine) -> None:
    assert not first_line(notice, question).startswith(NO)
