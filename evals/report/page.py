"""Writes a result as one self-contained HTML page: figures, yardsticks, every miss with what was expected."""

import csv
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.cases.tiers import read_spent
from evals.gate import find_fallen, read_gate
from evals.report import terminal
from evals.results import DEVELOPMENT, HELD, Run, read_run
from evals.scoring.judge import RIGHT, STRICT
from evals.summary import summarise

_TIERS = {DEVELOPMENT: "开发题（照着改进过）", HELD: "留出题（不看题目和回答）"}
_TEMPLATES = Path(__file__).parent / "templates"
# The report looks like the product because it takes the product's own colours and sizes.
_TOKENS = Path(__file__).parents[2] / "ui" / "static" / "tokens.css"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What a report consists of."""

    page: Path
    misses: Path


def write_report(result: Path, folder: Path | None = None) -> ReportFiles:
    """Beside the result unless a folder is named; raises ResultsError."""
    run, target = read_run(result), folder or result.parent
    files = ReportFiles(target / f"{result.stem}.html", target / f"{result.stem}-misses.csv")
    target.mkdir(parents=True, exist_ok=True)
    files.page.write_text(render_report(run), encoding="utf-8")
    _write_misses(files.misses, run)
    return files


def render_report(run: Run) -> str:
    template = make_environment().get_template("report.html")
    return template.render(
        run=run,
        summary=summarise(run),
        blind=[(one, summarise(one)) for one in read_spent()],
        scores=STRICT,
        right=RIGHT,
        misses=[o for o in run.cases if not o.is_right and o.case],
        fallen=find_fallen(run, read_gate(), is_whole=bool(run.mutation)),
        tier=_TIERS.get(run.tier, f"盲测题（{run.tier}，只问过一次）"),
    )


def _write_misses(path: Path, run: Run) -> None:
    """A table that opens in a spreadsheet; a leading sign would be taken for a formula there."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("编号", "种类", "通知", "问", "应", "结论", "回答", "原因"))
        for o in run.cases:
            if o.case and not o.is_right:
                asked = " → ".join((*o.case.history, o.case.question))
                answer = str((o.answer or {}).get("answer", ""))
                cells = (o.id, o.kind, o.case.notice_id or "", asked, terminal.describe_expected(o.case))
                rest = (o.status or "", answer, o.reason_of(RIGHT))
                table.writerow([f"'{c}" if c[:1] in "=+-@\t\r" and c else c for c in (*cells, *rest)])


def make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        tokens=_TOKENS.read_text(encoding="utf-8"),
        style=(_TEMPLATES / "report.css").read_text(encoding="utf-8"),
        describe_expected=terminal.describe_expected,
        describe_share=terminal.describe_share,
    )
    environment.filters.update(
        kind=terminal.name_kind,
        score=terminal.name_score,
        status=terminal.name_status,
        way=terminal.name_way,
        share=terminal.write_share,
    )
    return environment
