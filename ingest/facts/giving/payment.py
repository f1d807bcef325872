"""Reads how a support is paid and who pays it, in the words around what is given."""

import re

from ingest.facts.giving.clauses import Words, find_last
from ingest.facts.giving.wordlists import VERBS
from ingest.parsing.view import View

_FIGURE = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
# 一次性引进大型会议 is done at once, not paid at once.
_ONCE = rf"(?<!纳入)一次性(?!(?:{VERBS})(?![^，。；]{{0,8}}(?:补贴|补助|奖励|资助|支持|奖补)))"
_FORE = "(?:采[用取])?(?:事前|事后|前|后)(?:资助|补助)(?:的)?方式"
PAID = re.compile(
    rf"{_ONCE}|分阶段|连续(?:补贴|补助|发放|奖励|资助){_FIGURE}(?:年|个月)|连续{_FIGURE}年(?:每年)?|分{_FIGURE}(?:年度?|次|期|批|个?阶段)(?:等额)?(?:发放|拨付|支付|兑现|给予)?|按[^，。；、给]{{0,12}}(?:分期|分批|分年)(?:拨付|发放|兑现)?"
    rf"|分期(?:分批)?(?:拨付|发放)?|按(?:月|季度?|年度?|学期|日|次)(?!度?(?:营业|研发|投资|实际|均|利率|化|租|销售|产值|产量|纳税|缴|用))|每(?:月|季度?|年度?|学期|学年)|年度(?=最高|奖|补|给予)|逐[年月]|次年|前{_FIGURE}年|后{_FIGURE}年|第{_FIGURE}年"
    rf"|在\d{{4}}年\d{{1,2}}月底?前(?=，?(?:兑现|发放|拨付|支付))|(?<=给予){_FIGURE}年(?=[^，。；]{{0,4}}(?:补|奖|资助))|先建后补|先缴后[返补]|免申即享|{_FORE}|每人每年只享受一次|(?<![\d第]){_FIGURE}年(?:内)?(?=享受|给予|\d)"
)
# How long or from when it is paid.
_TERM = (
    rf"(?:补[助贴]|贴息|奖[补励]|资助|发放|享受|优惠|扶持|津贴|救助)(?:的)?(?:期限?|时间|时限)(?:一般|原则上)?(?:为|不超过|最长不超过|最长为?|不得超过|最多)"
    rf"{_FIGURE}(?:个月|年|天|个学期)|[从自](?:\d{{4}}年)?\d{{1,2}}月(?:\d{{1,2}}日)?起(?:按月)?(?:发放|拨付|兑现)"
)
# Outside the clause of the sum only what can be said of payment alone.
_SCHEDULE = re.compile(
    rf"{_TERM}|{_ONCE}|连续{_FIGURE}年(?:每年)?|分{_FIGURE}(?:年度?|次|期|批|个?阶段)(?:等额)?(?:发放|拨付|支付|兑现|给予)?|分期(?:分批)?(?:拨付|发放)"
    rf"|按[^，。；、给]{{0,12}}分期(?:拨付|发放|兑现)?|按(?:月|季度?|年度?|学期)(?:发放|拨付|支付|给付)|每人每年只(?:能)?享受一次|先建后补|先缴后[返补]|{_FORE}|在\d{{4}}年\d{{1,2}}月底?前(?=，$)"
)
_DATED = re.compile(r"\d{4}年")
_FUND = r"(?P<payer>(?:[省市区县州旗]级?[、和]){0,3}(?:(?!采取)[^，。；、：由从（）]){2,24}?(?:[、和][^，。；、：由从（）]{2,16}?)?)"
_PAYERS = (
    re.compile(
        rf"由{_FUND}(?:再|继续|统筹|按[^，。；]{{2,16}}?|根据[^，。；]{{2,16}}?|全额|直接)?(?=列支|承担|支付|给予|予以|安排|发放|负担|拨付|解决|补贴(?!资金)|补助(?!资金)|奖励(?!资金)|分担|保障|兑现|返还)"
    ),
    re.compile(rf"从{_FUND}(?:中|里)(?=列支|安排|支付|支出|拨付|解决|予以|给予)"),
    re.compile(rf"从{_FUND}(?=列支|安排|支出)"),
    re.compile(
        r"(?:所需|相关|上述)(?:费用|资金|经费|支出)(?P<payer>(?:[省市区县]{1,4}|各级|同级|中央|地方)(?:级|两级|三级)?财政)(?:共同|分别|按比例|全额|予以|按[^，。；]{2,12}?)?(?=承担|负担|分担|列支|安排|解决|保障)"
    ),
    # Who is called upon to give.
    re.compile(
        r"鼓励(?P<payer>[^，。；：对]{2,24}?(?:机构|银行|业主|房东|运营方|出租方|出租人|公司))[^，。；：的]{0,4}?(?=给予|减免|免除|免收|降低|下浮|下调)"
    ),
    re.compile(rf"(?:纳入|列入){_FUND}(?=预算|统筹)"),
)
_BODY = (
    r"(?:[^，。；、：对由从]{0,12}?(?:财政(?:部门|局|厅)?|人社(?:部门|局|厅)|(?:部门|委员会|管委会|人民政府|政府|基金会|担保机构|总工会|残联)|"
    r"(?:省|市|区|县|州|旗)(?:级财政|财政|级)?(?:、(?:省|市|区|县)(?:级财政|财政|级)?(?:（[^（）]{1,8}）)?)*(?:两级|三级|各级)?))"
)
# 省级奖励5万元 names the level that was reached.
_LEVEL_PRICED = r"(?:国家|省|市|区|县|州|旗)(?:（[^（）]{1,8}）)?级?(?:的)?(?:奖励|补贴|补助|资助|给予|一次性|最高){1,3}[^，。；]{0,4}(?:\d|$)"
_ACTING = re.compile(
    rf"(?:^|[，。；])(?:\d{{1,2}}年内)?(?!{_LEVEL_PRICED})(?P<payer>{_BODY}(?:[、和](?:{_BODY})){{0,2}})(?:按照?[^，。；]{{2,16}}(?:，|标准)|根据[^，。；]{{2,60}}，)?(?:可以?|将|再)?(?=对|给予|按|向|重点|为|予以|继续|奖励|补贴|一次性)"
)
_FROM_FUND = re.compile(
    r"给予(?P<payer>(?:\d{4}年)?[^，。；、的\d]{2,14}(?:发展|升级|引导|专项|转型|振兴|奖励|扶持)资金)(?:重点|优先|倾斜)?(?:支持|补助|奖励)"
)
_GOVERNMENT = re.compile(
    r"(?:给予|享受)(?:[^，。；]{0,8}的)?(?P<payer>(?:市|区|县|省)?(?:政府|财政))(?=[^，。；]{0,6}(?:补|奖|资助|支持))"
)


def find_paid(view: View, clause: tuple[int, int], reach: tuple[int, int]) -> Words | None:
    """In the clause of the sum, nearest first, then within `reach` (its neighbours that give nothing themselves)."""
    for pattern, begin, end in ((PAID, *clause), (_SCHEDULE, clause[1], reach[1]), (_SCHEDULE, reach[0], clause[0])):
        for match in pattern.finditer(view.text, begin, end):
            if not _DATED.match(view.text, match.start()):
                return Words(view, *match.span())
    return None


def find_payer(view: View, begin: int, end: int) -> Words | None:
    """由同级财政承担, 从就业补助资金中列支, or the body that the sentence begins with; the last that is named."""
    found = [
        m
        for p in (*_PAYERS, _ACTING, _GOVERNMENT, _FROM_FUND)
        if (m := find_last(p, view.text, begin, end)) is not None
    ]
    if not found:
        return None
    last = max(found, key=lambda m: m.start("payer"))
    return Words(view, *last.span("payer"))
