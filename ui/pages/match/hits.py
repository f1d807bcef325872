"""Finds the measures that name what a visitor said of themselves; nothing is concluded, every hit has its printed words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from assistant.evidence.attributes import FROM_ELSEWHERE, is_kind_of_recipient, levels_of, recipients_of
from assistant.evidence.printed import printed, prints_nearly
from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.notice import Item, Notice
from ui.pages.match.options import printed_of, word_lists
from ui.pages.match.profile import Asker, Trait, TraitKind
from ui.pages.measure_rows import Given, make_given

_MOST_SENTENCES = 4
_TOO_MANY = 0.5
_FEW = 3
_LEVEL = re.compile("国家级|[部省市区县]级")
_ASKED = ("route", "materials", "deadline", "contact")


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of the visitor and the one that is printed."""

    said: str
    printed: str


@dataclass(frozen=True, slots=True)
class Match:
    """An item that was found; `open` is what it prints and the visitor did not say, each with its kind."""

    item: Item
    is_direct: bool
    reasons: tuple[Reason, ...]
    open: tuple[tuple[str, str], ...]
    gains: tuple[Given, ...]

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        return self.is_direct, any(g.sum for g in self.gains), bool(self.gains), len(self.reasons)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the items that were found in it."""

    place: Place
    matches: tuple[Match, ...]

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        return max(m.weight for m in self.matches)

    @property
    def pieces(self) -> Iterator[tuple[str, str]]:
        """Its text in stretches: a `word` that matched, a `found` item around it where only a part was, the rest."""
        provision = self.place.provision
        assert provision
        is_part = sum(len(m.item.text) for m in self.matches) < len(provision.text) - 1
        at = provision.start
        for match in sorted(self.matches, key=lambda m: m.item.start):
            yield provision.text[at - provision.start : match.item.start - provision.start], ""
            words = sorted({re.escape(r.printed) for r in match.reasons}, key=len, reverse=True)
            for number, text in enumerate(re.split(f"({'|'.join(words)})", match.item.text)):
                yield text, "word" if number % 2 else "found" if is_part else ""
            at = match.item.end
        yield provision.text[at - provision.start :], ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A measure, or an annex, with the sentences that were found; `more` are left out for their number."""

    place: Place
    sentences: tuple[Sentence, ...]
    is_direct: bool
    reasons: tuple[Reason, ...]
    open: tuple[tuple[str, str], ...]
    gains: tuple[Given, ...]
    more: int = 0


def find_hits(asker: Asker, catalogue: Catalogue) -> tuple[Hit, ...]:
    """Those that name the visitor first, of these those that print a sum."""
    finder = _Finder(asker, catalogue)
    groups: dict[tuple[str, str], list[Sentence]] = {}
    for place in catalogue.provisions if asker.traits else ():
        if place.provision and (place.measure or place.annex) and (found := tuple(finder.match(place))):
            part = place.measure_key or (place.annex.id if place.annex else "")
            groups.setdefault((place.notice.id, part), []).append(Sentence(place, found))
    by_weight = sorted(groups.values(), key=lambda found: max(s.weight for s in found), reverse=True)
    return tuple(map(_hit, by_weight))


def _hit(sentences: Sequence[Sentence]) -> Hit:
    """Where some name the visitor, those that only may concern them give way, unless they give something."""
    is_direct = any(s.weight[0] for s in sentences)
    wanted = [s for s in sentences if s.weight[0] or s.weight[2] or not is_direct]
    best = sorted(wanted, key=lambda s: s.weight, reverse=True)[:_MOST_SENTENCES]
    kept = tuple(s for s in sentences if s in best)
    matches = [m for s in kept for m in s.matches]
    place = Place(kept[0].place.notice, kept[0].place.chapter, kept[0].place.measure, kept[0].place.provision)
    return Hit(
        place,
        kept,
        is_direct,
        reasons=tuple(dict.fromkeys(r for m in matches for r in m.reasons)),
        open=tuple(dict.fromkeys(o for m in matches for o in m.open)),
        gains=tuple({(g.sum, g.support.form, g.who): g for m in matches for g in m.gains}.values()),
        more=len(wanted) - len(kept),
    )


