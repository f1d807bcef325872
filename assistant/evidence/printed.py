"""Whether an item prints a value, and where: the one answer for composing and verifying alike."""

import re
from collections.abc import Callable, Mapping

from corpus.catalogue import Place
from corpus.kinds import kind_of
from corpus.notice import Item, Phrase


def printed(value: str, place: Place, item: Item) -> tuple[Phrase, ...]:
    """The words of the item, or of the departments below it, that are a value of this kind or answer who asks for one."""
    kind = kind_of(value)
    own = _TYPED[kind.typed](place, item) if kind.typed in _TYPED else ()
    stored = tuple(v.phrase for v in item.values if v.kind == kind.key)
    asked = tuple(_matches(pattern, item) for pattern in kind.patterns) if kind.is_on_demand else ()
    found = (*own, *stored, *(p for found in asked for p in found))
    return found or tuple(p for other in kind.shown_by for p in printed_itself(other, place, item))


def prints_nearly(value: str, place: Place, item: Item) -> bool:
    """Whether it prints the value, or words by which such a value may be told: then it is not said to be missing."""
    return bool(printed(value, place, item)) or any(p.search(item.text) for p in kind_of(value).near)


def printed_itself(value: str, place: Place, item: Item) -> tuple[Phrase, ...]:
    """The words that are a value of this very kind."""
    kind = kind_of(value)
    own = _TYPED[kind.typed](place, item) if kind.typed in _TYPED else ()
    return (*own, *(v.phrase for v in item.values if v.kind == kind.key))


def _matches(pattern: re.Pattern[str], item: Item) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(m.group(), item.start + m.start(), item.start + m.end())
        for m in pattern.finditer(item.text)
        if m.group()
    )


def _amounts(_: Place, item: Item) -> tuple[Phrase, ...]:
    return tuple(Phrase(a.text, a.start, a.end) for a in item.amounts if a.unit != "%")


def _recipients(_: Place, item: Item) -> tuple[Phrase, ...]:
    return tuple(s.who for s in item.supports if s.who is not None)


def _responsible(place: Place, item: Item) -> tuple[Phrase, ...]:
    return (*(r.phrase for r in place.responsibilities), *(a.name for a in item.actors))


def _named(place: Place, item: Item) -> tuple[Phrase, ...]:
    terms = place.provision.terms if place.provision else ()
    return tuple(t for t in terms if item.start <= t.start < item.end)


def _whole(_: Place, item: Item) -> tuple[Phrase, ...]:
    return (Phrase(item.text, item.start, item.end),)


_TYPED: Mapping[str, Callable[[Place, Item], tuple[Phrase, ...]]] = {
    "amounts": _amounts,
    "supports": _recipients,
    "responsibilities": _responsible,
    "actors": lambda _, item: tuple(a.name for a in item.actors),
    "terms": _named,
    "items": _whole,
    "measures": _whole,
    "preamble": _whole,
}
