"""The supports, the measure and the words that belong to what is asked, and none that belong to something else."""

import pytest

from assistant.evidence.inquiry import Inquiry
from corpus.store import Corpus
from tests.assistant.inquiries import Listener

SUPPORTS = [
    ("高价值专利培育中心给多少", ["200万元"]),
    ("专利池给多少", ["300万元"]),
    ("中试基地奖多少", ["200万元"]),
    ("部级孵化器给多少", ["200万元"]),
    ("省级概念验证中心给多少", [None]),
    ("创新券多少钱", [None]),
    ("算力券多少钱", [None]),
    ("第六条给多少钱", ["200万元", "300万元"]),
    ("第二条给多少钱", ["500万元"]),
    ("第九条给多少钱", [None, "200万元"]),
    ("第七条给多少钱", []),
    ("大学科技园给多少钱", []),
    ("创新创业大赛奖多少", ["50万元"]),
]
MEASURES = [("第九条讲什么", 9), ("知识产权服务", 6), ("鲁科贷", 15), ("算力券", 13)]


@pytest.fixture(scope="module")
def listener(real_corpus: Corpus) -> Listener:
    return Listener(real_corpus)


def one(question: str, listener: Listener) -> Inquiry:
    (inquiry,) = listener.inquire(question)
    return inquiry


@pytest.mark.parametrize(("question", "sums"), SUPPORTS)
def test_supports(question: str, sums: list[str | None], listener: Listener) -> None:
    rows = one(question, listener).supports
    assert [r.support.amount.text if r.support.amount else None for r in rows] == sums


@pytest.mark.parametrize(("question", "number"), MEASURES)
def test_best_measure(question: str, number: int, listener: Listener) -> None:
    place = one(question, listener).best_measure
    assert place and place.measure and (place.measure.number, place.provision) == (number, None)


def test_about_other_names_looks_for_them_alone(listener: Listener) -> None:
    inquiry = one("专利池和中试基地哪个多", listener)
    pool, base = inquiry.names
    for subject in (pool, base):
        about = inquiry.about(subject)
        assert (about.names, subject.text in about.items[0].item.text) == ((subject,), True)


def test_wanting_another_value_changes_nothing_else(listener: Listener) -> None:
    inquiry = one("中试基地奖多少", listener)
    other = inquiry.wanting("department")
    assert (inquiry.value, other.value, other.names) == ("sum", "department", inquiry.names)


def test_what_is_claimed_is_apart_from_what_is_told(listener: Listener) -> None:
    inquiry = one("我公司是做检验检测的。中试基地给200万元对吗？", listener)
    assert (inquiry.claimed, inquiry.told) == (("中试",), ("检验", "检测"))
    assert [a.text for a in inquiry.amounts] == ["200万元"]
