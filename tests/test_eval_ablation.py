"""Variants really lack their part, the plain pipeline cites truly, and all are weighed against the whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import PartKind
from assistant.ask import Assistant, Steps
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.evidence import Evidence
from assistant.query import Ask
from assistant.retrieve import FoundBy, Ranking, retrieve
from corpus.store import Corpus
from evals import __main__ as command
from evals import ablation
from evals.ablation import Worth, measure_worth
from evals.case import Case
from evals.context import Library, make_context
from evals.entry import LocalEntry
from evals.intervals import wilson_interval
from evals.plain_pipeline import PlainEntry
from evals.reply import read_reply
from evals.scorers import score_citations
from evals.selection import NothingChosen, sample_cases
from evals.variants import (
    WHOLE,
    compose_without_catalogue,
    keep_everything,
    list_variants,
    retrieve_by_meaning,
    understand_without_asks,
)

LIST = "省大数据局负责哪几条？"


def test_whole_shows_what_it_found(small_corpus: Corpus) -> None:
    answer = LocalEntry(corpus=small_corpus).ask("中试基地年度最高奖补多少？", ())
    assert [m["measure_id"] for m in answer["matches"][:1]] == ["3.9"]
    assert len(answer["matches"]) == 10
    assert read_reply(answer).matches


def test_by_meaning_only(small_corpus: Corpus) -> None:
    def find_by(search: Callable[..., Ranking]) -> set[FoundBy]:
        """How the sentences for a question were found."""
        found: set[FoundBy] = set()

        def listen(*arguments: Any) -> Ranking:
            ranking = search(*arguments)
            found.update(m.found_by for m in ranking.provisions)
            return ranking

        LocalEntry(corpus=small_corpus, steps=Steps(retrieve=listen)).ask("中试基地年度最高奖补多少？", ())
        return found

    assert FoundBy.BOTH in find_by(retrieve)
    assert FoundBy.MEANING in find_by(retrieve_by_meaning)
    assert FoundBy.BOTH not in find_by(retrieve_by_meaning)


def test_without_catalogue_no_list_is_answered(small_corpus: Corpus) -> None:
    assert Assistant(small_corpus).ask(LIST).items
    assert Assistant(small_corpus, Steps(compose=compose_without_catalogue)).ask(LIST).items is None


def test_without_verification_a_falsehood_is_told(small_corpus: Corpus) -> None:
    def lie(evidence: Evidence) -> tuple[Finding, ...]:
        part = DraftPart(PartKind.DIRECT, "一次性奖补900万元。", (), ClaimKind.STATED)
        return (Finding(Ask.SUM, True, (part,)),)

    assert "900万元" not in Assistant(small_corpus, Steps(compose=lie)).ask("中试基地奖多少？").text
    careless = Steps(compose=lie, verify=keep_everything)
    assert "900万元" in Assistant(small_corpus, careless).ask("中试基地奖多少？").text


def test_without_asks_every_question_is_for_detail(small_corpus: Corpus) -> None:
    asks: list[Ask] = []

    def listen(*arguments: Any) -> Any:
        query = understand_without_asks(*arguments)
        asks.extend(a.ask for a in query.asks)
        return query

    Assistant(small_corpus, Steps(understand=listen)).ask(LIST)
    assert asks == [Ask.DETAIL]


def test_words_only_runs_without_vectors(small_corpus: Corpus) -> None:
    (variant,) = (v for v in list_variants() if v.name == "只用字词")
    answer = variant.open(small_corpus).ask("中试基地年度最高奖补多少？", ())
    assert (answer["degraded"], answer["matches"][0]["found_by"]) == ("embedder_unavailable", "words")


def test_plain_pipeline_cites_truly(small_corpus: Corpus) -> None:
    answer = PlainEntry(small_corpus).ask("中试基地年度最高奖补多少？", ())
    reply = read_reply(answer)
    context = make_context(small_corpus.texts, Library(small_corpus.catalogue.notices, small_corpus.texts))
    assert score_citations(reply, context).value == 1.0
    assert {p.kind for p in reply.parts} >= {PartKind.QUOTE}
    assert len({c.measure_id for c in reply.citations}) > 1
    assert "".join(p.text for p in reply.parts if p.kind is PartKind.QUOTE)


CASES = (
    Case(id="a", kind="lists", question=LIST, answerable=True, measures=(5, 13), exact=True),
    Case(id="b", kind="scope", question="今天天气怎么样？", answerable=False),
)


def test_worth_is_counted_against_the_whole(small_corpus: Corpus) -> None:
    plain = next(v for v in list_variants() if v.name == "llama-index")
    whole, other = measure_worth(CASES, small_corpus, [WHOLE, plain])
    assert (whole.strictly_right, whole.lost, whole.gained, whole.p) == (1.0, 0, 0, 1.0)
    assert (other.strictly_right, other.lost, other.gained, other.refusal_recall) == (0.0, 2, 0, 0.0)
    assert other.citations_valid == 1.0
    assert other.p == 0.5


def test_command_prints_and_keeps_the_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def measure(cases: list[Case], *_: object) -> tuple[Worth, ...]:
        asked.append(len(cases))
        return (Worth("完整", "产品本身", 0.96, wilson_interval(24, 25), 1.0, 0.0, 1.0, 0, 0, 1.0, 20.5),)

    monkeypatch.setattr(ablation, "measure_worth", measure)
    monkeypatch.setattr(ablation, "open_corpus", lambda _: None)
    assert command.main(["ablation", "--sample", "25", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "96.0%  80.5%–99.3%" in shown
    assert command.main(["ablation", "--sample", "25", "--out", str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    kept = json.loads(Path(printed.pop("result")).read_text(encoding="utf-8"))
    assert printed == kept
    assert (kept["cases"], kept["variants"][0]["strictly_right"]) == (25, 0.96)
    assert kept["timings"]["median_milliseconds"] == {"完整": 20.5}
    assert asked == [25, 25]


def test_sample_is_even_and_repeatable() -> None:
    cases = [Case(id=f"{kind}{i}", kind=kind, question="问", answerable=True) for kind in "ab" for i in range(8)]
    sampled = sample_cases(cases, 4)
    assert [c.id for c in sampled] == ["a0", "a4", "b0", "b4"]
    assert sample_cases(list(reversed(cases)), 4) == sampled
    assert len(sample_cases(cases, None)) == len(sample_cases(cases, 99)) == 16
    with pytest.raises(NothingChosen, match="--sample"):
        sample_cases(cases, 0)
