"""Cases are read field by field, and what cannot be read is named with file, line and reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.cases.case import Case, CaseError, PlacedCase, Problem, allowed_statuses, find_case_files, read_cases
from tests.evals.answers import make_case

GOOD = {"id": "a", "kind": "sums", "question": "多少？", "answerable": True}
FULL = {
    **{"id": "b", "kind": "half_stated", "question": "呢？", "answerable": "partly", "history": ["先问"]},
    **{"status": ["partly_answered", "related"], "measures": [9, 10], "clauses": ["3.9"], "evidence": ["奖补"]},
    **{"exact": True, "facts": [["200万元", "二百万元"]], "departments": ["省科技厅"], "forbidden": ["一次性"]},
    **{"verdict": "no", "role": "lead", "missing": ["sum"], "may_cite": [2], "notice_id": "n", "notice_ids": ["m"]},
    **{"persona": "店主", "author": "甲", "blind": True, "group": "g", "form": "口语"},
}


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", FULL, "", {**GOOD, "answerable": None})
    first, second = read_cases([path])
    assert set(FULL) == set(Case.model_fields)
    assert first.case.model_dump(mode="json") == FULL
    assert (first.path, first.line, second.line) == (path, 1, 3)
    bare = {name: field.get_default() for name, field in Case.model_fields.items() if name not in GOOD}
    assert second.case.model_dump() == {**bare, **GOOD, "answerable": None}
    assert first.case.unread_fields == ()


def test_required_measures_are_ids_where_the_case_gives_them() -> None:
    assert make_case(measures=[9, 10]).required == {"9", "10"}
    assert make_case(measures=[9], clauses=["3.9", "4.10"]).required == {"3.9", "4.10"}
    assert make_case().required == frozenset()


@pytest.mark.parametrize(
    ("fields", "statuses"),
    [
        ({"answerable": True}, ("answered",)),
        ({"answerable": False}, ("not_stated", "related", "out_of_scope", "refused")),
        ({"answerable": "partly"}, ("partly_answered",)),
        ({"answerable": None, "status": ["refused"]}, ()),
        ({"answerable": True, "status": ["needs_detail", "answered"]}, ("needs_detail", "answered")),
    ],
)
def test_allowed_statuses(fields: dict[str, Any], statuses: tuple[str, ...]) -> None:
    assert allowed_statuses(make_case(**fields)) == statuses


SAME_GOLD: list[dict[str, Any]] = [
    {
        "id": "x",
        "question": "另一种问法",
        "history": ["先问"],
        "group": "g",
        "form": "f",
        "persona": "p",
        "author": "o",
    },
    {"facts": [["年度", "每年"], ["200万元", "二百万元"]]},
    {"measures": [10, 9]},
    {"departments": ["省财政厅", "省科技厅"]},
    {"status": ["answered"]},
    {"kind": "details"},
    {"forbidden": ["一次性"], "may_cite": [1], "blind": True},
]
OTHER_GOLD: list[dict[str, Any]] = [
    {"facts": [["300万元"], ["年度"]]},
    {"measures": [9]},
    {"clauses": ["3.9"]},
    {"departments": ["省科技厅"]},
    {"status": ["partly_answered"]},
    {"answerable": False},
    {"notice_id": "gf-2018-39"},
    {"notice_ids": ["gf-2018-39"]},
    {"evidence": ["奖补"]},
    {"verdict": "no"},
    {"role": "lead"},
    {"missing": ["sum"]},
]


def test_questions_and_wordings_do_not_make_another_gold() -> None:
    base = {"measures": [9, 10], "facts": [["200万元"], ["年度"]], "departments": ["省科技厅", "省财政厅"]}
    gold = make_case(**base).gold
    assert [change for change in SAME_GOLD if make_case(**{**base, **change}).gold != gold] == []
    assert [change for change in OTHER_GOLD if make_case(**{**base, **change}).gold == gold] == []
    # Where no clause is demanded, only the kind tells what is.
    assert make_case(kind="out_of_scope").gold != make_case(kind="manipulation").gold


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"', "不是合法的 JSON"),
        ("[1]", "一行应当是一个 JSON 对象"),
        ({k: v for k, v in GOOD.items() if k != "answerable"}, "字段 answerable：缺少这个字段"),
        ({**GOOD, "question": ""}, "字段 question：不能为空"),
        ({**GOOD, "question": "多" * 501}, "字段 question：太长（最多 500 个字）"),
        ({**GOOD, "question": 5}, "字段 question：应当是文字"),
        ({**GOOD, "measures": ["第九"]}, "字段 measures 第 1 项应当是整数"),
        ({**GOOD, "measures": [9.5]}, "字段 measures 第 1 项应当是整数"),
        ({**GOOD, "measures": [0]}, "字段 measures 第 1 项应当大于 0"),
        ({**GOOD, "facts": [["500万元"], "200万元"]}, "字段 facts 第 2 项应当是列表"),
        ({**GOOD, "facts": [["500万元", ""]]}, "字段 facts 第 1 项第 2 项不能为空"),
        ({**GOOD, "facts": [[]]}, "字段 facts 第 1 项列表不能为空"),
        ({**GOOD, "departments": "省科技厅"}, "字段 departments：应当是列表"),
        ({**GOOD, "verdict": "maybe"}, "字段 verdict：应当是 'yes', 'no' or 'not_stated' 之一"),
        ({**GOOD, "id": "", "kind": ""}, "字段 id：不能为空；字段 kind：不能为空"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object, reason: str) -> None:
    path = write(tmp_path / "bad.jsonl", {**GOOD, "id": "fine"}, line)
    with pytest.raises(CaseError) as caught:
        read_cases([path])
    assert caught.value.problems == (Problem(path, 2, reason),)
    assert str(caught.value) == f"{path} 第 2 行：{reason}"


@pytest.mark.parametrize(("field", "value"), [("status", ["done"]), ("answerable", "yes"), ("answerable", 1)])
def test_a_value_outside_a_closed_set_is_named(tmp_path: Path, field: str, value: object) -> None:
    with pytest.raises(CaseError, match=f"第 1 行：字段 {field}"):
        read_cases([write(tmp_path / "bad.jsonl", {**GOOD, field: value})])


def test_all_problems_of_all_files_are_collected(tmp_path: Path) -> None:
    missing, coded = tmp_path / "missing.jsonl", tmp_path / "gbk.jsonl"
    coded.write_bytes("多少".encode("gbk"))
    one, two = write(tmp_path / "1.jsonl", GOOD, "{}"), write(tmp_path / "2.jsonl", GOOD)
    with pytest.raises(CaseError) as caught:
        read_cases([missing, coded, one, two])
    lacking = "；".join(f"字段 {name}：缺少这个字段" for name in GOOD)
    assert caught.value.problems == (
        Problem(missing, 0, "文件打不开（No such file or directory）。请检查路径。"),
        Problem(coded, 0, "不是 UTF-8 编码。请另存为 UTF-8。"),
        Problem(one, 2, lacking),
        Problem(two, 1, f"编号 a 已在 {one} 第 1 行用过"),
    )


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="没有任何题目"):
        read_cases([write(tmp_path / "empty.jsonl", "")])


def test_an_unknown_field_is_kept_and_named(tmp_path: Path) -> None:
    (placed,) = read_cases([write(tmp_path / "a.jsonl", {**GOOD, "forbiden": ["一次性"]})])
    assert placed.case.unread_fields == ("forbiden",)


def test_files_are_found_by_name_and_a_mark_of_utf8_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.jsonl", "a.jsonl", "c.json", "deep/d.jsonl"):
        (tmp_path / name).write_text(json.dumps({**GOOD, "id": name}), encoding="utf-8-sig")
    found = find_case_files(tmp_path)
    assert found == (tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    case = Case.model_validate({**GOOD, "id": "a.jsonl"})
    assert read_cases(found)[0] == PlacedCase(case, tmp_path / "a.jsonl", 1)
