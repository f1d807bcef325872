"""Plain BM25, whose three best sentences are its answer, and how all plain engines are put to the same cases."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.notice import Measure, Notice
from corpus.search.keywords import KeywordIndex, write_keywords
from corpus.store import Corpus
from evals.cases.case import Case
from evals.context import Context, Span, span_of
from evals.corpora import Library, Place
from evals.scoring.judge import RIGHT, score_answer

Found = tuple[bool, bool | None]
"""Strictly right; whether all facts stand anywhere in the answer, None where none are demanded."""


class Engine(Protocol):
    """A plain way to answer; it never sees earlier turns."""

    name: str

    def ask(self, question: str, place: Place) -> dict[str, Any]: ...


def measure_baselines(
    cases: Sequence[Case],
    engines: Sequence[Engine],
    made: tuple[Library, Context],
    after_each: Callable[[], None] = lambda: None,
) -> Mapping[str, Mapping[str, Found]]:
    """By name of the engine and id of the case."""
    library, context = made
    found: dict[str, dict[str, Found]] = {engine.name: {} for engine in engines}
    for case in cases:
        for engine in engines:
            answer = engine.ask(case.question, library.find_place(case))
            scores = {s.name: s.value for s in score_answer(case, answer, context)}
            shown = scores["facts_shown"]
            found[engine.name][case.id] = (scores[RIGHT] == 1.0, None if shown is None else shown == 1.0)
        after_each()
    return found


class BigramIndex:
    """Texts by the pairs of neighbouring characters they share with a question; no words, no meaning."""

    def __init__(self, texts: Sequence[str]) -> None:
        with tempfile.TemporaryDirectory(prefix="policy-bigrams-") as folder:
            write_keywords(Path(folder), [cut_pairs(text) for text in texts])
            self._index = KeywordIndex(Path(folder))

    def rank(self, question: str, limit: int) -> list[int]:
        """Positions of the best texts, best first."""
        return [int(i) for i in np.argsort(-self._index.score(cut_pairs(question)), kind="stable")[:limit]]


def cut_pairs(text: str) -> list[str]:
    closed = re.sub(r"\s", "", text)
    return [closed[i : i + 2] for i in range(len(closed) - 1)] or [closed]


PASSAGE_SIZE = 300

TextsFound = tuple[tuple[str, ...], dict[str, str]]
"""The names of the best texts, and the best passages by their names, best first."""


class TextSearch:
    """Ranks texts as a whole, and passages of equal size, each half over the one before."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Each text after its name."""
        self._names = [name for name, _ in texts]
        self._passages = [passage for name, text in texts for passage in cut_passages(name, text)]
        self._indexes = [BigramIndex([text for _, text in own]) for own in (texts, self._passages)]

    def find(self, question: str, limit: int) -> TextsFound:
        texts, passages = (index.rank(question, limit) for index in self._indexes)
        return tuple(self._names[i] for i in texts), dict(self._passages[i] for i in passages)


def cut_passages(name: str, text: str) -> list[tuple[str, str]]:
    stride = PASSAGE_SIZE // 2
    starts = range(0, max(1, len(text) - stride), stride)
    return [cut_passage(name, text, start, start + PASSAGE_SIZE) for start in starts]


def cut_passage(name: str, text: str, start: int, end: int) -> tuple[str, str]:
    """A passage after its name."""
    passage = text[start:end]
    return f"{name}:{start}+{len(passage)}", passage


_SENTENCE = re.compile(r"[^。！？；\n]*[^。！？；\n\s][^。！？；\n]*[。！？；]?")
_BEST = 3


class SentenceSearch:
    """Earlier turns are not looked at: that would need some understanding."""

    name = "bm25"

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _sentences(self) -> list[tuple[Notice, Span]]:
        corpus = self._library.kept
        return [(notice, span) for notice in corpus.catalogue.notices for span in _cut(corpus.texts[notice.id])]

    @cached_property
    def _index(self) -> BigramIndex:
        texts = self._library.kept.texts
        return BigramIndex([texts[notice.id][span.start : span.end] for notice, span in self._sentences])

    def ask(self, question: str, place: Place) -> dict[str, Any]:
        at_hand = self._library.names_at_hand(place)
        ranked = self._index.rank(question, len(self._sentences))
        best = [self._sentences[i] for i in ranked if self._sentences[i][0].id in at_hand][:_BEST]
        return compose_plainly(self._library.kept, best)


def _cut(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in _SENTENCE.finditer(text))


def compose_plainly(corpus: Corpus, passages: Iterable[tuple[Notice, Span]]) -> dict[str, Any]:
    """The passages as an answer: the first one as its own words, each cited by the measures it runs through."""
    citations: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    for notice, passage in passages:
        pieces = list(cut_by_measure(notice, passage))
        numbers = [len(citations) + n for n in range(1, len(pieces) + 1)]
        text = corpus.texts[notice.id]
        for number, (measure, span) in zip(numbers, pieces, strict=True):
            quote = text[span.start : span.end]
            citations.append({**_cite(notice, measure, span), "number": number, "quote": quote})
            parts.append({"kind": "quote", "text": quote, "citations": [number]})
        if not any(part["kind"] == "direct" for part in parts):
            parts.insert(0, {"kind": "direct", "text": text[passage.start : passage.end].strip(), "citations": numbers})
    return {
        "status": "answered",
        "answer": "\n\n".join(part["text"] for part in parts),
        "parts": parts,
        "citations": citations,
    }


def cut_by_measure(notice: Notice, passage: Span) -> Iterator[tuple[Measure | None, Span]]:
    """The passage in pieces of one measure each, in its order; what stands outside measures is one piece."""
    end = passage.start
    for measure in notice.measures():
        span = span_of(measure)
        start, stop = max(span.start, passage.start), min(span.end, passage.end)
        if start < stop:
            if end < start:
                yield None, Span(end, start)
            yield measure, Span(start, stop)
            end = stop
    if end < passage.end:
        yield None, Span(end, passage.end)


def _cite(notice: Notice, measure: Measure | None, span: Span) -> dict[str, Any]:
    return {
        "kind": "sentence",
        "notice_id": notice.id,
        "measure_id": measure.id if measure else "",
        "measure_number": measure.number if measure else None,
        "start": span.start,
        "end": span.end,
    }
