"""Says what was selected: one line that answers, and each row with what it rests on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import CitationKind
from assistant.composing.draft import (
    DraftItem,
    Source,
    chapter_source,
    heading_source,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.english.supports import state_support_english
from assistant.composing.english.titles import name_title
from assistant.composing.stating import cut_sum, state_support, who_and_act
from assistant.composing.wording import english_number, join_names, name_label, name_measure, trim
from assistant.listing.calling import Caller, call_chapter, call_measure, call_sum
from assistant.listing.notices import date_of
from assistant.listing.selection import Member, Order, Rows, Selection, Table, Where, is_priced, select
from corpus.catalogue import Place, SupportRow
from corpus.language.amounts import Amount, Bound
from corpus.store import Corpus
from prompts import listed

_MOST_NAMED = 6
_MOST_BODIES = 10
_MOST_OUTSIDE = 4
_MOST_SIZED = 8
_LONGEST_OPENING = 40
_SIZES = (Decimal(10**8), "亿元"), (Decimal(10**4), "万元"), (Decimal(1), "元")


@dataclass(frozen=True, slots=True)
class Teller:
    """Says things of one selection in one language."""

    selection: Selection
    table: Table
    corpus: Corpus
    language: str

    def headline(self) -> str:
        """The whole answer in a line, as far as it is short."""
        line = self._line()
        return f"{line[:1].upper()}{line[1:]}"

    def _line(self) -> str:
        if self.selection.rows is Rows.NOTICES:
            return self._notices()
        if not self.table.members:
            return self._none()
        if self.selection.rows is Rows.SUPPORTS and self.selection.order is not Order.PRINTED:
            return self._rank_supports()
        if self.selection.order in {Order.MOST, Order.LEAST}:
            return self._rank()
        if self.selection.counted or self.selection.order is Order.SORTED:
            is_sized = any(m.size for m in self.table.members)
            return self._sizes() if is_sized else self._say("none_counted", subject=self._subject(), by=self._by())
        return self._count() + self._outside()

    def item(self, member: Member) -> DraftItem:
        """A row in one line, with its cells for a table."""
        return _ITEMS[self.selection.rows](self, member)

    def columns(self) -> tuple[str, ...]:
        keys = _COLUMNS.get(self.selection.rows, ("name", "count", "clause"))
        return tuple(self._say(f"column_{key}") for key in keys)

    def _say(self, key: str, **fields: object) -> str:
        return listed(key, self.language, **fields)

    def _none(self) -> str:
        """There is none; or there are some, but nothing to order them by, or no second or third."""
        selection = self.selection
        everyone = select(replace(selection, order=Order.PRINTED), self.corpus.catalogue).members
        sizes = {m.size for m in everyone if m.size is not None}
        if sizes:
            return self._say("no_such_rank", subject=self._subject(), rank=selection.rank, sizes=len(sizes))
        if everyone:
            return self._say("none_counted", subject=self._subject(), by=self._by())
        return self._say("none", subject=self._subject(), unit=self._unit())

    def _notices(self) -> str:
        count, whole, order = len(self.table.members), self.table.whole, self.selection.order
        those = self._join(self._say(f"notice_{kind}", value=value) for kind, value in self.selection.where.documents)
        if not count:
            return self._say("no_notices", whole=whole, those=those)
        if order in {Order.MOST, Order.LEAST}:
            names = self._join(self.notice_item(m).text for m in self.table.members)
            told = self._say("newest_notice" if order is Order.MOST else "oldest_notice", names=names)
            everyone = select(replace(self.selection, order=Order.PRINTED), self.corpus.catalogue).members
            undated = sum(m.size is None for m in everyone)
            return told + self._say("undated_notices", count=undated) if undated else told
        return self._say("some_notices" if those else "all_notices", count=count, whole=whole, those=those)

    def _count(self) -> str:
        rows, count = self.selection.rows, len(self.table.members)
        if self.selection.is_everything:
            key = self._whole_key()
            return self._say(key, count=count, **(self._priced() if key == "all_supports_priced" else {}))
        most = _MOST_BODIES if rows is Rows.DEPARTMENTS else _MOST_NAMED
        names = self._names(self.table.members) if count <= most and rows is not Rows.SUPPORTS else ""
        named = self._say("named", names=names) if names else ""
        fields = {"subject": self._subject(), "count": count, "unit": self._unit(), "named": named}
        if self._is_of_whole():
            return self._say("share", whole=self.table.whole, **fields)
        return self._say("amount", **fields)

    def _priced(self) -> dict[str, object]:
        """How many of all supports have a sum, and the largest."""
        priced = [m for m in self.table.members if m.size is not None]
        highest = max(priced, key=lambda m: m.size or 0)
        return {"priced": len(priced), "amount": self.amount(highest)}

    def _whole_key(self) -> str:
        rows, supports = self.selection.rows, [m.support for m in self.table.members]
        if rows is Rows.SUPPORTS and self.selection.where.is_priced is None:
            return "all_supports_priced" if any(s and is_priced(s.support) for s in supports) else "all_supports"
        if rows is not Rows.SUPPORTS:
            return f"all_{rows}"
        amounts = [s.support.amount for s in supports if s]
        return "all_priced_limits" if all(a and a.bound is Bound.AT_MOST for a in amounts) else "all_priced"

    def _is_of_whole(self) -> bool:
        """16条中有7条; what stands within a chapter or measure is not reckoned against the whole."""
        return self.selection.rows in {Rows.MEASURES, Rows.CHAPTERS, Rows.SUPPORTS} and not self.selection.where.inside

    def _names(self, members: Sequence[Member]) -> str:
        return self._join(map(self._name, members))

    def _join(self, names: Iterable[str]) -> str:
        return self._mark(",").join(names)

    def _name(self, member: Member) -> str:
        """What a row is called inside a line."""
        rows = self.selection.rows
        if rows is Rows.DEPARTMENTS:
            return join_names([member.key], self.language, self.corpus.departments)
        if rows is Rows.CHAPTERS:
            return call_chapter(member.places[0], self.language)
        if rows is Rows.SUMS:
            return call_sum(Decimal(member.key), self.language)
        if rows is Rows.MEASURES:
            return call_measure(member.places[0], self.language)
        return member.key

    def _rank(self) -> str:
        is_most, rank = self.selection.order is Order.MOST, self.selection.rank
        key = f"{'next_' if rank > 1 else ''}{'most' if is_most else 'least'}"
        size, names = self._size(self.table.members[0]), self._names(self.table.members)
        told = self._say(key, subject=self._subject(), by=self._by(), rank=rank, names=names, size=size)
        return told + self._others()

    def _others(self) -> str:
        """The other chapters with theirs, which are few."""
        ordered = select(replace(self.selection, order=Order.SORTED), self.corpus.catalogue).members
        others = [m for m in ordered if m.key not in self.table.keys]
        if self.selection.rows is not Rows.CHAPTERS or not 0 < len(others) <= _MOST_SIZED:
            return ""
        sizes = self._join(self._say("sized", name=self._name(m), size=self._size(m)) for m in others)
        space = " " if self.language == "en" else ""
        return space + self._say("others", sizes=sizes)

    def _rank_supports(self) -> str:
        members, rank = self.table.members, self.selection.rank
        if self.selection.order is Order.SORTED:
            sums = self._join(self._same_sums())
            return self._say("sorted", subject=self._subject(), count=len(members), sums=sums)
        is_most = self.selection.order is Order.MOST
        key = f"{'next_' if rank > 1 else ''}{'highest' if is_most else 'lowest'}"
        told = self._mark(";").join(self._with_clause(m) for m in members)
        return self._say(key, subject=self._subject(), rank=rank, amount=self.amount(members[0]), supports=told)

    def _sizes(self) -> str:
        members, by = self.table.members, self._by()
        sized = [m for m in members if m.size is not None]
        told = members if len(members) <= _MOST_SIZED else sized
        if len(told) <= _MOST_SIZED:
            sizes = self._join(self._say("sized", name=self._name(m), size=self._size(m)) for m in told)
            key = "each_sums" if self.selection.rows is Rows.SUMS else "each"
            key = "each_largest" if self._counted() is Rows.SUMS else key
            return self._say(key, subject=self._subject(), by=by, sizes=sizes)
        most, least = max(m.size or 0 for m in sized), min(m.size or 0 for m in sized)
        first, last = [m for m in sized if m.size == most], [m for m in sized if m.size == least]
        return self._say(
            "each_of_many",
            subject=self._subject(),
            count=len(members),
            unit=self._unit(),
            by=by,
            most=self._names(first),
            most_size=self._size(first[0]),
            least=self._names(last),
            least_size=self._size(last[0]),
        )

    def _size(self, member: Member) -> str:
        counted = self._counted()
        if counted is Rows.SUMS and self.selection.rows is Rows.MEASURES:
            return self._say("no_sum") if member.size is None else call_sum(member.size, self.language)
        unit = "times" if self.selection.rows is Rows.SUMS else counted
        space = "" if self.language == "zh" else " "
        number = "one" if member.size == 1 else "unit"
        return f"{member.size or Decimal(0):f}{space}{self._say(f'{number}_{unit}')}"

    def _counted(self) -> Rows:
        default = Rows.SUPPORTS if self.selection.rows is Rows.SUMS else Rows.MEASURES
        return self.selection.counted or default

    def _by(self) -> str:
        return self._say(f"{self._counted()}")

    def _unit(self) -> str:
        return self._say(f"unit_{self.selection.rows}")

    def amount(self, member: Member) -> str:
        """500万元（上限）."""
        amount = member.support.support.amount if member.support else None
        if amount is None:
            return self._say("no_sum")
        told = _printed(amount) if self.language == "zh" else f"RMB {english_number(amount.value)} ({_printed(amount)})"
        return self._say("limit", sum=told) if amount.bound is Bound.AT_MOST else told

    def _same_sums(self) -> Iterable[str]:
        """500万元、200万元（3项）."""
        counts: dict[str, int] = {}
        for member in self.table.members:
            counts[self.amount(member)] = counts.get(self.amount(member), 0) + 1
        yield from (s if n == 1 else self._say("several", sum=s, count=n) for s, n in counts.items())

    def _state(self, member: Member) -> str:
        row = member.support
        if row is None:
            return member.key
        told = state_support_english(row) if self.language == "en" else None
        # What stands behind it ends the line.
        return told.removesuffix(".") if told else state_support(row)

    def _subject(self) -> str:
        return self._caller().subject()

    def _caller(self) -> Caller:
        return Caller(self.selection, self.corpus, self.language)

    def _outside(self) -> str:
        """The few measures that are not in a long list, by name."""
        catalogue, members = self.corpus.catalogue, self.table.keys
        is_whole = self.selection.rows is Rows.MEASURES and not self.selection.where.inside
        if not is_whole or len(catalogue.notices) > 1:
            return ""
        others = [p for p in catalogue.measures if p.measure_key not in {*members, *catalogue.whole_chapters}]
        if not 0 < len(others) <= _MOST_OUTSIDE or len(others) >= len(members):
            return ""
        return self._say("outside", names=self._join(call_measure(p, self.language) for p in others))

    def _with_clause(self, member: Member) -> str:
        """What is given, with its clause in brackets."""
        return self._stand_in(self._state(member), self._label(member))

    def _mark(self, mark: str) -> str:
        return f"{mark} " if self.language == "en" else {";": "；", ",": "、"}[mark]

    def _label(self, member: Member) -> str:
        return call_measure(member.places[0], self.language) if member.places[0].measure else ""

    def _is_sized(self) -> bool:
        return self.selection.counted is not None or self.selection.order is not Order.PRINTED

    def measure_item(self, member: Member) -> DraftItem:
        """The measure by label and title; without a title by its first words, which its number alone does not tell."""
        place = member.places[0]
        measure = place.measure
        opening = _opening(place)
        label_ = f"{name_label(measure)} {measure.title}".strip() if measure else ""
        name = label_ if self.language == "zh" else name_measure(place, self.language)
        name = f"{name} {opening[1]}" if opening else name
        bodies = join_names(measure.departments if measure else (), self.language, self.corpus.departments)
        if self.selection.where.role and bodies:
            # Who leads, or is alone, is asked with which measures those are.
            name = self._say("counted", name=name, size=bodies)
        sources = (*self._why_measure(place), *((opening[0],) if opening else ()))
        text = self._say("counted", name=name, size=self._size(member)) if self._is_sized() else name
        return DraftItem(text, tuple(dict.fromkeys(sources)), (name, bodies))

    def _why_measure(self, place: Place) -> tuple[Source, ...]:
        """The words that make the measure a member: departments, the sentence with the term or the support, else the
        heading."""
        where, measure = self.selection.where, place.measure
        sources: list[Source] = []
        is_of_bodies = where.departments or where.not_departments or where.role
        if is_of_bodies or self.selection.counted is Rows.DEPARTMENTS:
            sources += responsibility_sources(place)
        for term in where.terms:
            printing = [p for p in (measure.provisions if measure else ()) if term.casefold() in p.text.casefold()]
            sources += [sentence_source(Place(place.notice, place.chapter, measure, p)) for p in printing[:1]]
        return tuple(sources) or (heading_source(place),)

    def support_item(self, member: Member) -> DraftItem:
        row = member.support
        if row is None:
            raise ValueError(f"{member.key} is no support")
        source = sentence_source(row.place, row.item)
        clause = self._label(member)
        amount = cut_sum(row.support) if is_priced(row.support) else self._say("no_sum")
        condition = row.support.condition.text if row.support.condition else self._say("no_condition")
        who = who_and_act(row.support) or trim(row.item.text)
        cells = (who, amount, "" if condition in who or condition in amount else condition, clause)
        told_before = _told_before(row) if row.support.who and row.support.who.text in who else ()
        return DraftItem(self._with_clause(member), (source, *map(sentence_source, told_before)), cells)

    def chapter_item(self, member: Member) -> DraftItem:
        chapter = member.places[0].chapter
        notice, own = member.places[0].notice, member.places[1:]
        is_of_all = self.selection.where == Where()
        measures = [Place(notice, chapter, m) for m in chapter.measures] if is_of_all and chapter else own
        labels = self._join(call_measure(p, self.language) for p in measures)
        name = f"{chapter.label}{chapter.title}" if chapter else ""
        size = self._size(member) if self._is_sized() else ""
        text = self._stand_in(self._say("counted", name=name, size=size) if size else name, labels)
        return DraftItem(text, (chapter_source(member.places[0]),), (name, size or str(len(measures)), labels))

    def department_item(self, member: Member) -> DraftItem:
        name = join_names([member.key], self.language, self.corpus.departments)
        labels = self._join(call_measure(p, self.language) for p in member.places if p.measure)
        size = self._size(member)
        text = self._stand_in(self._say("counted", name=name, size=size), labels) if self._is_sized() else name
        return DraftItem(text, responsibility_sources(member.places[0]), (name, size, labels))

    def sum_item(self, member: Member) -> DraftItem:
        labels = self._join(dict.fromkeys(call_measure(p, self.language) for p in member.places if p.measure))
        row = member.support
        if row is None or row.support.amount is None:
            raise ValueError(f"{member.key} is no printed sum")
        amount, size = _printed(row.support.amount), self._size(member)
        text = self._stand_in(self._say("counted", name=amount, size=size), labels)
        return DraftItem(text, (sentence_source(row.place, row.item),), (amount, size, labels))

    def _stand_in(self, text: str, labels: str) -> str:
        """With the measures in brackets."""
        return self._say("standing", row=text, clauses=labels) if labels else text

    def notice_item(self, member: Member) -> DraftItem:
        """Its title, number and date, as far as they are printed."""
        notice = member.places[0].notice
        title = f"《{notice.title}》" if self.language == "zh" else name_title(notice.title, notice)
        cells = (title, notice.number_text, date_of(notice))
        told = self._join(c for c in cells[1:] if c)
        source = Source(CitationKind.TITLE, Place(notice), notice.title_at)
        return DraftItem(self._stand_in(title, told), (source,), cells)

    def name_item(self, member: Member) -> DraftItem:
        label_ = self._label(member)
        return DraftItem(member.key, (sentence_source(member.places[0]),), (member.key, "", label_))


def _told_before(row: SupportRow) -> Iterator[Place]:
    """The other sentence of its measure in which it stands who gets it."""
    place, told = row.place, [row.support.who] if row.support.who else []
    for provision in place.measure.provisions if place.measure else ():
        if provision is not place.provision and any(provision.start <= p.start < provision.end for p in told):
            yield Place(place.notice, place.chapter, place.measure, provision)


def _opening(place: Place) -> tuple[Source, str] | None:
    measure = place.measure
    if measure is None or measure.title or not measure.provisions:
        return None
    source = sentence_source(Place(place.notice, place.chapter, measure, measure.provisions[0]))
    words = measure.provisions[0].text
    for mark in "，。；：":
        words = words.partition(mark)[0]
    return source, words if len(words) <= _LONGEST_OPENING else f"{words[:_LONGEST_OPENING]}…"


def _printed(amount: Amount) -> str:
    """As printed, but for a bare figure of a table."""
    return amount.text if "元" in amount.text else call_sum(amount.value, "zh")


_ITEMS: dict[Rows, Callable[[Teller, Member], DraftItem]] = {
    Rows.MEASURES: Teller.measure_item,
    Rows.SUPPORTS: Teller.support_item,
    Rows.CHAPTERS: Teller.chapter_item,
    Rows.DEPARTMENTS: Teller.department_item,
    Rows.SUMS: Teller.sum_item,
    Rows.NAMES: Teller.name_item,
    Rows.NOTICES: Teller.notice_item,
}
_COLUMNS = {
    Rows.NOTICES: ("title", "number", "date"),
    Rows.SUPPORTS: ("who", "sum", "condition", "clause"),
    Rows.MEASURES: ("clause", "departments"),
}
