"""What visitors missed is counted without their words, and printed by department with what they marked wrong."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Missing, Responsible, Status, Understood, UnderstoodClause
from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant, make_answer
from tests.http_checks import ASK, QUESTION
from ui.__main__ import main
from ui.feedback.gaps import GapCounts, find_gaps
from ui.feedback.report import guard_cell, write_report, write_table
from ui.feedback.store import Feedback, FeedbackNotKept, FeedbackStore, Gap, Kept
from ui.server import create_app
from ui.settings import UiSettings

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
THREE = ("省科技厅", "省工业和信息化厅", "省财政厅")
OTHER = Responsible(NOTICE_ID, "3.6", 6, "牵头负责", ("省市场监管局",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feedback.sqlite3"


def with_gaps(status: Status, *missing: Missing) -> Answer:
    answer = make_answer()
    return replace(answer, status=status, missing=missing, responsibilities=(*answer.responsibilities, OTHER))


def asked(*values: str) -> Understood:
    return Understood(tuple(UnderstoodClause("", value, "state", (), ()) for value in values))


GAPS = [
    (with_gaps(Status.PARTLY_ANSWERED, Missing("date", "中试基地", "3.6")), [("省市场监管局", "date")]),
    (with_gaps(Status.NOT_STATED, Missing("sum", "x", "3.9")), [(d, "sum") for d in THREE]),
    (with_gaps(Status.NOT_STATED, Missing("sum", "x", None)), [(d, "sum") for d in (*THREE, "省市场监管局")]),
    (replace(make_answer(), responsibilities=()), [("", "date")]),
    (
        replace(with_gaps(Status.PARTLY_ANSWERED, *[Missing("sum", s, "3.6") for s in "ab"], Missing("date", "a", "3.6"))),
        [("省市场监管局", "sum"), ("省市场监管局", "date")],
    ),
    (replace(with_gaps(Status.RELATED), responsibilities=(OTHER,), understood=asked("sum", "sum", "place")),
     [("省市场监管局", "sum"), ("省市场监管局", "place")]),
    (replace(with_gaps(Status.PARTLY_ANSWERED), understood=asked("sum")), []),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "gaps"), GAPS, ids=range(len(GAPS)))
def test_each_kind_counts_once_for_each_department(answer: Answer, gaps: list[tuple[str, str]]) -> None:
    assert list(find_gaps(answer)) == [Gap(*gap) for gap in gaps]


@pytest.mark.parametrize("status", Status)
def test_only_what_is_not_stated_is_counted(path: Path, status: Status) -> None:
    counts, store = GapCounts(), FeedbackStore(path, 7)
    counts.note(with_gaps(status, Missing("date", "x", "3.6")))
    counts.write_to(store)
    is_gap = status in (Status.NOT_STATED, Status.RELATED, Status.PARTLY_ANSWERED)
    assert store.read(1).gaps == ({Gap("省市场监管局", "date"): 1} if is_gap else {})
    assert path.exists() == is_gap


def test_counts_add_up_and_go_with_their_days(path: Path) -> None:
    now = [NOW]
    store = FeedbackStore(path, 3, lambda: now[0])
    gap, other = Gap("甲局", "sum"), Gap("", "date")
    store.add_gaps({gap: 2, other: 1})
    store.add_gaps({gap: 1})
    now[0] += timedelta(days=2)
    store.add_gaps({gap: 1})
    assert store.read(3).gaps == {gap: 4, other: 1} and store.read(2).gaps == {gap: 1}
    now[0] += timedelta(days=2)
    assert store.delete_expired() == 2
    assert store.read(9).gaps == {gap: 1}


def test_counts_that_could_not_be_written_are_kept(path: Path, tmp_path: Path) -> None:
    counts = GapCounts()
    counts.note(make_answer())
    (tmp_path / "file").touch()
    with pytest.raises(FeedbackNotKept):
        counts.write_to(FeedbackStore(tmp_path / "file" / "x", 1))
    counts.note(make_answer())
    store = FeedbackStore(path, 1)
    for _ in range(2):
        counts.write_to(store)
    assert store.read(1).gaps == {Gap(d, "date"): 2 for d in THREE}


def test_every_door_counts_and_no_word_of_a_question_is_stored(small_corpus: Corpus, path: Path) -> None:
    settings = UiSettings(feedback_file=path)
    with TestClient(create_app(FakeAssistant(small_corpus), settings)) as client:
        client.post(ASK, json={"question": QUESTION})
        client.post("/embed", data={"question": QUESTION})
        assert not path.exists() or "中试基地".encode() not in path.read_bytes()
    assert FeedbackStore(path, 1).read(1).gaps == {Gap(d, "date"): 2 for d in THREE}
    assert "中试基地".encode() not in path.read_bytes()


DOWN = Feedback(
    "a1",
    "answered",
    ("n/1.1.1", "n/1.1.2"),
    "v1",
    "down",
    "wrong_citation",
    "第3句\x1b[2J不对\n不是这条",
    None,
    ("甲局",),
)
KEPT = Kept(
    (
        ("2026-03-01", Feedback("a0", "answered", (), "v1", "up", departments=("乙局",))),
        ("2026-03-02", DOWN),
        ("2026-03-03", Feedback("a2", "not_stated", (), "v1", "down", "not_answered", None, "什么时候申报？", ("甲局", "乙局"))),
        ("2026-03-04", Feedback("a3", "related", (), "v1", "up", None, None, "=1+1能领吗", ())),
    ),
    Counter({Gap("甲局", "date"): 3, Gap("甲局", "sum"): 1, Gap("", "old"): 2}),
)  # fmt: skip
REPORT = """最近 30 天，认为有用 2 次，有问题 2 次。以下按部门列出；一次涉及几个部门的，每个部门都计。

