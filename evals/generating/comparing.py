"""One generation of each question, scored without a model, without verification and with it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from assistant.model.endpoint import Endpoint
from assistant.model.settings import ModelSettings
from evals.cases.case import Case
from evals.corpora import Library
from evals.entry import EntryFailed, LocalEntry
from evals.generating.generations import Generations, KeptEndpoint
from evals.generating.writers import BelievingWriter, Course, FollowedWriter
from evals.report import terminal
from evals.results import DEVELOPMENT, Outcome, Run, find_version, read_commit
from evals.run import Conversation, run_question, track
from evals.summary import compare_runs, summarise

QUOTE, BELIEVED, VERIFIED = "quote", "model_unverified", "model"
NAMES = {QUOTE: "摘录", BELIEVED: "模型，不核对", VERIFIED: "模型，核对"}
_QUOTED = re.compile("“[^”]*”")
_VARYING = re.compile(r"^[^ “]*[\d.]+[^ “]* ")


@dataclass
class Asked:
    """What the three ways made of the cases so far."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: {name: [] for name in NAMES})
    courses: dict[str, list[Course]] = field(default_factory=lambda: {BELIEVED: [], VERIFIED: []})
    tokens: list[tuple[int, int]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    """The hash of the rules under which each reply was written."""
    refused: int = 0
    """Answers for which the model found nothing to say."""


class ModelComparison:
    """Three entries over one library; earlier questions of a conversation are answered by the quoting composer."""

    def __init__(self, library: Library, settings: ModelSettings, kept: Path, *, asks: bool = True) -> None:
        """Unless it `asks`, only cases whose reply is kept are scored."""
        if not settings.is_set:
            raise EntryFailed("没有设语言模型。请先设 POLICY_MODEL_BASE_URL 和 POLICY_MODEL_NAME。")
        endpoint = Endpoint(settings) if asks else None
        self._endpoint = KeptEndpoint(endpoint, Generations(kept), settings.model_name)
        self._writers = {
            BELIEVED: BelievingWriter(self._endpoint, settings.model_seconds),
            VERIFIED: FollowedWriter(self._endpoint, settings.model_seconds),
        }
        self._quote = LocalEntry(library)
        asked = {name: LocalEntry(library, writer=writer) for name, writer in self._writers.items()}
        self._entries = {QUOTE: self._quote, **asked}

    def ask(self, cases: Sequence[Case]) -> Asked:
        """In an order that mixes the kinds, so that a run which is stopped holds some of each."""
        asked, conversation = Asked(), Conversation(self._quote)
        context = self._quote.open_context(cases)
        mixed = sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).digest())
        for case in track("提问", mixed):
            self._endpoint.case, self._endpoint.is_lacking = case.id, False
            for writer in self._writers.values():
                writer.course = None
            found = {name: run_question(case, conversation, one, context) for name, one in self._entries.items()}
            if not self._endpoint.is_lacking:
                self._note(asked, found)
        return asked

    def _note(self, asked: Asked, found: Mapping[str, Outcome]) -> None:
        for name, outcome in found.items():
            asked.outcomes[name].append(outcome)
        for name, writer in self._writers.items():
            if writer.course is not None:
                asked.courses[name].append(writer.course)
        course, last = self._writers[VERIFIED].course, self._endpoint.last
        if course is not None and last is not None:
            asked.tokens.append(last.tokens)
            asked.rules.append(last.rules)
            asked.refused += course.written.sentences == 0 and course.written.degraded is None


