"""Unseen cases stay unseen: a blind file is sealed, committed, asked once and spent; held ones show nothing."""

import hashlib
import json
from pathlib import Path

import pytest

from evals.cases import tiers
from evals.cases.case import CaseError
from evals.cases.tiers import (
    Seal,
    SealBroken,
    is_home,
    open_sealed,
    read_seals,
    read_spent,
    refuse_held,
    seal_file,
    spend,
)
from evals.results import HELD, Run, read_commit, read_run
from evals.scoring.reply import Score
from tests.evals.answers import make_case, make_outcome, make_run
from tests.evals.conftest import Git

LINE = {"id": "s1", "kind": "sums", "question": "秘密的问题？", "answerable": True, "facts": [["秘密的金额"]]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of one blind case by an author, outside the repository."""
    path = tmp_path / "anna.jsonl"
    path.write_text(json.dumps(LINE, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def sealed(path: Path, blind_folder: Path, git: Git) -> Path:
    """The same, sealed and committed."""
    seal_file(path)
    git("add", ".")
    git("commit", "--quiet", "--message", "seal")
    return path


def make_blind_run(commit: str, name: str = "anna") -> Run:
    return make_run(make_outcome("s1", question="秘密的问题？"), commit=commit, tier=f"blind/{name}")


def test_a_seal_is_a_hash_and_nothing_of_the_file(path: Path, blind_folder: Path) -> None:
    seal = seal_file(path)
    assert seal == Seal(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), cases=1)
    assert read_seals() == {"anna": seal}
    assert [p.name for p in blind_folder.iterdir()] == ["seals.json"]
    assert "秘密" not in (blind_folder / "seals.json").read_text(encoding="utf-8")


def test_a_file_is_sealed_once_and_only_where_it_can_be_read(path: Path, blind_folder: Path) -> None:
    seal_file(path)
    with pytest.raises(SealBroken, match="anna 已经封存过"):
        seal_file(path)
    bad = path.with_name("bert.jsonl")
    bad.write_text("{}", encoding="utf-8")
    with pytest.raises(CaseError, match="第 1 行"):
        seal_file(bad)
    assert list(read_seals()) == ["anna"]


def test_a_sealed_file_is_asked_once(sealed: Path, blind_folder: Path, git: Git) -> None:
    commit = git("rev-parse", "--short", "HEAD")
    assert [placed.case.id for placed in open_sealed(sealed)] == ["s1"]
    result = spend(sealed, make_blind_run(commit))
    assert read_seals()["anna"].spent == commit
    assert (blind_folder / "anna.jsonl").read_bytes() == sealed.read_bytes()
    assert (result.parent, read_run(result)) == (blind_folder / "results", make_blind_run(commit))
    git("add", ".")
    git("commit", "--quiet", "--message", "spent")
    with pytest.raises(SealBroken, match=f"anna 已在提交 {commit} 问过，只能问一次"):
        open_sealed(sealed)


def test_an_unsealed_file_is_not_asked(sealed: Path) -> None:
    with pytest.raises(SealBroken, match=r"bert 没有封存。请先运行 python -m evals seal .*bert\.jsonl 并提交"):
        open_sealed(sealed.with_name("bert.jsonl"))


def test_a_changed_file_is_not_asked(sealed: Path) -> None:
    sealed.write_text(sealed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(SealBroken, match="与封存时不同"):
        open_sealed(sealed)


def test_a_seal_must_be_committed(path: Path, blind_folder: Path, git: Git) -> None:
    seal_file(path)
    with pytest.raises(SealBroken, match="还没有提交"):
        open_sealed(path)
    git("add", ".")
    git("commit", "--quiet", "--message", "seal")
    assert len(open_sealed(path)) == 1


def test_code_that_is_not_committed_is_not_asked(sealed: Path, git: Git, tmp_path: Path) -> None:
    (tmp_path / "repository" / "code.py").write_text("2\n", encoding="utf-8")
    with pytest.raises(SealBroken, match="封存的摘要或代码还没有提交"):
        open_sealed(sealed)
    git("commit", "--quiet", "--all", "--message", "code")
    assert len(open_sealed(sealed)) == 1


def test_a_seal_that_was_written_anew_must_be_committed_too(sealed: Path, blind_folder: Path, git: Git) -> None:
    """Also where git is told to overlook the change."""
    git("update-index", "--assume-unchanged", "blind/seals.json")
    (blind_folder / "seals.json").unlink()
    sealed.write_text(sealed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    seal_file(sealed)
    with pytest.raises(SealBroken, match="还没有提交"):
        open_sealed(sealed)


def test_outside_a_repository_nothing_is_asked(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "read_commit", lambda: "nogit")
    with pytest.raises(SealBroken, match="还没有提交"):
        open_sealed(sealed)


def test_the_newest_round_of_blind_runs_is_read(blind_folder: Path) -> None:
    assert read_spent() == ()
    for name, commit, day in (("anna", "aaa", 1), ("bert", "bbb", 3), ("carl", "bbb", 2)):
        path = blind_folder.parent / f"{name}.jsonl"
        path.write_text(json.dumps({**LINE, "id": name}), encoding="utf-8")
        seal_file(path)
        run = make_blind_run(commit, name)
        spend(path, run.model_copy(update={"started_at": run.started_at.replace(day=day)}))
    assert sorted(run.tier for run in read_spent()) == ["blind/bert", "blind/carl"]


def test_a_round_is_one_product_and_not_one_commit(blind_folder: Path, git: Git) -> None:
    """What changes beside the product lets the round go on."""
    commits = []
    for number, changed in enumerate(("evals/a.py", "evals/b.py", "assistant/a.py")):
        file = blind_folder.parent / changed
        file.parent.mkdir(exist_ok=True)
        file.write_text(changed, encoding="utf-8")
        git("add", ".")
        git("commit", "--quiet", "--message", changed)
        commits.append(git("rev-parse", "--short", "HEAD"))
        path = blind_folder.parent / f"{'xyz'[number]}.jsonl"
        path.write_text(json.dumps({**LINE, "id": path.stem}), encoding="utf-8")
        seal_file(path)
        run = make_blind_run(commits[-1], path.stem)
        spend(path, run.model_copy(update={"started_at": run.started_at.replace(day=number + 1)}))
        expected = {0: ["x"], 1: ["x", "y"], 2: ["z"]}[number]
        assert sorted(run.tier for run in read_spent()) == [f"blind/{name}" for name in expected]


def test_marks_of_blind_files_are_no_change(git: Git, tmp_path: Path) -> None:
    seals = tmp_path / "repository" / "evals" / "cases" / "blind" / "seals.json"
    seals.parent.mkdir(parents=True)
    seals.write_text("{}", encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "sealed")
    seals.write_text("{ }", encoding="utf-8")
    assert read_commit() == git("rev-parse", "--short", "HEAD")
    (tmp_path / "repository" / "code.py").write_text("2", encoding="utf-8")
    assert read_commit().endswith("+")


@pytest.mark.parametrize("way", ["plain", "dots", "link"])
def test_held_cases_are_not_named_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    held, free = tmp_path / "held" / "deep" / "home.jsonl", tmp_path / "held.jsonl"
    held.parent.mkdir(parents=True)
    (tmp_path / "link.jsonl").symlink_to(held)
    monkeypatch.setattr(tiers, "HELD_FOLDER", tmp_path / "held")
    named = {"plain": held, "dots": tmp_path / "x" / ".." / "held" / "home.jsonl", "link": tmp_path / "link.jsonl"}
    refuse_held([free])
    with pytest.raises(SealBroken, match=r"是留出题，不显示题目和回答。请运行 python -m evals run --held"):
        refuse_held([free, named[way]])


def test_the_shipped_held_files_are_refused() -> None:
    files = tiers.find_held_files()
    assert files
    for path in files:
        with pytest.raises(SealBroken):
            refuse_held([path])


def test_a_sealed_outcome_tells_no_question_answer_or_reason() -> None:
    outcome = make_outcome("s1", False, {"facts_said": 0.0}, question="秘密的问题？", facts=[["秘密的金额"]])
    outcome = outcome.model_copy(update={"scores": (*outcome.scores, Score("x", 0.5, "秘密的原因"))})
    text = make_run(outcome.sealed, tier=HELD).model_dump_json()
    assert "秘密" not in text and "错了" not in text
    assert [(s.name, s.value, s.reason) for s in outcome.sealed.scores] == [
        ("strictly_right", 0.0, ""),
        ("facts_said", 0.0, ""),
        ("x", 0.5, ""),
    ]
    assert (outcome.sealed.case, outcome.sealed.answer) == (None, None)
    assert (outcome.sealed.id, outcome.sealed.kind, outcome.sealed.gold) == ("s1", "sums", outcome.gold)


def test_a_case_that_names_no_notice_is_about_the_shipped_one() -> None:
    named = [make_case(), make_case(notice_id="n"), make_case(notice_ids=["all"]), None]
    assert [is_home(case) for case in named] == [True, False, False, False]
