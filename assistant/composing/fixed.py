"""Fixed replies: small talk, other places and documents, off topic, manipulation, unsafe, too vague."""

from collections.abc import Collection

from assistant.answer import PartKind, Status
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.understanding.frame import Want
from corpus.store import Corpus
from prompts import reply

STATUS_OF = {
    "greeting": Status.OUT_OF_SCOPE,
    "thanks": Status.OUT_OF_SCOPE,
    "capability": Status.OUT_OF_SCOPE,
    "off_topic": Status.OUT_OF_SCOPE,
    "other_place": Status.OUT_OF_SCOPE,
    "other_place_unnamed": Status.OUT_OF_SCOPE,
    "other_document": Status.OUT_OF_SCOPE,
    "manipulation": Status.REFUSED,
    "unsafe": Status.REFUSED,
    "needs_detail": Status.NEEDS_DETAIL,
}
_MOST_NAMED = 2
_CHOICES = 4


def fixed_finding(key: str, corpus: Corpus, language: str, home: str = "") -> Finding:
    """The reply of this key; nothing of the question is repeated in it."""
    if key == "other_place" and not home:
        key = "other_place_unnamed"
    text = reply(key, language, notices=_name_notices(corpus, language), home=home, choices=_choices(corpus, language))
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.FIXED)
    return Finding(Want(), False, (part,), status=STATUS_OF[key], reply=key)


def _name_notices(corpus: Corpus, language: str) -> str:
    titles = [f"《{n.title}》" for n in corpus.catalogue.notices]
    if len(titles) <= _MOST_NAMED:
        return "、".join(titles)
    return (
        f"{titles[0]}等{len(titles)}份文件"
        if language == "zh"
        else f"{titles[0]} and {len(titles) - 1} other documents"
    )


def _choices(corpus: Corpus, language: str) -> str:
    """Titles of measures that give money, as examples of what can be asked about."""
    rows = [r.place.measure.title for r in corpus.catalogue.supports if r.place.measure and r.support.amount]
    others = (p.measure.title for p in corpus.catalogue.measures if p.measure)
    titles = list(dict.fromkeys(t for t in (*rows, *others) if t))[:_CHOICES]
    return ("、" if language == "zh" else ", ").join(f"“{t}”" for t in titles)


def name_home(provinces: Collection[str]) -> str:
    """The one or two provinces that the notices speak for; more are not listed."""
    return "、".join(sorted(provinces)) if len(provinces) <= _MOST_NAMED else ""
