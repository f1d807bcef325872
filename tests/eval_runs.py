"""Results of small runs over the notice that the product ships, written as the evaluation writes them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.context import Context, Library, make_context
from evals.results import RunFacts, encode_results, write_results
from evals.run import Outcome
from evals.summary import summarise
from evals.verdict import score_answer, score_failure
from ingest.publish import Source
from tests.test_eval_scorers import CASE, OWNERS, QUOTE, cite, edit, part

HOSTILE = "<script>alert(1)</script>&\"'"
DAY = datetime(2025, 11, 22, 8, 30, tzinfo=UTC)


def make_library(seed: Source) -> Library:
    return Library((seed.notice,), {seed.notice.id: seed.text})


def make_right_answer(text: str) -> dict[str, Any]:
    """A right answer to CASE, with what the steps left beside it."""
    return {
        "status": "answered",
        "answer": "年度最高奖补200万元。[1]",
        "parts": [
            part("direct", "服务突出的省级中试基地，年度最高奖补200万元。", 1),
            part("quote", QUOTE, 1),
            part("departments", f"{OWNERS}（按职责分工负责）", 2),
        ],
        "citations": [
            cite(1, text, QUOTE, "3.9"),
            cite(2, text, f"（{OWNERS}按职责分工负责）", "3.9", "responsibility"),
        ],
        "responsibilities": [
            {"measure_id": "3.9", "measure_number": 9, "role": "按职责分工负责", "departments": OWNERS.split("、")}
        ],
        "corpus_version": "v1",
        "matches": [{"notice_id": "lkz-2025-128", "measure_id": "3.9", "measure_number": 9}],
        "dropped": [],
        "understood": {"asks": ["sum", "department"], "subjects": ["中试基地"]},
        "timings_ms": {"understand": 5.0, "retrieve": 4.0, "compose": 0.5, "verify": 0.2, "total": 9.7},
    }


def make_outcomes(seed: Source) -> tuple[Outcome, ...]:
    """Right, without a fact, of another measure, answered though unanswerable, refused though answerable, broken."""
    texts = {seed.notice.id: seed.text}
    context = make_context(texts, Library((seed.notice,), texts))
    right = make_right_answer(seed.text)
    vague = edit(right, parts__0__text=f"有奖补{HOSTILE}", parts__1__text="对服务突出的省级中试基地")
    refusal = {**right, "status": "out_of_scope", "parts": [part("direct", "=不在范围")], "citations": []}
    plain = {**CASE, "departments": []}
    return (
        _score({**plain, "id": "r1", "group": "g1"}, right, context),
        _score({**plain, "id": "r2", "group": "g1", "question": HOSTILE, "history": ["先问一句"]}, vague, context),
        _score({**plain, "id": "=1+1", "measures": [10], "facts": [["50万元"]]}, right, context),
        _score({**plain, "id": "u1", "kind": "near_miss", "answerable": False, "status": []}, right, context),
        _score({**plain, "id": "o1", "kind": "lists"}, refusal, context),
        Outcome(
            Case.model_validate({**plain, "id": "e1", "kind": "自定"}), None, score_failure("没有得到回答：坏了"), 3.0
        ),
    )


def _score(case: dict[str, Any], answer: dict[str, Any], context: Context) -> Outcome:
    read = Case.model_validate(case)
    return Outcome(read, answer, score_answer(read, answer, context), 40.0 + len(read.id))


def write_run(folder: Path, outcomes: tuple[Outcome, ...], commit: str = "abc1234", day: datetime = DAY) -> Path:
    facts = RunFacts(commit, "本进程", "quote", day)
    return write_results(folder, facts, encode_results(facts, summarise(outcomes), outcomes))
