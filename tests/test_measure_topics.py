"""Measures and chapters are found by a piece of their title where the words around say that one is meant."""

import pytest

from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.titles import ChapterTopics, MeasureTopics
from corpus.notice import Chapter, Phrase
from corpus.store import Corpus

MEASURES = [
    ("检测那条讲什么", [("检测", 0, "3.7")]),
    ("请问人才这一条", [("人才", 2, "5.14")]),
    ("转型那一条", [("转型", 0, "5.13")]),
    ("检验检测认证服务那条", [("检验检测认证服务", 0, "3.7")]),
    ("产业集群方面的条款", [("产业集群", 0, "1.3")]),
    ("产业集群这块归谁管", [("产业集群", 0, "1.3")]),
    ("孵化服务和转型升级这两条", [("孵化服务", 0, "4.10"), ("转型升级", 5, "5.13")]),
    # Two characters need 那条 or 这条 right behind them.
    ("转型几条", []),
    ("转型的那条", []),
    ("转型那款", []),
    # Two titles print 金融, more print 服务; money is no measure; a bare name is left to the lexicon.
    ("金融那条", []),
    ("服务那条", []),
    ("产业集群这块钱怎么拿", []),
    ("产业集群", []),
]


@pytest.mark.parametrize(("text", "found"), MEASURES)
def test_measures_by_a_piece_of_their_title(text: str, found: list[tuple[str, int, str]], real_corpus: Corpus) -> None:
    assert MeasureTopics(real_corpus.catalogue.measures).find(text) == tuple(
        Subject(SubjectKind.MEASURE, piece, at, at + len(piece), (f"lkz-2025-128/{key}",)) for piece, at, key in found
    )


CHAPTERS = [
    ("优化生态那一章讲什么", [("优化生态", 0, 5)]),
    ("市场主体那部分有几条", [("市场主体", 0, 1)]),
    ("壮大主体那章", [("壮大主体", 0, 1)]),
    ("专业服务这一大块", [("专业服务", 0, 3)]),
    ("应用品牌的板块", [("应用品牌", 0, 4)]),
    ("请问做优专业服务那章", [("做优专业服务", 2, 3)]),
    ("做强应用那章和优化生态那章", [("做强应用", 0, 4), ("优化生态", 7, 5)]),
    # Two titles hold 科技服务, none holds the others in this order, and nothing says that a chapter is meant.
    ("科技服务那一章", []),
    ("品牌做强那一章", []),
    ("扩大规模那一章", []),
    ("生态那一章", []),
    ("优化生态有几条", []),
    ("哪一章", []),
]


@pytest.mark.parametrize(("text", "found"), CHAPTERS)
def test_chapters_by_words_of_their_title(text: str, found: list[tuple[str, int, int]], real_corpus: Corpus) -> None:
    chapters = [c for n in real_corpus.catalogue.notices for c in n.chapters]
    assert ChapterTopics(chapters).find(text) == tuple(
        Subject(SubjectKind.CHAPTER, piece, at, at + len(piece), (f"lkz-2025-128/{n}",)) for piece, at, n in found
    )


def test_a_chapter_without_a_heading_has_no_name() -> None:
    chapter = Chapter("n/1", 1, "", "优化发展生态", None, (), ())
    assert ChapterTopics([chapter]).find("优化生态那一章") == ()
    headed = Chapter("n/1", 1, "一、", "优化发展生态", Phrase("一、优化发展生态", 0, 8), (), ())
    assert len(ChapterTopics([headed]).find("优化生态那一章")) == 1
