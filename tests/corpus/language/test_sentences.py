"""Running text cut into sentences and items."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.sentences import cut_items, cut_sentences

SENTENCES = [
    ("", []),
    (" \n ", []),
    ("没有句号", ["没有句号"]),
    ("一句。", ["一句。"]),
    ("一句。二句！三句？四", ["一句。", "二句！", "三句？", "四"]),
    (" 一句。 　二句。 ", ["一句。", "二句。"]),
    ("甲；乙；丙。丁。", ["甲；乙；丙。", "丁。"]),
    ("他说“好。”然后走。", ["他说“好。”", "然后走。"]),
    ("他说“好。去吧”然后走。", ["他说“好。去吧”然后走。"]),
    ("甲“乙。丙。”丁。", ["甲“乙。丙。”", "丁。"]),
    ("甲“乙”。丙。", ["甲“乙”。", "丙。"]),
    ("甲（乙。丙）丁。戊。", ["甲（乙。丙）丁。", "戊。"]),
    ("甲（乙。）丙。", ["甲（乙。）丙。"]),
    ("按《办法。试行》执行。好。", ["按《办法。试行》执行。", "好。"]),
    ("甲「乙。」丙。", ["甲「乙。」", "丙。"]),
    ("没开的”。后面。", ["没开的”。", "后面。"]),
    ("2.5万元。3.1万元。", ["2.5万元。", "3.1万元。"]),
]
ITEMS = [
    ("甲；乙。", ["甲；", "乙。"]),
    ("甲;乙；丙", ["甲;", "乙；", "丙"]),
    ("甲（乙；丙）；丁。", ["甲（乙；丙）；", "丁。"]),
    ("“甲；乙”；丙。", ["“甲；乙”；", "丙。"]),
    ("甲，乙。", ["甲，乙。"]),
]


def _texts(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[begin:end] for begin, end in spans]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_cuts_sentences(text: str, expected: list[str]) -> None:
    assert _texts(text, cut_sentences(text)) == expected


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_cuts_items(text: str, expected: list[str]) -> None:
    assert _texts(text, cut_items(text)) == expected


def test_an_unclosed_bracket_holds_back_one_page_at_most() -> None:
    text = "（没有关上。" + "甲乙。" * 200
    texts = _texts(text, cut_sentences(text))
    assert len(texts) > 100
    assert len(texts[0]) < 320


def test_white_space_around_is_left_out() -> None:
    assert cut_sentences(" 一。 二。") == ((1, 3), (4, 6))


@pytest.mark.parametrize("cut", [cut_sentences, cut_items])
@given(text=st.text(alphabet="甲乙丙。！？；;“”‘’（）()《》「」 \n1.", max_size=80))
def test_loses_nothing_and_tells_the_place(cut: object, text: str) -> None:
    assert callable(cut)
    spans = cut(text)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join("".join(text[b:e] for b, e in spans).split()) == "".join(text.split())
