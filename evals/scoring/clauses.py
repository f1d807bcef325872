"""Scores what an answer cites: the wanted clauses and no others, true quotations, the responsible departments."""

from collections.abc import Iterable, Iterator

from evals.cases.case import Case
from evals.context import Context
from evals.scoring.reply import Reply, ReplyCitation, ReplyItem, ReplyPart, Score, share

_ROLE_WORDS = {"lead": ("牵头", "lead"), "shared": ("分工", "共同", "各自", "shared", "respective", "jointly", "share")}


def score_departments(case: Case, reply: Reply, context: Context) -> Score:
    """The responsible departments of the answer are the wanted ones."""
    if not case.departments:
        return Score("departments_right", None)
    gold = frozenset(context.fold_department(name) for name in case.departments)
    named = _named_departments(reply, gold, context)
    wrong = [f"缺少部门 {d}" for d in sorted(gold - named)] + [f"多出部门 {d}" for d in sorted(named - gold)]
    return Score("departments_right", 0.0 if wrong else 1.0, "、".join(wrong))


def _named_departments(reply: Reply, gold: frozenset[str], context: Context) -> frozenset[str]:
    """Departments told as responsible ones; a body that a cited sentence names for another reason is not."""
    stated = reply.texts_of("departments")
    told = (*reply.texts_of("direct", "correction", "table"), *(item.text for item in reply.items or ()))
    named = {name for text in stated for _, name in context.find_departments(text, gold)}
    quoted = "\n".join(c.quote for c in reply.citations if c.kind not in ("responsibility", "heading"))
    for text in told:
        named |= {name for word, name in context.find_departments(text, gold) if name in gold or word not in quoted}
    # 国务院法制机构 is in no table of departments.
    named |= {name for name in gold if any(name in text for text in (*stated, *told))}
    return frozenset(named)


def score_role(case: Case, reply: Reply) -> Score:
    """牵头 or 分工, in our own words and in the responsibilities of the wanted measures."""
    if case.role is None:
        return Score("role_right", None)
    words, others = _ROLE_WORDS[case.role], _ROLE_WORDS["shared" if case.role == "lead" else "lead"]
    told = " ".join(reply.texts_of("direct", "correction", "departments", "table")).casefold()
    roles = [r.role for r in reply.responsibilities if {str(r.measure_number), r.measure_id} & case.required]
    wrong = [] if any(w in told for w in words) else [f"没有说“{words[0]}”"]
    wrong += [f"角色应为“{words[0]}”，实为“{r}”" for r in roles if words[0] not in r and others[0] in r]
    return Score("role_right", 0.0 if wrong else 1.0, "、".join(wrong))


_OUTSIDE = frozenset({"title", "number", "preamble", "closing", "signature", "annex"})
FREE_KINDS = frozenset({"whole_notice", "eligibility", "stories", "voice"})
"""Kinds whose answers may well draw on clauses that no gold foresees; `exact` binds them where they must not."""


def cited_measures(case: Case, citations: Iterable[ReplyCitation]) -> frozenset[str]:
    """Measures named as the case names them: by id where it gives ids, else by number."""
    clauses = [
        c
        for c in citations
        if c.kind not in _OUTSIDE and c.measure_number is not None and case.notice_id in (None, c.notice_id)
    ]
    return frozenset(str(c.measure_id if case.clauses else c.measure_number) for c in clauses)


def score_clauses(case: Case, reply: Reply, context: Context) -> Score:
    """The wanted measures are cited, and each piece of evidence lies under a citation."""
    lacking = [f"没有引用第 {m} 条" for m in sort_measures(case.required - cited_measures(case, reply.citations))]
    lacking += [f"没有引用“{e[:20]}”" for e in case.evidence if not _is_covered(e, case, reply, context)]
    return share("clauses_cited", len(case.required) + len(case.evidence), lacking)


def _is_covered(evidence: str, case: Case, reply: Reply, context: Context) -> bool:
    """A citation overlaps one of the places where the words stand."""
    for citation in reply.citations:
        if case.notice_id not in (None, citation.notice_id):
            continue
        for start, end in context.find_words(citation.notice_id, evidence):
            if citation.start < end and start < citation.end:
                return True
    return False


def score_exact(case: Case, reply: Reply) -> Score:
    """The cited measures are the wanted ones and no others."""
    if not case.exact:
        return Score("exact_clauses", None)
    cited = cited_measures(case, reply.citations)
    wrong = [f"缺第 {m} 条" for m in sort_measures(case.required - cited)]
    wrong += [f"多第 {m} 条" for m in sort_measures(cited - case.required)]
    return Score("exact_clauses", 0.0 if wrong else 1.0, "、".join(wrong))


def score_surplus(case: Case, reply: Reply) -> Score:
    """A question for facts is not answered from clauses that nothing in the case calls for."""
    if not case.required or not case.facts or case.kind in FREE_KINDS or not case.answerable:
        return Score("nothing_surplus", None)
    told = [part.citations for part in reply.parts_of("direct")] + [item.citations for item in reply.items or ()]
    numbers = tuple(number for citations in told for number in citations)
    surplus = cited_measures(case, reply.cited_by(numbers)) - case.required - {str(n) for n in case.may_cite}
    wrong = [f"多引第 {m} 条" for m in sort_measures(surplus)]
    return Score("nothing_surplus", 0.0 if wrong else 1.0, "、".join(wrong))


def sort_measures(measures: Iterable[str]) -> list[str]:
    """Numbers by value, ids by the numbers on their path."""
    return sorted(measures, key=lambda m: [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in m.split(".")])


def score_citations(reply: Reply, context: Context) -> Score:
    """Every quotation verbatim at its offsets and inside the measure it names; every mark leads to a citation."""
    if not reply.citations and not reply.parts:
        return Score("citations_valid", None)
    wrong = [
        *(reason for citation in reply.citations for reason in _faults_of_citation(citation, context)),
        *(reason for part in reply.parts for reason in _faults_of_part(part, reply)),
        *_unknown_marks(reply.items or (), reply),
    ]
    return Score("citations_valid", 0.0 if wrong else 1.0, "、".join(dict.fromkeys(wrong)))


def _faults_of_citation(citation: ReplyCitation, context: Context) -> Iterator[str]:
    text = context.texts.get(citation.notice_id)
    if text is None:
        yield f"引文 [{citation.number}] 指向不存在的通知 {citation.notice_id}"
        return
    if not citation.quote or text[citation.start : citation.end] != citation.quote:
        yield f"引文 [{citation.number}] 与原文 {citation.start}–{citation.end} 不一致"
    spans = context.spans.get(citation.notice_id)
    if not spans or not citation.measure_id:
        return
    span = spans.get(citation.measure_id)
    if span is None or not span.start <= citation.start <= citation.end <= span.end:
        yield f"引文 [{citation.number}] 不在所标的条款 {citation.measure_id} 内"


def _faults_of_part(part: ReplyPart, reply: Reply) -> Iterator[str]:
    yield from _unknown_marks([part], reply)
    if part.kind == "quote" and not any(part.text in c.quote for c in reply.cited_by(part.citations)):
        yield f"引用“{part.text[:20]}…”不在所标引文之内"


def _unknown_marks(marked: Iterable[ReplyPart | ReplyItem], reply: Reply) -> Iterator[str]:
    known = {c.number for c in reply.citations}
    for one in marked:
        yield from (f"角标 [{n}] 没有对应的引文" for n in one.citations if n not in known)
