"""Lists, item texts, open cases."""

from typing import Any

import pytest

from evals.context import Context
from tests.test_eval_scorers import CASE, answer, cite, context, edit, part, scores_of, text

__all__ = ["answer", "context", "text"]  # fixtures


def test_open_case_checks_only_falsehood(answer: dict[str, Any], context: Context) -> None:
    case = {**CASE, "answerable": None, "facts": [["不存在"]], "measures": [16]}
    assert scores_of(case, answer, context)["strictly_right"].value == 1.0
    wrong = edit(answer, parts__0__text="一次性奖补。")
    assert scores_of(case, wrong, context)["strictly_right"].reason == "不应说“一次性”"
    bent = edit(answer, parts__1__text="年度最高奖补300万元。")
    assert scores_of(case, bent, context)["strictly_right"].value == 0.0


def test_forbidden_words_may_be_quoted(text: str, context: Context) -> None:
    quote = "依据认定层级给予每家最高200万元一次性补助"
    quoted = {"status": "answered", "answer": "", "parts": [part("quote", quote, 1)], "citations": []}
    quoted["citations"] = [cite(1, text, quote, "4.10")]
    case = {**CASE, "facts": [], "departments": [], "measures": [10]}
    assert scores_of(case, quoted, context)["strictly_right"].value == 1.0


LISTED = {**CASE, "kind": "lists", "measures": [5, 13], "exact": True, "facts": [], "departments": []}


@pytest.fixture
def listing(text: str) -> dict[str, Any]:
    """A right answer to LISTED: which measures are the 省大数据局's."""
    owners5 = "（省发展改革委、省科技厅、省工业和信息化厅、省大数据局按职责分工负责）"
    owners13 = "（省科技厅、省工业和信息化厅、省财政厅、省大数据局按职责分工负责）"
    return {
        "status": "answered",
        "answer": "共2条",
        "parts": [part("direct", "省大数据局负责2条。", 1, 2)],
        "citations": [
            cite(1, text, owners5, "2.5", "responsibility"),
            cite(2, text, owners13, "5.13", "responsibility"),
        ],
        "items": [{"text": "（五）信息技术服务", "citations": [1]}, {"text": "（十三）加快转型升级", "citations": [2]}],
        "count": {"value": 2, "of": 16},
    }


def test_right_list(listing: dict[str, Any], context: Context) -> None:
    scores = scores_of(LISTED, listing, context)
    assert [scores[n].value for n in ("strictly_right", "exact_clauses", "list_exact")] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("measures", "changes", "exact", "listed"),
    [
        ([5, 9, 13], {}, "缺第 9 条", "缺第 9 条"),
        ([13], {}, "多第 5 条", "多第 5 条"),
        ([5, 13], {"items__0__citations": []}, "", "有一项没有引文"),
        ([5, 13], {"count__value": 3}, "", "计数 3 与列出的 2 项不符"),
        ([5, 13], {"items__1__citations": [1]}, "", "缺第 13 条"),
    ],
)
def test_wrong_list(
    listing: dict[str, Any], context: Context, measures: list[int], changes: dict[str, Any], exact: str, listed: str
) -> None:
    scores = scores_of({**LISTED, "measures": measures}, edit(listing, **changes), context)
    assert (scores["exact_clauses"].reason, scores["list_exact"].reason) == (exact, listed)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("最高给予200万元", 1.0),
        ("高价值专利培育中心：最高给予200万元", 1.0),
        ("高价值专利培育中心：最高给予200万元整", 0.0),
        ("给200万元的一项：最高给予200万元", 0.0),
    ],
)
def test_item_in_own_words(text: str, context: Context, item: str, value: float) -> None:
    listing = {
        "status": "answered",
        "answer": "",
        "parts": [],
        "citations": [cite(1, text, "支持高校院所建设高价值专利培育中心，最高给予200万元", "2.6")],
        "items": [{"text": item, "citations": [1]}],
    }
    case = {**CASE, "forbidden": ["200万元"]}
    assert scores_of(case, listing, context)["nothing_forbidden"].value == value
