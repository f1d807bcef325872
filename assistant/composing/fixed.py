"""Fixed replies: small talk, other places and documents, off topic, manipulation, unsafe, too vague."""

from collections.abc import Collection

from assistant.answer import PartKind, Status
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.composing.english.titles import name_title
from assistant.naming.places import load_places
from assistant.understanding.frame import Want
from corpus.notice import Notice
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
    "which_notice": Status.NEEDS_DETAIL,
    "not_understood": Status.NEEDS_DETAIL,
}
_MOST_NAMED = 2
_CHOICES = 4


def fixed_finding(key: str, corpus: Corpus, language: str, home: str = "") -> Finding:
    """The reply of this key; nothing of the question is repeated in it."""
    if key == "other_place" and not home:
        key = "other_place_unnamed"
    named = _each_notice(corpus, language) if key == "which_notice" else _name_notices(corpus, language)
    text = reply(key, language, notices=named, home=home, choices=_choices(corpus, language))
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.FIXED)
    return Finding(Want(), False, (part,), status=STATUS_OF[key], reply=key)


def _name_notices(corpus: Corpus, language: str) -> str:
    is_chinese = language == "zh"
    titles = [f"《{n.title}》" if is_chinese else name_title(n.title, n) for n in corpus.catalogue.notices]
    if len(titles) <= _MOST_NAMED:
        return ("、" if is_chinese else " and ").join(titles)
    return f"{titles[0]}等{len(titles)}份文件" if is_chinese else f"{titles[0]} and {len(titles) - 1} other documents"


def _each_notice(corpus: Corpus, language: str) -> str:
    """The first of them, one by one."""
    titles = [f"《{n.title}》" for n in corpus.catalogue.notices[:_CHOICES]]
    return "、".join(titles) if language == "zh" else ", ".join(titles)


def _choices(corpus: Corpus, language: str) -> str:
    """What can be asked about: titles of measures that give money, else of any, of chapters, or who gets something."""
    catalogue = corpus.catalogue
    rows = [r.place for r in catalogue.supports if r.support.amount]
    titled = [(p.measure.title, p.notice) for p in (*rows, *catalogue.measures) if p.measure]
    titled += [(c.title, n) for n in catalogue.notices for c in n.chapters]
    titled += [(r.support.beneficiary, r.place.notice) for r in catalogue.supports]
    titles: dict[str, Notice] = {}
    for title, notice in titled:
        titles.setdefault(title, notice)
    chosen = [(title, notice) for title, notice in titles.items() if title][:_CHOICES]
    if language == "zh":
        return "、".join(f"“{title}”" for title, _ in chosen)
    return ", ".join(name_title(title, notice) for title, notice in chosen)


def name_home(provinces: Collection[str], language: str = "zh") -> str:
    """The one or two provinces that the notices speak for; more are not listed."""
    if len(provinces) > _MOST_NAMED:
        return ""
    if language == "zh":
        return "、".join(sorted(provinces))
    return " and ".join(load_places().english_name(p) for p in sorted(provinces))
