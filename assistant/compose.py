"""The quoting composer: one finding for each ask, made of printed words; no language model."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answer import Missing, PartKind
from assistant.composing.absent import find_absent, find_counted, find_slot, find_total, nearest_source
from assistant.composing.comparisons import find_comparison
from assistant.composing.departments import find_actor, find_departments
from assistant.composing.details import (
    find_address,
    find_detail,
    find_meaning,
    find_measure_title,
    find_where,
)
from assistant.composing.document import find_document_fact, find_validity
from assistant.composing.draft import ClaimKind, DraftPart, Finding, quote_part
from assistant.composing.eligibility import find_eligibility
from assistant.composing.fixed import fixed_finding
from assistant.composing.lists import find_list, find_named_kinds
from assistant.composing.out_of_range import find_out_of_range, unknown_number
from assistant.composing.premises import check_premises
from assistant.composing.printed import find_printed
from assistant.composing.quantities import check_quantity, lacks_figure
from assistant.composing.supports import find_basis_of_sum, find_condition, find_period, find_sum, find_supports
from assistant.composing.wording import unique_places
from assistant.evidence import Evidence, terms_of
from assistant.expand import expand_asks
from assistant.mentions import asks_how_often
from assistant.query import DOCUMENT_ASKS, LIST_ASKS, Ask, AskReading
from prompts import phrase

Finder = Callable[[AskReading, Evidence], Finding]

_FINDERS: Mapping[Ask, Finder] = {
    **dict.fromkeys(LIST_ASKS, find_list),
    **dict.fromkeys(DOCUMENT_ASKS - {Ask.VALIDITY, Ask.BUDGET}, find_document_fact),
    Ask.SUM: find_sum,
    Ask.SUPPORTS: find_supports,
    Ask.CONDITION: find_condition,
    Ask.PERIOD: find_period,
    Ask.BASIS_OF_SUM: find_basis_of_sum,
    Ask.DEPARTMENT: find_departments,
    Ask.ROLE: find_departments,
    Ask.ACTOR: find_actor,
    Ask.DETAIL: find_detail,
    Ask.ELIGIBILITY: find_eligibility,
    Ask.STATEMENT: find_detail,
    Ask.WHERE: find_where,
    Ask.MEASURE_TITLE: find_measure_title,
    Ask.MEANING: find_meaning,
    Ask.COMPARE: find_comparison,
    Ask.TOTAL: find_total,
    Ask.QUANTITY: find_slot,
    Ask.PROCESSING: find_slot,
    Ask.RATE: find_slot,
    Ask.DATE: find_slot,
    Ask.ROUTE: find_slot,
    Ask.TELEPHONE: find_slot,
    Ask.ADDRESS: find_address,
    Ask.MATERIALS: find_slot,
    Ask.VALIDITY: find_validity,
}

# Asks that any sentence about the subject answers, unless it is a number that is wanted.
_SAY_ANYTHING = frozenset({Ask.DETAIL, Ask.ELIGIBILITY, Ask.CONDITION, Ask.STATEMENT, Ask.MEANING})
_NUMBERS = frozenset({"share", "quantity", "period"})
_TIMES = frozenset({"date", "deadline", "validity", "period"})
_ALIKE: Mapping[Ask, frozenset[str]] = {
    Ask.SUM: frozenset({"sum", "share"}),
    Ask.RATE: frozenset({"share"}),
    Ask.QUANTITY: _NUMBERS,
    Ask.DATE: _TIMES,
    Ask.PROCESSING: _TIMES | {"quantity"},
    Ask.PERIOD: _TIMES,
    Ask.CONDITION: frozenset({"condition", "quantity", "share"}),
    Ask.MATERIALS: frozenset({"materials"}),
    Ask.ROUTE: frozenset({"route", "web", "mail", "telephone", "address"}),
    Ask.ADDRESS: frozenset({"address", "place"}),
}
_SURE_OF_ABSENCE = 0.72
"""What may have been asked otherwise is not said to be missing."""

_FULL_NAME = 4
_FAR = 0.845
"""No question about a notice was less similar to its nearest sentence."""

_ASKS_WHICH = re.compile(r"哪[几些]|which", re.IGNORECASE)
_MAY_LIST_KINDS = frozenset(
    {Ask.DETAIL, Ask.MEASURES, Ask.COUNT, Ask.QUANTITY, Ask.SUPPORTS, Ask.BRANDS, Ask.SUM, Ask.WHERE, Ask.MEANING}
)


def compose(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings in the order of the asks; an ask that no text can fill is found absent."""
    asks = expand_asks(evidence.query, evidence.corpus.catalogue)
    return tuple(_find(ask, evidence) for ask in asks)


def _find(ask: AskReading, evidence: Evidence) -> Finding:
    if ask.unprinted and not evidence.ranking.is_very_near:
        is_far = (evidence.ranking.similarity or _FAR) < _FAR and not ask.subjects
        return fixed_finding("off_topic", evidence.corpus, evidence.language) if is_far else find_unknown(ask, evidence)
    if (subject := unknown_number(ask)) is not None:
        return find_out_of_range(ask, evidence, subject)
    if ask.ask in _MAY_LIST_KINDS and (kinds := find_named_kinds(ask, evidence)) is not None:
        return kinds
    asks_which = _ASKS_WHICH.search(ask.text) or asks_how_often(ask.text)
    if ask.ask in {Ask.COUNT, Ask.MEASURES} and not asks_which and (counted := find_counted(ask, evidence)) is not None:
        return counted
    if (premise := check_premises(ask, evidence) or check_quantity(ask, evidence)) is not None:
        return premise
    # Percentages, quotas, budgets, penalties: things that a notice hardly ever prints.
    finding = _FINDERS.get(ask.ask, find_absent)(ask, evidence)
    if ask.ask in _SAY_ANYTHING and lacks_figure(ask, finding):
        ask = replace(ask, ask=Ask.QUANTITY)
        finding = find_absent(ask, evidence)
    if finding.is_filled or (ask.ask is Ask.SUM and evidence.supports_for(ask)):
        return finding
    if (printed := find_printed(ask, evidence)) is not None:
        return printed
    is_unsure = ask.margin < _SURE_OF_ABSENCE or _prints_nearly(ask, finding)
    return find_detail(ask, evidence) if is_unsure else finding


def _prints_nearly(ask: AskReading, finding: Finding) -> bool:
    """Whether what is quoted beside an absence prints a value of that kind: then it is no absence."""
    kinds = _ALIKE.get(ask.ask, frozenset())
    items = [i for p in finding.parts for s in p.sources for i in ([s.item] if s.item else [])]
    return any(v.kind in kinds for i in items for v in i.values) or ("sum" in kinds and any(i.amounts for i in items))


def find_unknown(ask: AskReading, evidence: Evidence) -> Finding:
    """That the notice does not mention what is asked about; and what it says of a full name beside it."""
    text = phrase("unknown", evidence.language, words=ask.unprinted)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
    missing = Missing(ask.ask, ask.unprinted, None)
    named = [s for s in terms_of(ask.subjects) if len(s.text) >= _FULL_NAME and s.text not in ask.unprinted]
    source = nearest_source(replace(ask, subjects=tuple(named)), evidence) if named else None
    if source is None or not any(s.text in source.phrase.text for s in named):
        return Finding(ask.ask, False, (part,), missing=missing)
    return Finding(ask.ask, False, (part, quote_part(source)), unique_places([source.place]), missing)
