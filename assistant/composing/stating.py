"""How an item is stated in our own lines: its printed words with who and what for, short enough to stand first."""

from collections.abc import Sequence

from assistant.answer import PartKind
from assistant.composing.draft import DraftPart, Source, quote_part, sentence_source
from assistant.composing.wording import english_sum, state_row, trim
from assistant.evidence.items import ItemMatch
from corpus.catalogue import SupportRow
from corpus.notice import Item, Support
from prompts import phrase

_LONGEST = 140
_LONGEST_WHOLE = 100
_COMMA = "，"
_LEFT_OUT = "……"


def state_item(
    match: ItemMatch, language: str, telling: Sequence[str] = (), *, names_notice: bool = False
) -> DraftPart:
    """The clause of a sentence as printed; of a long one the stretch around the words that tell."""
    place, item = match.place, match.item
    source = sentence_source(place, item)
    if place.provision and place.provision.cells:
        clause = state_row(place.provision)
    else:
        clause = shorten(join_lines(trim(item.text)), telling)
    clause = f"《{place.notice.title}》：{clause}" if names_notice else clause
    if language == "en":
        return DraftPart(PartKind.DIRECT, _in_english(clause, item), (source,))
    return DraftPart(PartKind.DIRECT, phrase("clause_stated", "zh", clause=clause), (source,), is_verbatim=True)


def state_support(row: SupportRow) -> str:
    """Who gets it, for what act, on what condition and how much, in printed words."""
    whole = join_lines(trim(row.item.text))
    if row.place.provision and row.place.provision.cells:
        return state_row(row.place.provision)
    if len(whole) <= _LONGEST_WHOLE and len(row.item.supports) == 1:
        return whole
    clause = join_lines(trim(row.support.phrase.text))
    return f"{who}：{clause}" if (who := _who_and_act(row.support, clause)) else clause


def state_row_of_support(row: SupportRow, language: str, *, names_notice: bool = False) -> DraftPart:
    """One line on money, with its sentence."""
    source = sentence_source(row.place, row.item)
    clause = f"{f'《{row.place.notice.title}》：' if names_notice else ''}{state_support(row)}"
    if language == "en":
        return DraftPart(PartKind.DIRECT, _in_english(clause, row.item), (source,))
    return DraftPart(PartKind.DIRECT, phrase("clause_stated", "zh", clause=clause), (source,), is_verbatim=True)


def quotes_of(sources: Sequence[Source], stated: Sequence[DraftPart]) -> list[DraftPart]:
    """The sentences, each once, but for those that our own line has said as a whole."""
    said = "".join(p.text for p in stated)
    unique = {s.phrase.start: s for s in sources if s.place.provision}
    return [quote_part(s) for s in unique.values() if trim(s.phrase.text) not in said]


def shorten(text: str, telling: Sequence[str], most: int = _LONGEST) -> str:
    """The text, or where it is longer than `most` its stretch from the first to the last comma around what tells."""
    if len(text) <= most:
        return text
    pieces = text.split(_COMMA)
    kept = [n for n, piece in enumerate(pieces) if any(w and w in piece for w in telling)]
    first, last = (kept[0], kept[-1]) if kept else (0, 0)
    while last + 1 < len(pieces) and len(_COMMA.join(pieces[first : last + 2])) <= most:
        last += 1
    while first and len(_COMMA.join(pieces[first - 1 : last + 1])) <= most:
        first -= 1
    cut = _COMMA.join(pieces[first : last + 1])
    return f"{_LEFT_OUT if first else ''}{cut}{_LEFT_OUT if last + 1 < len(pieces) else ''}"


def join_lines(text: str) -> str:
    """Without the line breaks and gaps of the source."""
    return "".join(line.strip() for line in text.splitlines())


def _who_and_act(support: Support, clause: str) -> str:
    """Who gets it and what for, as far as the clause does not say so."""
    told = [p.text for p in (support.who, support.act) if p and p.text not in clause]
    if not told and support.beneficiary and support.beneficiary.split("（")[0] not in clause:
        told = [support.beneficiary]
    return join_lines("".join(dict.fromkeys(told)))


def _in_english(clause: str, item: Item) -> str:
    amounts = [s.amount for s in item.supports if s.amount] or list(item.amounts)
    if not amounts:
        return phrase("clause_quoted", "en", clause=clause)
    sums = "; ".join(dict.fromkeys(english_sum(a) for a in amounts))
    return phrase("clause_stated", "en", clause=clause, english_sum=sums)
