"""Reads what stands around the body of a notice: title, document number, addressee, issuer, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.notice import Phrase
from ingest.parsing.headings import read_heading_mark
from ingest.parsing.view import View

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:（[\u4e00-\u9fff]{1,4}）)?\s?[〔（【]\s?(?:19|20)\d{2}\s?[〕）】]\s?第?\d{1,5}\s?号"
)
_CITED = re.compile("根据|按照|依据|依照|落实|贯彻|参照|执行|废止")
_PASSED_ON = re.compile(r"(?:印发|转发|发布|下达|公布)[\s]*《(?P<title>[^《》]{4,80})》.{0,8}的?通知")
_HANDED_OVER = re.compile(
    r"(?:现将|现予|已将)[^。；《》]{0,20}《(?P<title>[^《》]{4,80})》[^。；《》]{0,12}(?:印发|转发|发布|公布|下达)"
)
_LONGEST_COVER = 120
_PASSES_ON = re.compile("(?:印发|转发|发布|下达|公布)")
_TITLE_WORDS = "通知|意见|办法|措施|方案|规定|细则|规划|计划|函|决定|公告|通告|批复|政策|条例|答复|指南|要点|纲要|规则|报告|预案|规程"
_OPENS_TITLE = re.compile("关于|印发|《")
_TITLE_BEFORE_NUMBER = re.compile(rf"(?:{_TITLE_WORDS})(?=[\u4e00-\u9fff]{{2,9}}〔)")
_TITLE_END = re.compile(rf"(?:{_TITLE_WORDS})(?:（[^（）]{{1,12}}）)?[】》]?$")
# A page whose line breaks were lost begins with its title and a space.
_LEADING_TITLE = re.compile(
    rf"(?:[\u4e00-\u9fff]{{3,24}}(?:厅|局|委|部|会|政府|院|行)\s{{1,6}}){{0,9}}[^。；：:，\s]{{4,80}}?(?:{_TITLE_WORDS})(?:（[^（）]{{1,12}}）)?(?=\s)"
)
_FIRST_CLAUSE = re.compile(r"[^。；：:，！？]{1,40}")
_SITE = re.compile(r"\s{0,3}[-—_|｜]{1,2}\s?[^-—_|｜]{0,24}(?:网|网站|公开|门户|平台|政府|频道)(?:[-—_|｜].{0,40})?$")
_DIGIT = "[〇○零一二三四五六七八九]"
_DATE_LINE = re.compile(
    r"^(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
    rf"|{_DIGIT}{{4}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日)$"
)
_METADATA = re.compile(
    r"^(?:索\s*引\s*号|发\s*[文布]\s*机\s*[关构]|发\s*文\s*字\s*号|文\s*号|标\s*题|名\s*称|主\s*题(?:\s*词)?|成\s*文\s*日\s*期|发\s*[布文]\s*日\s*期"
    r"|来\s*源|有\s*效\s*性|分\s*类|字\s*体|浏览次数|信息来源)\s*[：:]"
)
_BREADCRUMBS = re.compile(
    r"(?:当前(?:所在)?的?|您的)位置\s*[：:]|^首\s*页\s*[>＞»]|^(?:[^>＞»]{1,24}[>＞»]){2,}[^>＞»]{1,40}$|^关注\s*[·•]|^[-—－\s]{3,}$"
)
_EXPLAINED = re.compile(r"^【[^】]{0,4}(?:解读|读懂|问答)】\s*《(?P<title>[^《》]{6,100})》")
"""A page of a notice leads to what explains it, and names the notice there."""
_METADATA_TITLE = re.compile(r"标\s*题[\s　]*[：:][\s　]*(?P<title>[^\t]+)")
_ADDRESSEE = re.compile(
    r"^(?!.*(?:如下|下列|以下|根据|按照|现将|现就|经研究))"
    r"(?=.*(?:各|有关|厅|局|委|政府|单位|部门|公司|企业|院|校|代表|同志))[^：:。]{2,150}[：:]$"
)
_ORGAN = r"[\u4e00-\u9fff]{2,40}?(?:政府|办公[厅室]|委员会|委|局|厅|部|院|指挥部|小组|中心)"
SIGNED = re.compile(
    rf"(?P<issuer>{_ORGAN}(?:\s{{1,12}}{_ORGAN}){{0,9}})\s{{1,12}}(?P<date>(?:19|20)\d{{2}}年\d{{1,2}}月\d{{1,2}}日)"
)
"""Bodies and date in one line, as a page prints them whose line breaks were lost."""
_METADATA_ISSUER = re.compile(
    r"(?:发\s*[文布]\s*(?:机\s*[关构]|单\s*位)|制发机关|印发机关)\s*[：:]\s*(?P<value>[^\t；;。\s][^\t；;。]*)?"
)
_METADATA_DATE = re.compile(
    r"(?:[成印生发]\s*[文发成]\s*日\s*期)\s*[：:]\s*(?P<value>(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))?"
)
_BODY = re.compile(r"(?:厅|局|委员会|委|部|政府|办公室|院|会|中心|署|行|公司|处|室)$")
_LAST_METADATA_LINE = 40
_LAST_NUMBER_LINE = 20
_LAST_TITLE_LINE = 40
_LAST_CONTENTS_LINE = 60
_LONGEST_TITLE_LINE = 45
_LONGEST_ISSUER = 30
_LONGEST_FURNITURE = 20
_FIRST_LINES = 6
_MOST_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Front:
    """What was found before the body; `used` are the indexes of lines that are no running text."""

    title: str
    title_at: Phrase
    document_number: Phrase | None
    addressee: Phrase | None
    issuer: Phrase | None
    issued_on: Phrase | None
    used: frozenset[int]
    number: str = ""
    """The document number as the view has it: in one form whatever digits and brackets are printed."""


def read_front(lines: Sequence[View], closing: Sequence[View]) -> Front:
    """`lines` stand before the first heading, `closing` after the last measure."""
    used: set[int] = {i for i, line in enumerate(lines) if _METADATA.match(line.text)}
    used.update(
        i for i, line in enumerate(lines[:_FIRST_LINES]) if _is_ornament(line) or _BREADCRUMBS.search(line.text)
    )
    used.update(i for i, line in enumerate(lines) if _EXPLAINED.match(line.text))
    number = _find_number(lines, used)
    title, title_at = _find_title(lines, used)
    used.update(_find_repeated_title(lines, re.sub(r"\s", "", title)))
    used.update(_find_page_furniture(lines, used))
    addressee = next((i for i, line in enumerate(lines) if i not in used and _ADDRESSEE.match(line.text)), None)
    # What a notice passes on is signed below by whoever wrote it, and on another day.
    own, below = _find_signature(lines), _find_signature(closing)
    is_cover = own[0] is not None or below[1] is None
    issuer, issued_on, signed = own if is_cover else below
    if is_cover:
        used.update(signed)
    if issued_on is None and closing:
        issuer, issued_on = _find_signature_within(closing[-1])
    metadata = lines[:_LAST_METADATA_LINE]
    if addressee is not None:
        used.add(addressee)
    return Front(
        title,
        title_at,
        _phrase(number) if number else None,
        _phrase(lines[addressee], drop=1) if addressee is not None else None,
        issuer or _find_metadata(metadata, _METADATA_ISSUER),
        issued_on or _find_metadata(metadata, _METADATA_DATE),
        frozenset(used),
        re.sub(r"\s", "", number.text) if number else "",
    )


def _find_title(lines: Sequence[View], used: set[int]) -> tuple[str, Phrase]:
    """The document's own title; that of the notice which passes it on only where there is no other."""
    block = _title_block(lines, used)
    for line in lines[:_LAST_TITLE_LINE]:
        for pattern in (_PASSED_ON, _METADATA_TITLE):
            if (match := pattern.search(line.text)) is not None:
                used.update(block)
                phrase = line.part(*match.span("title")).trimmed()
                whole = phrase.phrase(0, len(phrase.text))
                return whole.text, whole
    if (named := _named_in_cover(lines, block)) is not None:
        used.update(i for i in block if not _is_running_text(lines[i]))
        return named.text, named
    if (inner := _inner_title(lines, used)) is not None:
        used.update((*block, inner))
        return _phrase(lines[inner]).text, _phrase(lines[inner])
    if not _TITLE_END.search(lines[block[-1]].text) and (named := _named_by_explanation(lines)) is not None:
        return named.text, named
    first = lines[block[0]]
    if len(block) == 1 and _is_running_text(first):
        match = _LEADING_TITLE.match(first.text) or _FIRST_CLAUSE.match(first.text)
        title = first.phrase(0, len(match.group().rstrip()) if match else len(first.text))
        return title.text, title
    used.update(block)
    # What stands above the title is furniture of the page.
    used.update(range(block[0]))
    printed = first.phrase(*_inside_brackets(first.text)) if len(block) == 1 else _phrase(first)
    return printed.text if len(block) == 1 else "".join(_phrase(lines[i]).text for i in block), printed


