"""Finds what an item gives: sums and shares that are given, and grants without a sum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from corpus.language.amounts import Amount, Bound, read_lower_end
from ingest.facts.giving.clauses import cut_clauses, mask
from ingest.facts.giving.sums import is_given
from ingest.facts.giving.wordlists import MAY_GIVE, NOT_GIVEN
from ingest.facts.relief.unpriced import Relief, Told, find_deferred, find_relief, read_time

# Words that give something of which no sum is printed, and where they stand in a clause.
_KIND = (
    "(?:奖补|补助|补贴|奖励|资助|(?<!支付经济)补偿|贴息|贴租|减免|资金(?:重点|优先|倾斜|相应|适当)?支持|经费支持|资金扶持|专项支持|(?<!政策)扶持|一定支持|适当支持|全额支持|奖金|优惠(?!利率|金融|政策|贷款|服务|信贷|的)|以奖代补|津贴|救助|"
    "保险金|慰问金|助学金|奖学金|贷款|“?[^，。；、“”‘’《》]{0,4}(?<![债证])券”?|租金等支持|补助支持)"
)
_NAMES_A_THING = (
    "前|时|后|之日|的(?![，。；]|补|支|奖)|政策|资金管理|办法|申请|标准|对象|条件|期限|服务|范围|操作|资格|通知书|制度|管理|"
    "工作|协议|材料|情况|的?受理|力度|公示|台账|目录|清单|项目|支持力度|等(?:情况|事项|工作)"
)
_GIVEN_TO = "(?:企业|单位|机构|个人|人员|人才|家庭|学生|学员|员工|职工|团队|部门|组织|户|者|人)"
_GRANT = re.compile(
    rf"(?:给予|予以|实施|享受|发放|拨付|提供|可(?:以)?(?:[^，。；：请]{{0,12}})申请(?:享受)?|申领|支付|兑现)[^，。；：]{{0,30}}?{_KIND}(?!{_NAMES_A_THING})"
    rf"|(?:^|(?<=[，。；总额比例标准可并]))(?:奖励|补助|资助)(?:给)?(?!标准|政策|资金|对象|办法)[^，。；：]{{2,40}}?{_GIVEN_TO}"
    r"|通过[^，。；]{2,40}(?:补偿|贴息|补贴|补助|奖励|奖补)[^，。；]{0,10}(?:方式|途径)"
    r"|(?<![能要请或减])(?:免征|免收|免缴|免除|停征|减征|减半征收|减免|(?<!可)缓缴|全额返还|全额退还|全额补贴|全额补助|返还|退还)(?!、\d|政策|资金|等|期|的|范围|时限|情况|对象|手续|程序|事项)[^，。；：]{2,40}"
    r"|(?:评选|并|选拔|培养)资助[^，。；：]{2,40}|免费(?:为[^，。；：]{2,20})?(?:提供|发放|开放)[^，。；：]{2,30}|可申请代偿[^，。；]{2,40}"
    # Points to a grant told before.
    r"|(?:参照|按照?)(?:该|此|上述|以上|同等|前述)[^，。；：]{0,8}?(?:标准|政策|办法)[^，。；：]{0,4}?(?:给予|予以)[^，。；：]{0,4}?(?:支持|奖励|补[贴助])"
    r"|享受(?:上述|以上|同等|前述)[^，。；：]{0,6}?(?:奖励|补[贴助]|扶持|优惠|支持)政策"
)
# 确定减免企业对象 and 就减免…有关事项通知如下 speak of a waiver that is told elsewhere.
_SPOKEN_OF = re.compile("[^，。；：]{0,40}?(?:(?:对象|范围|时限|名单)(?=[，。；：和及]|执行|$)|有关(?:问题|事项))")
# 免征合作企业缴纳的水利基金: the waiver itself names somebody and the charge.
_WAIVED_OF = re.compile(
    "(?:免征|免收|免缴|免除|减征|减免|停征|缓征)(?P<who>[^，。；：的]{1,16}?(?:企业|单位|机构|合作社|[工商农租用]户|个人)(?:（[^（）]{1,40}）)?)"
    "(?!以|等|和|及|、)(?:(?:应缴|缴纳|应交|交纳)的?)?(?P<act>[^，。；：]{1,30}?(?:[费税金租息款]|部分))(?=[，。；]|$)"
)
# 3个月租金免收、2个月租金减半: a gift each.
_LISTED_TIMES = re.compile(r"个月[^，。；、]{1,10}(?:免|减)[^，。；、]{0,4}、[^，。；、]{0,3}\d{1,2}个月")
_DEFINES = re.compile("是指|本[^，。]{2,6}所称|适用本|适用于本")
_WISH = re.compile(r"\s*(?:鼓励|引导|推动|号召|倡导)")
# Clauses that define, order or describe, and give nothing.
_TELLS = re.compile(
    "负责|受理|审核|审批|不计入|来源|包括|通知书|领取[^，]{0,12}的|应当(?:向|在|及时)|严格|监督|核查|公示|建立[^，]{0,10}制度|预算|(?:^|，)(?:探索|完善|落实|研究)"
)
# 选拔资助青年科技人员，连续3年给予经费资助: told twice.
_GOES_ON = re.compile("(?:连续|分|每年|按月|给予|一次性)")
_SHARES = {"全额": Decimal(100), "减半": Decimal(50)}
_PARTS = re.compile("|".join(_SHARES))
_WAIVER = re.compile("免征|免收|免缴|免除|停征|减征|减半|减免|缓缴|返还|退还|全额")
# 为租户减免租金的企业 and 减免租金等措施: a waiver that tells who receives.
_ATTRIBUTE = re.compile(
    r"[^，。；]{0,30}?(?:(?:有关|相关)规定|等(?:方式|政策)|等?措施|的[^，。；的]{0,24}(?:政策|规定|决定|通知|企业|单位|机构|个人|人员|业主|房东|园|器|载体|区|基地|间|主体|平台))"
)
# 对向社会免费开放场地的企业: what the recipient does.
_DOES_IT_ITSELF = re.compile("^[^，]{0,4}对[^，]{0,40}?[向为][^，]{1,20}$")
_GIVES_NEXT = re.compile("给予|可|享受|申请|予以|免[收征缴除]|不收|减半")
_OWN_RECIPIENT = re.compile("(?:^|，)[^，]{0,3}对(?!其|每|该)|鼓励|支持(?!比例|标准)")
_REACH = 120
_MOST = 60
_RANGE = re.compile(r"\s?(?:[—\-－–~～]{1,2}|至|到)\s?")
_LIST = re.compile("[、和或及与]")


@dataclass(frozen=True, slots=True)
class Gift:
    """Where in the item's text something is given: at its sum, or at the words that give where no sum is printed."""

    begin: int
    end: int
    amount: Amount | None = None
    least: Amount | None = None
    told: Told | None = None


