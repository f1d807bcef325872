"""Finds what a clerk should compare with the printed notice before it is published, and says what to do."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.language.departments import load_departments
from corpus.notice import Notice
from ingest.checking.dates import find_impossible_dates
from ingest.checking.nodes import Node, NodeKind, Places, list_nodes
from ingest.checking.numbering import Fault, find_faults
from ingest.checking.place import Lines, Spans
from ingest.checking.tables import find_short_rows
from ingest.checking.words import word
from ingest.hidden import find_hidden, find_orders
from ingest.parsing.view import view_text

_LONGEST_MEASURE = 3000
_LONG_TEXT = 3000
_FEWEST_MEASURES = 2
_LONGEST_SHOWN = 24
_NUMERAL = r"[零〇○一二两三四五六七八九十百\d]{1,5}"
# Wider than what the reader takes for a mark: also 第一款, Ⅱ、, A. and ❶.
_LIKE_A_MARK = re.compile(
    rf"^[^\S\n]{{0,40}}(?P<mark>第\s?{_NUMERAL}\s?(?:[编章]|[节款项][^\S\n])|第\s?{_NUMERAL}\s?条(?![第款项目，规所的至和及或])"
    rf"|[（(〔［\[]\s?{_NUMERAL}\s?[）)〕］\]]|[零〇○一二三四五六七八九十]{{1,5}}[、.．]|\d{{1,3}}(?:[、）)]|[.．](?!\d))"
    r"|[①-⑳⑴-⒛❶-❿㈠-㈩]|[Ⅰ-ⅿA-Za-z][、.．)）](?![A-Za-z]))",
    re.MULTILINE,
)
# 有关部门, 各责任单位: nobody whose name could be wrong.
_NOBODY = re.compile(r"(?:省|市|县|区|国家)?(?:直|级)?(?:各|有关|相关|其他|责任|成员)")


@dataclass(frozen=True, slots=True)
class Caution:
    """A line of the file, counted from 1, and what to do about it."""

    line: int
    text: str


def find_cautions(notice: Notice, text: str, remark: str = "") -> tuple[Caution, ...]:
    """In the order of their lines; `text` is the canonical text of the notice, `remark` is about the whole of it."""
    lines, nodes = Lines(text), list_nodes(notice)
    found = (
        *([(0, remark)] if remark else []),
        *_check_front(notice, text, nodes),
        *((fault.node.start, _name_fault(fault, lines)) for fault in find_faults(nodes)),
        *_check_departments(notice, nodes),
        *_check_lengths(notice, text, nodes),
        *_check_marks(notice, text, nodes),
        *((d.start, word("warnings", "impossible", date=d.text)) for d in find_impossible_dates(text)),
        *_check_hidden(text),
        *_check_validity(notice),
        *_check_tables(notice, lines),
    )
    return tuple(sorted((Caution(lines.number(start), said) for start, said in found), key=lambda c: c.line))


def is_title_printed(notice: Notice, text: str, nodes: Sequence[Node]) -> bool:
    """A title ends its line or is closed by a bracket; the words taken for want of one go on as a sentence."""
    start, end = notice.title_at.start, notice.title_at.end
    if not notice.title or any(n.start <= start < n.end for n in nodes if n.label):
        return False
    return not text[end : end + 1].strip() or text[end] in "》】〉"


def _check_front(notice: Notice, text: str, nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    title = notice.title_at
    if not is_title_printed(notice, text, nodes):
        yield title.start, word("warnings", "title", title=shorten(notice.title))
    if notice.document_number is None:
        yield title.start, word("warnings", "number")
    if notice.issued_on is None:
        yield title.start, word("warnings", "date")


def _name_fault(fault: Fault, lines: Lines) -> str:
    missing = "、".join(str(n) for n in fault.missing) if len(fault.missing) < 4 else ""
    missing = missing or (f"{fault.missing[0]}—{fault.missing[-1]}" if fault.missing else "")
    before, label = (fault.before.label, fault.before.start) if fault.before else ("", 0)
    after, line = fault.node.label, lines.number(label)
    return word("warnings", fault.kind, before=before, after=after, label=after, missing=missing, line=line)


def _check_departments(notice: Notice, nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    printed = [(name, r.phrase.start) for node in nodes for r in node.responsibilities for name in r.departments]
    if not printed:
        yield nodes[0].start if nodes else notice.title_at.start, word("warnings", "no_department")
    counts = Counter(name for name, _ in printed)
    first = {name: start for name, start in reversed(printed)}
    for name, start in first.items():
        if not _is_known(name):
            yield start, word("warnings", "unknown", name=name, count=counts[name])


def _is_known(name: str) -> bool:
    """Also of those who are no one body."""
    return name.casefold() in _known_names() or _NOBODY.match(name) is not None


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in load_departments().names())


def _check_lengths(notice: Notice, text: str, nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    measures = [node for node in nodes if node.kind is NodeKind.MEASURE]
    for node in measures:
        label = _name(node)
        if node.end - node.start > _LONGEST_MEASURE:
            yield node.start, word("warnings", "long", label=label, count=node.end - node.start)
        if not node.sentences and not node.responsibilities:
            yield node.start, word("warnings", "empty", label=label)
    count = len("".join(text.split()))
    if count > _LONG_TEXT and len(measures) < _FEWEST_MEASURES:
        yield notice.title_at.start, word("warnings", "few", count=count, measures=len(measures))


def _check_marks(notice: Notice, text: str, nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    """Paragraphs of the body that begin with something like a mark and are no heading."""
    starts, places = {node.start for node in nodes}, Places(nodes)
    apart = Spans(_apart(notice, nodes))
    for match in _LIKE_A_MARK.finditer(text):
        place = match.start("mark")
        if place in starts or place in apart:
            continue
        inside = places.find(place)
        shown = _name(inside) if inside else word("phrases", "preamble")
        yield place, word("warnings", "mark", mark=shorten(text[place:].split("\n", 1)[0]), inside=shown)


def _apart(notice: Notice, nodes: Iterable[Node]) -> Iterator[tuple[int, int]]:
    """What holds no headings: title, furniture, list of annexes, annexes, rows of tables."""
    phrases = (notice.title_at, notice.annex_list, notice.document_number, *notice.furniture)
    yield from ((phrase.start, phrase.end) for phrase in phrases if phrase)
    yield from ((node.start, node.end) for node in nodes if node.kind in (NodeKind.ANNEX, NodeKind.ROW))


def _check_hidden(text: str) -> Iterator[tuple[int, str]]:
    """What was left out, so that a clerk asks how it came into the file."""
    view = view_text(text)
    shown = set(view.starts)
    spans = [*find_hidden(text), *find_orders(text)]
    for start, end in spans:
        if not any(n in shown for n in range(start, end)):
            yield start, word("warnings", "hidden", words=shorten(text[start:end].strip()))


def _check_validity(notice: Notice) -> Iterator[tuple[int, str]]:
    validity = notice.validity
    if validity.begins and validity.ends and validity.ends < validity.begins:
        at = validity.until_words or notice.title_at
        yield at.start, word("warnings", "validity", begins=validity.begins, ends=validity.ends)


def _check_tables(notice: Notice, lines: Lines) -> Iterator[tuple[int, str]]:
    for short in find_short_rows(notice):
        rows = "、".join(str(lines.number(row.start)) for row in short.rows)
        yield short.rows[0].start, word("warnings", "cells", rows=rows, heads=short.heads)


def _name(node: Node) -> str:
    return f"{node.label}{shorten(node.title)}" or word("phrases", "unnumbered")


def shorten(words: str) -> str:
    """Its first words, in one line."""
    plain = " ".join(words[: _LONGEST_SHOWN * 2].split())
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}……"
