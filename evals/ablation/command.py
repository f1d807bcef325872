"""The command `ablation`: the same cases put to the product and to variants that lack a part."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rich.console import Console
from rich.table import Table

from assistant.ask import Steps
from assistant.composing.compose import compose
from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry
from assistant.retrieving.retrieve import Ranking, Search, retrieve
from assistant.understanding.frame import NOTHING_LISTED, Act, Clause, Frame, Operation, Turn, Want
from assistant.understanding.understand import Understander
from assistant.verifying.verify import Verified
from corpus.store import Corpus
from evals.cases.case import Case, find_case_files, read_cases
from evals.corpora import Library
from evals.entry import Entry, LocalEntry
from evals.report import terminal
from evals.results import RESULTS_FOLDER, Run, write_run
from evals.run import Plan, evaluate_in_turn, sample_cases
from evals.summary import Comparison, Summary, compare_runs, summarise


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to answer; the entry is opened when its turn comes."""

    name: str
    meaning: str
    open: Callable[[], Entry]


def list_variants(library: Library) -> tuple[Variant, ...]:
    entry = partial(LocalEntry, library)
    return (
        Variant("完整", "产品本身", entry),
        Variant("只用字词", "没有向量模型", lambda: LocalEntry(Library(without_vectors))),
        Variant("只用向量", "检索不看字词和名称", partial(entry, steps=Steps(retrieve=retrieve_by_meaning))),
        Variant("不用目录", "名单、计数、比较也靠检索", partial(entry, steps=Steps(compose=compose_without_catalogue))),
        Variant("不核对", "写出来的都算", partial(entry, steps=Steps(verify=keep_everything))),
        Variant("不读所问", "每个问题都当作问内容", partial(entry, steps=Steps(understand=understand_without_asks))),
    )


def without_vectors(corpus: Corpus) -> Corpus:
    return replace(corpus, vectors=None, embedder=None)


def retrieve_by_meaning(search: Search, corpus: Corpus, notice_ids: Sequence[str]) -> Ranking:
    return retrieve(replace(search, words=(), whole=(), names=()), corpus, notice_ids)


def compose_without_catalogue(inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
    """Every list is answered as what is said is: from what retrieval found."""
    unlisted = [replace(i, clause=replace(i.clause, listing=NOTHING_LISTED)) for i in inquiries]
    plain = {Operation.STATE, Operation.CHECK}
    return compose([i if i.clause.want.operation in plain else i.wanting("said") for i in unlisted])


def keep_everything(findings: Sequence[Finding], corpus: Corpus, language: str) -> Verified:
    return Verified(tuple(findings), ())


def understand_without_asks(understander: Understander, question: str, history: Sequence[Turn]) -> Frame:
    frame = understander.understand(question, history)
    inherited = tuple(dict.fromkeys(s for c in frame.clauses for s in c.inherited))
    whole = Clause(frame.text, 0, len(frame.text), Act.ASK, Want(), frame.names, inherited, masked=frame.text)
    return replace(frame, clauses=(whole,))


@dataclass(frozen=True, slots=True)
class Worth:
    """Figures of one variant, and how it differs from the whole product."""

    variant: Variant
    summary: Summary
    comparison: Comparison


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("ablation", help="量每个部分值多少：同样的题，去掉一个部分再答一遍")
    command.add_argument("--sample", type=int, metavar="题数", help="只用均匀取出的这么多题")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    cases, library = sample_cases([one.case for one in read_cases(find_case_files())], options.sample), Library()
    runs = measure_worth(cases, library, list_variants(library))
    for _, run in runs:
        write_run(RESULTS_FOLDER / "ablation", run)
    Console().print(make_table([Worth(v, summarise(run), compare_runs(runs[0][1], run)) for v, run in runs]))
    sys.stdout.write(f"{len(cases)} 题。结果：{RESULTS_FOLDER / 'ablation'}\n")
    return 0


def measure_worth(cases: Sequence[Case], library: Library, variants: Sequence[Variant]) -> list[tuple[Variant, Run]]:
    """Of every variant, the first being the whole; they answer in turn."""
    plans = [Plan(cases, f"ablation/{variant.name}") for variant in variants]
    runs = evaluate_in_turn(plans, [variant.open() for variant in variants], library.open_context(cases))
    return [(v, run.model_copy(update={"entry": v.name})) for v, run in zip(variants, runs, strict=True)]


def make_table(worths: Sequence[Worth]) -> Table:
    table = terminal.make_table("做法", "严格", "95% 区间", "新错", "新对", "p", "不实", "认出", "误拒")
    for worth in worths:
        overall, changes, interval = worth.summary.overall, worth.comparison, worth.summary.overall.right.interval
        refusals = (overall.figures["unanswerable_recognised"], worth.summary.over_refusal)
        shares = (overall.right.value, interval.low, interval.high, *refusals)
        right, low, high, *others = map(terminal.write_share, shares)
        counts = (str(len(changes.changes) - changes.gained), str(changes.gained), f"{changes.p:.1g}")
        table.add_row(worth.variant.name, right, f"{low}–{high}", *counts, f"{worth.summary.untrue:.1f}", *others)
    return table
