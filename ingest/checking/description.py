"""Describes a notice as other programs read it: the JSON of `ingest check --json`, offsets in code points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.language.amounts import Amount
from corpus.notice import Item, Notice, Phrase, Provision, Reference, Relation, Responsibility, Role, Support, Value
from ingest.checking.cautions import find_cautions, is_title_printed
from ingest.checking.nodes import Node, list_nodes
from ingest.checking.place import Spans
from ingest.publishing.publish import Source

_SHARE = "share"
_BODY = re.compile("(?:部门|厅|局|委|办|部|政府|办公室|小组|机关|委员会|行|署)$")


@dataclass(frozen=True, slots=True)
class Given:
    """A support with the sentence that it stands in."""

    provision: Provision
    support: Support


@dataclass(frozen=True, slots=True)
class Detail:
    """A value with the sentence that it stands in."""

    provision: Provision
    value: Value


def summarize(notice: Notice) -> dict[str, Any]:
    """What a list of notices says of each."""
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.number_text or None,
        "chapters": len(notice.chapters),
        "measures": len(list(notice.measures())),
        "sentences": len(list(notice.provisions())),
    }


def describe(source: Source) -> dict[str, Any]:
    """Everything that was read of a notice; the keys of `summarize` and more."""
    notice, validity, nodes = source.notice, source.notice.validity, list_nodes(source.notice)
    return {
        "file": source.file_name,
        **summarize(notice),
        "title": notice.title if is_title_printed(notice, source.text, nodes) else None,
        "issuer": _words(notice.issuer),
        "issued_on": _words(notice.issued_on),
        "validity": {
            "from": _words(validity.from_words),
            "until": _words(validity.until_words),
            "begins": validity.begins.isoformat() if validity.begins else None,
            "ends": validity.ends.isoformat() if validity.ends else None,
        },
        "tree": [_describe_node(node) for node in nodes],
        "supports": [_describe_support(given) for given in list_supports(notice)],
        "values": [_describe_value(detail) for detail in list_values(notice)],
        "actors": [_describe_actors(provision, item) for provision, item in _list_acting(notice)],
        "references": [_describe_reference(reference) for reference in notice.references],
        "warnings": [{"line": c.line, "text": c.text} for c in find_cautions(notice, source.text, source.remark)],
        "spans": [list(span) for span in find_spans(notice)],
    }


def list_supports(notice: Notice) -> Iterator[Given]:
    """In reading order."""
    for provision in notice.provisions():
        yield from (Given(provision, support) for item in provision.items for support in item.supports)


def list_values(notice: Notice) -> Iterator[Detail]:
    """Those that items hold, and every percentage as a share, each once."""
    for provision in notice.provisions():
        for item in provision.items:
            yield from (Detail(provision, value) for value in (*item.values, *_read_shares(item)))


def _read_shares(item: Item) -> Iterator[Value]:
    known = [value.phrase for value in item.values if value.kind == _SHARE]
    for amount in item.amounts:
        if amount.unit == "%" and not any(p.start < amount.end and amount.start < p.end for p in known):
            yield Value(_SHARE, Phrase(amount.text, amount.start, amount.end))


def find_spans(notice: Notice) -> tuple[tuple[int, int], ...]:
    """Where the text was kept in any form, in order and without overlap."""
    return Spans(_list_spans(notice)).joined


def _list_spans(notice: Notice) -> Iterator[tuple[int, int]]:
    phrases = [notice.title_at, notice.document_number, notice.addressee, notice.issuer, notice.issued_on]
    phrases += [notice.annex_list, notice.printed_by, notice.contact, *notice.furniture]
    phrases += [chapter.heading for chapter in notice.chapters]
    phrases += [heading for annex in notice.annexes for heading in (annex.heading, *(p.heading for p in annex.points))]
    phrases += [owner.phrase for annex in notice.annexes for point in annex.points for owner in point.responsibilities]
    for measure in notice.measures():
        phrases += [measure.heading, *(point.heading for point in measure.points)]
        phrases += [owner.phrase for owner in measure.all_responsibilities]
    yield from ((phrase.start, phrase.end) for phrase in phrases if phrase is not None)
    yield from ((provision.start, provision.end) for provision in notice.provisions())


def _describe_node(node: Node) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "label": node.label,
        "title": node.title or None,
        "path": list(node.path),
        "anchor": node.anchor or None,
        "start": node.start,
        "end": node.end,
        "responsibilities": [_describe_responsibility(owner) for owner in node.responsibilities],
    }


def _describe_responsibility(owner: Responsibility) -> dict[str, Any]:
    return {"role": owner.role, "departments": list(owner.departments), **_describe_phrase(owner.phrase)}


def _list_acting(notice: Notice) -> Iterator[tuple[Provision, Item]]:
    """Items that give bodies of government something to do."""
    for provision in notice.provisions():
        yield from ((provision, item) for item in provision.items if _bodies(item))


def _bodies(item: Item) -> list[str]:
    return list(dict.fromkeys(a.name.text for a in item.actors if _BODY.search(a.name.text)))


def _describe_actors(provision: Provision, item: Item) -> dict[str, Any]:
    place = {"text": item.text, "start": item.start, "end": item.end, "anchor": provision.anchor or None}
    return {"role": Role.SHARED, "departments": _bodies(item), **place}


def _describe_support(given: Given) -> dict[str, Any]:
    support = given.support
    return {
        "anchor": given.provision.anchor or None,
        "who": _place(support.who),
        "act": _place(support.act),
        "condition": _place(support.condition),
        "amount": _place_range(support),
        "least": _place(support.least),
        "paid": _place(support.paid),
        "payer": _place(support.payer),
        **_describe_phrase(support.phrase),
    }


def _place_range(support: Support) -> dict[str, Any] | None:
    """Both ends of a range in one, as printed."""
    amount, least = support.amount, support.least
    if amount is None or least is None or not least.end <= amount.start <= least.end + 3:
        return _place(amount)
    joint = "" if amount.start == least.end else "—"
    return {"text": f"{least.text}{joint}{amount.text}", "start": least.start, "end": amount.end}


def _describe_value(detail: Detail) -> dict[str, Any]:
    value = detail.value
    return {
        "kind": value.kind,
        **_describe_phrase(value.phrase),
        "of": _place(value.of),
        "anchor": detail.provision.anchor or None,
    }


def _describe_reference(reference: Reference) -> dict[str, Any]:
    """`relation` is null for a document that is named and nothing more."""
    return {
        "title": reference.title,
        "number": reference.number,
        "relation": None if reference.relation is Relation.NAMED else reference.relation,
        "start": reference.phrase.start,
        "end": reference.phrase.end,
    }


def _place(words: Phrase | Amount | None) -> dict[str, Any] | None:
    return _describe_phrase(words) if words else None


def _describe_phrase(words: Phrase | Amount) -> dict[str, Any]:
    return {"text": words.text, "start": words.start, "end": words.end}


def _words(phrase: Phrase | None) -> str | None:
    return phrase.text if phrase else None
