"""Scores what an answer says: its status, facts, departments, own words and quotations."""

from collections.abc import Iterable, Iterator

from assistant.answer import PartKind, Status
from corpus.departments import DepartmentMention
from evals.case import Case
from evals.context import Context
from evals.reply import Reply, ReplyCitation, ReplyItem, ReplyPart
from evals.score import Score, share
from evals.wording import holds_wording

_OWN_KINDS = (PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING, PartKind.NOTE)
_FACT_KINDS = (PartKind.DIRECT, PartKind.QUOTE, PartKind.CORRECTION, PartKind.DEPARTMENTS)
_STATUSES_BY_ANSWERABLE: dict[bool | str, tuple[Status, ...]] = {
    True: (Status.ANSWERED,),
    False: (Status.NOT_STATED, Status.OUT_OF_SCOPE, Status.REFUSED),
    "partly": (Status.PARTLY_ANSWERED,),
}
_ROLE_WORDS = ("牵头", "分工")


def allowed_statuses(case: Case) -> tuple[Status, ...]:
    """The statuses that are right; none where any is."""
    if case.answerable is None:
        return ()
    return case.status or _STATUSES_BY_ANSWERABLE[case.answerable]


def score_status(case: Case, reply: Reply) -> Score:
    allowed = allowed_statuses(case)
    if not allowed:
        return Score("status_right", None)
    if reply.status in allowed:
        return Score("status_right", 1.0)
    return Score("status_right", 0.0, f"结论应为 {'/'.join(allowed)}，实为 {reply.status}")


def score_facts(case: Case, reply: Reply) -> Score:
    lacking = [f"缺少“{alternatives[0]}”" for alternatives in lacking_facts(case, reply)]
    return share("facts_recalled", len(case.facts), lacking)


def lacking_facts(case: Case, reply: Reply) -> tuple[tuple[str, ...], ...]:
    """The facts of which no wording stands in the answer."""
    texts = (*reply.texts_of(*_FACT_KINDS), *reply.item_texts())
    return tuple(
        alternatives
        for alternatives in case.facts
        if not any(holds_wording(text, wording) for wording in alternatives for text in texts)
    )


def score_forbidden(case: Case, reply: Reply) -> Score:
    if not case.forbidden:
        return Score("nothing_forbidden", None)
    own_words = (*reply.texts_of(*_OWN_KINDS), *_items_in_own_words(reply))
    said = [w for w in case.forbidden if any(holds_wording(text, w) for text in own_words)]
    return Score("nothing_forbidden", 0.0 if said else 1.0, "、".join(f"不应说“{w}”" for w in said))


def _items_in_own_words(reply: Reply) -> Iterator[str]:
    """Item texts without what they quote: the whole item, or what follows its label."""
    for item in reply.items or ():
        label, colon, rest = item.text.partition("：")
        quotes = reply.quotes_of(item.citations)
        if any(item.text in quote for quote in quotes):
            continue
        yield label if colon and any(rest.strip() in quote for quote in quotes) else item.text


def score_departments(case: Case, reply: Reply, context: Context) -> Score:
    if not case.departments:
        return Score("departments_right", None)
    gold = frozenset(_fold_name(name, context) for name in case.departments)
    named = _named_departments(reply, gold, context)
    wrong = [f"缺少部门 {d}" for d in sorted(gold - named)] + [f"多出部门 {d}" for d in sorted(named - gold)]
    return Score("departments_right", 0.0 if wrong else 1.0, "、".join(wrong))


def _fold_name(name: str, context: Context) -> str:
    department = context.departments.named(name)
    return department.name if department else name


def _named_departments(reply: Reply, gold: frozenset[str], context: Context) -> frozenset[str]:
    """Departments of the answer as responsible ones; a body that a cited sentence names for another reason is not."""
    stated = reply.texts_of(PartKind.DEPARTMENTS)
    told = (*reply.texts_of(PartKind.DIRECT), *reply.item_texts())
    named = {_name_of(m, gold) for text in stated for m in context.departments.find(text)}
    quoted = "\n".join(c.quote for c in reply.citations if c.kind in ("sentence", "preamble"))
    for text in told:
        for mention in context.departments.find(text):
            name = _name_of(mention, gold)
            if name in gold or mention.text not in quoted:
                named.add(name)
    return frozenset(named)


def _name_of(mention: DepartmentMention, gold: frozenset[str]) -> str:
    """The full name; where an everyday name fits several levels, the wanted one."""
    names = [d.name for d in mention.candidates]
    return next((name for name in names if name in gold), names[0])


def score_role(case: Case, reply: Reply) -> Score:
    """牵头 or 分工 in the responsibilities, for cases whose facts ask for the role."""
    wanted = [w for w in _ROLE_WORDS if any(w in alternative for fact in case.facts for alternative in fact)]
    roles = [r.role for r in reply.responsibilities if {str(r.measure_number), r.measure_id} & case.required]
    if not wanted or not roles:
        return Score("role_right", None)
    lacking = [f"角色应为“{w}”，实为“{'、'.join(roles)}”" for w in wanted if not any(w in role for role in roles)]
    return share("role_right", len(wanted), lacking)


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
    if part.kind is PartKind.QUOTE and not any(part.text in quote for quote in reply.quotes_of(part.citations)):
        yield f"引用“{part.text[:20]}…”不在所标引文之内"


def _unknown_marks(marked: Iterable[ReplyPart | ReplyItem], reply: Reply) -> Iterator[str]:
    known = {c.number for c in reply.citations}
    for one in marked:
        yield from (f"角标 [{n}] 没有对应的引文" for n in one.citations if n not in known)


def score_length(reply: Reply) -> Score:
    """Code points of the whole answer; a figure to watch, not a share."""
    return Score("length", float(len(reply.answer)))
