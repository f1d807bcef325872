"""Finds the step of the path at which a wrong answer went wrong, with what speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import CitationKind, PartKind, Status
from evals.case import Case
from evals.clauses import cited_measures, sort_measures
from evals.reply import Reply, read_reply
from evals.run import Outcome
from evals.scorers import lacking_facts
from evals.verdict import FAILED
from evals.wording import holds_wording

FOUND_DEPTH = 5
"""A measure further down the ranking counts as not found."""

_FIXED = frozenset({Status.NEEDS_DETAIL, Status.OUT_OF_SCOPE, Status.REFUSED})
_LONGEST_WORDS = 40


class Step(StrEnum):
    """The steps of a question, and `RUN` where no answer came."""

    UNDERSTAND = "understand"
    RETRIEVE = "retrieve"
    COMPOSE = "compose"
    VERIFY = "verify"
    RUN = "run"


STEP_NAMES = {
    Step.UNDERSTAND: "理解有误",
    Step.RETRIEVE: "没有找到",
    Step.COMPOSE: "写得不对",
    Step.VERIFY: "核对有误",
    Step.RUN: "没有回答",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """`is_seen` is false where the step is only the likeliest one by the symptoms."""

    step: Step
    basis: str
    is_seen: bool

    @property
    def step_name(self) -> str:
        return STEP_NAMES[self.step]

    def __str__(self) -> str:
        return f"{self.step}（{self.step_name}{'' if self.is_seen else '，推测'}）：{self.basis}"


def find_failure(outcome: Outcome) -> Failure:
    """For an answer that is not strictly right."""
    failed = {s.name for s in outcome.scores if not s.is_full}
    if FAILED in failed or outcome.answer is None:
        return Failure(Step.RUN, outcome.reason_of(FAILED), True)
    reply = read_reply(outcome.answer)
    if untrue := [outcome.reason_of(name) for name in ("citations_valid", "figures_faithful") if name in failed]:
        return Failure(Step.VERIFY, f"不实的内容通过了核对：{'；'.join(untrue)}", True)
    if lost := _find_dropped(lacking_facts(outcome.case, reply), reply):
        return lost
    if "clauses_cited" in failed:
        return _judge_lacking_clauses(outcome, reply)
    if "status_right" in failed:
        return _judge_status(outcome, reply)
    if "nothing_forbidden" in failed:
        return Failure(Step.VERIFY, f"核对没有拦住：{outcome.reason_of('nothing_forbidden')}", True)
    return _judge_content(outcome, reply, failed)


def _find_dropped(lacking: Sequence[Sequence[str]], reply: Reply) -> Failure | None:
    """A fact that was written and then taken out by verification."""
    for dropped in reply.dropped or ():
        if any(holds_wording(dropped.part, wording) for alternatives in lacking for wording in alternatives):
            return Failure(Step.VERIFY, f"写出的“{_shorten(dropped.part)}”被去掉了：{dropped.reason}", True)
    return None


def _judge_lacking_clauses(outcome: Outcome, reply: Reply) -> Failure:
    case = outcome.case
    lacking = sort_measures(case.required - cited_measures(case, reply.citations))
    named = f"第 {'、'.join(lacking)} 条"
    if reply.status in _FIXED:
        return Failure(Step.UNDERSTAND, f"{_describe_misreading(reply)}，没有用到{named}", True)
    if reply.items is not None:
        return Failure(Step.UNDERSTAND, f"清单出自完整的目录，却没有{named}：所问的范围认错了", False)
    if reply.matches is None:
        return Failure(Step.RETRIEVE, f"没有引用{named}", False)
    found = [str(m.measure_id if case.clauses else m.measure_number) for m in reply.matches]
    places = [f"第 {one} 条排第 {found.index(one) + 1}" if one in found else f"没有第 {one} 条" for one in lacking]
    is_found = all(one in found[:FOUND_DEPTH] for one in lacking)
    listed = f"找到的条款里{'、'.join(places)}"
    return Failure(Step.COMPOSE, f"{listed}，却没有用上", True) if is_found else Failure(Step.RETRIEVE, listed, True)


def _judge_status(outcome: Outcome, reply: Reply) -> Failure:
    case = outcome.case
    is_held = bool(case.facts or case.required) and not lacking_facts(case, reply)
    if is_held and case.answerable is not False and reply.status not in _FIXED:
        return Failure(Step.COMPOSE, f"应引、应写的都有，结论却定成 {reply.status}", False)
    return Failure(Step.UNDERSTAND, _describe_misreading(reply), False)


def _describe_misreading(reply: Reply) -> str:
    """What the answer itself says about how the question was read."""
    missing = reply.texts_of(PartKind.MISSING)
    if reply.status in _FIXED:
        return {
            Status.NEEDS_DETAIL: "当作没有说清的问题而反问",
            Status.OUT_OF_SCOPE: "当作范围以外的问题",
            Status.REFUSED: "当作应当拒绝的要求",
        }[reply.status]
    if missing:
        return f"所问认错：答的是“{_shorten(missing[0])}”"
    return "所问或所指认错：给了不该有的回答" if reply.status is Status.ANSWERED else "所问认错"


def _judge_content(outcome: Outcome, reply: Reply, failed: set[str]) -> Failure:
    """The clauses are cited and the status is right: what was made of them is wrong."""
    if failed & {"exact_clauses", "list_exact"} and reply.items is not None:
        reason = outcome.reason_of("exact_clauses") or outcome.reason_of("list_exact")
        return Failure(Step.UNDERSTAND, f"清单出自完整的目录，范围却认错了：{reason}", False)
    if "exact_clauses" in failed:
        return Failure(Step.COMPOSE, f"引用了不需要的条款：{outcome.reason_of('exact_clauses')}", True)
    lacking = lacking_facts(outcome.case, reply)
    if lacking:
        wanted = "、".join(f"“{alternatives[0]}”" for alternatives in lacking)
        return Failure(Step.COMPOSE, f"缺{wanted}：{_place_facts(outcome.case, lacking, reply)}", True)
    reasons = [outcome.reason_of(name) for name in ("departments_right", "role_right") if name in failed]
    return Failure(Step.COMPOSE, "；".join(filter(None, reasons)) or outcome.reason_of("strictly_right"), True)


def _place_facts(case: Case, lacking: Sequence[Sequence[str]], reply: Reply) -> str:
    quotes = [c.quote for c in reply.citations if c.kind is CitationKind.SENTENCE]
    if all(any(holds_wording(q, wording) for q in quotes for wording in group) for group in lacking):
        return "引到的句子里有，回答没有写"
    return "应引的条款都引了，用到的句子里没有" if case.required else "回答里没有"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS]}…"
