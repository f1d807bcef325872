"""Draws a card in the terminal of what was read of a notice, for a clerk who compares it with the printed one."""

import re
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text
from rich.tree import Tree

from corpus.notice import Notice, Phrase, Provision, ProvisionKind, Responsibility, Support
from ingest.checking.cautions import find_cautions, is_title_printed, shorten
from ingest.checking.description import list_supports, list_values
from ingest.checking.nodes import Node, NodeKind, Places, list_nodes, name_clauses
from ingest.checking.operator import list_operator_notes
from ingest.checking.words import word, word_table
from ingest.publishing.publish import Source

_WIDTH_OF_PIPES = 120
_ROLES = ("lead", "shared", "supporting")
# Escape sequences could move the cursor or fake a prompt; turned writing direction could disguise words.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def print_card(source: Source) -> None:
    """One card, as wide as the terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH_OF_PIPES)
    for part in _draw(source):
        console.print(part)


class _Clauses:
    """The nodes of a notice in reading order, and how people call the one that holds a place of the text."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self._names = name_clauses(nodes)
        self._places = Places(nodes)

    def of(self, node: Node) -> str:
        return self._names[node.key].strip() or word("phrases", "unnumbered")

    def at(self, place: int) -> str:
        node = self._places.find(place)
        return self.of(node) if node else word("phrases", "preamble")


def _draw(source: Source) -> Iterator[RenderableType]:
    notice, nodes = source.notice, list_nodes(source.notice)
    clauses = _Clauses(nodes)
    is_titled = is_title_printed(notice, source.text, nodes)
    yield Text(_show(word("phrases", "title" if is_titled else "untitled", title=notice.title)), "bold")
    yield _draw_head(source)
    yield _name_section("tree")
    yield Padding(_draw_tree(source, nodes), (0, 0, 1, 2), expand=False)
    yield from _draw_table("departments", _list_departments(clauses), ("department", *_ROLES))
    support = ("who", "act", "condition", "amount", "paid", "payer", "where")
    yield from _draw_table("supports", _list_supports(notice, clauses), support)
    yield from _draw_table("contacts", _list_contacts(notice, clauses), ("kind", "text", "where"))
    references = [
        (r.title, r.number or "", word("relations", r.relation), clauses.at(r.phrase.start)) for r in notice.references
    ]
    yield from _draw_table("references", references, ("title", "number", "relation", "where"))
    yield from _draw_table("operator", list_operator_notes(notice), ("kind", "text"))
    cautions = [(str(c.line), c.text) for c in find_cautions(notice, source.text, source.remark)]
    yield from _draw_table("warnings", cautions, ("line", "warning"), none="all_right")


def _draw_head(source: Source) -> Table:
    """What is not printed is said too."""
    notice, table = source.notice, Table.grid(padding=(0, 2))
    said = {
        "id": notice.id,
        "number": notice.number_text,
        "issuer": _text(notice.issuer),
        "addressee": _text(notice.addressee),
        "issued_on": _text(notice.issued_on),
        "from": _say_date(notice.validity.from_words, notice.validity.begins),
        "until": _say_end(notice),
        "printed_by": _text(notice.printed_by),
        "file": source.file_name,
    }
    for key, name in word_table("head").items():
        missing = Text(word("phrases", "missing"), "dim")
        table.add_row(Text(f"  {name}", "dim"), Text(_show(said[key])) if said[key] else missing)
    return table


def _say_date(words: Phrase | None, day: object) -> str:
    """As printed, and the day that follows from it."""
    if words is None or day is None:
        return str(day or "") or _text(words)
    return word("phrases", "computed", words=words.text, date=day)


def _say_end(notice: Notice) -> str:
    validity = notice.validity
    said = [_say_date(validity.until_words, validity.ends)]
    for key in ("repealed_by", "replaced_by"):
        if other := getattr(validity, key):
            said.append(word("phrases", key, id=other))
    return "；".join(filter(None, said))


def _draw_tree(source: Source, nodes: Sequence[Node]) -> Tree:
    notice = source.notice
    counts = {f"{kind}s": sum(n.kind is kind for n in nodes) for kind in NodeKind}
    counts["sentences"] = len(list(notice.provisions()))
    tree = Tree(Text(word("phrases", "totals", **counts)), guide_style="dim")
    branches, owned = {"": tree}, _list_owned(nodes)
    rows = _group_rows(notice, nodes)
    for node in nodes:
        if node.kind is NodeKind.ROW:
            if table := rows.pop(node.inside, None):
                branches[node.inside].add(_draw_rows(table))
            continue
        branches[node.key] = branches[node.inside].add(_draw_node(source, node, owned))
    if notice.annex_list:
        tree.add(Text(_show(word("phrases", "annex_list", text=notice.annex_list.text)), "dim"))
    return tree


def _list_owned(nodes: Sequence[Node]) -> frozenset[str]:
    """Keys of the nodes that departments are named for, there or in a node inside."""
    owned: set[str] = set()
    for node in reversed(nodes):
        if node.responsibilities or node.key in owned:
            owned.update((node.key, node.inside))
    return frozenset(owned)


