"""Decides from a notice's own order which marks number its groups, its measures and the points of these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from ingest.parsing.headings import RANK, UNTITLED, HeadingMark, HeadingStyle, marks_inside, read_heading_mark
from ingest.parsing.view import View

_ARTICLE = "article"
_LARGEST_GAP = 2
_LARGEST_GAP_OF_COMMAS = 3
_SHARE_WITH_PARTS = 1 / 3
_FEWEST_RUNNING = 3
_LEADS_IN = "：:"
_LEAST_PARAGRAPH = 60
_FEWEST_GROUPS = 2
_LONGEST_BARE_HEADING = 24
_NESTED_BY_NUMBER = frozenset({"plain", "decimal"})
_LIST_ENDS = ("；", ";", "，")


class Level(Enum):
    CHAPTER = 1
    MEASURE = 2
    POINT = 3


@dataclass(slots=True)
class _Mark:
    """A mark at its place; what is inside a line must continue a sequence to be believed."""

    mark: HeadingMark
    line: int
    at: int
    leads_in: bool
    text: str

    @property
    def style(self) -> HeadingStyle:
        return self.mark.style


@dataclass(slots=True, eq=False)
class Node:
    """A heading with the headings below it; it stands at a character of a paragraph."""

    mark: HeadingMark
    line_index: int
    at: int
    parent: "Node | None" = None
    below: list["Node"] = field(default_factory=list)
    level: Level = Level.POINT
    is_list: bool = False
    """Whether it is an entry of a list: something led in to it, or it ends like one."""

    @property
    def style(self) -> str:
        return self.mark.style.name


def read_outline(lines: Sequence[View]) -> tuple[Node, ...]:
    """The headings of the body in reading order; empty where the notice numbers nothing."""
    nodes = _group_restarts(_grow(list(_find_marks(lines))), lines)
    _find_measures(nodes)
    return tuple(nodes)


def _find_marks(lines: Sequence[View]) -> Iterator[_Mark]:
    before = ""
    for index, line in enumerate(lines):
        text = line.text
        if "\t" in text:
            # A row that begins with its number.
            continue
        places = list(marks_inside(text))
        if (mark := read_heading_mark(text)) is not None:
            places.insert(0, (0, mark))
        stops = [*(at for at, _ in places), len(text)][1:]
        for (at, mark), stop in zip(places, stops, strict=True):
            above = text[:at].rstrip() or before
            yield _Mark(mark, index, at, above[-1:] in _LEADS_IN and bool(above), text[at:stop].rstrip())
        before = text


def _grow(marks: Sequence[_Mark]) -> list[Node]:
    """The marks that form sequences, each below the one it belongs to."""
    nodes: list[Node] = []
    open_nodes: list[Node] = []
    last_of: dict[str, int] = {}
    for found, following in zip(marks, _next_of_style(marks), strict=True):
        place = _find_place(found, open_nodes, last_of)
        if place is None and _begins_late(found, following):
            place = _depth_below(found, open_nodes)
        if place is None and _skips_one(found, following):
            place = _depth_of_last(found, open_nodes)
        is_continued = following is not None and following.mark.number == 2
        if place is None or (found.at and found.mark.number == 1 and not is_continued):
            continue
        parent = open_nodes[place - 1] if place else None
        node = Node(found.mark, found.line, found.at, parent)
        node.is_list = found.text.endswith(_LIST_ENDS) or (found.leads_in and len(found.text) < _LEAST_PARAGRAPH)
        siblings = parent.below if parent else nodes
        if siblings and siblings[-1].style == node.style and siblings[-1].is_list and found.mark.number > 1:
            node.is_list = True
        if parent:
            parent.below.append(node)
        del open_nodes[place:]
        open_nodes.append(node)
        nodes.append(node)
        last_of[node.style] = found.mark.number
    return nodes


def _find_place(found: _Mark, open_nodes: Sequence[Node], last_of: dict[str, int]) -> int | None:
    """How many of the open headings stand above it; None where it continues nothing."""
    mark, style = found.mark, found.style
    if mark.above:
        return _place_of_decimal(mark, open_nodes)
    for depth in range(len(open_nodes) - 1, -1, -1):
        other = open_nodes[depth]
        if other.style != style.name:
            continue
        if _follows(found, other.mark):
            return depth
        if style.is_doubtful:
            return None
        if mark.number == 1 and not found.at and _is_other_variant(mark, other.mark):
            continue
        return depth if mark.number == 1 and not found.at else None
    if style.is_group or style.name == _ARTICLE:
        return _place_of_group(found, open_nodes, last_of)
    if (mark.number == 1 and not style.is_doubtful) or mark.number == last_of.get(style.name, -1) + 1:
        return _depth_below(found, open_nodes)
    # An excerpt may begin with 第二条 or 二、.
    return 0 if not open_nodes and mark.number <= _LARGEST_GAP and not found.at and style.name == "comma" else None


def _is_other_variant(mark: HeadingMark, other: HeadingMark) -> bool:
    """1. below 1、 is a list of its own."""
    return mark.style.name == "arabic" and mark.label[-1] != other.label[-1]


def _place_of_decimal(mark: HeadingMark, open_nodes: Sequence[Node]) -> int | None:
    """2.1 stands below 2, or follows 1.3 or 2.0 where the first level is not printed."""
    for depth in range(len(open_nodes) - 1, -1, -1):
        other = open_nodes[depth].mark
        own = (*other.above, other.number)
        if own == mark.above:
            return depth + 1
        if other.above == mark.above and mark.number == other.number + 1:
            return depth
        if len(other.above) == len(mark.above) and mark.number == 1 and mark.above > other.above:
            return depth
    return 0 if not open_nodes and mark.number == 1 else None


def _place_of_group(found: _Mark, open_nodes: Sequence[Node], last_of: dict[str, int]) -> int | None:
    """Parts, chapters, sections and articles stand in their own order whatever lists were open."""
    last = last_of.get(found.style.name, 0)
    is_first = found.style.name not in last_of
    number = found.mark.number
    if not (number == 1 or _follows_number(number, last) or (is_first and number <= _LARGEST_GAP)):
        is_later = not found.at and number > last and found.style.name == _ARTICLE and not is_first
        if not is_later:
            return None
    rank = RANK[found.style.name]
    return next((i for i, node in enumerate(open_nodes) if RANK[node.style] >= rank), len(open_nodes))


def _depth_below(found: _Mark, open_nodes: Sequence[Node]) -> int:
    """Below the open heading whose mark usually ranks above; what was led in to stands below whatever led in."""
    depth = len(open_nodes)
    if found.leads_in:
        return depth
    while depth and RANK[open_nodes[depth - 1].style] > RANK[found.style.name]:
        depth -= 1
    return depth


def _follows(found: _Mark, last: HeadingMark) -> bool:
    number = found.mark.number
    if number == last.number:
        return found.mark.inserted == last.inserted + 1
    if found.at or found.style.is_doubtful:
        return number == last.number + 1
    gap = {_ARTICLE: 500, "comma": _LARGEST_GAP_OF_COMMAS}.get(found.style.name, _LARGEST_GAP)
    return last.number < number <= last.number + gap


def _follows_number(number: int, last: int) -> bool:
    return last < number <= last + _LARGEST_GAP


def _next_of_style(marks: Sequence[_Mark]) -> list[_Mark | None]:
    """For each mark the next one that numbers in the same way."""
    found: list[_Mark | None] = []
    following: dict[str, _Mark] = {}
    for mark in reversed(marks):
        found.append(following.get(mark.style.name))
        following[mark.style.name] = mark
    return found[::-1]


def _begins_late(found: _Mark, following: _Mark | None) -> bool:
    """Whether a line goes on counting after numbers that are not printed, and the next of its style after it."""
    if found.at or found.style.is_group or found.style.is_doubtful or RANK[found.style.name] > RANK["bracket"]:
        return False
    return following is not None and not following.at and following.mark.number == found.mark.number + 1


def _skips_one(found: _Mark, following: _Mark | None) -> bool:
    """Whether a mark within a line goes on counting and is followed by the next number, so that one may be missing."""
    is_followed = following is not None and following.mark.number == found.mark.number + 1
    return bool(found.at) and is_followed and not found.style.is_doubtful


def _depth_of_last(found: _Mark, open_nodes: Sequence[Node]) -> int | None:
    """Beside the open heading of its style that a number or two are missing after."""
    for depth, node in enumerate(open_nodes):
        if node.style == found.style.name:
            return depth if 0 < found.mark.number - node.mark.number <= _LARGEST_GAP else None
    return None


def _group_restarts(nodes: list[Node], lines: Sequence[View]) -> list[Node]:
    """Where the first level starts again below a short line, that line is the heading of a group."""
    tops = [n for n in nodes if n.parent is None]
    starts = [n for i, n in enumerate(tops) if n.mark.number == 1 and (i == 0 or tops[i - 1].style == n.style)]
    marked = {n.line_index for n in nodes}
    heads = {n: n.line_index - 1 for n in starts if _is_below_bare_line(n, marked, lines)}
    if len(starts) < _FEWEST_GROUPS or len(heads) < len(starts):
        return nodes
    grouped: list[Node] = []
    group: Node | None = None
    for node in nodes:
        if node in heads:
            group = Node(HeadingMark(UNTITLED, group.mark.number + 1 if group else 1, "", 0), heads[node], 0)
            grouped.append(group)
        if node.parent is None and group is not None:
            node.parent = group
            group.below.append(node)
        grouped.append(node)
    return grouped


def _is_below_bare_line(node: Node, marked: set[int], lines: Sequence[View]) -> bool:
    """Whether the line above a heading is a short one that is no sentence and no heading itself."""
    above = node.line_index - 1
    if node.at or above < 0 or above in marked:
        return False
    text = lines[above].text
    return len(text) <= _LONGEST_BARE_HEADING and text[-1] not in "。；：！？，）" and "\t" not in text


def _find_measures(nodes: Sequence[Node]) -> None:
    """Sets the level of every heading."""
    tops = [n for n in nodes if n.parent is None]
    chosen = _articles(nodes) or _running(nodes) or _by_shares(tops)
    for node in chosen:
        node.level = Level.MEASURE
    holding = {above for node in chosen for above in _above(node)}
    for node in nodes:
        if node.level is Level.MEASURE or any(n.level is Level.MEASURE for n in _above(node)):
            continue
        # What holds no measure is itself what people quote.
        node.level = Level.CHAPTER if node in holding else Level.MEASURE
    for node in nodes:
        if node.level is Level.MEASURE and any(n.level is Level.MEASURE for n in _above(node)):
            node.level = Level.POINT


def _articles(nodes: Sequence[Node]) -> list[Node]:
    found = [n for n in nodes if n.style == _ARTICLE and all(a.style != _ARTICLE for a in _above(n))]
    return found if len(found) > 1 or (found and found[0] is nodes[0]) else []


def _running(nodes: Sequence[Node]) -> list[Node]:
    """Headings of the shallowest style that is numbered through under several headings."""
    for style in dict.fromkeys(n.style for n in nodes if n.parent is not None and not n.mark.style.is_group):
        same = [n for n in nodes if n.style == style]
        by_parent: dict[Node, Node] = {}
        for node in same:
            if node.parent is not None:
                by_parent.setdefault(node.parent, node)
        firsts = list(by_parent.values())
        continued = [n for n in firsts[1:] if n.mark.number > 1]
        if len(same) >= _FEWEST_RUNNING and continued and len(continued) >= (len(firsts) - 1) / 2:
            return [n for n in same if all(a.style != style for a in _above(n))]
    return []


def _by_shares(tops: Sequence[Node]) -> list[Node]:
    """The second level where enough headings of the first have one that is no list, else the first."""
    held = [child for top in tops if top.mark.style.is_group for child in top.below]
    if held:
        return [*_by_shares(held), *(t for t in tops if not (t.mark.style.is_group and t.below))]
    # Below （一） stand points, even where the headings above it were lost.
    upper = [top for top in tops if RANK[top.style] < RANK["bracket"] or top.style in _NESTED_BY_NUMBER]
    with_parts = [top for top in upper if any(not child.is_list for child in top.below)]
    parts = [child for top in with_parts for child in top.below]
    if not tops or (len(with_parts) / len(tops) < _SHARE_WITH_PARTS and len(parts) <= len(tops)):
        return list(tops)
    # Where a style numbers measures in one place, it does so wherever it stands on that level.
    styles = {child.style for child in parts}
    return [n for top in tops for n in ([c for c in top.below if c.style in styles] or [top])]


def _above(node: Node) -> Iterator[Node]:
    while (node_above := node.parent) is not None:
        yield node_above
        node = node_above