def _named_in_cover(lines: Sequence[View], block: Sequence[int]) -> Phrase | None:
    """现将《……》印发给你们, where the title of the notice says that it passes another document on."""
    if not _PASSES_ON.search("".join(lines[i].text for i in block)[:_LONGEST_COVER]):
        return None
    for line in lines[:_LAST_TITLE_LINE]:
        if (match := _HANDED_OVER.search(line.text)) is not None:
            return line.phrase(*match.span("title"))
    return None


def _named_by_explanation(lines: Sequence[View]) -> Phrase | None:
    found = ((line, match) for line in lines if (match := _EXPLAINED.match(line.text)))
    return next((line.phrase(*match.span("title")) for line, match in found), None)


def _inner_title(lines: Sequence[View], used: set[int]) -> int | None:
    """Index of the title that the document bears itself, below the signature of the notice that passes it on."""
    signed = [i for i, line in enumerate(lines) if is_date_line(line)]
    below = signed[-1] + 1 if signed else len(lines)
    if below >= len(lines) or not any(_PASSES_ON.search(line.text) for line in lines[:below]):
        return None
    line = lines[below]
    is_title = _TITLE_END.search(line.text) and not _is_running_text(line) and below not in used
    return below if is_title else None


def _inside_brackets(title: str) -> tuple[int, int]:
    """【关于……的通知】 without its brackets, and a page's title without the name of its site."""
    is_wrapped = title[0] in "【《〈" and title[-1] in "】》〉" and len(title) > 2
    if is_wrapped:
        return 1, len(title) - 1
    site = _SITE.search(title)
    return 0, site.start() if site and site.start() else len(title)


