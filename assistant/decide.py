"""Decides, before anything is composed, whether a question is for this assistant at all."""

import re
from collections.abc import Sequence

from assistant.query import TALK_ASKS, Ask, Query, SubjectKind
from assistant.retrieve import Ranking
from assistant.subjects import SubjectFinder

_OTHER_DOCUMENT = re.compile(
    r"《([^《》]{4,60})》|((?:19|20)\d{2})\s*年?(?:版|年?[^，。？]{0,16}?(?:办法|政策|措施|文件|通知|规定|条例|方案|意见))"
)
_MENTIONS_POLICY = re.compile(
    r"文件|政策|措施|通知|条款|写(?:明|进|到|没|有|入)|提到|规定|notice|policy", re.IGNORECASE
)
_UNMARKED_TITLE = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{2,24}(?:管理办法|实施办法|暂行办法|条例|实施细则|管理规定|行动方案|实施意见|发展规划))(?:里面?|中)?[，,]?(?:的)?第.{1,3}条"
)
_HIGHER_DOCUMENT = re.compile(
    r"(?:国家|上级|部委|部门|\d+号文)[^，。]{0,8}(?:文件|意见|那份|号文|文)[^，。]{0,6}第[^，。]{1,3}条"
)
_OWN_POLICY = re.compile(r"^(?:市|省)?(?:自己|本地|当地|本市|市级|市里|另外|单独|出台|发布|印发|制定|政府的)")
_VAGUE_SIMILARITY = 0.885
_POINTS_NOWHERE = re.compile(
    r"该(?:项|笔|条|个)|(?:那|这)(?:项|笔|个)(?:补|奖|资|政|钱|支)|^[^，。]{0,4}(?:这|那)一?条"
)
_SHORT = 11
_SURE_OFF_TOPIC = 0.75
_LIKELY_OFF_TOPIC = 0.4
_FAR = 0.845
_NEEDS_SUBJECT = frozenset(
    {
        Ask.SUM,
        Ask.DEPARTMENT,
        Ask.ROLE,
        Ask.CONDITION,
        Ask.PERIOD,
        Ask.BASIS_OF_SUM,
        Ask.RATE,
        Ask.WHERE,
        Ask.QUANTITY,
        Ask.ELIGIBILITY,
        Ask.CRITERIA,
    }
)


def decide_reply(query: Query, ranking: Ranking, finder: SubjectFinder, titles: Sequence[str]) -> str | None:
    """The key of a fixed reply, or None where the question is to be answered."""
    asks = [a.ask for a in query.asks]
    for guard in (Ask.MANIPULATION, Ask.UNSAFE):
        if guard in asks:
            return guard.value
    if all(a in TALK_ASKS for a in asks) and asks:
        return asks[0].value
    places = query.of_kind(SubjectKind.PLACE)
    if places and not any(finder.is_home(p) for p in places):
        return "other_place"
    if any(_OWN_POLICY.match(query.standalone[s.end :]) for s in query.subjects if finder.is_city(s.text)):
        return "other_place"
    if names_other_document(query, titles):
        return "other_document"
    if asks and all(a is Ask.OFF_TOPIC for a in asks) and _is_elsewhere(query, ranking, finder):
        return "off_topic"
    if _is_too_vague(query, ranking):
        return "needs_detail"
    return None


def _is_elsewhere(query: Query, ranking: Ranking, finder: SubjectFinder) -> bool:
    """A name that the notices print weighs more than the look of the question, unless that is very sure."""
    margin, similarity = max(a.margin for a in query.asks), ranking.similarity or 0.0
    sure = (margin > _SURE_OFF_TOPIC and similarity < _VAGUE_SIMILARITY) or (
        margin > _LIKELY_OFF_TOPIC and similarity < _FAR and not _MENTIONS_POLICY.search(query.standalone)
    )
    return sure or not (_names_policy(query, finder) or _MENTIONS_POLICY.search(query.standalone))


def _names_policy(query: Query, finder: SubjectFinder) -> bool:
    own = (s for s in query.subjects if not s.is_lent)
    return any(s.kind is not SubjectKind.PLACE and not finder.is_city(s.text) for s in own)


def _is_too_vague(query: Query, ranking: Ranking) -> bool:
    """An ask that needs something to be asked about, and nothing named at all."""
    is_pointing = bool(_POINTS_NOWHERE.search(query.standalone)) and not query.subjects
    if (ranking.similarity or 0.0) > _VAGUE_SIMILARITY and len(query.standalone) > _SHORT and not is_pointing:
        return False
    if query.subjects or query.content or any(a.unit == "元" for a in query.amounts):
        return False
    if not is_pointing and (query.is_yes_no or _MENTIONS_POLICY.search(query.standalone)):
        return bool(query.asks) and all(a.ask in _NEEDS_SUBJECT for a in query.asks)
    return bool(query.asks) and all(
        a.ask in _NEEDS_SUBJECT | {Ask.DETAIL, Ask.STATEMENT, Ask.MORE, Ask.REPEAT} for a in query.asks
    )


def names_other_document(query: Query, titles: Sequence[str]) -> bool:
    """A title in book-title marks, or a year's edition, that is none of ours and that no notice refers to."""
    if _HIGHER_DOCUMENT.search(query.standalone):
        return True
    for match in _UNMARKED_TITLE.finditer(query.standalone):
        if not any(match["title"] in title for title in titles):
            return True
    for match in _OTHER_DOCUMENT.finditer(query.standalone):
        if match[1] and not any(match[1] in t or t in match[1] for t in titles):
            return True
        if match[2] and not any(match[2] in t for t in titles):
            return True
    return False
