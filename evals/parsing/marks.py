"""Department lists and heading marks of a text, counted by rules that share nothing with the reader; rather none than a false one."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from evals.parsing.reading import ReadNotice, run_reader
from evals.parsing.words import Span, compact, fold, overlap, squeeze

ANY = "any"
_OPEN, _CLOSE = "（(〔［[﹝", "）)〕］]﹞"
_LONGEST_LIST, _LOST_LINE = 500, 700

_LABEL = re.compile(
    r"(?P<lead>牵头|主办)(?:责任)?(?:单位|部门)[:：]|(?P<supporting>配合|协办|参加|参与|协助)(?:单位|部门)[:：]"
    r"|(?P<shared>责任|负责|落实|实施)(?:单位|部门)[:：]"
)
_ROLE = re.compile(
    r"(?P<lead>牵头(?:负责|落实|实施)?|主办)$|(?P<supporting>(?:参加|参与|配合|协助|协办)(?:落实|实施)?)$"
    r"|(?P<shared>(?:等|各)?(?:按|依|根据)?(?:照)?(?:各自)?(?:职责|职能)?(?:分工)?(?:共同|分别)?(?:负责|落实))$"
)
_FIRST_LEADS = re.compile(r"[。；;，,]?(?:列|排)(?:在)?(?:第一|首)位.{0,40}$")
_OTHER_LABEL = re.compile(r"[^:：]{1,8}[:：]")
_AND_SO_ON = re.compile(r"[。；;，,]下同$")
_JOINTS = re.compile(r"、|等和|等及|以及|[和及与](?=各|有关|相关)")
_BODY = re.compile(
    r"(?:部|委|局|厅|办|院|公室|会|行|署|司|中心|政府|机构|社|[市区县州]|集团|联|省|处|所|关|站|园|校|企业|中央|组|队|兵团|支|部门|单位)$"
)
_NOBODY = re.compile(r"^(?:等)?(?:各|各级|其他)?(?:有关|相关)?(?:部门|单位|方面)?(?:和(?:部门|单位))?$")

_NUMERAL, _FIGURE = r"[〇零一二三四五六七八九十百]{1,5}", r"\d{1,2}"
_MARKS = {
    "编章节": rf"第(?P<n>{_NUMERAL})(?P<level>[编章节])",
    "条": rf"第[ 　]?(?P<n>{_NUMERAL})[ 　]?条(?!第|规定|的|所|至|和|、)",
    "一、": rf"(?P<n>{_NUMERAL})、",
    "（一）": rf"[（(](?P<n>{_NUMERAL})[）)]",
    "1.": rf"(?P<n>{_FIGURE})[.．、](?!\d)",
    "（1）": rf"[（(](?P<n>{_FIGURE})[）)]",
}
_AT_LINE = {style: re.compile(rf"^[ 　\t]*(?P<mark>{mark})", re.MULTILINE) for style, mark in _MARKS.items()}
_INSIDE = {
    style: re.compile(rf"(?:^|(?<=[。；：！？;）)〕])|(?<=\s))(?P<mark>{mark})", re.MULTILINE)
    for style, mark in _MARKS.items()
}
_ANNEXES = {
    is_lost: re.compile(rf"附件[ 　]*[:：]?\s{{0,9}}1[.．、]{rest}(?:\s{{1,9}}\d{{1,2}}[.．、]{rest}){{0,40}}")
    for is_lost, rest in ((False, r"[^\n]{0,200}"), (True, r"\S{0,200}"))
}
_CONTENTS = re.compile(r"(?:…|\.{3}|·{3}|\t)[ 　.…·]*\d{1,3}[ 　]*$")
_WEAK = ("1.", "（1）")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Mark:
    text: str
    start: int
    style: str


@dataclass(frozen=True, slots=True)
class DepartmentList:
    """Names by role; the role is `ANY` where the list says that its first leads."""

    text: str
    span: Span
    names: frozenset[tuple[str, str]]


def split_names(words: str) -> frozenset[str]:
    """Bodies, letters and figures only; unnamed ones (有关部门) and 等 are left out."""
    parts = (
        re.sub(r"^由|等(?:有关|相关)?(?:部门|单位)?(?:和单位)?$", "", part.strip()) for part in _JOINTS.split(words)
    )
    return frozenset(fold(part) for part in parts if not _NOBODY.match(part))


def is_without_lines(text: str) -> bool:
    return any(len(line) > _LOST_LINE for line in text.split("\n"))


def find_marks(text: str) -> list[Mark]:
    """Those at the beginning of a line, or where lines were lost after a sentence, a bracket or a space; in sequence."""
    is_lost = is_without_lines(text)
    annexes = [match.span() for match in _ANNEXES[is_lost].finditer(text)]
    found: list[tuple[int, str, str, int]] = []
    for style, pattern in (_INSIDE if is_lost else _AT_LINE).items():
        for match in pattern.finditer(text):
            start, end = match.span("mark")
            line = text[start : text.find("\n", start) % (len(text) + 1)]
            if not (any(a <= start < b for a, b in annexes) or _CONTENTS.search(line[:200])):
                level = f"{style}{match['level']}" if style == "编章节" else style
                found.append((start, level, text[start:end], _read(match["n"])))
    return list(_keep_sequences(sorted(found), has_lines=not is_lost))


def _keep_sequences(found: list[tuple[int, str, str, int]], *, has_lines: bool) -> Iterator[Mark]:
    """A number follows the one before it, or is a first one that another follows; at a line only figures need that."""
    last: dict[str, int] = {}
    for n, (start, style, words, number) in enumerate(found):
        later = next((other for _, s, _, other in found[n + 1 :] if s == style), 0)
        is_first, is_next = number == 1 and later == 2, number == last.get(style, 0) + 1 != 1
        if is_first or is_next or (has_lines and style not in _WEAK):
            last[style] = number
            yield Mark(words, start, style)


def _read(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for c in numeral.replace("〇", "零"):
        if c in _DIGITS:
            digit = _DIGITS.index(c)
        else:
            total, digit = total + (digit or 1) * (10 if c == "十" else 100), 0
    return total + digit


def find_lists(text: str) -> list[DepartmentList]:
    brackets = [*_find_brackets(text)]
    lines = [m.span() for m in re.finditer(rf"(?:^|(?<=\s)){_LABEL.pattern}\s?\S{{1,300}}", text, re.MULTILINE)]
    apart = [line for line in lines if not any(a < line[1] and line[0] < b for a, b in brackets)]
    lists = [one for span in sorted([*brackets, *apart]) if (one := _read_list(text, span))]
    first = next((n for n, one in enumerate(lists) if "下同" in one.text and _is_any(one)), len(lists))
    return lists[:first] + [_lead_first(one) for one in lists[first:]]


def _is_any(one: DepartmentList) -> bool:
    return any(role == ANY for role, _ in one.names)


def _lead_first(one: DepartmentList) -> DepartmentList:
    """The order gives the roles where the list names none."""
    is_shared = all(role == "shared" for role, _ in one.names)
    return replace(one, names=frozenset((ANY, name) for _, name in one.names)) if is_shared else one


def _find_brackets(text: str) -> Iterator[Span]:
    """Outermost ones that end a sentence or follow one."""
    depth, start = 0, 0
    for n, c in enumerate(text):
        if depth and n - start > _LONGEST_LIST:
            depth = 0
        if c in _OPEN:
            depth, start = depth + 1, start if depth else n
        elif c in _CLOSE and depth:
            depth -= 1
            after, before = text[n + 1 : n + 2], text[:start][-3:].strip()
            if not depth and (not after.strip() or after in "。；;" or before[-1:] in "。；;"):
                yield start + 1, n


def _read_list(text: str, span: Span) -> DepartmentList | None:
    words = text[slice(*span)].strip()
    said = _AND_SO_ON.sub("", words.rstrip("。；;"))
    first_leads = bool(_FIRST_LEADS.search(said))
    names: set[tuple[str, str]] = set()
    waiting: list[str] = []
    role = ""
    for part in re.split(r"[，,；;。]", _FIRST_LEADS.sub("", said)):
        label, after = _LABEL.match(part.strip()), _ROLE.search(part.strip())
        role = label.lastgroup or "" if label else role
        if not label and _OTHER_LABEL.match(part.strip()):
            break
        waiting.append(_cut(part.strip(), label, after))
        now = (after.lastgroup if after else "") or role
        if now:
            names |= {(ANY if first_leads else now, name) for one in waiting for name in split_names(one)}
            waiting.clear()
    if waiting or not names or not all(_BODY.search(name) and len(name) < 30 for _, name in names):
        return None
    return DepartmentList(words, span, frozenset(names))


def _cut(part: str, label: re.Match[str] | None, after: re.Match[str] | None) -> str:
    return part[label.end() if label else 0 : after.start() if after else None]


def same_lists(ours: Iterable[tuple[str, str]], theirs: DepartmentList) -> bool:
    """`ours` are roles with names as the reader has them."""
    is_any = _is_any(theirs)
    read = {
        (ANY if is_any else "shared" if role == "sole" else role, name)
        for role, words in ours
        for name in split_names(words)
    }
    return read == theirs.names


@dataclass(frozen=True, slots=True)
class Counts:
    """Lists and marks as (read, counted); `differences` are (notice, kind, words)."""

    files: int
    read: int
    falsely_duplicate: int
    lists: tuple[int, int]
    marks: tuple[int, int]
    lost: int
    seconds: float
    differences: tuple[tuple[str, str, str], ...]


def count(files: Sequence[Path]) -> Counts:
    """What the reader has of what is counted here; a notice that it refuses has nothing."""
    texts = {path.stem: _strip_source(path.read_text(encoding="utf-8-sig")) for path in files}
    with tempfile.TemporaryDirectory(prefix="policy-notices-") as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8")
        reading = run_reader([Path(folder) / f"{name}.txt" for name in texts])
    differences, sizes = [(Path(f.path).stem, "未读", f.reason) for f in reading.failures], [0, 0]
    for name, text in texts.items():
        lists, marks, notice = find_lists(text), find_marks(text), reading.notices.get(name)
        sizes = [sizes[0] + len(lists), sizes[1] + len(marks)]
        differences += [(name, kind, words) for kind, words in _compare(text, notice, lists, marks)]
    squeezed = Counter(squeeze(text) for text in texts.values())
    missing = Counter(kind for _, kind, _ in differences)
    return Counts(
        len(texts),
        sum(name in reading.notices for name in texts),
        sum("同一份" in f.reason and squeezed[squeeze(texts[Path(f.path).stem])] == 1 for f in reading.failures),
        (sizes[0] - missing["清单"], sizes[0]),
        (sizes[1] - missing["标号"], sizes[1]),
        sum(len(words) for _, kind, words in differences if kind == "丢字"),
        reading.seconds,
        tuple(differences),
    )


def _strip_source(text: str) -> str:
    return text.split("\n", 1)[-1] if text.startswith("# source") else text


def _compare(
    text: str, notice: ReadNotice | None, lists: Iterable[DepartmentList], marks: Iterable[Mark]
) -> Iterator[tuple[str, str]]:
    place, tree = compact(text), notice.tree if notice else ()
    starts = {place.place(node.start, node.start)[0] for node in tree}
    assigned = [one for node in tree for one in node.responsibilities]
    for one in lists:
        read = [(r.role, n) for r in assigned if overlap([one.span], [(r.start, r.end)]) > 0 for n in r.departments]
        if not same_lists(read, one):
            yield "清单", f"{one.text} ≠ {'、'.join(f'{role} {name}' for role, name in read) or '无'}"
    for mark in marks:
        if place.place(mark.start, mark.start)[0] not in starts:
            yield "标号", squeeze(text[mark.start : mark.start + 24])
    if notice:
        kept, title = set[int](), place.find_all(notice.title or "", (0, len(place.text)))
        for span in notice.spans:
            kept.update(range(*place.place(*span)))
        lost = [n for n in range(title[0][0] if title else 0, len(place.text)) if n not in kept]
        for _, run in groupby(enumerate(lost), lambda pair: pair[1] - pair[0]):
            yield "丢字", "".join(place.text[n] for _, n in run)
