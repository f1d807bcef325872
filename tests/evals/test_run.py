"""A run asks every case with its history, outlives a broken question, and keeps sealed cases to itself."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.understanding.frame import Turn
from corpus.embedding.embed import Vector
from evals import run as module
from evals.baselines.search import Engine
from evals.cases.case import Case
from evals.context import Context, without_places
from evals.corpora import Library, Place
from evals.entry import EntryFailed
from evals.results import HELD
from evals.run import (
    Conversation,
    NothingChosen,
    Plan,
    Stopwatch,
    choose_cases,
    evaluate,
    run_case,
    run_cases,
    sample_cases,
)
from tests.conftest import FakeEmbedder
from tests.evals.answers import make_answer, make_case, make_failure, make_outcome


class FakeEntry:
    """Answers 共<length of the question>个, out of scope to 天气; fails on 坏; finds no place for the notice "none"."""

    name = "假"

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...]]] = []

    def find_place(self, case: Case) -> Place:
        if case.notice_id == "none":
            raise EntryFailed("没有通知 none")
        return Place(None, case.notice_ids)

    def ask(self, question: str, history: tuple[Turn, ...], place: Place) -> dict[str, Any]:
        self.asked.append((question, history, place.notice_ids))
        if "坏" in question:
            raise EntryFailed("ValueError: 坏了")
        if "怪" in question:
            return {"status": "answered"}
        status = "out_of_scope" if "天气" in question else "answered"
        said = f"这个问题不在范围里，共{len(question)}个。"
        return make_answer(("direct", said), status=status, corpus_version="v1")

    def open_context(self, cases: Sequence[Case]) -> Context:
        return without_places({"n": "原文"})


CASES = (
    make_case(id="a", question="给多少钱？", facts=[["5个"]]),
    make_case(id="b", question="最多给多少钱？", facts=[["5个"]]),
    make_case(id="c", kind="scope", question="天气？", answerable=False, history=["先问一句", "再问一句话"]),
    make_case(id="d", kind="scope", question="坏"),
    make_case(id="e", kind="scope", question="怪"),
    make_case(id="f", kind="scope", question="给多少钱？", notice_id="none"),
)
CONTEXT = without_places({"n": "原文"})


def test_one_broken_question_does_not_end_the_run() -> None:
    seen: list[str] = []
    outcomes = run_cases(CASES, FakeEntry(), CONTEXT, lambda outcome: seen.append(outcome.id))
    assert [(o.id, o.is_right, o.status) for o in outcomes] == [
        ("a", True, "answered"),
        ("b", False, "answered"),
        ("c", True, "out_of_scope"),
        ("d", False, None),
        ("e", False, None),
        ("f", False, None),
    ]
    assert [o.reason_of("strictly_right") for o in outcomes[3:]] == [
        "没有得到回答：ValueError: 坏了",
        "没有得到回答：回答的 JSON 不符合约定，字段：answer、parts、citations",
        "没有得到回答：没有通知 none",
    ]
    assert [o.answer for o in outcomes[3:]] == [None, None, None]
    assert seen == [*"abcdef"]


def test_earlier_questions_are_really_asked() -> None:
    entry = FakeEntry()
    run_case(CASES[2], Conversation(entry), CONTEXT)
    first = (Turn("user", "先问一句"), Turn("assistant", "这个问题不在范围里，共4个。"))
    second = (Turn("user", "再问一句话"), Turn("assistant", "这个问题不在范围里，共5个。"))
    assert entry.asked == [("先问一句", (), ()), ("再问一句话", first, ()), ("天气？", first + second, ())]


def test_an_earlier_question_that_cases_share_is_asked_once() -> None:
    entry = FakeEntry()
    other = CASES[2].model_copy(update={"id": "g", "question": "天气呢？"})
    elsewhere = other.model_copy(update={"id": "h", "history": ("先问一句",), "notice_ids": ("n",)})
    run_cases([CASES[2], other, elsewhere], entry, CONTEXT)
    asked = [(question, notice_ids) for question, _, notice_ids in entry.asked]
    here = [("先问一句", ()), ("再问一句话", ()), ("天气？", ()), ("天气呢？", ())]
    assert asked == [*here, ("先问一句", ("n",)), ("天气呢？", ("n",))]


def test_a_broken_earlier_question_is_a_failure_of_its_case() -> None:
    outcome = run_case(make_case(history=["坏"]), Conversation(FakeEntry()), CONTEXT)
    assert (outcome.answer, outcome.reason_of("strictly_right")) == (None, "没有得到回答：ValueError: 坏了")


def test_the_time_of_an_answer_is_that_of_its_own_question(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter((0.0, 10.0, 10.25))
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    assert run_case(CASES[2], Conversation(FakeEntry()), CONTEXT).milliseconds == 250.0


def test_a_run_says_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_commit", lambda: "abc1234+")
    run = evaluate(Plan(CASES[:3], composer="quote"), FakeEntry())
    facts = (run.commit, run.entry, run.composer, run.corpus_version, run.tier, run.times_n5)
    assert facts == ("abc1234+", "假", "quote", "v1", "development", None)
    assert [o.case for o in run.cases] == [*CASES[:3]]
    assert (run.baselines, run.mutation) == ({}, {})
    assert run.seconds is not None and run.seconds >= 0.0


def test_two_runs_differ_in_times_only() -> None:
    runs = [evaluate(Plan(CASES), FakeEntry()) for _ in range(2)]
    one, other = ([o.model_copy(update={"milliseconds": 0.0}) for o in run.cases] for run in runs)
    assert one == other


def test_a_sealed_plan_keeps_questions_and_answers_to_itself() -> None:
    run = evaluate(Plan(CASES, HELD, is_sealed=True), FakeEntry())
    text = run.model_dump_json()
    assert [word for word in ("给多少钱", "天气", "不在范围", "先问", "5个", "坏了") if word in text] == []
    assert [(o.id, o.is_right) for o in run.cases[:2]] == [("a", True), ("b", False)]
    assert (run.tier, run.corpus_version) == (HELD, "v1")


@pytest.mark.usefixtures("without_pipeline")
@pytest.mark.parametrize("is_sealed", [False, True])
def test_yardsticks_are_measured_beside(
    is_sealed: bool, library: Library, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain engines answer the same cases, and right answers are spoilt unless nobody may see them."""
    plain = {"bm25": {"a": (True, True)}}
    asked: list[str] = []

    def measure(
        cases: Sequence[Case], engines: Sequence[Engine], made: tuple[Library, Context], *_: object
    ) -> dict[str, dict[str, tuple[bool, bool]]]:
        assert made[0] is library
        assert [engine.name for engine in engines] == (["bm25"] if is_sealed else ["bm25", "llama-index"])
        asked.extend(case.id for case in cases)
        return plain

    monkeypatch.setattr(module, "measure_baselines", measure)
    run = evaluate(Plan(CASES[:3], is_sealed=is_sealed), FakeEntry(), library)
    assert (run.baselines, asked) == (plain, ["a", "b", "c"])
    assert run.mutation.get("nonsense") == (None if is_sealed else (2, 2))


