"""One evaluation from the choice of cases to the written result, with progress bars."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.understanding.frame import Turn
from corpus.embedding.embed import Embedder
from evals.baselines.search import Engine, SentenceSearch, measure_baselines
from evals.cases.case import Case
from evals.context import Context
from evals.corpora import Library, Place
from evals.entry import Entry, EntryFailed, engine_beside
from evals.mutation.mutate import count_noticed, spoil_answers
from evals.results import DEVELOPMENT, Outcome, Run, find_version, read_commit
from evals.scoring.judge import score_answer, score_failure
from evals.scoring.reply import BadReply

T = TypeVar("T")

_EVERY = 20


class Stopwatch:
    """Runs from its making on; of every 20th case it times one embedding by the engine, right after the answer."""

    def __init__(self, engine: Embedder | None) -> None:
        self._engine = engine
        self._pairs: list[tuple[float, float]] = []
        self._cases = 0
        self._engine_seconds = 0.0
        self._began = time.process_time()

    def note(self, outcome: Outcome) -> None:
        """Called after each case; the time since the last call is that of its answer."""
        self._cases += 1
        if self._engine is not None and outcome.answer and outcome.case and self._cases % _EVERY == 1:
            answered = time.process_time()
            self._engine.embed_questions([outcome.case.question])
            taken = time.process_time() - answered
            self._engine_seconds += taken
            self._pairs.append((outcome.milliseconds, taken * 1000))

    @property
    def seconds(self) -> float:
        return round(time.process_time() - self._began - self._engine_seconds, 2)

    @property
    def times_n5(self) -> float | None:
        """How many n5 the median answer took; None where answers were not made in this process."""
        if not self._pairs:
            return None
        answer, n5 = (median(values) for values in zip(*self._pairs, strict=True))
        return round(float(answer / n5), 3)


def run_cases(
    cases: Iterable[Case], entry: Entry, context: Context, after_each: Callable[[Outcome], None] = lambda outcome: None
) -> tuple[Outcome, ...]:
    """Outcomes in the order of the cases; an earlier question that several cases share is asked once."""
    outcomes = []
    conversation = Conversation(entry)
    for case in cases:
        outcomes.append(run_case(case, conversation, context))
        after_each(outcomes[-1])
    return tuple(outcomes)


class Conversation:
    """Asks through an entry and remembers the answers to earlier questions."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._answers: dict[tuple[str, tuple[Turn, ...], tuple[str, ...]], str] = {}

    def ask_earlier(self, questions: Iterable[str], place: Place) -> tuple[Turn, ...]:
        """The turns of a history whose questions are asked one after the other."""
        history: tuple[Turn, ...] = ()
        for question in questions:
            key = (question, history, place.notice_ids)
            if key not in self._answers:
                self._answers[key] = str(self.entry.ask(question, history, place).get("answer", ""))
            history += (Turn("user", question), Turn("assistant", self._answers[key]))
        return history


def run_case(case: Case, conversation: Conversation, context: Context) -> Outcome:
    """The earlier questions are asked too, and their answers become the history."""
    return run_question(case, conversation, conversation.entry, context)


def run_question(case: Case, conversation: Conversation, entry: Entry, context: Context) -> Outcome:
    """The last question of a case is put to the entry, the earlier ones to that of the conversation."""
    began = time.perf_counter()
    answer: dict[str, Any] | None = None
    try:
        place = entry.find_place(case)
        history = conversation.ask_earlier(case.history, place)
        began = time.perf_counter()
        answer = entry.ask(case.question, history, place)
        spent = time.perf_counter() - began
        scores = score_answer(case, answer, context)
    except (EntryFailed, BadReply) as error:
        spent = time.perf_counter() - began
        answer, scores = None, score_failure(f"没有得到回答：{error}")
    return Outcome.of(case, answer, scores, spent * 1000)


class NothingChosen(Exception):
    """No case is left; the message names the kinds there are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is evaluated; `is_sealed` keeps questions and answers out of everything that is written or shown."""

    cases: Sequence[Case]
    tier: str = DEVELOPMENT
    composer: str | None = None
    is_sealed: bool = False