def make_runs(asked: Asked, began: datetime) -> dict[str, Run]:
    return {
        name: Run(
            commit=read_commit(),
            entry="本进程",
            composer=name,
            corpus_version=find_version(o.answer for o in outcomes),
            tier=f"{DEVELOPMENT}/{name}",
            started_at=began,
            cases=tuple(outcomes),
        )
        for name, outcomes in asked.outcomes.items()
    }


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one way; times in seconds are medians over the answers that a model was asked for."""

    way: str
    cases: int
    right: float | None
    low: float
    high: float
    gained: int
    lost: int
    p: float
    untrue: float
    recognised: float | None
    over_refusal: float | None
    first_part: float | None = None
    end: float | None = None


def measure(asked: Asked, runs: Mapping[str, Run]) -> tuple[Figures, ...]:
    """The quoting composer first; gained and lost are against it."""
    return tuple(_figures(name, run, runs[QUOTE], asked.courses.get(name, [])) for name, run in runs.items())


def _figures(name: str, run: Run, quote: Run, courses: Sequence[Course]) -> Figures:
    summary, changes = summarise(run), compare_runs(quote, run)
    share = summary.overall.right
    firsts = [c.first if c.first is not None else c.end for c in courses]
    return Figures(
        way=name,
        cases=len(run.cases),
        right=share.value,
        low=share.interval.low,
        high=share.interval.high,
        gained=changes.gained,
        lost=len(changes.changes) - changes.gained,
        p=changes.p,
        untrue=summary.untrue,
        recognised=summary.overall.figures["unanswerable_recognised"],
        over_refusal=summary.over_refusal,
        first_part=median(firsts) if firsts else None,
        end=median(c.end for c in courses) if courses else None,
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """What the model wrote and what became of it; `degraded` are answers that the quoting composer gave instead."""

    asked: int
    found_nothing: int
    sentences: int
    shown: int
    printed: tuple[int, int]
    """Kept and written of those that claim to be in printed words."""
    explained: tuple[int, int]
    dropped: Mapping[str, int]
    degraded: Mapping[str, int]
    prompt_tokens: float
    reply_tokens: float


def describe_writing(asked: Asked) -> Writing:
    written = [c.written for c in asked.courses[VERIFIED]]
    believed = [c.written for c in asked.courses[BELIEVED]]
    dropped = [d for w in written for d in w.dropped]
    said = Counter(p.wording == "printed" for w in believed for p in w.parts)
    lost = Counter(d.is_printed for d in dropped)
    prompts, replies = zip(*asked.tokens, strict=True) if asked.tokens else ((0,), (0,))
    return Writing(
        asked=len(written),
        found_nothing=asked.refused,
        sentences=sum(said.values()),
        shown=sum(len(w.parts) for w in written),
        printed=(said[True] - lost[True], said[True]),
        explained=(said[False] - lost[False], said[False]),
        dropped=dict(Counter(_plain(d.reason) for d in dropped).most_common()),
        degraded=dict(Counter(str(w.degraded) for w in written if w.degraded)),
        prompt_tokens=round(sum(prompts) / len(prompts)),
        reply_tokens=round(sum(replies) / len(replies)),
    )


def _plain(reason: str) -> str:
    """Without the words of the one sentence."""
    return _VARYING.sub("… ", _QUOTED.sub("“…”", reason))


def make_table(figures: Sequence[Figures]) -> Table:
    table = terminal.make_table(
        "作答", "严格", "95% 区间", "新对", "新错", "p", "不实", "认出", "误拒", "首句秒", "写完秒"
    )
    for one in figures:
        shares = map(terminal.write_share, (one.right, one.low, one.high, one.recognised, one.over_refusal))
        right, low, high, *refusals = shares
        times = ("–" if t is None else f"{t:.0f}" for t in (one.first_part, one.end))
        changes = (str(one.gained), str(one.lost), f"{one.p:.1g}")
        table.add_row(NAMES[one.way], right, f"{low}–{high}", *changes, f"{one.untrue:.1f}", *refusals, *times)
    return table


def encode(asked: Asked, figures: Sequence[Figures], settings: ModelSettings) -> dict[str, Any]:
    """All that the table says, with the deadlines of this run."""
    deadlines = settings.model_dump(
        include={"model_connect_seconds", "model_first_token_seconds", "model_between_seconds", "model_seconds"}
    )
    return {
        "model": settings.model_name,
        "rules": Counter(asked.rules),
        "deadlines": deadlines,
        "ways": [asdict(f) for f in figures],
        "writing": asdict(describe_writing(asked)),
    }


def write_sheet(path: Path, asked: Asked) -> None:
    """Each case with the three answers, for people who read."""
    rows = [
        {"id": row[0].id, "question": row[0].case.question if row[0].case else "", **dict(map(_tell, NAMES, row))}
        for row in zip(*(asked.outcomes[name] for name in NAMES), strict=True)
    ]
    path.write_text("".join(f"{json.dumps(r, ensure_ascii=False)}\n" for r in rows), encoding="utf-8")


def _tell(name: str, outcome: Outcome) -> tuple[str, Mapping[str, Any]]:
    answer = outcome.answer or {}
    told = {key: answer.get(key) for key in ("answer", "composer", "degraded")}
    return name, {**told, "right": outcome.is_right, "untrue": outcome.reason_of("nothing_untrue")}
