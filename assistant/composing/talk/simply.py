"""Takes a clause apart into its typed facts, one short line each: for whom, for what, how much, paid how, if what."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import PartKind
from assistant.composing.draft import DraftItem, DraftPart, Source
from assistant.composing.stating import join_lines, shorten
from assistant.composing.wording import english_sum, name_label, trim
from corpus.notice import Item, Provision, Support
from prompts import phrase

_COMMA = "，"
_SHORT = 40
_MOST_SUPPORTS = 2
_BASES = ("按", "依据", "根据")
"""How a printed yardstick begins."""

_LIMITS = ("最", "每", "不")
"""How a printed limit begins: 最高, 每家, 不超过."""

_FEW = 2


def take_apart(part: DraftPart, language: str, telling: Sequence[str]) -> list[DraftPart]:
    """The facts of its item; of an item without them the shortest stretch that tells; none where that is no shorter."""
    source = part.sources[0]
    item, provision = source.item, source.place.provision
    if item is None or provision is None:
        return []
    facts = list(_cells(provision)) or _facts_of(item, part, language)
    if len(facts) >= _FEW:
        lines = [phrase(key, language, words=words) for key, words in facts]
    else:
        whole = join_lines(trim(item.text))
        stretch = shorten(whole, telling, _SHORT)
        lines = [phrase("simple_stretch", language, words=stretch)] if len(stretch) < len(whole) else []
    return [_line(text, source) for text in dict.fromkeys(lines)]


def take_apart_row(item: DraftItem) -> DraftItem:
    """A member of a list by who gets how much and when, where its clause gives one thing only."""
    clause = item.sources[0].item if len(item.sources) == 1 else None
    if clause is None or len(clause.supports) != 1 or clause.supports[0].amount is None:
        return item
    support, measure = clause.supports[0], item.sources[0].place.measure
    facts = dict(_facts(support, clause, "zh"))
    who = "".join(facts.pop(k, "") for k in ("simple_who", "simple_act"))
    label = f"（{name_label(measure)}）" if measure else ""
    return replace(item, text=f"{who}：{_COMMA.join(facts.values())}{label}") if who else item


def _line(text: str, source: Source) -> DraftPart:
    return DraftPart(PartKind.DIRECT, text, (source,), is_verbatim=True)


def _cells(provision: Provision) -> Iterator[tuple[str, str]]:
    for cell in provision.cells:
        yield "simple_stretch", f"{cell.head}：{join_lines(cell.phrase.text)}" if cell.head else cell.phrase.text


def _facts_of(item: Item, part: DraftPart, language: str) -> list[tuple[str, str]]:
    """Those of the supports that the part states."""
    told = [s for s in item.supports if s.phrase.text in part.text] or list(item.supports)
    return [f for s in told[:_MOST_SUPPORTS] for f in _facts(s, item, language)]


def _facts(support: Support, item: Item, language: str) -> Iterator[tuple[str, str]]:
    who, sum_ = _who(support), _how_much(support, item)
    said = [who, sum_]
    if who:
        yield "simple_who", who
    if support.act and (act := join_lines(support.act.text)) not in who:
        said.append(act)
        yield "simple_act", act
    if support.amount is not None:
        yield "simple_sum", sum_ if language == "zh" else english_sum(support.amount)
    elif support.form and support.form in item.text:
        said.append(support.form)
        yield "simple_form", support.form
    bases = [q for q in support.qualifiers if q.startswith(_BASES)]
    for basis in bases:
        yield "simple_basis", basis
    if support.paid and support.paid.text not in sum_:
        yield "simple_paid", support.paid.text
    condition = join_lines(support.condition.text) if support.condition else ""
    if condition and condition not in bases and not any(condition in words for words in said):
        yield "simple_condition", condition


def _who(support: Support) -> str:
    return join_lines(support.who.text) if support.who else support.beneficiary


def _how_much(support: Support, item: Item) -> str:
    """From the first word that limits the sum to the end of what is given: 最高给予500万元补助."""
    amount = support.amount
    if amount is None:
        return ""
    piece = next((p for p in join_lines(trim(item.text)).split(_COMMA) if amount.text in p), amount.text)
    if amount.unit == "%":
        # A share is nothing without what it is a share of.
        return piece
    least = support.least.text if support.least else amount.text
    limits = [
        q for q in support.qualifiers if q.startswith(_LIMITS) or (piece.startswith(q) and not q.startswith(_BASES))
    ]
    starts = [at for w in (*limits, least, amount.text) if 0 <= (at := piece.find(w)) <= piece.find(amount.text)]
    return piece[min(starts, default=0) :]
