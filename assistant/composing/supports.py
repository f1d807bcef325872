"""Answers what is given: sums, conditions, period, way of calculation of one or a few supports."""

import re

from assistant.answer import Missing, PartKind
from assistant.composing.absent import find_absent
from assistant.composing.details import find_detail
from assistant.composing.draft import ClaimKind, DraftPart, Finding, quote_item, quote_part, sentence_source
from assistant.composing.lists import find_list
from assistant.composing.wording import english_sum, join_clauses, state_support, trim, unique_places
from assistant.evidence import Evidence
from assistant.naming.subject import SubjectKind
from assistant.query import Ask, AskReading
from corpus.catalogue import SupportRow
from corpus.language.amounts import Period
from prompts import phrase

_MOST_ROWS = 3
_NOT_THIS_LEVEL = re.compile(r"(?:不是|并非|非|不算)(?:国家|省|部|市|区|县)级")
_LEVEL = re.compile(r"国家级|省级|部级|市级|区级|县级")
# 不同认定层级各给多少: what each step of a scale gets.
_EACH_LEVEL = re.compile(
    r"(?:不同|各个?|每个?|哪个)(?:认定)?(?:的)?(?:层级|等级|级别|档次?|档位|星级|类别)[^，。？]{0,8}(?:各|分别|多少|几)"
    r"|(?:分|有)(?:成|为)?(?:几|哪几)(?:档|级|个档次|个等级|个层级)"
)
_HOW_OFTEN = re.compile(r"常态化|定期|每(?:半年|年|季|月|周|旬|日)|逐年|长期开展")
_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM})


def find_sum(ask: AskReading, evidence: Evidence) -> Finding:
    """The sums of what is asked about; a support without a sum is missing, not zero."""
    rows = evidence.supports_for(ask)
    priced = [r for r in rows if r.support.amount is not None and r.support.amount.unit == "元"][:_MOST_ROWS]
    if priced and _EACH_LEVEL.search(evidence.query.standalone) and len({r.item.start for r in priced}) == 1:
        return _levels_absent(ask, evidence, priced[0])
    if priced and all(_is_of_other_level(row, _words_on(ask, evidence)) for row in priced):
        return _other_level(ask, evidence, priced[0])
    if priced:
        return _stated(ask, evidence, priced)
    if rows:
        return _unpriced(ask, evidence, rows[0])
    return find_absent(ask, evidence)


def find_supports(ask: AskReading, evidence: Evidence) -> Finding:
    """Everything given to what is asked about, priced or not; the whole list where nothing is named."""
    if not ask.subjects and not evidence.query.content:
        return find_list(ask, evidence)
    rows = evidence.supports_for(ask)
    if not any(s.kind in _THINGS for s in ask.subjects) or any(a.unit == "元" for a in evidence.query.amounts):
        return find_list(ask, evidence)
    if not rows:
        return find_detail(ask, evidence)
    return _stated(ask, evidence, list(rows[:_MOST_ROWS]))


def _stated(ask: AskReading, evidence: Evidence, rows: list[SupportRow]) -> Finding:
    directs = [_state_row(row, evidence.language) for row in rows]
    sources = {r.place.provision.id: sentence_source(r.place, r.item) for r in rows if r.place.provision}
    return Finding(
        ask.ask,
        True,
        (*directs, *(quote_part(s) for s in sources.values())),
        unique_places(r.place for r in rows),
    )


def _words_on(ask: AskReading, evidence: Evidence) -> str:
    """The question, or of several asks the clause with its names: 部级 in the next clause is of the next thing."""
    if len(evidence.query.asks) == 1:
        return evidence.query.standalone
    return " ".join((ask.text, *(s.text for s in ask.subjects)))


def _is_of_other_level(row: SupportRow, question: str) -> bool:
    """国家级中试基地 where the item gives to 省级中试基地: the sum is for the printed level only."""
    printed = _read_levels(row.support.beneficiary)
    asked = _read_levels(_NOT_THIS_LEVEL.sub("", question))
    return bool(printed and asked) and not printed & asked


def _other_level(ask: AskReading, evidence: Evidence, row: SupportRow) -> Finding:
    """Says that the sum is printed for another level, and shows the sentence."""
    asked = "、".join(_LEVEL.findall(_NOT_THIS_LEVEL.sub("", evidence.query.standalone)))
    text = phrase("sum_other_level", evidence.language, level=asked)
    missing = Missing(ask.ask, asked, row.place.measure.id if row.place.measure else None)
    parts = (DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT), quote_part(sentence_source(row.place, row.item)))
    return Finding(ask.ask, False, parts, unique_places([row.place]), missing)


