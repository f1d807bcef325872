"""Everything a report names has a Chinese name."""

import tomllib

import pytest

from assistant.answer import Status
from assistant.query import Ask
from evals.case import find_case_files, read_cases
from evals.names import NAMES_FILE, name_kind, name_kinds, name_score, name_statuses, write_share
from evals.summary import OTHER_SCORES, SHOWN_SCORES

NAMES = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))


def test_every_shipped_kind_is_named() -> None:
    assert {placed.case.kind for placed in read_cases(find_case_files())} - set(NAMES["kinds"]) == set()


def test_every_score_status_and_ask_is_named() -> None:
    assert set(NAMES["scores"]) == {*SHOWN_SCORES, *OTHER_SCORES}
    assert set(NAMES["statuses"]) == set(Status)
    assert set(NAMES["asks"]) == set(Ask)


def test_names_are_told_apart() -> None:
    for table in NAMES.values():
        assert len(set(table.values())) == len(table)


def test_unknown_names_stay() -> None:
    assert (name_kind("sums"), name_kind("new_kind"), name_score("new")) == ("金额", "new_kind", "new")


def test_codes_in_reasons_become_words() -> None:
    assert name_statuses("结论应为 not_stated/refused，实为 answered") == "结论应为“没有写明”/“拒绝”，实为“有规定”"
    assert name_kinds("department_lists 的严格正确率；lists 的") == "部门负责哪些条的严格正确率；清单的"


@pytest.mark.parametrize(
    ("value", "written"), [(None, "–"), (1.0, "100%"), (0.99996, "99.9%"), (0.9704, "97.0%"), (0.0, "0.0%")]
)
def test_shares_are_never_rounded_to_full(value: float | None, written: str) -> None:
    assert write_share(value) == written
