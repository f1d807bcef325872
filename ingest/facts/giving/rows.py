"""Reads a table row: the heads of its columns say what each cell is of a support."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.language.amounts import Amount, Bound, read_amounts
from corpus.language.numerals import read_number
from corpus.notice import Cell, Phrase, Support
from ingest.facts.giving.wordlists import FORM
from ingest.facts.reading import Reading

_HEADS = (
    ("skip", re.compile("序号|编号|备注|责任|部门|联系|电话|依据|文件|截止")),
    ("payer", re.compile("资金来源|资金渠道|列支|承担|出资")),
    ("paid", re.compile("发放|拨付|支付|兑现|频次|周期|方式")),
    ("condition", re.compile("条件|要求|情形|等级|级别|档次|类型|类别")),
    ("sum", re.compile("标准|金额|额度|补[贴助]?额|奖励额|资金|比例|限额|奖金|元[）)]?$|万元")),
    ("who", re.compile("对象|范围|人员|单位|企业|机构|申请人|主体|受益")),
    ("act", re.compile("项目|名称|事项|政策|内容|用途|种类|工种|科目")),
)
_UNIT = re.compile(
    r"(?P<scale>[百千万亿]?)(?P<unit>元|%)(?:[/／](?P<per>[^（）()\s]{1,8})|每(?P<each>[^（）()\s]{1,4}))?"
)
_BARE = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,12})(?:\.\d{1,4})?")
_FOR_WHAT = re.compile(
    r"(?:一次性|年度)?(?P<act>[^\s]{1,40}?)(?:补贴|补助|奖励|奖补|资助|津贴|贴息|补偿)(?:项目|资金)?$"
)
_GIVES = re.compile("补|奖|贴|助|减|免|津贴|给付|救助|保障|支持|慰问|待遇|资金")
_NOT_A_GIFT = re.compile("收费|罚|价格|单价|缴费|处罚|投资|收入|营业|产值|预算")


def read_row(reading: Reading) -> tuple[Support, ...]:
    """One support for each sum in a column of sums, where heads, names or what stands above speak of giving."""
    columns = [(_kind_of(cell.head), cell) for cell in reading.cells if cell.phrase.text.strip()]
    above = " ".join(v.text for v in (*reading.headings, *([reading.lead_in] if reading.lead_in else [])))
    told = " ".join((above, *(c.head for c in reading.cells), *(c.phrase.text for k, c in columns if k == "act")))
    if not _GIVES.search(told):
        return ()
    parts = {kind: cell.phrase for kind, cell in reversed(columns)}
    whole = reading.words.phrase(0, len(reading.words.text))
    sums = [
        a for kind, cell in columns if kind == "sum" and not _NOT_A_GIFT.search(cell.head) for a in _read_sums(cell)
    ]
    return tuple(_make(parts, whole, amount) for amount in sums)


def _kind_of(head: str) -> str:
    return next((kind for kind, pattern in _HEADS if pattern.search(head)), "skip")


def _make(parts: dict[str, Phrase], whole: Phrase, amount: Amount) -> Support:
    who, named = parts.get("who"), parts.get("act")
    act = _without_form(named) if named else None
    form = FORM.search(named.text if named else whole.text) or FORM.search(whole.text)
    once = re.search("一次性", named.text) if named else None
    paid = parts.get("paid") or (
        Phrase("一次性", named.start + once.start(), named.start + once.end()) if named and once else None
    )
    return Support(
        who.text if who else "",
        form.group().strip("“”") if form else "支持",
        amount,
        (),
        whole,
        who,
        act,
        parts.get("condition"),
        paid,
        parts.get("payer"),
    )


def _without_form(name: Phrase) -> Phrase:
    """What 一次性创业补贴 is for: 创业; the whole name where nothing else is said."""
    match = _FOR_WHAT.match(name.text)
    if match is None or not match["act"]:
        return name
    return Phrase(match["act"], name.start + match.start("act"), name.start + match.end("act"))


def _read_sums(cell: Cell) -> list[Amount]:
    """As printed, or a bare figure in the unit that the head names: 10000 under 标准（元/人）."""
    text, start = cell.phrase.text, cell.phrase.start
    if printed := [a for a in read_amounts(text) if a.unit]:
        return [replace(a, start=a.start + start, end=a.end + start) for a in printed]
    unit, figure = _UNIT.search(cell.head), _BARE.fullmatch(text.strip())
    value = read_number(figure.group()) if figure else None
    if unit is None or figure is None or value is None:
        return []
    at = start + text.index(figure.group())
    scale = read_number("一" + unit["scale"]) if unit["scale"] else Decimal(1)
    bound = Bound.AT_MOST if re.search("最高|上限|不超过", cell.head) else Bound.EXACT
    per = unit["per"] or unit["each"]
    return [Amount(figure.group(), at, at + len(figure.group()), value * (scale or 1), unit["unit"], bound, None, per)]
