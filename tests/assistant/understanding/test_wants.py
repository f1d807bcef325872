"""Clauses are read by small models whose labels are ours and whose weights were trained from the stored examples."""

from collections.abc import Mapping

import numpy as np
import pytest

from assistant.training.messages import hash_examples, load_messages
from assistant.understanding.frame import Act, Operation
from assistant.understanding.wants import BUCKETS, HEADS, SAME, WEIGHTS, Reading, WantReader, read_grams
from corpus.embedding.embed import Embedder, Vector
from corpus.kinds import kind_keys
from corpus.language.departments import load_departments

TEXTS = ["", " ", "券", "◇多少钱", "№由◎负责吗？", "How much is the ◇ ?", "😀", "是" * 500, "a" * 500, "\x00"]


def sums(reading: Reading) -> list[float]:
    chances: list[Mapping[Act, float] | Mapping[str, float] | Mapping[Operation, float]]
    chances = [reading.acts, reading.values, reading.operations]
    return [sum(c.values()) for c in chances]


@pytest.fixture
def by_words() -> WantReader:
    return WantReader()


@pytest.fixture
def by_both(local_embedder: Embedder) -> WantReader:
    return WantReader(embedder=local_embedder.identity)


def embed(text: str, embedder: Embedder) -> Vector:
    return np.asarray(embedder.embed_questions([text])[0], dtype=np.float32)


@pytest.mark.parametrize("text", TEXTS)
def test_chances_of_a_head_sum_to_one(
    text: str, by_words: WantReader, by_both: WantReader, local_embedder: Embedder
) -> None:
    for reading in (
        by_words.read(text, None),
        by_both.read(text, None),
        by_both.read(text, embed(text, local_embedder)),
    ):
        assert sums(reading) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)
        assert 0 <= reading.leans <= 1 and 0 <= reading.elsewhere <= 1
        assert min(*reading.acts.values(), *reading.values.values(), *reading.operations.values()) >= 0


def test_vectors_are_read_only_of_the_embedder_that_was_trained_with(
    by_words: WantReader, by_both: WantReader, local_embedder: Embedder
) -> None:
    vector, other = embed("◇多少钱", local_embedder), WantReader(embedder="other-1-model")
    assert [r.uses_vectors for r in (by_words, other, by_both)] == [False, False, True]
    alone = by_words.read("◇多少钱", None)
    assert by_words.read("◇多少钱", vector) == other.read("◇多少钱", vector) == by_both.read("◇多少钱", None) == alone
    assert by_both.read("◇多少钱", vector) != alone


def test_another_spelling_of_the_same_model_reads_the_same(by_both: WantReader, local_embedder: Embedder) -> None:
    model = local_embedder.identity.rpartition("-")[0]
    respelt = WantReader(embedder=f"{model}-0123456789ab")
    vector = embed("谁负责", local_embedder)
    assert respelt.uses_vectors and respelt.read("谁负责", vector) == by_both.read("谁负责", vector)


def test_labels_are_ours(by_words: WantReader) -> None:
    reading = by_words.read("◇多少钱", None)
    assert set(reading.acts) == set(Act)
    assert set(reading.operations) == set(Operation)
    values = {c.value for m in load_messages(load_departments()) for c in m.clauses if c.value}
    assert set(reading.values) == {*values, SAME}
    assert values <= kind_keys()


def test_weights_were_trained_from_the_stored_examples(local_embedder: Embedder) -> None:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["examples"]) == hash_examples()
        assert str(stored["embedder"]) == local_embedder.identity
        labels = sum(len(stored[head]) for head in HEADS)
        shapes = [stored[name].shape for name in ("words_grams", "both_grams", "words_bias", "both_bias")]
    assert shapes == [(BUCKETS, labels), (BUCKETS, labels), (labels,), (labels,)]


def test_words_that_many_authors_ask_with_are_shared(by_words: WantReader) -> None:
    assert {"多少", "负责", "申请"} <= set(by_words.shared_words)
    assert not {"创新券", "专利池", "中试基地"} & set(by_words.shared_words)


READ = [
    ("◇多少钱", Act.ASK, "sum", Operation.STATE),
    ("◇归哪个部门管", Act.ASK, "department", Operation.STATE),
    ("◇给¤，对吗？", Act.ASK, "sum", Operation.CHECK),
    ("哪一项补助最高", Act.ASK, "sum", Operation.RANK),
    ("◎负责哪几条", Act.ASK, "clause", Operation.LIST),
    ("有效期到什么时候", Act.ASK, "validity", Operation.STATE),
    ("How much is the ◇ ?", Act.ASK, "sum", Operation.STATE),
]


@pytest.mark.parametrize(("masked", "act", "value", "operation"), READ)
def test_words_alone_are_read(masked: str, act: Act, value: str, operation: Operation, by_words: WantReader) -> None:
    reading = by_words.read(masked, None)
    assert (reading.act, reading.value, reading.operation) == (act, value, operation)


@pytest.mark.parametrize("masked", ["那◇呢", "◇呢？", "№呢"])
def test_a_bare_name_wants_the_same(masked: str, by_words: WantReader) -> None:
    assert by_words.read(masked, None).value == SAME


LEANING = [("谁负责", "◇由谁负责"), ("它什么时候申报", "◇什么时候申报"), ("那怎么申请", "◇怎么申请")]


@pytest.mark.parametrize(("leaning", "standing"), LEANING)
def test_what_names_nothing_leans_more(leaning: str, standing: str, by_words: WantReader) -> None:
    assert by_words.read(leaning, None).leans > max(0.5, by_words.read(standing, None).leans)


def test_a_foreign_place_asked_about_is_likelier_elsewhere(by_words: WantReader) -> None:
    asked, left = by_words.read("※的◇多少钱", None), by_words.read("我们公司从※迁到⌂，", None)
    assert asked.elsewhere > max(0.5, left.elsewhere)


def test_the_likeliest_label_is_read() -> None:
    reading = Reading(
        {Act.ASK: 0.4, Act.TOLD: 0.6}, {"sum": 0.7, "date": 0.3}, {Operation.STATE: 0.1, Operation.LIST: 0.9}, 0.5, 0.0
    )
    assert (reading.act, reading.value, reading.operation) == (Act.TOLD, "sum", Operation.LIST)


SAME_GRAMS = [("BIM是什么", "bim是什么"), ("◇多少 钱", "◇多少钱"), ("多少多少多少", "多少多少多少多少")]


@pytest.mark.parametrize(("one", "other"), SAME_GRAMS)
def test_case_space_and_repetition_do_not_count(one: str, other: str) -> None:
    assert read_grams(one).tolist() == read_grams(other).tolist()


OTHER_GRAMS = [("谁多", "多谁"), ("a b", "b a"), ("◇", "◎"), ("", "券")]


@pytest.mark.parametrize(("one", "other"), OTHER_GRAMS)
def test_order_and_marks_count(one: str, other: str) -> None:
    assert read_grams(one).tolist() != read_grams(other).tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_grams_are_buckets_once_each(text: str) -> None:
    grams = read_grams(text).tolist()
    assert grams == sorted(set(grams)) and 0 < len(grams)
    assert all(0 <= g < BUCKETS for g in grams)
