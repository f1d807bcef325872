"""The dictionary read in place is jieba's own."""

import tempfile

import jieba
import pytest

from corpus.language.dictionary import Counts, WordClass, load_dictionary, make_tokenizer


@pytest.fixture(scope="module")
def plain() -> jieba.Tokenizer:
    """jieba as it reads its dictionary itself."""
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer


def test_counts_are_those_of_jieba(plain: jieba.Tokenizer) -> None:
    dictionary = load_dictionary()
    assert dictionary.total == plain.total
    assert [w for w, count in plain.FREQ.items() if dictionary.count(w) != count] == []
    assert [dictionary.count(w) for w in ("", "算立卷", "\0", "😀")] == [None] * 4


@pytest.mark.parametrize("text", ["推动科技成果转移转化和推广服务。", "济南市的AI公司2025年能领多少钱", "", "𠮷野家😀"])
def test_texts_are_cut_as_jieba_cuts_them(text: str, plain: jieba.Tokenizer) -> None:
    ours = make_tokenizer()
    assert list(ours.cut(text)) == list(plain.cut(text))
    assert list(ours.cut_for_search(text)) == list(plain.cut_for_search(text))


def test_added_words_weigh_as_in_jieba_and_stay_with_their_tokenizer(plain: jieba.Tokenizer) -> None:
    ours, other = make_tokenizer(), make_tokenizer()
    for word in ("概念验证中心", "算力券", "券"):
        assert ours.suggest_freq(word) == plain.suggest_freq(word)
        ours.add_word(word)
        plain.add_word(word)
    text = "概念验证中心能领算力券吗"
    assert list(ours.cut(text)) == list(plain.cut(text))
    assert "算力券" not in list(other.cut(text))


CLASSES = [
    ("企业", WordClass(0)),
    ("中试基地", WordClass(0)),
    ("申请", WordClass.NAMELESS),
    ("那些", WordClass.NAMELESS | WordClass.FUNCTIONAL | WordClass.EVERYDAY),
    ("提高", WordClass.NAMELESS | WordClass.EVERYDAY),
]


@pytest.mark.parametrize(("word", "expected"), CLASSES)
def test_classes(word: str, expected: WordClass) -> None:
    assert load_dictionary().class_of(word) == expected


def test_counts_behave_as_the_mapping_that_jieba_reads() -> None:
    counts = Counts(load_dictionary())
    counts["新词"] = 3
    assert (counts["新词"], counts.get("新词"), "新词" in counts) == (3, 3, True)
    assert (counts.get("无此词"), counts.get("无此词", 1), "无此词" in counts) == (None, 1, False)
    with pytest.raises(KeyError):
        counts["无此词"]
