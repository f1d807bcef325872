"""Rows of tables among paragraphs."""

import pytest

from ingest.parsing.lines import view_lines
from ingest.parsing.tables import Row, find_rows
from ingest.parsing.view import view_text

TABLES = {
    "tabs": (
        "补贴标准表\n项目\t标准（元）\n创业补贴\t10000\n见习补贴\t2000\n说明。",
        [
            "补贴标准表",
            {},
            {"项目": "创业补贴", "标准（元）": "10000"},
            {"项目": "见习补贴", "标准（元）": "2000"},
            "说明。",
        ],
    ),
    "bars": (
        "| 项目 | 标准 |\n| --- | --- |\n| 甲 | 1 |",
        [{}, {}, {"项目": "甲", "标准": "1"}],
    ),
    "wide space": (
        "项目  标准\n甲乙  10\n丙丁  20",
        [{}, {"项目": "甲乙", "标准": "10"}, {"项目": "丙丁", "标准": "20"}],
    ),
    "a merged cell": (
        "类别\t项目\t标准\n甲\t乙\t1\n丙\t2",
        [{}, {"类别": "甲", "项目": "乙", "标准": "1"}, {"项目": "丙", "标准": "2"}],
    ),
    "no table": ("支持  企业。\n办法如下。", ["支持  企业。", "办法如下。"]),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES.keys())
def test_reads_rows_with_their_heads(text: str, expected: list[str | dict[str, str]]) -> None:
    found: list[str | dict[str, str]] = []
    for line in find_rows(view_lines(view_text(text))):
        found.append({c.head: c.phrase.text for c in line.cells} if isinstance(line, Row) else line.text)
    assert found == expected
