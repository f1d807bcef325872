"""What answers are checked against: canonical texts, places of measures, names of departments, hand annotations."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.language.departments import DepartmentTable, load_departments
from corpus.notice import Measure, Notice
from corpus.store import Corpus

ANNOTATIONS_FOLDER = Path(__file__).parent / "annotations"


class AnnotationError(Exception):
    """An annotation cannot be read; the message names file and field."""


class _Noted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Placed(_Noted):
    """`measure` is its id in the parsed notice, None outside; `item` a point within it that has departments of its own."""

    measure: str | None
    item: str | None = None


class NotedSupport(_Placed):
    """One sum or share; `who` are the head nouns of its recipients as printed, `quote` the words that print it."""

    measure: str | None
    who: tuple[str, ...]
    act: str
    condition: str | None
    amount: str
    bound: Literal["at_most", "at_least", "exact", "more_than"]
    paid: str | None
    quote: str


class NotedResponsibility(_Placed):
    role: Literal["lead", "shared", "sole", "none"]
    lead: tuple[str, ...]
    departments: tuple[str, ...]
    quote: str


class NotedDate(_Placed):
    text: str
    of: str
    kind: str


class NotedCount(_Placed):
    text: str
    of: str


class Annotation(_Noted):
    """`printed` are the kinds of values by measure id, `nowhere` those that the whole notice lacks."""

    notice_id: str
    measures: int
    chapters: int
    title: str
    number: str | None
    issuer: str | None
    issued: str | None
    in_force: str | None
    valid_until: str | None
    supports: tuple[NotedSupport, ...]
    responsibilities: tuple[NotedResponsibility, ...]
    dates: tuple[NotedDate, ...]
    counts: tuple[NotedCount, ...]
    printed: Mapping[str, tuple[str, ...]]
    nowhere: tuple[str, ...]


@cache
def read_annotations(folder: Path = ANNOTATIONS_FOLDER) -> Mapping[str, Annotation]:
    """By notice id; raises AnnotationError."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}


def _read(path: Path) -> Annotation:
    try:
        return Annotation.model_validate_json(path.read_bytes())
    except ValidationError as error:
        fields = "、".join(".".join(map(str, e["loc"])) for e in error.errors())
        raise AnnotationError(f"{path} 读不出来，字段：{fields}") from error


_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """From the heading of a measure to the end of its responsibility, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """`spans` by notice id and measure id, `numbers` of the measures by notice id; a notice that is not known here is
    in neither."""

    texts: Mapping[str, str]
    departments: DepartmentTable
    spans: Mapping[str, Mapping[str, Span]]
    annotations: Mapping[str, Annotation]
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def mentions(self, text: str) -> list[tuple[str, list[str]]]:
        """Each department as it is named there, with the full names that this may mean."""
        return [(m.text, [d.name for d in m.candidates]) for m in self.departments.find(text)]

    def find_departments(self, text: str, wanted: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        """Each department as it is named there and by its full name; a name of several levels means the wanted one."""
        mentions = self.mentions(text)
        return [(word, next((n for n in (word, *names) if n in wanted), names[0])) for word, names in mentions]

    def fold_department(self, name: str) -> str:
        department = self.departments.named(name)
        return department.name if department else name

    def find_words(self, notice_id: str, words: str) -> list[tuple[int, int]]:
        """Where the words stand in a notice, wherever its lines may break."""
        wanted = r"\s*".join(map(re.escape, _WHITE.sub("", words)))
        return [match.span() for match in re.finditer(wanted, self.texts.get(notice_id, ""))]

    def text_of_measure(self, notice_id: str, measure_id: str | None) -> str:
        """The words of one measure; of the whole notice where there is no such measure."""
        text = self.texts.get(notice_id, "")
        span = self.spans.get(notice_id, {}).get(measure_id or "")
        return text[span.start : span.end] if span else text


def make_context(corpora: Iterable[Corpus]) -> Context:
    texts = {notice_id: text for corpus in corpora for notice_id, text in corpus.texts.items()}
    notices = {n.id: n for corpus in corpora for n in corpus.catalogue.notices}
    return Context(
        texts=texts,
        departments=name_departments(notices.values()),
        spans={n.id: {m.id: span_of(m) for m in n.measures()} for n in notices.values()},
        annotations={name: noted for name, noted in read_annotations().items() if name in texts},
        numbers={n.id: frozenset(m.number for m in n.measures()) for n in notices.values()},
    )


def without_places(texts: Mapping[str, str]) -> Context:
    """For a service that is elsewhere and holds other notices than those here."""
    return Context(texts, name_departments(()), {}, {n: a for n, a in read_annotations().items() if n in texts})


def name_departments(notices: Iterable[Notice]) -> DepartmentTable:
    """All departments by full, everyday and English names."""
    table = load_departments().with_printed(d for n in notices for m in n.measures() for d in m.departments)
    return DepartmentTable(replace(d, aliases=(*d.aliases, d.english)) if d.english else d for d in table.departments)


def span_of(measure: Measure) -> Span:
    ends = [p.end for p in measure.provisions] + [r.phrase.end for r in measure.responsibilities]
    return Span(measure.heading.start, max([measure.heading.end, *ends]))
