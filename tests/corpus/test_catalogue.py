"""The exact tables over the notices."""

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.language.amounts import Amount, Bound
from corpus.notice import Item, Notice, Phrase, Support
from ingest.parsing.parse import parse_notice
from tests.conftest import make_measure, make_notice, make_provision

AMOUNT = Amount("50万元", 4, 8, Decimal(500_000), "元", Bound.EXACT, None)
GRANT = Support("企业", "补助", AMOUNT, (), Phrase("给予50万元", 2, 8))
GIVEN = Item("企业给予50万元。", 0, 9, supports=(GRANT,), amounts=(AMOUNT,))


def _first() -> Notice:
    grant = make_measure(2, "补助", ["企业给予50万元。"], ["省财政厅", "省科技厅"], "a")
    grant = replace(grant, provisions=(replace(grant.provisions[0], items=(GIVEN,)),))
    notice = make_notice(make_measure(1, "目的", ["支持BIM。"], ["省科技厅"], "a"), grant, notice_id="a")
    (chapter,) = notice.chapters
    chapter = replace(chapter, provisions=(make_provision("总则如下。", "a/1.0.1"),))
    return replace(notice, chapters=(chapter,), closing=(make_provision("省政府。", "a/z.1"),))


FIRST = _first()
SECOND = make_notice(make_measure(1, "bim应用", ["推广。", "支持。"], ["市科技局"], "b"), notice_id="b")
CATALOGUE = Catalogue([FIRST, SECOND])


def _keys(places: tuple[Place, ...]) -> list[str]:
    return [place.measure_key for place in places]


def test_walks_measures_and_sentences_in_reading_order() -> None:
    assert _keys(CATALOGUE.measures) == ["a/1.1", "a/1.2", "b/1.1"]
    read = [(p.provision.id, p.measure_key, p.chapter is not None) for p in CATALOGUE.provisions if p.provision]
    assert read == [
        ("a/p.1", "", False),
        ("a/1.0.1", "", True),
        ("a/1.1.1", "a/1.1", True),
        ("a/1.2.1", "a/1.2", True),
        ("a/z.1", "", False),
        ("b/p.1", "", False),
        ("b/1.1.1", "b/1.1", True),
        ("b/1.1.2", "b/1.1", True),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("一、甲\n（一）乙。丙。\n（二）丁。戊。\n二、组织实施\n各单位抓好落实。", ["n/2.2"]),
        ("一、甲\n乙。\n二、丙\n丁。", []),
        ("一、甲\n（一）乙。丙。", []),
    ],
)
def test_a_chapter_without_measures_beside_chapters_with_some(body: str, expected: list[str]) -> None:
    notice = parse_notice(f"关于测试的通知\n{body}", "n")
    assert sorted(Catalogue([notice]).whole_chapters) == expected


def test_finds_places_by_id() -> None:
    (measure,) = SECOND.measures()
    place = Place(SECOND, SECOND.chapters[0], measure)
    assert CATALOGUE.place_of_measure["b/1.1"] == place
    assert CATALOGUE.place_of_provision["b/1.1.2"] == replace(place, provision=measure.provisions[1])
    assert (CATALOGUE.notice("b"), CATALOGUE.notice("c")) == (SECOND, None)


def test_lists_every_support_with_its_place() -> None:
    (measure,) = (m for m in FIRST.measures() if m.number == 2)
    place = Place(FIRST, FIRST.chapters[0], measure, measure.provisions[0])
    assert CATALOGUE.supports == (SupportRow(place, GIVEN, GRANT),)


def test_lists_departments_by_first_appearance() -> None:
    assert CATALOGUE.departments == ("省科技厅", "省财政厅", "市科技局")


@pytest.mark.parametrize(
    ("department", "expected"),
    [("省科技厅", ["a/1.1", "a/1.2"]), ("市科技局", ["b/1.1"]), ("科技局", []), ("省科协", [])],
)
def test_knows_the_measures_of_a_department(department: str, expected: list[str]) -> None:
    assert _keys(CATALOGUE.measures_of(department)) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, ["a/1.1", "b/1.1"]), (2, ["a/1.2"]), (17, [])])
def test_finds_measures_by_number_in_all_notices(number: int, expected: list[str]) -> None:
    assert _keys(CATALOGUE.measures_numbered(number)) == expected


@pytest.mark.parametrize(
    ("term", "sentences", "measures"),
    [
        ("bim", ["a/1.1.1"], ["a/1.1", "b/1.1"]),
        ("支持", ["a/1.1.1", "b/1.1.2"], ["a/1.1", "b/1.1"]),
        ("总则", [], []),
        ("印发", [], []),
    ],
)
def test_finds_terms_in_sentences_and_headings_of_measures(
    term: str, sentences: list[str], measures: list[str]
) -> None:
    assert [p.provision.id for p in CATALOGUE.provisions_with(term) if p.provision] == sentences
    assert _keys(CATALOGUE.measures_with(term)) == measures


def test_nothing_published_means_empty_tables() -> None:
    empty = Catalogue([])
    assert (empty.measures, empty.provisions, empty.supports, empty.departments) == ((), (), (), ())