def _title_block(lines: Sequence[View], used: set[int]) -> list[int]:
    """Indexes of the first lines that together end like a title; the first line where none does."""
    open_lines = [i for i in range(len(lines)) if i not in used]
    above = _block_above_addressee(lines, used)
    first = _first_block(lines, used, open_lines)
    return first if above is None or set(above) <= set(first) else above


def _first_block(lines: Sequence[View], used: set[int], open_lines: Sequence[int]) -> list[int]:
    for index in open_lines[:_FIRST_LINES]:
        block: list[int] = []
        for following in range(index, min(index + _MOST_TITLE_LINES, len(lines))):
            if following in used or _is_running_text(lines[following]) or _DATE_LINE.match(lines[following].text):
                break
            block.append(following)
            if _TITLE_END.search(lines[following].text):
                return block
        if index == open_lines[0] and not block:
            break
    return [open_lines[0] if open_lines else 0]


def _block_above_addressee(lines: Sequence[View], used: set[int]) -> list[int] | None:
    """The lines right above those who are addressed, where they end like a title: above them a page may print much."""
    addressed = next((i for i, line in enumerate(lines[:_LAST_CONTENTS_LINE]) if _ADDRESSEE.match(line.text)), 0)
    end = addressed
    while end and (end - 1 in used or is_date_line(lines[end - 1]) or DOCUMENT_NUMBER.search(lines[end - 1].text)):
        end -= 1
    if not end or not _TITLE_END.search(lines[end - 1].text):
        return None
    begin = end - 1
    while begin and end - begin < _MOST_TITLE_LINES and not _OPENS_TITLE.search(lines[begin].text):
        begin -= 1
    if not _OPENS_TITLE.search(lines[begin].text) or any(_is_running_text(lines[i]) for i in range(begin, end - 1)):
        return None
    return list(range(begin, end))


def _find_repeated_title(lines: Sequence[View], title: str) -> set[int]:
    """Indexes of lines that, alone or in a row, print the title again or the end of it."""
    found: set[int] = set()
    for begin in range(len(lines)):
        printed = ""
        for end in range(begin, min(begin + _MOST_TITLE_LINES, len(lines))):
            printed += re.sub(r"\s", "", lines[end].text)
            if printed == title or (printed in title and _TITLE_END.search(printed)):
                found.update(range(begin, end + 1))
    return found


