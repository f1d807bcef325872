"""Compares what a question claims (a sum, fixed, yearly, a department, a count) with what the text prints."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Count, PartKind
from assistant.composing.draft import (
    ClaimKind,
    DraftPart,
    Finding,
    Recount,
    quote_part,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.recount import priced_supports, recompute
from assistant.composing.supports import find_period
from assistant.composing.wording import english_sum, join_names, name_measure, state_support, trim, unique_places
from assistant.evidence import Evidence
from assistant.naming.subject import SubjectKind
from assistant.query import Ask, AskReading
from corpus.catalogue import Place, SupportRow
from corpus.language.amounts import Amount, Bound, Period
from corpus.language.numerals import NUMERAL, read_number
from corpus.notice import Role
from prompts import phrase

_COUNT_CLAIM = re.compile(
    rf"(?P<n>{NUMERAL})\s*(?:个|项|条)?\s*(?P<what>条措施|项措施|条|项|措施|大?部分|章|责任部门|部门|单位)(?!标志|产业)"
    r"|(?P<en>\d+)\s+(?P<en_what>measures|articles|clauses|chapters|parts|departments)"
)
_ELSEWHERE = re.compile(r"国家|中央|上级|联合")
_OF_THE_DOCUMENT = re.compile(r"(?:文件|通知|政策)(?:是|就|才|里|得)?$")
_TOTAL_WORDS = re.compile(r"共|总|全文|全部|一共|整个|分成|分为|有|包含|contain|has|have|total|consist", re.IGNORECASE)
_FIXED = re.compile(
    r"固定|定额|一律|统一给|保底|肯定(?:能)?给|必(?:须|定|然)给|不管.{0,8}都|直接给|guaranteed|fixed|flat|exactly|always",
    re.IGNORECASE,
)
# With a sum: 每家都给200万, 参赛就奖50万.
_WITHOUT_FAIL = re.compile(r"都(?:能|会|可以)?(?:给|拿|奖|补|有|领)|就(?:能|会|可以)?(?:给|拿|奖|补|领)")
_BENEFICIARIES = re.compile(
    r"企业|高校|大学|院所|机构|个人|园区|医院|政府|协会|(?:国家|[省市县区部])级|省[内外]|[境海]外|外资|民营"
)
_RECOGNISES = re.compile(r"认定|评定|认可|评审")
_ONCE = re.compile(r"一次性|只给一次|one-?(?:off|time)", re.IGNORECASE)
_YEARLY = re.compile(r"每年|年年|按年|逐年|一年给?一次|every year|yearly|annual|per year", re.IGNORECASE)
_RESPONSIBLE = re.compile(r"负责|牵头|管|归|责任|部门|参与|有份|主管|配合|responsib|lead|in charge", re.IGNORECASE)
_LEAD = re.compile(r"牵头|\blead", re.IGNORECASE)
_NAMES = re.compile("[◇◎№]")
_TABLES = {"部分": "chapters", "章": "chapters", "chapters": "chapters", "parts": "chapters"}

_CLAIMED_UNITS = frozenset({"元", "%"})


def check_premises(ask: AskReading, evidence: Evidence) -> Finding | None:
    """A correction or a confirmation with the clause; None where the question claims nothing that can be checked."""
    if ask.ask in {Ask.TOTAL, Ask.COMPARE} or (not evidence.query.is_yes_no and not evidence.query.amounts):
        return None
    return _check_count(ask, evidence) or _check_departments(ask, evidence) or _check_support(ask, evidence)


def _check_count(ask: AskReading, evidence: Evidence) -> Finding | None:
    text = evidence.query.standalone
    is_of_something = any(s.kind is not SubjectKind.DOCUMENT for s in ask.subjects) and _NAMES.search(ask.text)
    if not evidence.query.is_yes_no or is_of_something:
        return None
    claims: dict[str, DraftPart] = {}
    found = [m for m in _COUNT_CLAIM.finditer(text) if m["n"] not in {"一", "1"}]
    for match in found:
        before = text[: match.start()]
        value = read_number(match["n"] or match["en"])
        # 五个部分十五条: two counts side by side are of the whole.
        is_of_all = len(found) > 1 or _OF_THE_DOCUMENT.search(before)
        is_of_all = is_of_all or _TOTAL_WORDS.search(before + text[match.end() :])
        if value is None or before.endswith(("第", "哪", "那", "这", "每")) or not is_of_all or _ELSEWHERE.search(text):
            continue
        table = _table_of(match["what"] or match["en_what"])
        claims.setdefault(table, _count_part(table, int(value), evidence))
    if not claims:
        return None
    parts = tuple(claims.values())
    count = Count(len(parts[0].recount.places), None) if parts[0].recount else None
    return Finding(ask.ask, True, parts, count=count, shows_departments=False)


def _table_of(what: str) -> str:
    key = next((k for k in _TABLES if k in what), "")
    return _TABLES.get(key, "departments" if re.search("部门|单位|department", what) else "measures")


def _count_part(table: str, claimed: int, evidence: Evidence) -> DraftPart:
    members = recompute(table, (), evidence.corpus)
    is_right = len(members) == claimed
    unit = {"chapters": "个部分", "departments": "个责任部门", "measures": "条"}[table]
    text = f"{'是的' if is_right else f'不是{claimed}{unit}'}，全文共{len(members)}{unit}。"
    if evidence.language == "en":
        text = f"{'Yes' if is_right else 'No'}: the notice has {len(members)} {table}."
    kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
    return DraftPart(kind, text, (), ClaimKind.COUNTED, recount=Recount(table, (), members))


def _check_departments(ask: AskReading, evidence: Evidence) -> Finding | None:
    """A department claimed for a measure, or a role."""
    departments = evidence.query.of_kind(SubjectKind.DEPARTMENT)
    things = [s for s in ask.subjects if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM}]
    if not departments or not things or not evidence.query.is_yes_no:
        return None
    if not _RESPONSIBLE.search(evidence.query.standalone):
        return None
    if ask.ask not in {Ask.DEPARTMENT, Ask.ROLE, Ask.DETAIL, Ask.CONDITION, Ask.MEASURES, Ask.STATEMENT, Ask.COUNT}:
        return None
    place = evidence.best_measure(ask)
    if place is None or place.measure is None or not place.responsibilities:
        return None
    names = [n for d in departments for n in d.targets[:1]]
    wants_lead = bool(_LEAD.search(evidence.query.standalone))
    is_right = all(_holds(place, name, wants_lead) for name in names)
    return _department_finding(ask, evidence, place, is_right)


def _holds(place: Place, name: str, wants_lead: bool) -> bool:
    responsibilities = place.responsibilities
    return any(name in r.departments and (not wants_lead or r.role is Role.LEAD) for r in responsibilities)


def _department_finding(ask: AskReading, evidence: Evidence, place: Place, is_right: bool) -> Finding:
    language = evidence.language
    responsibilities = place.responsibilities
    sources = responsibility_sources(place)
    parts: list[DraftPart] = []
    for responsibility in responsibilities:
        key = "department_lead" if responsibility.role is Role.LEAD else "department_shared"
        names = join_names(responsibility.departments, language, evidence.corpus.departments)
        text = phrase(key, language, measure=name_measure(place, language), departments=names)
        opening = ("是的，" if is_right else "不是，") if language == "zh" else ("Yes: " if is_right else "No: ")
        kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
        parts.append(DraftPart(kind, (opening if not parts else "") + text, sources))
    return Finding(ask.ask, True, tuple(parts), unique_places([place]))


def _check_support(ask: AskReading, evidence: Evidence) -> Finding | None:
    """A claimed sum, fixedness or period against the supports of what is asked about."""
    text = evidence.query.standalone
    claimed = [a for a in evidence.query.amounts if a.unit == "元"]
    claims_period = bool(_ONCE.search(text)) != bool(_YEARLY.search(text))
    if not evidence.query.is_yes_no or not (claimed or _FIXED.search(text) or claims_period):
        return None
    if not claimed and ask.ask not in {
        Ask.SUM,
        Ask.DETAIL,
        Ask.PERIOD,
        Ask.CONDITION,
        Ask.STATEMENT,
        Ask.SUPPORTS,
        Ask.BASIS_OF_SUM,
        Ask.HIGHEST,
    }:
        return None
    rows = [r for r in evidence.supports_for(ask) if r.support.amount and r.support.amount.unit in _CLAIMED_UNITS]
    if not rows:
        return _no_sum(ask, evidence, claimed)
    row = next((r for r in rows if _matches(r, claimed)), rows[0])
    wrong = _contradiction(row, claimed, text) or _wrong_body(row, evidence)
    if wrong is None and not claimed and ask.ask is Ask.SUM:
        return None
    if wrong is None and claims_period and row.support.amount and row.support.amount.period is None:
        # 三百万是一年给一次吗: the sum is right, how often it is given is printed nowhere.
        return find_period(replace(ask, ask=Ask.PERIOD), evidence)
    return _support_finding(ask, evidence, row, wrong)


def _matches(row: SupportRow, claimed: Sequence[Amount]) -> bool:
    return row.support.amount is not None and any(row.support.amount.equals(c) for c in claimed)


def _contradiction(row: SupportRow, claimed: Sequence[Amount], text: str) -> str | None:
    """What the question has wrong, in a few words; None where it holds."""
    amount = row.support.amount
    if amount is None:
        return None
    if claimed and not _matches(row, claimed):
        return claimed[0].text
    is_fixed = _FIXED.search(text) or (claimed and _WITHOUT_FAIL.search(text))
    if is_fixed and amount.bound is Bound.AT_MOST:
        return "固定金额"
    if _ONCE.search(text) and not _YEARLY.search(text) and amount.period is Period.YEARLY:
        return "一次性"
    if _YEARLY.search(text) and not _ONCE.search(text) and amount.period is Period.ONCE:
        return "每年"
    return None


def _wrong_body(row: SupportRow, evidence: Evidence) -> str | None:
    """A body named as recognising or paying, where the item prints another one."""
    printed = {d.name for m in evidence.corpus.departments.find(row.item.text) for d in m.candidates}
    named = evidence.query.of_kind(SubjectKind.DEPARTMENT)
    wrong = next((s for s in named if printed and not printed & set(s.targets)), None)
    return wrong.text if wrong else None


def _says_more(row: SupportRow, evidence: Evidence) -> bool:
    """Who, on what condition or by whom, in words that the clause does not print: then the sum alone is no yes."""
    query, printed = evidence.query, row.item.text.casefold()
    bodies = (m.group() for m in _BENEFICIARIES.finditer(query.standalone))
    words = (w for w in query.content if not any(c.isdigit() for c in w))
    pays = bool(query.of_kind(SubjectKind.DEPARTMENT)) and not _RECOGNISES.search(query.standalone)
    return pays or any(w not in printed for w in (*bodies, *words))


def _support_finding(ask: AskReading, evidence: Evidence, row: SupportRow, wrong: str | None) -> Finding:
    clause, source = state_support(row), sentence_source(row.place, row.item)
    if evidence.language == "en" and row.support.amount:
        opening = "No" if wrong else "The notice says" if _says_more(row, evidence) else "Yes"
        text = f"{opening}: “{trim(row.item.text)}”, that is {english_sum(row.support.amount)}."
    else:
        opening = f"不是{wrong}：" if wrong else "通知写明的是：" if _says_more(row, evidence) else "是的，"
        text = f"{opening}{clause}。"
    kind = PartKind.DIRECT if wrong is None else PartKind.CORRECTION
    denied = (evidence.query.standalone,)
    claim = DraftPart(kind, text, (source,), ClaimKind.DENIED if wrong else ClaimKind.STATED, denied)
    other = _row_of(evidence.query.amounts, evidence) if wrong else None
    if other is None or other.item is row.item or evidence.language == "en":
        return Finding(ask.ask, True, (claim, quote_part(source)), unique_places([row.place]))
    elsewhere = sentence_source(other.place, other.item)
    told = DraftPart(PartKind.DIRECT, f"{state_support(other)}。", (elsewhere,))
    quotes = {s.phrase.start: quote_part(s) for s in (source, elsewhere)}
    return Finding(ask.ask, True, (claim, told, *quotes.values()), unique_places([row.place, other.place]))


def _row_of(claimed: Sequence[Amount], evidence: Evidence) -> SupportRow | None:
    """The one support that has the claimed sum: most wrong sums are those of a neighbour."""
    rows = [r for r in priced_supports(evidence.corpus.catalogue) if _matches(r, claimed)]
    return rows[0] if len(rows) == 1 else None


def _no_sum(ask: AskReading, evidence: Evidence, claimed: Sequence[Amount]) -> Finding | None:
    """A sum claimed for something that is printed without one."""
    rows = evidence.supports_for(ask)
    if not rows or not claimed:
        return None
    row = rows[0]
    source = sentence_source(row.place, row.item)
    text = f"通知没有写明这个金额，只写明：{state_support(row)}。"
    if evidence.language == "en":
        text = f"The notice prints no such amount; it only says: “{trim(row.item.text)}”."
    part = DraftPart(PartKind.CORRECTION, text, (source,))
    return Finding(ask.ask, True, (part,), unique_places([row.place]))
