"""States an item in English: its support, else what it supports or has done, else a lead to its Chinese words."""

import re
from collections.abc import Sequence

from assistant.composing.english.supports import state_support_english, trimmed
from assistant.composing.english.titles import name_place
from assistant.composing.wording import english_sum
from assistant.naming.english.glossary import Glossary, glossary_of
from assistant.naming.english.inflection import does, doing
from corpus.catalogue import Place, SupportRow
from corpus.notice import Item, Support
from prompts import english

_COMMA = "，"
_ENDS_OF_SENTENCE = ("。", "；")
_LONGEST_ACT = 40
_MOST_WORDS = 40
# After these the clause before is a condition, which must not be left out.
_OPENS = re.compile("^(?:对|在|经|如|除|若|凡|自|按|根据|依据|因|由|当|待|不|未)|(?:的|时|后|前|起|内|外|下)$")
_DENIES = re.compile("不|未|无|禁止|停止|取消|除外")


def state_item_english(place: Place, item: Item, clause: str, telling: Sequence[str] = ()) -> str:
    """One English line with the printed words behind it; `clause` are those words as far as they are shown."""
    for support in _worth_telling(item):
        if said := state_support_english(SupportRow(place, item, support)):
            return said
    if item.amounts:
        return state_figures(place, item, clause)
    if said := tell_act(place, item, telling):
        return english("said", statement=said, clause=clause)
    return english("lead", place=lead_of(place), clause=clause)


def state_figures(place: Place, item: Item, clause: str) -> str:
    """The printed words, and their sums in English figures."""
    amounts = [s.amount for s in item.supports if s.amount] or list(item.amounts)
    sums = "; ".join(dict.fromkeys(english_sum(a) for a in amounts))
    return english("figures", place=lead_of(place), clause=clause, sums=sums)


def lead_of(place: Place) -> str:
    """Article 13 (加快转型升级, unofficially “Accelerating transformation and upgrading”)."""
    named = name_place(place)
    return named[:1].upper() + named[1:]


def tell_act(place: Place, item: Item, telling: Sequence[str] = ()) -> str | None:
    """The notice supports companies in building …: the clause of the item that tells, covered wholly."""
    glossary = glossary_of(place.notice)
    if not item.text.rstrip().endswith(_ENDS_OF_SENTENCE):
        return None
    pieces = [trimmed(p) for p in item.text.split(_COMMA)]
    asked = [n for n, piece in enumerate(pieces) if any(w and w in piece for w in telling)] or [0]
    for n in asked:
        if _is_whole(pieces, n) and (said := _tell(pieces[n], glossary)):
            return said
    return None


def _worth_telling(item: Item) -> list[Support]:
    """Supports with sums before those without."""
    return sorted(item.supports, key=lambda s: s.amount is None)


def _is_whole(pieces: Sequence[str], n: int) -> bool:
    """No condition stands before the clause, and it denies nothing."""
    before = pieces[n - 1] if n else ""
    return not _OPENS.search(before) and not _DENIES.search(pieces[n]) and len(pieces[n]) <= _LONGEST_ACT


def _tell(clause: str, glossary: Glossary) -> str | None:
    if glossary.after(clause):
        # 通过绩效考核 says how, not what.
        return None
    helped = glossary.helped(clause, does)
    act = None if helped else glossary.act(clause, doing)
    said = english("helped", act=helped) if helped else english("provided", act=act) if act else None
    return said if said and len(said.split()) <= _MOST_WORDS else None