def _draw_node(source: Source, node: Node, owned: frozenset[str]) -> Text:
    printed = source.text[node.start : node.end]
    if node.kind is NodeKind.CLOSING:
        return Text(_show(word("phrases", "closing", text=printed)))
    is_group = node.kind in (NodeKind.CHAPTER, NodeKind.ANNEX)
    text = Text(_show(_name_node(node, printed)), "bold" if is_group else "")
    text.append(f"  {word('phrases', 'sentences', count=node.sentences)}", "dim")
    if node.responsibilities:
        text.append(f"  {_show(_say_roles(node.responsibilities))}", "green")
    elif node.kind is NodeKind.MEASURE and owned and node.key not in owned:
        text.append(f"  {word('phrases', 'no_department')}", "yellow")
    return text


def _name_node(node: Node, printed: str) -> str:
    """What has no title is known by its first words."""
    if not (node.label or node.title):
        return word("phrases", "unnumbered")
    if node.kind is NodeKind.ANNEX:
        return f"{node.label} {node.title}"
    return f"{node.label}{node.title}" if node.title else shorten(printed)


def _say_roles(owners: Sequence[Responsibility]) -> str:
    return "；".join(f"{word('roles', o.role)}：{'、'.join(o.departments)}" for o in owners)


def _group_rows(notice: Notice, nodes: Sequence[Node]) -> dict[str, list[Provision]]:
    """The rows of each node that holds a table."""
    rows = {p.id: p for p in notice.provisions() if p.kind is ProvisionKind.TABLE_ROW}
    grouped: dict[str, list[Provision]] = {}
    for node in nodes:
        if node.kind is NodeKind.ROW:
            grouped.setdefault(node.inside, []).append(rows[node.key])
    return grouped


def _draw_rows(rows: Sequence[Provision]) -> Text:
    heads = dict.fromkeys(cell.head for row in rows for cell in row.cells if cell.head)
    return Text(_show(word("phrases", "rows", count=len(rows), heads=" · ".join(heads))))


def _list_departments(clauses: _Clauses) -> list[tuple[str, ...]]:
    """Each department with the clauses of each role."""
    found: dict[str, dict[str, list[str]]] = {}
    for node in clauses.nodes:
        for owner in node.responsibilities:
            for name in owner.departments:
                places = found.setdefault(name, {role: [] for role in _ROLES})[owner.role]
                places.append(clauses.of(node))
    return [(name, *(" ".join(dict.fromkeys(roles[role])) for role in _ROLES)) for name, roles in found.items()]


def _list_supports(notice: Notice, clauses: _Clauses) -> list[tuple[str, ...]]:
    return [
        (
            _text(given.support.who) or given.support.beneficiary,
            _text(given.support.act),
            _text(given.support.condition),
            _say_amount(given.support),
            _say_paid(given.support),
            _text(given.support.payer),
            clauses.at(given.support.phrase.start),
        )
        for given in list_supports(notice)
    ]


def _say_amount(support: Support) -> str:
    """With its bound: 最高 200万元 is not 200万元."""
    amount, least = support.amount, support.least
    if amount is None:
        return word("phrases", "unpriced", form=support.form)
    printed = word("phrases", "range", least=least.text, amount=amount.text) if least else amount.text
    return word("bounds", "exact" if least else amount.bound, amount=printed)


def _say_paid(support: Support) -> str:
    period = support.amount.period if support.amount else None
    return _text(support.paid) or (word("periods", period) if period else "")


def _list_contacts(notice: Notice, clauses: _Clauses) -> list[tuple[str, ...]]:
    names = word_table("contacts")
    printed = [(names["contact"], notice.contact.text, "")] if notice.contact else []
    found = [detail.value for detail in list_values(notice) if detail.value.kind in names]
    return [*printed, *((names[v.kind], v.phrase.text, clauses.at(v.phrase.start)) for v in found)]


def _name_section(section: str) -> Text:
    return Text(word("sections", section), "bold cyan")


def _draw_table(
    section: str, rows: Sequence[Sequence[str]], columns: Sequence[str], none: str = "none"
) -> Iterator[RenderableType]:
    """The section's name, and its rows or a word that there are none."""
    if not rows:
        yield _name_section(section).append(f"  {word('phrases', none)}", "not bold dim")
        return
    yield _name_section(section)
    names = (word("columns", column) for column in columns)
    table = Table(*(Column(name, overflow="fold") for name in names), box=SIMPLE_HEAD, pad_edge=True)
    for row in rows:
        table.add_row(*(Text(_show(cell)) for cell in row))
    yield table


def _text(phrase: Phrase | None) -> str:
    return phrase.text if phrase else ""


def _show(words: str) -> str:
    """In one line, without what a terminal would obey."""
    return _UNSAFE.sub(" ", re.sub(r"[^\S\n]{0,40}\n\s{0,40}", "", words)).strip()