class CountingEngine(FakeEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        self.asked += texts
        return super().embed_questions(texts)


def test_one_embedding_is_timed_in_twenty_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock ticks once a look; the time of the engine is no time of the run."""
    ticks = iter(range(100))
    monkeypatch.setattr(module, "time", SimpleNamespace(process_time=lambda: next(ticks)))
    engine = CountingEngine()
    watch = Stopwatch(engine)
    for number in range(41):
        watch.note(make_outcome(f"{number}", question=f"问{number}").model_copy(update={"milliseconds": 250.0}))
    assert engine.asked == ["问0", "问20", "问40"]
    assert watch.times_n5 == 0.25
    assert watch.seconds == 4.0


def test_without_an_engine_or_an_answer_nothing_is_timed() -> None:
    engine = CountingEngine()
    for watch, outcome in ((Stopwatch(None), make_outcome("a")), (Stopwatch(engine), make_failure("a"))):
        watch.note(outcome)
        assert watch.times_n5 is None
    assert engine.asked == []


@pytest.mark.parametrize(
    ("kinds", "ids", "chosen"),
    [
        (None, None, "abc"),
        (["sums"], None, "ab"),
        (None, {"a", "c"}, "ac"),
        (["sums"], {"a", "c", "x"}, "a"),
        (["sums", "lists"], None, "abc"),
    ],
)
def test_choosing(kinds: list[str] | None, ids: set[str] | None, chosen: str) -> None:
    cases = [make_case(id=name, kind=kind) for name, kind in (("a", "sums"), ("b", "sums"), ("c", "lists"))]
    assert "".join(case.id for case in choose_cases(cases, kinds, ids)) == chosen


@pytest.mark.parametrize(("kinds", "ids"), [(["sum"], None), (None, set()), (["lists"], {"a"})])
def test_an_empty_choice_names_the_kinds(kinds: list[str] | None, ids: set[str] | None) -> None:
    cases = [make_case(id="a", kind="sums"), make_case(id="b", kind="lists")]
    with pytest.raises(NothingChosen, match="没有符合条件的题目。现有种类：lists、sums"):
        choose_cases(cases, kinds, ids)


def test_a_sample_is_even_and_repeatable() -> None:
    cases = [make_case(id=f"{kind}{number}", kind=kind) for kind in "ab" for number in range(8)]
    sampled = sample_cases(cases, 4)
    assert [case.id for case in sampled] == ["a0", "a4", "b0", "b4"]
    assert sample_cases(cases[::-1], 4) == sampled
    assert len(sample_cases(cases, None)) == len(sample_cases(cases, 99)) == 16
    with pytest.raises(NothingChosen, match="--sample"):
        sample_cases(cases, 0)
