"""What a notice does not print of what it gives: no date, no form, no telephone; which terms it leaves open."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart
from assistant.evidence.printed import prints_nearly
from corpus.catalogue import Place
from corpus.notice import Notice
from corpus.store import Corpus
from prompts import label, phrase

_ASKED = ("date", "deadline", "route", "materials", "telephone", "web")
"""What people need who want to apply."""

_OPEN = re.compile(
    "符合(?:规定)?条件|服务突出|成效(?:显著|突出)|应用成果显著|表现突出|一定(?:支持|奖励|补助|比例)|按规定|择优|绩效评价|认定层级|达到(?:规定|一定)标准"
)
_DEFINES = "(?:[”’]?(?:是指|指的是|指|包括|为下列|为以下|须同时|应同时|应当具备|条件为|标准为)|的?(?:具体)?(?:条件|标准)(?:是|为|：))"
_MOST_TERMS = 4


def say_unprinted(places: Sequence[Place], corpus: Corpus, language: str) -> DraftPart | None:
    """One line on all that the notice of the first place prints nowhere; None where that is nothing."""
    if not places:
        return None
    notice = places[0].notice
    own = [p for p in places if p.notice.id == notice.id]
    kinds = [label("kinds", key, language) for key in _ASKED if not _is_printed(key, notice, corpus)]
    terms = list(dict.fromkeys(_open_terms(own, corpus.texts[notice.id])))[:_MOST_TERMS]
    lines = [phrase("unprinted_kinds", language, kinds="、".join(kinds))] if kinds else []
    lines += [phrase("unprinted_terms", language, terms="、".join(f"“{t}”" for t in terms))] if terms else []
    text = "".join(lines)
    return DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT) if text else None


def _is_printed(key: str, notice: Notice, corpus: Corpus) -> bool:
    return any(
        prints_nearly(key, corpus.catalogue.place_of_provision[provision.id], item)
        for provision in notice.provisions()
        for item in provision.items
    )


def _open_terms(places: Iterable[Place], text: str) -> Iterator[str]:
    for place in places:
        found = (m.group() for m in _OPEN.finditer(place.provision.text)) if place.provision else ()
        yield from (term for term in found if not re.search(re.escape(term) + _DEFINES, text))
