"""Shows what an answer cites inside the text around it, beside the measures it should have cited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.answer import CitationKind
from assistant.composing.wording import name_label
from corpus.notice import Measure, Notice
from evals.case import Case
from evals.context import Library
from evals.reply import ReplyCitation

_AROUND = 80
_PLACE_NAMES = {
    CitationKind.TITLE: "标题",
    CitationKind.NUMBER: "文号",
    CitationKind.PREAMBLE: "正文开头",
    CitationKind.HEADING: "部分标题",
}


class Use(StrEnum):
    """How the case and the answer stand to a measure; the values are what the reader sees."""

    CITED = "应引，已引"
    LACKING = "应引，没有引"
    OTHER = "引了，不在应引之内"
    FREE = "所引"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the notice: inside a citation, one of the wanted facts, or plain; `numbers` end here."""

    text: str
    is_cited: bool = False
    is_fact: bool = False
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A passage of a notice; `is_checked` is false where the text at hand is not the one that was cited."""

    label: str
    document: str
    use: Use
    pieces: tuple[Piece, ...]
    is_checked: bool = True


@dataclass(frozen=True, slots=True)
class _Marked:
    start: int
    end: int
    number: int = 0


def show_sources(case: Case, citations: Sequence[ReplyCitation], library: Library) -> tuple[Block, ...]:
    """Measures that were to be cited first, in the order of the text; then what else was cited."""
    placed = [c for c in citations if library.texts.get(c.notice_id, "")[c.start : c.end] == c.quote]
    strange = [c for c in citations if c not in placed]
    blocks = [block for notice in library.notices for block in _measure_blocks(case, placed, notice, library)]
    measures = {(n.id, m.id) for n in library.notices for m in n.measures()}
    outside = [c for c in placed if (c.notice_id, c.measure_id) not in measures]
    blocks += [_window(case, c, library.texts[c.notice_id]) for c in outside]
    blocks += [_bare(case, c) for c in strange]
    first = (Use.LACKING, Use.CITED)
    return tuple(sorted(blocks, key=lambda block: block.use not in first))


def _measure_blocks(
    case: Case, citations: Sequence[ReplyCitation], notice: Notice, library: Library
) -> Iterator[Block]:
    text = library.texts[notice.id]
    for measure in notice.measures():
        own = [c for c in citations if (c.notice_id, c.measure_id) == (notice.id, measure.id)]
        is_gold = _is_gold(case, notice, measure)
        if not own and not is_gold:
            continue
        facts = _find_facts(case, text, measure) if is_gold else ()
        pieces = _mark(text, (measure.heading.start, _end_of(measure)), (_marked(own), facts))
        use = _judge(case, bool(own), is_gold)
        yield Block(name_label(measure), notice.number_text or notice.title, use, pieces)


def _is_gold(case: Case, notice: Notice, measure: Measure) -> bool:
    if case.notice_id not in (None, notice.id):
        return False
    return measure.id in case.clauses if case.clauses else measure.number in case.measures


def _judge(case: Case, is_cited: bool, is_gold: bool) -> Use:
    if is_gold:
        return Use.CITED if is_cited else Use.LACKING
    return Use.OTHER if case.required else Use.FREE


def _end_of(measure: Measure) -> int:
    ends = [p.end for p in measure.provisions] + [r.phrase.end for r in measure.responsibilities]
    return max([measure.heading.end, *ends])


def _marked(citations: Iterable[ReplyCitation]) -> tuple[_Marked, ...]:
    return tuple(_Marked(c.start, c.end, c.number) for c in citations)


def _find_facts(case: Case, text: str, measure: Measure) -> tuple[_Marked, ...]:
    """Where the wanted facts stand in the measure as they are written in the case."""
    start, end = measure.heading.end, _end_of(measure)
    found = []
    for wording in (w for alternatives in case.facts for w in alternatives):
        at = text.find(wording, start, end)
        while at >= 0:
            found.append(_Marked(at, at + len(wording)))
            at = text.find(wording, at + len(wording), end)
    return tuple(found)


def _mark(text: str, span: tuple[int, int], marks: tuple[Sequence[_Marked], Sequence[_Marked]]) -> tuple[Piece, ...]:
    """The text of the span cut wherever a citation or a fact begins or ends."""
    cited, facts = marks
    start, end = span
    edges = {start, end, *(e for m in (*cited, *facts) for e in (m.start, m.end) if start < e < end)}
    cuts = sorted(edges)
    return tuple(
        Piece(
            text=text[a:b],
            is_cited=any(m.start <= a and b <= m.end for m in cited),
            is_fact=any(m.start <= a and b <= m.end for m in facts),
            numbers=tuple(m.number for m in cited if m.end == b),
        )
        for a, b in pairwise(cuts)
    )


def _window(case: Case, citation: ReplyCitation, text: str) -> Block:
    """A citation outside the measures with some words on both sides."""
    start, end = max(0, citation.start - _AROUND), min(len(text), citation.end + _AROUND)
    label = _PLACE_NAMES.get(citation.kind, "原文")
    use = Use.OTHER if case.required else Use.FREE
    return Block(label, citation.notice_id, use, _mark(text, (start, end), (_marked([citation]), ())))


def _bare(case: Case, citation: ReplyCitation) -> Block:
    label = f"第 {citation.measure_number} 条" if citation.measure_number else _PLACE_NAMES.get(citation.kind, "原文")
    piece = Piece(citation.quote, is_cited=True, numbers=(citation.number,))
    return Block(label, citation.notice_id, Use.OTHER if case.required else Use.FREE, (piece,), is_checked=False)
