"""Says what is listed: the noun, where it stands and which conditions it meets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composing.english.titles import name_chapter, name_number
from assistant.composing.wording import english_number, name_label
from assistant.listing.selection import Rows, Selection, is_common
from corpus.catalogue import Place
from corpus.language.amounts import Period
from corpus.store import Corpus
from prompts import label, listed

_SIZES = (Decimal(10**8), "亿元"), (Decimal(10**4), "万元"), (Decimal(1), "元")


def call_measure(place: Place, language: str) -> str:
    """第（九）条, Article 9."""
    if language == "en":
        return name_number(place)
    return name_label(place.measure) if place.measure else ""


def call_chapter(place: Place, language: str) -> str:
    """“三、做优专业科技服务品质”."""
    if language == "en":
        return name_chapter(place)
    return f"“{place.chapter.label}{place.chapter.title}”" if place.chapter else ""


def call_sum(value: Decimal, language: str) -> str:
    """400万元, 1.5亿元, 800元."""
    if language == "en":
        return f"RMB {english_number(value)}"
    size, unit = next(((s, u) for s, u in _SIZES if value >= s), _SIZES[-1])
    return f"{(value / size).normalize():f}{unit}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls what a selection lists by its name."""

    selection: Selection
    corpus: Corpus
    language: str

    def subject(self) -> str:
        """措施, with its conditions before it or behind."""
        where, rows = self.selection.where, self.selection.rows
        if rows is Rows.NAMES:
            return self._say("quoted_kind", names=self._join(where.terms))
        is_of_bodies = rows is Rows.DEPARTMENTS
        is_of_role = is_of_bodies and where.role and not where.departments
        noun = self._say(f"{where.role}_{rows}" if is_of_role else f"{rows}")
        joined, conditions = noun, list(self._conditions())
        if conditions:
            # What is asked of departments is asked of their measures.
            chosen = self._say(f"{Rows.MEASURES}") if is_of_bodies else noun
            joined = self._say("joined", conditions=self._join_conditions(conditions), noun=chosen)
            joined = self._say("of_those", noun=noun, those=joined) if is_of_bodies else joined
        if is_of_bodies and where.not_departments:
            joined = self._say("besides", names=self._bodies(where.not_departments), noun=joined)
        if not where.inside:
            return joined
        is_shared = is_of_bodies and is_common(where, self.corpus.catalogue)
        place = self._say("common" if is_shared else "in", names=self._inside())
        if self.language == "en":
            return f"{joined} {place}"
        return f"{place}的{joined}" if not conditions and not is_shared else f"{place}{joined}"

    def _join_conditions(self, conditions: Sequence[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(conditions)

    def _inside(self) -> str:
        return self._places(self.selection.where.inside)

    def _places(self, keys: Sequence[str]) -> str:
        measures = self.corpus.catalogue.place_of_measure
        chapters = {c.id: Place(n, c) for n in self.corpus.catalogue.notices for c in n.chapters}
        names = [call_measure(measures[k], self.language) for k in keys if k in measures]
        names += [call_chapter(chapters[k], self.language) for k in keys if k in chapters]
        return self._join(names)

    def _conditions(self) -> Iterable[str]:
        where = self.selection.where
        yield from self._of_departments()
        if where.outside:
            yield self._say("not_in", names=self._places(where.outside))
        if where.not_departments and self.selection.rows is not Rows.DEPARTMENTS:
            yield self._say("not_of", names=self._bodies(where.not_departments))
        if where.terms:
            key = "prints_any" if where.is_any and len(where.terms) > 1 else "prints"
            yield self._say(key, names=self._quoted(where.terms))
        if where.not_terms:
            yield self._say("not_prints", names=self._quoted(where.not_terms))
        yield from self._of_supports()

    def _of_supports(self) -> Iterable[str]:
        """For whom, how much and how paid."""
        where = self.selection.where
        if where.recipients:
            named = [label("recipients", r, self.language) for r in where.recipients]
            yield self._say("given_to", names=self._join(named))
        if where.not_recipients:
            named = [label("recipients", r, self.language) for r in where.not_recipients]
            yield self._say("not_given_to", names=self._join(named))
        if where.is_priced is not None and not where.sums:
            yield self._say("priced" if where.is_priced else "unpriced")
        if where.is_timed:
            yield self._say("timed")
        if where.paid:
            yield self._say("once" if where.paid is Period.ONCE else "yearly")
        if where.sums:
            yield self._say(where.bound.value, names=self._join(call_sum(s, self.language) for s in where.sums))

    def _of_departments(self) -> Iterable[str]:
        where = self.selection.where
        names = self._bodies(where.departments, "或" if where.is_any else "和")
        if where.role and (names or self.selection.rows is not Rows.DEPARTMENTS):
            key = {"lead": "led", "shared": "shared", "alone": "alone"}[where.role]
            yield self._say(f"{key}_by", names=names) if names else self._say(key)
        elif names:
            several = len(where.departments) > 1
            yield self._say("of_any" if several and where.is_any else "of_all" if several else "of_one", names=names)

    def _bodies(self, names: Sequence[str], joint: str = "和") -> str:
        if self.language == "zh":
            return joint.join(names)
        return (" or " if joint == "或" else " and ").join(map(self.corpus.departments.english_name, names))

    def _quoted(self, terms: Sequence[str]) -> str:
        return self._join(f"“{t}”" for t in terms)

    def _say(self, key: str, **fields: object) -> str:
        return listed(key, self.language, **fields)

    def _join(self, names: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(names)
