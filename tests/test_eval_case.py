"""Reading and choosing evaluation cases."""

import json
from pathlib import Path

import pytest

from evals.case import Case, CaseError, Problem, read_cases
from evals.selection import HeldOut, NothingChosen, Selection, select_cases

GOOD = {"id": "a", "kind": "sums", "question": "多少？", "answerable": True}


def _write(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_every_field(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.jsonl",
        {
            **GOOD,
            "answerable": "partly",
            "history": ["先问"],
            "status": ["partly_answered"],
            "measures": [9, 10],
            "exact": True,
            "facts": [["200万元", "二百万元"]],
            "departments": ["省科技厅"],
            "forbidden": ["一次性"],
            "notice_id": "lkz-2025-128",
            "held_out": True,
        },
        "",
        {**GOOD, "id": "b", "clauses": ["3.9"], "measures": [9], "answerable": None},
    )
    first, second = read_cases([path])
    assert (first.line, second.line) == (1, 3)
    assert first.case.facts == (("200万元", "二百万元"),)
    assert first.case.required == {"9", "10"}
    assert second.case.required == {"3.9"}
    assert second.case.answerable is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"', "不是合法的 JSON"),
        ("[1]", "一行应当是一个 JSON 对象"),
        ({k: v for k, v in GOOD.items() if k != "answerable"}, "字段 answerable：缺少这个字段"),
        ({**GOOD, "answerable": "yes"}, '字段 answerable：应当是 true、false、"partly"、null 之一'),
        ({**GOOD, "question": ""}, "字段 question：不能为空"),
        ({**GOOD, "question": "多" * 501}, "字段 question：太长（最多 500 个字）"),
        ({**GOOD, "measures": ["第九"]}, "字段 measures 第 1 项应当是整数"),
        ({**GOOD, "measures": [0]}, "字段 measures 第 1 项应当大于 0"),
        ({**GOOD, "facts": [["500万元"], "200万元"]}, "字段 facts 第 2 项应当是列表"),
        ({**GOOD, "facts": [[]]}, "字段 facts 第 1 项列表不能为空"),
        ({**GOOD, "departments": "省科技厅"}, "字段 departments：应当是列表"),
        (
            {**GOOD, "status": ["done"]},
            "字段 status 第 1 项不是已知的结论"
            "（answered、partly_answered、not_stated、needs_detail、out_of_scope、refused）",
        ),
    ],
)
def test_bad_line_is_named(tmp_path: Path, line: object, reason: str) -> None:
    path = _write(tmp_path / "bad.jsonl", {**GOOD, "id": "fine"}, line)
    with pytest.raises(CaseError) as caught:
        read_cases([path])
    assert caught.value.problems == (Problem(path, 2, reason),)
    assert str(caught.value) == f"{path} 第 2 行：{reason}"


def test_all_problems_of_all_files_are_collected(tmp_path: Path) -> None:
    missing, coded = tmp_path / "missing.jsonl", tmp_path / "gbk.jsonl"
    coded.write_bytes("多少".encode("gbk"))
    one, two = _write(tmp_path / "1.jsonl", GOOD, "{}"), _write(tmp_path / "2.jsonl", GOOD)
    with pytest.raises(CaseError) as caught:
        read_cases([missing, coded, one, two])
    assert [(p.path, p.line) for p in caught.value.problems] == [(missing, 0), (coded, 0), (one, 2), (two, 1)]
    assert caught.value.problems[-1].reason == f"编号 a 已在 {one} 第 1 行用过"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="没有任何题目"):
        read_cases([_write(tmp_path / "empty.jsonl", "")])


def test_unknown_field_is_kept_and_named(tmp_path: Path) -> None:
    (placed,) = read_cases([_write(tmp_path / "a.jsonl", {**GOOD, "forbiden": ["一次性"]})])
    assert placed.case.unread_fields == ("forbiden",)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(), "abc"),
        (Selection(HeldOut.ONLY), "b"),
        (Selection(HeldOut.WITHOUT), "ac"),
        (Selection(kinds=["lists"]), "c"),
        (Selection(ids={"a", "c"}), "ac"),
        (Selection(HeldOut.WITHOUT, ["sums"], {"a", "b"}), "a"),
    ],
)
def test_selection(selection: Selection, ids: str) -> None:
    cases = [
        Case(id="a", kind="sums", question="问", answerable=True),
        Case(id="b", kind="sums", question="问", answerable=True, held_out=True),
        Case(id="c", kind="lists", question="问", answerable=True),
    ]
    assert "".join(case.id for case in select_cases(cases, selection)) == ids


def test_empty_selection_names_the_kinds() -> None:
    with pytest.raises(NothingChosen, match="现有种类：sums"):
        select_cases([Case(id="a", kind="sums", question="问", answerable=True)], Selection(kinds=["sum"]))
