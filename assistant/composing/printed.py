"""Sentences that print what an ask wants, found by how such things are written: routes, deadlines, penalties, numbers."""

import re

from assistant.composing.details import quote_sentences
from assistant.composing.draft import Finding
from assistant.evidence import Evidence, ItemMatch, terms_of
from assistant.query import Ask, AskReading
from corpus.numerals import NUMERAL

_NUMBER = rf"(?:\d[\d,.]*|{NUMERAL})"
_PRINTED = {
    Ask.SUM: rf"{_NUMBER}(?:%|％|倍)|百分之|{_NUMBER}(?:万|亿)?元",
    Ask.RATE: rf"{_NUMBER}(?:%|％|倍|个百分点|折)|百分之",
    Ask.DATE: r"\d{1,2}月\d{1,2}日|\d{4}年(?:\d|底|前)|之日起|期限",
    Ask.PERIOD: rf"一次性|[每逐]年|按[年季月]|分期|{_NUMBER}(?:年|个月|天)",
    Ask.VALIDITY: r"有效期|起施行|执行至|施行之日",
    Ask.ROUTE: r"登录|窗口|拨打|网址|www|http|向[^，。；]{1,24}(?:提出|申请|申报|备案|登记|报送|提交)|提出[^，。；]{0,6}申请|受理"
    r"|通过[^，。；]{2,20}(?:申请|申报|办理|提交|查询)",
    Ask.TELEPHONE: r"\d{3,4}-\d{7,8}|(?<!\d)\d{7,11}(?!\d)|(?<!\d)1\d{4}(?!\d)|热线",
    Ask.ADDRESS: r"网址|http|www|地址|路\d+号",
    Ask.MATERIALS: r"(?:提供|提交|出具|携带|填[写报])[^，。；]{0,20}(?:材料|证明|表|证书|证件|凭证|执照|合同)|申请表|材料包括",
    Ask.PROCESSING: rf"{_NUMBER}个?(?:工作日|小时)|{_NUMBER}(?:日|天)内|时限",
    Ask.PENALTY: r"处罚|罚款|追究|追责|问责|吊销|没收|追回|责令|取消[^，。；]{0,8}资格|严肃处理|依法(?:依规)?处理|失信",
    Ask.APPEAL: r"投诉|举报|申诉|复议|诉讼|异议|信访",
    Ask.FEE: r"免费|收费|收取|缴纳|免收|免征|不收",
    Ask.STACKING: r"同时享受|重复(?:享受|申报|补)|叠加|就高|不重复",
    Ask.QUOTA: rf"(?:不超过|不少于|最多|不低于|每[年家个省市])[^，。；]{{0,8}}{_NUMBER}(?:个|家|项|名|人)|名额",
    Ask.BUDGET: rf"(?:安排|设立|统筹|列支|投入)[^，。；]{{0,16}}(?:资金|经费|预算)|{_NUMBER}亿元",
    Ask.CRITERIA: r"应当?(?:具备|符合|满足)|不低于|不少于|达到\d",
}
_PATTERNS = {ask: re.compile(pattern) for ask, pattern in _PRINTED.items()}
# 多少件, 几个工作日: what is counted must be printed with a number.
_UNIT_ASKED = re.compile(
    r"(?:多少|几)个?(?P<unit>工作日|[件人名家个条次场天日年月倍户套台辆吨亩公里岁篇万亿元])|百分之(?P<percent>几|多少)"
)
_MOST_LOOKED_AT = 5
_AS_GOOD = 0.7


def find_printed(ask: AskReading, evidence: Evidence) -> Finding | None:
    """The best sentence on the subject that prints such a thing; None where none does."""
    pattern = _pattern_for(ask)
    items = evidence.items_for(ask)
    if pattern is None or not items:
        return None
    names = [s.text.casefold() for s in terms_of(ask.subjects)]
    for match in items[:_MOST_LOOKED_AT]:
        is_near = _names_any(match, names) if names else match.score >= items[0].score - _AS_GOOD
        if is_near and pattern.search(match.item.text):
            return quote_sentences(ask, evidence, [match.place])
    return None


def _pattern_for(ask: AskReading) -> re.Pattern[str] | None:
    unit = _UNIT_ASKED.search(ask.text)
    if ask.ask in {Ask.QUANTITY, Ask.QUOTA} and unit:
        return re.compile(rf"{_NUMBER}(?:%|％)|百分之" if unit["percent"] else rf"{_NUMBER}个?余?{unit['unit']}")
    return _PATTERNS.get(ask.ask)


def _names_any(match: ItemMatch, names: list[str]) -> bool:
    text = match.place.provision.text.casefold() if match.place.provision else ""
    return any(n in text for n in names)
