"""Decides which list a question means, from its ask, its subjects and the noun it counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence.attributes import is_denied
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import terms_of
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import Operation
from corpus.language.numerals import read_number

_LONGEST_JOINT = 4
_DEPARTMENTS = re.compile(r"部门|单位|厅局|机关|departments?|agenc", re.IGNORECASE)
_CHAPTERS = re.compile(
    r"(?<!盖)(?:几|哪些|多少)(?:个)?(?:大)?(?:部分|章|板块|方面)|分(?:成|为)?几|chapters?|parts?\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"多少万|钱|补贴|补助|奖补|奖励|资金|金额|笔|给钱|万元|subsid|money|grant|amounts?|support", re.IGNORECASE
)
_LEAST = re.compile(r"最[低少小末]|垫底|lowest|least|smallest|fewest", re.IGNORECASE)
_MOST = re.compile(r"最[高多低少大小]|most|highest|lowest|least", re.IGNORECASE)
_HOUSES = re.compile("(?:多少|几)家")
_COUNTS_MEASURES = re.compile(r"(?:几|多少)(?:条|个措施|项措施)|措施.{0,4}(?:几|多少)", re.IGNORECASE)
_PRICED = re.compile(r"金额|钱|数额|万", re.IGNORECASE)
_MEASURES = re.compile(r"条|措施|measures?|articles?|clauses?", re.IGNORECASE)
_ONE_BODY = re.compile(
    r"(?:只有|只由|仅由?|单独由?)一?(?:个|家)?(?:部门|单位)|(?:部门|单位).{0,4}(?:只有|仅有|就)一?(?:个|家)"
    r"|only one department|single department",
    re.IGNORECASE,
)
_LEADS = re.compile(r"牵头|\blead", re.IGNORECASE)
_SHARES = re.compile(r"分工|shared", re.IGNORECASE)
_ANY_OF = re.compile(r"或者?|任一|\bor\b", re.IGNORECASE)
_BRANDS = re.compile(r"品牌|牌子|brand", re.IGNORECASE)
_LARGEST_CHAPTER = re.compile(r"(?:哪(?:一|个)?|第几)个?(?:章|部分)|which (?:chapter|part)", re.IGNORECASE)
_BUSIEST = re.compile(
    r"(?:参与|涉及|负责|承担|列入|管).{0,8}(?:最多|最少)的?(?:是)?(?:哪|部门|单位)|(?:哪个|哪家|哪一?个|什么)(?:部门|单位|厅局|厅|局|委).{0,12}(?:最多|最少)|(?:最多|最少)的?(?:是|为)?(?:哪|什么).{0,3}(?:部门|单位|厅|局|委)|which department .*(?:most|fewest|least)",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"第(?P<n>[二三四五2345])(?!部分|章|条|项|大?[部方板])(?:高|低|多|少|大|小)?|其次|次于|次高|second", re.IGNORECASE
)
_NO_SUM = re.compile(
    r"(?:没有?|未|不)(?:有)?(?:写|印|写明|标|给出|说|明确)?(?:明|出)?(?:具体|多少)?(?:的)?(?:金额|数额|钱数?|数字|数目)|(?:金额|钱数|数额).{0,4}(?:没写|没有写|未写|不明|空)"
    r"|without (?:an? )?(?:amount|sum|figure)",
    re.IGNORECASE,
)
_ONCE = re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE)
_YEARLY = re.compile(r"按年|每年|年度|yearly|annual|per year", re.IGNORECASE)
_NOT_MENTIONED = re.compile(
    r"(?<!有)(?:没有?|未|不)(?:提|写|出现|涉|含|包[含括]|讲|说)|not mention|n't mention|without", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Selection:
    """A table of the catalogue with its keys, and how the list is called."""

    table: str
    keys: tuple[str, ...]
    chinese: str
    english: str
    unit: str = "条"
    by_departments: bool = False
    is_unknown_department: bool = False


def choose_list(inquiry: Inquiry) -> Selection:
    """The narrowest list that fits."""
    text = inquiry.text
    if _lists(inquiry, "name") or (_counts(inquiry) and _counts_brands(inquiry)):
        return Selection("brands", (), "通知点名的品牌", "Brands named in the notice", "个")
    if inquiry.clause.want.operation is Operation.RANK:
        return _extreme(inquiry)
    own = tuple(s for s in inquiry.names if s.kind is SubjectKind.DEPARTMENT)
    departments = own if inquiry.names else inquiry.of_kind(SubjectKind.DEPARTMENT)
    if departments and not _counts_departments(inquiry):
        return _of_departments(_bodies_meant(departments, inquiry), inquiry)
    if _lists(inquiry, "department") or _counts_departments(inquiry):
        return _departments(inquiry)
    if _is_of_chapters(inquiry):
        return _chapters(inquiry)
    if _counts(inquiry) and _COUNTS_MEASURES.search(text) and _PRICED.search(text) and not inquiry.amounts:
        return Selection("measures_priced", (), "印出金额的措施", "Measures with a printed sum")
    if _lists(inquiry, "sum", "payment") or (_MONEY.search(text) and not _mentions(inquiry)):
        return _supports(inquiry, text)
    return _measures(inquiry, text)


def _lists(inquiry: Inquiry, *values: str) -> bool:
    return inquiry.clause.want.operation is Operation.LIST and inquiry.value in values


def _counts(inquiry: Inquiry) -> bool:
    return inquiry.clause.want.operation is Operation.COUNT


def _is_of_chapters(inquiry: Inquiry) -> bool:
    """几大部分, where no department or thing is named."""
    return _CHAPTERS.search(inquiry.clause.text) is not None and not inquiry.names


def _counts_brands(inquiry: Inquiry) -> bool:
    """一共几个？ after 牌子, where the clause itself counts nothing else."""
    counts_other = any(p.search(inquiry.clause.text) for p in (_DEPARTMENTS, _MEASURES, _CHAPTERS))
    return not counts_other and bool(_BRANDS.search(inquiry.text))


def _bodies_meant(departments: Sequence[Subject], inquiry: Inquiry) -> tuple[str, ...]:
    """Without those of no measure that the question only mentions in passing: 我是县农业局的，省农业农村厅管哪几条."""
    known = inquiry.corpus.catalogue.departments
    text = inquiry.text
    names = tuple(dict.fromkeys(d.targets[0] for d in departments))
    gaps = [text[a.end : b.start] for a, b in pairwise(departments)]
    if any(len(g) <= _LONGEST_JOINT for g in gaps):
        return names
    return tuple(n for n in names if n in known) or names


def _counts_departments(inquiry: Inquiry) -> bool:
    return (
        _counts(inquiry)
        and bool(
            _DEPARTMENTS.search(inquiry.clause.text)
            or (_HOUSES.search(inquiry.clause.text) and _DEPARTMENTS.search(inquiry.text))
        )
        and not re.search(
            r"(?:几|多少)(?:条|项|个措施)|how many (?:of the )?(?:measures|articles|clauses)",
            inquiry.text,
            re.IGNORECASE,
        )
    )


def _mentions(inquiry: Inquiry) -> bool:
    return bool(terms_of(inquiry.names)) and bool(
        re.search(r"提到|涉及|提及|讲到|说到|包含|出现|mention", inquiry.clause.text)
    )


def _extreme(inquiry: Inquiry) -> Selection:
    """The most or least of what is counted: sums by default, departments or measures where those are named."""
    # 钱给得最多的那条，是哪些部门在管: of what is most tells the clause that says so.
    text, is_most = (
        inquiry.clause.text if _MOST.search(inquiry.clause.text) else inquiry.text,
        not _LEAST.search(inquiry.text),
    )
    if _BUSIEST.search(text):
        name = "列入条数最多的部门" if is_most else "列入条数最少的部门"
        english = f"Department in the {'most' if is_most else 'fewest'} measures"
        return Selection("departments_most" if is_most else "departments_least", (), name, english, "个", True)
    if _LARGEST_CHAPTER.search(text):
        table = "chapters_most" if is_most else "chapters_least"
        english = "Largest chapter" if is_most else "Smallest chapter"
        return Selection(table, (), f"措施最{'多' if is_most else '少'}的部分", english, "个部分")
    if _DEPARTMENTS.search(text) and _MEASURES.search(text):
        name = "责任部门最多的措施" if is_most else "责任部门最少的措施"
        english = f"Measure with the {'most' if is_most else 'fewest'} departments"
        table = "measures_most_departments" if is_most else "measures_fewest_departments"
        return Selection(table, (), name, english, by_departments=True)
    among = _measures_among(inquiry)
    rank = _RANK.search(text)
    place = int(read_number(rank["n"]) or 1) if rank and rank["n"] else 2 if rank else 1
    if not is_most:
        place = -place
    ordinal = f"第{abs(place)}" if abs(place) > 1 else "最"
    name = f"印出的金额中{ordinal}{'高' if is_most else '低'}的"
    return Selection("supports_ranked", (str(place), *among), name, f"Rank {abs(place)} by printed sum", "项")


def _measures_among(inquiry: Inquiry) -> tuple[str, ...]:
    """The measures that the ask is confined to; none where it speaks of the whole notice."""
    keys = [t for s in inquiry.names if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for t in s.targets]
    chapters = [t for s in inquiry.of_kind(SubjectKind.CHAPTER) for t in s.targets]
    places = inquiry.corpus.catalogue.measures
    return (*keys, *(p.measure_key for p in places if p.chapter and p.chapter.id in chapters))


def _of_departments(names: tuple[str, ...], inquiry: Inquiry) -> Selection:
    """The measures of the departments, within the chapter where one is named."""
    text = inquiry.text
    known = inquiry.corpus.catalogue.departments
    both, any_of = "和".join(names), "或".join(names)
    english = " and ".join(inquiry.corpus.departments.english_name(n) for n in names)
    chapters = inquiry.of_kind(SubjectKind.CHAPTER)
    keys = (*names, *(t for s in chapters for t in s.targets))
    where = "这一部分中，" if chapters else ""
    if _LEADS.search(text):
        return Selection("measures_led", keys, f"{where}由{both}牵头负责的", f"Led by {english}", by_departments=True)
    if is_denied(inquiry.text):
        name = f"{where}责任部门中没有{both}的"
        return Selection("measures_without", keys, name, f"Without {english}", by_departments=True)
    if len(names) > 1 and _ANY_OF.search(text):
        name = f"{where}责任部门中有{any_of}的"
        return Selection("measures_of_any", keys, name, f"With any of {english}", by_departments=True)
    return Selection(
        "measures_of",
        keys,
        f"{where}责任部门中{'同时' if len(names) > 1 else ''}有{both}的",
        f"Measures of {english}",
        by_departments=True,
        is_unknown_department=any(n not in known for n in names),
    )


def _departments(inquiry: Inquiry) -> Selection:
    keys = tuple(t for s in inquiry.names if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for t in s.targets)
    if not keys and terms_of(inquiry.names) and (place := inquiry.best_measure) is not None:
        keys = (place.measure_key,)
    if keys:
        return Selection(
            "departments_of", keys, "这一条的责任部门", "Responsible departments of this measure", "个", True
        )
    if _LEADS.search(inquiry.clause.text):
        return Selection("departments_leading", (), "牵头负责的部门", "Departments in the lead", "个", True)
    return Selection("departments", (), "全文的责任部门", "Responsible departments in the notice", "个", True)


def _chapters(inquiry: Inquiry) -> Selection:
    ids = tuple(t for s in inquiry.names if s.kind is SubjectKind.CHAPTER for t in s.targets)
    if ids:
        return Selection("measures_in_chapter", ids, "这一部分的措施", "Measures of this chapter")
    return Selection("chapters", (), "通知正文", "Chapters of the notice", "个部分")


def _supports(inquiry: Inquiry, text: str) -> Selection:
    inside = tuple(t for s in inquiry.names if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for t in s.targets)
    if inside:
        return Selection(
            "supports_in", inside, "这一条印出金额的支持", "Supports with a printed sum in this measure", "项"
        )
    sums = tuple(str(a.value) for a in inquiry.amounts if a.unit == "元")
    if sums:
        return Selection("supports_of_sum", sums, "金额相符的支持", "Supports of that sum", "项")
    if _NO_SUM.search(text):
        return Selection("supports_unpriced", (), "没有印出金额的支持", "Supports without a printed sum", "项")
    if _ONCE.search(text) != _YEARLY.search(text) and (_ONCE.search(text) or _YEARLY.search(text)):
        period = "once" if _ONCE.search(text) else "yearly"
        name = "写明一次性的支持" if period == "once" else "写明按年度的支持"
        return Selection("supports_period", (period,), name, f"Supports paid {period}", "项")
    return Selection("supports_priced", (), "印出金额的支持", "Supports with a printed sum", "项")


def _measures(inquiry: Inquiry, text: str) -> Selection:
    if _ONE_BODY.search(text):
        return Selection("measures_of_one", (), "只有一个责任部门的", "With a single department", by_departments=True)
    if _LEADS.search(text):
        return Selection(
            "measures_led", (), "由一个部门牵头负责的", "Measures with a leading department", by_departments=True
        )
    if _SHARES.search(text):
        return Selection(
            "measures_shared", (), "按职责分工负责的", "Measures with shared responsibility", by_departments=True
        )
    chapters = tuple(t for s in inquiry.names if s.kind is SubjectKind.CHAPTER for t in s.targets)
    if chapters:
        return Selection("measures_in_chapter", chapters, "这一部分的措施", "Measures of this chapter")
    terms = tuple(dict.fromkeys(s.text for s in inquiry.names if s.kind in {SubjectKind.TERM, SubjectKind.MEASURE}))
    if terms:
        names = "”“".join(terms)
        if _NOT_MENTIONED.search(text):
            return Selection(
                "measures_without_term", terms, f"没有提到“{names}”的", f"Measures that do not mention “{names}”"
            )
        return Selection("measures_with", terms, f"提到“{names}”的", f"Measures that mention “{names}”")
    return Selection("measures", (), "全文", "Measures of the notice")
