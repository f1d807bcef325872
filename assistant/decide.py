"""Decides, before anything is composed, whether a question is for this assistant at all."""

import re
from collections.abc import Sequence

from assistant.query import TALK_ASKS, Ask, Query, SubjectKind
from assistant.retrieve import Ranking
from assistant.subjects import SubjectFinder

_OTHER_DOCUMENT = re.compile(
    r"《([^《》]{4,60})》|((?:19|20)\d{2})\s*年?(?:版|年?[^，。？]{0,16}?(?:办法|政策|措施|文件|通知|规定|条例|方案|意见|(?<!第)[二三四五]?十[一二三四五六七八九]?条))"
)
_MENTIONS_POLICY = re.compile(
    r"文件|政策|措施|通知|条款|写(?:明|进|到|没|有|入)|提到|规定|notice|policy", re.IGNORECASE
)
_UNMARKED_TITLE = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{2,24}(?:管理办法|实施办法|暂行办法|条例|实施细则|管理规定|行动方案|实施意见|发展规划|(?<![办方无说做看想用写算立讲叫])法))(?:里面?|中)?[，,]?(?:的)?第.{1,3}条"
)
_HIGHER_DOCUMENT = re.compile(
    r"(?:(?:国家|上级|部委|部门|\d+号文?)[^，。]{0,8}(?:文件|意见|那份|号文|文)[^。]{0,8}|〕\d+号[^，。]{0,4})第[^，。]{1,3}(?:条|部分|章|款)"
)
# 110号里面写了哪些任务: what another document says.
_INSIDE_ANOTHER = re.compile(
    r"〕?\d+号(?:文件?)?(?:里面?|中|上|当中)[^，。？]{0,8}(?:写|讲|规定|提|说|有)[^，。？]{0,4}(?:哪|什么|啥|多少|几)"
)
_DOCUMENT_NUMBER = re.compile(
    r"(?P<sign>[\u4e00-\u9fff]{2,12})\s?[〔\[（(【]?(?P<year>20\d{2})[〕\]）)】]?\s?第?(?P<n>\d{1,4})号"
)
_ASKS_NUMBER = re.compile("文号|编号|字号|几号|哪个号")
_SPEAKS_OF_SUPPORT = re.compile(
    r"补[贴助]|奖|扶持|资助|支持|申[报请]|企业|公司|钱|subsid|grant|fund|support|apply|compan", re.IGNORECASE
)
_OWN_POLICY = re.compile(r"^(?:市|省)?(?:自己|本地|当地|本市|市级|市里|另外|单独|出台|发布|印发|制定|政府的)")
_VAGUE_SIMILARITY = 0.885
_POINTS_NOWHERE = re.compile(
    r"该(?:项|笔|条|个)|(?:那|这)(?:项|笔|个)(?:补|奖|资|钱|支)|^[^，。]{0,4}(?:这|那)一?条|^(?:那|这)个?(?:怎么|咋|要|能|归|谁|得)"
)
_ABOUT_CARRYING_OUT = re.compile("负责解释|解释权|执行中|反映")
_TO_THE_ASSISTANT = re.compile(r"你|您|恁|哈哈|嘿")
_SHORT = 11
_TWO = 2
_SIGN = 2
_SURE_OFF_TOPIC = 0.75
_LIKELY_OFF_TOPIC = 0.4
_FAR = 0.845
_STANDS_OUT = 4.5
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
        Ask.MEANING,
    }
)


# Missing from every notice, but 那个补贴怎么弄 does not say of what.
_OF_THE_THING = frozenset({Ask.ROUTE, Ask.DATE, Ask.MATERIALS, Ask.PROCESSING, Ask.TELEPHONE})


def decide_reply(query: Query, ranking: Ranking, finder: SubjectFinder, titles: Sequence[str]) -> str | None:
    """The key of a fixed reply, or None where the question is to be answered."""
    asks = [a.ask for a in query.asks]
    for guard in (Ask.MANIPULATION, Ask.UNSAFE):
        if guard in asks:
            return guard.value
    if all(a in TALK_ASKS for a in asks) and asks:
        return asks[0].value
    if _speaks_of_elsewhere(query, ranking, finder):
        return "other_place"
    if names_other_document(query, titles) or _numbers_something_else(query, finder):
        return "other_document"
    return _reply_to_nothing_named(query, ranking, finder)


def _reply_to_nothing_named(query: Query, ranking: Ranking, finder: SubjectFinder) -> str | None:
    """Another field, or too little said to know what is meant."""
    asks = {a.ask for a in query.asks}
    names = bool(query.subjects or query.unprinted) or any(finder.names(w) for w in query.content)
    if asks == {Ask.OFF_TOPIC} and _is_elsewhere(query, ranking, finder):
        return "needs_detail" if not names and _SPEAKS_OF_SUPPORT.search(query.standalone) else "off_topic"
    if asks and asks <= {Ask.MORE, Ask.REPEAT} and not query.subjects:
        return "needs_detail"
    if names:
        return None
    if _ABOUT_CARRYING_OUT.search(query.standalone):
        return None
    is_talk = _is_small_talk(query, ranking)
    if is_talk and _TO_THE_ASSISTANT.search(query.standalone):
        return "off_topic"
    if _is_too_vague(query, ranking):
        return "needs_detail"
    return "off_topic" if is_talk else None


