"""Finds the sentence that says what a named thing is: X是指…, 本意见所称X, “1+N” beside what it stands for."""

import re
from collections.abc import Sequence

from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import terms_of
from assistant.naming.subject import Subject
from corpus.catalogue import Place
from corpus.notice import Provision

# What a quoted name is, where the noun after it says so: “科融信”综合服务平台, “算力券”奖补.
_KINDS_OF_THINGS = "平台|补助|奖补|奖励|补贴|活动|品牌|人才库|信息库"

_DEFINED = re.compile("(?P<term>[^，。；、：“”（）]{2,16})”?，?是指")
_NEAREST = 10


def term_meant(terms: Sequence[Subject]) -> str:
    """Of several names the one in signs (1+N), else the longest."""
    return next((s.text for s in terms if "+" in s.text), max(terms, key=lambda s: len(s.text)).text)


def find_definition(inquiry: Inquiry) -> Place | None:
    """The sentence that says what the named term is."""
    if defined := _defined_in(inquiry):
        return defined
    terms = terms_of(inquiry.names)
    term = term_meant(terms) if terms else next(iter(inquiry.content), "")
    if not term:
        return None
    found = [p for p in inquiry.corpus.catalogue.provisions if p.provision and term in p.provision.text]
    outright = (p for p in found if p.provision and _defines(p.provision.text, term))
    return next(outright, next((p for p in found if p.provision and explains(p.provision, term)), None))


def _defined_in(inquiry: Inquiry) -> Place | None:
    """日间手术是指…, where the clause says 日间手术, which no table of names may hold."""
    text = inquiry.clause.text
    for match in inquiry.items[:_NEAREST]:
        if (found := _DEFINED.search(match.item.text)) and found["term"] in text:
            return match.place
    return None


def _defines(text: str, term: str) -> bool:
    return re.search(rf"{re.escape(term)}[”]?，?是指|所称[“]?{re.escape(term)}", text) is not None


def explains(provision: Provision, term: str) -> bool:
    """X是指…, 建筑信息模型（X）, or “1+N” in the sentence that counts both its parts."""
    if _defines(provision.text, term):
        return True
    if re.match(rf"[“]?{re.escape(term)}[”]?是(?!否|不是|[^，。]{{0,40}}(?:重要|关键|必然|根本|迫切))", provision.text):
        return True
    if re.search(rf"[\u4e00-\u9fff]（{re.escape(term)}）|{re.escape(term)}”?（[^（）]+）", provision.text):
        return True
    if re.search(rf"“{re.escape(term)}”(?:“[^“”]+”)*[\u4e00-\u9fff]{{0,6}}(?:{_KINDS_OF_THINGS})", provision.text):
        return True
    if re.search(rf"“[^“”]+[、+][^“”]*”[\u4e00-\u9fff]{{0,6}}{re.escape(term)}", provision.text):
        return True
    counted = [slot.phrase.text for item in provision.items for slot in item.values if slot.kind == "quantity"]
    pieces = term.split("+")
    return len(pieces) > 1 and all(any(c.startswith(piece) for c in counted) for piece in pieces)
