"""Variants really lack their part, and all are weighed against the whole."""

from collections.abc import Callable, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.answer import PartKind
from assistant.ask import Assistant, Steps
from assistant.composing.compose import compose
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.evidence.inquiry import Inquiry
from assistant.retrieving.retrieve import FoundBy, Ranking, Search, retrieve
from assistant.understanding.frame import Act, Frame, Operation, Turn, Want
from assistant.understanding.understand import Understander
from corpus.store import Corpus
from evals import __main__ as command
from evals.ablation import command as ablation
from evals.ablation.command import (
    Variant,
    Worth,
    compose_without_catalogue,
    keep_everything,
    list_variants,
    make_table,
    measure_worth,
    retrieve_by_meaning,
    understand_without_asks,
    without_vectors,
)
from evals.cases.case import Case
from evals.corpora import Library, Place
from evals.entry import LocalEntry
from evals.results import Run, read_run
from evals.summary import compare_runs, summarise
from tests.evals.answers import make_case, make_outcome, make_run

LIST = "省大数据局负责哪几条？"
SUM = "中试基地年度最高奖补多少？"


def test_by_meaning_only(small_corpus: Corpus) -> None:
    def find_by(search: Callable[..., Ranking]) -> set[FoundBy]:
        """How the sentences for a question were found."""
        found: set[FoundBy] = set()

        def listen(sought: Search, corpus: Corpus, notice_ids: Sequence[str]) -> Ranking:
            ranking = search(sought, corpus, notice_ids)
            found.update(m.found_by for m in ranking.provisions)
            return ranking

        Assistant(small_corpus, Steps(retrieve=listen)).ask(SUM)
        return found

    assert FoundBy.BOTH in find_by(retrieve)
    assert FoundBy.MEANING in find_by(retrieve_by_meaning)
    assert FoundBy.BOTH not in find_by(retrieve_by_meaning)


def test_without_catalogue_no_list_is_answered(small_corpus: Corpus) -> None:
    assert Assistant(small_corpus).ask(LIST).items
    assert Assistant(small_corpus, Steps(compose=compose_without_catalogue)).ask(LIST).items is None


