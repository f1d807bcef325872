"""The items that fit a clause best, by words, names and measures named."""

import pytest

from assistant.evidence.items import ItemIndex, measures_named, terms_of
from assistant.naming.subject import Subject, SubjectKind
from corpus.store import Corpus
from tests.assistant.inquiries import Listener

BEST = [
    ("高价值专利培育中心", "面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元；"),
    ("专利池", "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"),
    ("省级概念验证中心", "对省级概念验证中心按绩效评价给予一定支持；"),
    ("科创金融改革试验区", "高质量建设济南科创金融改革试验区。"),
]


@pytest.fixture(scope="module")
def listener(real_corpus: Corpus) -> Listener:
    return Listener(real_corpus)


@pytest.mark.parametrize(("question", "item"), BEST)
def test_best_item(question: str, item: str, listener: Listener) -> None:
    (inquiry,) = listener.inquire(question)
    assert inquiry.items[0].item.text == item


def test_items_come_best_first(listener: Listener) -> None:
    (inquiry,) = listener.inquire("专利池给多少")
    scores = [m.score for m in inquiry.items]
    assert len(scores) > 1 and scores == sorted(scores, reverse=True)


def test_a_named_measure_keeps_others_out(listener: Listener) -> None:
    (inquiry,) = listener.inquire("第九条怎么支持孵化器")
    assert {m.place.measure_key for m in inquiry.items} == {"lkz-2025-128/3.9"}


def test_terms(listener: Listener) -> None:
    (inquiry,) = listener.inquire("省科技厅怎么支持中试基地")
    assert [s.text for s in terms_of(inquiry.names)] == ["中试基地"]


NUMBER = Subject(SubjectKind.NUMBER, "第九条", 0, 3, ("n/1.9",), 9)
MEASURE = Subject(SubjectKind.MEASURE, "技术转移", 4, 8, ("n/1.2",))
TERM = Subject(SubjectKind.TERM, "中试基地", 9, 13, ("n/1.9.2",))
NAMED = [
    ((NUMBER,), {"n/1.9"}),
    ((MEASURE,), {"n/1.2"}),
    ((NUMBER, MEASURE, TERM), {"n/1.9"}),
    # Something narrower than the title is named.
    ((MEASURE, TERM), set()),
    ((TERM,), set()),
    ((), set()),
]


@pytest.mark.parametrize(("names", "keys"), NAMED)
def test_measures_named(names: tuple[Subject, ...], keys: set[str]) -> None:
    assert measures_named(names) == keys


def test_words_tell_by_how_rare_they_are(real_corpus: Corpus) -> None:
    index = ItemIndex(real_corpus)
    assert index.weights["算力"] > index.weights["服务"]
    assert (index.is_rare("算力", 8), index.is_rare("服务", 8), index.is_rare("unknown", 8)) == (True, False, False)
    place = next(p for p in real_corpus.catalogue.provisions if p.provision and "算力券" in p.provision.text)
    assert place.provision
    (item,) = place.provision.items
    shares = [index.overlap(index.known(w), place, item) for w in ([], ["unknown"], ["算力"], ["算力", "孵化器"])]
    assert shares[:3] == [0.0, 0.0, 1.0]
    assert 0.0 < shares[3] < 1.0
