"""Pinyin messages are read wholly by known words or not at all; English is never taken for pinyin."""

import pytest

from assistant.repairing.pinyin import PinyinReader, is_pinyin
from corpus.store import Corpus

READ = [
    ("zhongshi jidi duoshao qian", "中试基地多少钱"),
    ("zhong shi ji di zuigao duoshao", "中试基地最高多少"),
    ("ZHUANLICHI zui gao duo shao qian?", "专利池最高多少钱?"),
    ("shui fuze zhishichanquan fuwu", "谁负责知识产权服务"),
]
UNREAD = ["woyao xuexi youyong zenmeyang", "xiexie ni de bangzhu haizi"]
ENGLISH = [
    "How much does an incubator get?",
    "What is the maximum sum?",
    "Can he change the base?",
    "quick question",
    "xerox queue",
    "中试基地 duoshao qian",
    "",
]


@pytest.fixture(scope="module")
def reader(real_corpus: Corpus) -> PinyinReader:
    return PinyinReader(real_corpus.lexicon.names, (), real_corpus.readings)


@pytest.mark.parametrize(("typed", "chinese"), READ)
def test_reads_names_and_words_of_asking(typed: str, chinese: str, reader: PinyinReader) -> None:
    assert reader.read(typed) == chinese


@pytest.mark.parametrize("typed", UNREAD)
def test_one_unknown_word_and_nothing_is_read(typed: str, reader: PinyinReader) -> None:
    assert is_pinyin(typed)
    assert reader.read(typed) == ""


@pytest.mark.parametrize("typed", ENGLISH)
def test_english_is_no_pinyin(typed: str, reader: PinyinReader) -> None:
    assert not is_pinyin(typed)
    assert reader.read(typed) == ""
