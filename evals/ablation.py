"""Measures what each part is worth: the same cases put to the product and to variants that lack a part."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_corpus
from evals.case import Case, find_case_files, read_cases
from evals.context import Library, make_context
from evals.intervals import Interval, mcnemar_p
from evals.results import RESULTS_FOLDER, RunFacts, read_commit, write_results
from evals.run import Conversation, Outcome, run_case
from evals.selection import sample_cases
from evals.summary import summarise
from evals.variants import Variant, list_variants

_FOLDER = "ablation"


@dataclass(frozen=True, slots=True)
class Worth:
    """Figures of one variant; `lost` and `gained` count cases against the whole product, whose p is 1."""

    name: str
    meaning: str
    strictly_right: float
    interval: Interval
    refusal_recall: float | None
    over_refusal: float | None
    citations_valid: float | None
    lost: int
    gained: int
    p: float
    milliseconds: float


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("ablation", help="量每个部分值多少：同样的题，去掉一个部分再答一遍")
    command.add_argument("--sample", type=int, metavar="题数", help="只用均匀取出的这么多题")
    command.add_argument("--out", type=Path, default=RESULTS_FOLDER, metavar="文件夹", help="结果写到哪里")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    placed = read_cases(find_case_files())
    cases = sample_cases([one.case for one in placed], options.sample)
    facts = RunFacts(read_commit(), "ablation", None, datetime.now().astimezone())
    columns = (TextColumn("提问"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("提问", total=len(cases))
        worths = measure_worth(cases, open_corpus(CorpusSettings()), list_variants(), lambda: progress.advance(task))
    results = encode_worths(facts, cases, worths)
    path = write_results(options.out / _FOLDER, facts, results)
    console = Console()
    if options.json:
        console.print_json(data={"result": str(path), **results})
        return 0
    console.print(make_table(worths))
    console.print(f"{len(cases)} 题。结果：{path}", soft_wrap=True)
    return 0


def measure_worth(
    cases: Sequence[Case],
    corpus: Corpus,
    variants: Sequence[Variant],
    after_each: Callable[[], None] = lambda: None,
) -> tuple[Worth, ...]:
    """Of every variant, the first being the whole; each case is put to all in turn, so that all meet the same load."""
    context = make_context(corpus.texts, Library(corpus.catalogue.notices, corpus.texts))
    conversations = [Conversation(variant.open(corpus)) for variant in variants]
    outcomes: list[list[Outcome]] = [[] for _ in variants]
    for case in cases:
        for conversation, answered in zip(conversations, outcomes, strict=True):
            answered.append(run_case(case, conversation, context))
        after_each()
    return tuple(_weigh(v, own, outcomes[0]) for v, own in zip(variants, outcomes, strict=True))


def _weigh(variant: Variant, own: Sequence[Outcome], whole: Sequence[Outcome]) -> Worth:
    summary = summarise(own)
    figures = summary.overall.figures
    lost = sum(w.is_right and not o.is_right for o, w in zip(own, whole, strict=True))
    gained = sum(o.is_right and not w.is_right for o, w in zip(own, whole, strict=True))
    return Worth(
        name=variant.name,
        meaning=variant.meaning,
        strictly_right=figures["strictly_right"] or 0.0,
        interval=summary.interval,
        refusal_recall=figures["unanswerable_recognised"],
        over_refusal=summary.over_refusal,
        citations_valid=figures["citations_valid"],
        lost=lost,
        gained=gained,
        p=mcnemar_p(gained, lost),
        milliseconds=median(o.milliseconds for o in own),
    )


def encode_worths(facts: RunFacts, cases: Sequence[Case], worths: Sequence[Worth]) -> dict[str, Any]:
    """What differs between two runs of the same state stands under `timings`."""
    rows = [asdict(worth) for worth in worths]
    times = {row["name"]: round(row.pop("milliseconds"), 2) for row in rows}
    return {
        "commit": facts.commit,
        "cases": len(cases),
        "variants": rows,
        "timings": {"started_at": facts.started_at.isoformat(timespec="seconds"), "median_milliseconds": times},
    }


def make_table(worths: Sequence[Worth]) -> Table:
    headings = ("做法", "严格", "95% 区间", "新错", "新对", "p", "认出", "误拒", "引文", "毫秒")
    table = Table(*headings, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
        column.justify = "left" if column is table.columns[0] else "right"
    for worth in worths:
        interval = f"{worth.interval.low:.1%}–{worth.interval.high:.1%}"
        shares = (worth.refusal_recall, worth.over_refusal, worth.citations_valid)
        recall, refused, cited = ("–" if share is None else f"{share:.1%}" for share in shares)
        changes = (str(worth.lost), str(worth.gained), f"{worth.p:.1g}")
        row = (f"{worth.strictly_right:.1%}", interval, *changes, recall, refused, cited, f"{worth.milliseconds:.1f}")
        table.add_row(worth.name, *row)
    return table
