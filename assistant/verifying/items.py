"""Holds what a part states against the one item it cites: all that is not our set phrase must be printed there."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding, Source
from assistant.evidence.attributes import levels_of
from assistant.evidence.claims import compare, tells_all
from assistant.evidence.difference import Aspect, Claim
from assistant.evidence.items import ItemMatch
from assistant.evidence.printed import printed_itself
from assistant.verifying.english import check_english
from corpus.language.amounts import read_amounts
from corpus.notice import Item, Notice
from corpus.store import Corpus
from prompts import fragments, label, label_keys

_PIECES = re.compile('[，；：。、]|……|《[^》]*》|[“”‘’「」『』"]')
_OWN_MARKS = re.compile(r"[\s（）()]")
_LATIN = re.compile("(?:《[^》]*》: )?[A-Za-z“]")
_FEW = 2
"""One word alone may be of our own phrases."""

_FALSE = frozenset(
    {
        Aspect.SUM,
        Aspect.SHARE,
        Aspect.NUMBER,
        Aspect.DATE,
        Aspect.PAYMENT,
        Aspect.BOUND,
        Aspect.LEVEL,
        Aspect.RECIPIENT,
        Aspect.POLARITY,
        Aspect.DUTY,
    }
)
_ANYWHERE = frozenset({"contact", "telephone", "mail", "web", "validity"})
"""Values that are one for the whole notice, so that their absence can be seen without a name."""

_OF_DOCUMENT = frozenset({"title", "document_number", "issuer", "issued_on", "addressee"})


def check_item(part: DraftPart, text: str, corpus: Corpus) -> str | None:
    """None where the one item that is cited says what the part says; `text` is what the part affirms.

    What claims to be verbatim is printed there but for our own set phrases, so that no polarity, recipient, level,
    act, period or sum can differ and none is a neighbour's. Other words are compared aspect by aspect.
    """
    if len(part.sources) != 1 or part.sources[0].item is None:
        return None
    source = part.sources[0]
    if part.affirmed is not None and (reason := _check_yes(part.affirmed, source)) is not None:
        return reason
    if _LATIN.match(part.text):
        return check_english(part, text)
    if not part.is_verbatim:
        return _check_other_words(text, source, corpus)
    printed = _tight(_printed_around(source))
    strange = next((p for p in _PIECES.split(part.text) if not _is_said(_tight(p), printed, part)), None)
    return f"“{strange.strip()}”不是所引的说法" if strange else None


def _check_other_words(text: str, source: Source, corpus: Corpus) -> str | None:
    """A sum, number, level, recipient or polarity that the item has otherwise."""
    item = source.item
    if item is None:
        return None
    content = tuple(w for w in corpus.cutter.cut(text) if len(w) > 1 and w in item.text)
    if len(content) < _FEW and not read_amounts(text):
        return None
    claim = Claim(text, "said", tuple(read_amounts(text)), content)
    headings = ItemMatch(source.place, item, 0.0).headings
    differences = compare(claim, source.place, item, headings)
    return next((f"“{d.said}”不是所引的说法" for d in differences if d.aspect in _FALSE), None)


def _is_said(piece: str, printed: str, part: DraftPart) -> bool:
    """Printed, or set phrases around what is printed or was asked."""
    if piece in printed or (part.claim is ClaimKind.DENIED and piece in _recipients()):
        return True
    own = [f for f in fragments("zh") if f in piece]
    before = [f for f in own if piece.startswith(f)]
    after = [f for f in own if piece.endswith(f)]
    rests = [piece[len(f) :] for f in ("", *before)]
    rests += [r[: -len(f)] for r in rests for f in after if r.endswith(f)]
    return any(not r or r in printed or _was_asked(r, part) for r in rests if r != piece)


def _was_asked(words: str, part: DraftPart) -> bool:
    """A denial may name what the user said, or those they are."""
    return part.claim is ClaimKind.DENIED and (any(words in _tight(d) for d in part.denied) or words in _recipients())


@cache
def _recipients() -> frozenset[str]:
    """What groups of recipients are called, whole and piece by piece."""
    groups = {label("recipients", key, "zh") for key in label_keys("recipients")}
    return frozenset(groups.union("、".join(groups).split("、")))


def _printed_around(source: Source) -> str:
    """The item, with what its supports take from around it, its heading and the heads of its columns."""
    item, place = source.item, source.place
    if item is None:
        return source.phrase.text
    supports = [p.text for s in item.supports for p in (s.who, s.act, s.condition) if p is not None]
    beneficiaries = [s.beneficiary for s in item.supports]
    cells = [f"{c.head} {c.phrase.text}" for c in place.provision.cells] if place.provision else []
    headings = [f"{place.measure.label}{place.measure.title}"] if place.measure else []
    headings += [place.heading_point.title] if place.annex and place.heading_point else []
    return "\x00".join((item.text, *supports, *beneficiaries, *cells, *headings))


def _tight(text: str) -> str:
    return _OWN_MARKS.sub("", text)


def _check_yes(claim: Claim, source: Source) -> str | None:
    """A yes stands only where nothing that was asked differs from the item."""
    if source.item is None:
        return None
    found = compare(claim, source.place, source.item, ItemMatch(source.place, source.item, 0.0).headings)
    return None if tells_all(claim, found) else f"所问与所引不同：{found[0].said}"


def check_difference(part: DraftPart, finding: Finding) -> str | None:
    """What is printed for another level than was asked may be shown, never without saying so."""
    items = [s.item for s in part.sources if s.item is not None]
    asked = levels_of(finding.asked)
    if not asked or not finding.is_filled or len(items) != 1 or part.claim is ClaimKind.DENIED:
        return None
    printed = levels_of(" ".join(s.beneficiary for s in items[0].supports) or items[0].text)
    if printed and not asked & printed and not asked & levels_of(part.text):
        return f"所问是{'、'.join(sorted(asked))}，所引是{'、'.join(sorted(printed))}，没有说明"
    return None


def check_absence(absence: Absence, corpus: Corpus) -> str | None:
    """No item of the notices that prints the names prints such a value; what is one for the whole is printed nowhere."""
    ids = absence.notice_ids or tuple(n.id for n in corpus.catalogue.notices)
    for notice in filter(None, map(corpus.catalogue.notice, ids)):
        if absence.value in _OF_DOCUMENT and getattr(notice, absence.value) is not None:
            return f"原文写明了 {absence.value}"
        if (absence.names or absence.value in _ANYWHERE) and (found := _printing(absence, notice, corpus)):
            return f"原文写明了：{found.text[:40]}"
    return None


def _printing(absence: Absence, notice: Notice, corpus: Corpus) -> Item | None:
    """The first item on the names that prints such a value."""
    for provision in notice.provisions():
        place = corpus.catalogue.place_of_provision[provision.id]
        for item in provision.items:
            if _speaks_of(absence.names, item) and printed_itself(absence.value, place, item):
                return item
    return None


def _speaks_of(names: Sequence[str], item: Item) -> bool:
    return all(n.casefold() in item.text.casefold() for n in names)
