"""Tells whether a question is about what the notices hold, from how its best match stands out."""

import re
from dataclasses import dataclass

from assistant.query import Ask, Query, SubjectKind
from assistant.retrieve import Ranking
from corpus.store import Corpus

# Calibrated on the shipped cases: matches above either value were nearly always about the notice.
_SURE_SIMILARITY = 0.905
_SURE_PEAK = 3.5
_IN_COMPOUND = 0.877
_NEEDS_CONTENT = frozenset(
    {
        Ask.SUM,
        Ask.RATE,
        Ask.PERIOD,
        Ask.BASIS_OF_SUM,
        Ask.DEPARTMENT,
        Ask.ROLE,
        Ask.DETAIL,
        Ask.CONDITION,
        Ask.ELIGIBILITY,
        Ask.SUPPORTS,
        Ask.WHERE,
        Ask.MEANING,
        Ask.OFF_TOPIC,
    }
    | {Ask.DATE, Ask.ROUTE, Ask.MATERIALS, Ask.PROCESSING, Ask.TELEPHONE, Ask.ADDRESS}
)
# Missing whatever is named; only another field altogether changes the answer.
_EMPTY_ANYWAY = frozenset({Ask.DATE, Ask.ROUTE, Ask.MATERIALS, Ask.PROCESSING, Ask.TELEPHONE, Ask.ADDRESS})
_MENTIONED = re.compile(
    r"没有写|提到|提及|提过|说到|讲到|涉及|写(?:没写|进|到|明|有|了)|有写|出现|mention", re.IGNORECASE
)
_FUNCTION = re.compile(r"[我你他她它这那的得了着过要会可不没去来给让把被和跟与在到从向做写说看想有]")
_ABOUT_POLICY = re.compile(
    r"有写|写(?:明|进|到|没|了没|有|入)|提到|提及|涉及|文件|政策|措施|通知|条款|规定|办法|企业|公司|厂|机构|补贴|补助|奖|扶持|支持|policy|notice|compan|firm|subsid|support",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a question names and no notice prints; `is_elsewhere` where nothing points to a policy at all."""

    words: str
    is_elsewhere: bool


def find_unknown(query: Query, ranking: Ranking, corpus: Corpus) -> Unknown | None:
    """None where the question is about something the notices print, or names nothing unknown."""
    unknown = [
        w
        for w in query.content
        if not corpus.keywords.knows(w) and corpus.cutter.may_name(w) and not _FUNCTION.search(w)
    ]
    mentions = bool(_MENTIONED.search(query.standalone))
    if mentions and not query.of_kind(SubjectKind.TERM):
        unknown = [w for w in query.content if not corpus.keywords.knows(w) and not _FUNCTION.search(w)]
    known = [w for w in query.content if corpus.keywords.knows(w)]
    if len(known) > len(unknown) and not mentions:
        return None
    if not unknown or not all(a.ask in _NEEDS_CONTENT for a in query.asks) or ranking.similarity is None:
        return None
    if any(s.kind is not SubjectKind.PLACE for s in query.subjects) and (
        ranking.similarity >= _IN_COMPOUND or _has_own_subject(query, unknown)
    ):
        return None
    if ranking.similarity >= _SURE_SIMILARITY or ((ranking.peak or 0.0) >= _SURE_PEAK and not mentions):
        return None
    is_elsewhere = not _ABOUT_POLICY.search(query.standalone)
    if not is_elsewhere and any(a.ask in _EMPTY_ANYWAY for a in query.asks):
        return None
    words = _longest_run(unknown, query.standalone)
    # A piece of a printed word (新券 of 创新券) is no word of the index, and yet it is printed.
    return None if any(words in text for text in corpus.texts.values()) else Unknown(words, is_elsewhere)


def _has_own_subject(query: Query, unknown: list[str]) -> bool:
    """A recognised name that is not just a piece of an unknown compound (新能源 in 新能源汽车)."""
    strong = (s for s in query.subjects if s.kind is not SubjectKind.PLACE)
    return any(not _is_in_compound(s.start, s.end, query.standalone, unknown) for s in strong)


def _is_in_compound(start: int, end: int, text: str, unknown: list[str]) -> bool:
    before, after = text[:start], text[end:]
    return any(len(w) > 1 and (after.startswith(w) or before.endswith(w)) for w in unknown)


def _longest_run(unknown: list[str], text: str) -> str:
    """Unknown words that stand side by side are one name."""
    runs: list[str] = []
    for word in unknown:
        if runs and (runs[-1] + word) in text.casefold():
            runs[-1] += word
        else:
            runs.append(word)
    return max(runs, key=len)
