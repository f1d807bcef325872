"""Spoils every right answer of a run in every way and counts how often the score notices."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from evals.context import Context
from evals.mutation.spoil import Answer, Specimen
from evals.mutation.ways import WAYS
from evals.results import Outcome
from evals.scoring.judge import RIGHT, score_answer
from evals.scoring.statement import HOME


@dataclass(frozen=True, slots=True)
class Spoilt:
    """One spoilt answer; `is_noticed` where the score calls it wrong."""

    way: str
    outcome: Outcome
    answer: Answer
    is_noticed: bool


def spoil_answers(
    outcomes: Sequence[Outcome], context: Context, after_each: Callable[[], None] = lambda: None
) -> Iterator[Spoilt]:
    """Of right answers alone; the same every time."""
    right = [o for o in outcomes if o.is_right and o.case and o.answer and o.case.answerable is not None]
    by_place: dict[tuple[str, ...], list[Answer]] = {}
    for outcome in right:
        by_place.setdefault(_place_of(outcome), []).append(outcome.answer or {})
    for outcome in right:
        others = [a for a in by_place[_place_of(outcome)] if a is not outcome.answer]
        for way, spoil in WAYS.items():
            specimen = _specimen(outcome, others, context, way)
            spoilt = spoil(specimen)
            if spoilt is not None and spoilt != outcome.answer:
                scores = score_answer(specimen.case, spoilt, context)
                verdict = next(s.value for s in scores if s.name == RIGHT)
                yield Spoilt(way, outcome, spoilt, verdict != 1.0)
        after_each()


def _place_of(outcome: Outcome) -> tuple[str, ...]:
    case = outcome.case
    assert case is not None
    return (case.notice_id,) if case.notice_id else case.notice_ids or (HOME,)


def _specimen(outcome: Outcome, others: Sequence[Answer], context: Context, way: str) -> Specimen:
    assert outcome.case is not None and outcome.answer is not None
    cited = [c["notice_id"] for c in outcome.answer["citations"]]
    notice = (*cited, *_place_of(outcome))[0]
    return Specimen(
        case=outcome.case,
        answer=outcome.answer,
        annotation=context.annotations.get(notice),
        others=others,
        dice=Random(f"{way} {outcome.id}"),
    )


def count_noticed(spoilt: Sequence[Spoilt]) -> Mapping[str, tuple[int, int]]:
    """Noticed and tried, by way."""
    return {
        way: (sum(s.is_noticed for s in spoilt if s.way == way), sum(s.way == way for s in spoilt))
        for way in WAYS
        if any(s.way == way for s in spoilt)
    }
