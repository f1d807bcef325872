"""Puts a hostile model in the place of the real one, question by question, and sees what reaches the answer."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from random import Random
from typing import cast

from assistant.ask import Assistant
from assistant.composing.draft import DraftPart
from assistant.model.endpoint import Endpoint, Message
from assistant.model.grounds import Ground
from assistant.model.reply import Reply
from assistant.model.writing import Assignment, OnPart, Writer, Written
from assistant.output.encode import encode_answer
from assistant.understanding.frame import Turn
from corpus.store import Corpus
from evals.cases.case import Case
from evals.corpora import Library
from evals.entry import EntryFailed
from evals.hostile.board import Board, Labelled
from evals.hostile.writing import write_all

_TOO_SHORT, _LONG_ENOUGH = 1.0, 30.0
"""Seconds of a writer: too few for asking once more, so that each sentence is judged once; enough for it."""
_SENTENCES_OF_ANSWER = 6
UNREAD = "没有读出这一句"


def play(sentences: Sequence[tuple[str, tuple[int, ...], bool]]) -> Iterator[str]:
    """A reply as a model writes it: each sentence with the numbers it cites, and whether it claims to be printed so."""
    yield '{"held": true, "sentences": ['
    for text, numbers, is_printed in sentences:
        kind = "原文" if is_printed else "解读"
        yield json.dumps({"text": text, "sources": numbers, "kind": kind}, ensure_ascii=False) + ","
    yield "]}"


class ScriptedEndpoint:
    """Writes the sentences it is given, whatever it is asked; others where it is asked to mend them."""

    def __init__(self, sentences: Sequence[Labelled], mended: Sequence[Labelled] = ()) -> None:
        self._replies = iter((sentences, mended))

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]:
        yield from play([(one.text, one.numbers, one.is_printed) for one in next(self._replies, ())])


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled sentence of one case: shown where `reason` is None, else dropped for it.

    `ground` is the first that it cites, `notice_id` of whom that is; `is_whole` where it stood in an answer with others.
    """

    case: Case
    notice_id: str
    sentence: Labelled
    ground: str
    reason: str | None
    is_whole: bool = False

    @property
    def is_shown(self) -> bool:
        return self.reason is None

    @property
    def is_wrong(self) -> bool:
        return self.is_shown is not self.sentence.is_true


class _Catcher(Writer):
    """Stands where the writer stands, and keeps what it is to write."""

    def __init__(self) -> None:
        self.assignment: Assignment | None = None

    def write(
        self, assignment: Assignment, on_part: OnPart | None = None, stopped: threading.Event | None = None
    ) -> Written:
        self.assignment = assignment
        return Written()


@dataclass
class Attack:
    """Composes each question once and attacks what was found; a sentence about the same ground is put once."""

    library: Library
    _assistants: dict[int, tuple[Assistant, _Catcher]] = field(default_factory=dict)
    _seen: set[tuple[object, ...]] = field(default_factory=set)

    def run(self, cases: Iterable[Case]) -> Iterator[Judged]:
        for case in cases:
            assignment = self.compose(case)
            if assignment is not None:
                yield from self._attack(case, assignment)

    def compose(self, case: Case) -> Assignment | None:
        """What the model of this question is given; None where it is given nothing."""
        try:
            place = self.library.find_place(case)
        except EntryFailed:
            return None
        assistant, catcher = self._open(place.corpus or self.library.served)
        history: tuple[Turn, ...] = ()
        for question in case.history:
            answer = encode_answer(assistant.ask(question, history, place.notice_ids))
            history += (Turn("user", question), Turn("assistant", str(answer["answer"])))
        catcher.assignment = None
        assistant.ask(case.question, history, place.notice_ids)
        return catcher.assignment

    def _open(self, corpus: Corpus) -> tuple[Assistant, _Catcher]:
        if id(corpus) not in self._assistants:
            catcher = _Catcher()
            self._assistants[id(corpus)] = (Assistant(corpus, writer=catcher), catcher)
        return self._assistants[id(corpus)]

    def _attack(self, case: Case, assignment: Assignment) -> Iterator[Judged]:
        board = Board(assignment)
        grounds = {g.number: g for g in board.grounds}
        sentences = write_all(board, case.id)
        fresh: dict[str, list[Labelled]] = {}
        for one in sentences:
            key = (one.text, one.is_printed, *(_identify(grounds.get(n)) for n in one.numbers))
            if key not in self._seen:
                self._seen.add(key)
                fresh.setdefault(one.text, []).append(one)
        # The writer passes over words said before: those of another kind or source go in further rounds.
        for turn in zip_longest(*fresh.values()):
            yield from _judge_each(case, assignment, [one for one in turn if one is not None], grounds)
        yield from _judge_whole(case, assignment, sentences, grounds)


