"""Training on sixteen messages: what each part learns and measures, and what is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.naming.masks import Masked, mask_spans
from assistant.training import train as training
from assistant.training.cuts import CutAccuracy, train_cuts
from assistant.training.denied import DeniedAccuracy
from assistant.training.head import HeadAccuracy as NameAccuracy
from assistant.training.head import train_head
from assistant.training.messages import LabelledClause, Message, hash_examples
from assistant.training.train import NoEmbedder, Trained, train
from assistant.training.wants import (
    HeadAccuracy,
    Row,
    fold_authors,
    make_features,
    make_rows,
    measure_heads,
    pack_heads,
    train_heads,
)
from assistant.understanding import clauses, cuts, denied, head, wants
from assistant.understanding.cuts import Border, Cutter, look_at_border
from assistant.understanding.frame import Act
from assistant.understanding.head import HeadReader
from assistant.understanding.wants import BUCKETS, HEADS, LISTING, NONE, Reading, WantReader
from corpus.embedding.embed import Embedder
from corpus.language.departments import DepartmentTable
from corpus.language.words import WordCutter
from corpus.store import Corpus
from tests.assistant.training.conftest import AUTHORS, SINGLES, Learning

# The small models need not converge.
pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

WEIGHTS = {module: module.WEIGHTS for module in (wants, cuts, denied, head)}
STALE = "The stored weights do not fit; run `python -m assistant.training`."


FOLDS = [
    (["b", "a", "", "c", "a", "d", "e"], 4, [{"a", "e"}, {"b"}, {"c"}, {"d"}]),
    (["a", "b", "c", "b"], 2, [{"a", "c"}, {"b"}]),
    (["a", "b"], 1, [{"a", "b"}]),
]


@pytest.mark.parametrize(("authors", "folds", "expected"), FOLDS)
def test_each_author_is_unseen_once(authors: list[str], folds: int, expected: list[set[str]]) -> None:
    assert list(fold_authors(authors, folds)) == expected


def test_a_fold_holds_a_fourth_of_the_authors(learning: Learning) -> None:
    assert [authors for authors, _ in learning.folds] == [{name} for name, *_ in AUTHORS]


def label_all(*said: str) -> tuple[str, ...]:
    """The labels of the first heads; of the others a row has none."""
    return (*said, *[""] * (len(HEADS) - len(said)))


TABLED = ("measures", NONE, NONE, "lead", "any", NONE, NONE, NONE, NONE, "true")
WITHOUT = ("measures", *[NONE] * 9)
RANKED = ("chapters", "priced", "once", NONE, NONE, "chapters", "most", "supports", "equal", NONE)
ROWS = [
    ("◎负责不负责◇，", label_all("ask", "department", "check", "no", "", "text"), "an", True),
    ("◎负责不负责专利池，", label_all("ask", "department", "check", "no", "", "text"), "an", False),
    ("如果从※搬来，最高补助多少钱？", label_all("ask", "sum", "state", "yes", "no", "text"), "an", True),
    ("我们从※搬来，", label_all("told"), "an", True),
    ("可以申领◇吗，", label_all("ask", "recipient", "check", "no", "", "text"), "an", True),
    ("※的◇补助多少钱？", label_all("elsewhere", "sum", "state", "no", "yes", "text"), "an", True),
    ("◎或◎牵头的条款列成表，", ("ask", "clause", "list", "", "", *TABLED), "an", True),
    ("没有◎的条款有哪些，", ("ask", "clause", "list", "no", "", *WITHOUT), "an", True),
    ("哪个部分¤的一次性补助最多？", ("ask", "sum", "rank", "no", "", *RANKED), "an", True),
    ("◇要多少钱", label_all("ask", "sum", "state"), "", False),
    ("你好", label_all("greeting"), "", False),
]


def test_rows_are_clauses_some_again_with_names_as_said_and_singles(
    learning: Learning, departments: DepartmentTable, embedder: Embedder
) -> None:
    rows = make_rows(learning.messages[1:4], SINGLES, embedder, departments)
    assert [(r.masked, r.labels, r.author, r.is_measured) for r in rows] == ROWS
    texts = [
        "省科技厅负责不负责专利池，",
        "省科技厅负责不负责专利池，",
        "如果从杭州搬来，最高补助多少钱？",
        "我们从杭州搬来，",
    ]
    assert np.array_equal([r.vector for r in rows[:4]], embedder.embed_passages(texts))
    assert np.array_equal([r.vector for r in rows[9:]], embedder.embed_passages(["◇要多少钱", "你好"]))


def test_features_are_grams_of_length_one_and_the_vector(learning: Learning, embedder: Embedder) -> None:
    texts = ["◇多少钱", "how much is ◇", ""]
    vectors = embedder.embed_passages(texts)
    words, both = make_features(texts, None), make_features(texts, list(vectors))
    assert (words.shape, both.shape) == ((3, BUCKETS), (3, BUCKETS + vectors.shape[1]))
    assert np.allclose(np.square(words.toarray()).sum(axis=1), 1)
    assert np.allclose(both.toarray(), np.hstack([words.toarray(), vectors]))


def test_heads_learn_the_labels_of_the_chosen_rows(learning: Learning) -> None:
    everything = np.ones(len(learning.rows), dtype=bool)
    models = train_heads(learning.features, learning.rows, everything)
    for place, name in enumerate(HEADS):
        own = [i for i, row in enumerate(learning.rows) if row.labels[place]]
        labels = [learning.rows[i].labels[place] for i in own]
        assert models[place].predict(learning.features[own]).tolist() == labels, name
    without = np.array(["recipient" not in row.labels for row in learning.rows])
    values = [m[1].classes_.tolist() for m in (models, train_heads(learning.features, learning.rows, without))]
    assert values == [["clause", "department", "recipient", "sum"], ["clause", "department", "sum"]]


class Says:
    """A model that reads every clause alike."""

    def __init__(self, label: str) -> None:
        self.label = label

    def predict(self, features: NDArray[np.float32]) -> NDArray[np.str_]:
        return np.full(features.shape[0], self.label)


def make_row(author: str, *labels: str, is_measured: bool = True) -> Row:
    return Row("", label_all(*labels), author, np.zeros(1, dtype=np.float32), is_measured)


def test_heads_are_measured_on_unseen_authors_only() -> None:
    rows = [
        make_row("an", "ask", "sum"),
        make_row("an", "told"),
        make_row("an", "told", is_measured=False),
        make_row("bo", "ask", "date"),
        make_row("bo", "thanks"),
        make_row("bo", "thanks"),
        make_row("", "told"),
    ]
    unseen = [
        (np.array([0, 1, 2]), [Says(label) for label in ("ask", "sum", "", "", "")]),
        (np.array([3, 4, 5]), [Says(label) for label in ("more", "sum", "", "", "")]),
    ]
    act, value, *others = measure_heads(rows, unseen, np.zeros((len(rows), 1)))
    confusions = (("thanks", "more", 2), ("told", "ask", 1), ("ask", "more", 1))
    assert act == HeadAccuracy("act", 5, 0.2, confusions)
    assert value == HeadAccuracy("value", 2, 0.5, (("date", "sum", 1),))
    assert others == [HeadAccuracy(name, 0, 0.0, ()) for name in HEADS[2:]]


def test_packed_heads_read_as_the_models_do(learning: Learning, embedder: Embedder, tmp_path: Path) -> None:
    everything, masked = np.ones(len(learning.rows), dtype=bool), [row.masked for row in learning.rows]
    both, words = (
        train_heads(features, learning.rows, everything)
        for features in (learning.features, make_features(masked, None))
    )
    labels = {name: np.array(model.classes_) for name, model in zip(HEADS, both, strict=True)}
    packed: dict[str, Any] = {**pack_heads("both", both), **pack_heads("words", words), **labels}
    columns = sum(len(model.classes_) for model in both)
    assert {name: packed[name].shape for name in packed if name.startswith("both")} == {
        "both_grams": (BUCKETS, columns),
        "both_vector": (learning.features.shape[1] - BUCKETS, columns),
        "both_bias": (columns,),
    }
    assert "words_vector" not in packed
    path = tmp_path / "wants.npz"
    np.savez_compressed(path, **packed, shared=np.array(["多少"]), embedder=np.array(embedder.identity))
    reader = WantReader(path, embedder.identity)
    for row, features in zip(learning.rows, learning.features, strict=True):
        expect_same(reader.read(row.masked, row.vector), both, features)
        expect_same(reader.read(row.masked, None), words, features[:, :BUCKETS])


def expect_same(reading: Reading, models: Sequence[Any], features: Any) -> None:
    chances = [dict(zip(m.classes_.tolist(), m.predict_proba(features)[0].tolist(), strict=True)) for m in models]
    read = [reading.acts, reading.values, reading.operations]
    assert read == [pytest.approx(c, abs=1e-3) for c in chances[:3]]
    assert (reading.leans, reading.elsewhere) == pytest.approx([c["yes"] for c in chances[3:5]], abs=1e-3)
    best = {head: max(own, key=lambda label: own[label]) for head, own in zip(LISTING, chances[5:], strict=True)}
    said = {head: "" if label == NONE else label for head, label in best.items()}
    assert {head: getattr(reading.listing, head) for head in LISTING} == said
    assert reading.listing.chance == pytest.approx(chances[5][best["shows"]], abs=1e-3)


def test_cuts_are_found_in_messages_of_unseen_authors(learning: Learning, embedder: Embedder, tmp_path: Path) -> None:
    stored, accuracy = train_cuts(learning.messages, embedder, learning.folds)
    assert accuracy == CutAccuracy(cuts=28, precision=1.0, recall=1.0, f1=1.0, messages_right=1.0)
    np.savez_compressed(tmp_path / "cuts.npz", **stored)  # type: ignore[arg-type]
    cutter = Cutter(tmp_path / "cuts.npz")
    assert {m.masked: [b.at for b in cutter.propose(m.masked)] for m in learning.messages[:4]} == {
        "您好，◇最高补助多少钱，由谁负责？": [3, 12],
        "◎负责不负责◇，如果从※搬来，最高补助多少钱？": [8],
        "我们从※搬来，可以申领◇吗，※的◇补助多少钱？": [7, 14],
        "◎或◎牵头的条款列成表，没有◎的条款有哪些，哪个部分¤的一次性补助最多？": [12, 22],
    }


HEAD_CHANCES = [
    ("◆最高补助多少钱，", True),
    ("◆负责不负责◇，", True),
    ("可以申领◆吗，", True),
    ("◎负责不负责◆，", False),
    ("◇最高◆多少钱，", False),
    ("◇最高补助◆，", False),
]


@pytest.fixture(scope="module")
def names(
    learning: Learning, departments: DepartmentTable, tmp_path_factory: pytest.TempPathFactory
) -> tuple[HeadReader, NameAccuracy]:
    stored, accuracy = train_head(learning.messages, WordCutter(), departments)
    path = tmp_path_factory.mktemp("head") / "head.npz"
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]
    return HeadReader(path), accuracy


@pytest.mark.parametrize(("clause", "is_head"), HEAD_CHANCES)
def test_the_name_asked_about_is_told_from_the_rest(
    clause: str, is_head: bool, names: tuple[HeadReader, NameAccuracy]
) -> None:
    assert (names[0].chance(clause) > 0.5) is is_head


def test_names_are_measured_where_a_clause_has_several_candidates(names: tuple[HeadReader, NameAccuracy]) -> None:
    assert names[1] == NameAccuracy(clauses=24, found=1.0, sure=1.0)


def test_of_two_names_the_first_is_what_is_asked_about(departments: DepartmentTable) -> None:
    clause = LabelledClause(
        "专利池和创新券呢",
        mask_spans("专利池和创新券呢", [(0, 3, "◇"), (4, 7, "◇")]),
        "ask",
        "sum",
        "state",
        ("专利池", "创新券"),
        (),
        False,
    )
    _, accuracy = train_head([Message(name, (), (clause,)) for name, *_ in AUTHORS], WordCutter(), departments)
    assert accuracy == NameAccuracy(clauses=4, found=1.0, sure=1.0)


@pytest.fixture(scope="module")
def trained(
    learning: Learning, small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Trained]]:
    """The whole training, into a folder of its own."""
    folder, shipped = tmp_path_factory.mktemp("weights"), [path.read_bytes() for path in WEIGHTS.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "load_messages", lambda departments: learning.messages)
        patch.setattr(training, "load_singles", lambda: SINGLES)
        patch.setattr(training, "_LEAST_AUTHORS", len(AUTHORS))
        for module, path in WEIGHTS.items():
            patch.setattr(module, "WEIGHTS", folder / path.name)
        yield folder, train(small_corpus)
    assert [path.read_bytes() for path in WEIGHTS.values()] == shipped


def test_all_parts_are_measured_and_stored(trained: tuple[Path, Trained], learning: Learning) -> None:
    folder, found = trained
    assert sorted(path.name for path in folder.iterdir()) == ["cuts.npz", "denied.npz", "head.npz", "wants.npz"]
    counts = {"act": 44, "value": 36, "operation": 36, "leans": 32, "elsewhere": 8, "shows": 36}
    heads = tuple(HeadAccuracy(name, counts.get(name, 12), 1.0, ()) for name in HEADS)
    left_out = DeniedAccuracy(12, 1.0, 1.0)
    assert found == Trained(16, 4, heads, CutAccuracy(28, 1.0, 1.0, 1.0, 1.0), NameAccuracy(24, 1.0, 1.0), left_out)
    with np.load(folder / "wants.npz", allow_pickle=False) as stored:
        assert str(stored["examples"]) == hash_examples()
        assert [name for name in stored if "_" in name] == [
            *("words_grams", "words_bias"),
            *("both_grams", "both_bias", "both_vector"),
        ]


def test_stored_weights_read_the_messages_as_they_are_labelled(
    trained: tuple[Path, Trained], learning: Learning, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = trained
    monkeypatch.setattr(clauses, "WantReader", partial(WantReader, folder / "wants.npz"))
    monkeypatch.setattr(clauses, "Cutter", partial(Cutter, folder / "cuts.npz"))
    reader = clauses.ClauseReader(embedder)
    assert reader.wants.uses_vectors
    for message in learning.messages:
        masked = message.masked
        read = reader.read(Masked(masked, tuple(range(len(masked) + 1))), masked).clauses
        assert [(masked[c.start : c.end], c.reading.act) for c in read] == [(c.masked, c.act) for c in message.clauses]
        asked = [(c.reading.value, c.reading.operation) for c in read if c.reading.act in {Act.ASK, Act.ELSEWHERE}]
        assert asked == [(c.value, c.operation) for c in message.clauses if c.asks]


def test_a_condition_is_kept_beside_its_question(trained: tuple[Path, Trained]) -> None:
    reader, cutter = WantReader(trained[0] / "wants.npz"), Cutter(trained[0] / "cuts.npz")
    sides = [("我们从※搬来，", "可以申领◇吗，"), ("如果从※搬来，", "最高补助多少钱？")]
    looks = [
        look_at_border(Border(7, 0.3), (left, right), (reader.read(left, None), reader.read(right, None)))
        for left, right in sides
    ]
    assert cutter.keep(looks) == (True, False)


def test_only_words_of_all_authors_around_names_are_shared(trained: tuple[Path, Trained]) -> None:
    shared = set(WantReader(trained[0] / "wants.npz").shared_words)
    assert {"如果", "最高", "补助", "负责"} <= shared
    assert shared.isdisjoint({"您好", "我们", "呀", "省科技厅", *(name for author in AUTHORS for name in author)})


def test_without_an_embedder_nothing_is_trained(small_corpus: Corpus) -> None:
    with pytest.raises(NoEmbedder, match="没有向量模型，不能训练"):
        train(replace(small_corpus, vectors=None, embedder=None))


def test_shipped_weights_were_trained_from_the_examples(local_embedder: Embedder) -> None:
    with np.load(WEIGHTS[wants], allow_pickle=False) as stored:
        assert str(stored["examples"]) == hash_examples(), STALE
    assert WantReader(embedder=local_embedder.identity).uses_vectors, STALE
