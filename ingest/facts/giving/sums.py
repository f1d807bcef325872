"""Tells sums and shares that are given from thresholds, prices, fines, targets and totals, by the words around them."""

import re

from corpus.language.amounts import Amount
from ingest.facts.giving.wordlists import FORM, NOT_GIVEN

_GIVE = re.compile(
    "给予|给(?!予)|予以|奖励|奖补|补助|补贴|资助|发放|拨付|支付给|享受|补偿|贴息|贴补|返还|退还|减免|减征|减按|免征|减半|免收|扶持|"
    "代偿|报销|支持(?:比例|标准|额度|资金)|(?<!缴费)(?<!收费)(?<!计费)(?<!征收)(?:标准|额度|限额|总额|金额|[补支贴奖][持助贴励]比例)(?:为|按|：|不超过|上限|最高)|奖|补(?!足|缴|充|办|交|齐|税)|"
    "(?:贷款|授信|担保)[^，。；]{0,4}(?:额度|金额|上限)|可(?:以)?申请|领取|津贴|慰问金|救助"
)
# What is measured, paid, collected or raised, not given: the sum beside it is a threshold, a total or a price.
_MEASURED = re.compile(
    "达到|达(?!效)|超过(?<!不超过)(?<!不得超过)|突破|投资(?!额?的|总额的|者|补)|投入|收入|产值|营业额|销售额|销售|贡献额|贡献|资产|资本|规模|存量|余额|营收|税收|流水|"
    "出资|实缴|注册资金|总投资|成交额|交易额|合同额|订单|罚款|处以|罚金|缴纳|缴费|自付|起付|收取|收费|价格|单价|售价|押金|保证金|工资|增长|增速|占比|占|下降|"
    "设立|筹集|募集|融资|净利润|利润|成本|损失|欠|满|低于|(?<!不)(?<!不得)高于|目标|完成|实现|增加值|减少|合格率|覆盖率|率(?:达|为|不低于|超过|在|力争)|收费标准|报价|预算"
)
_GROWTH = re.compile("增长|增速|提高|提升|占比?|比例达|下降|降低|同比|超过(?<!不超过)|达到|率(?:达|为|不低于|在)|以上")
# 1亿元专项资金 and 500万元注册资本 name a whole, not a gift.
_WHOLE = re.compile(
    r"[^，。；、]{0,3}(?:以上|以下|以内)?的?[^，。；、补奖]{0,10}?(?:基金|资金池|专项资金(?!补|支持|奖|扶)|引导资金|发展资金|注册资本|规模|信贷|罚款|产业|产值|投资|增信担保)"
)
_THRESHOLD_AFTER = re.compile(
    r"(?:（[^（）]{0,8}）)?\s?(?:及?以上|及?以下|以内|起)?(?:（[^（）]{0,8}）)?(?:及?以上|及?以下|以内)(?!（[^）]{0,4}）?(?:补|奖))(?:、|，|的|且|并|至|$|（)"
)
_LIMITED = re.compile("最高|最多|不超过|上限|封顶|不高于")
# 利率不高于6%的银行 is who receives.
_TELLS_WHO = re.compile("的[^，。；奖补贴助资]{1,12}(?:，|$)")
_RETURNED = re.compile("(?:返还|退还|减免|免除|报销|补贴|补助|减征|承担|贴补)[^，。；]{2,40}的?$")
_RATE = re.compile(
    r"(?:费率|税率|租金|费用?|利率)[^，。；]{0,4}(?:降至|下调至?|减按|降低)[^，。；]{0,3}$|(?:费率|利率)(?:的?基础上)?(?:按|下浮|再下浮|下调)$|减按[^，。；]{0,3}$"
)
# 将补偿比例由20%提升至40%
_RAISED = re.compile(
    "将[^，。；]{0,20}(?:补偿|补贴|补助|奖励|贴息)比例(?:[由从][^，。；]{1,8})?(?:提高|提升|上调)[至到]$"
)
_AFTER_SHARE = re.compile(
    "给予|予以|补贴|补助|奖励|资助|贴息|返还|减免|标准|发放|补偿|报销|支持|减征|免征|计发|分担|承担"
)
_GIVES_NEXT = re.compile(r"，?[^，。；]{0,20}(?:给予|可|享受|申请|予以|一次性|最高|按|奖励|补)")
_CLAUSE = 120


