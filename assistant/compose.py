"""The quoting composer: one finding for each ask, made of printed words; no language model."""

from collections.abc import Callable, Mapping

from assistant.composing.absent import find_absent, find_slot
from assistant.composing.departments import find_departments
from assistant.composing.details import find_detail, find_meaning, find_measure_title, find_where
from assistant.composing.document import find_document_fact
from assistant.composing.draft import Finding
from assistant.composing.lists import find_list
from assistant.composing.supports import find_basis_of_sum, find_condition, find_period, find_sum
from assistant.evidence import Evidence
from assistant.query import DOCUMENT_ASKS, LIST_ASKS, Ask, AskReading

Finder = Callable[[AskReading, Evidence], Finding]

_FINDERS: Mapping[Ask, Finder] = {
    Ask.SUM: find_sum,
    Ask.CONDITION: find_condition,
    Ask.PERIOD: find_period,
    Ask.BASIS_OF_SUM: find_basis_of_sum,
    Ask.DEPARTMENT: find_departments,
    Ask.ROLE: find_departments,
    Ask.DETAIL: find_detail,
    Ask.ELIGIBILITY: find_detail,
    Ask.WHERE: find_where,
    Ask.MEASURE_TITLE: find_measure_title,
    Ask.MEANING: find_meaning,
    Ask.QUANTITY: find_slot,
    Ask.DATE: find_slot,
    Ask.ROUTE: find_slot,
    Ask.TELEPHONE: find_slot,
    Ask.ADDRESS: find_slot,
    Ask.MATERIALS: find_slot,
    Ask.VALIDITY: find_slot,
    **dict.fromkeys(LIST_ASKS, find_list),
    **dict.fromkeys(DOCUMENT_ASKS - {Ask.VALIDITY, Ask.BUDGET}, find_document_fact),
}


def compose(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings in the order of the asks; an ask that no text can fill is found absent."""
    return tuple(_FINDERS.get(ask.ask, _default(ask))(ask, evidence) for ask in evidence.query.asks)


def _default(ask: AskReading) -> Finder:
    """Kinds of things that a notice hardly ever prints: percentages, quotas, budgets, penalties …"""
    return find_detail if ask.ask in {Ask.STATEMENT, Ask.MORE, Ask.REPEAT} else find_absent
