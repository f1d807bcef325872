"""What the table of measures shows and how it is filtered: one row for each measure, taken from the catalogue."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.notice import Measure, Notice, Point, Responsibility, Support
from ui.answers.citing import cite_notice, point_labels
from ui.answers.marks import sum_words
from ui.words import word

_MONEY = frozenset(
    {"元", "%", "港元", "美元", "欧元", "日元", "英镑", "澳元", "加元", "澳门元", "新台币", "卢布", "瑞士法郎"}
)
_ENDS = "。；，、"


@dataclass(frozen=True, slots=True)
class Given:
    """One support: its sum with all that is printed of it, "" where none is, the printed words, and who gets it."""

    sum: str
    words: str
    who: str
    support: Support
    place: Place

    @property
    def value(self) -> Decimal:
        """In yuan; 0 where no sum in yuan is printed."""
        amount = self.support.amount
        return amount.value if self.sum and amount and amount.unit == "元" else Decimal(0)

    @property
    def paid(self) -> str:
        """How it is paid, where the sum does not say it already."""
        paid = self.support.paid.text if self.support.paid else ""
        return paid if self.sum and paid not in self.sum else ""


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

    @property
    def largest(self) -> tuple[Decimal, bool]:
        """The largest sum in yuan; of those without, what prints another sum goes first."""
        return max((s.value for s in self.supports), default=Decimal(0)), self.has_sum

    @property
    def recipients(self) -> str:
        """Whoever gets something, as printed."""
        return "|".join(f"{s.who}|{s.support.beneficiary}" for s in self.supports)


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """What a visitor wants to see; an empty field wants everything. `by_sum` only orders."""

    words: str = ""
    notice: str = ""
    chapter: str = ""
    department: str = ""
    who: str = ""
    with_sum: bool = False
    by_sum: bool = False

    def lets_through(self, row: MeasureRow) -> bool:
        chapter = row.place.chapter
        return (
            all(word in row.text for word in self.words.lower().split())
            and self.notice in ("", row.place.notice.id)
            and self.chapter in ("", chapter.id if chapter else "")
            and (not self.department or self.department in row.measure.departments)
            and self.who in row.recipients
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
    given = sorted((make_given(s) for s in supports), key=lambda g: not g.sum)
    sentences = (p.text for p in measure.provisions)
    titles = (p.title for p in measure.points)
    text = " ".join((measure.label, measure.title, *titles, *sentences, *measure.departments)).lower()
    return MeasureRow(place, measure, _list_duties(measure), tuple(given), text)


def make_given(row: SupportRow) -> Given:
    """The clause, the whole item where the clause does not say for whom, or the cells of a row."""
    support, provision = row.support, row.place.provision
    told = (support.beneficiary, support.who.text if support.who else "")
    says_whom = any(name and name in support.phrase.text for name in told)
    words = support.phrase.text if says_whom else row.item.text
    if provision and provision.cells:
        words = "　".join(c.phrase.text for c in provision.cells)
    who = support.who.text if support.who else support.beneficiary
    return Given(_say_sum(row), words.strip(_ENDS).replace("\n", ""), who.replace("\n", ""), support, row.place)


def _say_sum(row: SupportRow) -> str:
    """年度最高奖补200万元, 按实际利息的40%; of a cell that is a bare number with the head of its column."""
    amount, provision = row.support.amount, row.place.provision
    if amount is None or amount.unit not in _MONEY:
        return ""
    cell = (
        next((c for c in provision.cells if c.phrase.start <= amount.start < c.phrase.end), None) if provision else None
    )
    if cell:
        return f"{cell.head} {cell.phrase.text}".strip() if cell.phrase.text == amount.text else cell.phrase.text
    within = (q for q in row.support.qualifiers if amount.text in q)
    return next(within, "") or sum_words(row.item, amount)


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
