"""Search words, for the index and the question alike."""

import tempfile
from pathlib import Path

import pytest

from corpus.language.words import WordCutter

OWN = ("算力券", "省科技厅", "科技服务业", "", " ")
CUT = [
    ("", ()),
    ("，。“”（）", ()),
    ("实施“算力券”奖补", ("实施", "算力券", "奖补")),
    ("省科技厅牵头负责", ("省科技厅", "牵头", "负责")),
    ("AI+检验检测、BIM", ("ai", "检验", "检测", "bim")),
    ("最高200万元", ("最高", "200", "万元")),
]


@pytest.fixture(scope="module")
def cutter() -> WordCutter:
    return WordCutter(OWN)


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_cuts_into_words(cutter: WordCutter, text: str, expected: tuple[str, ...]) -> None:
    assert cutter.cut(text) == expected


def test_search_words_add_inner_words_and_pairs(cutter: WordCutter) -> None:
    words = ["科技", "服务", "服务业", "科技服务业", "bim"]
    assert cutter.search_words("科技服务业BIM") == [*words, "#科技", "#技服", "#服务", "#务业"]


def test_pairs_do_not_reach_over_punctuation(cutter: WordCutter) -> None:
    assert [w for w in cutter.search_words("服务，企业") if w.startswith("#")] == ["#服务", "#企业"]


def test_own_words_stay_with_their_cutter(cutter: WordCutter) -> None:
    plain = WordCutter()
    assert plain.cut("省科技厅") == ("省", "科技厅")
    assert (cutter.knows("算力券"), plain.knows("算力券"), plain.knows("科技"), plain.knows("")) == (
        True,
        False,
        True,
        False,
    )
    assert cutter.own_words == {"省科技厅", "科技服务业", "算力券"}


RARE = [
    ("专力", True),
    ("一羽", True),
    ("一盾", False),
    ("脑机", False),
    ("科技", False),
    ("元宇宙", False),
    ("算力券", False),
    ("", False),
]


@pytest.mark.parametrize(("word", "is_rare"), RARE)
def test_a_rare_word_is_counted_five_times_at_most(cutter: WordCutter, word: str, is_rare: bool) -> None:
    assert cutter.is_rare(word) is is_rare


FUNCTIONAL = [
    ("那些", (True, False)),
    ("刚才", (True, False)),
    ("究竟", (True, False)),
    ("三个", (True, False)),
    ("明年", (True, False)),
    ("企业", (False, True)),
    ("科技", (False, True)),
    ("元宇宙", (False, True)),
    ("支持", (False, False)),
    ("符合", (False, False)),
]


@pytest.mark.parametrize(("word", "classes"), FUNCTIONAL)
def test_function_words_join_others_and_name_nothing(word: str, classes: tuple[bool, bool], cutter: WordCutter) -> None:
    assert (cutter.is_functional(word), cutter.may_name(word)) == classes
    assert not WordCutter([word]).is_functional(word)


def test_noun_phrases_name_things_by_their_endings_too(cutter: WordCutter) -> None:
    found = cutter.noun_phrases("对服务突出的省级中试基地给予支持")
    assert {"省级中试基地", "中试基地", "基地"} <= set(found)
    assert not any("的" in phrase for phrase in found)


def test_leaves_the_shared_temporary_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    WordCutter(["算力券"]).search_words("实施“算力券”奖补")
    assert list(tmp_path.iterdir()) == []
