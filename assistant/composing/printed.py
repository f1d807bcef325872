"""Sentences that print what an ask wants, found by how such things are written: routes, deadlines, penalties, numbers."""

import re
from collections.abc import Sequence

from assistant.composing.details import quote_sentences
from assistant.composing.draft import Finding
from assistant.evidence import Evidence, terms_of
from assistant.naming.subject import SubjectKind
from assistant.query import Ask, AskReading
from corpus.language.numerals import NUMERAL

_NUMBER = rf"(?:\d[\d,.]*|{NUMERAL})"
_PRINTED = {
    Ask.SUM: rf"{_NUMBER}(?:%|％|倍)|百分之",
    Ask.RATE: rf"{_NUMBER}(?:%|％|倍|个百分点|折)|百分之",
    Ask.DATE: r"\d{1,2}月\d{1,2}日|\d{4}年(?:\d|底|前)|之日起|期限",
    Ask.PERIOD: r"一次性|[每逐]年|分期",
    Ask.VALIDITY: r"有效期|起施行|执行至|施行之日|执行期限|至\d{4}年\d",
    Ask.ROUTE: r"登录|窗口|拨打|网址|www|http|向[^，。；]{1,24}(?:提出|申请|申报|备案|登记|报送|提交)|提出[^，。；]{0,6}申请|受理|报[^，。；]{2,16}(?:备案|审批|批准|核准)"
    r"|(?:通过|可在|[可应]到)[^，。；]{2,20}(?:申请|申报|申领|办理|提交|查询|登记|领取)",
    Ask.TELEPHONE: r"\d{3,4}-\d{7,8}|(?<!\d)\d{7,11}(?!\d)|(?<!\d)1\d{4}(?!\d)|热线",
    Ask.ADDRESS: r"设在|位于|设于|网址|http|www|地址|路\d+号",
    Ask.MATERIALS: r"(?:提供|提交|出具|携带|填[写报])[^，。；]{0,20}(?:材料|证明|表|证书|证件|凭证|执照|合同)|申请表|材料包括",
    Ask.PROCESSING: rf"{_NUMBER}个?(?:工作日|小时)|{_NUMBER}(?:日|天)内|时限",
    Ask.PENALTY: r"处罚|罚款|追究|追责|问责|吊销|没收|追回|责令|取消[^，。；]{0,8}资格|严肃处理|依法(?:依规)?处理|失信",
    Ask.APPEAL: r"投诉|举报|申诉|复议|诉讼|异议|信访",
    Ask.FEE: r"免费|收费|收取|缴纳|免收|免征|不收",
    Ask.STACKING: r"同时享受|重复(?:享受|申报|补)|(?:不得|不可|不能|可以?)同时|叠加|就高|不重复",
    Ask.BUDGET: rf"(?:安排|设立|统筹|列支|投入)[^，。；]{{0,16}}(?:资金|经费|预算)|{_NUMBER}亿元",
}
_PATTERNS = {ask: re.compile(pattern) for ask, pattern in _PRINTED.items()}
# 多少件, 几个工作日: what is counted must be printed with a number.
_UNIT_ASKED = re.compile(
    r"how many (?P<english>working days|days|months|years|hours)|(?:多少|几)个?(?P<unit>工作日|[件人名家个条次场天日年月倍户套台辆吨亩公里岁篇万亿元])|百分之(?P<percent>几|多少)",
    re.IGNORECASE,
)
# How long, how much, what share: the kind of figure that is asked for, whatever it is for.
_KINDS = (
    (
        re.compile(r"多久|多长时间|最[晚迟早]|(?:多少|几)个?(?:工作日|年|月|天|日|小时)"),
        re.compile(rf"{_NUMBER}个?(?:工作日|年|月|天|日|小时)"),
    ),
    (re.compile(r"百分之|比例|几成|百分比"), re.compile(rf"{_NUMBER}(?:%|％|个百分点)|百分之")),
    (
        re.compile(r"多少(?:钱|元|块)|几(?:块|元|百|千)|金额|[缴交罚扣][^，。？]{0,4}多少"),
        re.compile(rf"{_NUMBER}(?:万|亿)?元"),
    ),
)
_SIZE_ASKED = re.compile("规模|产值|总量|面积|数量|产量|目标")
_CHINESE_UNITS = {"working days": "工作日", "days": "[日天]", "months": "月", "years": "年", "hours": "小时"}
_FIGURES = frozenset({Ask.SUM, Ask.RATE, Ask.QUANTITY, Ask.PERIOD})
_OF_A_KIND = _FIGURES | {Ask.PROCESSING, Ask.DATE, Ask.FEE}
_COUNTING = frozenset({Ask.QUANTITY, Ask.PERIOD})
_MOST_LOOKED_AT = 5
_AS_GOOD = 0.7


def find_printed(ask: AskReading, evidence: Evidence) -> Finding | None:
    """The best sentence on the subject that prints such a thing; None where none does."""
    pattern = _pattern_for(ask)
    items = evidence.items_for(ask)
    if pattern is None or not items:
        return None
    names = [s.text.casefold() for s in terms_of(ask.subjects)]
    titled = {t for s in ask.subjects if s.kind is SubjectKind.MEASURE for t in s.targets}
    looked_at = [m for n, m in enumerate(items) if n < _MOST_LOOKED_AT or m.place.measure_key in titled]
    printing = [m for m in looked_at if pattern.search(m.item.text)]
    if ask.ask in _FIGURES:
        # A figure must stand in the clause that names the thing, anything else in its sentence or near it.
        fitting = [m for m in printing if m.place.measure_key in titled or _is_in(names, m.item.text)]
    else:
        named = [m for m in printing if m.place.measure_key in titled or m.names_any(names)]
        fitting = [*named, *(m for m in printing if m.score >= items[0].score - _AS_GOOD)]
    return next((quote_sentences(ask, evidence, [m.place]) for m in fitting), None)


def _is_in(names: Sequence[str], clause: str) -> bool:
    return any(name in clause.casefold() for name in names)


def _pattern_for(ask: AskReading) -> re.Pattern[str] | None:
    kind = next((printed for asked, printed in _KINDS if asked.search(ask.text)), None)
    if kind and ask.ask in _OF_A_KIND:
        return kind
    nouns = _SIZE_ASKED.findall(" ".join((ask.text, *(s.text for s in ask.subjects))))
    if nouns and ask.ask in _FIGURES:
        return re.compile(rf"(?:{'|'.join(nouns)})[^。；]{{0,16}}{_NUMBER}")
    asked = _UNIT_ASKED.search(ask.text)
    if ask.ask in _COUNTING and asked:
        unit = _CHINESE_UNITS.get(asked["english"].casefold(), "") if asked["english"] else asked["unit"]
        return re.compile(rf"{_NUMBER}(?:%|％)|百分之" if asked["percent"] else rf"{_NUMBER}个?余?{unit}")
    return _PATTERNS.get(ask.ask)