def _speaks_of_elsewhere(query: Query, ranking: Ranking, finder: SubjectFinder) -> bool:
    """Another province that the best sentence does not speak of, or what a city has of its own."""
    places = query.of_kind(SubjectKind.PLACE)
    if places and not any(finder.is_home(p) for p in places):
        best = next((m.place.provision.text for m in ranking.provisions[:1] if m.place.provision), "")
        return not any(p.text in best for p in places)
    # Where notices of several provinces are held, what a city issued may be one of them.
    return len(finder.home) < _TWO and any(
        _OWN_POLICY.match(query.standalone[s.end :]) for s in query.subjects if finder.is_city(s.text)
    )


def _is_elsewhere(query: Query, ranking: Ranking, finder: SubjectFinder) -> bool:
    """A name that the notices print weighs more than the look of the question, unless that is very sure."""
    margin, similarity = max(a.margin for a in query.asks), ranking.similarity or 0.0
    asks_support = bool(query.unprinted) and bool(_SPEAKS_OF_SUPPORT.search(query.standalone))
    if query.of_kind(SubjectKind.NUMBER) or asks_support:
        return False
    mentions = bool(_MENTIONS_POLICY.search(query.standalone))
    is_cued = any(a.is_cued for a in query.asks)
    names = [w for w in query.content if finder.names(w) and not finder.is_city(w)]
    printed = [w for w in names if finder.is_printed(w)]
    if not is_cued and (ranking.is_very_near or (len(printed) > 1 and len(printed) * 2 >= len(names))):
        return False
    sure = (
        is_cued
        or (margin > _SURE_OFF_TOPIC and similarity < _VAGUE_SIMILARITY)
        or (margin > _LIKELY_OFF_TOPIC and similarity < _FAR and not mentions)
    )
    is_near = margin < _LIKELY_OFF_TOPIC and similarity > _VAGUE_SIMILARITY
    stands_out = margin < _LIKELY_OFF_TOPIC and (ranking.peak or 0.0) > _STANDS_OUT
    prints = bool(printed) and (is_near or stands_out)
    return sure or not (prints or mentions or _names_policy(query, finder))


def _names_policy(query: Query, finder: SubjectFinder) -> bool:
    own = (s for s in query.subjects if not s.is_lent)
    return any(s.kind is not SubjectKind.PLACE and not finder.is_city(s.text) for s in own)


def _is_too_vague(query: Query, ranking: Ranking) -> bool:
    """An ask that needs something to be asked about, where nothing is named at all."""
    is_pointing = bool(_POINTS_NOWHERE.search(query.standalone))
    asks = {a.ask for a in query.asks}
    if not asks or any(a.unit == "元" for a in query.amounts):
        return False
    if (ranking.similarity or 0.0) > _VAGUE_SIMILARITY and len(query.standalone) > _SHORT and not is_pointing:
        return False
    if is_pointing:
        asks -= _OF_THE_THING
    if not is_pointing and (query.is_yes_no or _MENTIONS_POLICY.search(query.standalone)):
        return asks <= _NEEDS_SUBJECT
    return asks <= _NEEDS_SUBJECT | {Ask.DETAIL, Ask.STATEMENT, Ask.MORE, Ask.REPEAT}


def _is_small_talk(query: Query, ranking: Ranking) -> bool:
    """吃了吗: nothing is named, and nothing sounds like a policy."""
    if _MENTIONS_POLICY.search(query.standalone) or _SPEAKS_OF_SUPPORT.search(query.standalone):
        return False
    return (ranking.similarity or 0.0) < _VAGUE_SIMILARITY and {a.ask for a in query.asks} <= {Ask.DETAIL}


def _numbers_something_else(query: Query, finder: SubjectFinder) -> bool:
    """民法典第十条, 高数第三章: the number stands right behind a name that no notice prints."""
    if query.language == "en":
        return False
    numbered = (s for s in query.subjects if s.kind in {SubjectKind.NUMBER, SubjectKind.CHAPTER} and not s.is_lent)
    names = [w for w in query.content if finder.names(w) and not finder.is_printed(w)]
    return any(query.standalone[: s.start].casefold().rstrip("的里 ").endswith(w) for s in numbered for w in names)


def names_other_document(query: Query, titles: Sequence[str]) -> bool:
    """A title in book-title marks, or a year's edition, that is none of ours and that no notice refers to."""
    higher = _HIGHER_DOCUMENT.search(query.standalone) or _INSIDE_ANOTHER.search(query.standalone)
    own = query.of_kind(SubjectKind.DOCUMENT)
    if higher and not any(s.start < higher.end() and higher.start() < s.end for s in own):
        return True
    numbers = _DOCUMENT_NUMBER.finditer(query.standalone)
    if not _ASKS_NUMBER.search(query.standalone) and any(not _is_number_of(m, titles) for m in numbers):
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


def _is_number_of(asked: re.Match[str], titles: Sequence[str]) -> bool:
    """鲁科字2025 128号 as typed against 鲁科字〔2025〕128号 as printed; words before the sign may stand with it."""
    printed = (m for title in titles for m in _DOCUMENT_NUMBER.finditer(title))
    return any(
        (m["year"], m["n"]) == (asked["year"], asked["n"])
        and (asked["sign"].endswith(m["sign"][-_SIGN:]) or m["sign"].endswith(asked["sign"]))
        for m in printed
    )
