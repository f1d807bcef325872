"""A result read back is what was written."""

from pathlib import Path

import pytest

from evals.results import ResultsError
from evals.stored import read_run
from ingest.publish import Source
from tests.eval_runs import DAY, make_outcomes, write_run


def test_result_is_read_back(tmp_path: Path, seed: Source) -> None:
    outcomes = make_outcomes(seed)
    run = read_run(write_run(tmp_path, outcomes))
    assert [o.case for o in run.outcomes] == [o.case for o in outcomes]
    assert [o.scores for o in run.outcomes] == [o.scores for o in outcomes]
    assert [o.milliseconds for o in run.outcomes] == [o.milliseconds for o in outcomes]
    assert [o.status for o in run.outcomes] == ["answered", "answered", "answered", "answered", "out_of_scope", None]
    assert (run.facts.commit, run.facts.started_at, run.corpus_version) == ("abc1234", DAY, "v1")
    assert run.steps["r1"]["understand"] == 5.0


@pytest.mark.parametrize("text", ["", "{}", '{"cases": [{}]}', "[1]"])
def test_what_is_no_result_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"x\.json 不是 python -m evals run 写出的结果"):
        read_run(path)


def test_absent_result_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="打不开"):
        read_run(tmp_path / "none.json")
