"""Who leads or is named as acting is asked first; where nobody is, the departments stand as printed."""

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.composing.talk.whom import find_acting, say_whom
from corpus.catalogue import Place
from corpus.notice import Actor, Item, Phrase
from corpus.store import Corpus
from tests.drafts import find_measure


def acting(name: str) -> Item:
    text = f"由{name}负责审核。"
    return Item(text, 0, len(text), actors=(Actor(Phrase(name, 1, 1 + len(name)), Phrase("负责审核", 5, 9)),))


def test_shared_stays_as_printed(real_corpus: Corpus) -> None:
    nine = find_measure(real_corpus, 9)
    assert say_whom(nine, (), "zh", real_corpus.departments) == "省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）"


def test_who_leads_comes_first(jobs: Assistant) -> None:
    place = find_measure(jobs.corpus, 2)
    told = "先问财政部（牵头）；工业和信息化部、人民银行、银保监会（配合）"
    assert say_whom(place, (), "zh", jobs.corpus.departments) == told
    assert place.measure is not None
    turned = replace(place.measure, responsibilities=place.measure.responsibilities[::-1])
    assert say_whom(replace(place, measure=turned), (), "zh", jobs.corpus.departments) == told
    assert say_whom(place, ("人民银行",), "zh", jobs.corpus.departments) == told
    english = say_whom(place, (), "en", jobs.corpus.departments)
    assert english.startswith("Ask Ministry of Finance (财政部) first (lead); ")


def test_who_is_named_as_acting_comes_first(real_corpus: Corpus) -> None:
    nine, table = find_measure(real_corpus, 9), real_corpus.departments
    found = find_acting(nine, [acting("省财政厅")], table)
    assert found == ("省财政厅",)
    assert say_whom(nine, found, "zh", table) == (
        "先问省财政厅（原文写明由其办理）；省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）"
    )


@pytest.mark.parametrize(("name", "found"), [("财政部", ("财政部",)), ("业务主管部门", ()), ("三级公立医院", ())])
def test_without_departments_only_known_ones_count(name: str, found: tuple[str, ...], real_corpus: Corpus) -> None:
    nobody = Place(find_measure(real_corpus, 9).notice)
    assert find_acting(nobody, [acting(name)], real_corpus.departments) == found


def test_nobody_who_does_not_answer_for_the_measure(real_corpus: Corpus) -> None:
    assert find_acting(find_measure(real_corpus, 9), [acting("财政部")], real_corpus.departments) == ()
