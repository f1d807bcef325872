"""Writes a result as one self-contained HTML page, with the misses as a table beside it."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.settings import CorpusSettings
from corpus.version import CorpusNotBuilt
from evals import charts, names, tally
from evals.case import find_case_files, read_cases
from evals.context import Library, read_library
from evals.coverage import describe_gap
from evals.failing import FOUND_DEPTH, STEP_NAMES, Step
from evals.gate import find_fallen, read_gate
from evals.history import read_history
from evals.misses import Miss, find_misses
from evals.misses_csv import write_misses
from evals.sources import Use
from evals.stored import StoredRun, read_run
from evals.summary import summarise
from evals.tally import KindShare, Share

_TEMPLATES = Path(__file__).parent / "templates"
# The report looks like the product because it takes the product's own colours and sizes.
_TOKENS = Path(__file__).parent.parent / "ui" / "static" / "tokens.css"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What a report consists of."""

    page: Path
    misses: Path


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was recognised as unanswerable, what was refused though answerable; None where no case has the scores."""

    recognised: Share
    refused: Share
    recognised_by_kind: tuple[KindShare, ...]
    refused_by_kind: tuple[KindShare, ...]
    plane: charts.Plane


def write_report(result: Path, folder: Path | None = None) -> ReportFiles:
    """Beside the result unless a folder is named; raises ResultsError."""
    run, target = read_run(result), folder or result.parent
    misses = find_misses(run.outcomes, _open_library())
    files = ReportFiles(target / f"{result.stem}.html", target / f"{result.stem}-misses.csv")
    target.mkdir(parents=True, exist_ok=True)
    files.page.write_text(render_report(run, misses, files.misses.name), encoding="utf-8")
    write_misses(files.misses, misses)
    return files


def _open_library() -> Library:
    """Without a published corpus citations are shown alone."""
    try:
        return read_library(CorpusSettings())
    except CorpusNotBuilt:
        return Library((), {})


def render_report(run: StoredRun, misses: tuple[Miss, ...], table: str) -> str:
    """The whole page; `table` is the name of the file of misses."""
    gate, outcomes = read_gate(), run.outcomes
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            misses=misses,
            anchors={miss.id: f"miss-{number}" for number, miss in enumerate(misses, 1)},
            table=table,
            overall=tally.share_of(outcomes),
            partly=tally.share_of(outcomes, "partly_right"),
            citations=tally.share_of(outcomes, "citations_valid"),
            gap=describe_gap(outcomes, [placed.case for placed in read_cases(find_case_files())]),
            fallen=find_fallen(summarise(outcomes), gate),
            heat=tally.make_heat(outcomes),
            kinds=tally.share_by_kind(outcomes),
            gate=gate,
            refusals=_make_refusals(run),
            statuses=tally.count_statuses(outcomes),
            failed=sum(o.answer is None for o in outcomes),
            groups=tally.find_groups(outcomes),
            latency=tally.measure_latency(outcomes, run.steps.values()),
            history=read_history(run),
        )
    )


def _make_refusals(run: StoredRun) -> Refusals | None:
    recognised = tally.share_of(run.outcomes, "unanswerable_recognised")
    answered = tally.share_of(run.outcomes, "answerable_answered")
    if not recognised.of or not answered.of:
        return None
    by_kind = tally.share_by_kind(run.outcomes, "unanswerable_recognised")
    refused = tuple(KindShare(k.kind, _rest(k.share)) for k in tally.share_by_kind(run.outcomes, "answerable_answered"))
    plane = charts.draw_plane((recognised, _rest(answered)), by_kind, refused)
    return Refusals(recognised, _rest(answered), by_kind, refused, plane)


def _rest(share: Share) -> Share:
    return Share(share.of - share.count, share.of)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        charts=charts,
        statuses_in_order=tally.STATUSES,
        steps=[(step, STEP_NAMES[step]) for step in Step],
        found_depth=FOUND_DEPTH,
        thin=tally.THIN,
        Use=Use,
        tokens=_TOKENS.read_text(encoding="utf-8"),
        style=(_TEMPLATES / "report.css").read_text(encoding="utf-8"),
    )
    environment.filters.update(
        kind=names.name_kind,
        score=names.name_score,
        status=names.name_status,
        step=names.name_step,
        in_words=names.name_kinds,
        share=names.write_share,
    )
    return environment