def choose_cases(cases: Iterable[Case], kinds: Collection[str] | None, ids: Collection[str] | None) -> tuple[Case, ...]:
    """All where neither kinds nor ids are named."""
    everything = tuple(cases)
    chosen = (c for c in everything if (kinds is None or c.kind in kinds) and (ids is None or c.id in ids))
    if not (found := tuple(chosen)):
        raise NothingChosen(f"没有符合条件的题目。现有种类：{'、'.join(sorted({c.kind for c in everything}))}")
    return found


def sample_cases(cases: Sequence[Case], number: int | None) -> tuple[Case, ...]:
    """So many cases, evenly spaced over the kinds and their ids; all where no number is given."""
    ordered = sorted(cases, key=lambda case: (case.kind, case.id))
    if number is None or number >= len(ordered):
        return tuple(ordered)
    if number < 1:
        raise NothingChosen("--sample 应当是 1 或更大的整数。")
    return tuple(ordered[i * len(ordered) // number] for i in range(number))


def evaluate(plan: Plan, entry: Entry, beside: Library | None = None) -> Run:
    """Asks and scores; with a library `beside` the plain engines are asked too, and right answers are spoilt."""
    began, stopwatch = datetime.now().astimezone(), Stopwatch(engine_beside(entry))
    context = entry.open_context(plan.cases)
    with show_progress("提问", len(plan.cases)) as advance:

        def note(outcome: Outcome) -> None:
            stopwatch.note(outcome)
            advance()

        outcomes = run_cases(plan.cases, entry, context, note)
    run = _make_run(plan, entry, outcomes, began)
    if beside:
        run = _add_yardsticks(run, plan, (outcomes, beside, context))
    return run.model_copy(update={"times_n5": stopwatch.times_n5, "seconds": stopwatch.seconds})


def evaluate_in_turn(plans: Sequence[Plan], entries: Sequence[Entry], context: Context) -> list[Run]:
    """One run for each plan, all of the same cases; each case is put to all in turn, so that all meet the same load."""
    began, conversations = datetime.now().astimezone(), [Conversation(entry) for entry in entries]
    asked = [[run_case(case, one, context) for one in conversations] for case in track("提问", plans[0].cases)]
    by_entry = zip(*asked, strict=True)
    return [_make_run(*one, began) for one in zip(plans, entries, by_entry, strict=True)]


def _make_run(plan: Plan, entry: Entry, outcomes: tuple[Outcome, ...], began: datetime) -> Run:
    return Run(
        commit=read_commit(),
        entry=entry.name,
        composer=plan.composer,
        corpus_version=find_version(o.answer for o in outcomes),
        tier=plan.tier,
        started_at=began,
        cases=tuple(o.sealed for o in outcomes) if plan.is_sealed else outcomes,
    )


def _add_yardsticks(run: Run, plan: Plan, made: tuple[Sequence[Outcome], Library, Context]) -> Run:
    """What plain engines reach on the same cases, and what the score notices of spoilt answers."""
    outcomes, library, context = made
    engines: list[Engine] = [SentenceSearch(library)]
    if not plan.is_sealed:
        # Its imports and vectors take seconds.
        from evals.baselines.plain_pipeline import PlainPipeline

        engines.append(PlainPipeline(library))
    with show_progress("对照", len(plan.cases)) as advance:
        baselines = measure_baselines(plan.cases, engines, (library, context), advance)
    with show_progress("弄坏", sum(o.is_right for o in outcomes)) as advance:
        mutation = {} if plan.is_sealed else count_noticed(list(spoil_answers(outcomes, context, advance)))
    return run.model_copy(update={"baselines": baselines, "mutation": mutation})


@contextmanager
def show_progress(words: str, total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=total)
        yield lambda: progress.advance(task)


def track(words: str, rows: Sequence[T]) -> Iterator[T]:
    """The same rows, while people see how many of them are done."""
    with show_progress(words, len(rows)) as advance:
        for row in rows:
            yield row
            advance()
