"""Scores which measures an answer cites."""

from collections.abc import Iterable

from assistant.answer import CitationKind
from evals.case import Case
from evals.reply import Reply, ReplyCitation
from evals.score import Score, share

_CLAUSE_KINDS = frozenset({CitationKind.SENTENCE, CitationKind.HEADING, CitationKind.RESPONSIBILITY})


def cited_measures(case: Case, citations: Iterable[ReplyCitation]) -> frozenset[str]:
    """Measures named as the case names them: by id where it gives ids, else by number."""
    clauses = [
        c
        for c in citations
        if c.kind in _CLAUSE_KINDS and c.measure_number is not None and case.notice_id in (None, c.notice_id)
    ]
    return frozenset(str(c.measure_id if case.clauses else c.measure_number) for c in clauses)


def score_clauses(case: Case, reply: Reply) -> Score:
    lacking = case.required - cited_measures(case, reply.citations)
    return share("clauses_cited", len(case.required), [f"没有引用第 {m} 条" for m in sort_measures(lacking)])


def score_precision(case: Case, reply: Reply) -> Score:
    """Wanted measures among the cited ones; does not apply where nothing is wanted or cited."""
    cited = cited_measures(case, reply.citations)
    if not case.required or not cited:
        return Score("clause_precision", None)
    surplus = sort_measures(cited - case.required)
    return share("clause_precision", len(cited), [f"多引第 {m} 条" for m in surplus])


def score_f1(case: Case, reply: Reply) -> Score:
    """Harmonic mean of clause precision and recall."""
    cited = cited_measures(case, reply.citations)
    if not case.required:
        return Score("clause_f1", None)
    return Score("clause_f1", 2 * len(cited & case.required) / (len(cited) + len(case.required)))


def score_exact(case: Case, reply: Reply) -> Score:
    """The cited measures are the wanted ones and no others."""
    if not case.exact:
        return Score("exact_clauses", None)
    return _compare_sets("exact_clauses", case.required, cited_measures(case, reply.citations))


def score_list(case: Case, reply: Reply) -> Score:
    """Every item is cited, the items lead to exactly the wanted measures, and the count is theirs."""
    if not case.exact or reply.items is None:
        return Score("list_exact", None)
    if any(not item.citations for item in reply.items):
        return Score("list_exact", 0.0, "有一项没有引文")
    if reply.count is not None and reply.count.value != len(reply.items):
        return Score("list_exact", 0.0, f"计数 {reply.count.value} 与列出的 {len(reply.items)} 项不符")
    numbers = {number for item in reply.items for number in item.citations}
    listed = cited_measures(case, (c for c in reply.citations if c.number in numbers))
    return _compare_sets("list_exact", case.required, listed)


def sort_measures(measures: Iterable[str]) -> list[str]:
    """Numbers by value, ids by the numbers on their path."""
    return sorted(measures, key=lambda m: [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in m.split(".")])


def _compare_sets(name: str, gold: frozenset[str], cited: frozenset[str]) -> Score:
    wrong = [f"缺第 {m} 条" for m in sort_measures(gold - cited)]
    wrong += [f"多第 {m} 条" for m in sort_measures(cited - gold)]
    return Score(name, 0.0 if wrong else 1.0, "、".join(wrong))
