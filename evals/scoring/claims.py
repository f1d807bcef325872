"""Checks what one sentence claims: sums with recipient and qualifiers, dates, counts, clause numbers, departments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from evals.context import NotedSupport
from evals.scoring.first_line import share_words
from evals.scoring.statement import Ground, Statement, Untruth
from evals.scoring.values import (
    Value,
    find_clause_numbers,
    find_counts,
    find_dates,
    find_shares,
    find_sums,
    fold,
    holds_wording,
    read_values,
)

_BOUND_WORDS = {
    "at_most": re.compile(
        r"最高|最多|至多|不超过|不得超过|不高于|上限|封顶|以内|以下|限额|up to|at most|maximum|no more|cap|ceiling",
        re.IGNORECASE,
    ),
    "at_least": re.compile(
        r"最低|至少|不低于|不少于|以上|起(?:$|[，。])|at least|minimum|or more|no less", re.IGNORECASE
    ),
}
_PAID_WORDS = {
    "一次性": re.compile(r"一次性|one-?(?:off|time)|lump", re.IGNORECASE),
    "年度": re.compile(r"年度|每年|一年|按年|annual|yearly|(?:per|a|each|every) year", re.IGNORECASE),
    "每月": re.compile(r"每月|一个月|月均|按月|monthly|(?:per|a|each|every) month|/月", re.IGNORECASE),
}
_TOTAL = re.compile(
    r"合计|总计|总共|一共|加起来|共计|累计|总额|最多能|相加|total|sum|together|altogether", re.IGNORECASE
)
_TITLE = re.compile("《[^《》]*》")
"""Whom a document is called after gets nothing by its name."""

_RECIPIENT = re.compile(
    r"(?:本地|外省|外地|普通|一般|大型|小微|所有|任何|民营|国有|个体)?[\u4e00-\u9fff]{0,6}?"
    r"(?:企业|公司|居民|农民|农户|个人|工商户|合作社|医院|学校|高校|机构|孵化器|基地|平台|团队|中心|园区|市民|群众|学生|教师|老人)"
)
_RESPONSIBLE = re.compile(r"负责|牵头|主管|responsible|in charge|lead", re.IGNORECASE)
_LEAD = re.compile(r"牵头|\bleads?\b|\bled by\b|\bleading\b", re.IGNORECASE)
_SHARED = re.compile(r"按职责|分工|respective|share|jointly", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:全文|通知|文件|本?措施|一共|总共)[^，。；]{0,6}?(?P<number>\d+|[一二三四五六七八九十]+)(?:条|项措施)"
)
_ADDED = re.compile(r"(?P<number>\d+)(?:项|笔)[^，。；：\d]{0,10}相加")
_GENERIC_PAIRS = frozenset(
    "企业 补助 奖励 奖补 给予 最高 支持 公司 金额 资金 一次 次性 年度 万元 元的 机构 单位 平台 基地 中心 服务 建设 的相 相关 按年".split()
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
_NO_ANSWER = frozenset({"out_of_scope", "refused", "needs_detail"})
_NEGATED = re.compile(r"不(?:予|给予|支持|鼓励|奖励|补助|可以?申请|可以|得申请|能申请|享受|免征)")
_VERDICT_WITHIN = 8
"""A no stands among the first characters of a sentence."""
_FACTOR = re.compile(r"(?P<said>\d+)\w?(?:都按上限算|一共是)[^（(]*[（(](?P<times>\d+)×")
_EXCEPT = re.compile(r"不在其中|除|以外|之外|其余|另外|except|other than|not among", re.IGNORECASE)
_COMPUTED = frozenset("条项个家部分章类名所种位笔步批次")
_MOST_SUMMED = 6


def check_amounts(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    for value in (*find_sums(statement.text), *find_shares(statement.text)):
        is_named_only = statement.is_gap or statement.kind == "note"
        if statement.denies(value.start) or (is_named_only and ground.is_echo(value)):
            continue
        rows = [s for s in ground.supports() if _prints(s.amount, value) or _prints(s.quote, value)]
        rows = [s for s in rows if _prints(s.amount, value)] or rows
        cited = [s for s in rows if s.measure is None or s.measure in {m for _, m in statement.measures()}]
        if _is_elsewhere(statement, ground):
            yield Untruth("sum", statement.text, f"“{value.text}”是别的通知的")
        elif rows and cited:
            yield from _check_support(statement, value, cited, ground)
        else:
            yield from _check_unknown(statement, value, ground)


def _is_elsewhere(statement: Statement, ground: Ground) -> bool:
    """The sentence rests on another notice than the one that is asked about, and does not say so."""
    wanted, cited = ground.case.notice_id, {c.notice_id for c in statement.citations}
    if wanted is None or not cited or wanted in cited or statement.kind not in ("direct", "item"):
        return False
    known = ground.context.annotations
    mine = known[wanted].title if wanted in known else ""
    others = [known[n].title for n in cited if n in known]
    return not any(share_words(statement.part, title) - share_words(mine, title) for title in others)


def _prints(text: str, value: Value) -> bool:
    return any(value.equals(v) for v in read_values(text))


def _check_unknown(statement: Statement, value: Value, ground: Ground) -> Iterator[Untruth]:
    """A value of which no support was noted under what is cited."""
    if _prints(statement.cited_text(ground.context), value) or ground.holds_gold(value):
        return
    if _prints(ground.text, value):
        is_sure = statement.kind in ("direct", "correction", "item", "table") and bool(statement.measures())
        yield Untruth("sum", statement.text, f"“{value.text}”不在所引条款里", is_sure and not ground.is_echo(value))
    elif speaks_of_total(statement.text) and _is_total(value, ground):
        return
    elif ground.is_echo(value):
        yield Untruth("sum", statement.text, f"“{value.text}”只是问话里的数", is_sure=False)
    else:
        yield Untruth("sum", statement.text, f"原文没有“{value.text}”")


def speaks_of_total(text: str) -> bool:
    return bool(_TOTAL.search(text))


def _is_total(value: Value, ground: Ground) -> bool:
    """A sum of printed sums, or a multiple of one."""
    if not isinstance(value.value, Decimal):
        return False
    printed = [v.value for s in ground.supports() for v in find_sums(s.amount) if isinstance(v.value, Decimal)]
    if any(p and value.value % p == 0 and value.value / p <= 100 for p in printed):
        return True
    return any(sum(some) == value.value for n in range(2, _MOST_SUMMED + 1) for some in combinations(printed[:12], n))


def _check_support(
    statement: Statement, value: Value, rows: Sequence[NotedSupport], ground: Ground
) -> Iterator[Untruth]:
    said = fold(statement.part)
    own = [row for row in rows if any(fold(w) in said for w in _specific(row))]
    yield from _check_strangers(statement, own, ground)
    if not own:
        yield from _check_recipient(statement, rows, ground)
    yield from _check_qualifiers(statement, own or rows, ground)


def _specific(row: NotedSupport) -> list[str]:
    """The recipients as printed, and their head nouns; a mere 企业 only where nothing nearer is printed."""
    heads = [w for w in row.who if len(w) > 2 or len(row.who) == 1]
    return heads or list(row.who)


def _check_strangers(statement: Statement, own: Sequence[NotedSupport], ground: Ground) -> Iterator[Untruth]:
    """Beside those who get the sum, the sentence names somebody who does not."""
    said, cited = fold(_TITLE.sub("", statement.text)), fold(statement.cited_text(ground.context))
    strange = [w for w in _find_recipients(said) if w not in cited and w not in ground.asked]
    mine = "".join(f"{row.quote}{row.act}" for row in own)
    if own and not strange and len(find_sums(statement.text)) == 1 and statement.kind in ("direct", "correction"):
        rivals = {w for s in ground.supports() for w in s.who if len(w) > 3} - {w for row in own for w in row.who}
        strange = [w for w in rivals if fold(w) in said and w not in mine and fold(w) not in ground.asked]
    if strange:
        yield Untruth("recipient", statement.text, f"原文没有给“{strange[0]}”")


def _check_recipient(statement: Statement, rows: Sequence[NotedSupport], ground: Ground) -> Iterator[Untruth]:
    """The sentence names none of those who get the sum."""
    said = fold(statement.text)
    own = {fold(w) for row in rows for w in row.who}
    others = {fold(w) for s in ground.supports() for w in _specific(s)} - own
    named = [w for w in others if w in said and not any(w in o for o in own if o in said)]
    if named:
        yield Untruth("recipient", statement.text, f"不是给“{named[0]}”的")
    elif _CHINESE.search(said) and not any(
        _pairs(f"{row.act} {' '.join(row.who)}") & _pairs(ground.asked) for row in rows
    ):
        yield Untruth("recipient", statement.text, "没有说给谁", is_sure=False)


def _find_recipients(text: str) -> Iterator[str]:
    """Words for kinds of people and bodies, by their last three or four characters."""
    for match in _RECIPIENT.finditer(text):
        # 较低的是高校 names 高校.
        yield re.split("[的是]", match[0])[-1][-4:]


def _pairs(text: str) -> set[str]:
    """Neighbouring characters that say who or for what."""
    pairs = {fold(text)[i : i + 2] for i in range(len(fold(text)) - 1)}
    return {p for p in pairs if p.strip() == p and len(p) == 2} - _GENERIC_PAIRS


def _check_qualifiers(statement: Statement, rows: Sequence[NotedSupport], ground: Ground) -> Iterator[Untruth]:
    """最高, 年度, 一次性 as printed: not lost, not added."""
    bounds, paid = {row.bound for row in rows}, {row.paid for row in rows}
    for bound, words in _BOUND_WORDS.items():
        told = words.search(statement.text)
        if bounds == {bound} and not told and not words.search(ground.asked):
            yield Untruth("qualifier", statement.text, f"丢了“{'最高' if bound == 'at_most' else '以上'}”")
        elif told and bounds == {"exact"} and not _BOUND_WORDS[bound].search(" ".join(r.quote for r in rows)):
            yield Untruth("qualifier", statement.text, f"原文没有“{told[0]}”")
    own = " ".join(ground.reply.own_texts())
    untitled = _TITLE.sub("", statement.text)
    for name, words in _PAID_WORDS.items():
        told = words.search(untitled)
        if paid == {name} and not words.search(own) and not words.search(ground.asked):
            yield Untruth("qualifier", statement.text, f"丢了“{name}”")
        elif told and name not in paid and not words.search(" ".join(r.quote for r in rows)):
            is_sure = not words.search(statement.cited_text(ground.context)) and not words.search(ground.asked)
            yield Untruth("qualifier", statement.text, f"原文没有“{told[0]}”", is_sure)


def check_dates(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    printed = {str(v.value) for v in find_dates(ground.text)}
    golds = [v for fact in ground.case.facts for v in find_dates(fact[0])]
    is_answer = (
        statement.kind == "direct" and bool(golds) and not any(_says(ground.reply.own_texts(), g) for g in golds)
    )
    for value in find_dates(statement.text):
        date = str(value.value)
        if is_answer and not statement.names_only(value.start) and not ground.is_echo(value):
            yield Untruth("date", statement.text, f"应为“{golds[0].text}”，却说“{value.text}”")
            continue
        known = any(p == date or p.startswith(f"{date}-") or p.endswith(f"-{date}") for p in printed)
        if known or statement.names_only(value.start) or ground.names_document(statement, value.start):
            continue
        if ground.holds_gold(value):
            continue
        if ground.is_echo(value):
            yield Untruth("date", statement.text, f"“{value.text}”只是问话里的", is_sure=False)
        else:
            yield Untruth("date", statement.text, f"原文没有“{value.text}”")


def check_counts(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    if ground.reply.status in _NO_ANSWER:
        return
    yield from _check_whole(statement, ground)
    yield from _check_addends(statement, ground)
    yield from _check_factor(statement)
    printed = find_counts(ground.text)
    golds = [v for fact in ground.case.facts for v in find_counts(fact[0])]
    count = ground.reply.count
    counted = {count.value, count.of, len(ground.reply.items or ())} if count else {len(ground.reply.items or ())}
    dates = [range(d.start, d.end) for d in find_dates(statement.text)]
    for value in find_counts(statement.text):
        if fault := _find_rival(statement, value, ground):
            yield Untruth("number", statement.text, fault)
            continue
        if ground.names_document(statement, value.start):
            continue
        if any(value.start in d for d in dates) or statement.names_only(value.start) or ground.is_echo(value):
            continue
        if ground.holds_gold(value) or any(value.equals(p) for p in printed):
            continue
        rivals = [g for g in golds if g.unit == value.unit]
        if value.value in counted:
            continue
        if rivals and not any(_says(ground.reply.own_texts(), g) for g in rivals):
            yield Untruth("number", statement.text, f"应为“{rivals[0].text}”，却说“{value.text}”")
        elif value.unit[-1] not in _COMPUTED:
            yield Untruth("number", statement.text, f"原文没有“{value.text}”")
        else:
            yield Untruth("number", statement.text, f"数目“{value.text}”无从核对", is_sure=False)


def _find_rival(statement: Statement, value: Value, ground: Ground) -> str | None:
    """The notice has another number before the same words; a number is denied that nobody named; a list counts wrongly."""
    after = statement.text[value.end : value.end + 3]
    if statement.denies(value.start):
        return f"没有人说过“{value.text}”" if statement.kind == "correction" and not ground.is_echo(value) else None
    named = len(find_clause_numbers(statement.text[value.end :]))
    if statement.text[value.end : value.end + 1] in "：:" and named > 1 and value.unit == "条" and value.value != named:
        return f"列出的是 {named} 条，却说“{value.text}”"
    if len(after) == 3 and after.isalpha():
        printed = [
            p for p in find_counts(ground.text) if ground.text[p.end :].startswith(after) and p.unit == value.unit
        ]
        if printed and all(p.value != value.value for p in printed):
            return f"原文是“{printed[0].text}”"
    if value.unit == "个" and after.startswith(("责任部", "部门")):
        counted = {len(n.departments) for n in statement.responsibilities(ground.context)}
        every = {d for n in statement.responsibilities(ground.context) for d in n.departments}
        if counted and len(statement.measures()) == 1 and value.value not in {*counted, len(every)}:
            return f"所引条款的部门不是“{value.text}”"
    return None


def _says(texts: Iterable[str], value: Value) -> bool:
    return any(holds_wording(text, value.text) for text in texts)


def _check_whole(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """全文共16条 against the number of measures that a reader counts."""
    noted = ground.annotations()
    if statement.is_gap:
        return
    golds = [v for fact in ground.case.facts for v in find_counts(fact[0]) if v.unit == "条"]
    for match in _WHOLE.finditer(statement.text):
        if "全文" in match[0] and not statement.denies(match.start("number")):
            counted = find_counts(f"{match['number']}条")
            right = [n.measures for n in noted] if len(noted) == 1 else [v.value for v in golds]
            if counted and right and counted[0].value not in right and not ground.holds_gold(counted[0]):
                yield Untruth("number", statement.text, f"全文是 {right[0]} 条")


def _check_addends(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """6项各按上限相加是1450万元 before six sums."""
    match = _ADDED.search(statement.text)
    whole = next((t for t in ground.reply.texts_of("direct") if match and match[0] in t), "")
    sums = len(find_sums(whole[whole.find(match[0]) + len(match[0]) :])) if match else 0
    if match and sums > 1 and sums != int(match["number"]) + 1:
        yield Untruth("number", statement.text, f"相加的是 {sums - 1} 项")


def _check_factor(statement: Statement) -> Iterator[Untruth]:
    """7家都按上限算，最高是1400万元（7×200万元）: both numbers are the same, and the first sum is their product."""
    match = _FACTOR.search(statement.text)
    if match is None:
        return
    total, *others = (v.value for v in find_sums(statement.text))
    is_product = isinstance(total, Decimal) and total in [
        int(match["times"]) * v for v in others if isinstance(v, Decimal)
    ]
    if match["said"] != match["times"] or not is_product:
        yield Untruth("number", statement.text, f"“{match['said']}”不是所乘的数")


def check_clause_numbers(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """A clause that our own words name is one that the answer cites."""
    cited = {c.measure_number for c in ground.reply.citations if c.measure_number}
    # A chapter is listed with the numbers of its measures, and cited by its heading.
    if _EXCEPT.search(statement.text) or not any(c.measure_number for c in statement.citations):
        return
    asked = {v.value for v in find_clause_numbers(ground.asked)}
    for value in find_clause_numbers(statement.text):
        if not cited or value.value in cited or value.value in asked or statement.denies(value.start):
            continue
        if statement.kind in ("direct", "correction", "item", "departments"):
            yield Untruth("clause", statement.text, f"所引不是{value.text}")


def check_departments(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """Whom the sentence calls responsible, and in which role, as people noted it of the measures that are cited."""
    is_list = statement.kind == "departments"
    if not is_list and (not _RESPONSIBLE.search(statement.text) or statement.is_gap):
        return
    noted = statement.responsibilities(ground.context)
    if not noted:
        return
    printed = {d for n in noted for d in n.departments}
    for word, names in ground.context.mentions(statement.text):
        at = statement.text.find(word)
        if any(_is_same(word, names, d) for d in printed) or statement.names_only(at):
            continue
        is_asked = any(name in ground.asked for name in (word, *names))
        yield Untruth("department", statement.text, f"“{word}”不负责所引条款", is_list or not is_asked)
        break
    yield from _check_role(statement, ground)


def _is_same(word: str, names: Sequence[str], printed: str) -> bool:
    """A department under its printed name, a longer or shorter form of it, or a name the table holds for it."""
    return printed in names or word in printed or any(printed in name for name in names)


def _check_role(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """The role of the departments that the sentence names, of all under the cited clauses where it names none."""
    noted = statement.responsibilities(ground.context)
    named = [(word, names) for word, names in ground.context.mentions(statement.text)]
    own = [n for n in noted if any(_is_same(w, names, d) for w, names in named for d in n.departments)] or list(noted)
    roles = {n.role for n in own}
    lead, shared = _LEAD.search(statement.text), _SHARED.search(statement.text)
    if lead and "lead" not in roles and not statement.denies(lead.start()):
        yield Untruth("role", statement.text, "所引条款没有牵头部门")
    elif shared and roles <= {"lead", "sole"} and not lead and not any(_SHARED.search(n.quote) for n in own):
        yield Untruth("role", statement.text, "所引条款没有写按职责分工")


def check_negation(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """不予, 不支持 and the like, where the notice says no such thing."""
    if statement.kind not in ("direct", "correction", "item", "table") or statement.is_gap:
        return
    cited = fold(statement.cited_text(ground.context) or ground.text)
    for match in _NEGATED.finditer(statement.text):
        is_verdict = ground.case.verdict == "no" and match.start() < _VERDICT_WITHIN
        if (
            match[0] not in cited
            and match[0] not in ground.asked
            and not is_verdict
            and not _is_quoted(statement, match)
        ):
            yield Untruth("polarity", statement.text, f"原文没有说“{match[0]}”")
            return


def _is_quoted(statement: Statement, match: re.Match[str]) -> bool:
    before = statement.text[: match.start()]
    return before.count("“") > before.count("”")
