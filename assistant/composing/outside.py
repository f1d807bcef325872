"""What is said where the notices do not speak of it: another field, a word that none prints, another place or edition,
a number that no measure has."""

import re
from collections.abc import Sequence

from assistant.answer import Count, Missing, PartKind
from assistant.composing.absent import is_surely_wanted
from assistant.composing.details import state_items
from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding, Recount
from assistant.composing.fixed import fixed_finding
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.wording import name_label, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, is_place_name, terms_of
from assistant.evidence.printed import printed_itself
from assistant.evidence.whether import asks_mention
from assistant.listing.selection import Rows, Selection, select
from assistant.listing.whole import tell_given
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import TEXT, Act, Operation
from assistant.understanding.stack import WHOLE_DOCUMENT
from corpus.catalogue import Place
from corpus.language.numerals import NUMERAL, read_number
from prompts import phrase

_FULL_NAME = 4
_TELLING = 2
_GIVEN = frozenset({"sum", "recipient"})

_OF_NOTICE = frozenset({"contact", "address", "route", "materials", "date", "fee", "penalty", "appeal", "result"})
"""What any notice may print, whatever the word for it."""

_NAMES_DOCUMENT = re.compile("文件|通知|政策|措施|办法|意见|规定")
"""Who speaks of the document asks of it, in whatever words."""

_THAT_DOCUMENT = re.compile("[\u4e00-\u9fff]{2}的?[那这]个?[份个部](?:文件|通知|意见|办法|规定|政策|公文)")

_SURELY_WANTED = 0.7

_FAR = 0.845
"""No question about a notice was less similar to its nearest sentence."""

_NOT_NEAR = 0.88
"""Nor any so similar that has no word in common with it."""

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


def find_outside(inquiry: Inquiry) -> Finding | None:
    """What is said where the notices do not speak of it: another field, a word that none prints, another place."""
    is_far = (inquiry.ranking.similarity or _FAR) < _FAR and not inquiry.names
    is_unprinted = not _is_off_topic(inquiry) and _is_of_unprinted(inquiry)
    if is_unprinted and not is_far:
        return find_unknown(inquiry)
    if is_unprinted or _is_off_topic(inquiry) or _is_foreign(inquiry):
        return fixed_finding("off_topic", inquiry.corpus, inquiry.language)
    if asks_mention(inquiry.clause.text) and (word := _word_not_printed(inquiry)):
        return find_unknown(inquiry, word)
    if inquiry.value in WHOLE_DOCUMENT and _THAT_DOCUMENT.search(inquiry.clause.text) and _prints_little_of(inquiry):
        return fixed_finding("other_document", inquiry.corpus, inquiry.language)
    if names_other_county(inquiry):
        return fixed_finding("other_place", inquiry.corpus, inquiry.language)
    return None


def _prints_little_of(inquiry: Inquiry) -> bool:
    """个税那份文件的文号, where no notice that is asked speaks of 个税: of half its words none prints any."""
    words = [w for w in inquiry.content if inquiry.corpus.cutter.knows(w)]
    unprinted = [w for w in words if _is_unprinted(w, inquiry)]
    return bool(words) and not inquiry.names and len(unprinted) * 2 >= len(words)


def _word_not_printed(inquiry: Inquiry) -> str:
    """养老院 of 提到养老院了吗, where no noun of the clause is printed; "" else."""
    cutter = inquiry.corpus.cutter
    nouns = [w for w in inquiry.content if cutter.knows(w) and cutter.may_name(w)]
    return nouns[0] if nouns and not inquiry.names and all(_is_unprinted(w, inquiry) for w in nouns) else ""


def _is_of_unprinted(inquiry: Inquiry) -> bool:
    """It is surely about what no notice prints: a term, a foreign word, or somebody who asks for money."""
    name = inquiry.clause.unprinted
    if not _is_unprinted(name, inquiry) or _leads_as_printed(name, inquiry):
        return False
    if _is_named(name, inquiry):
        return True
    if inquiry.value in _OF_NOTICE and is_surely_wanted(inquiry):
        # 咨询电话 only names what is asked for, which may be printed otherwise.
        return False
    asks_where = inquiry.value == "clause" or inquiry.clause.want.operation is Operation.COUNT
    is_telling = asks_where or name.isascii() or len(name) >= _FULL_NAME
    return not inquiry.ranking.is_very_near and (inquiry.value in _GIVEN or is_telling)


def _is_unprinted(name: str, inquiry: Inquiry) -> bool:
    """In none of the notices that are asked, not even as a piece of another word."""
    return bool(name) and not any(name in text for text in inquiry.corpus.texts.values())


