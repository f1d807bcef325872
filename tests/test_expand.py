"""One ask about several things becomes one for each; lists and comparisons keep them together."""

import pytest

from assistant.ask import Assistant
from assistant.expand import expand_asks, group_subjects
from assistant.query import Ask

EXPANDED = [
    ("专利池和中试基地各给多少钱", [(Ask.SUM, ["专利池"]), (Ask.SUM, ["中试基地"])]),
    ("创新券、算力券多少钱", [(Ask.SUM, ["创新券"]), (Ask.SUM, ["算力券"])]),
    ("第九条和第十条由谁负责", [(Ask.DEPARTMENT, ["第九条"]), (Ask.DEPARTMENT, ["第十条"])]),
    ("专利池给多少钱", [(Ask.SUM, ["专利池"])]),
    ("中试基地和部级孵化器哪个多", [(Ask.COMPARE, ["中试基地", "部级孵化器"])]),
]


@pytest.mark.parametrize(("question", "expected"), EXPANDED)
def test_expands(question: str, expected: list[tuple[Ask, list[str]]], assistant: Assistant) -> None:
    query = assistant.read(question)
    asks = expand_asks(query, assistant.corpus.catalogue)
    assert [(a.ask, [s.text for s in a.subjects]) for a in asks] == expected


GROUPS = [
    ("专利池和中试基地", [["专利池"], ["中试基地"]]),
    ("专利池的中试基地", [["专利池", "中试基地"]]),
    ("第九条和第十条", [["第九条"], ["第十条"]]),
    ("第九条和第九条", [["第九条", "第九条"]]),
    ("第九条的中试基地", [["第九条", "中试基地"]]),
    ("专利价值分析和专利运营", [["专利价值分析", "专利运营"]]),
    ("专利池 or 创新券", [["专利池"], ["创新券"]]),
    ("省科技厅和省财政厅", []),
    ("你好", []),
]


@pytest.mark.parametrize(("text", "groups"), GROUPS)
def test_groups(text: str, groups: list[list[str]], assistant: Assistant) -> None:
    subjects = assistant._understander.finder.find(text)
    found = group_subjects(subjects, text, assistant.corpus.catalogue)
    assert [[s.text for s in group] for group in found] == groups
