"""Who does what inside a sentence."""

import pytest

from ingest.facts.actors import read_actors
from ingest.parsing.view import view_text

ACTORS = {
    "市财政局负责审核，市审计局负责监督。": [("市财政局", "负责审核"), ("市审计局", "负责监督")],
    "统计报表由溪口电力公司报送。": [("溪口电力公司", "报送")],
    "实施细则由市科技局会同市财政局制定。": [("市科技局", "制定"), ("市财政局", "制定")],
    "市科技局会同市财政局制定细则。": [("市科技局", "制定细则"), ("市财政局", "制定细则")],
    "由所涉及的省政府办公厅、人力资源社会保障厅、省经济和信息化委等省级主管部门（单位）牵头完成自查报告。": [
        ("省政府办公厅", "牵头完成自查报告"),
        ("人力资源社会保障厅", "牵头完成自查报告"),
        ("省经济和信息化委", "牵头完成自查报告"),
    ],
    "市发展改革委和市教育局应当按照职责分工负责落实。": [
        ("市发展改革委", "按照职责分工负责落实"),
        ("市教育局", "按照职责分工负责落实"),
    ],
    "各市（州）于6月20日18：00前向省政府报送报告。": [("各市（州）", "6月20日18：00前向省政府报送报告")],
}
NOBODY = (
    "向市科技局申报。",
    "市科技局制定的办法。",
    "由本级政府确定的项目。",
    "审核机构健全。",
    "支持企业开展研发。",
    "对企业负责人培训。",
    "加强管理。",
    "",
)


@pytest.mark.parametrize(("text", "expected"), ACTORS.items())
def test_reads_who_does_what(text: str, expected: list[tuple[str, str]]) -> None:
    actors = read_actors(view_text(text))
    assert [(a.name.text, a.task.text) for a in actors] == expected
    assert all(text[p.start : p.end] == p.text for a in actors for p in (a.name, a.task))


@pytest.mark.parametrize("text", NOBODY)
def test_takes_nobody_else_for_an_actor(text: str) -> None:
    assert read_actors(view_text(text)) == ()