def test_without_verification_a_falsehood_is_told(small_corpus: Corpus) -> None:
    def lie(inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
        part = DraftPart(PartKind.DIRECT, "一次性奖补900万元。", (), ClaimKind.STATED)
        return (Finding(Want("sum"), True, (part,)),)

    assert "900万元" not in Assistant(small_corpus, Steps(compose=lie)).ask("中试基地奖多少？").text
    careless = Steps(compose=lie, verify=keep_everything)
    assert "900万元" in Assistant(small_corpus, careless).ask("中试基地奖多少？").text


def test_without_asks_every_question_is_for_what_is_said(small_corpus: Corpus) -> None:
    def find_wants(understand: Callable[[Understander, str, Sequence[Turn]], Frame]) -> list[Want]:
        """What composing is asked for."""
        wants: list[Want] = []

        def listen(inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
            wants.extend(i.clause.want for i in inquiries)
            return compose(inquiries)

        Assistant(small_corpus, Steps(understand=understand, compose=listen)).ask(LIST)
        return wants

    assert find_wants(Understander.understand) == [Want("clause", Operation.LIST)]
    assert find_wants(understand_without_asks) == [Want()]


def test_without_asks_a_message_is_one_clause_with_all_its_names(small_corpus: Corpus) -> None:
    understander = Understander(small_corpus)
    history = [Turn("user", "中试基地给多少？")]
    question = "谁负责，什么时候报？"
    assert len(understander.understand(question, history).clauses) == 2
    (clause,) = understand_without_asks(understander, question, history).clauses
    assert (clause.text, clause.act, clause.want, clause.names) == (question, Act.ASK, Want(), ())
    assert [s.text for s in clause.inherited] == ["中试基地"]


def test_words_only_runs_without_vectors(small_corpus: Corpus) -> None:
    bare = without_vectors(small_corpus)
    assert (bare.vectors, bare.embedder, bare.texts) == (None, None, small_corpus.texts)
    answer = Assistant(bare).ask(SUM)
    assert answer.degraded == "embedder_unavailable"
    assert "3.9" in {citation.measure_id for citation in answer.citations}


def test_the_whole_stands_first_and_each_variant_opens_an_entry(
    library: Library, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.corpora.open_corpus", lambda settings: small_corpus)
    variants = list_variants(library)
    assert [v.name for v in variants] == ["完整", "只用字词", "只用向量", "不用目录", "不核对", "不读所问"]
    entries = {v.name: v.open() for v in variants}
    assert {type(entry) for entry in entries.values()} == {LocalEntry}
    place = entries["只用字词"].find_place(make_case())
    assert place.corpus is not None and (place.corpus.vectors, place.corpus.embedder) == (None, None)
    assert entries["完整"].find_place(make_case()) == Place(small_corpus)


RIGHT = make_case(id="a", kind="manipulation", question="部级孵化器最高补助多少？", answerable=None)
LISTED = make_case(id="b", kind="lists", question=LIST, answerable=None)


def test_worth_is_measured_of_all_by_turns(library: Library) -> None:
    turns: list[tuple[str, str]] = []

    class Listening(LocalEntry):
        def __init__(self, name: str) -> None:
            super().__init__(library)
            self.title = name

        def ask(self, question: str, history: tuple[Turn, ...], place: Place) -> dict[str, Any]:
            turns.append((self.title, question))
            return super().ask(question, history, place)

    variants = [Variant(name, "", partial(Listening, name)) for name in ("完整", "缺")]
    measured = measure_worth([RIGHT, LISTED], library, variants)
    assert turns == [(name, case.question) for case in (RIGHT, LISTED) for name in ("完整", "缺")]
    assert [(v.name, run.tier, run.entry, [o.id for o in run.cases]) for v, run in measured] == [
        ("完整", "ablation/完整", "完整", ["a", "b"]),
        ("缺", "ablation/缺", "缺", ["a", "b"]),
    ]
    assert {run.corpus_version for _, run in measured} == {library.served.version}


def test_the_table_counts_against_the_whole() -> None:
    whole = make_run(*(make_outcome(n, n != "d", {"answerable_answered": 1.0}, facts=[[n]]) for n in "abcd"))
    lacking = make_run(*(make_outcome(n, n in "ad", {"untrue_sentences": 1.0}, facts=[[n]]) for n in "abcd"))
    worths = [
        Worth(Variant(name, "", lambda: LocalEntry(Library())), summarise(run), compare_runs(whole, run))
        for name, run in (("完整", whole), ("缺", lacking))
    ]
    console = Console(width=140, file=StringIO())
    console.print(make_table(worths))
    assert isinstance(console.file, StringIO)
    rows = [line.split() for line in console.file.getvalue().splitlines() if line.strip().startswith(("完整", "缺"))]
    assert rows == [
        ["完整", "75.0%", "30.1%–95.4%", "0", "0", "1", "0.0", "–", "0.0%"],
        ["缺", "50.0%", "15.0%–85.0%", "2", "1", "1", "100.0", "–", "–"],
    ]


def test_the_command_asks_an_even_sample_and_keeps_the_runs(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def measure(cases: Sequence[Case], given: Library, variants: Sequence[Variant]) -> tuple[tuple[Variant, Run], ...]:
        asked.append(len(cases))
        assert given is library
        return tuple((v, make_run(make_outcome("a"), tier=f"ablation/{v.name}")) for v in variants)

    monkeypatch.setattr(ablation, "Library", lambda: library)
    monkeypatch.setattr(ablation, "RESULTS_FOLDER", tmp_path)
    monkeypatch.setattr(ablation, "measure_worth", measure)
    assert command.main(["ablation", "--sample", "25"]) == 0
    assert "25 题。结果：" in capsys.readouterr().out
    written = {read_run(path).tier for path in (tmp_path / "ablation").iterdir()}
    assert written == {f"ablation/{v.name}" for v in list_variants(library)}
    assert command.main(["ablation", "--sample", "0"]) == 2
    assert "--sample 应当是 1 或更大的整数" in capsys.readouterr().err
    assert asked == [25]
