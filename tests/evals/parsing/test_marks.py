import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.parsing.marks import find_lists, find_marks
from tests.evals.parsing.conftest import TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、总则\n（一）补贴。\n1.企业\n2.个人\n（二）贷款。\n二、附则\n",
            ["一、", "（一）", "1.", "2.", "（二）", "二、"],
        ),
        ("第一章 总则\n第一条 为了就业。\n第二条 按照\n第三条规定办理。\n", ["第一章", "第一条", "第二条"]),
        ("三、结余\n2024.5.1前\n3.5万元\n", ["三、"]),
        ("附件：1.目录\n2.表格\n特此通知\n", []),
        ("一、补贴…………3\n二、贷款…………5\n一、补贴\n二、贷款\n", ["一、", "二、"]),
        ("措施如下： 一、补贴 1.企业。 2.个人。 二、贷款 见三、" + "说" * 800, ["一、", "1.", "2.", "二、"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert [mark.text for mark in find_marks(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强补贴。（责任单位：市财政局、市人社局）\n", ["shared 市人社局", "shared 市财政局"]),
        ("（由市财政局负责）\n", ["shared 市财政局"]),
        ("（市科技局、市财政局按职责分工负责）\n", ["shared 市科技局", "shared 市财政局"]),
        ("（市科技局牵头，市财政局、各区、县政府等配合）\n", ["lead 市科技局", "supporting 县政府", "supporting 各区", "supporting 市财政局"]),
        ("（牵头单位：市商务局，配合单位：市教委，各区）。\n", ["lead 市商务局", "supporting 各区", "supporting 市教委"]),
        ("〔责任单位：市教委，各县（市、区）政府；列首位的为牵头单位，下同〕\n", ["any 区政府", "any 各县市", "any 市教委"]),
        ("责任部门：市教委、文化和旅游部\n", ["shared 市教委", "shared 文化和旅游部"]),
        ("（负责部门：海关总署等部门，适用范围：某试验区）\n", ["shared 海关总署"]),
        ("由企业（市教委负责）报送。\n", []),
        ("（负责亚洲、欧洲）\n（有关部门负责）\n（以下简称市财政局）\n", []),
    ],
)  # fmt: skip
def test_lists(text: str, expected: list[str]) -> None:
    assert [f"{role} {name}" for one in find_lists(text) for role, name in sorted(one.names)] == expected


def test_once_the_first_leads_it_leads_in_all_that_follow() -> None:
    text = "（市教委、市财政局负责。列第一位者为牵头单位，下同）\n（市科技局、市财政局负责）\n"
    assert [{role for role, _ in one.names} for one in find_lists(text)] == [{"any"}, {"any"}]


def test_command_lists_what_the_reader_lacks(
    folders: Path, output: dict[str, Any], fake_reader: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (folders / "notices/made.txt").write_text(f"# source: made\n{TEXT}", encoding="utf-8")
    options = ["parsing", "--data", str(folders / "notices")]
    fake_reader(output)
    assert main(options) == 0
    assert "部门清单 1 / 1（100%）\n标号 3 / 3（100%）\n丢失 0 字" in capsys.readouterr().out
    notice = output["notices"][0]
    notice["tree"][1]["responsibilities"][0]["departments"] = ["市财政局"]
    notice["tree"].pop(2)
    notice["spans"] = [[0, len(TEXT) - 4]]
    fake_reader(output)
    assert main([*options, "--verbose"]) == 1
    printed = capsys.readouterr().out
    assert "made 清单：责任单位：市人社局、市财政局 ≠ shared 市财政局" in printed
    assert "made 标号：（二）申请于2024年9月30日前" in printed
    assert "made 丢字：3年。" in printed


def test_only_other_texts_are_falsely_called_the_same(
    folders: Path, fake_reader: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("again", TEXT), ("other", TEXT + "特此通知。\n")):
        (folders / f"notices/{name}.txt").write_text(text, encoding="utf-8")
    failures = [{"path": f"somewhere/{name}.txt", "reason": "与 made 是同一份通知"} for name in ("again", "other")]
    fake_reader({"notices": [], "failures": failures})
    assert main(["parsing", "--data", str(folders / "notices"), "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert (shown["files"], shown["read"], shown["falsely_duplicate"]) == (3, 0, 1)
