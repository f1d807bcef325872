"""Reads from when and until when a notice holds, and which other notice took its place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.notice import Notice, Phrase, Provision, Reference, Relation, Validity
from ingest.facts.dates import add_duration, read_date, read_duration
from ingest.facts.references import same_number
from ingest.facts.tight import tighten
from ingest.parsing.view import View

_LAST_MEASURES = 3
_NOT_NAMED = "—"
"""Stands where a notice is said to be in force no more and nobody says by what it was repealed."""
_LONGEST_SUBJECT = 14
_SENTENCE = 80
# What holds is the document itself, not a licence or a contract.
_ITSELF = (
    "(?:本(?!人|市|省|县|区|级|单位|企业|行政区)|以上|上述|该|此)[^，。；《》]{0,12}|相关条款|修[订改](?:后的)?(?:条款|内容)|[^，。；]{0,6}标准(?:均|统一)?|"
    "(?:执行|实施|施行|政策)(?:期限?|时间)|现(?:予|将)?(?:印发|公布|发布)[^，。；]{0,6}"
)
_WHEN = (
    r"(?P<when>(?:(?:印发|发布|公布|颁布|下发|签发|公告|发文|成文)之?日?(?:之日)?)|[^，。；《》]{0,8}\d{4}年[^，。；《》]{0,8}"
    r"|[一二][〇○零九][〇○零一二三四五六七八九]{2}年[^，。；《》]{1,12})"
)
_ACTS = "(?:正式|开始|暂|试|统一|同步|起|(?:在|于)[^，。；]{1,12})?(?:施行|执行|实施|试行|生效)"
_FROM = re.compile(
    rf"(?:^|[，。；、）：])(?P<subject>[^，。；《》：]{{0,{_LONGEST_SUBJECT}}}?)(?:自|从|于|执行自)(?P<words>{_WHEN}(?:起|之日起|后)?(?P<later>满?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:日|天|个?工作日)(?:之?后)?)?(?:起)?)(?P<act>{_ACTS})(?=[，。；（）,]|至|$)"
)
_SPAN = re.compile(
    r"(?:(?:有效|施行|执行|实施|试行|政策)(?:期限?|时间)(?:为|：|自|从){0,2}|(?:施行|执行|实施|有效)(?:自|从))(?P<words>[^，。；]{0,4}\d{4}年[^，。；至到]{0,8})(?:至|到|—)"
)
_LENGTH = re.compile(
    r"(?:有效期限?|(?:施行|执行|实施|试行|政策)期限?|试行|暂行|(?:施行|执行|实施)，暂定)(?:暂定)?(?:为|是|：)?(?:自(?P<since>[^，。；]{2,16}?之日)?[^，。；]{0,16}?(?:起|的))?的?(?P<words>(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:周?年|月|工作日|日|天))"
)
_UNTIL = re.compile(
    r"(?:有效期(?:限)?|有效|施行|执行|实施|试行|延长|延续|起)[^，。；《》]{0,24}?(?:至|到)(?P<words>(?=[^，。；]{0,20}(?:\d|止|解除|结束|[一二三四五六七八九〇]年))[^，。；（）《》]{2,24})"
)
_DURING = re.compile(r"(?:在|于|适用于)(?P<words>[^，。；《》]{2,16}期间)内?(?:有效|执行|实施|(?=[。；]|$))")
_NAMES_TERM = re.compile("(?:有效|施行|执行|实施)期")
_ISSUE = re.compile("印发|发布|公布|颁布|下发|签发|公告|发文|成文")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[-—至](?:19|20)?\d{2})?|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a notice at their place, and how they read."""

    phrase: Phrase
    text: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What one sentence says: from, until, how long; `later` are the days to be counted from the first."""

    begin: _Words | None
    until: _Words | None
    length: _Words | None
    later: int = 0


def read_validity(notice: Notice, view: View) -> Validity:
    """As the closing, the last measures or else the preamble say it; nothing is counted from a day that is not printed."""
    said = [w for p in _speaking(notice) if (w := _read(tighten(view.within(p.start, p.end)))) is not None]
    begin = next((w for w in said if w.begin), None)
    until = next((w.until for w in said if w.until), None)
    length = next((w.length for w in said if w.length), None)
    begins = _begin_date(begin, notice) if begin else None
    ends = read_date(until.text, is_end=True) if until else None
    duration = read_duration(length.text) if length and not until else None
    start = begins or (_issue_date(notice) if not begin else None)
    if duration and start and (over := add_duration(start, duration)):
        ends = over - timedelta(days=1)
    last = until or length
    return Validity(begin.begin.phrase if begin and begin.begin else None, last.phrase if last else None, begins, ends)


def _speaking(notice: Notice) -> Iterator[Provision]:
    yield from reversed(notice.closing)
    measures = list(notice.measures())
    for measure in reversed(measures[-_LAST_MEASURES:]):
        yield from reversed(measure.provisions)
    yield from reversed(notice.preamble)
    for annex in notice.annexes:
        yield from reversed(annex.provisions[-_LAST_MEASURES * 2 :])


def _read(words: View) -> _Said | None:
    text = words.text
    begin = next((m for m in _FROM.finditer(text) if _speaks_of_itself(m)), None)
    begin = begin or next((m for m in _SPAN.finditer(text) if _opens(text, m)), None)
    until = next((m for m in _UNTIL.finditer(text) if begin or _opens(text, m)), None)
    until = until or next((m for m in _DURING.finditer(text) if begin or _opens(text, m)), None)
    length = next((m for m in _LENGTH.finditer(text) if begin or _opens(text, m)), None)
    if not (begin or until or length):
        return None
    since = length.span("since") if length and not begin and length["since"] else None
    later = read_duration(begin["later"]) if begin and begin.groupdict().get("later") else None
    opened = _Words(words.phrase(*since), text[slice(*since)]) if since else _place(words, begin)
    return _Said(opened, _place(words, until), _place(words, length), later.days if later else 0)


def _speaks_of_itself(match: re.Match[str]) -> bool:
    subject = match["subject"].strip()
    return not subject or re.fullmatch(_ITSELF, subject) is not None


def _opens(text: str, match: re.Match[str]) -> bool:
    """What stands before it in its sentence names this document, or nothing."""
    low = max(0, match.start() - _SENTENCE)
    begin = max(low, *(text.rfind(mark, low, match.start()) + 1 for mark in "。；"))
    subject = text[begin : match.start()].strip()
    return (
        re.fullmatch(f"(?:[^，。；]{{0,8}}?{_ITSELF}(?:[^。；]{{0,60}}，)?)?(?:的|暂定|自[^，。；]{{2,16}})?", subject)
        is not None
        # 执行期限至…… said at the end of a sentence about the notice speaks of the notice too.
        or (
            subject.endswith("，")
            and re.match("(?:本|以上|上述)", subject) is not None
            and _NAMES_TERM.match(match[0]) is not None
        )
    )


def _place(words: View, match: re.Match[str] | None) -> _Words | None:
    return _Words(words.phrase(*match.span("words")), match["words"]) if match else None


def _begin_date(said: _Said, notice: Notice) -> date | None:
    words = said.begin.text if said.begin else ""
    begins = _issue_date(notice) if _ISSUE.search(words) else read_date(words)
    return begins + timedelta(days=said.later) if begins and said.later else begins


def _issue_date(notice: Notice) -> date | None:
    return (
        read_date(re.sub(r"\s", "", unicodedata.normalize("NFKC", notice.issued_on.text))) if notice.issued_on else None
    )


def link_validity(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """The same notices, each knowing which other one repeals it, and which is the newest of its yearly series.

    What the operator says of a notice holds before what was read.
    """
    newest = _newest_of_series(notices)
    repealed = [(n.id, r) for n in notices for r in n.references if r.relation is Relation.REPEALED]
    return tuple(
        replace(
            notice,
            validity=replace(
                notice.validity,
                ends=(notice.operator.expires if notice.operator else None) or notice.validity.ends,
                repealed_by=_said_repealed(notice)
                or next((by for by, r in repealed if by != notice.id and _is_called(notice, r)), ""),
                replaced_by=newest.get(notice.id, ""),
            ),
        )
        for notice in notices
    )


def _said_repealed(notice: Notice) -> str:
    """By what the operator says a notice was repealed; a notice that is said to be in force no more has an end."""
    notes = notice.operator
    if notes is None:
        return ""
    return notes.repealed_by or (_NOT_NAMED if notes.in_force is False else "")


def _is_called(notice: Notice, reference: Reference) -> bool:
    """By its number, or where none is given by its title, alone or as what a notice passes on."""
    if reference.number and notice.number_text:
        return same_number(reference.number, notice.number_text)
    own = re.sub(r"[《》\s]", "", notice.title)
    named = re.sub(r"[《》〈〉\s]", "", reference.title)
    return bool(own) and (named == own or named.endswith((f"印发{own}的通知", f"印发关于{own}的通知")))


def _newest_of_series(notices: Sequence[Notice]) -> dict[str, str]:
    """Id of a notice → id of the newest one whose title and issuing body are the same but for the year."""
    series: dict[tuple[str, str], list[tuple[str, Notice]]] = {}
    for notice in notices:
        years = _YEAR.findall(notice.title)
        if years:
            body = _YEAR.split(notice.number_text)[0] if notice.number_text else ""
            series.setdefault((_YEAR.sub("#", notice.title), body), []).append((max(years), notice))
    found: dict[str, str] = {}
    for rows in series.values():
        latest, newest = max(rows, key=lambda row: row[0])
        found |= {n.id: newest.id for year, n in rows if year < latest}
    return found
