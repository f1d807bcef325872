"""The other composer: a model phrases what was found, and only what holds sentence by sentence is kept."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Degraded, PartKind, Wording
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Source, responsibility_sources
from assistant.evidence.inquiry import Inquiry
from assistant.model.endpoint import Endpoint, Message, ModelError
from assistant.model.grounds import Ground, gather, sources_at
from assistant.model.prompting import ask_again, ask_for_answer
from assistant.model.reply import SCHEMA, Reply, Said
from assistant.naming.numbers import find_number_references
from assistant.verifying.evidences import Evidence, label_measure, of_item, of_part
from assistant.verifying.sentences import Failed, Held, Sentence, check_sentence
from corpus.language.amounts import read_amounts
from corpus.store import Corpus
from prompts import label

OnPart = Callable[[DraftPart], None]
_LEAST_SECONDS = 2.0
"""With less time left nothing is asked for once more."""

MOST_AT_ONCE = 16
"""Answers that wait for the model at a time; one more is written by the quoting composer, for nobody waits in a row."""
_SHORT = 40
_TOLD_ABSENT = (PartKind.MISSING, PartKind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that nobody sees, and why."""

    text: str
    reason: str
    is_printed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences that hold, the lines of findings they stand for, and what was dropped.

    Without sentences the quoting composer answers; `degraded` says why, None where the model found no answer.
    """

    parts: tuple[DraftPart, ...] = ()
    replaced: tuple[DraftPart, ...] = ()
    degraded: Degraded | None = None
    dropped: tuple[Dropped, ...] = ()
    sentences: int = 0
    """How many the model wrote."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be phrased: the question as it was understood, what was found, and where."""

    question: str
    language: str
    findings: tuple[Finding, ...]
    inquiries: tuple[Inquiry, ...]
    corpus: Corpus
    spent_seconds: float = 0.0
    """Of the time for the whole answer, on reading the question."""


@dataclass(slots=True)
class _Draft:
    """The sentences of one answer in their order; `parts` has None where one is still to be mended."""

    sentences: list[Said] = field(default_factory=list)
    parts: list[DraftPart | None] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    rests: list[tuple[Ground, ...]] = field(default_factory=list)