def _levels_absent(ask: AskReading, evidence: Evidence, row: SupportRow) -> Finding:
    """Says that one limit is printed, and not what each level gets."""
    subject = ask.subjects[0].text if ask.subjects else row.support.form
    text = phrase("levels_not_printed", evidence.language, subject=subject)
    missing = Missing(ask.ask, subject, row.place.measure.id if row.place.measure else None)
    parts = (DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT), quote_part(sentence_source(row.place, row.item)))
    return Finding(ask.ask, False, parts, unique_places([row.place]), missing)


def _read_levels(text: str) -> set[str]:
    # What a ministry recognises is of national level.
    return {level.replace("部级", "国家级") for level in _LEVEL.findall(text)}


def _state_row(row: SupportRow, language: str) -> DraftPart:
    clause = state_support(row)
    text = f"{clause}。"
    if language == "en" and row.support.amount:
        text = phrase("clause_stated", "en", clause=trim(row.item.text), english_sum=english_sum(row.support.amount))
    return DraftPart(PartKind.DIRECT, text, (sentence_source(row.place, row.item),))


def _unpriced(ask: AskReading, evidence: Evidence, row: SupportRow) -> Finding:
    subject = ask.subjects[0].text if ask.subjects else row.support.form
    text = phrase("sum_not_printed", evidence.language, subject=subject)
    missing = Missing(ask.ask, subject, row.place.measure.id if row.place.measure else None)
    source = sentence_source(row.place, row.item)
    return Finding(
        ask.ask,
        False,
        (DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT), quote_item(source, row.item)),
        unique_places([row.place]),
        missing,
    )


def find_condition(ask: AskReading, evidence: Evidence) -> Finding:
    """The item that gives something, as printed: it names for whom and under which condition."""
    rows = evidence.supports_for(ask)
    items = evidence.items_for(ask)
    if not rows and not items:
        return find_absent(ask, evidence)
    chosen = [(r.place, r.item) for r in rows[:_MOST_ROWS]] or [(items[0].place, items[0].item)]
    unique = list({(place.notice.id, item.start): (place, item) for place, item in chosen}.values())
    clauses = join_clauses([trim(item.text) for _, item in unique], evidence.language)
    sources = [sentence_source(place, item) for place, item in unique]
    direct = DraftPart(PartKind.DIRECT, phrase("condition", evidence.language, clause=clauses), tuple(sources))
    note = DraftPart(PartKind.NOTE, phrase("condition_note", evidence.language))
    quotes = {s.phrase.start: quote_part(s) for s in sources if trim(s.phrase.text) not in clauses}
    return Finding(ask.ask, True, (direct, *quotes.values(), note), unique_places(p for p, _ in unique))


def find_period(ask: AskReading, evidence: Evidence) -> Finding:
    """Once or yearly, where the item prints it."""
    rows = [r for r in evidence.supports_for(ask) if r.support.amount and r.support.amount.period]
    if not rows:
        items = evidence.items_for(ask)
        says_how_often = bool(items) and _HOW_OFTEN.search(items[0].item.text)
        return find_detail(ask, evidence) if says_how_often else find_absent(ask, evidence)
    row = rows[0]
    period = row.support.amount.period if row.support.amount else None
    words = {
        ("zh", Period.ONCE): "是一次性的",
        ("zh", Period.YEARLY): "按年度计",
        ("en", Period.ONCE): "It is a one-off payment",
        ("en", Period.YEARLY): "It is counted per year",
    }[(evidence.language, period or Period.ONCE)]
    text = f"{words}：{state_support(row)}。" if evidence.language == "zh" else f"{words}: “{state_support(row)}”."
    source = sentence_source(row.place, row.item)
    direct = DraftPart(PartKind.DIRECT, text, (source,))
    return Finding(ask.ask, True, (direct, quote_part(source)), unique_places([row.place]))


def find_basis_of_sum(ask: AskReading, evidence: Evidence) -> Finding:
    """The printed yardstick of a sum (按年度研发投入额, 依据认定层级, 按绩效评价)."""
    rows = [r for r in evidence.supports_for(ask) if any(q.startswith(("按", "依据")) for q in r.support.qualifiers)]
    if not rows:
        return find_absent(ask, evidence) if not evidence.supports_for(ask) else find_condition(ask, evidence)
    return find_condition(AskReading(Ask.CONDITION, ask.text, ask.margin, ask.subjects), evidence)
