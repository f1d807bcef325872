"""The entries of the index."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.language.words import WordCutter
from corpus.notice import Phrase
from corpus.search.vectors import Passage
from ingest.build import read_notice
from ingest.publishing.passages import find_terms, make_passages
from tests.conftest import NOTICES, SEED, make_measure, make_notice, make_provision

PATHS = (SEED, *sorted(NOTICES.glob("*.txt")))


def test_sentences_and_measures_carry_the_headings_above_them() -> None:
    notice = make_notice(make_measure(1, "目的", ["甲。", "乙。"]), make_measure(2, "", ["丙。"]))
    assert make_passages([notice]) == (
        Passage("n/p.1", "n", "关于测试的通知：现印发给你们。"),
        Passage("n/1.1.1", "n", "目的：甲。"),
        Passage("n/1.1.2", "n", "目的：乙。"),
        Passage("n/1.2.1", "n", "总则：丙。"),
        Passage("n/1.1", "n", "总则 目的：甲。乙。"),
        Passage("n/1.2", "n", "总则 ：丙。"),
    )


def test_a_long_measure_is_cut() -> None:
    *_, whole = make_passages([make_notice(make_measure(1, "目的", ["很长。" * 1000]))])
    assert (whole.id, len(whole.text)) == ("n/1.1", 900)


def test_nothing_published_makes_no_passages() -> None:
    assert make_passages([]) == ()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_ids_are_unique_within_a_notice(path: Path) -> None:
    ids = [p.id for p in make_passages([read_notice(path).notice])]
    assert len(ids) == len(set(ids))


def test_terms_map_names_to_the_sentences_they_stand_in() -> None:
    first = replace(make_provision("实施“算力券”奖补。", "n/1.1.1"), terms=(Phrase("算力券", 3, 6), Phrase("券", 5, 6)))
    second = make_provision("支持省级中试基地使用“算力券”。", "n/1.1.2")
    second = replace(second, terms=(Phrase("算力券", 11, 14),))
    measure = replace(make_measure(1, "目的"), provisions=(first, second))
    terms = find_terms([make_notice(measure)], WordCutter(["算力券"]))
    assert "券" not in terms
    assert terms["算力券"] == ["n/1.1.1", "n/1.1.2"]
    assert terms["中试基地"] == terms["省级中试基地"] == ["n/1.1.2"]