class Writer:
    """Has a model phrase what was found."""

    def __init__(self, endpoint: Endpoint, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.endpoint = endpoint
        self._seconds = seconds
        self._clock = clock
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def write(
        self, assignment: Assignment, on_part: OnPart | None = None, stopped: threading.Event | None = None
    ) -> Written:
        """The verified sentences; each is told to `on_part` once all before it hold."""
        grounds = gather(assignment.findings, assignment.inquiries, assignment.corpus)
        if not grounds:
            return Written()
        if not self._places.acquire(blocking=False):
            return Written(degraded=Degraded.MODEL_UNAVAILABLE)
        work = _Work(assignment, {g.number: g for g in grounds}, on_part or (lambda part: None))
        try:
            held = self._write(work, stopped)
        except ModelError as error:
            return Written(degraded=Degraded(error.fault), dropped=work.dropped(), sentences=len(work.draft.sentences))
        finally:
            self._places.release()
        return work.finish(held)

    def _write(self, work: "_Work", stopped: threading.Event | None) -> bool:
        spent = work.assignment.spent_seconds
        began = self._clock() - spent
        messages = ask_for_answer(work.assignment.question, tuple(work.grounds.values()), work.assignment.language)
        reply = Reply()
        pieces: list[str] = []
        for said in reply.read(_kept(self.endpoint.write(messages, SCHEMA, stopped, self._seconds - spent), pieces)):
            work.add(said)
        if not reply.seen:
            return reply.held
        left = self._seconds - (self._clock() - began)
        if (failed := work.failed()) and left > _LEAST_SECONDS:
            self._mend(work, ask_again(messages, "".join(pieces), failed), stopped, left)
        return reply.held

    def _mend(
        self, work: "_Work", messages: Sequence[Message], stopped: threading.Event | None, seconds: float
    ) -> None:
        """The failed sentences once more, in their order; a second answer that fails leaves the first as it is."""
        try:
            for said in Reply().read(self.endpoint.write(messages, SCHEMA, stopped, seconds)):
                work.mend(said)
        except ModelError:
            return


def _kept(pieces: Iterator[str], kept: list[str]) -> Iterator[str]:
    for piece in pieces:
        kept.append(piece)
        yield piece


class _Work:
    """One answer while it is written."""

    def __init__(self, assignment: Assignment, grounds: Mapping[int, Ground], on_part: OnPart) -> None:
        self.assignment = assignment
        self.grounds = grounds
        self.draft = _Draft()
        self._on_part = on_part
        self._told = 0
        self._evidence: dict[int, tuple[Evidence, ...]] = {}

    def add(self, said: Said) -> None:
        if said.text in {s.text for s in self.draft.sentences}:
            return
        part, rests, reason = self._hold(said)
        if reason is not None:
            self.draft.reasons[len(self.draft.sentences)] = reason
        self.draft.sentences.append(said)
        self.draft.parts.append(part)
        self.draft.rests.append(rests)
        self._tell()

    def mend(self, said: Said) -> None:
        """Puts the sentence where the first that failed stands, if it holds."""
        part, rests, reason = self._hold(said)
        at = next((n for n in sorted(self.draft.reasons) if self._rests_on(n, said)), None)
        if at is None or reason is not None or part in self.draft.parts:
            return
        del self.draft.reasons[at]
        self.draft.parts[at], self.draft.rests[at] = part, rests
        self._tell()

    def _rests_on(self, at: int, said: Said) -> bool:
        """The same grounds, or the only sentence that failed."""
        return len(self.draft.reasons) == 1 or bool(set(self.draft.sentences[at].numbers) & set(said.numbers))

    def _tell(self) -> None:
        """What holds up to the first sentence that failed."""
        until = min(self.draft.reasons, default=len(self.draft.parts))
        for part in self.draft.parts[self._told : until]:
            assert part is not None
            self._on_part(part)
        self._told = max(self._told, until)

    def failed(self) -> list[tuple[str, str]]:
        return [(self.draft.sentences[n].text, reason) for n, reason in sorted(self.draft.reasons.items())]

    def dropped(self) -> tuple[Dropped, ...]:
        sentences = self.draft.sentences
        return tuple(
            Dropped(sentences[n].text, reason, sentences[n].is_printed)
            for n, reason in sorted(self.draft.reasons.items())
        )

    def finish(self, held: bool) -> Written:
        """All that holds; nothing where the direct answer does not."""
        dropped, count = self.dropped(), len(self.draft.sentences)
        if not self.draft.parts and not held:
            return Written()
        if not self.draft.parts or self.draft.parts[0] is None:
            return Written(degraded=Degraded.MODEL_UNVERIFIED, dropped=dropped, sentences=count)
        parts = tuple(p for p in self.draft.parts if p is not None)
        return Written(parts, tuple(self._replaced()), None, dropped, count)

    def _hold(self, said: Said) -> tuple[DraftPart | None, tuple[Ground, ...], str | None]:
        rests = tuple(self.grounds[n] for n in said.numbers if n in self.grounds)
        if len(rests) < len(said.numbers):
            return None, (), "没有这个编号的依据"
        evidence = [self._evidence_of(g) for g in rests]
        sentence = Sentence(said.text, said.is_printed, self.assignment.question)
        checked = check_sentence(sentence, evidence, self.assignment.corpus)
        if isinstance(checked, Failed):
            return None, (), checked.reason
        return self._part(said, checked), rests, None

    def _evidence_of(self, ground: Ground) -> tuple[Evidence, ...]:
        if ground.number not in self._evidence:
            if ground.part is not None:
                finding = self.assignment.findings[ground.finding]
                words = label("kinds", finding.want.value, self.assignment.language)
                words = f"{words}\n{self._titles(ground.part)}"
                found = (*of_part(ground.part, finding.asked, words), *_members(ground.part, finding))
            else:
                assert ground.place is not None
                found = tuple(of_item(s) for s in sources_at(ground.place))
            self._evidence[ground.number] = found
        return self._evidence[ground.number]

    def _titles(self, part: DraftPart) -> str:
        """The titles of the measures that the line numbers."""
        numbers = {r.number for r in find_number_references(part.text) if not r.is_chapter}
        places = (p for p in self.assignment.corpus.catalogue.measures if p.measure and p.measure.number in numbers)
        return "\n".join(f"{label_measure(p.measure)} {p.measure.title}" for p in places if p.measure)

    def _part(self, said: Said, held: Held) -> DraftPart:
        kinds = {e.part.kind for e in held.evidence if e.part}
        kind = next((k for k in _TOLD_ABSENT if kinds == {k}), PartKind.DIRECT)
        wording = Wording.PRINTED if said.is_printed else Wording.EXPLAINED
        return DraftPart(kind, said.text, tuple(self._sources(said, held)), ClaimKind.STATED, wording=wording)

    def _sources(self, said: Said, held: Held) -> Iterator[Source]:
        """What each statement rests on; the bracket with the departments where one is named."""
        for source in dict.fromkeys(s for e in held.evidence for s in e.sources):
            yield source
            if any(d in said.text for r in source.place.responsibilities for d in r.departments):
                yield from responsibility_sources(source.place)

    def _replaced(self) -> Iterator[DraftPart]:
        """Results that were named or rest on nothing else, and whose sums and departments are all said again."""
        parts = [p for p in self.draft.parts if p is not None]
        named = {g for p, rests in zip(self.draft.parts, self.draft.rests, strict=True) if p for g in rests}
        cited = {(s.place.notice.id, s.phrase) for p in parts for s in p.sources}
        said = " ".join(p.text for p in parts)
        for ground in self.grounds.values():
            if ground.part is None or not _says_all(said, ground.part, self.assignment.corpus):
                continue
            rests_on = {(s.place.notice.id, s.phrase) for s in ground.part.sources}
            if ground in named or (rests_on and rests_on <= cited):
                yield ground.part


def _members(part: DraftPart, finding: Finding) -> Iterator[Evidence]:
    """Each member of a list is a line of its own, with the items it rests on."""
    members = finding.items if part.recount is not None else ()
    for member in members:
        line = DraftPart(PartKind.DIRECT, member.text, member.sources)
        yield from of_part(line, finding.asked, "")
    if members and all(len(m.text) <= _SHORT and not read_amounts(m.text) for m in members):
        # Names only, which may be strung together.
        yield Evidence("、".join(m.text for m in members), part.text, (), part)


def _says_all(said: str, part: DraftPart, corpus: Corpus) -> bool:
    sums = read_amounts(said)
    if not all(any(a.equals(b) for b in sums) for a in read_amounts(part.text)):
        return False
    return all(m.text in said for m in corpus.departments.find(part.text))
