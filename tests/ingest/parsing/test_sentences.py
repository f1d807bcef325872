"""Running text cut into sentences and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.notice import Phrase
from ingest.parsing.sentences import cut_items, cut_sentences

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


def _texts(phrases: tuple[Phrase, ...]) -> list[str]:
    return [phrase.text for phrase in phrases]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_cuts_sentences(text: str, expected: list[str]) -> None:
    assert _texts(cut_sentences(text, 0)) == expected


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_cuts_items(text: str, expected: list[str]) -> None:
    assert _texts(cut_items(text, 0)) == expected


def test_an_unclosed_bracket_holds_back_one_page_at_most() -> None:
    texts = _texts(cut_sentences("（没有关上。" + "甲乙。" * 200, 0))
    assert len(texts) > 100
    assert len(texts[0]) < 320


def test_offsets_count_from_the_start_given() -> None:
    assert cut_sentences(" 一。 二。", 100) == (Phrase("一。", 101, 103), Phrase("二。", 104, 106))


@pytest.mark.parametrize("cut", [cut_sentences, cut_items])
@given(text=st.text(alphabet="甲乙丙。！？；;“”‘’（）()《》「」 \n1.", max_size=80))
def test_loses_nothing_and_tells_the_place(cut: object, text: str) -> None:
    assert callable(cut)
    phrases = cut(text, 7)
    assert [text[p.start - 7 : p.end - 7] for p in phrases] == [p.text for p in phrases]
    assert "".join("".join(p.text for p in phrases).split()) == "".join(text.split())
