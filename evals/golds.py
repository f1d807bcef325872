"""The sets and numbers that the catalogue holds for what a question names, to check list and count golds against."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce

from assistant.measure_numbers import find_number_references
from corpus.amounts import Amount, read_amounts
from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.departments import DepartmentTable
from corpus.notice import Chapter, Measure, Role
from corpus.numerals import NUMERAL, read_number
from evals.case import Case
from evals.wording import holds_wording

_CHAPTER = re.compile(rf"第(?P<number>{NUMERAL})(?:部分|章|大?块|大?板块)|chapter (?P<latin>\d+)", re.IGNORECASE)
_QUOTED = re.compile("“([^“”]+)”")
_SHORTEST_TERM = 2
# An English or misspelt name of a department is in no table: any whole set of one department will do.
_NAMED_OTHERWISE = frozenset({"english", "misspelt"})

Keys = frozenset[str]


class Golds:
    """What may be demanded of one question, read from the tables of the catalogue; measures go by their keys."""

    def __init__(self, case: Case, catalogue: Catalogue, table: DepartmentTable) -> None:
        self._case, self._catalogue, self._table = case, catalogue, table
        self._texts = (*case.history, case.question)
        self._everything = frozenset(catalogue.place_of_measure)
        self._wanted = self._keys(lambda m: (m.id if case.clauses else str(m.number)) in case.required)

    def is_list(self) -> bool:
        """The wanted measures are all that the catalogue holds under what the question names."""
        return any(self._wanted == keys for keys in self._measure_sets())

    def is_department_list(self) -> bool:
        """The wanted departments are those of the wanted measures or of what the question names."""
        return frozenset(self._case.departments) in self._department_sets()

    def has_number(self, number: int) -> bool:
        """The catalogue counts so many: of the wanted measures, or of what the question names."""
        return number in (self._numbers_of_wanted() if self._wanted else self._numbers_of_named())

    def _keys(self, fits: Callable[[Measure], bool]) -> Keys:
        return frozenset(p.measure_key for p in self._catalogue.measures if p.measure and fits(p.measure))

    def _measure_sets(self) -> Iterator[Keys]:
        yield self._everything
        for keys in self._named_sets():
            yield keys
            yield self._everything - keys
        terms = list(self._of_terms())
        yield from terms
        if terms:
            yield reduce(frozenset.union, terms)
        yield self._of_numbers()
        yield from self._of_extremes()

    def _of_numbers(self) -> Keys:
        """The measures that the question names by number."""
        references = (r for text in self._texts for r in find_number_references(text))
        numbers = {r.number for r in references if not r.is_chapter}
        return self._keys(lambda m: m.number in numbers)

    def _named_sets(self) -> Iterator[Keys]:
        yield from self._of_departments()
        yield from map(self._of_role, Role)
        yield from self._of_chapters()
        yield _at(row.place for row in self._priced())
        yield from (_at(r.place for r in self._priced(amount)) for amount in self._named_sums())

    def _of_role(self, role: Role) -> Keys:
        return self._keys(lambda m: any(r.role is role for r in m.responsibilities))

    def _of_departments(self) -> Iterator[Keys]:
        """Of each department named, of all together, of any of them."""
        mentions = [mention for text in self._texts for mention in self._table.find(text)]
        names = dict.fromkeys(d.name for m in mentions for d in m.candidates if d.name in self._catalogue.departments)
        if not names and self._case.kind in _NAMED_OTHERWISE:
            names = dict.fromkeys(self._catalogue.departments)
        sets = [_at(self._catalogue.measures_of(name)) for name in names]
        yield from sets
        if sets:
            yield reduce(frozenset.intersection, sets)
            yield reduce(frozenset.union, sets)

    def _of_chapters(self) -> Iterator[Keys]:
        chapters = (c for notice in self._catalogue.notices for c in notice.chapters if self._names(c))
        yield from (_at(p for p in self._catalogue.measures if p.chapter is chapter) for chapter in chapters)

    def _names(self, chapter: Chapter) -> bool:
        text = "\n".join(self._texts)
        numbers = {read_number(m["number"] or m["latin"]) for m in _CHAPTER.finditer(text)}
        return chapter.number in numbers or (bool(chapter.title) and chapter.title in text)

    def _priced(self, amount: Amount | None = None) -> tuple[SupportRow, ...]:
        """Supports that print a sum, or this sum."""
        rows = (row for row in self._catalogue.supports if row.support.amount)
        return tuple(r for r in rows if amount is None or (r.support.amount and r.support.amount.equals(amount)))

    def _named_sums(self) -> Iterator[Amount]:
        return (amount for text in self._texts for amount in read_amounts(text))

    def _of_terms(self) -> Iterator[Keys]:
        """Measures that print the longest words of the question, and those that hold one of the facts."""
        for text in self._texts:
            yield from (_at(self._catalogue.measures_with(t)) for t in self._printed_words(self._mask(text)))
        facts = [wording for alternatives in self._case.facts for wording in alternatives]
        if facts:
            yield self._keys(lambda m: any(holds_wording(_text_of(m), fact) for fact in facts))

    def _mask(self, text: str) -> str:
        """The text without departments, whose names hold words of other things."""
        for mention in reversed(self._table.find(text)):
            text = f"{text[: mention.start]}\n{text[mention.end :]}"
        return text

    def _printed_words(self, text: str) -> Iterator[str]:
        """Stretches of the question that a measure prints and that cannot be made longer."""
        printed = "\n".join(_text_of(p.measure) for p in self._catalogue.measures if p.measure).casefold()
        end = 0
        for start in range(len(text)):
            ends = range(len(text), max(end, start + _SHORTEST_TERM - 1), -1)
            if longest := next((n for n in ends if text[start:n].casefold() in printed), 0):
                yield text[start:longest]
                end = longest

    def _of_extremes(self) -> Iterator[Keys]:
        """Measures with the most and the fewest departments."""
        sizes = {p.measure_key: len(p.measure.departments) for p in self._catalogue.measures if p.measure}
        for size in {max(sizes.values(), default=0), min(sizes.values(), default=0)}:
            yield frozenset(key for key, n in sizes.items() if n == size)

    def _department_sets(self) -> Iterator[Keys]:
        yield frozenset(self._catalogue.departments)
        for keys in (self._wanted, *self._of_chapters()):
            sets = [self._departments_of(key) for key in keys]
            yield from sets
            if sets:
                yield reduce(frozenset.intersection, sets)
                yield reduce(frozenset.union, sets)
        spread = {d: len(self._catalogue.measures_of(d)) for d in self._catalogue.departments}
        for size in {max(spread.values(), default=0), min(spread.values(), default=0)}:
            yield frozenset(d for d, n in spread.items() if n == size)

    def _departments_of(self, key: str) -> Keys:
        measure = self._catalogue.place_of_measure[key].measure
        return frozenset(measure.departments if measure else ())

    def _numbers_of_wanted(self) -> frozenset[int]:
        """The measures, their sums, their departments, the sums that the question names, the names it begins."""
        sums = sum(row.place.measure_key in self._wanted for row in self._priced())
        departments = [self._departments_of(key) for key in self._wanted]
        together = len(frozenset[str]().union(*departments))
        named = {len(self._priced(amount)) for amount in self._named_sums()}
        return frozenset({len(self._wanted), sums, together, *map(len, departments), *named, *self._numbers_of_names()})

    def _numbers_of_names(self) -> Iterator[int]:
        """How many quoted names of the wanted measures begin as one that the question quotes: “鲁科”, 5."""
        places = self._catalogue.place_of_measure
        printed = "".join(_text_of(m) for key in self._wanted if (m := places[key].measure))
        names = set(_QUOTED.findall(printed))
        for text in self._texts:
            yield from (sum(name.startswith(begun) for name in names) for begun in _QUOTED.findall(text))

    def _numbers_of_named(self) -> frozenset[int]:
        """Measures, departments and chapters of the whole, and the measures of what is named and outside it.

        Where nothing is named, perhaps for a slip of the pen, the measures of every department.
        """
        whole, chapters = len(self._everything), sum(len(n.chapters) for n in self._catalogue.notices)
        named = {len(keys) for keys in (*self._of_departments(), *self._of_chapters())}
        named = named or {len(self._catalogue.measures_of(name)) for name in self._catalogue.departments}
        return frozenset({whole, chapters, len(self._catalogue.departments), *named, *(whole - n for n in named)})


def _at(places: Iterable[Place]) -> Keys:
    return frozenset(p.measure_key for p in places if p.measure)


def _text_of(measure: Measure) -> str:
    return f"{measure.title}\n" + "".join(p.text for p in measure.provisions)
