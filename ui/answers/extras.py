"""What a page adds to an answer: supports at a glance, how things are called, choices when asking back, what to ask next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.answer import Answer, Citation, Part, PartKind, Status
from assistant.composing.stating import cut_sum, who_and_act
from corpus.catalogue import Catalogue, SupportRow
from ui.answers.citations import name_place, on_one_line
from ui.words import word

_STATED = frozenset({Status.ANSWERED, Status.PARTLY_ANSWERED})
_SAID = frozenset({PartKind.DIRECT, PartKind.CORRECTION})


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button says and what it asks."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Glance:
    """One support as it is seen at once: printed words of the cited sentence, "" for what is not printed.

    `value` is the sum in yuan, None where none is printed; `number` is that of the citation.
    """

    who: str
    sum: str
    paid: str
    condition: str
    value: Decimal | None
    number: int


@dataclass(frozen=True, slots=True)
class Extras:
    """Whatever is not of the answer itself; `sums` are values in yuan by the words that print them."""

    call_department: Callable[[str], str] = str
    call_place: Callable[[Citation], str] = name_place
    call_name: Callable[[str], str] = "“{}”".format
    choices: tuple[Choice, ...] = ()
    follow_ups: tuple[str, ...] = ()
    supports: tuple[Glance, ...] = ()
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    sentences: Mapping[int, str] = field(default_factory=dict)
    """Which sentence a citation is, by its number: 第3句."""
    is_only: bool = True
    """Whether the service holds one notice, so that no quotation needs to name it."""


@dataclass(frozen=True, slots=True)
class Card:
    """How a card stands in its page: `prefix` before each of its ids, `site` before the addresses that are printed."""

    prefix: str = ""
    with_follow_ups: bool = True
    is_outdated: bool = False
    site: str = ""


def supports_at_a_glance(answer: Answer, catalogue: Catalogue) -> tuple[Glance, ...]:
    """Those that our Chinese lines state, where at least half of the lines are about money; none beside a table."""
    if answer.language != "zh" or answer.status not in _STATED or any(p.kind is PartKind.TABLE for p in answer.parts):
        return ()
    gap = next((n for n, p in enumerate(answer.parts) if p.kind is PartKind.MISSING), len(answer.parts))
    lines = [p for p in answer.parts[:gap] if p.kind in _SAID]
    told = [list(_told(p, answer, catalogue)) for p in lines]
    rows = {g: None for line in told for g in line}
    is_money = any(g.value is not None for g in rows) and 2 * sum(map(bool, told)) >= len(told)
    return tuple(rows) if is_money else ()


def _told(line: Part, answer: Answer, catalogue: Catalogue) -> Iterator[Glance]:
    for citation in (c for c in answer.citations if c.number in line.citations):
        rows = rows_of(citation, catalogue)
        priced = [r for r in rows if r.support.amount]
        for row in rows:
            amount = row.support.amount
            is_alone = priced == [row] and amount and amount.text in line.text
            if is_alone or on_one_line(row.support.phrase.text) in on_one_line(line.text):
                yield _glance(row, citation.number)


def rows_of(citation: Citation, catalogue: Catalogue) -> list[SupportRow]:
    """The supports that the cited sentence gives."""
    rows = catalogue.supports_of_measure.get(f"{citation.notice_id}/{citation.measure_id}", ())
    return [r for r in rows if r.place.provision and r.place.provision.id == citation.provision_id]


def _glance(row: SupportRow, number: int) -> Glance:
    """A condition that stands before the sum is shown as a condition only."""
    support, amount = row.support, row.support.amount
    paid, condition = (on_one_line(p.text) if p else "" for p in (support.paid, support.condition))
    printed = on_one_line(cut_sum(support))
    total = printed.removeprefix(condition).removeprefix("给予") or printed or word("support_no_sum", "zh")
    value = amount.value if amount and amount.unit == "元" else None
    return Glance(on_one_line(who_and_act(support)), total, paid, condition, value, number)


def sums_printed(answer: Answer, catalogue: Catalogue) -> dict[str, Decimal]:
    """The sums of the cited sentences by their words, for the order of a table."""
    given = (_glance(row, c.number) for c in answer.citations for row in rows_of(c, catalogue))
    return {g.sum: g.value for g in given if g.value is not None}
