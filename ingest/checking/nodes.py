"""Lists what a notice is made of as one row of nodes in reading order: chapters, measures, points, rows, annexes, closing."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.notice import Annex, Chapter, Measure, Notice, Point, Provision, ProvisionKind, Responsibility


class NodeKind(StrEnum):
    CHAPTER = "chapter"
    MEASURE = "measure"
    POINT = "point"
    ANNEX = "annex"
    ROW = "row"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Node:
    """`inside` is the key of the node around it, "" at the top; `path` are the labels of all nodes around it, or
    the titles of those that have no label.

    `start` is where its mark begins and `end` where its last sentence ends, in code points of the canonical text;
    `sentences` counts those below it as well. `label` and `title` are "" where none is printed.
    """

    kind: NodeKind
    key: str
    inside: str
    label: str
    title: str
    path: tuple[str, ...]
    anchor: str
    start: int
    end: int
    sentences: int = 0
    number: int = 0
    responsibilities: tuple[Responsibility, ...] = ()


def list_nodes(notice: Notice) -> tuple[Node, ...]:
    """In reading order; a chapter that is a measure itself is listed once, as the measure."""
    found = (*_list_chapters(notice.chapters), *_list_annexes(notice.annexes), *_list_closing(notice.closing))
    return _reach_over_inner(sorted(found, key=lambda node: node.start))


class Places:
    """Knows which node a place of the text belongs to; `nodes` are in reading order."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._starts = [node.start for node in nodes]
        self._by_key = {node.key: node for node in nodes}

    def find(self, place: int) -> Node | None:
        """The innermost one around it, else the last one before it; None where it stands before all."""
        at = bisect_right(self._starts, place)
        last = self._nodes[at - 1] if at else None
        node = last
        while node and node.end <= place:
            node = self._by_key.get(node.inside)
        return node or last


def name_clauses(nodes: Sequence[Node]) -> dict[str, str]:
    """How people call each node, by its key: with the groups around it only where its measure's label stands twice."""
    counts = Counter(node.label for node in nodes if node.kind is NodeKind.MEASURE)
    names = {"": ""}
    for node in nodes:
        is_unique = node.kind is NodeKind.MEASURE and counts[node.label] == 1
        own = node.label or (f"{node.title} " if node.kind is NodeKind.CHAPTER else "")
        names[node.key] = node.label if is_unique else names.get(node.inside, "") + own
    return names


def _list_chapters(chapters: Iterable[Chapter]) -> Iterator[Node]:
    groups: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for chapter in chapters:
        inside, path = groups.get(chapter.above, ("", chapter.above))
        heading = chapter.heading
        if heading is not None and all(measure.heading != heading for measure in chapter.measures):
            last = chapter.provisions[-1].end if chapter.provisions else heading.end
            count = len(chapter.provisions) + sum(len(m.provisions) for m in chapter.measures)
            yield Node(
                NodeKind.CHAPTER,
                chapter.id,
                inside,
                chapter.label,
                chapter.title,
                path,
                "",
                heading.start,
                max(heading.end, last),
                count,
                chapter.number,
            )
            inside, path = chapter.id, (*path, chapter.label or chapter.title)
            groups[*chapter.above, chapter.label] = inside, path
        yield from _list_rows(chapter.provisions, inside, path)
        for measure in chapter.measures:
            yield from _list_measure(measure, inside, path)


def _list_measure(measure: Measure, inside: str, path: tuple[str, ...]) -> Iterator[Node]:
    key, provisions = f"{inside}/{measure.id}", measure.provisions
    # What a notice without marks says is a measure too, below its title: it begins with its first sentence.
    begin = measure.heading.start if measure.label or not provisions else provisions[0].start
    end = max([measure.heading.end if measure.label else begin, *(p.end for p in provisions)])
    title = measure.title if measure.label else ""
    yield Node(
        NodeKind.MEASURE,
        key,
        inside,
        measure.label,
        title,
        path,
        measure.anchor,
        begin,
        end,
        len(provisions),
        measure.number,
        measure.responsibilities,
    )
    yield from _list_points(measure, key, (*path, measure.label) if measure.label else path)


def _list_points(whole: Measure | Annex, key: str, path: tuple[str, ...]) -> Iterator[Node]:
    """The points and rows of a measure or annex."""
    points = {"": (key, path)}
    reaches = _measure_points(whole.provisions)
    for point in whole.points:
        around, labels = points[_path_above(point, points)]
        points[point.path] = (point.anchor, (*labels, point.label))
        yield _make_point(point, around, labels, reaches.get(point.path, (0, 0)))
    for provision in whole.provisions:
        around, labels = points.get(provision.point, points[""])
        yield from _list_rows((provision,), around, labels)


def _path_above(point: Point, known: Iterable[str]) -> str:
    above = point.path.rpartition(".")[0]
    return above if above in known else ""


def _measure_points(provisions: Iterable[Provision]) -> dict[str, tuple[int, int]]:
    """How many sentences each point holds, those of points inside it as well, and where the last of them ends."""
    reaches: dict[str, tuple[int, int]] = {}
    for provision in provisions:
        path = provision.point
        while path:
            reaches[path] = (reaches.get(path, (0, 0))[0] + 1, provision.end)
            path = path.rpartition(".")[0]
    return reaches


def _make_point(point: Point, inside: str, path: tuple[str, ...], reach: tuple[int, int]) -> Node:
    return Node(
        NodeKind.POINT,
        point.anchor,
        inside,
        point.label,
        point.title,
        path,
        point.anchor,
        point.heading.start,
        max(point.heading.end, reach[1]),
        reach[0],
        _last_number(point.path),
        point.responsibilities,
    )


def _last_number(path: str) -> int:
    """2.1 → 1; a list that starts again counts on with letters: 1b → 1."""
    digits = path.rpartition(".")[2].partition("-")[0]
    return int("".join(c for c in digits if c.isdigit()) or 0)


def _list_annexes(annexes: Iterable[Annex]) -> Iterator[Node]:
    for annex in annexes:
        yield Node(
            NodeKind.ANNEX,
            annex.anchor,
            "",
            annex.label,
            annex.title,
            (),
            annex.anchor,
            annex.heading.start,
            max([annex.heading.end, *(p.end for p in annex.provisions)]),
            len(annex.provisions),
            annex.number,
        )
        yield from _list_points(annex, annex.anchor, (annex.label,))


def _list_rows(provisions: Iterable[Provision], inside: str, path: tuple[str, ...]) -> Iterator[Node]:
    for row in provisions:
        if row.kind is ProvisionKind.TABLE_ROW:
            yield Node(NodeKind.ROW, row.id, inside, "", "", path, row.anchor, row.start, row.end, 1)


def _list_closing(closing: Iterable[Provision]) -> Iterator[Node]:
    for clause in closing:
        yield Node(NodeKind.CLOSING, clause.id, "", "", "", (), clause.anchor, clause.start, clause.end, 1)


def _reach_over_inner(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """A node ends where the last one inside it ends, and counts the sentences of groups inside it."""
    ends: dict[str, int] = {}
    counts: dict[str, int] = {}
    whole: list[Node] = []
    for node in reversed(nodes):
        end = max(node.end, ends.get(node.key, 0))
        ends[node.inside] = max(end, ends.get(node.inside, 0))
        count = node.sentences + counts.get(node.key, 0)
        if node.kind is NodeKind.CHAPTER:
            counts[node.inside] = counts.get(node.inside, 0) + count
        whole.append(replace(node, end=end, sentences=count))
    return tuple(reversed(whole))
