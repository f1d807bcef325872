"""Drops asks that another ask of the question covers or shows, after each is read as it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ask_rules import mean
from assistant.ask_signs import is_of_figure
from assistant.query import COVERS, LIST_ASKS, Ask, AskReading, Query

_LISTED = frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.HIGHEST, Ask.LOWEST, Ask.COMPARE})
_INSIDE_A_LIST = frozenset({Ask.DEPARTMENT, Ask.ROLE, Ask.WHERE, Ask.QUANTITY, Ask.SUM, Ask.SUPPORTS, Ask.DETAIL})
_HOW_MUCH = re.compile(r"多少|几|how much", re.IGNORECASE)
_ONLY_LIST = re.compile(
    r"^(?:请|都|帮我?|给我|并列的)*(?:(?:列|说|数)(?:一?下|出来|个清单|一?遍|一?列|清楚)*|告诉我|(?:分别|都|各)?是?(?:哪[些几](?:条|个|项)?|什么))$"
)


def settle_asks(asks: Sequence[AskReading], query: Query) -> tuple[AskReading, ...]:
    """The asks as they are meant."""
    meant = [mean(ask, query) for ask in asks]
    kept = [a for a in meant if not any(_covers(other, a) for other in meant)]
    kept = [a for a in kept if not _leans_on_list(a, kept)]
    unique = {(a.ask, tuple(s.text for s in a.subjects), _clause_of(a)): a for a in reversed(kept)}
    return tuple(sorted(unique.values(), key=kept.index))


def _clause_of(ask: AskReading) -> str:
    """Lists and clauses that name nothing are told apart by their words."""
    is_own = (ask.words and (ask.is_telling or not ask.subjects)) or is_of_figure(ask)
    return ask.text if ask.ask in LIST_ASKS or is_own else ""


@dataclass(frozen=True, slots=True)
class _Leaning:
    """Asks that another ask in the question shows anyway; `is_bare` where only if they name nothing themselves."""

    asks: frozenset[Ask]
    beside: frozenset[Ask]
    is_bare: bool = True


_EXTREMES = frozenset({Ask.HIGHEST, Ask.LOWEST})
_LEANINGS = (
    _Leaning(frozenset({Ask.QUANTITY, Ask.COUNT}), frozenset({Ask.BRANDS})),
    _Leaning(frozenset({Ask.MEASURES, Ask.COUNT}), frozenset({Ask.SUPPORTS})),
    _Leaning(frozenset({Ask.MEASURES, Ask.COUNT, Ask.QUANTITY, Ask.DEPARTMENT, Ask.ROLE}), _EXTREMES),
    _Leaning(frozenset({Ask.DEPARTMENT, Ask.COUNT}), frozenset({Ask.DEPARTMENTS_LIST})),
    _Leaning(frozenset({Ask.SUM, Ask.SUPPORTS}), _EXTREMES, is_bare=False),
    _Leaning(frozenset({Ask.TITLE}), frozenset({Ask.CHAPTERS}), is_bare=False),
    _Leaning(frozenset({Ask.DETAIL}), frozenset({Ask.STACKING}), is_bare=False),
    _Leaning(
        frozenset({Ask.HIGHEST, Ask.LOWEST, Ask.QUANTITY, Ask.MEASURES, Ask.SUPPORTS, Ask.PERIOD}),
        frozenset({Ask.TOTAL}),
        is_bare=False,
    ),
)


def _leans_on_list(ask: AskReading, asks: Sequence[AskReading]) -> bool:
    """带上条件 after 列出金额: a list shows what its members print."""
    others = [a for a in asks if a is not ask]
    if _ONLY_LIST.match(ask.text) and any(a.ask in LIST_ASKS and a.text != ask.text for a in others):
        return True
    if ask.ask in {Ask.MORE, Ask.REPEAT} and others:
        return True
    if ask.ask is Ask.SUM and any(a.ask is Ask.TOTAL for a in others):
        return not _HOW_MUCH.search(ask.text) or any(a.ask is Ask.TOTAL for a in asks[: asks.index(ask)])
    for leaning in _LEANINGS:
        is_shown = ask.ask in leaning.asks and any(a.ask in leaning.beside for a in others)
        if is_shown and not (leaning.is_bare and ask.subjects):
            return True
    is_bare = ask.ask in {Ask.SUM, Ask.CONDITION, Ask.DETAIL} and not ask.subjects
    return is_bare and any(a.ask in LIST_ASKS - {Ask.COMPARE} and not a.subjects for a in others)


def _covers(stronger: AskReading, weaker: AskReading) -> bool:
    """The same clause asks for a list and, within it, for something the list shows; or for two sides of one thing."""
    if stronger is weaker or stronger.text != weaker.text:
        return False
    if stronger.ask in _LISTED and weaker.ask in _INSIDE_A_LIST:
        return True
    return weaker.ask in COVERS.get(stronger.ask, frozenset())
