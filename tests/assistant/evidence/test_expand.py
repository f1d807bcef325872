"""One clause about several things becomes one for each; lists and comparisons keep them together."""

import pytest

from assistant.ask import Assistant
from assistant.evidence.expand import expand, group_names
from assistant.understanding.frame import Operation, Want

EXPANDED = [
    ("专利池和中试基地各给多少钱", [(Want("sum"), ["专利池"]), (Want("sum"), ["中试基地"])]),
    ("创新券、算力券多少钱", [(Want("sum"), ["创新券"]), (Want("sum"), ["算力券"])]),
    ("第九条和第十条由谁负责", [(Want("department"), ["第九条"]), (Want("department"), ["第十条"])]),
    ("专利池给多少钱", [(Want("sum"), ["专利池"])]),
    # Words that stand all over the notice are two sides of one thing.
    ("人工智能和科技型中小企业给多少钱", [(Want("sum"), ["人工智能", "科技型中小企业"])]),
    ("中试基地和部级孵化器哪个多", [(Want("sum", Operation.COMPARE), ["中试基地", "部级孵化器"])]),
    (
        "组织部和科协各管哪一条",
        [(Want("clause", Operation.LIST), ["组织部"]), (Want("clause", Operation.LIST), ["科协"])],
    ),
]


@pytest.mark.parametrize(("question", "expected"), EXPANDED)
def test_expands(question: str, expected: list[tuple[Want, list[str]]], assistant: Assistant) -> None:
    frame, asked = assistant.read(question)
    clauses = expand(asked, frame, assistant.corpus.catalogue)
    assert [(c.want, [s.text for s in c.all_names]) for c in clauses] == expected


def test_each_thing_is_asked_without_the_words_of_the_others(assistant: Assistant) -> None:
    frame, asked = assistant.read("专利池和中试基地各给多少钱")
    clauses = expand(asked, frame, assistant.corpus.catalogue)
    assert [c.text.split() for c in clauses] == [["专利池和", "各给多少钱"], ["和中试基地各给多少钱"]]


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
    names = assistant._understander.finder.find(text)
    found = group_names(names, text, assistant.corpus.catalogue)
    assert [[s.text for s in group] for group in found] == groups
