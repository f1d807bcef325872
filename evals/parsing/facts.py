"""What a notice prints as a person noted it and as the reader read it, in one shape: items by field."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.context import AnnotationError
from evals.parsing.reading import Passage, ReadNotice
from evals.parsing.words import Compact, Span, fold, squeeze

STRUCTURE = ("chapter", "measure", "point", "annex", "row", "closing")
SUPPORT_FIELDS = ("who", "act", "condition", "amount", "paid", "by")
DOCUMENT_FIELDS = ("title", "number", "issuer", "issued", "in_force", "valid_until")
LISTS = ("responsibilities", "dates", "contacts", "shares", "references")
FACTS = ("support", *SUPPORT_FIELDS, *LISTS, *DOCUMENT_FIELDS)
_UNLABELLED = ("row", "closing")
_VALUES = {
    "dates": ("date", "deadline", "period", "validity"),
    "contacts": ("contact", "telephone", "phone", "mail", "address", "web"),
    "shares": ("share",),
}
PERIOD, OPTIONAL = "period", "optional"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing noted: its words and where they may stand; names, and a label, role or relation, that must agree too."""

    words: str
    spans: tuple[Span, ...] = ()
    names: frozenset[str] = frozenset()
    tag: str = ""
    parts: Mapping[str, "Item"] = field(default_factory=dict)


Facts = Mapping[str, list[Item]]


class _Entry(BaseModel):
    """A line of any of the lists, with the fields that its list has; words verbatim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: tuple[str, ...] = ()
    kind: str = ""
    label: str = ""
    title: str | None = None
    starts: str = ""
    number: str | None = None
    relation: str = ""
    role: str = ""
    departments: tuple[str, ...] = ()
    who: str | None = None
    act: str | None = None
    condition: str | None = None
    amount: str | None = None
    paid: str | None = None
    by: str | None = None
    quote: str = ""
    text: str = ""
    of: str | None = None


class Annotation(BaseModel):
    """What one person noted of one notice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None
    number: str | None
    issuer: str | None
    issued: str | None
    in_force: str | None
    valid_until: str | None
    nodes: tuple[_Entry, ...]
    responsibilities: tuple[_Entry, ...]
    supports: tuple[_Entry, ...]
    shares: tuple[_Entry, ...]
    dates: tuple[_Entry, ...]
    contacts: tuple[_Entry, ...]
    references: tuple[_Entry, ...]


def read_annotation(path: Path) -> Annotation:
    try:
        return Annotation.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise AnnotationError(f"标注 {path} 读不懂：{error}") from None


