"""Finds breaks in the numbering of a notice: a number that is missing, stands twice or goes back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.checking.nodes import Node, NodeKind

_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百\d]{1,6}|[①-⑳]")
_INSERTED = "之"


class FaultKind(StrEnum):
    FIRST = "first"
    GAP = "gap"
    TWICE = "twice"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Fault:
    """`before` is the node whose number the node's own does not follow; `missing` are the numbers between them."""

    kind: FaultKind
    node: Node
    before: Node | None = None
    missing: tuple[int, ...] = ()


def find_faults(nodes: Sequence[Node]) -> Iterator[Fault]:
    """Of nodes in reading order. A numbering runs within a node, or on from one into the next (第一条 to 第四十条)."""
    within: dict[tuple[str, str], list[Node]] = {}
    last: dict[str, Node] = {}
    for node in nodes:
        if not (node.number and node.label) or _INSERTED in node.label:
            continue
        style = _style(node.label)
        same = within.setdefault((node.inside, style), [])
        fault = _follow(same, node) if same else _begin(last.get(style), node)
        if fault:
            yield fault
        if node.number == 1:
            same.clear()
        same.append(node)
        last[style] = node


def _begin(before: Node | None, node: Node) -> Fault | None:
    """The first of its kind in a node is a 1, or goes on from the last of its kind before."""
    if node.number == 1 or (before and node.number == before.number + 1):
        return None
    if before and node.number > before.number:
        return Fault(FaultKind.GAP, node, before, tuple(range(before.number + 1, node.number)))
    return Fault(FaultKind.FIRST, node, None, tuple(range(1, node.number)))


def _follow(same: Sequence[Node], node: Node) -> Fault | None:
    before = same[-1]
    if node.number == before.number + 1:
        return None
    if node.number > before.number:
        return Fault(FaultKind.GAP, node, before, tuple(range(before.number + 1, node.number)))
    twin = next((other for other in reversed(same) if other.number == node.number), None)
    # A measure may hold several lists, each of which begins with 1.
    if node.kind is NodeKind.POINT and node.number == 1 and before.number > 1:
        return None
    return Fault(FaultKind.TWICE, node, twin) if twin else Fault(FaultKind.BACK, node, before)


def _style(label: str) -> str:
    """How it is marked, whatever its number: （#）, 第#条, 2.#."""
    matches = list(_NUMERAL.finditer(label))
    return f"{label[: matches[-1].start()]}#{label[matches[-1].end() :]}" if matches else label
