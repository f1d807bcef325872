"""Tells whether a question names something that no notice prints, from how its words and its best match look."""

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from assistant.cues import find_cues
from assistant.mentions import asks_how_often
from assistant.places import load_places
from assistant.query import Ask, AskReading, Query, Subject, SubjectKind
from assistant.retrieve import Ranking
from corpus.store import Corpus

WEIGHTS = Path(__file__).parent / "data" / "scope.json"
"""Written by `python -m assistant.training`."""

_NEEDS_CONTENT = frozenset(
    {
        Ask.SUM,
        Ask.RATE,
        Ask.PERIOD,
        Ask.BASIS_OF_SUM,
        Ask.DEPARTMENT,
        Ask.ROLE,
        Ask.DETAIL,
        Ask.STATEMENT,
        Ask.CONDITION,
        Ask.ELIGIBILITY,
        Ask.SUPPORTS,
        Ask.WHERE,
        Ask.MEANING,
        Ask.OFF_TOPIC,
    }
    | {Ask.APPEAL, Ask.FEE, Ask.PENALTY, Ask.BUDGET, Ask.QUOTA, Ask.RESULT, Ask.STACKING, Ask.CRITERIA, Ask.VALIDITY}
    | {Ask.DATE, Ask.ROUTE, Ask.MATERIALS, Ask.PROCESSING, Ask.TELEPHONE, Ask.ADDRESS}
)
# Missing whatever is named; only another field altogether changes the answer.
_EMPTY_ANYWAY = frozenset(
    {Ask.DATE, Ask.ROUTE, Ask.MATERIALS, Ask.PROCESSING, Ask.TELEPHONE, Ask.ADDRESS}
    | {Ask.APPEAL, Ask.FEE, Ask.PENALTY, Ask.BUDGET, Ask.QUOTA, Ask.RESULT, Ask.STACKING, Ask.CRITERIA, Ask.VALIDITY}
)
# What a story before such a question names does not change what is asked.
_COMPLETE = frozenset({Ask.SUPPORTS, Ask.CONDITION, Ask.SUM, Ask.DEPARTMENT})
_MENTIONED = re.compile(
    r"没有写|提[到及过了没]|说到|讲到|涉及|写(?:没写|进|到|明|有|了)|有写|没有讲|讲没讲|出现|mention", re.IGNORECASE
)
_GIVES = re.compile(r"[补奖]|资助|扶持|给(?:多少|钱|不给)")
_FUNCTION = re.compile(r"[最几我你他她它这那的得了着过要会可不没去来给让把被和跟与在到从向做写说看想有]")
_ABOUT_POLICY = re.compile(
    r"有写|有没有写|写(?:明|进|到|没|了没|有|入)|施行|生效|提到|提及|涉及|文件|文中|条文|第几条|哪一?条|表述|政策|措施|通知|条款|规定|办法|企业|机构|补贴|补助|奖|扶持|支持|policy|notice|subsid|support",
    re.IGNORECASE,
)
_LEAST_NEW_WORD = 3
_FULL_NAME = 4
_LIKELY = 0.4


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a question names and no notice prints; `is_elsewhere` where nothing points to a policy at all."""

    words: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class ScopeLook:
    """How a question that names unprinted words looks; each field is one feature of the model."""

    similarity: float
    peak: float
    has_own_subject: float
    asks_for_mention: float
    looks_off_topic: float
    known_words: float
    unknown_words: float
    is_asked_about: float
    names_nothing_known: float
    names_policy_term: float
    asks_who_may: float


@dataclass(frozen=True, slots=True)
class ScopeModel:
    """A logistic model over the look of a question; `least` is the chance from which on it counts as unknown."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    least: float

    def chance(self, look: ScopeLook) -> float:
        values = (np.array(astuple(look)) - self.means) / self.scales
        return float(1 / (1 + np.exp(-(values @ np.array(self.weights) + self.bias))))


@cache
def load_scope_model(path: Path = WEIGHTS) -> ScopeModel:
    stored = json.loads(path.read_text(encoding="utf-8"))
    rows = [stored["features"][field.name] for field in fields(ScopeLook)]
    means, scales, weights = (tuple(row[key] for row in rows) for key in ("mean", "scale", "weight"))
    return ScopeModel(means, scales, weights, stored["bias"], stored["least"])


def find_unknown(query: Query, ranking: Ranking, corpus: Corpus) -> Unknown | None:
    """None where the question is about something the notices print, or names nothing unknown."""
    unknown = _without_asking(unknown_words(query, corpus), query)
    look = look_at_scope(query, ranking, corpus)
    if look is None or not unknown or not depends_on_scope(query):
        return None
    if query.language == "en" and not _is_foreign(look, unknown):
        return None
    # A name of the notice with a plain ask is about the notice, whatever story stands around it.
    if look.has_own_subject and not look.asks_for_mention and not query.wants(Ask.OFF_TOPIC):
        return None
    is_aside = not look.is_asked_about and not query.unprinted
    if is_aside and all(a.ask in _COMPLETE for a in query.asks):
        return None
    if query.language == "zh" and load_scope_model().chance(look) < load_scope_model().least:
        return None
    asks_support = bool(query.unprinted) and bool(_GIVES.search(query.standalone))
    is_elsewhere = not (
        asks_support or ranking.is_very_near or _ABOUT_POLICY.search(query.standalone) or _names_own(query)
    )
    if not is_elsewhere and any(a.ask in _EMPTY_ANYWAY for a in query.asks):
        return None
    words = _longest_run(unknown, query.standalone)
    # A piece of a printed word (新券 of 创新券) is no word of the index, and yet it is printed.
    return None if any(words in text for text in corpus.texts.values()) else Unknown(words, is_elsewhere)


