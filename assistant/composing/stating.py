"""How an item is stated in our own lines: its printed words with who and what for, short enough to stand first."""

from collections.abc import Sequence

from assistant.answer import PartKind
from assistant.composing.draft import DraftPart, Source, quote_part, sentence_source
from assistant.composing.english.items import state_figures, state_item_english
from assistant.composing.english.supports import state_support_english, tell_support
from assistant.composing.english.titles import of_notice
from assistant.composing.wording import state_row, trim
from assistant.evidence.items import ItemMatch
from corpus.catalogue import SupportRow
from corpus.notice import Support
from prompts import phrase

_LONGEST = 140
_LONGEST_WHOLE = 100
_COMMA = "，"
_GIVING = frozenset({"给予", "给", "的", "奖补", "奖励", "补助", "补贴", "资助"})
"""Words that may stand between a sum and what qualifies it."""

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
    if language == "en":
        line = state_item_english(place, item, clause, telling)
        return DraftPart(PartKind.DIRECT, of_notice(line, place.notice) if names_notice else line, (source,))
    if (
        place.annex
        and place.heading_point
        and place.heading_point.title
        and not (place.provision and place.provision.cells)
    ):
        # 计算方法 is of the point that it stands under.
        clause = f"{join_lines(place.heading_point.title)}：{clause}"
    clause = f"《{place.notice.title}》：{clause}" if names_notice else clause
    return DraftPart(PartKind.DIRECT, phrase("clause_stated", "zh", clause=clause), (source,), is_verbatim=True)


def state_support(row: SupportRow) -> str:
    """Who gets it, for what act, on what condition and how much, in printed words."""
    whole = join_lines(trim(row.item.text))
    if row.place.provision and row.place.provision.cells:
        return state_row(row.place.provision)
    if len(whole) <= _LONGEST_WHOLE and len(row.item.supports) == 1:
        return whole
    clause = join_lines(trim(row.support.phrase.text))
    return f"{who}：{clause}" if (who := who_and_act(row.support, clause)) else clause


def state_row_of_support(row: SupportRow, language: str, *, names_notice: bool = False) -> DraftPart:
    """One line on money, with its sentence."""
    source = sentence_source(row.place, row.item)
    if language == "en":
        line = state_row_english(row)
        return DraftPart(PartKind.DIRECT, of_notice(line, row.place.notice) if names_notice else line, (source,))
    clause = f"{f'《{row.place.notice.title}》：' if names_notice else ''}{state_support(row)}"
    return DraftPart(PartKind.DIRECT, phrase("clause_stated", "zh", clause=clause), (source,), is_verbatim=True)


def state_row_english(row: SupportRow) -> str:
    """The support in English, else its printed words with the sums in figures."""
    if said := state_support_english(row):
        return said
    clause = state_support(row)
    is_priced = bool(row.item.amounts)
    return (state_figures if is_priced else state_item_english)(row.place, row.item, clause)


def state_briefly(row: SupportRow) -> str:
    """Who gets how much in English, without the printed words; these where no gloss covers it."""
    return tell_support(row) or state_support(row)


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


def cut_sum(support: Support) -> str:
    """The sum with the words around it that qualify it: 每家最高200万元一次性补助."""
    clause, amount = support.phrase.text, support.amount
    if amount is None or amount.text not in clause:
        return amount.text if amount else ""
    start = clause.find(amount.text)
    end = start + len(amount.text)
    paid = support.paid.text if support.paid else ""
    joints = sorted({*support.qualifiers, support.form, paid, *_GIVING} - {""}, key=len, reverse=True)
    while found := next((j for j in joints if clause.endswith(j, 0, start)), ""):
        start -= len(found)
    while found := next((j for j in joints if clause.startswith(j, end)), ""):
        end += len(found)
    return trim(clause[start:end].removeprefix("的").removesuffix("的"))


def who_and_act(support: Support, clause: str = "") -> str:
    """Who gets it and what for, as far as the clause does not say so."""
    told = [p.text for p in (support.who, support.act) if p and p.text not in clause]
    told = told[:1] if len(told) > 1 and told[1] in told[0] else told
    if not told and support.beneficiary and support.beneficiary.split("（")[0] not in clause:
        told = [support.beneficiary]
    return join_lines("".join(dict.fromkeys(told)))
