"""What answers are checked against: the canonical texts, where each measure stands, the names of departments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from corpus.departments import DepartmentTable, load_departments
from corpus.notice import Measure, Notice
from corpus.settings import CorpusSettings
from corpus.store import open_version
from corpus.version import CorpusNotBuilt, current_version


@dataclass(frozen=True, slots=True)
class Span:
    """From the heading of a measure to the end of its responsibility, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Library:
    """The published notices and their canonical texts by notice id."""

    notices: tuple[Notice, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """`spans` by notice id and measure id, `notices` by id; a notice whose places are not known is in neither."""

    texts: Mapping[str, str]
    departments: DepartmentTable
    spans: Mapping[str, Mapping[str, Span]]
    notices: Mapping[str, Notice]


def read_library(settings: CorpusSettings) -> Library:
    """The current version; the model for vectors is not loaded."""
    corpus = open_version(current_version(settings.index_folder), None)
    return Library(corpus.catalogue.notices, corpus.texts)


def open_context(texts: Mapping[str, str], settings: CorpusSettings) -> Context:
    """Without a local corpus a service can still be scored, except for the places of measures."""
    try:
        return make_context(texts, read_library(settings))
    except CorpusNotBuilt:
        return make_context(texts, Library((), {}))


def make_context(texts: Mapping[str, str], library: Library) -> Context:
    """Places are known for those texts that the library holds unchanged."""
    same = [n for n in library.notices if library.texts.get(n.id) == texts.get(n.id)]
    return Context(
        texts=texts,
        departments=name_departments(library.notices),
        spans={n.id: _spans_of(n) for n in same},
        notices={n.id: n for n in same},
    )


def name_departments(notices: Iterable[Notice]) -> DepartmentTable:
    """All departments by full, everyday and English names."""
    table = load_departments().with_printed(d for n in notices for m in n.measures() for d in m.departments)
    return DepartmentTable(replace(d, aliases=(*d.aliases, d.english)) if d.english else d for d in table.departments)


def _spans_of(notice: Notice) -> dict[str, Span]:
    return {measure.id: span_of(measure) for measure in notice.measures()}


def span_of(measure: Measure) -> Span:
    ends = [p.end for p in measure.provisions] + [r.phrase.end for r in measure.responsibilities]
    return Span(measure.heading.start, max([measure.heading.end, *ends]))
