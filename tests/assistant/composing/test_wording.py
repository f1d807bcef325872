"""Measures, sums and departments are named in printed words, Chinese and English."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.composing.stating import state_support
from assistant.composing.wording import (
    english_number,
    english_role,
    english_sum,
    join_names,
    name_label,
    name_measure,
    trim,
    unique_places,
)
from corpus.catalogue import Place
from corpus.language.amounts import read_amounts
from corpus.store import Corpus
from tests.conftest import make_measure, make_notice
from tests.drafts import find_measure

LABELS = [
    ("（九）", "第（九）条"),
    ("九、", "第九条"),
    ("1.", "第1条"),
    ("1．", "第1条"),
    ("第九条", "第九条"),
    ("", "正文"),
    (" ", "正文"),
]


@pytest.mark.parametrize(("label", "name"), LABELS)
def test_labels(label: str, name: str) -> None:
    assert name_label(replace(make_measure(9, "题"), label=label)) == name


def test_measures() -> None:
    measure = make_measure(9, "技术转移")
    notice = make_notice(measure)
    place = Place(notice, notice.chapters[0], measure)
    assert name_measure(place, "zh") == "第（9）条“技术转移”"
    assert name_measure(place, "en") == "Article 9 (技术转移, unofficially “Technology transfer”)"
    assert name_measure(Place(notice), "zh") == "前言"
    assert name_measure(Place(notice), "en") == "the preamble"
    untitled = Place(notice, notice.chapters[0], make_measure(3, ""))
    assert (name_measure(untitled, "zh"), name_measure(untitled, "en")) == ("第（3）条", "Article 3")


SUMS = [
    ("最高200万元", "up to RMB 2 million (200万元)"),
    ("年度最高奖补200万元", "up to RMB 2 million (200万元) per year"),
    ("最高200万元一次性补助", "up to RMB 2 million (200万元), one-off"),
    ("给予50万元", "RMB 500,000 (50万元)"),
    ("不低于1.5亿元", "at least RMB 150 million (1.5亿元)"),
    ("给予20亿元", "RMB 2 billion (20亿元)"),
    ("给予3000元", "RMB 3,000 (3000元)"),
]


@pytest.mark.parametrize(("text", "english"), SUMS)
def test_english_sums(text: str, english: str) -> None:
    assert english_sum(read_amounts(text)[0]) == english


NUMBERS = [
    ("999", "999"),
    ("2.5", "2.5"),
    ("1050.75", "1,050.75"),
    ("1000000", "1 million"),
    ("1250000", "1.25 million"),
    ("2500000000", "2.5 billion"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_english_numbers(value: str, text: str) -> None:
    assert english_number(Decimal(value)) == text


SUPPORTS = [
    "支持世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构，"
    "对符合条件的企业按年度研发投入额最高给予500万元补助",
    "面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元",
    "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元",
    "对服务突出的省级中试基地，年度最高奖补200万元",
    "加强科技型企业孵化器培育管理，构建多层级孵化器体系，对获得工业和信息化部认定的部级孵化器，"
    "依据认定层级给予每家最高200万元一次性补助",
    "依托创新创业大赛，赛孵联动培育一批潜力大、成长快的科技型中小企业，最高给予50万元奖励",
]


def test_states_supports_with_beneficiary_and_qualifiers(real_corpus: Corpus) -> None:
    rows = [r for r in real_corpus.catalogue.supports if r.support.amount]
    assert [state_support(r) for r in rows] == SUPPORTS


def test_departments(real_corpus: Corpus) -> None:
    table = real_corpus.departments
    assert join_names(["省科技厅", "省财政厅"], "zh", table) == "省科技厅、省财政厅"
    english = join_names(["省科技厅", "某办"], "en", table)
    assert english.endswith(" (省科技厅), 某办")
    assert join_names([], "zh", table) == ""


ROLES = [
    ("牵头负责", "lead"),
    ("按职责分工负责", "shared by division of duties"),
    ("配合", "supporting"),
    ("参与", "supporting"),
]


@pytest.mark.parametrize(("role", "english"), ROLES)
def test_roles(role: str, english: str) -> None:
    assert english_role(role) == english


def test_small_ones(real_corpus: Corpus) -> None:
    assert trim("；对企业，给予补助。") == "对企业，给予补助"
    nine, six = find_measure(real_corpus, 9), find_measure(real_corpus, 6)
    assert unique_places([nine, six, nine, Place(nine.notice)]) == (nine, six)
