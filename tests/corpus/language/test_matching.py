"""Known names found in a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.matching import Found, NameMatcher

NAMES = (
    "科技",
    "省科技厅",
    "科技厅",
    "创新券",
    "AI",
    "ai+检验检测",
    "N个",
    "BIM",
    "财政部",
    "人行",
    "省级中试基地",
    "中试基地",
)
FOUND = [
    ("", []),
    ("没有", []),
    ("省科技厅和科技厅", ["省科技厅", "科技厅"]),
    ("省级中试基地、中试基地", ["省级中试基地", "中试基地"]),
    ("科技创新券", ["科技", "创新券"]),
    ("科技科技", ["科技", "科技"]),
    ("推广ＡＩ不算", []),
    ("推广AI技术", ["AI"]),
    ("推广ai技术", ["ai"]),
    ("AI+检验检测", ["AI+检验检测"]),
    ("AIR", []),
    ("BAI", []),
    ("bim（BIM）", ["bim", "BIM"]),
    ("财政部负责", ["财政部"]),
    ("财政部门负责", []),
    ("人行负责", ["人行"]),
    ("个人行为和法人行使", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds_the_longest_names(text: str, expected: list[str]) -> None:
    found = NameMatcher(NAMES).find(text)
    assert [text[f.start : f.end] for f in found] == expected


def test_tells_the_name_and_its_place() -> None:
    assert NameMatcher(["BIM", ""]).find("用bim。") == (Found("BIM", 1, 4),)


def test_keeps_offsets_where_folding_changes_the_length() -> None:
    # ß folds to ss and İ lowers to two code points.
    assert NameMatcher(["创新券"]).find("ßİ创新券") == (Found("创新券", 2, 5),)


def test_finds_nothing_without_names() -> None:
    assert NameMatcher([]).find("创新券") == ()


@given(st.text(alphabet="科技省厅创新券AIaiBMß+N个 财政部门人行", max_size=40))
def test_every_match_stands_where_it_says(text: str) -> None:
    folded = {name.casefold() for name in NAMES}
    found = NameMatcher(NAMES).find(text)
    assert all(text[f.start : f.end].casefold() in folded for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("外来企业研发中心的补助", "研发中心"),
        ("企业研发中心", "研发中心"),
        # It does not end the compound either.
        ("企业研发中心实验室", "企业研发"),
        ("企业研发活动", "企业研发"),
    ],
)
def test_a_name_that_ends_the_compound_is_preferred(text: str, name: str) -> None:
    names = ("企业研发", "研发中心")
    assert [f.name for f in NameMatcher(names, prefers_heads=True).find(text)] == [name]
