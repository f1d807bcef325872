"""Builds chapters, measures and their points from the headings and the text below them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.language.sentences import cut_sentences
from corpus.notice import Cell, Chapter, Measure, Phrase, Point, Provision, ProvisionKind, Responsibility
from ingest.parsing.headings import is_sentence
from ingest.parsing.outline import Level, Node, read_outline
from ingest.parsing.responsibilities import find_assignments
from ingest.parsing.tables import Row, find_rows
from ingest.parsing.view import View

_LONGEST_TITLE = 40
_FEW = 4
_HALF = 0.5
# Where a line break was lost, a space ends the title.
_BROKEN_TITLE = re.compile(r"(?![对若如凡在按])[^。：:！？，；\s]{2,40}(?=\s+[^\d\s])")
_LEADS_IN = re.compile(r"[：:]$|(?:如下|下列|以下)[^。]{0,20}。?$")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text below it, up to the next heading; the first part is the rest of its own line."""

    node: Node
    parts: tuple[View, ...]
    has_title: bool = True
    """False where its like have none: then its first words are a sentence as theirs are, however short."""

    @property
    def line(self) -> View:
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What becomes a provision."""

    phrase: Phrase
    plain: str
    cells: tuple[Cell, ...] = ()
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The running text of a section without its heading."""

    sentences: tuple[Sentence, ...]
    responsibilities: tuple[Responsibility, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    phrase: Phrase
    content: Content


def cut_sections(lines: Sequence[View], nodes: Sequence[Node]) -> tuple[Section, ...]:
    """The text of each heading; the nodes are in reading order."""
    stops = [*((n.line_index, n.at) for n in nodes[1:]), (len(lines), 0)]
    return tuple(Section(n, _between(lines, n, stop)) for n, stop in zip(nodes, stops, strict=True))


def _between(lines: Sequence[View], node: Node, stop: tuple[int, int]) -> tuple[View, ...]:
    line, at = stop
    first = lines[node.line_index]
    if line == node.line_index:
        return (first.part(node.at, at).trimmed(),)
    last = (lines[line].part(0, at).trimmed(),) if at else ()
    return tuple(v for v in (first.part(node.at, len(first.text)), *lines[node.line_index + 1 : line], *last) if v)


def read_content(paragraphs: Sequence[View]) -> Content:
    """Sentences, rows of tables and the departments that are named in brackets or lines of their own."""
    sentences: list[Sentence] = []
    responsibilities: list[Responsibility] = []
    for paragraph in find_rows(paragraphs):
        if isinstance(paragraph, Row):
            sentences.append(_row(paragraph))
            continue
        position = 0
        for found in find_assignments(paragraph):
            responsibilities.extend(found.responsibilities)
            if not found.says_more:
                sentences.extend(_sentences(paragraph.part(position, found.begin)))
                position = found.end
        sentences.extend(_sentences(paragraph.part(position, len(paragraph.text))))
    return Content(tuple(sentences), tuple(responsibilities))


def _sentences(words: View) -> Iterator[Sentence]:
    for begin, end in cut_sentences(words.text):
        phrase = words.phrase(begin, end)
        shown = words.text[begin:end]
        yield Sentence(phrase, "" if shown == phrase.text else shown)


def _row(row: Row) -> Sentence:
    phrase = row.words.phrase(0, len(row.words.text))
    reading = "；".join(f"{c.head}：{c.phrase.text}" if c.head else c.phrase.text for c in row.cells)
    return Sentence(phrase, reading or row.words.text.replace("\t", " "), row.cells, bool(row.cells))


def number_provisions(prefix: str, sentences: Sequence[Sentence], kind: ProvisionKind, anchor: str) -> list[Provision]:
    """With ids `prefix.n`; anchors `anchor.n`, those of rows `anchor.rn`."""
    rows = 0
    found: list[Provision] = []
    for number, sentence in enumerate(sentences, 1):
        rows += sentence.is_row
        at = (f"{anchor}.r{rows}" if sentence.is_row else f"{anchor}.{number}") if anchor else ""
        found.append(replace(_make_provision(f"{prefix}.{number}", number, sentence, kind), anchor=at))
    return found


def _make_provision(provision_id: str, number: int, sentence: Sentence, kind: ProvisionKind) -> Provision:
    phrase = sentence.phrase
    return Provision(
        provision_id,
        number,
        phrase.text,
        phrase.start,
        phrase.end,
        kind=ProvisionKind.TABLE_ROW if sentence.is_row else kind,
        cells=sentence.cells,
        plain=sentence.plain,
    )


def build_chapters(notice_id: str, sections: Sequence[Section]) -> tuple[Chapter, ...]:
    """Groups in reading order; what holds no measure is a chapter and a measure in one."""
    sections = _without_stray_titles(sections)
    bare = all(s.node.level is not Level.CHAPTER for s in sections)
    keys = Counter(s.node.mark.key for s in sections if s.node.level is Level.MEASURE)
    chapters: list[Chapter] = []
    seen: Counter[str] = Counter()
    for head, members in _group(sections, bare):
        node = head.node if head else None
        key = _unique(_chapter_key(node) if node else "0", seen)
        measures = _build_measures(f"{notice_id}/{key}", members, keys)
        if node and node.level is Level.MEASURE and not any(m.provisions or m.all_responsibilities for m in measures):
            # 附则 that only says from when the notice is in force holds nothing that people could quote.
            measures = ()
        chapters.append(_build_chapter(f"{notice_id}/{key}", head, measures))
    return tuple(chapters)


def _without_stray_titles(sections: Sequence[Section]) -> Sequence[Section]:
    """Where few of the measures of one style bear a title, what looks like one is a short sentence."""
    measures = [s for s in sections if s.node.level is Level.MEASURE]
    titled = Counter(s.node.style for s in measures if _read_title(s)[0])
    whole = Counter(s.node.style for s in measures)
    stray = {style for style, n in whole.items() if n >= _FEW and titled[style] < n * _HALF}
    return [replace(s, has_title=s.node.level is not Level.MEASURE or s.node.style not in stray) for s in sections]


def _group(sections: Sequence[Section], bare: bool) -> Iterator[tuple[Section | None, list[Section]]]:
    """Each innermost group with the sections of its measures and their points."""
    head: Section | None = None
    members: list[Section] = []
    for section in sections:
        level = section.node.level
        stands_alone = level is Level.MEASURE and section.node.parent is None and not bare
        if level is Level.CHAPTER or (stands_alone and section.node.style != "article"):
            if head or members:
                yield head, members
            head, members = section, [section] if stands_alone else []
        else:
            members.append(section)
    if head or members:
        yield head, members


def _chapter_key(node: Node) -> str:
    """2, or 2-1 for the first section of the second chapter."""
    numbers: list[str] = []
    at: Node | None = node
    while at is not None:
        numbers.insert(0, at.mark.key)
        at = at.parent
    return "-".join(numbers)


def _unique(key: str, seen: Counter[str]) -> str:
    seen[key] += 1
    return (
        key if seen[key] == 1 else f"{key}{chr(ord('a') + seen[key] - 1)}" if seen[key] <= 26 else f"{key}x{seen[key]}"
    )


def _build_chapter(chapter_id: str, head: Section | None, measures: tuple[Measure, ...]) -> Chapter:
    if head is None:
        return Chapter(chapter_id, 0, "", "", None, (), measures)
    heading = _read_heading(head)
    is_measure = bool(measures) and head.node.level is Level.MEASURE
    own = (
        []
        if is_measure
        else number_provisions(f"{chapter_id}.0", _all_sentences(heading.content), ProvisionKind.SENTENCE, "")
    )
    above = tuple(reversed([f"{n.mark.label}" for n in _groups_above(head.node)]))
    mark = head.node.mark
    return Chapter(chapter_id, mark.number, mark.label, heading.title, heading.phrase, tuple(own), measures, above)


def _groups_above(node: Node) -> Iterator[Node]:
    while (above := node.parent) is not None:
        yield above
        node = above


def _all_sentences(content: Content) -> tuple[Sentence, ...]:
    """With the brackets of departments as sentences: a group has no responsibilities of its own."""
    brackets = {r.phrase: Sentence(r.phrase, "") for r in content.responsibilities}
    inside = {s.phrase for s in content.sentences}
    return tuple(
        sorted((*content.sentences, *(s for p, s in brackets.items() if p not in inside)), key=lambda s: s.phrase.start)
    )


def _build_measures(chapter_id: str, sections: Sequence[Section], keys: Counter[str]) -> tuple[Measure, ...]:
    measures: list[Measure] = []
    seen: Counter[str] = Counter()
    groups: list[list[Section]] = []
    for section in sections:
        if section.node.level is Level.MEASURE or not groups:
            groups.append([])
        groups[-1].append(section)
    for first, *points in groups:
        key = _unique(first.node.mark.key, seen)
        anchor = f"m{key}" if keys[first.node.mark.key] == 1 else f"c{chapter_id.split('/', 1)[1]}-m{key}"
        measures.append(_build_measure(f"{chapter_id}.{key}", anchor, first, points))
    return tuple(measures)


def _build_measure(measure_id: str, anchor: str, section: Section, below: Sequence[Section]) -> Measure:
    heading = _read_heading(section)
    sentences = _Numbering(measure_id, anchor)
    sentences.add("", heading.content.sentences)
    points, around = _add_points(sentences, below)
    whole, kept = _settle_responsibilities(heading.content.responsibilities + around, points)
    mark, short_id = section.node.mark, measure_id.split("/", 1)[1]
    provisions = tuple(sentences.provisions)
    return Measure(short_id, mark.number, mark.label, heading.title, anchor, heading.phrase, provisions, whole, kept)


def build_annex(annex_id: str, anchor: str, lines: Sequence[View]) -> tuple[tuple[Provision, ...], tuple[Point, ...]]:
    """The sentences and rows of an annex; whatever it numbers are points of it."""
    nodes = read_outline(lines)
    for node in nodes:
        node.level = Level.POINT
    first = nodes[0] if nodes else None
    before = [*lines[: first.line_index], lines[first.line_index].part(0, first.at).trimmed()] if first else lines
    sentences = _Numbering(annex_id, anchor, ProvisionKind.ANNEX)
    sentences.add("", _all_sentences(read_content([line for line in before if line])))
    points, _ = _add_points(sentences, cut_sections(lines, nodes)) if nodes else ([], ())
    return tuple(sentences.provisions), tuple(points)


def _add_points(sentences: "_Numbering", below: Sequence[Section]) -> tuple[list[Point], tuple[Responsibility, ...]]:
    """The points, and the departments named between them for all of them."""
    points: list[Point] = []
    around: tuple[Responsibility, ...] = ()
    for part, path in zip(below, _paths(below), strict=True):
        own, tail = _part_tail(part)
        inside = _read_heading(own)
        sentences.add(path, inside.content.sentences)
        anchor = f"{sentences.anchor}.{_address_of(path)}"
        owners = inside.content.responsibilities
        points.append(Point(path, part.node.mark.label, inside.title, anchor, inside.phrase, owners))
        rest = read_content(tail)
        sentences.add(path.rpartition(".")[0], rest.sentences)
        around += rest.responsibilities
    return points, around


class _Numbering:
    """The sentences of a measure or annex in reading order, those of its points among them."""

    def __init__(self, whole_id: str, anchor: str, kind: ProvisionKind = ProvisionKind.SENTENCE) -> None:
        self.provisions: list[Provision] = []
        self.anchor = anchor
        self._id = whole_id
        self._kind = kind
        self._rows = 0
        self._last_of: dict[str, Provision] = {}
        self._counts: Counter[str] = Counter()

    def add(self, path: str, sentences: Sequence[Sentence]) -> None:
        """`path` is that of the point, "" for the measure's own."""
        lead_in = self._last_of.get(path.rpartition(".")[0]) if path else None
        opening = lead_in.id if lead_in and _LEADS_IN.search(lead_in.reading) else ""
        kind = ProvisionKind.POINT if path and self._kind is ProvisionKind.SENTENCE else self._kind
        for sentence in sentences:
            number = len(self.provisions) + 1
            anchor = self._address(path, sentence, number)
            made = _make_provision(f"{self._id}.{number}", number, sentence, kind)
            self.provisions.append(replace(made, anchor=anchor, point=path, lead_in=opening))
            self._last_of[path] = self.provisions[-1]

    def _address(self, path: str, sentence: Sentence, number: int) -> str:
        if sentence.is_row:
            self._rows += 1
            return f"{self.anchor}.r{self._rows}"
        self._counts[path] += 1
        return f"{self.anchor}.{_address_of(path)}.{self._counts[path]}" if path else f"{self.anchor}.{number}"


def _address_of(path: str) -> str:
    """p2.p1 for the first point of the second, which p2.1 would not tell from a sentence."""
    return ".".join(f"p{number}" for number in path.split("."))


def _part_tail(section: Section) -> tuple[Section, tuple[View, ...]]:
    """The paragraphs below the last entry of a list go on with what stands around the list."""
    node = section.node
    siblings = node.parent.below if node.parent else []
    is_last = bool(siblings) and siblings[-1] is node
    if not (node.is_list and is_last and len(siblings) > 1 and not node.below and section.line.text[-1] in "。；"):
        return section, ()
    return Section(node, section.parts[:1]), section.parts[1:]


def _paths(below: Sequence[Section]) -> Iterator[str]:
    """Where each point stands among the points of its measure; a list that starts again counts on from 1b."""
    paths: dict[Node, str] = {}
    seen: Counter[str] = Counter()
    for section in below:
        node = section.node
        above = paths.get(node.parent, "") if node.parent else ""
        own = _unique(f"{above}.{node.mark.key}" if above else node.mark.key, seen)
        paths[node] = own
        yield own


def _settle_responsibilities(
    own: tuple[Responsibility, ...], points: Sequence[Point]
) -> tuple[tuple[Responsibility, ...], tuple[Point, ...]]:
    """Where only the last of several points ends with departments, these are the whole measure's."""
    with_some = [p for p in points if p.responsibilities]
    if own or len(points) < 2 or len(with_some) != 1 or with_some[0] is not points[-1]:
        return own, tuple(points)
    return points[-1].responsibilities, (*points[:-1], replace(points[-1], responsibilities=()))


def _read_heading(section: Section) -> _Heading:
    """Title and text; what says everything in one sentence has no title."""
    mark = section.node.mark
    is_point = section.node.level is Level.POINT
    title, end = _read_title(section)
    # A point without a title is quoted with its mark.
    end = 0 if is_point and not title else end
    content = read_content(_paragraphs(section, end))
    if title and not content.sentences and not section.node.below and section.line.text[end - 1] in "。！？；;":
        title, end = "", 0 if is_point else mark.length
        content = read_content(_paragraphs(section, end))
    printed = len(section.line.text[: end or mark.length].rstrip())
    return _Heading(title, section.line.phrase(0, printed), content)


def _read_title(section: Section) -> tuple[str, int]:
    """The title without its full stop, and where the heading ends in its line."""
    mark, text = section.node.mark, section.line.text
    rest = text[mark.length :]
    first = re.match(r"[^。：:！？]*", rest)
    stop = len(first.group()) if first else 0
    ends_line = stop >= len(rest)
    if not (section.has_title or ends_line):
        return "", mark.length
    if mark.style.is_titled and stop > _LONGEST_TITLE and (before_space := _BROKEN_TITLE.match(rest)):
        stop = len(before_space.group())
        return _printed(section.line, mark.length, mark.length + stop), mark.length + stop
    if stop > _LONGEST_TITLE or (not mark.style.is_titled and (ends_line is False or len(rest) > _LONGEST_TITLE)):
        return "", mark.length
    has_more = len(section.parts) > 1
    if ends_line and not mark.style.is_titled and not has_more:
        return "", mark.length
    if section.node.level is Level.POINT and ends_line and not has_more:
        return "", mark.length
    if (not ends_line or rest[-1:] in "；;，") and is_sentence(rest[:stop]):
        return "", mark.length
    end = mark.length + len(rest[:stop].rstrip("；;"))
    return _printed(section.line, mark.length, end), mark.length + stop + (0 if ends_line else 1)


def _printed(line: View, begin: int, end: int) -> str:
    """The words as printed, without white space."""
    return re.sub(r"\s", "", line.phrase(begin, end).text) if end > begin else ""


def _paragraphs(section: Section, heading_end: int) -> list[View]:
    """What follows the heading, in its line and below."""
    rest = section.line.part(heading_end, len(section.line.text))
    return [*([rest.trimmed()] if rest.text.strip() else []), *section.parts[1:]]
