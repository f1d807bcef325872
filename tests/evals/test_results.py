"""A run is written once, read back as it was, and names the code that it measured."""

from pathlib import Path

import pytest

from evals.results import (
    HELD,
    Outcome,
    ResultsError,
    find_version,
    read_commit,
    read_run,
    write_new,
    write_run,
)
from evals.scoring.judge import FAILED, RIGHT
from tests.evals.answers import HOSTILE, make_answer, make_case, make_failure, make_outcome, make_run
from tests.evals.conftest import Git


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    run = make_run(
        make_outcome("a", False, {"facts_said": 0.5, "role_right": None}, question=HOSTILE, history=["先问"]),
        make_outcome("b").sealed,
        make_failure("c"),
        baselines={"bm25": {"a": (True, None), "b": (False, True)}},
        mutation={"nonsense": (3, 4)},
        seconds=12.5,
        times_n5=0.4,
    )
    path = write_run(tmp_path / "new", run)
    assert read_run(path) == run
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_an_outcome_keeps_what_was_asked_and_hides_the_gold_in_a_hash() -> None:
    case, other = make_case(facts=[["秘密"]]), make_case(id="b", question="换一种问法", facts=[["秘密"]])
    outcome = Outcome.of(case, make_answer(("direct", "有。"), status="related"), (), 1.5)
    assert (outcome.id, outcome.kind, outcome.status, outcome.case, outcome.milliseconds) == (
        "a",
        "sums",
        "related",
        case,
        1.5,
    )
    assert len(outcome.gold) == 16 and "秘密" not in outcome.gold
    assert outcome.gold == Outcome.of(other, None, (), 0.0).gold
    assert outcome.gold != Outcome.of(make_case(facts=[["别的"]]), None, (), 0.0).gold


def test_scores_are_found_by_name() -> None:
    outcome = make_outcome("a", False, {"facts_said": 0.5})
    assert (outcome.value_of("facts_said"), outcome.value_of("nothing"), outcome.is_right) == (0.5, None, False)
    assert (outcome.reason_of(RIGHT), outcome.reason_of("nothing")) == ("a 错了", "")
    failure = make_failure("b")
    assert (failure.status, failure.is_right, failure.value_of(FAILED)) == (None, False, 0.0)


@pytest.mark.parametrize(
    ("fields", "stem"),
    [
        ({}, "2025-11-22-abc1234"),
        ({"commit": "abc1234+"}, "2025-11-22-abc1234"),
        ({"tier": HELD}, "2025-11-22-abc1234-held"),
        ({"tier": "blind/anna"}, "2025-11-22-abc1234-blind-anna"),
    ],
)
def test_files_are_named_by_day_commit_and_tier(fields: dict[str, str], stem: str) -> None:
    assert make_run(**fields).stem == stem


def test_results_are_never_overwritten(tmp_path: Path) -> None:
    paths = [write_new(tmp_path / "new" / "deep", "x", text) for text in ("一", "二", "三")]
    assert [p.name for p in paths] == ["x.json", "x-2.json", "x-3.json"]
    assert [p.read_text(encoding="utf-8") for p in paths] == ["一\n", "二\n", "三\n"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"cases": [{}]}'])
def test_what_is_no_result_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"x\.json 不是 python -m evals run 写出的结果"):
        read_run(path)


def test_an_absent_result_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"none\.json 打不开"):
        read_run(tmp_path / "none.json")


def test_the_versions_of_the_corpora_are_named() -> None:
    assert find_version([{"corpus_version": "b"}, None, {"corpus_version": "a"}, {"corpus_version": "b"}]) == "a、b"
    assert find_version([None]) == ""


def test_the_commit_says_whether_files_differ_from_it(git: Git, tmp_path: Path) -> None:
    commit = git("rev-parse", "--short", "HEAD")
    assert read_commit() == commit
    (tmp_path / "repository" / "new.py").write_text("", encoding="utf-8")
    assert read_commit() == commit
    (tmp_path / "repository" / "code.py").write_text("2\n", encoding="utf-8")
    assert read_commit() == f"{commit}+"


def test_outside_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setattr("evals.results.__file__", str(tmp_path / "results.py"))
    assert read_commit() == "nogit"
