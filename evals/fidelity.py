"""Scores the sums in our own words against the items they cite, apart from the product's own verification."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import PartKind
from corpus.amounts import Amount, Bound, Period, read_amounts
from evals.case import Case
from evals.context import Context
from evals.reply import Reply
from evals.score import Score

_OWN_KINDS = frozenset({PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING, PartKind.NOTE})
_STATING_KINDS = frozenset({PartKind.DIRECT, PartKind.CORRECTION})
_WORDS: dict[Bound | Period, re.Pattern[str]] = {
    Bound.AT_MOST: re.compile(
        r"最高|最多|至多|不超过|上限|封顶|以内|up to|at most|maximum|no more than", re.IGNORECASE
    ),
    Bound.AT_LEAST: re.compile(r"最低|至少|不低于|不少于|以上|at least|minimum|or more", re.IGNORECASE),
    Period.ONCE: re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE),
    Period.YEARLY: re.compile(r"年度|每年|一年|按年|annual|yearly|(?:per|a|each) year", re.IGNORECASE),
}
_NAMES = {Bound.AT_MOST: "最高", Bound.AT_LEAST: "最低", Period.ONCE: "一次性", Period.YEARLY: "年度"}
_DENIAL = re.compile(r"不是|并非|没有|不会|\bnot?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words of our own and the items they rest on."""

    text: str
    is_stated: bool
    items: tuple[str, ...]


def score_figures(case: Case, reply: Reply, context: Context) -> Score:
    """Every sum that our own words state stands in a cited item, with its qualifiers and no others."""
    claims = tuple(_read_claims(reply, context))
    named = [a for text in (case.question, *case.history) for a in read_amounts(text)]
    stated = [(claim, a) for claim in claims for a in read_amounts(claim.text) if not _is_echo(claim, a, named)]
    if not stated:
        return Score("figures_faithful", None)
    wrong = [fault for claim, amount in stated for fault in _find_faults(claim, amount, claims)]
    return Score("figures_faithful", 0.0 if wrong else 1.0, "、".join(dict.fromkeys(wrong)))


def _read_claims(reply: Reply, context: Context) -> Iterator[_Claim]:
    for part in reply.parts:
        if part.kind in _OWN_KINDS:
            numbers = part.citations or tuple(c.number for c in reply.citations)
            yield _Claim(part.text, part.kind in _STATING_KINDS, _cited_items(numbers, reply, context))
    for item in reply.items or ():
        yield _Claim(item.text, True, _cited_items(item.citations, reply, context))


def _cited_items(numbers: Sequence[int], reply: Reply, context: Context) -> tuple[str, ...]:
    """The items inside the cited words; the words themselves where the notice is not known or has none there."""
    texts: list[str] = []
    for citation in reply.citations:
        if citation.number not in numbers:
            continue
        notice = context.notices.get(citation.notice_id)
        items = [item for provision in notice.provisions() for item in provision.items] if notice else []
        inside = [i.text for i in items if citation.start < i.end and i.start < citation.end]
        texts += inside or [citation.quote]
    return tuple(texts)


def _is_echo(claim: _Claim, amount: Amount, named: Sequence[Amount]) -> bool:
    """The user's own sum, named to be denied or to say what is missing about it."""
    if not any(amount.equals(other) for other in named):
        return False
    sentence = _SENTENCE_END.split(claim.text[: amount.start])[-1]
    clause = re.split(r"[，,：:；;]", sentence)[-1]
    return not claim.is_stated or bool(_DENIAL.search(clause))


def _find_faults(claim: _Claim, amount: Amount, claims: Sequence[_Claim]) -> Iterator[str]:
    printed = [(item, a) for item in claim.items for a in read_amounts(item) if a.equals(amount)]
    if not printed:
        yield f"“{amount.text}”不在所引分句里"
        return
    allowed = {q for _, a in printed for q in _qualifiers(a)}
    yield from (f"“{amount.text}”多了“{_NAMES[q]}”" for q in _qualifiers(amount) if q not in allowed)
    # One sum may stand in several items; it is told whole if it is told as one of them prints it.
    lacking = [[q for q in _qualifiers(a) if not _is_told(q, item, claims)] for item, a in printed]
    if all(lacking):
        yield from (f"“{amount.text}”少了“{_NAMES[q]}”" for q in lacking[0])


def _qualifiers(amount: Amount) -> tuple[Bound | Period, ...]:
    return tuple(q for q in (amount.bound, amount.period) if q in _NAMES)


def _is_told(qualifier: Bound | Period, item: str, claims: Sequence[_Claim]) -> bool:
    """In any of our own words that rest on the item: they are read together."""
    return any(_WORDS[qualifier].search(claim.text) for claim in claims if item in claim.items)