def _judge_each(
    case: Case, assignment: Assignment, sentences: Sequence[Labelled], grounds: Mapping[int, Ground]
) -> Iterator[Judged]:
    """Every sentence by itself: what comes before it in the reply does not matter."""
    written = write_with(ScriptedEndpoint(sentences), _TOO_SHORT, assignment)
    dropped = {d.text: d.reason for d in written.dropped}
    read = {said.text for said in Reply().read(ScriptedEndpoint(sentences).write(()))}
    for one in sentences:
        words = " ".join(one.text.split())
        yield Judged(case, *_told_of(one, grounds), dropped.get(words) if words in read else UNREAD)


def _judge_whole(
    case: Case, assignment: Assignment, sentences: Sequence[Labelled], grounds: Mapping[int, Ground]
) -> Iterator[Judged]:
    """An answer of true and false sentences by turns; asked to mend it, the model writes other false ones."""
    mixed = list(sentences)
    Random(case.id).shuffle(mixed)
    true, false = ([s for s in mixed if s.is_true is wanted] for wanted in (True, False))
    first = list(islice(chain.from_iterable(zip(true, false, strict=False)), _SENTENCES_OF_ANSWER))
    second = false[_SENTENCES_OF_ANSWER : 2 * _SENTENCES_OF_ANSWER]
    shown: set[str] = set()

    def hear(part: DraftPart) -> None:
        shown.add(part.text)

    written = write_with(ScriptedEndpoint(first, second), _LONG_ENOUGH, assignment, hear)
    shown |= {p.text for p in written.parts}
    honest = {" ".join(s.text.split()) for s in true}
    for one in (*first, *second):
        words = " ".join(one.text.split())
        if not one.is_true and words not in honest:
            yield Judged(case, *_told_of(one, grounds), None if words in shown else "", is_whole=True)


def write_with(
    endpoint: ScriptedEndpoint, seconds: float, assignment: Assignment, on_part: OnPart | None = None
) -> Written:
    return Writer(cast(Endpoint, endpoint), seconds).write(assignment, on_part)


def _told_of(one: Labelled, grounds: Mapping[int, Ground]) -> tuple[str, Labelled, str]:
    """The notice, the sentence and the first ground it cites."""
    first = next((grounds[n] for n in one.numbers if n in grounds), None)
    return _notice_of(first), one, first.text if first else ""


def _notice_of(ground: Ground | None) -> str:
    if ground is None:
        return ""
    if ground.place is not None:
        return ground.place.notice.id
    return next((s.place.notice.id for s in ground.part.sources), "") if ground.part else ""


def _identify(ground: Ground | None) -> object:
    """What it is that a sentence cites, whatever the question."""
    if ground is None:
        return None
    if ground.place is not None and ground.place.provision is not None:
        return ground.place.provision.id
    assert ground.part is not None
    spans = ((s.place.notice.id, s.phrase.start, s.item and s.item.start) for s in ground.part.sources)
    return (ground.text, ground.part.claim, tuple(spans))
