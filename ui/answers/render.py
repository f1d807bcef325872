"""Turns an answer into safe HTML for page, widget and print: what stands in its card, and in which order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from markupsafe import Markup

from assistant.answer import (
    Answer,
    Citation,
    CitationKind,
    Composer,
    ListItem,
    Part,
    PartKind,
    Responsible,
    Row,
    Status,
    Wording,
    make_table,
)
from assistant.output.listener import Told
from assistant.understanding.reach import TALK
from ui.answers.citations import name_notice, on_one_line, own_page, set_off
from ui.answers.extras import Card, Extras, Glance
from ui.answers.labels import name_status, write_answer
from ui.answers.repeats import OwnWords, close, cut_repeats, end_without, is_among
from ui.templating import render
from ui.words import LANGUAGES, word

_ICONS: Mapping[Status, str] = {
    Status.ANSWERED: "ok",
    Status.PARTLY_ANSWERED: "part",
    Status.NOT_STATED: "none",
    Status.RELATED: "pin",
    Status.NEEDS_DETAIL: "ask",
    Status.OUT_OF_SCOPE: "out",
    Status.REFUSED: "shield",
}
_WITHOUT_EVIDENCE = frozenset({Status.NEEDS_DETAIL, Status.OUT_OF_SCOPE, Status.REFUSED})
_GAP_FIRST = frozenset({Status.NOT_STATED, Status.RELATED})
_OWN_WORDS = frozenset({PartKind.DIRECT, PartKind.CORRECTION})
_LABELLED = re.compile(r"(?:第(（[^（）]{1,8}）)条|(第\S{1,12}条))[ \u3000](.+)")
_LONGEST_SHORT_ITEM = 18
_LONGEST_HEADLINE = 60
_LONGEST_LEAD_IN = 12
_LONGEST_FILE_NAME = 40
# More supports are told by their table, more sentences near what is missing by their marks.
_MOST_QUOTED = 3
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Said:
    """A line of ours."""

    text: str
    style: str
    citations: tuple[Citation, ...] = ()
    wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, or a member of a list with its label and its title; `orders` are what its columns are sorted by,
    None for the text itself."""

    cells: tuple[str, ...]
    citations: tuple[Citation, ...]
    orders: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One that is quoted, in pieces; `has_mark` where nothing else in the card points at it."""

    citation: Citation
    pieces: tuple[tuple[str, bool], ...]
    has_mark: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one thing, and the sentences it rests on: those of one measure are one block."""

    words: tuple[Said, ...] = ()
    support: Glance | None = None
    sheets: tuple[Sheet, ...] = ()
    items: tuple[Line, ...] = ()
    quotes: tuple[tuple[Sentence, ...], ...] = ()
    after: tuple[Said, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.support or self.sheets or self.items or self.quotes or self.after)


def render_answer(answer: Answer, extras: Extras | None = None, card: Card | None = None) -> Markup:
    """The card of an answer and, below it, what can be asked next."""
    layout = _Layout(answer, extras or Extras(), card or Card())
    return render("answers/card", _known(answer.language), **layout.parts(), **layout.context()).strip()


def render_part(answer: Answer, part: Part) -> Markup:
    """One part by itself, as it arrives before the answer is complete; "" for those that only a whole card can place."""
    layout = _Layout(answer)
    if part.kind in _OWN_WORDS:
        section = Section((layout.say(part),))
    elif part.kind in {PartKind.TABLE, PartKind.QUOTE}:
        section = layout.section([part])
    else:
        return Markup("")
    return render("answers/section", _known(answer.language), section=section, **layout.context())


def render_told(told: Told, is_first: bool = True) -> Markup:
    """A sentence that was told before there is an answer."""
    said = _say(told.part, "direct" if is_first else "own", told.citations)
    return render("answers/section", _known(told.language), section=Section((said,)), **_context())


def name_table(part: Part, language: str) -> str:
    """What a table is called for those who do not see it."""
    return word("table", language, count=len(part.rows))


def _known(language: str) -> str:
    return language if language in LANGUAGES else "zh"


