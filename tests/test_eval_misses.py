"""Misses with their sources, as readers and spreadsheets see them."""

import csv
import re
from pathlib import Path

import pytest

from evals.case import Case
from evals.context import Library
from evals.misses import Miss, find_misses
from evals.misses_csv import write_misses
from evals.reply import ReplyCitation
from evals.sources import Use, show_sources
from ingest.publish import Source
from tests.eval_runs import HOSTILE, make_library, make_outcomes
from tests.test_eval_scorers import CASE, QUOTE, cite


@pytest.fixture(scope="module")
def library(seed: Source) -> Library:
    return make_library(seed)


@pytest.fixture(scope="module")
def misses(seed: Source, library: Library) -> tuple[Miss, ...]:
    return find_misses(make_outcomes(seed), library)


def test_cited_words_are_marked_inside_their_measure(library: Library, seed: Source) -> None:
    case = Case.model_validate({**CASE, "measures": [9, 10], "facts": [["200万元"]]})
    citation = ReplyCitation.model_validate(cite(1, seed.text, QUOTE, "3.9"))
    cited, lacking = show_sources(case, [citation], library)
    assert (cited.label, cited.use, lacking.label, lacking.use) == ("第（九）条", Use.CITED, "第（十）条", Use.LACKING)
    assert "".join(p.text for p in cited.pieces if p.is_cited) == QUOTE
    assert [p.text for p in cited.pieces if p.is_fact] == ["200万元"]
    assert [p.numbers for p in cited.pieces if p.numbers] == [(1,)]
    whole = "".join(p.text for p in cited.pieces)
    assert whole.startswith("（九）技术转移转化和推广服务。") and whole in seed.text
    assert not any(p.is_cited for p in lacking.pieces)


def test_words_outside_measures_come_with_their_surroundings(library: Library, seed: Source) -> None:
    title = cite(1, seed.text, "关于支持科技服务业高质量发展的若干措施", "", "title")
    (block,) = show_sources(
        Case(id="t", kind="k", question="问", answerable=True), [ReplyCitation.model_validate(title)], library
    )
    assert (block.label, block.use, block.is_checked) == ("标题", Use.FREE, True)
    assert len("".join(p.text for p in block.pieces)) > len(title["quote"])


def test_words_that_are_not_in_the_text_are_shown_alone(library: Library, seed: Source) -> None:
    moved = ReplyCitation.model_validate({**cite(1, seed.text, QUOTE, "3.9"), "start": 0, "end": len(QUOTE)})
    blocks = show_sources(Case.model_validate(CASE), [moved], library)
    assert [(b.label, b.use, b.is_checked) for b in blocks] == [
        ("第（九）条", Use.LACKING, True),
        ("第 9 条", Use.OTHER, False),
    ]
    assert [b.is_checked for b in show_sources(Case.model_validate(CASE), [moved], Library((), {}))] == [False]


def test_misses_tell_what_was_asked_wanted_and_got(misses: tuple[Miss, ...]) -> None:
    assert [m.id for m in misses] == ["o1", "u1", "r2", "=1+1", "e1"]
    one = next(m for m in misses if m.id == "o1")
    assert (one.kind, one.status, one.reasons[0]) == ("清单", "不在范围", "结论应为“有规定”，实为“不在范围”")
    assert one.understood == "所问 金额、责任部门；所指 中试基地"
    assert [(line.label, line.text) for line in one.expected] == [
        ("结论", "有规定"),
        ("引用", "第 9 条"),
        ("写到", "200万元"),
        ("写到", "年度"),
        ("不说", "一次性、500万元"),
    ]
    broken = misses[-1]
    assert (broken.status, broken.said, broken.kind) == ("没有回答", (), "自定")


def test_table_opens_in_spreadsheets_and_runs_nothing(misses: tuple[Miss, ...], tmp_path: Path) -> None:
    path = tmp_path / "misses.csv"
    write_misses(path, misses)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["编号"] for row in rows] == ["o1", "u1", "r2", "'=1+1", "e1"]
    assert rows[0]["回答"] == "'=不在范围"
    assert rows[2]["问题"] == HOSTILE
    assert rows[3]["缺引的条款"] == "第（十）条"
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r\n]", cell)] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "  ="])
def test_every_start_of_a_formula_is_disarmed(misses: tuple[Miss, ...], tmp_path: Path, start: str) -> None:
    path = tmp_path / "misses.csv"
    armed = type(misses[0])(**{name: getattr(misses[0], name) for name in Miss.__slots__} | {"id": f"{start}1"})
    write_misses(path, [armed])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["编号"] == f"'{start}1"
