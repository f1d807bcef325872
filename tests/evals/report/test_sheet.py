"""Answers are drawn for people to read, their marks summed up, and the detector held against what they found."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from evals.context import Context
from evals.corpora import Library
from evals.report.sheet import (
    DetectorFigures,
    Drawn,
    Mark,
    SheetError,
    describe_reading,
    draw_answers,
    measure_detector,
    read_marks,
    sum_marks,
    write_sheet,
)
from evals.report.terminal import list_marks
from evals.results import Outcome
from evals.statistics import Share
from tests.evals.answers import HOSTILE, PILOT, cite, make_answer, make_case, make_failure, make_outcome, make_run
from tests.evals.report.results import make_small_run


def make_statuses(**counts: int) -> list[Outcome]:
    return [make_outcome(f"{said}{n}", said=said) for said, number in counts.items() for n in range(number)]


@pytest.mark.parametrize(
    ("number", "drawn"),
    [
        (20, {"answered": 14, "not_stated": 4, "refused": 1, "related": 1}),
        (4, {"answered": 1, "not_stated": 1, "refused": 1, "related": 1}),
        (200, {"answered": 70, "not_stated": 20, "refused": 9, "related": 1}),
        (0, {}),
    ],
)
def test_every_status_is_drawn_in_proportion(number: int, drawn: dict[str, int]) -> None:
    run = make_run(*make_statuses(answered=70, not_stated=20, refused=9, related=1))
    found = draw_answers([run], number, "seed")
    counted = Counter(one.outcome.status for one in found)
    assert sum(counted.values()) == sum(drawn.values())
    assert all(abs(counted[status] - wanted) <= 1 for status, wanted in drawn.items())
    assert set(counted) == set(drawn)
    assert len({one.outcome.id for one in found}) == len(found)


def test_the_same_seed_draws_the_same_and_the_order_tells_nothing() -> None:
    runs = [make_run(*make_statuses(answered=30)), make_run(*make_statuses(not_stated=30))]
    drawn = draw_answers(runs, 20, "a")
    assert drawn == draw_answers(runs, 20, "a")
    assert drawn != draw_answers(runs, 20, "b")
    statuses = [str(one.outcome.status) for one in drawn]
    assert statuses != sorted(statuses) and statuses != sorted(statuses, reverse=True)


def test_each_answer_keeps_the_commit_that_gave_it() -> None:
    runs = [make_run(make_outcome("a")), make_run(make_outcome("b")).model_copy(update={"commit": "newer00"})]
    drawn = draw_answers(runs, 2, "seed")
    assert sorted((one.commit, one.outcome.id) for one in drawn) == [("abc1234", "a"), ("newer00", "b")]


def test_only_answers_that_may_be_seen_are_drawn() -> None:
    run = make_run(make_outcome("a"), make_outcome("b").sealed, make_failure("c"))
    assert [one.outcome.id for one in draw_answers([run], 5, "a")] == ["a"]


def test_blanks_hold_what_a_reader_needs_and_no_gold(tmp_path: Path) -> None:
    outcome = make_small_run().cases[1]
    page, lines = write_sheet([Drawn("abc1234", outcome)], tmp_path / "deep" / "sheet")
    assert (page, lines) == (tmp_path / "deep" / "sheet.html", tmp_path / "deep" / "sheet.jsonl")
    quote = f"年度最高奖补200万元{HOSTILE}"
    assert [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] == [
        {
            **{"id": "r2", "commit": "abc1234", "reader": "", "notice_id": None, "notice_ids": []},
            **{"asked": ["先问一句", "问"], "status": "answered", "answer": "年度最高奖补200万元。", "quotes": [quote]},
            **{"mark": "", "untrue": [], "note": ""},
        }
    ]


def test_neither_page_nor_lines_tell_gold_or_score(tmp_path: Path) -> None:
    fields: dict[str, Any] = {
        "facts": [["秘密的事实"]],
        "departments": ["秘密厅"],
        "forbidden": ["秘密话"],
        "evidence": ["秘密据"],
    }
    files = write_sheet([Drawn("abc1234", make_outcome("a", False, question=HOSTILE, **fields))], tmp_path / "sheet")
    page, lines = (path.read_text(encoding="utf-8") for path in files)
    assert "秘密" not in page + lines and "错了" not in page + lines
    assert HOSTILE not in page
    assert [mark for mark in list_marks() if f'value="{mark}"' not in page] == []


ROW = {"id": "a", "commit": "abc1234", "reader": "甲", "mark": "good"}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8-sig")
    return path


def test_marks_are_read_back(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", {**ROW, "untrue": ["假话。"], "note": "注", "answer": "多余"}, {**ROW, "id": "b"}
    )
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_marks([path]) == (
        Mark(id="a", commit="abc1234", reader="甲", mark="good", untrue=("假话。",), note="注"),
        Mark(id="b", commit="abc1234", reader="甲", mark="good"),
    )
    assert {*list_marks()} == {*get_args(Mark.model_fields["mark"].annotation)}


def test_every_bad_mark_is_named_by_file_and_line(tmp_path: Path) -> None:
    """A sheet that was not marked yet, too."""
    one = write(tmp_path / "one.jsonl", ROW, {**ROW, "mark": ""}, {"id": "c", "mark": "nice"})
    two = write(tmp_path / "two.jsonl", {**ROW, "untrue": "一句"})
    with pytest.raises(SheetError) as caught:
        read_marks([one, two])
    assert str(caught.value).splitlines() == [
        f"{one} 第 2 行：字段 mark 不对",
        f"{one} 第 3 行：字段 commit、reader、mark 不对",
        f"{two} 第 1 行：字段 untrue 不对",
    ]


def make_marks(reader: str, **marks: str) -> list[Mark]:
    return [Mark.model_validate({**ROW, "reader": reader, "id": name, "mark": mark}) for name, mark in marks.items()]


def test_marks_of_one_reader_are_summed_up() -> None:
    read = sum_marks(make_marks("甲", a="excellent", b="good", c="misleading", d="false", e="thin"))
    assert (read.good, read.harmful) == (Share(2, 5, 5), Share(2, 5, 5))
    assert {name: share.count for name, share in read.shares if share.count} == {
        **{"excellent": 1, "good": 1, "misleading": 1, "false": 1, "thin": 1}
    }
    assert [name for name, _ in read.shares] == [*list_marks()]
    assert (read.common, read.kappa, read.kappa_good) == (0, None, None)


def test_marks_of_two_readers_agree_more_or_less() -> None:
    """On four common answers: marks κ = (8 - 5) / (16 - 5), good or not κ = (3/4 - 1/2) / (1/2)."""
    ones = make_marks("甲", a="good", b="excellent", c="thin", d="thin", x="false")
    others = make_marks("乙", a="good", b="good", c="thin", d="excellent", y="good")
    read = sum_marks([*ones, *others])
    assert (read.common, read.good, read.harmful) == (4, Share(6, 10, 6), Share(1, 10, 6))
    assert [read.kappa, read.kappa_good] == pytest.approx([3 / 11, 0.5])


def test_the_same_id_of_another_commit_is_another_answer() -> None:
    other = [mark.model_copy(update={"commit": "new0000"}) for mark in make_marks("乙", a="good", b="thin")]
    assert sum_marks([*make_marks("甲", a="good", b="thin"), *other]).common == 0


def test_no_marks() -> None:
    read = sum_marks(())
    assert (read.good, read.harmful, read.common) == (Share(0, 0, 0), Share(0, 0, 0), 0)


TRUE = "服务突出的省级中试基地，年度最高奖补200万元。"
FALSE, SLY = "省级中试基地，年度最高奖补900万元。", "省级中试基地都在济南。"


@pytest.fixture
def read_answers(context: Context) -> list[Outcome]:
    """Answers of which the detector calls the sentence with 900 untrue, and no other."""

    def make(name: str, *sentences: str) -> Outcome:
        case = make_case(id=name, question="中试基地奖多少？", measures=[9])
        answer = make_answer(("direct", "".join(sentences)), citations=[cite(context, 1, PILOT)])
        return Outcome.of(case, answer, (), 1.0)

    return [make("both", FALSE, SLY), make("false", TRUE, FALSE), make("true", TRUE), make("unread", FALSE)]


def mark_untrue(name: str, *sentences: str, reader: str = "甲") -> Mark:
    return Mark.model_validate({**ROW, "id": name, "reader": reader, "untrue": sentences})


def test_the_detector_is_held_against_what_people_noted(read_answers: list[Outcome], library: Library) -> None:
    """Readers copy more or less of a sentence, and note what any rule misses; what nobody read does not count."""
    marks = [
        mark_untrue("both", "年度最高奖补900万元", SLY),
        mark_untrue("both", SLY, reader="乙"),
        mark_untrue("false"),
        mark_untrue("true"),
        mark_untrue("elsewhere", "没有这题"),
    ]
    found = measure_detector(marks, [make_run(*read_answers, make_outcome("x").sealed)], library)
    assert found == DetectorFigures(3, 1, 0, (f"both：{SLY}",), 2, (f"false：{FALSE}",))
    assert found.figures() == {"recall": 0.5, "precision": 0.5}
    assert found.describe() == [
        "不实句检测（3 个读过的回答）：召回 50.0%（1/2，另有 0 句列出待读），精确 50.0%（共报 2 句）",
        f"  漏：both：{SLY}",
        f"  误报：false：{FALSE}",
    ]


def test_doubtful_sentences_are_missed_but_listed(context: Context, library: Library) -> None:
    """A sum that only the question names leaves the rules in doubt."""
    answer: dict[str, Any] = make_answer(
        ("direct", "省级中试基地年度最高900万元。"), citations=[cite(context, 1, PILOT)]
    )
    case = make_case(id="a", question="中试基地有900万元吗？", measures=[9])
    run = make_run(Outcome.of(case, answer, (), 1.0))
    found = measure_detector([mark_untrue("a", "900万元")], [run], library)
    assert (found.found, found.doubtful, found.missed, found.alarms) == (0, 1, ("a：900万元",), 0)


def test_nothing_read_nothing_found(read_answers: list[Outcome], library: Library) -> None:
    found = measure_detector([], [make_run(*read_answers)], library)
    assert found.figures() == {"recall": None, "precision": None}
    assert found.describe() == ["不实句检测（0 个读过的回答）：召回 –（0/0，另有 0 句列出待读），精确 –（共报 0 句）"]


def test_what_was_read_is_a_table() -> None:
    marks = [Mark(id=n, commit="abc1234", reader=r, mark=m) for n, r, m in READ]
    lines = describe_reading(marks)
    assert lines[0] == "2 位没看过代码的读者读了 2 个盲测的回答（4 个判断）："
    assert "| 好 | 2 | 50.0% | 9.5%–90.5% |" in lines
    assert lines[-1] == "两人都读的 2 个：κ = 1.00，只分好与不好 κ = 1.00。"
    assert describe_reading([]) == []


READ: list[tuple[str, str, Literal["good", "thin"]]] = [
    ("a", "he", "good"),
    ("a", "lu", "good"),
    ("b", "he", "thin"),
    ("b", "lu", "thin"),
]
