"""What a question is about: names, numbers, places, and the masks that hide them from the reading of asks."""

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.ask import Assistant
from assistant.naming.masks import mask_names
from assistant.naming.names import SubjectFinder
from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.vocabulary import QuestionVocabulary
from assistant.understanding.wants import WantReader
from corpus.catalogue import Catalogue
from corpus.notice import Phrase
from corpus.store import Corpus

DEPARTMENT, MEASURE, CHAPTER = SubjectKind.DEPARTMENT, SubjectKind.MEASURE, SubjectKind.CHAPTER
DOCUMENT, TERM, PLACE, NUMBER = SubjectKind.DOCUMENT, SubjectKind.TERM, SubjectKind.PLACE, SubjectKind.NUMBER


@pytest.fixture
def finder(assistant: Assistant) -> SubjectFinder:
    return assistant._understander.finder


FOUND = [
    ("第九条由谁负责", [(NUMBER, "第九条")]),
    ("第三部分讲什么", [(CHAPTER, "第三部分")]),
    ("最后一条讲什么", [(NUMBER, "最后一条")]),
    ("倒数第二条讲什么", [(NUMBER, "倒数第二条")]),
    ("中试基地给多少", [(TERM, "中试基地")]),
    ("省级中试基地给多少", [(TERM, "省级中试基地")]),
    ("专利池和创新券", [(TERM, "专利池"), (TERM, "创新券")]),
    ("省科技厅负责什么", [(DEPARTMENT, "省科技厅")]),
    ("科技厅和工信厅", [(DEPARTMENT, "科技厅"), (DEPARTMENT, "工信厅")]),
    ("知识产权服务有什么支持", [(MEASURE, "知识产权服务")]),
    ("做优专业科技服务品质有几条", [(CHAPTER, "做优专业科技服务品质")]),
    ("鲁科字〔2025〕128号讲什么", [(DOCUMENT, "鲁科字〔2025〕128号")]),
    ("鲁科字[2025]128号讲什么", [(DOCUMENT, "鲁科字[2025]128号")]),
    ("广东省有创新券吗", [(PLACE, "广东省"), (TERM, "创新券")]),
    ("青岛的企业能申请创新券吗", [(PLACE, "青岛"), (TERM, "创新券")]),
    ("山东有多少条措施", [(PLACE, "山东")]),
    ("财政部门管哪些", []),
    ("今天天气怎么样", []),
    ("企业", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds(text: str, expected: list[tuple[SubjectKind, str]], finder: SubjectFinder) -> None:
    assert [(s.kind, s.text) for s in finder.find(text)] == expected


@pytest.mark.parametrize("text", [text for text, _ in FOUND])
def test_places_are_exact_and_apart(text: str, finder: SubjectFinder) -> None:
    subjects = finder.find(text)
    assert [text[s.start : s.end] for s in subjects] == [s.text for s in subjects]
    assert all(a.end <= b.start for a, b in pairwise(subjects))


TARGETS = [
    ("第九条", ("lkz-2025-128/3.9",), 9),
    ("第十七条", (), 17),
    ("第六部分", (), 6),
    ("第三部分", ("lkz-2025-128/3",), 3),
    ("最后一条", ("lkz-2025-128/5.16",), 16),
    ("倒数第二条", ("lkz-2025-128/5.15",), 15),
    ("知识产权服务", ("lkz-2025-128/2.6",), None),
    ("工信厅", ("省工业和信息化厅",), None),
    ("专利池", ("lkz-2025-128/2.6.2",), None),
]


@pytest.mark.parametrize(("text", "targets", "number"), TARGETS)
def test_targets(text: str, targets: tuple[str, ...], number: int | None, finder: SubjectFinder) -> None:
    (subject,) = finder.find(text)
    assert (subject.targets, subject.number) == (targets, number)


def test_home_and_cities(finder: SubjectFinder) -> None:
    (home,), (city,), (canton,) = finder.find("山东"), finder.find("烟台"), finder.find("广东")
    assert finder.is_home(home) and finder.is_home(city) and not finder.is_home(canton)
    assert finder.is_city("青岛") and not finder.is_city("山东") and not finder.is_city("专利池")


def test_a_printed_city_is_a_term_only_where_it_stands_alone(finder: SubjectFinder) -> None:
    assert [s.kind for s in finder.find("青岛发展什么")] == [TERM]
    assert [s.kind for s in finder.find("青岛的企业能申请创新券吗")] == [PLACE, TERM]


MASKED = [
    ("第九条由谁负责", "№由谁负责"),
    ("中试基地给200万元吗", "◇给¤吗"),
    ("省科技厅牵头吗", "◎牵头吗"),
    ("广东有创新券吗", "※有◇吗"),
    ("鲁科字〔2025〕128号什么时候印发", "▣什么时候印发"),
    ("补助比例是30%吗", "补助比例是¤吗"),
    ("你好", "你好"),
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_masks(text: str, masked: str, finder: SubjectFinder) -> None:
    assert mask_names(text, finder.find(text)).text == masked


def test_a_sum_inside_a_name_stays_with_the_name() -> None:
    name = Subject(TERM, "最高200万元补助", 0, 9)
    assert mask_names("最高200万元补助怎么拿", [name]).text == "◇怎么拿"


def test_every_notice_has_its_home(small_corpus: Corpus) -> None:
    """A notice that names its province once is as much at home there as one that names it often."""
    texts = {"often": "山东省" * 9, "once": "四川省各部门：现印发给你们。"}
    corpus = replace(small_corpus, texts=texts, catalogue=Catalogue(()))
    finder = SubjectFinder(corpus, QuestionVocabulary(corpus.cutter, WantReader().shared_words))
    assert finder.home == {"山东省", "四川省"}
    assert [finder.is_home(finder.find(name)[0]) for name in ("山东", "成都", "广州")] == [True, True, False]


@pytest.mark.parametrize(
    ("addressee", "is_national"), [("各省、自治区、直辖市人民政府", True), ("各市人民政府", False)]
)
def test_no_place_lies_outside_a_notice_for_every_province(
    addressee: str, is_national: bool, small_corpus: Corpus
) -> None:
    notice = replace(small_corpus.catalogue.notices[0], addressee=Phrase(addressee, 0, len(addressee)))
    corpus = replace(small_corpus, texts={notice.id: "山东省" * 9}, catalogue=Catalogue((notice,)))
    finder = SubjectFinder(corpus, QuestionVocabulary(corpus.cutter, WantReader().shared_words))
    assert finder.is_home(finder.find("广州")[0]) is is_national


def test_masked_stretches_are_found_again_in_the_text(small_corpus: Corpus) -> None:
    text = "省科技厅管第三条吗，200万元谁出"
    finder = SubjectFinder(small_corpus, QuestionVocabulary(small_corpus.cutter, WantReader().shared_words))
    masked = mask_names(text, finder.find(text))
    assert masked.text == "◎管№吗，¤谁出"
    parts = [masked.text[start:end] for start, end in ((0, 4), (5, 8), (0, 1), (0, 8), (3, 3))]
    spans = [masked.span_of(masked.text.index(part), masked.text.index(part) + len(part)) for part in parts[:4]]
    assert [text[start:end] for start, end in spans] == ["省科技厅管第三条吗", "200万元谁出", "省科技厅", text]