def _context(**more: object) -> dict[str, object]:
    usual = {"extras": Extras(), "card": Card(), "cited": {}, "file": "", "has_long_items": False}
    return {**usual, "line": on_one_line, "own_page": own_page, "name_notice": name_notice, **more}


def _say(part: Part, style: str, citations: Iterable[Citation]) -> Said:
    """A headline that is long, or that only leads to what follows, is set smaller."""
    line = on_one_line(part.text)
    if style == "direct" and len(line) > _LONGEST_HEADLINE:
        style = "direct direct--long"
    if style == "direct" and line.endswith("：") and len(line) <= _LONGEST_LEAD_IN:
        style = "own"
    return Said(line, style, tuple(citations), part.wording)


@dataclass(slots=True)
class _Layout:
    """Decides what stands where in the card of one answer; what stands there already is not shown again.

    `marked` and `quoted` are numbers of citations that something points at and whose sentences stand there, `shown` are
    our own lines.
    """

    answer: Answer
    extras: Extras = field(default_factory=Extras)
    card: Card = field(default_factory=Card)
    marked: set[int] = field(default_factory=set)
    quoted: set[int] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)

    def context(self) -> dict[str, object]:
        """What the pieces of a card need to know."""
        answer = self.answer
        name = _NO_FILE_NAME.sub(" ", on_one_line(answer.question))[:_LONGEST_FILE_NAME].strip(" .")
        return _context(
            extras=self.extras,
            card=self.card,
            cited={c.number: c for c in answer.citations},
            file=f"{name or answer.id}.csv",
            has_long_items=any(len(i.text) > _LONGEST_SHORT_ITEM for i in answer.listed),
        )

    def parts(self) -> dict[str, object]:
        """Everything that the card shows, in our words; the template only puts it in order."""
        answer, gap_first, is_talk = self.answer, self.answer.status in _GAP_FIRST, self.answer.reply in TALK
        written = [p for p in answer.parts if p.wording]
        rest = [p for p in answer.parts if not p.wording]
        missing = [p for p in rest if p.kind is PartKind.MISSING]
        # A model may have said already that nothing is stated.
        least = 0 if written and gap_first else len(rest)
        gap = next((n for n, p in enumerate(rest) if p.kind is PartKind.MISSING), least)
        has_gap = gap < len(rest)
        self.shown += [on_one_line(p.text) for p in written]
        self.marked |= {n for p in (*written, *missing) for n in p.citations}
        stated = self.section(rest[:gap], self.extras.supports, answer.listed)
        nearest = self._nearest(rest[gap:], [*missing, *(p for p in written if p.kind is PartKind.MISSING)])
        ended = missing if nearest else [replace(p, text=end_without(on_one_line(p.text))) for p in missing]
        return {
            "answer": answer,
            "status_icon": "chat" if is_talk else "clock" if self.card.is_outdated else _ICONS[answer.status],
            "label": name_status(answer),
            "is_talk": is_talk,
            "hint": self._hint(has_gap),
            "names": self._word("and").join(map(self.extras.call_name, self._inherited())),
            "written": [self.say(p, "own" if n else "direct") for n, p in enumerate(written)],
            "stated": stated,
            "is_split": has_gap and bool(stated) and answer.status is Status.PARTLY_ANSWERED,
            "missing": [self.say(p, "direct" if gap_first else "own") for p in ended],
            "nearest": nearest,
            "leads_on": any(p.text.endswith(("：", ":")) for p in missing),
            "has_gap": has_gap,
            "gap_first": gap_first,
            "notes": [self.say(p, "own") for p in rest if self._is_note(p, has_gap)],
            "sources": [on_one_line(p.text) for p in rest if p.kind is PartKind.SOURCE],
            "quoted": self.quoted,
            "copied": write_answer(answer),
            "head_of": self._head,
        }

    def say(self, part: Part, style: str = "") -> Said:
        """A line as it is; nothing is a headline where nothing is asserted."""
        usual = "own" if self.answer.status in _WITHOUT_EVIDENCE else "direct"
        return _say(part, style or usual, self._cited(part.citations))

    def section(
        self, parts: Sequence[Part], supports: Sequence[Glance] = (), listed: Sequence[ListItem] = ()
    ) -> Section:
        """Our words, supports and tables, the list, then the sentences, each of which is shown in one place only."""
        sheets = [self._sheet(p) for p in parts if p.kind is PartKind.TABLE]
        sheets += [self._sheet_of(supports)] if len(supports) > 1 else []
        told = {g.number for g in supports}
        self.marked |= told | {n for p in parts if p.kind is PartKind.TABLE for n in p.citations}
        words, after, repeated = self._lines(parts, supports)
        given = dict.fromkeys(n for p in parts if _is_quote(p) for n in p.citations)
        numbers = given if len(supports) > _MOST_QUOTED else given | repeated
        # What the supports show or the sentences say is no list besides.
        fresh = (i for i in listed if told.isdisjoint(i.citations) and numbers.keys().isdisjoint(self._cut(i).repeated))
        items = [self._item(i) for i in fresh]
        quotes = tuple(self._quotes(numbers))
        leads = len(words) - bool(supports or sheets or items or quotes)
        lines = (replace(s, text=close(s.text)) if n < leads else s for n, s in enumerate(words))
        only = supports[0] if len(supports) == 1 else None
        return Section(tuple(lines), only, tuple(sheets), tuple(items), quotes, tuple(after))

    def _lines(
        self, parts: Sequence[Part], supports: Sequence[Glance]
    ) -> tuple[list[Said], list[Said], dict[int, None]]:
        """Our words without those of the notice: before these, after them, and of which citations these are."""
        cells = [t for g in supports for t in (g.who, g.sum, g.paid, g.condition)]
        words: list[Said] = []
        after: list[Said] = []
        repeated: dict[int, None] = {}
        for part in (p for p in parts if p.kind in _OWN_WORDS):
            own = self._cut(part)
            repeated |= dict.fromkeys(own.repeated)
            # A table of supports has the marks itself.
            numbers = () if {g.number for g in supports}.issuperset(part.citations) else part.citations
            for text, lines, style in ((own.before, words, ""), (own.after, after, "own")):
                if text and not is_among(text, [*self.shown, *cells]):
                    lines.append(self.say(replace(part, text=text, citations=numbers), style))
                    self.shown.append(text)
                    numbers = ()
        self.marked |= {c.number for s in (*words, *after) for c in s.citations}
        return words, after, repeated

    def _cut(self, said: Part | ListItem) -> OwnWords:
        """Where nothing is asserted, a line stays as it is."""
        is_asserted = self.answer.status not in _WITHOUT_EVIDENCE
        return cut_repeats(said.text, self._cited(said.citations) if is_asserted else ())

    def _nearest(self, parts: Sequence[Part], missing: Sequence[Part]) -> Section:
        """What is said or quoted after something missing, and the sentences that this rests on, as far as they are few."""
        kinds = {c.number: c.kind for c in self.answer.citations}
        quoted = {n for p in self.answer.parts if _is_quote(p) for n in p.citations}
        rests = dict.fromkeys(n for p in missing for n in p.citations if n not in quoted)
        more = [Part(PartKind.QUOTE, "", (n,)) for n in rests if kinds.get(n) is CitationKind.SENTENCE]
        # 问谁：… is said by the departments below.
        kept = [p for p in parts if not p.citations or any(kinds.get(n) is not _DUTY for n in p.citations)]
        section = self.section([*kept, *(more if len(more) < _MOST_QUOTED else ())])
        return replace(section, words=tuple(replace(s, style="own") for s in section.words))

    def _quotes(self, numbers: Iterable[int]) -> Iterator[tuple[Sentence, ...]]:
        """Without those that stand in the card already; of one measure in the order of its text."""
        said = [p.text for p in self.answer.parts if p.kind in _OWN_WORDS | {PartKind.MISSING}]
        fresh = [c for c in self._cited(numbers) if c.number not in self.quoted]
        fresh = [c for c in fresh if not is_among(on_one_line(c.quote), self.shown)]
        self.quoted |= {c.number for c in fresh}
        for _, group in groupby(fresh, lambda c: (c.notice_id, c.measure_id or c.provision_id)):
            block = sorted(group, key=lambda c: c.start)
            yield tuple(
                Sentence(c, set_off(on_one_line(c.quote), said), len(block) > 1 or c.number not in self.marked)
                for c in block
            )

    def _sheet(self, part: Part) -> Sheet:
        """Without columns that are empty in every row."""
        kept = [n for n, _ in enumerate(part.columns) if any(row.cells[n] for row in part.rows)]
        rows = ((tuple(on_one_line(row.cells[n]) for n in kept), self._cited(row.citations)) for row in part.rows)
        lines = tuple(Line(cells, cited, tuple(self._order(c, cited) for c in cells)) for cells, cited in rows)
        return Sheet(tuple(on_one_line(part.columns[n]) for n in kept), lines)

    def _order(self, cell: str, citations: Sequence[Citation]) -> str | None:
        """The value of the sum that is printed in it, or the number of the measure that it names."""
        value = next((f"{v:f}" for printed, v in self.extras.sums.items() if printed and printed in cell), None)
        named = (str(c.measure_number) for c in citations if c.measure_label and c.measure_label in cell)
        return value or next(named, None)

    def _sheet_of(self, supports: Sequence[Glance]) -> Sheet:
        """Who, how much, how paid, condition, clause."""
        columns = [self._word(f"support_{k}") for k in ("who", "sum", "paid", "condition", "clause")]
        rows = [Row((g.who, g.sum, g.paid, g.condition, self._clause(g.number)), (g.number,)) for g in supports]
        return self._sheet(make_table(columns, rows))

    def _clause(self, number: int) -> str:
        cited = self._cited((number,))[0]
        return f"{'' if self.extras.is_only else name_notice(cited)}{cited.measure_label}"

    def _item(self, item: ListItem) -> Line:
        text = on_one_line(item.text)
        found = _LABELLED.fullmatch(text)
        return Line((found[1] or found[2], found[3]) if found else ("", text), self._cited(item.citations))

    def _cited(self, numbers: Iterable[int]) -> tuple[Citation, ...]:
        numbered = {c.number: c for c in self.answer.citations}
        return tuple(numbered[n] for n in numbers if n in numbered)

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self.answer.language, **fields)

    def _hint(self, has_gap: bool) -> str:
        """That every sentence was checked is said only where the question is answered."""
        status = self.answer.status
        if status is Status.PARTLY_ANSWERED and has_gap:
            return self._word("hint_partly")
        if status is Status.NOT_STATED:
            return self._word("hint_missing")
        if status is not Status.ANSWERED or not self.answer.citations or self.card.is_outdated:
            return ""
        return self._word("hint_list" if self.answer.composer is Composer.LIST else "hint_checked")

    def _inherited(self) -> Iterable[str]:
        """Names taken over from earlier turns, and not from another clause of the same message."""
        clauses = self.answer.understood.clauses
        own = {n for c in clauses for n in c.names if n not in c.inherited}
        return dict.fromkeys(n for c in clauses for n in c.inherited if n not in own)

    def _is_note(self, part: Part, has_gap: bool) -> bool:
        """Departments only where no row shows them; a repair stands above the answer."""
        if part.kind is PartKind.DEPARTMENTS:
            return not self.answer.responsibilities and not has_gap
        repairs = self.answer.repairs
        says_repair = bool(repairs) and all(r.typed in part.text and r.understood in part.text for r in repairs)
        return part.kind is PartKind.NOTE and not says_repair

    def _head(self, owner: Responsible) -> str:
        """The measure, only where there are several."""
        if len({(o.notice_id, o.measure_id) for o in self.answer.responsibilities}) < 2:
            return ""
        key = (owner.notice_id, owner.measure_id)
        return next((c.measure_label for c in self.answer.citations if (c.notice_id, c.measure_id) == key), "")


_DUTY = CitationKind.RESPONSIBILITY


def _is_quote(part: Part) -> bool:
    return part.kind is PartKind.QUOTE
