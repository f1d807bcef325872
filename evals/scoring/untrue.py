"""Finds sentences of an answer that the notice contradicts: the canonical text, golds and hand annotations say so."""

import re
from collections.abc import Callable, Iterator, Sequence

from evals.cases.case import Case
from evals.context import Context
from evals.scoring import claims
from evals.scoring.first_line import first_line, read_marks, read_verdict, share_words
from evals.scoring.reply import Reply, Score
from evals.scoring.statement import Ground, Statement, Untruth, read_statements
from evals.scoring.values import find_clause_numbers, fold, holds_wording, read_values

_MENTION = re.compile(
    r"[“\"「](?P<term>[^“”\"「」]+)[”\"」][，,]?(?:通知|原文|文件|全文)?(?:中|里)?(?:没有?|未|并未)(?:提到|提及|出现|涉及)"
    r"|(?:没有?|未|并未)(?:提到|提及|出现|涉及)[^“”。；;]{0,2}[“\"「](?P<after>[^“”\"「」]+)[”\"」]"
    r"|not (?:mention|contain)[^“\"]{0,12}[“\"](?P<english>[^“”\"]+)[”\"]"
)
_KIND_ASKED = {
    "conditions": "condition",
    "meanings": "meaning",
    "departments": "department",
    "department_lists": "department",
}
_KINDS_OF_VALUE = {"sum": {"sum"}, "share": {"share"}, "date": {"date", "deadline", "validity"}}
_OPENING = re.compile(r"^(?:不是(?!\d)|不能|不可以|不对|没有(?!写|提|印|规定|说明|明确)|no\b|not\b)", re.IGNORECASE)


def find_untruths(case: Case, reply: Reply, context: Context) -> tuple[Untruth, ...]:
    """Sure ones first found in the order of the answer; one for each sentence and kind."""
    ground = Ground(case, reply, context)
    found = [*_check_polarity(ground)]
    for statement in read_statements(reply):
        found += [untruth for check in _CHECKS for untruth in check(statement, ground)]
    return tuple({(u.kind, u.sentence): u for u in reversed(found)}.values())[::-1]


def score_untrue(found: Sequence[Untruth]) -> tuple[Score, ...]:
    """Whether there is any, how many, and whether rules leave sentences for a person to read."""
    sure = [f"{u.reason}：{u.sentence[:60]}" for u in found if u.is_sure]
    unsure = [f"{u.reason}：{u.sentence[:60]}" for u in found if not u.is_sure]
    return (
        Score("nothing_untrue", 0.0 if sure else 1.0, "；".join(sure)),
        Score("nothing_to_read", 0.0 if unsure else 1.0, "；".join(unsure)),
        Score("untrue_sentences", float(len({u.sentence for u in found if u.is_sure}))),
    )


def _check_polarity(ground: Ground) -> Iterator[Untruth]:
    """The first line says yes, no or not stated, and the text the opposite."""
    line, wanted = first_line(ground.reply), ground.case.verdict
    said = read_verdict(line) if wanted else None
    if said is None or said == wanted or ground.reply.status in ("out_of_scope", "refused", "needs_detail"):
        return
    is_sure = said == "yes" or (said == "no" and wanted == "yes" and bool(_OPENING.match(line)))
    yield Untruth("polarity", line, f"应为 {wanted}，却说 {said}", is_sure)


def _check_absence(statement: Statement, ground: Ground) -> Iterator[Untruth]:
    """“没有写明” over something that is printed."""
    if not statement.is_gap:
        return
    text = fold(ground.text)
    if match := _MENTION.search(statement.text):
        term = match["term"] or match["after"] or match["english"]
        if fold(term) in text:
            yield Untruth("absent", statement.text, f"“{term}”印在原文里")
            return
        if ground.case.answerable is True and ground.reply.status == "not_stated" and ground.case.facts:
            is_sure = ground.case.kind != "whole_notice" and fold(term) in ground.asked
            yield Untruth("absent", statement.text, "原文答得出，却说没有提到", is_sure)
        return
    wrong = _printed_kinds(ground) & _named_kinds(statement.text)
    if claims.speaks_of_total(statement.text):
        wrong -= {"sum", "share"}
    if ground.case.answerable is not True:
        return
    if wrong:
        is_sure = _is_about_gold(statement, ground)
        yield Untruth("absent", statement.text, f"原文写明了 {'、'.join(sorted(wrong))}", is_sure)
    elif ground.reply.status in ("not_stated", "partly_answered") and ground.case.facts:
        # What it names may well be missing while something else is asked.
        is_other = bool(_named_kinds(statement.text)) or claims.speaks_of_total(statement.text)
        is_sure = bool(share_words(statement.text, ground.case.question)) and not is_other
        yield Untruth("absent", statement.text, "原文答得出，却说没有写明", is_sure)


def _is_about_gold(statement: Statement, ground: Ground) -> bool:
    """A sentence on one clause says something false of it, not of another."""
    named = {str(v.value) for v in find_clause_numbers(statement.text)}
    if not named or named & {*ground.case.required, *map(str, ground.case.measures)}:
        return True
    return bool(statement.responsibilities(ground.context))


def _printed_kinds(ground: Ground) -> set[str]:
    """Kinds of values that the gold says are printed, as far as the answer does not state them itself."""
    case, own = ground.case, ground.reply.own_texts()
    unsaid = [f for f in case.facts if not any(holds_wording(t, w) for w in f for t in own)]
    if case.verdict == "not_stated" or not (unsaid or case.departments):
        return set()
    kinds = {_KIND_ASKED[case.kind]} if case.kind in _KIND_ASKED and unsaid else set()
    for fact in unsaid:
        # A total that must be computed is printed nowhere.
        printed = [v.kind for w in fact for v in read_values(w) if any(v.equals(p) for p in read_values(ground.text))]
        kinds |= {kind for value in printed for kind in _KINDS_OF_VALUE[value]}
    if case.departments and not any(name in text for name in case.departments for text in own):
        kinds |= {"department", "role"}
    return kinds - set(case.missing)


def _named_kinds(sentence: str) -> set[str]:
    return {kind for kind, words in read_marks()["kinds_named"].items() if words.search(sentence)}


_CHECKS: tuple[Callable[[Statement, Ground], Iterator[Untruth]], ...] = (
    claims.check_amounts,
    claims.check_dates,
    claims.check_counts,
    claims.check_clause_numbers,
    claims.check_departments,
    claims.check_negation,
    _check_absence,
)