def _find_page_furniture(lines: Sequence[View], used: set[int]) -> set[int]:
    """Indexes of short lines that say nothing between the title and the first sentence: a time, sizes of print, signs."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if index in used:
            continue
        if len(line.text) > _LONGEST_FURNITURE or line.text[-1] in "。；：":
            break
        found.add(index)
    return found


def _find_number(lines: Sequence[View], used: set[int]) -> View | None:
    """A number on a line of its own, else the first one that is not part of a citation."""
    for index, line in enumerate(lines):
        if DOCUMENT_NUMBER.fullmatch(line.text):
            used.add(index)
            return line
    for line in lines[:_LAST_NUMBER_LINE]:
        match = DOCUMENT_NUMBER.search(line.text)
        opens_line = match is not None and match.start() == 0
        if match and (opens_line or "《" not in line.text) and not _CITED.search(match.group()):
            # Where no space parts them, the number follows the last word of the title.
            title = _TITLE_BEFORE_NUMBER.search(match.group())
            return line.part(match.start() + (title.end() if title else 0), match.end())
    return None


def _find_signature(lines: Sequence[View]) -> tuple[Phrase | None, Phrase | None, range]:
    """Issuer, date of issue and their lines: a line that is only a date, under short lines without punctuation."""
    for index, line in enumerate(lines):
        if not is_date_line(line):
            continue
        first = index
        while first and is_issuer_line(lines[first - 1]) and (first == index or _BODY.search(lines[first - 1].text)):
            first -= 1
        if first == index:
            return None, _phrase(line), range(index, index + 1)
        start, end = lines[first].start, lines[index - 1].end
        return Phrase(line.canonical[start:end], start, end), _phrase(line), range(first, index + 1)
    return None, None, range(0)


def _find_signature_within(line: View) -> tuple[Phrase | None, Phrase | None]:
    """In a line whose breaks were lost, after the last sentence."""
    match = SIGNED.search(line.text)
    return (line.phrase(*match.span("issuer")), line.phrase(*match.span("date"))) if match else (None, None)


def _find_metadata(lines: Sequence[View], pattern: re.Pattern[str]) -> Phrase | None:
    """What a line of metadata says, or the line below a label that stands alone."""
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if (match := pattern.search(line.text)) is None:
            continue
        if match["value"]:
            return line.part(*match.span("value")).trimmed().phrase(0, len(match["value"].strip()))
        if below is not None and len(below.text) <= _LONGEST_ISSUER and below.text[-1] not in "：:":
            return _phrase(below)
    return None


def _is_ornament(line: View) -> bool:
    return not any(char.isalnum() for char in line.text)


def _is_running_text(line: View) -> bool:
    return len(line.text) > _LONGEST_TITLE_LINE or line.text[-1] in "。：；"


def is_date_line(line: View) -> bool:
    return _DATE_LINE.match(line.text) is not None


def is_issuer_line(line: View) -> bool:
    """A short line without punctuation, as signatures print bodies of government."""
    text = line.text
    return (
        len(text) <= _LONGEST_ISSUER
        and text[-1] not in "。：；，）"
        and not DOCUMENT_NUMBER.search(text)
        and read_heading_mark(text) is None
        and not text.startswith("附")
        and "\t" not in text
    )


def find_contents(lines: Sequence[View]) -> tuple[int, int]:
    """From where to where a contents page runs: until its first heading is printed again; (0, 0) where there is none."""
    for index, line in enumerate(lines[:_LAST_CONTENTS_LINE]):
        above = lines[index - 1].text if index else ""
        if re.sub(r"\s", "", line.text) not in {"目录", "目次"} and above + line.text != "目录":
            continue
        first = next((n for n in range(index + 1, len(lines)) if read_heading_mark(lines[n].text)), None)
        mark = read_heading_mark(lines[first].text) if first is not None else None
        for later in range((first or 0) + 1, len(lines)):
            other = read_heading_mark(lines[later].text)
            if mark and other and (other.style, other.number) == (mark.style, mark.number):
                return index, later
    return 0, 0


def _phrase(line: View, drop: int = 0) -> Phrase:
    return line.phrase(0, len(line.text) - drop)