甲局
  问到而没有写明：时间 3 次，金额 1 次
  有问题：引用不符 1 次，没答到 1 次
  2026-03-02  引用不符  说明“第3句[2J不对 不是这条”  n/1.1.1  n/1.1.2
  2026-03-03  没答到  问题“什么时候申报？”

乙局
  有问题：没答到 1 次
  2026-03-03  没答到  问题“什么时候申报？”

没有对应的部门
  问到而没有写明：old 2 次
  2026-03-04 没有答全的问题：=1+1能领吗
"""


def test_departments_with_most_to_do_come_first() -> None:
    assert write_report(KEPT, 30) == REPORT


def read_table(text: str) -> Iterator[list[str]]:
    assert text.startswith("\ufeff类别,部门,日期,内容,次数,补充说明,问题,条款,结论,回答编号\r\n")
    yield from list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]


def test_the_table_holds_everything_and_computes_nothing() -> None:
    assert list(read_table(write_table(KEPT))) == [
        ["没有写明", "甲局", "", "时间", "3", *[""] * 5],
        ["没有写明", "甲局", "", "金额", "1", *[""] * 5],
        ["没有写明", "", "", "old", "2", *[""] * 5],
        ["有用", "乙局", "2026-03-01", "", "1", "", "", "", "answered", "a0"],
        [
            *("有问题", "甲局", "2026-03-02", "引用不符", "1", "第3句[2J不对 不是这条", "", "n/1.1.1、n/1.1.2"),
            *("answered", "a1"),
        ],
        ["有问题", "甲局、乙局", "2026-03-03", "没答到", "1", "", "什么时候申报？", "", "not_stated", "a2"],
        ["有用", "", "2026-03-04", "", "1", "", "'=1+1能领吗", "", "related", "a3"],
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("\r=1", "'=1"),
        ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a"), ("\u202e=1", "'=1"), ("\ufeff=1", "'=1"),
        ("\n=1", "' =1"), ("", ""), ("金额=1", "金额=1"), ("0539-1", "0539-1"), ("“引”,", "“引”,"), ("a\nb", "a b"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert guard_cell(text) == cell


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    status = main(["feedback", *arguments])
    written = capsysbinary.readouterr()
    return status, written.out.decode(), written.err.decode()


def test_the_command(path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_FEEDBACK_FILE", str(path))
    nothing = (0, "最近 90 天，认为有用 0 次，有问题 0 次。以下按部门列出；一次涉及几个部门的，每个部门都计。\n", "")
    assert run(capsysbinary) == nothing and not path.exists()
    now = [datetime.now(UTC) - timedelta(days=5)]
    store = FeedbackStore(path, 90, lambda: now[0])
    store.add(DOWN)
    assert "引用不符" in run(capsysbinary)[1] and "引用不符" in run(capsysbinary, "--since", "7")[1]
    assert "引用不符" not in run(capsysbinary, "--since", "3")[1]
    assert len(list(read_table(run(capsysbinary, "--csv")[1]))) == 1
    assert list(read_table(run(capsysbinary, "--csv", "--since", "1")[1])) == []
    for wrong in ("0", "-1", "x", "3651"):
        with pytest.raises(SystemExit):
            main(["feedback", "--since", wrong])
    path.write_bytes(b"no database at all" * 100)
    status, out, err = run(capsysbinary)
    assert (status, out) == (1, "") and "读不了" in err and "POLICY_FEEDBACK_FILE" in err