def _leads_as_printed(name: str, inquiry: Inquiry) -> bool:
    """法人资格, where 法人社会团体 is printed: what tells it from others is spoken of."""
    return len(name) == _FULL_NAME and not _is_unprinted(name[: _FULL_NAME // 2], inquiry)


def _is_foreign(inquiry: Inquiry) -> bool:
    """It asks nothing of the document, names nothing, no notice prints its words, and nothing is near in meaning."""
    words = [w for w in inquiry.content if inquiry.corpus.cutter.knows(w) and not is_place_name(w)]
    similarity = inquiry.ranking.similarity or _FAR
    is_of_document = inquiry.value in {"contact", *WHOLE_DOCUMENT} or inquiry.clause.listing.shows != TEXT
    if (
        is_of_document
        or not words
        or _NAMES_DOCUMENT.search(inquiry.clause.text)
        or any(map(inquiry.corpus.keywords.knows, words))
    ):
        return False
    if inquiry.clause.particular >= _SURELY_WANTED and any(
        printed_itself(inquiry.value, m.place, m.item) for m in inquiry.items[:1]
    ):
        # 各县区最晚啥时候得干完 is asked in nobody's words, and of what fits it best a date is printed.
        return False
    if any(is_place_name(s.text) for s in inquiry.names) and len(words) < _TELLING:
        # 济南好像一个字没提 is asked of the notice, 青岛二中录取线 is not.
        return False
    return (similarity < _FAR and not inquiry.names) or (
        similarity < _NOT_NEAR and _is_of_another_field(inquiry, words)
    )


def _is_of_another_field(inquiry: Inquiry, words: Sequence[str]) -> bool:
    """Alone in its message it asks for no money, and speaks of nothing that a notice prints, nor in terms of policy."""
    things = [s for s in inquiry.names if s.kind is not SubjectKind.PLACE and not is_place_name(s.text)]
    is_own = any(s.targets and _stands(s, inquiry) for s in things)
    is_of_any = inquiry.value in _GIVEN or inquiry.clause.want.operation is Operation.TOTAL
    is_policy = bool(inquiry.frame.unprinted) or is_own or is_of_any
    said = (*words, *inquiry.told, *(w for w in inquiry.words if w in inquiry.clause.text and not w.isascii()))
    said = tuple(w for w in said if not is_place_name(w))
    return inquiry.is_alone and not is_policy and all(_is_unprinted(w, inquiry) for w in said)


def _stands(name: Subject, inquiry: Inquiry) -> bool:
    """A term is ours where the notices that are asked print it."""
    return name.kind is not SubjectKind.TERM or not _is_unprinted(name.text, inquiry)


def _is_off_topic(inquiry: Inquiry) -> bool:
    """It reads like another field, and nothing in the notices is near in words or in meaning."""
    is_far = (inquiry.ranking.similarity or _FAR) < _NOT_NEAR and not inquiry.ranking.is_very_near
    names_thing = any(s.kind is not SubjectKind.PLACE for s in inquiry.names)
    return inquiry.clause.act is Act.OFF_TOPIC and is_far and not names_thing


def _is_named(name: str, inquiry: Inquiry) -> bool:
    """A term of policy language or of another notice, or what is quoted; another word may be anything (小门脸)."""
    terms = (s.text for s in (*inquiry.frame.unprinted, *inquiry.frame.names))
    return any(name in t or t in name for t in terms) or f"“{name}”" in inquiry.frame.text


def find_unknown(inquiry: Inquiry, unprinted: str = "") -> Finding:
    """That the notice does not mention what is asked about; and what it says of a full name beside it."""
    is_told, language = bool(unprinted), inquiry.language
    unprinted = unprinted or inquiry.clause.unprinted
    if not is_told and inquiry.value in _GIVEN and not _is_named(unprinted, inquiry) and (given := tell_given(inquiry)):
        return given
    text = phrase("unknown", language, words=unprinted)
    absence = Absence("said", (unprinted,), inquiry.notice_ids)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT, absent=absence)
    missing = Missing(inquiry.value, unprinted, None)
    named = [s for s in terms_of(inquiry.names) if len(s.text) >= _FULL_NAME and s.text not in unprinted]
    found = inquiry.about(*named).items[:1] if named else ()
    if not found or not found[0].names_any(s.text.casefold() for s in named):
        return Finding(inquiry.clause.want, False, (part,), missing=missing)
    stated = state_item(found[0], language, inquiry.content)
    parts = (part, stated, *quotes_of(stated.sources, (stated,)))
    return Finding(inquiry.clause.want, False, parts, unique_places([found[0].place]), missing)


def find_edition(inquiry: Inquiry) -> Finding | None:
    edition = unknown_edition(inquiry)
    return find_unknown(inquiry, edition) if edition else None


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
