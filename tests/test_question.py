"""Typed text is checked and normalised before anything reads it."""

import pytest

from assistant.understanding.text import (
    LONGEST_QUESTION,
    BadQuestion,
    clean_question,
    language_of,
    normalise,
    strip_unseen,
)

CLEANED = [
    ("创新券多少钱", "创新券多少钱"),
    ("  创新券\t多少\n\n钱  ", "创新券 多少 钱"),
    ("创新\x00券", "创新 券"),
    ("创新券\x07多少\x1b钱\x7f", "创新券 多少 钱"),
    ("创\u200b新\u200d券\ufeff多\u2060少钱", "创新券多少钱"),
    ("\u202e创新券\u202c", "创新券"),
    ("创新券\ud83d多少", "创新券 多少"),
    ("\udc00算力券", "算力券"),
    ("创新券\ufe0f\u00ad", "创新券"),
    ("創新券", "創新券"),
    ("９", "９"),
    ("a", "a"),
    ("😀券", "😀券"),
]
NORMALISED = [
    ("創新券補助多少錢", "创新券补助多少钱"),
    ("第９條由誰負責", "第9条由谁负责"),
    ("ＡＩ算力", "AI算力"),
    ("（九）？，。", "（九）？，。"),
    ("<b>创新券</b>多少", " 创新券 多少"),
    ("3<5且6>4", "3 4"),
    ("<" + "a" * 300 + ">", "<" + "a" * 300 + ">"),
    ("$x ${y} \\", "$x ${y} \\"),
]
REFUSED = ["", "   ", "\x00\x01", "\u200b\u200d", "？？？", "。。。！！", "😀😀😀", "\ud83d", "——", "$%^&*"]


@pytest.mark.parametrize(("typed", "cleaned"), CLEANED)
def test_cleans(typed: str, cleaned: str) -> None:
    assert clean_question(typed) == cleaned


@pytest.mark.parametrize("typed", REFUSED)
def test_refuses_what_holds_no_word(typed: str) -> None:
    with pytest.raises(BadQuestion, match=r"问题(是空的|里没有文字)。"):
        clean_question(typed)


@pytest.mark.parametrize("character", ["券", "𠮷", "a"])
def test_counts_code_points(character: str) -> None:
    assert clean_question(character * LONGEST_QUESTION) == character * LONGEST_QUESTION
    with pytest.raises(BadQuestion, match="501 个字，最多 500 个字"):
        clean_question(character * (LONGEST_QUESTION + 1))


@pytest.mark.parametrize(("typed", "normal"), NORMALISED)
def test_normalises(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


def test_what_is_stripped_can_be_written() -> None:
    everything = "".join(map(chr, range(0x20000))) + "\U000e0001\U0010ffff"
    assert strip_unseen(everything).encode("utf-8")
    assert not any(c in strip_unseen(everything) for c in "\x00\u200b\ud800\udfff\ufeff\u202e\U000e0001")


LANGUAGES = [
    ("创新券多少钱", "zh"),
    ("How much is the innovation voucher?", "en"),
    ("AI算力补贴多少", "zh"),
    ("BIM和CIM是什么意思", "zh"),
    ("What is 创新券?", "zh"),
    ("what does 创新券 mean in this notice", "en"),
    ("9", "zh"),
    ("ok", "en"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
