"""What the table of measures shows and how it is filtered: one row for each measure, taken from the catalogue."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.language.amounts import Amount, Bound
from corpus.notice import Measure, Notice, Point, Responsibility
from ui.answers.citing import cite_notice, point_labels
from ui.words import word

_BOUNDS = {Bound.AT_MOST: "最高", Bound.AT_LEAST: "不低于", Bound.EXACT: ""}
_ENDS = "。；，、"


@dataclass(frozen=True, slots=True)
class Given:
    """One support: its sum in short, "" where none is printed, and the printed words."""

    sum: str
    words: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Departments of the same role, the role as printed; `point` is the label of the point they answer for, "" for all."""

    role: str
    is_lead: bool
    departments: tuple[str, ...]
    point: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with what the table shows of it; `text` is what a keyword is looked for in."""

    place: Place
    measure: Measure
    duties: tuple[Duty, ...]
    supports: tuple[Given, ...]
    text: str

    @property
    def has_sum(self) -> bool:
        return any(s.sum for s in self.supports)


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """What a visitor wants to see; an empty field wants everything."""

    words: str = ""
    notice: str = ""
    chapter: str = ""
    department: str = ""
    with_sum: bool = False

    def lets_through(self, row: MeasureRow) -> bool:
        chapter = row.place.chapter
        return (
            all(word in row.text for word in self.words.lower().split())
            and self.notice in ("", row.place.notice.id)
            and self.chapter in ("", chapter.id if chapter else "")
            and (not self.department or self.department in row.measure.departments)
            and (row.has_sum or not self.with_sum)
        )


def make_rows(catalogue: Catalogue) -> tuple[MeasureRow, ...]:
    """Every measure in reading order."""
    supports: dict[str, list[SupportRow]] = {}
    for row in catalogue.supports:
        supports.setdefault(row.place.measure_key, []).append(row)
    return tuple(
        _make_row(place, place.measure, supports.get(place.measure_key, ()))
        for place in catalogue.measures
        if place.measure
    )


def _make_row(place: Place, measure: Measure, supports: Sequence[SupportRow]) -> MeasureRow:
    given = sorted((_make_given(s) for s in supports), key=lambda g: not g.sum)
    sentences = (p.text for p in measure.provisions)
    titles = (p.title for p in measure.points)
    text = " ".join((measure.label, measure.title, *titles, *sentences, *measure.departments)).lower()
    return MeasureRow(place, measure, _list_duties(measure), tuple(given), text)


def _make_given(row: SupportRow) -> Given:
    """The clause, the whole item where the clause does not say for whom, or the cells of a row."""
    support = row.support
    says_whom = support.beneficiary in support.phrase.text
    words = support.phrase.text if says_whom else row.item.text
    if (provision := row.place.provision) and provision.cells:
        words = "　".join(c.phrase.text for c in provision.cells)
    return Given(_shorten(support.amount) if support.amount else "", words.strip(_ENDS))


def _shorten(amount: Amount) -> str:
    return f"{_BOUNDS[amount.bound]}{amount.text}"


def _list_duties(measure: Measure) -> tuple[Duty, ...]:
    """Those of the whole measure, then those of each point."""
    points = (d for p in measure.points for d in _group_duties(p.responsibilities, _name_point(measure, p)))
    return (*_group_duties(measure.responsibilities), *points)


def _name_point(measure: Measure, point: Point) -> str:
    """（2）场景奖励"""
    return "".join((*point_labels(measure, point.path), point.title))


def _group_duties(responsibilities: Sequence[Responsibility], point: str = "") -> tuple[Duty, ...]:
    """A role that is printed several times is shown once with all its departments."""
    groups: dict[str, dict[str, None]] = {}
    leads: set[str] = set()
    for responsibility in responsibilities:
        role = responsibility.role_text
        groups.setdefault(role, {}).update(dict.fromkeys(responsibility.departments))
        if responsibility.role.value == "lead":
            leads.add(role)
    return tuple(Duty(role, role in leads, tuple(names), point) for role, names in groups.items())


def count_measures(rows: Iterable[MeasureRow]) -> dict[str, int]:
    """By department, the busiest first."""
    return dict(Counter(d for row in rows for d in row.measure.departments).most_common())


def describe_notices(notices: Sequence[Notice], rows: Sequence[MeasureRow], language: str) -> str:
    """《…》（…）共5个部分、16项措施，其中4项写明了金额（6处）。"""
    only = notices[0] if len(notices) == 1 else None
    named = cite_notice(only) if only else word("notices_named", language, count=len(notices))
    chapters = sum(1 for c in only.chapters if c.heading) if only else 0
    key = "measures_in_chapters" if chapters else "measures_only"
    fields = {"count": len(rows)} | ({"chapters": chapters} if chapters else {})
    priced = [row for row in rows if row.has_sum]
    sums = sum(1 for row in priced for s in row.supports if s.sum)
    stated = word("sums_stated", language, measures=len(priced), sums=sums) if priced else word("sums_none", language)
    return word("measures_about", language, notices=named, measures=word(key, language, **fields), stated=stated)
