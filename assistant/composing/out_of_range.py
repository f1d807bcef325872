"""Answers about numbers of measures, chapters, years and places: one that the notices do not have, and how many they have."""

import re

from assistant.answer import Count, PartKind
from assistant.composing.details import state_items
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Recount
from assistant.composing.wording import name_label
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.listing.selection import Rows, Selection, select
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Place
from corpus.language.numerals import NUMERAL, read_number
from prompts import phrase

_COUNT_CLAIM = re.compile(
    rf"(?P<n>{NUMERAL})\s*(?:个|项|条)?\s*(?P<what>条措施|项措施|条|项|措施|大?部分|章|责任部门|部门|单位)(?!标志|产业)"
    r"|(?P<en>\d+)\s+(?P<en_what>measures|articles|clauses|chapters|parts|departments)"
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,6}[县市州旗]")
_EDITION = re.compile(r"(?:19|20)\d{2}年度")
_YEAR_ASKED = re.compile(
    r"(?:^|[，。；？?！!]|那么?|请问|到|在)\s*(?P<year>(?:19|20)\d{2}年)度?(?!\d|以?[前后]|[^，。？]{0,6}了)"
)
_TOTAL_WORDS = re.compile(r"共|总|全文|全部|一共|整个|分成|分为|有|包含|contain|has|have|total|consist", re.IGNORECASE)
_TABLES = {"部分": "chapters", "章": "chapters", "chapters": "chapters", "parts": "chapters"}


def unknown_number(inquiry: Inquiry) -> Subject | None:
    """A measure or chapter number that stands for nothing."""
    numbered = (s for s in inquiry.names if s.kind in {SubjectKind.NUMBER, SubjectKind.CHAPTER})
    return next((s for s in numbered if s.number is not None and not s.targets), None)


def unknown_edition(inquiry: Inquiry) -> str:
    """2026年度, where notices of a yearly series are asked and none of them speaks of that year; "" else."""
    best = inquiry.items[0].place.notice if inquiry.items else None
    if best is None or not _EDITION.search(best.title):
        return ""
    text = inquiry.clause.text
    asked = [*(m.group() for m in _EDITION.finditer(text)), *(m["year"] for m in _YEAR_ASKED.finditer(text))]
    return next((y for y in asked if not any(y in text for text in inquiry.corpus.texts.values())), "")


def names_other_county(inquiry: Inquiry) -> bool:
    """临川县, which no notice prints, beside no place or document of ours; who may apply is asked of people from elsewhere."""
    if inquiry.value == "recipient" or inquiry.of_kind(SubjectKind.DOCUMENT, SubjectKind.PLACE, SubjectKind.DEPARTMENT):
        return False
    cutter, texts = inquiry.corpus.cutter, inquiry.corpus.texts.values()
    # 连锁超市 ends in a word of its own.
    places = [w for w in inquiry.content if _COUNTY.fullmatch(w) and cutter.knows(w) and not cutter.knows(w[-2:])]
    return any(not any(w in text for text in texts) for w in places)


def find_out_of_range(inquiry: Inquiry, subject: Subject) -> Finding:
    """A sentence that bears the number itself (12.试行…), else how many there are instead."""
    numbered = _sentence_numbered(subject, inquiry)
    if numbered and numbered.provision and numbered.provision.items:
        return state_items(inquiry, [ItemMatch(numbered, numbered.provision.items[0], 0.0)])
    selection = Selection(Rows.CHAPTERS if subject.kind is SubjectKind.CHAPTER else Rows.MEASURES)
    members = select(selection, inquiry.corpus.catalogue).keys
    measures = [p.measure for p in inquiry.corpus.catalogue.measures if p.measure]
    key = "chapter_out_of_range" if selection.rows is Rows.CHAPTERS else "out_of_range"
    text = phrase(
        key,
        inquiry.language,
        wanted=subject.number,
        total=len(members),
        first=name_label(measures[0]),
        last=name_label(measures[-1]),
    )
    recount = Recount(selection, members)
    part = DraftPart(PartKind.CORRECTION, text, (), ClaimKind.COUNTED, recount=recount)
    return Finding(inquiry.clause.want, True, (part,), count=Count(len(members), None), shows_departments=False)


def _sentence_numbered(subject: Subject, inquiry: Inquiry) -> Place | None:
    if subject.kind is not SubjectKind.NUMBER:
        return None
    opening = re.compile(rf"[（(]?{subject.number}[）)]?\s*[.．、]\s*\D")
    places = (p for p in inquiry.corpus.catalogue.provisions if p.provision and p.measure)
    return next((p for p in places if p.provision and opening.match(p.provision.text)), None)


def check_count(inquiry: Inquiry) -> Finding | None:
    """Counts of the whole document that a clause claims (全文十五条); None where it claims none."""
    text = inquiry.text
    if inquiry.of_kind(SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER, SubjectKind.DEPARTMENT):
        return None
    claims: dict[str, DraftPart] = {}
    found = [m for m in _COUNT_CLAIM.finditer(text) if m["n"] not in {"一", "1"}]
    for match in found:
        before = text[: match.start()]
        value = read_number(match["n"] or match["en"])
        # 五个部分十五条: two counts side by side are of the whole.
        is_of_all = len(found) > 1 or _TOTAL_WORDS.search(before + text[match.end() :])
        if value is None or before.endswith(("第", "哪", "那", "这", "每")) or not is_of_all:
            continue
        table = _table_of(match["what"] or match["en_what"])
        claims.setdefault(table, _count_part(table, int(value), inquiry))
    if not claims:
        return None
    parts = tuple(claims.values())
    count = Count(len(parts[0].recount.keys), None) if parts[0].recount else None
    return Finding(inquiry.clause.want, True, parts, count=count, shows_departments=False)


def _table_of(what: str) -> str:
    key = next((k for k in _TABLES if k in what), "")
    return _TABLES.get(key, "departments" if re.search("部门|单位|department", what) else "measures")


def _count_part(table: str, claimed: int, inquiry: Inquiry) -> DraftPart:
    selection = Selection(Rows(table))
    members = select(selection, inquiry.corpus.catalogue).keys
    is_right = len(members) == claimed
    key = f"{'right' if is_right else 'wrong'}_number_of_{table}"
    text = phrase(key, inquiry.language, claimed=claimed, count=len(members))
    kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
    return DraftPart(kind, text, (), ClaimKind.COUNTED, recount=Recount(selection, members))