class _Places:
    """Where the annotated words stand in a text."""

    def __init__(self, text: Compact, nodes: Iterable[_Entry]) -> None:
        self._text, self._whole, self.starts = text, (0, len(text.text)), []
        self._nodes: defaultdict[tuple[str, ...], list[Span]] = defaultdict(list)
        noted, after = list(nodes), 0
        for node in noted:
            found = text.find_all(node.starts, (after, self._whole[1])) or text.find_all(node.starts, self._whole)
            self.starts.append(found[0][0] if found else -1)
            after = max(after, self.starts[-1] + 1)
        for n, (node, start) in enumerate(zip(noted, self.starts, strict=True)):
            later = zip(noted[n + 1 :], self.starts[n + 1 :], strict=True)
            end = next((s for other, s in later if len(other.path) <= len(node.path)), self._whole[1])
            self._nodes[*node.path, node.label or node.title or ""].append((start, end))

    def find(self, words: str, path: tuple[str, ...], quote: str = "") -> tuple[Span, ...]:
        """All occurrences in the quote, else in the node, else anywhere."""
        nodes = tuple(self._nodes.get(path, ())) or (self._whole,)
        quotes = self.find(quote, path) if quote else ()
        return self._within(words, quotes) or self._within(words, nodes) or self._within(words, (self._whole,))

    def _within(self, words: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(place for span in spans for place in self._text.find_all(words, span))


def gather_noted(annotation: Annotation, text: Compact) -> Facts:
    places = _Places(text, annotation.nodes)
    facts: defaultdict[str, list[Item]] = defaultdict(list)
    for node, start in zip(annotation.nodes, places.starts, strict=True):
        label = "" if node.kind in _UNLABELLED else fold(node.label)
        facts[node.kind].append(Item(squeeze(node.starts), ((start, start + 1),), tag=label))
    for one in annotation.responsibilities:
        names = _split_names(one.departments)
        facts["responsibilities"].append(Item(one.quote, places.find(one.quote, one.path), names, _name_role(one.role)))
    for support in annotation.supports:
        parts = {
            name: Item(words, places.find(words, support.path, support.quote if name == "amount" else ""))
            for name in SUPPORT_FIELDS
            if (words := getattr(support, name))
        }
        facts["support"].append(Item(support.quote, places.find(support.quote, support.path), parts=parts))
    for name in _VALUES:
        for value in getattr(annotation, name):
            # The date of issue is a field of the document.
            tag = OPTIONAL if value.kind == "issued" else ""
            facts[name].append(Item(value.text, places.find(value.text, value.path), tag=tag))
    for document in annotation.references:
        facts["references"].append(_refer(document.title or "", document.number, document.relation))
    for name in DOCUMENT_FIELDS:
        if words := getattr(annotation, name):
            facts[name].append(Item(words))
    return facts


def gather_read(notice: ReadNotice, text: Compact) -> Facts:
    facts: defaultdict[str, list[Item]] = defaultdict(list)
    for node in notice.tree:
        label, start = "" if node.kind in _UNLABELLED else fold(node.label or ""), text.place(node.start, node.start)[0]
        facts[node.kind].append(Item(text.text[start : start + 20], ((start, start + 1),), tag=label))
        for one in node.responsibilities:
            names = _split_names(one.departments)
            facts["responsibilities"].append(_put(one, text, names, _name_role(one.role)))
    for one in notice.actors:
        names = _split_names(one.departments)
        facts["responsibilities"].append(_put(one, text, names, _name_role(one.role)))
    for support in notice.supports:
        printed = {name: getattr(support, "payer" if name == "by" else name) for name in SUPPORT_FIELDS}
        parts = {name: _put(one, text) for name, one in printed.items() if one}
        put = _put(support, text)
        facts["support"].append(Item(put.words, put.spans, parts=parts))
    for name, kinds in _VALUES.items():
        facts[name] = [_put(value, text, tag=value.kind) for value in notice.values if value.kind in kinds]
    for document in notice.references:
        facts["references"].append(_refer(document.title, document.number, document.relation or "other"))
    validity = notice.validity
    said: dict[str, tuple[str | Passage | None, ...]] = {
        "title": (notice.title,),
        "number": (notice.document_number,),
        "issuer": (notice.issuer,),
        "issued": (notice.issued_on,),
        "in_force": (validity.begins, validity.since) if validity else (),
        "valid_until": (validity.ends, validity.until) if validity else (),
    }
    for name, ways in said.items():
        words = tuple(way.text if isinstance(way, Passage) else way for way in ways if way)
        if words:
            facts[name].append(Item(" ".join(words), names=frozenset(words)))
    return facts


def _put(one: Passage, text: Compact, names: frozenset[str] = frozenset(), tag: str = "") -> Item:
    span = text.place(one.start, one.end)
    return Item(text.text[span[0] : span[1]], (span,), names, tag)


def _refer(title: str, number: str | None, relation: str) -> Item:
    return Item(title.strip("《》"), names=frozenset({fold(number)} if number else ()), tag=relation)


def _split_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(part) for name in names for part in name.split("、"))


def _name_role(role: str) -> str:
    """One body without a word of its role has the whole task, as several that share it."""
    return "shared" if role == "sole" else role
