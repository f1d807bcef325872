"""Of two things that a clause mentions, the words around tell which one it is about."""

import pytest

from assistant.understanding.head import BUCKETS, CANDIDATE, HeadReader, read_place


@pytest.fixture(scope="module")
def head() -> HeadReader:
    return HeadReader()


# {a} is what the clause is about, {b} is only mentioned.
NAMES = [
    "{a}在{b}里能用吗",
    "{b}的{a}由哪个部门负责？",
    "{b}企业申请{a}需要什么条件",
    "{a}和别的{b}有什么区别",
    "{a}归哪个部门管，{b}说不清",
    "在{b}开公司，{a}怎么领",
    "Is a {b} eligible for the {a}?",
]


@pytest.mark.parametrize("clause", NAMES)
def test_the_head_is_likelier_than_what_is_only_mentioned(clause: str, head: HeadReader) -> None:
    about = head.chance(clause.format(a=CANDIDATE, b="◇"))
    mentioned = head.chance(clause.format(a="◇", b=CANDIDATE))
    assert 0 <= mentioned < about <= 1


# The other is a word that no name covers.
WORDS = [
    ("{a}{b}多少钱", "补助"),
    ("我们{b}想问{a}补多少钱", "公司"),
    ("申请{a}要交什么{b}", "材料"),
    ("{a}由哪个{b}负责", "部门"),
    ("{a}是什么{b}", "意思"),
]


@pytest.mark.parametrize(("clause", "word"), WORDS)
def test_the_head_is_likelier_than_a_word_of_asking(clause: str, word: str, head: HeadReader) -> None:
    assert head.chance(clause.format(a=CANDIDATE, b=word)) > 0.5 > head.chance(clause.format(a="◇", b=CANDIDATE))


@pytest.mark.parametrize("clause", [CANDIDATE, "", "没有候选", f"{CANDIDATE}{CANDIDATE}", f"{'是' * 499}{CANDIDATE}"])
def test_any_text_has_a_chance(clause: str, head: HeadReader) -> None:
    assert 0 <= head.chance(clause) <= 1


PLACES = [f"{CANDIDATE}多少钱", f"我们做◇，{CANDIDATE}补多少", f"How much is the {CANDIDATE} ?", CANDIDATE]


@pytest.mark.parametrize("clause", PLACES)
def test_a_place_is_read_the_same_each_time(clause: str) -> None:
    place = read_place(clause)
    assert place == read_place(clause) == sorted(set(place))
    assert place and all(0 <= bucket < BUCKETS for bucket in place)


def test_places_are_told_apart() -> None:
    assert len({tuple(read_place(p)) for p in PLACES}) == len(PLACES)
    assert read_place(f"{CANDIDATE}多少钱") != read_place(f"◇{CANDIDATE}多少钱") != read_place(f"{CANDIDATE}◇多少钱")


def test_two_readers_of_the_same_weights_agree(head: HeadReader) -> None:
    assert [HeadReader().chance(p) for p in PLACES] == [head.chance(p) for p in PLACES]
