"""What training reads, and what it refuses to read."""

import json
from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.training.__main__ import main
from assistant.training.cases import CasesRefused, LearntCase, read_cases

ROW = {"id": "a", "question": "专利池在哪？", "kind": "details", "answerable": True, "facts": [["省内"]]}


def write_cases(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_only_what_training_needs_is_read(tmp_path: Path) -> None:
    path = write_cases(tmp_path / "details.jsonl", ROW, {**ROW, "answerable": "partly", "status": ["not_stated"]})
    assert read_cases([path]) == (
        LearntCase(question="专利池在哪？", kind="details", answerable=True),
        LearntCase(question="专利池在哪？", kind="details", answerable="partly", status=(Status.NOT_STATED,)),
    )


@pytest.mark.parametrize("place", ["held/details.jsonl", "blind/deep/details.jsonl"])
def test_kept_folders_are_refused(tmp_path: Path, place: str) -> None:
    kept = write_cases(tmp_path / place, ROW)
    linked = tmp_path / "linked.jsonl"
    linked.symlink_to(kept)
    for path in (kept, linked):
        with pytest.raises(CasesRefused, match=rf"文件夹 {place.split('/')[0]} 里：这些题只用来测量"):
            read_cases([path])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**ROW, "blind": True}, "第 2 行标着 blind：这道题只用来测量"),
        ({**ROW, "answerable": "perhaps"}, "第 2 行：answerable"),
        ({"kind": "details", "answerable": True}, "第 2 行：question"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, row: dict[str, object], reason: str) -> None:
    with pytest.raises(CasesRefused, match=reason):
        read_cases([write_cases(tmp_path / "details.jsonl", ROW, row)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CasesRefused, match=r"none\.jsonl 读不出来"):
        read_cases([tmp_path / "none.jsonl"])


def test_the_command_trains_nothing_from_kept_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", str(write_cases(tmp_path / "held" / "a.jsonl", ROW))]) == 2
    assert "只用来测量" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--only", "scope"])
    assert "--cases" in capsys.readouterr().err
