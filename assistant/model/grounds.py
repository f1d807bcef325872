"""What a model is shown: the lines the quoting composer found, and the sentences they and others near them rest on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import PartKind
from assistant.composing.draft import DraftPart, Finding, Source, sentence_source
from assistant.composing.stating import join_lines, shorten
from assistant.composing.wording import name_measure
from assistant.evidence.inquiry import Inquiry
from assistant.model.unprinted import say_unprinted
from corpus.catalogue import Place
from corpus.store import Corpus
from prompts import label

_TOLD = (PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING)
_MOST_SENTENCES = 8
_MOST_CHARACTERS = 1_100
_MOST_ITEMS = 16
_LONGEST_ITEM = 80
_MOST_MEANT = 3
"""Of so many sentences it is said what they leave open."""


@dataclass(frozen=True, slots=True)
class Ground:
    """依据: one numbered thing a sentence may rest on.

    A result is a verified line of the quoting composer (`part`, of the finding at `finding`); else it is a sentence of a
    notice at `place`.
    """

    number: int
    text: str
    place: Place | None = None
    part: DraftPart | None = None
    finding: int = 0

    @property
    def is_result(self) -> bool:
        return self.part is not None

    def show(self, language: str) -> str:
        """As it stands in a prompt."""
        if self.place is None:
            return f"[{self.number}] {label('model', 'result', language)}{self.text}"
        return f"[{self.number}] {label('model', 'sentence', language)}{_head(self.place)}{self.text}"


def _head(place: Place) -> str:
    """Where a sentence stands and who is responsible there: 第（九）条“技术转移转化”；省科技厅（牵头负责）"""
    named = name_measure(place, "zh")
    bodies = "；".join(f"{'、'.join(r.departments)}（{r.role_text}）" for r in place.responsibilities)
    return f"（{'｜'.join(w for w in (named, bodies) if w)}）" if named or bodies else ""


def gather(findings: Sequence[Finding], inquiries: Sequence[Inquiry], corpus: Corpus) -> tuple[Ground, ...]:
    """Results first, what is printed nowhere, the sentences they rest on and the nearest, as far as there is room."""
    results = list(_results(findings))
    shown = list(_fitting(_places(findings, inquiries)))
    language = inquiries[0].language if inquiries else "zh"
    if results and (absent := say_unprinted(shown[:_MOST_MEANT], corpus, language)) is not None:
        results.append((results[0][0], absent))
    grounds = [Ground(i, _tell(part, findings[n]), part=part, finding=n) for i, (n, part) in enumerate(results, 1)]
    for place in shown:
        assert place.provision is not None
        text = join_lines(place.provision.plain or place.provision.text)
        grounds.append(Ground(len(grounds) + 1, text, place=place))
    return tuple(grounds)


def _results(findings: Sequence[Finding]) -> Iterator[tuple[int, DraftPart]]:
    """Each line once, with the finding it is of; fixed replies are nobody's to phrase."""
    seen: set[str] = set()
    for number, finding in enumerate(findings):
        for part in finding.parts if not finding.reply else ():
            if part.kind in _TOLD and part.text and part.text not in seen:
                seen.add(part.text)
                yield number, part


def _fitting(places: Iterable[Place]) -> Iterator[Place]:
    room = _MOST_CHARACTERS
    for number, place in enumerate(places):
        room -= len(place.provision.text) if place.provision else 0
        if room < 0 or number >= _MOST_SENTENCES:
            return
        yield place


def _tell(part: DraftPart, finding: Finding) -> str:
    """The line; behind that of a list its members, which the answer shows in any case."""
    if part.recount is None or not finding.items:
        return part.text
    members = "；".join(shorten(i.text, (), _LONGEST_ITEM) for i in finding.items[:_MOST_ITEMS])
    return f"{part.text}{label('model', 'members', 'zh')}{members}"


def _places(findings: Sequence[Finding], inquiries: Sequence[Inquiry]) -> Iterable[Place]:
    """Each sentence once."""
    seen: set[str] = set()
    for place in (*_cited(findings), *_near(inquiries)):
        if place.provision and place.provision.id not in seen:
            seen.add(place.provision.id)
            yield place


def _cited(findings: Sequence[Finding]) -> Iterator[Place]:
    for finding in findings:
        for source in (s for part in finding.parts for s in part.sources):
            yield source.place


def _near(inquiries: Sequence[Inquiry]) -> Iterator[Place]:
    """In turn, so that each of several clauses has its share."""
    columns = [[m.place for m in i.items[:_MOST_SENTENCES]] for i in inquiries]
    for n in range(max(map(len, columns), default=0)):
        yield from (c[n] for c in columns if n < len(c))


def sources_at(place: Place) -> tuple[Source, ...]:
    """One source for each item of the sentence; the sentence where it has none."""
    assert place.provision is not None
    return tuple(sentence_source(place, item) for item in place.provision.items) or (sentence_source(place),)