class _Finder:
    def __init__(self, asker: Asker, catalogue: Catalogue) -> None:
        self._asker = asker
        count = len(catalogue.measures)
        phrases = {p for t in asker.traits for p in t.phrases} if count > _FEW else set()
        self._general = {p for p in phrases if len(catalogue.measures_with(p)) > _TOO_MANY * count}

    def match(self, place: Place) -> Iterator[Match]:
        for item in place.provision.items if place.provision else ():
            who = " ".join(f"{s.who.text if s.who else ''} {s.beneficiary}" for s in item.supports).replace("\n", "")
            given = " ".join((who, *(s.act.text for s in item.supports if s.act))).replace("\n", "")
            title = place.measure.title if place.measure else ""
            text = f"{printed_of(item)} {given} {title if given else ''}"
            looked = ((t, who if t.kind is TraitKind.GROUP else text) for t in self._asker.traits)
            found = [(t, r) for t, text in looked if (r := _reason(t, text))]
            named = [(t, r) for t, r in found if self._tells_apart(t, r, who)]
            differs = self._asker.is_apart_from(given or printed_of(item))
            # A word of half the notice, or of a whole group, tells something only of who gets what.
            if named or (not differs and any(r.printed in who for _, r in found)):
                is_named = any(t.kind is TraitKind.WHO or _is_titled(t, r, title) for t, r in named)
                reasons = tuple(r for _, r in named or found)
                gains = tuple(make_given(SupportRow(place, item, s)) for s in item.supports)
                yield Match(item, is_named and not differs, reasons, tuple(self._open(item, given, reasons)), gains)

    def _tells_apart(self, trait: Trait, reason: Reason, who: str) -> bool:
        """A word of half the notice does so only where it names who gets something, and no whole group."""
        if trait.kind is TraitKind.GROUP:
            return False
        is_who = trait.kind is TraitKind.WHO and reason.printed in who and not is_kind_of_recipient(reason.printed)
        return is_who or reason.printed not in self._general

    def _open(self, item: Item, given: str, reasons: Iterable[Reason]) -> Iterator[tuple[str, str]]:
        """What is printed of level, size, origin, act and condition and was not said."""
        said = " ".join(t.said for t in self._asker.traits)
        near = "|".join(re.escape(r.printed) for r in reasons)
        about = given or " ".join(re.findall(rf"\w{{0,6}}(?:{near})", printed_of(item)))
        yield from (("level", x) for x in _LEVEL.findall(about) if not levels_of(x) & self._asker.levels)
        unsaid = (group for group in word_lists()["sizes"] if not any(w in said for w in group))
        yield from (("size", group[0]) for group in unsaid if group[0] in about)
        if FROM_ELSEWHERE in recipients_of(given)["origin"] - self._asker.groups["origin"]:
            yield from (("origin", s.who.text) for s in item.supports if s.who)
        for support in item.supports:
            printed_too = (("act", support.act), ("condition", support.condition))
            yield from ((k, p.text.replace("\n", "")) for k, p in printed_too if p and p.text not in said)


def _is_titled(trait: Trait, reason: Reason, title: str) -> bool:
    """What a measure is called after is what it is about."""
    return trait.kind is TraitKind.FIELD and reason.printed in title


def _reason(trait: Trait, text: str) -> Reason | None:
    """A 大学科技园 is no 大学."""
    if trait.kind is TraitKind.WHO:
        longer = (head for head in word_lists()["heads"] for p in trait.phrases if p in head and head != p)
        text = reduce(lambda masked, head: masked.replace(head, " "), longer, text)
    phrase = next((p for p in trait.phrases if p in text), "")
    return Reason(trait.said, phrase) if phrase else None


def find_missing(notice: Notice) -> tuple[str, ...]:
    """Which of what everybody asks a notice prints nowhere, keys of kinds.toml; what it prints nearly is left out."""
    places = [(p, i) for p in Catalogue((notice,)).provisions if p.provision for i in p.provision.items]
    return tuple(k for k in _ASKED if not any(printed(k, p, i) or prints_nearly(k, p, i) for p, i in places))