def find_gifts(text: str, amounts: tuple[Amount, ...], is_about_giving: bool) -> tuple[Gift, ...]:
    """In reading order; `is_about_giving` tells that what stands around the item speaks of giving."""
    masked = mask(text)
    clauses = () if _DEFINES.search(masked) else cut_clauses(masked)
    priced = _find_priced(text, masked, amounts, is_about_giving)
    taken = [next((c for c in clauses if c[0] <= g.begin < c[1]), (g.begin, g.end)) for g in priced[:_MOST]]
    free: dict[int, Gift] = {}
    for clause in (c for c in clauses if MAY_GIVE.search(masked, *c)):
        match = next((m for m in _grants(masked, clause) if _is_grant(masked, m, clause)), None)
        if match is not None and not any(_says_the_same(masked, match, c) for c in taken):
            free[clause[0]] = _make_free(text, match)
        elif match is None and not any(c[0] < clause[1] and clause[0] < c[1] for c in taken):
            for part in _list_parts(masked, clause):
                if NOT_GIVEN.search(masked, *part) is None and (relief := find_relief(masked, part)) is not None:
                    free[part[0]] = _make_relief(text, relief)
    starts = sorted(free)
    for first, second in pairwise(starts):
        if _GOES_ON.match(masked, second):
            free.pop(first, None)
    return tuple(sorted((*priced, *free.values()), key=lambda g: g.begin))