def _without_asking(words: Sequence[str], query: Query) -> list[str]:
    """咨询电话 only asks, and names nothing."""
    asking = [a.text[c.start : c.end] for a in query.asks for c in find_cues(a.text) if c.ask is a.ask]
    return [w for w in words if not any(w in shown or shown[:2] in w for shown in asking)]


def _names_own(query: Query) -> bool:
    """The notice itself or a full name that it prints."""
    terms = (s for s in query.of_kind(SubjectKind.TERM) if not s.is_lent)
    return bool(query.of_kind(SubjectKind.DOCUMENT)) or any(len(s.text) >= _FULL_NAME for s in terms)


def _is_foreign(look: ScopeLook, unknown: Sequence[str]) -> bool:
    """English words are never printed, so only the whole question, a plain "mention" or a Chinese word tells."""
    names_chinese = any(not w.isascii() for w in unknown)
    asks_elsewhere = look.looks_off_topic > _LIKELY or bool(look.asks_for_mention) or names_chinese
    return asks_elsewhere and not look.has_own_subject and not look.known_words


def depends_on_scope(query: Query) -> bool:
    """Whether every ask is about something that must be printed."""
    listed = {Ask.COUNT, Ask.MEASURES} if asks_how_often(query.standalone) else frozenset()
    return all(a.ask in _NEEDS_CONTENT or a.ask in listed for a in query.asks)


def look_at_scope(query: Query, ranking: Ranking, corpus: Corpus) -> ScopeLook | None:
    """None where every word is printed, or without an embedder."""
    unknown = unknown_words(query, corpus)
    if not unknown or ranking.similarity is None:
        return None
    known = sum(corpus.keywords.knows(w) for w in query.content)
    return ScopeLook(
        similarity=ranking.similarity,
        peak=ranking.peak or 0.0,
        has_own_subject=float(_has_own_subject(query, unknown)),
        asks_for_mention=float(bool(_MENTIONED.search(query.standalone))),
        looks_off_topic=max((a.margin for a in query.asks if a.ask is Ask.OFF_TOPIC), default=0.0),
        known_words=float(known),
        unknown_words=float(len(set(unknown))),
        is_asked_about=float(any(w in a.text.casefold() for w in unknown for a in query.asks)),
        names_nothing_known=float(not known and not query.subjects),
        names_policy_term=float(bool(query.unprinted)),
        asks_who_may=float(query.wants(Ask.ELIGIBILITY)),
    )


def unknown_words(query: Query, corpus: Corpus) -> list[str]:
    """Words that can name a thing and that no notice prints, in reading order; names of places left out."""
    places = query.of_kind(SubjectKind.PLACE)
    others = (w for w in query.content if _is_unknown_name(w, corpus) and not _is_of_place(w, places))
    unknown = list(dict.fromkeys((*query.unprinted, *others)))
    if unknown or query.of_kind(SubjectKind.TERM) or not _MENTIONED.search(query.standalone):
        return unknown
    # Whether something is mentioned may be asked of any word: 充电 of 充电桩.
    words = (w for w in query.content if corpus.cutter.knows(w) or len(w) >= _LEAST_NEW_WORD)
    return [w for w in words if not corpus.keywords.knows(w) and not _FUNCTION.search(w)]


def _is_unknown_name(word: str, corpus: Corpus) -> bool:
    """Two characters that no dictionary knows are most often a wrong cut (再出, 万是)."""
    cutter = corpus.cutter
    is_word = word.isascii() or len(word) >= _LEAST_NEW_WORD or cutter.knows(word)
    return is_word and not corpus.keywords.knows(word) and cutter.may_name(word) and not _FUNCTION.search(word)


def _is_of_place(word: str, places: Sequence[Subject]) -> bool:
    return any(word in p.text or p.text in word for p in places)


def _has_own_subject(query: Query, unknown: Sequence[str]) -> bool:
    """A recognised name that is not just a piece of an unknown compound (新能源 in 新能源汽车)."""
    passing = {SubjectKind.PLACE, SubjectKind.DOCUMENT}
    asked = {s for a in query.asks if not _names_another(a, query) for s in a.subjects}
    strong = (
        s for s in asked if s.kind not in passing and not load_places().find(s.text) and not _is_of_term(s, query)
    )
    return any(
        s.kind is SubjectKind.NUMBER or not _is_in_compound(s.start, s.end, query.standalone, unknown) for s in strong
    )


def _names_another(ask: AskReading, query: Query) -> bool:
    """Its clause names only what no notice prints; what was named before it is not what it is about."""
    return "◇" not in ask.text and any(term in ask.text for term in query.unprinted)


def _is_of_term(subject: Subject, query: Query) -> bool:
    """保险 in 首台套装备的保险补偿 is that of a thing no notice prints."""
    before = query.standalone[: subject.start]
    return any(re.search(rf"{re.escape(term)}[^，。？！；]{{0,4}}$", before) for term in query.unprinted)


def _is_in_compound(start: int, end: int, text: str, unknown: Sequence[str]) -> bool:
    before, after = text[:start], text[end:]
    return any(len(w) > 1 and (after.startswith(w) or before.endswith(w)) for w in unknown)


def _longest_run(unknown: Sequence[str], text: str) -> str:
    """Unknown words that stand side by side are one name."""
    runs: list[str] = []
    for word in unknown:
        if runs and (runs[-1] + word) in text.casefold():
            runs[-1] += word
        else:
            runs.append(word)
    return max(runs, key=len)
