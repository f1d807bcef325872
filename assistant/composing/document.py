"""Answers what the document itself prints: number, title, addressee, basis, purpose, issuer, date, how long it holds."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import CitationKind, Missing, PartKind
from assistant.composing.absent import find_absent
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Source, quote_part, sentence_source
from assistant.composing.english.titles import name_bodies, name_title
from assistant.composing.stating import join_lines, quotes_of, shorten
from assistant.composing.values import find_value
from assistant.composing.wording import trim
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.whether import asks_until
from assistant.naming.subject import SubjectKind
from corpus.catalogue import Catalogue, Place
from corpus.language.numerals import in_digits
from corpus.notice import Item, Notice, Phrase, Relation
from prompts import phrase

_MOST_NOTICES = 3
_MONTHS = 12
_OF_SOMETHING_IN_IT = {"issuer": "actor", "issued_on": "date"}
_SIGNED = re.compile("谁[来去]?签|[由谁]签发|签字")
_DAYS = re.compile(r"(?<![到至自从])(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?")
_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM)
_FORWARDS = re.compile("(?:转发|批转).{2,40}(?P<kind>报告|意见|请示|方案|办法)的?(?:报告|意见)?的通知$")
_PASSING_ON = re.compile("转发|批转|印发|下发|通知")
_ITSELF = re.compile("本身|自己|那份|原来|原件")
_DATE_LINE = re.compile(
    r"^[（(\s]*(?:[\u4e00-\u9fff]{2,12}\s+)?(?P<date>(?:[〇零○一二三四五六七八九]{4}|\d{4})年[一二三四五六七八九十\d]{1,3}月[一二三四五六七八九十\d]{1,3}日)[）)\s]*$",
    re.MULTILINE,
)
_EXCEPT = re.compile("除[^，。；]{2,40}[外以]外?(?=，)")


def find_document_fact(inquiry: Inquiry) -> Finding:
    """The printed words, or that the notice does not print them."""
    notice = _notice_meant(inquiry)
    if other := _OF_SOMETHING_IN_IT.get(inquiry.value):
        things = [s for s in inquiry.of_kind(*_THINGS) if s.text not in notice.title]
        if things or _SIGNED.search(inquiry.clause.text):
            # 用国务院名义发的文件谁签, 行政法规从哪年开始收: of what the notice speaks of, and not of itself.
            return find_value(inquiry.wanting(other))
    if inquiry.value == "basis":
        return _basis(inquiry, notice)
    if inquiry.value == "purpose":
        return _purpose(inquiry, notice)
    printed: dict[str, tuple[Phrase | None, CitationKind]] = {
        "document_number": (notice.document_number, CitationKind.NUMBER),
        "title": (notice.title_at, CitationKind.TITLE),
        "addressee": (notice.addressee, CitationKind.PREAMBLE),
        "issuer": (notice.issuer, CitationKind.PREAMBLE),
        "issued_on": (notice.issued_on, CitationKind.PREAMBLE),
    }
    words, kind = printed.get(inquiry.value, (None, CitationKind.PREAMBLE))
    if words is None:
        return find_absent(inquiry, nearest=False)
    source = Source(kind, Place(notice), words)
    value = notice.title if inquiry.value == "title" else words.text
    if inquiry.value == "issued_on" and (plain := in_digits(words.text)) != words.text:
        value = f"{plain}（{words.text}）"
    if inquiry.value == "title" and inquiry.language == "en":
        value = name_title(value, notice)
    text = phrase(inquiry.value, inquiry.language, value=value)
    parts = (*_date_of_forwarded(inquiry, notice), DraftPart(PartKind.DIRECT, text, (source,)))
    return Finding(inquiry.clause.want, True, parts, shows_departments=False)


def _date_of_forwarded(inquiry: Inquiry, notice: Notice) -> tuple[DraftPart, ...]:
    """That of the 报告 that the notice only passes on, where that is asked of: the one other line that is a date."""
    passed_on, asked = _FORWARDS.search(notice.title), inquiry.clause.text
    is_asked = passed_on is not None and (passed_on["kind"] in asked or _ITSELF.search(inquiry.frame.text))
    if passed_on is None or inquiry.value != "issued_on" or not is_asked or _PASSING_ON.search(asked):
        return ()
    text = inquiry.corpus.texts.get(notice.id, "")
    own = notice.issued_on.start if notice.issued_on else -1
    others = [m for m in _DATE_LINE.finditer(text) if m.start("date") > own]
    if len(others) != 1:
        return ()
    words = Phrase(others[0]["date"], *others[0].span("date"))
    value = plain if (plain := in_digits(words.text)) == words.text else f"{plain}（{words.text}）"
    said = phrase("forwarded_on", inquiry.language, kind=passed_on["kind"], value=value)
    return (DraftPart(PartKind.DIRECT, said, (Source(CitationKind.PREAMBLE, Place(notice), words),)),)


def _notice_meant(inquiry: Inquiry) -> Notice:
    """The one that the message fits best."""
    best = next((m.place.notice for m in inquiry.ranking.provisions), None)
    return best or inquiry.corpus.catalogue.notices[0]


def _basis(inquiry: Inquiry, notice: Notice) -> Finding:
    basis = next((r for r in notice.references if r.is_basis), None)
    if basis is None:
        return find_absent(inquiry, nearest=False)
    place = next(Place(notice, provision=p) for p in notice.preamble if p.start <= basis.phrase.start < p.end)
    source = sentence_source(place)
    number = f"（{basis.number}）" if basis.number else ""
    is_chinese = inquiry.language == "zh"
    title = basis.title if is_chinese else name_title(basis.title, notice)
    issuers = basis.issuers or "" if is_chinese else name_bodies(basis.issuers or "", notice)
    text = phrase("basis", inquiry.language, issuers=issuers, title=title, number=number)
    return Finding(
        inquiry.clause.want,
        True,
        (DraftPart(PartKind.DIRECT, text, (source,)), quote_part(source)),
        shows_departments=False,
    )


def _purpose(inquiry: Inquiry, notice: Notice) -> Finding:
    lines = state_purpose(notice, inquiry.language)
    if not lines:
        return find_absent(inquiry, nearest=False)
    quotes = quotes_of(lines[0].sources, lines)
    return Finding(inquiry.clause.want, True, (*lines, *quotes), shows_departments=False)


def state_purpose(notice: Notice, language: str) -> list[DraftPart]:
    """The sentence before the measures that says what the notice is for; none where nothing says so."""
    place = next((Place(notice, provision=p) for p in notice.preamble if p.text.startswith(("为", "根据"))), None)
    if place is None:
        return []
    source = sentence_source(place)
    clause = shorten(join_lines(trim(source.phrase.text)), ())
    return [DraftPart(PartKind.DIRECT, phrase("purpose", language, clause=clause), (source,))]


def find_validity(inquiry: Inquiry) -> Finding:
    """Of what is named, where its measure prints a time of its own, else of the notice itself."""
    if inquiry.of_kind(*_THINGS) and (own := find_value(inquiry)).is_filled:
        return own
    notices = inquiry.corpus.catalogue.notices[:_MOST_NOTICES]
    parts = [part for notice in notices for part in _state(notice, inquiry, len(notices) > 1)]
    if not parts:
        return find_value(inquiry)
    if len(notices) == 1 and asks_until(inquiry.clause.text) and not notices[0].validity.until_words:
        return _open_ended(inquiry, parts)
    return Finding(inquiry.clause.want, True, tuple(parts), shows_departments=False)


def _open_ended(inquiry: Inquiry, parts: Sequence[DraftPart]) -> Finding:
    """From when it holds is printed, and not until when."""
    text = phrase("no_end_printed", inquiry.language)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
    missing = Missing(inquiry.value, "", None)
    return Finding(inquiry.clause.want, False, (part, *parts), missing=missing, shows_departments=False)


def check_validity(inquiry: Inquiry) -> Finding | None:
    """Whether the notice holds on the days that a clause names; None where it names none, or the first or the last."""
    found = find_validity(inquiry)
    days, validity = _DAYS.search(inquiry.clause.text), _notice_meant(inquiry).validity
    if not found.is_filled or not days:
        return None if found.is_filled else found
    begins, ends = validity.begins or date.min, validity.ends or date.max
    first, last = _span_of(days)
    if first > ends or last < begins:
        key = "not_in_force_then"
    elif validity.ends and begins <= first and last <= ends:
        key = "in_force_then"
    else:
        return found
    lead = replace(found.parts[0], text=phrase(key, inquiry.language, clause=found.parts[0].text))
    return replace(found, parts=(lead, *found.parts[1:]))


def _span_of(days: re.Match[str]) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    year, month, day = int(days["year"]), int(days["month"] or 0), int(days["day"] or 0)
    in_month = monthrange(year, month)[1] if 1 <= month <= _MONTHS else 0
    if not in_month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, min(day or 1, in_month)), date(year, month, min(day or in_month, in_month))


def _state(notice: Notice, inquiry: Inquiry, names_notice: bool) -> Iterator[DraftPart]:
    """One line for each sentence that says so, with its words below."""
    of = f"《{notice.title}》" if names_notice else ""
    for place, item in _speaking(notice, inquiry.corpus.catalogue):
        source = sentence_source(place, item)
        value = f"{of}{_printed(item)}"
        yield DraftPart(PartKind.DIRECT, phrase("validity", inquiry.language, value=value), (source,))
        yield quote_part(source)
    for reference in notice.references:
        where = _place_of(reference.phrase, notice, inquiry.corpus.catalogue)
        if reference.relation is not Relation.REPEALED or where is None:
            continue
        text = phrase("repeals", inquiry.language, title=reference.phrase.text)
        yield DraftPart(PartKind.DIRECT, text, (sentence_source(where),))


def _speaking(notice: Notice, catalogue: Catalogue) -> list[tuple[Place, Item]]:
    """The items that print from when and until when, each once."""
    found: dict[int, tuple[Place, Item]] = {}
    for words in (notice.validity.from_words, notice.validity.until_words):
        place = _place_of(words, notice, catalogue) if words else None
        if words is None or place is None or place.provision is None:
            continue
        item = next((i for i in place.provision.items if i.start <= words.start < i.end), None)
        if item is not None:
            found.setdefault(item.start, (place, item))
    return list(found.values())


def _place_of(words: Phrase, notice: Notice, catalogue: Catalogue) -> Place | None:
    return next(
        (
            p
            for p in catalogue.provisions
            if p.notice.id == notice.id and p.provision and p.provision.start <= words.start < p.provision.end
        ),
        None,
    )


def _printed(item: Item) -> str:
    """From the first to the last words of the clause that speak of the time."""
    phrases = [v.phrase for v in item.values if v.kind == "validity"]
    if not phrases:
        return item.text.rstrip("。；")
    return item.text[phrases[0].start - item.start : phrases[-1].end - item.start]


def warn_of_lapse(notice_ids: Iterable[str], catalogue: Catalogue, language: str, today: date) -> list[str]:
    """One sentence for each of the notices that has ended, was repealed, or has a newer one in its place."""
    found: list[str] = []
    for notice_id in dict.fromkeys(notice_ids):
        notice = catalogue.notice(notice_id)
        if notice is None:
            continue
        validity = notice.validity
        newer = catalogue.notice(validity.replaced_by)
        if validity.repealed_by:
            found.append(_say_repealed(notice, catalogue, language))
        elif validity.ends and validity.ends < today:
            day = f"{validity.ends.year}年{validity.ends.month}月{validity.ends.day}日"
            shown = day if language == "zh" else validity.ends.isoformat()
            title, kept = _name(notice, language), _excepted(notice, catalogue)
            if kept:
                found.append(phrase("lapsed_but", language, title=title, day=shown, kept=kept))
            else:
                found.append(phrase("lapsed_on", language, title=title, day=shown))
        elif newer is not None:
            found.append(phrase("lapsed_newer", language, title=_name(notice, language), by=f"《{newer.title}》"))
    return found


def _excepted(notice: Notice, catalogue: Catalogue) -> str:
    """除第二十三条所列政策外, in a sentence that says until when something holds; "" where there is none."""
    for place in catalogue.provisions:
        provision = place.provision if place.notice.id == notice.id else None
        if provision and any(v.kind == "validity" for i in provision.items for v in i.values):
            if found := _EXCEPT.search(provision.text):
                return found.group()
    return ""


def _say_repealed(notice: Notice, catalogue: Catalogue, language: str) -> str:
    """By what, where that is known."""
    named = notice.validity.repealed_by
    by = catalogue.notice(named)
    if by is None and len(named) == 1:
        return phrase("lapsed", language, title=_name(notice, language))
    return phrase("lapsed_repealed", language, title=_name(notice, language), by=f"《{by.title}》" if by else named)


def _name(notice: Notice, language: str) -> str:
    return notice.title if language == "zh" else name_title(notice.title, notice)