def _list_parts(masked: str, clause: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The clause itself, or each waiver of a list of them."""
    begin, end = clause
    if _LISTED_TIMES.search(masked, begin, end):
        for b, e in cut_clauses(masked[begin:end], "、"):
            yield begin + b, begin + e
    else:
        yield clause


def _grants(masked: str, clause: tuple[int, int]) -> Iterator[re.Match[str]]:
    """Words that may give, also those inside others that turn out to give nothing."""
    place = clause[0]
    for _ in range(_MOST):
        match = _GRANT.search(masked, place, clause[1] + 1)
        if match is None:
            return
        yield match
        place = match.start() + 2


def _make_free(text: str, match: re.Match[str]) -> Gift:
    """全额 and 减半 are shares."""
    whole = _PARTS.search(text, max(match.start() - 2, 0), match.end())
    if whole is None:
        is_waiver = _WAIVER.match(match.group()) is not None
        deferred = find_deferred(text, *match.span()) if is_waiver else None
        time = read_time(text, *match.span()) if is_waiver else None
        named = _WAIVED_OF.match(text, *match.span()) if is_waiver else None
        told = Told(named.span("who"), named.span("act")) if named else Told(act=deferred)
        return Gift(*match.span(), time, None, told if named or deferred or time else None)
    value = _SHARES[whole.group()]
    return Gift(*match.span(), Amount(whole.group(), *whole.span(), value, "%", Bound.EXACT, None))


def _make_relief(text: str, relief: Relief) -> Gift:
    """减半 is a share."""
    whole = _PARTS.search(text, relief.begin, relief.end)
    if whole is None:
        return Gift(relief.begin, relief.end, relief.amount, None, relief.told)
    share = Amount(whole.group(), *whole.span(), _SHARES[whole.group()], "%", Bound.EXACT, None)
    return Gift(relief.begin, relief.end, share, None, relief.told)


def _is_grant(masked: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    begin, end = clause
    before = masked[begin : match.start()]
    if _TELLS.search(masked, begin, end) and not _WAIVER.match(match.group()):
        return False
    if _WISH.match(before) and "资助" not in match.group():
        return False
    if NOT_GIVEN.search(masked, begin, end) or before.endswith(("“", "”", "已", "已经")):
        return False
    if match.group().startswith("免费") and _DOES_IT_ITSELF.search(before):
        return False
    if _WAIVER.match(match.group()) and (
        re.search("鼓励|要求|推动|号召|引导|倡导", before) or _ATTRIBUTE.match(masked, match.start(), end)
    ):
        return False
    if _WAIVER.match(match.group()) and _SPOKEN_OF.match(masked, match.start(), end + 1):
        return False
    if match.start() - begin < 3 and before.startswith(("批准", "决定")):
        return False
    if masked[end - 1] == "的" and not masked[end:].strip("；。 "):
        return False
    if masked[end - 1] == "的" and _GIVES_NEXT.search(masked[end : end + 30]):
        return False
    return not re.search(r"(?:申请|申领|享受|领取)$|(?:只能|仅能|只可|最多|不可|不重复)[^，]{0,12}$", before)


def _says_the_same(masked: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
    """A grant in the clause of a sum, before the clause that names its sum, or 补助给承训单位 after it."""
    if clause[0] <= match.start() < clause[1]:
        return True
    if clause[0] > match.end() and _WAIVER.match(match.group()) and read_time(masked, *match.span()):
        return False
    if match.start() >= clause[1]:
        return match.start() - clause[1] < 3 and re.match("(?:补助|奖励|奖)给", match.group()) is not None
    between = masked[match.end() : clause[0]]
    return len(between) < _REACH and not _OWN_RECIPIENT.search(between + masked[clause[0] : clause[1]])


def _find_priced(text: str, masked: str, amounts: tuple[Amount, ...], is_about_giving: bool) -> list[Gift]:
    found: list[Gift] = []
    was_given = False
    for index, amount in enumerate(amounts):
        last = amounts[index - 1] if index else None
        is_range = last is not None and _RANGE.fullmatch(text, last.end, amount.start) is not None
        is_listed = last is not None and _LIST.fullmatch(text, last.end, amount.start) is not None
        if not (is_range or is_listed):
            was_given = is_given(masked, amounts, index, is_about_giving or bool(found))
        elif not was_given:
            # 国家级100万元、省级50万元奖励 and 5%-20%奖励支持: what follows the last holds for all.
            was_given = is_range and is_given(masked, amounts, index, is_about_giving)
        if not was_given or masked[amount.start] == "□":
            continue
        if is_range and last is not None:
            whole = Gift(last.start, amount.end, amount, replace(last, bound=amount.bound))
            if found and found[-1].amount is last:
                found.pop()
            found.append(whole)
        else:
            least = read_lower_end(text, amount)
            found.append(Gift(least.start if least else amount.start, amount.end, amount, least))
    return found