def is_given(masked: str, amounts: tuple[Amount, ...], index: int, is_about_giving: bool) -> bool:
    """Whether the sum at `index` is given; `is_about_giving` tells that what stands around it speaks of giving."""
    amount = amounts[index]
    window = masked[max(amount.start - _CLAUSE, 0) : amount.start]
    left = window[max(window.rfind(mark) for mark in "，；。：") + 1 :]
    right = re.split("[，；。]", masked[amount.end : amount.end + _CLAUSE], maxsplit=1)[0]
    end = amount.end + len(right)
    own = left[-(amount.start - amounts[index - 1].end) :] if index else left
    near = right[: amounts[index + 1].start - amount.end] if index + 1 < len(amounts) else right
    if NOT_GIVEN.search(left) or NOT_GIVEN.search(right):
        return False
    if right.endswith("的") and _GIVES_NEXT.match(masked[end : end + 30]):
        return False
    if amount.unit == "%":
        return _is_share(left, right, is_about_giving)
    return _is_sum(left, own, near, right) or (
        _is_silent(left, right) and _follows_giving(left, near, right, is_about_giving)
    )


def _places(left: str) -> tuple[int, int]:
    """Where the last word of giving and the last word of measuring end; -1 for none."""
    give = max((m.end() for m in _GIVE.finditer(left)), default=-1)
    return give, max((m.end() for m in _MEASURED.finditer(left)), default=-1)


def _is_whole_or_threshold(left: str, own: str, right: str) -> bool:
    if _WHOLE.match(right):
        return True
    return _THRESHOLD_AFTER.match(right) is not None and not re.search(
        r"(?:给予|予以|奖励|补贴|补助|最高)[^，]{0,6}$", own
    )


def _is_sum(left: str, own: str, near: str, right: str) -> bool:
    """By the word nearest before it."""
    give, measured = _places(left)
    return give > measured and not _is_whole_or_threshold(left, own, right)


def _is_silent(left: str, right: str) -> bool:
    """No word before it measures or gives."""
    return _places(left) == (-1, -1) and not _is_whole_or_threshold(left, left, right)


def _follows_giving(left: str, near: str, right: str, is_about_giving: bool) -> bool:
    """By what follows it, then by what is spoken of around."""
    if FORM.search(near[:16]) or re.search(r"标准?[^，。；]{0,6}(?:给予|发放|奖励|补|扣除)", right):
        return True
    ends = not right.strip() or right.startswith(("、", "；", "（", "/", "的标准", "标准"))
    return is_about_giving and (ends or (_LIMITED.search(left) is not None and not _TELLS_WHO.match(right)))


def _is_share(left: str, right: str, is_about_giving: bool) -> bool:
    give, measured = _places(left)
    growth = max((m.end() for m in _GROWTH.finditer(left)), default=-1)
    if _RAISED.search(left):
        return True
    if re.search(r"(?:由|从)原?(?:来的?)?$", left):
        return False
    if _RATE.search(left) or (_RETURNED.search(left) and growth < 0):
        return True
    if re.match(r"(?:以上|以下|以内)?的?(?:企业|单位|，|$|且|及以上|（)", right) and growth > give:
        return re.search(r"支持(?:比例|标准)|补[贴助](?:比例|标准)", left) is not None
    if _AFTER_SHARE.search(right[:24]) and not re.match("及?以上|以下", right):
        return growth <= give or not re.search(r"(?:增长|占|超过|达到|不低于)[^，。；的]{0,8}$", left)
    is_near = give >= 0 and give > growth and give > measured - 8
    return is_near or (is_about_giving and _LIMITED.search(left[-8:]) is not None and not _TELLS_WHO.match(right))
