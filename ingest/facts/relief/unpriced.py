"""Finds relief without a sum: time to pay, fees not collected, lower rates, shortfalls made good, wider grants."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.language.amounts import Amount, Bound
from corpus.language.numerals import read_number

_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3})?|[一二两三四五六七八九十半]{1,3})"
_UNIT = "(?P<unit>个月|个季度|个工作日|个百分点|年(?!度)|天)"
_FIGURE = rf"(?P<least>\d{{1,3}}[至到—~-])?(?<![\d.第一二两三四五六七八九十]){_NUMBER}{_UNIT}(?!期|以上|以下|前|后)"
_LENGTH = re.compile(rf"(?P<bound>最长|不超过|至多|最多)?[^，。；\d]{{0,4}}?{_FIGURE}")
# 缓缴期最长6个月, 最长不超过3个月: the clause after the one that gives.
_FOLLOWING = re.compile(
    rf"，(?:(?:缓缴|延期|延缴|延缓|缓交|延长|展期|免收|免租|免征|免缴|减征|减免|停征|减半征收)?(?:期限?|时间|期间)?(?:为|原则上)?){_LENGTH.pattern}(?=[，。；]|$)"
)
_CHARGE = "(?:滞纳金|违约金|罚息|利息|租金|房租|场地费|管理费|服务费|手续费|担保费|保证金|押金|费用|[^，。；、]{0,6}费)"
_BENEFIT = "(?:补贴|补助|奖补|奖励|资助|贴息|救助|津贴)"
_MAY = "(?:可以?|予以|准予|允许|同意|给予|申请|办理|依法)"

# Each kind needs no more than its own clause.
_ALONE = re.compile(
    # Time to pay.
    rf"(?:{_MAY}[^，。；：]{{0,16}}?|(?<=[准意核批][后後]))(?P<act>缓缴|缓交|(?:延缓|延期|延迟|暂缓)(?:\d{{1,2}}个月|[一二两三四五六]个月)?(?:缴纳|支付|缴付|缴存|缴费|还款|偿还|交纳))(?!期)(?P<owed>[^，。；：]{{0,40}})"
    r"|给予[^，。；：]{0,8}?(?P<extended>展期)[^，。；：\d]{0,6}\d[^，。；：]{0,16}"
    r"|可(?:以)?[^，。；：]{0,10}?申请展期(?:还款|还本|付息|续贷)?(?=[，。；]|$)"
    # What is not collected.
    rf"|(?<!违规)(?<!、)不(?:再|予)?(?:收取?|加收|计收|征收)[^，。；：]{{0,12}}?{_CHARGE}"
    r"|(?<=[费租金税息款])不予(?:计征|计收|收取|加收|征收)(?=[，。；]|$)|\d{1,2}个月的?[^，。；、：]{0,6}(?:租金|租|费)(?:予以)?(?:免收|免除|全免)(?=[，。；、]|$)|实[行施]零(?:收费|费率|租金)(?=[，。；]|$)"
    r"|允许[^，。；：]{0,12}?(?:税前|所得税前)[^，。；：]{0,8}?扣除(?=[，。；]|$)"
    r"|(?:(?<=[费租金税息])|(?<=部分))(?:予以|全部|可以?){0,2}(?:免收|免征|免缴|免交|减半(?:收取|征收|缴纳|计收)?)(?=[，。；、]|$)"
    r"|予以(?:适当|部分|全部|部分或者?全部|酌情)?(?:免除|免收|免征|减征|减收)(?=[，。；]|$)"
    # A shortfall that the government makes good.
    r"|由[^，。；]{0,12}?(?:政府|财政|国有企业|平台)[^，。；]{0,24}?(?:回购|兜底|补足差额|包销)[^，。；]{0,8}"
    r"|支持[^，。；：]{2,40}?享受(?:各级|国家|省级|市级|相关|有关|各类|现有|同等){0,2}(?P<enjoyed>[^，。；：]{0,16}?)(?:奖补|补贴|补助|奖励|减免|优惠)政策"
    rf"|(?:支持|安排|统筹)(?P<fund>[^，。；：]{{0,16}}资金)用于(?P<who>[^，。；：的]{{2,24}})的(?P<spent>[^，。；：]{{0,6}}{_BENEFIT}[^，。；：]{{0,20}})"
    # So many months of what is printed.
    r"|按照?(?:不超过|最高|最长)?(?:\d{1,2}|[一二三六])个月的?[^，。；：]{0,24}?(?:保险金|工资|租金|房租|人数|标准)[^，。；：]{0,16}?(?:确定|执行|返还|发放|落实|给予)[^，。；：]{0,16}"
)
# Each of these is a gift only to somebody whom the sentence names before: 对…, 为…, …的，.
_TO_SOMEBODY = re.compile(
    r"(?:酌情|适当|适度|合理)?(?:降低|下调)[^，。；：]{0,10}?(?:费率|利率|租金|收费标准|保费|服务费|担保费)[^，。；：]{0,16}"
    rf"|可?(?:适当|相应|适度)?(?:提高|上调)[^，。；：给最]{{0,20}}?{_BENEFIT}(?:标准|比例|额度|上限)(?!.{{0,4}}[至到为])"
    rf"|可(?:适当|相应|适度)?加大(?:{_BENEFIT}|奖补)力度"
    rf"|(?:可|予以|按规定|优先|全部){{1,2}}纳入[^，。；：]{{0,10}}?{_BENEFIT}[^，。；：]{{0,8}}?范[围畴]"
    r"|采取[^，。；：]{0,12}?(?:降息|免除|免收|减免)[^，。；：]{0,12}?等(?:措施|方式)"
)
_SOMEBODY = re.compile(
    r"(?:^|[，；。])[^，。；：]{0,12}?(?<![应面针相绝反比核])对(?!接|象|应|外)|的，|为[^，。；]{2,20}$"
)
# 安排产业资金，重点支持…企业…: money set aside for somebody's work.
_SET_ASIDE = re.compile(
    r"(?:安排|设立|统筹|拿出)(?P<fund>[^，。；：\d亿]{0,14}(?:专项|扶持|奖补|奖励|发展|财政|引导|纾困)资金)(?!管理|池)[^，。；：]{0,8}(?:，[^。；：]{0,50})?"
    r"(?P<gives>(?:重点|优先|专项|用于)?支持(?!力度|政策|体系))(?P<who>[^，。；：]{0,16}?(?:企业|单位|机构|学校|医院|合作社|户|人员|个人|基地|园区))(?P<spent>[^，。；：]{2,30})"
)
_FOLLOWS_DELAY = re.compile("滞纳金|罚息|违约金")
_DELAY = re.compile(
    r"(?:缓缴|缓交)(?!期)(?:(?!期间|申请)[^，。；的]){2,24}"
    r"|(?:延缓|延期|延迟|暂缓)(?:缴纳|支付|缴费|还款|交纳)(?:(?!期间|申请)[^，。；的]){0,24}"
)
_BY_RULES = re.compile("(?:有关|相关)规定")
_MOST = 60


@dataclass(frozen=True, slots=True)
class Relief:
    """Where the words stand that give, and the time or share they print."""

    begin: int
    end: int
    amount: Amount | None = None
    told: "Told | None" = None


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """Where the words that give also say who gets it, for what and from which fund."""

    who: Span | None = None
    act: Span | None = None
    payer: Span | None = None


def find_relief(masked: str, clause: tuple[int, int]) -> Relief | None:
    """The first relief that the clause gives; `masked` is the item without what stands in brackets."""
    for match in _candidates(masked, clause):
        begin = match.start("gives") if "gives" in match.groupdict() else match.start()
        return Relief(begin, match.end(), read_time(masked, begin, match.end()), _read_told(masked, match))
    return None


def find_deferred(masked: str, begin: int, end: int) -> Span | None:
    """延期缴费 of 延期缴费期间，不收取滞纳金: what was put off, where what follows from it is waived."""
    if not _FOLLOWS_DELAY.search(masked, begin, end):
        return None
    last = max(_DELAY.finditer(masked, max(0, begin - 2 * _MOST), begin), key=lambda m: m.start(), default=None)
    return last.span() if last else None


def _read_told(masked: str, match: re.Match[str]) -> Told:
    said = {name: match.span(name) for name, words in match.groupdict().items() if words}
    act = next((said[name] for name in ("extended", "enjoyed", "spent") if name in said), None)
    if "act" in said and "owed" in said:
        act = (said["act"][0], said["owed"][1])
    act = act or find_deferred(masked, *match.span())
    return Told(said.get("who"), act, said.get("fund"))


def read_time(masked: str, begin: int, end: int) -> Amount | None:
    """The 3个月 that are given between `begin` and `end` or in the clause right after."""
    match = _LENGTH.search(masked, begin, end) or _FOLLOWING.match(masked, end)
    if match is None:
        return None
    value = Decimal("0.5") if match["number"] == "半" else read_number(match["number"])
    if value is None:
        return None
    start, stop = match.start("least" if match["least"] else "number"), match.end("unit")
    limited = match["bound"] or re.search("最长|不超过", masked[match.start() : start])
    bound = Bound.AT_MOST if limited else Bound.EXACT
    return Amount(masked[start:stop], start, stop, value, match["unit"], bound, None)


def _candidates(masked: str, clause: tuple[int, int]) -> Iterator[re.Match[str]]:
    begin, end = clause
    if masked[end - 1 : end] == "的":
        return
    yield from (m for m in _ALONE.finditer(masked, begin, end) if not _BY_RULES.search(m["owed"] or ""))
    named = None
    # 通过下调利率等方式 tells by which way something else is done.
    is_way = masked.startswith("通过", begin) and masked.startswith(("方式", "途径"), end - 2)
    for match in () if is_way else _TO_SOMEBODY.finditer(masked, begin, end):
        named = named or _SOMEBODY.search(masked[max(0, match.start() - 2 * _MOST) : match.start()])
        if named:
            yield match
    for match in _SET_ASIDE.finditer(masked, max(0, begin - 2 * _MOST), end):
        if begin <= match.start("gives") < end:
            yield match
