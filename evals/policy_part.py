"""Measures retrieval and quoting over many notices: questions whose answer is known, and twins that have none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Status
from assistant.retrieve import Ranking
from corpus.catalogue import Place
from evals.bigrams import BigramIndex
from evals.dataset import Document, PolicyQuestion, Twin
from evals.policy_library import PolicyLibrary
from evals.ranking import first_rank

PASSAGE_SIZE = 300
_STRIDE = PASSAGE_SIZE // 2
_DEEPEST = 10
# An answer of several sentences counts from its beginning: no passage of this size holds all of it.
_BEGINNING = 60


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where the right document, and the passage that holds the answer, first stand; None beyond the first ten."""

    document: int | None
    passage: int | None


@dataclass(frozen=True, slots=True)
class Reached:
    """One question: the product's ranks and those of plain BM25, and how much of the answer is quoted (0 to 1)."""

    id: str
    question: str
    status: Status
    ours: Ranks
    bigrams: Ranks
    quoted: float


@dataclass(frozen=True, slots=True)
class Declined:
    """One question without an answer and the status it got."""

    id: str
    question: str
    status: Status


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document."""

    docid: str
    start: int
    text: str


def cut_windows(documents: Sequence[Document]) -> list[Window]:
    """Passages of equal size, each half over the one before."""
    return [
        Window(d.docid, begin, d.text[begin : begin + PASSAGE_SIZE])
        for d in documents
        for begin in range(0, max(1, len(d.text) - _STRIDE), _STRIDE)
    ]


def window_around(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage of that size with the sentence in its middle; a longer sentence is its own passage."""
    spare = max(0, PASSAGE_SIZE - (end - start))
    begin = max(0, min(start - spare // 2, len(text) - PASSAGE_SIZE))
    return begin, max(end, begin + PASSAGE_SIZE)


def holds(text: str, answer: str) -> bool:
    """Whether the passage prints the answer, or the beginning of a long one; spaces do not count."""
    return _close(answer)[:_BEGINNING] in _close(text)


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


class Yardstick:
    """Plain BM25 over the same documents, whole and in passages."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._docids = [d.docid for d in documents]
        self._windows = cut_windows(documents)
        self._whole = BigramIndex([d.text for d in documents])
        self._passages = BigramIndex([w.text for w in self._windows])

    def rank(self, question: PolicyQuestion, right: frozenset[str]) -> Ranks:
        ranked = [self._docids[i] for i in self._whole.rank(question.question, _DEEPEST)]
        passages = [self._windows[i].text for i in self._passages.rank(question.question, _DEEPEST)]
        return Ranks(first_rank(ranked, right), _first_holding(passages, question.answer))


def _first_holding(passages: Sequence[str], answer: str) -> int | None:
    return next((rank for rank, text in enumerate(passages, 1) if holds(text, answer)), None)


def right_documents(question: PolicyQuestion, twins_of: dict[str, frozenset[str]]) -> frozenset[str]:
    """Those named, and documents with the same text."""
    named = {question.docid, *question.alt_docids}
    return frozenset(named.union(*(twins_of.get(d, frozenset()) for d in named)))


def same_texts(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    by_text: dict[str, set[str]] = {}
    for document in documents:
        by_text.setdefault(document.text, set()).add(document.docid)
    return {docid: frozenset(group) for group in by_text.values() for docid in group}


def reach_answers(
    questions: Sequence[PolicyQuestion],
    documents: Sequence[Document],
    library: PolicyLibrary,
    tell: Callable[[], None] = lambda: None,
) -> tuple[Reached, ...]:
    yardstick, twins_of = Yardstick(documents), same_texts(documents)
    reached: list[Reached] = []
    for question in questions:
        right = right_documents(question, twins_of)
        ours = rank_by_product(library.rank(question.question), question, right, library)
        answer = library.ask(question.question)
        quoted = share_quoted(answer, question, right, library)
        bigrams = yardstick.rank(question, right)
        reached.append(Reached(question.id, question.question, answer.status, ours, bigrams, quoted))
        tell()
    return tuple(reached)


def rank_by_product(ranking: Ranking, question: PolicyQuestion, right: frozenset[str], library: PolicyLibrary) -> Ranks:
    """Documents by their best sentence or measure; passages around the best sentences, none twice."""
    matches = sorted((*ranking.provisions, *ranking.measures), key=lambda m: -m.score)
    documents = list(dict.fromkeys(m.place.notice.id for m in matches))[:_DEEPEST]
    rank = next((n for n, d in enumerate(documents, 1) if right.intersection(library.docids[d])), None)
    passages = passages_of([m.place for m in ranking.provisions], library.texts)
    return Ranks(rank, _first_holding(passages, question.answer))


def passages_of(places: Sequence[Place], texts: dict[str, str]) -> list[str]:
    """The passage around each sentence, unless an earlier one holds it."""
    taken: list[tuple[str, int, int]] = []
    for place in places:
        sentence, notice = place.provision, place.notice.id
        if sentence is None or any(n == notice and b <= sentence.start and sentence.end <= e for n, b, e in taken):
            continue
        taken.append((notice, *window_around(texts[notice], sentence.start, sentence.end)))
        if len(taken) == _DEEPEST:
            break
    return [texts[notice][begin:end] for notice, begin, end in taken]


def share_quoted(answer: Answer, question: PolicyQuestion, right: frozenset[str], library: PolicyLibrary) -> float:
    """How much of the known answer stands inside the sentences that the product quotes from a right document."""
    wanted = question.answer.strip()
    best = 0.0
    for notice_id in {c.notice_id for c in answer.citations}:
        at = library.texts[notice_id].find(wanted)
        if at < 0 or not right.intersection(library.docids[notice_id]):
            continue
        spans = [range(c.start, c.end) for c in answer.citations if c.notice_id == notice_id]
        covered = sum(any(i in span for span in spans) for i in range(at, at + len(wanted)))
        best = max(best, covered / len(wanted))
    return best


def decline_twins(
    twins: Sequence[Twin], library: PolicyLibrary, tell: Callable[[], None] = lambda: None
) -> tuple[Declined, ...]:
    declined: list[Declined] = []
    for twin in twins:
        declined.append(Declined(twin.id, twin.question, library.ask(twin.question).status))
        tell()
    return tuple(declined)
