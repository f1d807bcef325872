"""What a run brought is said in words: shares with intervals, misses in four lines, sealed cases never."""

import tomllib
from io import StringIO
from typing import get_args

import pytest
from rich.console import Console

from evals.cases.case import Status
from evals.report.terminal import (
    NAMES_FILE,
    describe_expected,
    describe_mutation,
    describe_overall,
    describe_share,
    describe_times,
    list_marks,
    name_kind,
    name_score,
    name_status,
    name_way,
    print_comparison,
    print_run,
    write_share,
)
from evals.results import HELD
from evals.scoring.judge import FIGURES, RIGHT, UNTRUE
from evals.statistics import Share
from evals.summary import compare_runs, summarise
from tests.evals.answers import make_answer, make_case, make_outcome, make_run
from tests.evals.report.results import make_small_run


@pytest.fixture
def console() -> Console:
    return Console(width=160, file=StringIO())


def read(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (1.0, "100%"), (0.9996, "99.9%"), (0.9994, "99.9%"), (0.0, "0.0%"), (0.125, "12.5%")],
)
def test_only_what_is_whole_is_called_so(value: float | None, words: str) -> None:
    assert write_share(value) == words


def test_a_share_is_told_with_its_interval() -> None:
    assert describe_share(Share(9, 10, 10)) == "9/10 = 90.0%（95% 区间 59.6%–98.2%）"
    assert describe_share(Share(0, 0, 0)) == "0/0 = –（95% 区间 0.0%–100%）"


def test_everything_has_a_name() -> None:
    """What has none is called by its id."""
    assert [score for score in FIGURES if name_score(score) == score] == [UNTRUE]
    assert [status for status in get_args(Status) if name_status(status) == status] == []
    assert (name_status(None), name_kind("自定"), name_way("x")) == ("没有回答", "自定", "x")
    assert (name_kind("sums"), name_score(RIGHT), name_way("nonsense")) == ("金额", "严格", "无关的话")
    assert list(list_marks()) == list(tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))["marks"])
    assert next(iter(list_marks().items())) == ("excellent", "很好")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "answered"),
        ({"answerable": None}, "任意"),
        ({"answerable": False}, "not_stated/related/out_of_scope/refused"),
        ({"facts": [["200万元", "二百万元"], ["年度"]], "measures": [9]}, "answered；事实 200万元、年度；引 9"),
        ({"clauses": ["3.9"], "measures": [9], "exact": True, "evidence": ["奖补"]}, "answered；只引 3.9、奖补"),
        (
            {"verdict": "no", "missing": ["sum"], "departments": ["省科技厅"], "role": "lead", "forbidden": ["一次性"]},
            "answered；首句 no；说明没写 sum；部门 省科技厅；角色 lead；不说 一次性",
        ),
    ],
)
def test_what_is_expected(fields: dict[str, object], words: str) -> None:
    assert describe_expected(make_case(**fields)) == words


def test_overall_words() -> None:
    assert describe_overall(summarise(make_small_run())).splitlines() == [
        "严格正确 1/6 = 16.7%（95% 区间 3.6%–62.4%），不同的要求 5 种",
        "每百个回答里不实的句子 33.3，要人读才能定的回答 16.7",
        "引文有效 100%，答不出的认出 –，答得出的误拒 0.0%",
        "事实在回答里找得到：本产品 100%，bm25 100%",
        "换说法时对错不一：1 组里 1 组",
    ]


def test_kinds_below_plain_search_are_named() -> None:
    run = make_run(make_outcome("a", True, {"facts_shown": 0.5}), baselines={"bm25": {"a": (False, True)}})
    assert describe_overall(summarise(run)).splitlines()[-1] == "不如 BM25 的种类：sums"


def test_each_miss_takes_a_few_lines(console: Console) -> None:
    run = make_small_run()
    print_run(console, summarise(run), run.cases)
    shown = read(console)
    assert "未通过 5 题：" in shown
    blocks = [[line.strip() for line in block.splitlines()] for block in shown.split("\n\n✗ ")[1:]]
    assert blocks[0] == [
        "r2（sums）",
        "问：先问一句 → 问",
        "应：answered；事实 200万元；引 9",
        "得：answered｜年度最高奖补200万元。",
        "因：r2 错了",
    ]
    assert blocks[3] == ["e1（自定，gf-2018-39）", "问：问", "应：answered", "得：无｜", "因：没有得到回答：坏了"]


def test_a_long_answer_is_cut(console: Console) -> None:
    answer = make_answer(("direct", "长" * 200))
    run = make_run(make_outcome("a", False, answer=answer))
    print_run(console, summarise(run), run.cases)
    assert f"｜{'长' * 160}…\n" in read(console)


def test_the_table_has_a_row_for_each_kind(console: Console) -> None:
    run = make_small_run()
    print_run(console, summarise(run), ())
    shown = read(console)
    assert "未通过" not in shown
    rows = [line.split() for line in shown.splitlines() if line.split()]
    names = [row[0] for row in rows]
    assert names[0] == "种类" and names.index("near_miss") < names.index("sums") < names.index("全部")
    assert next(row for row in rows if row[0] == "sums")[1:3] == ["3", "33.3%"]
    assert next(row for row in rows if row[0] == "全部")[1:3] == ["6", "16.7%"]


def test_sealed_misses_are_told_by_id_alone(console: Console) -> None:
    run = make_small_run(tier=HELD)
    sealed = run.model_copy(update={"cases": tuple(o.sealed for o in run.cases)})
    print_run(console, summarise(sealed), sealed.cases)
    shown = read(console)
    assert "✗ r2（sums）" in shown
    assert [word for word in ("先问一句", "200万元", "错了", "answered") if word in shown] == []


def test_spoilt_answers_are_told_by_way() -> None:
    (words,) = describe_mutation(make_small_run())
    assert words.startswith("弄坏的回答认出 2/3 = 66.7%：")
    assert "100%（1）" in words and "50.0%（2）" in words
    assert describe_mutation(make_run()) == []


def test_times() -> None:
    assert describe_times(make_small_run()) == "用处理器 12 秒，回答中位数是一次 n5 的 0.31 倍"
    assert describe_times(make_run()) == "用处理器 0 秒"


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_comparison_lists_changes_unless_they_are_sealed(console: Console, is_sealed: bool) -> None:
    before = make_run(make_outcome("a", False, question="问一？"), make_outcome("b", question="问二？"), commit="old")
    after = make_run(make_outcome("a", question="问一？"), make_outcome("b", False, question="问二？"))
    print_comparison(console, compare_runs(before, after), is_sealed=is_sealed)
    head, *changes = read(console).strip().splitlines()
    assert (
        head == "与 old 相比（同样的 2 题）：新对 1，新错 1，差 +0.0%（95% 区间 +0.0%～+0.0%），McNemar 精确检验 p = 1"
    )
    assert changes == ([] if is_sealed else ["✓ 新对 a 问一？｜a 错了", "✗ 新错 b 问二？｜b 错了"])
