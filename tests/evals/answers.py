"""Answers, outcomes and runs as the product and the evaluation give them, written down by a test."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from evals.cases.case import Case
from evals.context import Context
from evals.corpora import Library
from evals.results import DEVELOPMENT, Outcome, Run
from evals.scoring.judge import RIGHT, score_failure
from evals.scoring.reply import Score

HOME = "lkz-2025-128"
PILOT = "对服务突出的省级中试基地，年度最高奖补200万元"
"""Measure 9 of the home notice, whose responsibility is shared by three departments."""
HATCHERY = "依据认定层级给予每家最高200万元一次性补助"
POOL = "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元"


def make_case(**fields: object) -> Case:
    return Case.model_validate({"id": "a", "kind": "sums", "question": "问", "answerable": True, **fields})


def cite(context: Context, number: int, quote: str, kind: str = "sentence", notice_id: str = HOME) -> dict[str, Any]:
    """A true citation of the words, in the measure where they stand."""
    start = context.texts[notice_id].index(quote)
    found = [m for m, span in context.spans[notice_id].items() if span.start <= start < span.end]
    measure = found[0] if found else ""
    return {
        "number": number,
        "kind": kind,
        "notice_id": notice_id,
        "measure_id": measure,
        "measure_number": int(measure.split(".")[1]) if measure else None,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }


def make_answer(
    *parts: tuple[str, str], status: str = "answered", citations: Sequence[dict[str, Any]] = (), **fields: object
) -> dict[str, Any]:
    """Each part rests on all citations, but for a quotation, which rests on the one that it is."""
    numbers = [c["number"] for c in citations]
    written = [
        {"kind": kind, "text": text, "citations": [c["number"] for c in citations if text in c["quote"]] or numbers}
        for kind, text in parts
    ]
    answer = "\n\n".join(text for _, text in parts)
    return {"status": status, "answer": answer, "parts": written, "citations": list(citations), **fields}


DAY = datetime(2025, 11, 22, 8, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>&\"'<img src=x onerror=alert(2)>"


def make_outcome(
    name: str,
    is_right: bool = True,
    scores: Mapping[str, float | None] | None = None,
    *,
    said: str = "answered",
    answer: dict[str, Any] | None = None,
    **fields: object,
) -> Outcome:
    """A miss gives `<name> 错了` as its reason; other scores are given none."""
    told = answer or make_answer(("direct", "有。"), status=said)
    verdict = Score(RIGHT, float(is_right), "" if is_right else f"{name} 错了")
    rest = tuple(Score(score, value) for score, value in (scores or {}).items())
    return Outcome.of(make_case(**{"id": name, **fields}), told, (verdict, *rest), 12.5)


def make_failure(name: str, **fields: object) -> Outcome:
    """A question that brought no answer."""
    return Outcome.of(make_case(**{"id": name, **fields}), None, score_failure("没有得到回答：坏了"), 3.0)


def make_run(*outcomes: Outcome, **fields: object) -> Run:
    facts = {"commit": "abc1234", "entry": "本进程", "composer": "quote", "corpus_version": "v1", "tier": DEVELOPMENT}
    return Run.model_validate({**facts, "started_at": DAY, "cases": outcomes, **fields})


def make_library(served: object, kept: object) -> Library:
    """A library whose corpora are at hand, so that none is opened or built."""
    library = Library()
    library.__dict__.update(served=served, kept=kept)
    return library
