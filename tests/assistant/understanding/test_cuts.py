"""A masked message is cut where what is asked changes, into at most twelve pieces."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from assistant.naming.masks import Masked
from assistant.understanding.clauses import ClauseReader, ReadMessage
from assistant.understanding.cuts import (
    BUCKETS,
    LEAST_TO_PROPOSE,
    MOST_PIECES,
    Border,
    Cutter,
    join_vectors,
    look_at_border,
    read_around,
)
from corpus.embedding.embed import Vector
from tests.conftest import FakeEmbedder


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter()


@pytest.fixture(scope="module")
def reader() -> ClauseReader:
    """Reads from the words alone."""
    return ClauseReader(None)


def read(reader: ClauseReader, text: str) -> ReadMessage:
    return reader.read(Masked(text, tuple(range(len(text) + 1))), text)


def vectors(*rows: list[float]) -> list[Vector]:
    return [np.array(row, dtype=np.float32) for row in rows]


@pytest.mark.parametrize("text", ["", "券", "◇", "？", "\n", "a"])
def test_nothing_is_cut_of_at_most_one_character(text: str, cutter: Cutter, reader: ClauseReader) -> None:
    assert cutter.propose(text) == ()
    assert [(c.start, c.end) for c in read(reader, text).clauses] == [(0, len(text))]


CUT = [
    ("◇多少钱，谁负责？", ["◇多少钱，", "谁负责？"]),
    ("◇多少钱？什么时候申报？", ["◇多少钱？", "什么时候申报？"]),
    ("◇多少钱以及怎么申请", ["◇多少钱", "以及怎么申请"]),
    ("◇给多少钱 ◇给多少钱", ["◇给多少钱 ", "◇给多少钱"]),
    ("你好，◇多少钱", ["你好，", "◇多少钱"]),
    ("◇由谁负责？", ["◇由谁负责？"]),
    ("◇给¤，对吗？", ["◇给¤，对吗？"]),
    ("◇和◇哪个多", ["◇和◇哪个多"]),
    ("◇、◇分别由谁负责", ["◇、◇分别由谁负责"]),
    ("How much is the ◇ ?", ["How much is the ◇ ?"]),
]


@pytest.mark.parametrize(("masked", "pieces"), CUT)
def test_cuts(masked: str, pieces: list[str], reader: ClauseReader) -> None:
    assert [masked[c.start : c.end] for c in read(reader, masked).clauses] == pieces


LONG = [
    "◇多少钱？" * 100,
    "◇多少钱，谁负责，怎么申请？" * 30 + "完" * 80,
    "是" * 500,
    "，" * 500,
    "a " * 250,
    "◇" * 500,
    "？\n" * 250,
]


@pytest.mark.parametrize("text", LONG)
def test_five_hundred_characters_leave_at_most_twelve_pieces(text: str, cutter: Cutter, reader: ClauseReader) -> None:
    text = text[:500]
    borders = cutter.propose(text)
    assert len(text) == 500 and len(borders) < MOST_PIECES == 12
    assert all(0 < b.at < len(text) and LEAST_TO_PROPOSE < b.chance <= 1 for b in borders)
    assert [b.at for b in borders] == sorted({b.at for b in borders})
    clauses = read(reader, text).clauses
    assert (clauses[0].start, clauses[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(clauses)) and len(clauses) <= len(borders) + 1


def test_many_questions_are_cut_at_as_many_places_as_are_allowed(cutter: Cutter) -> None:
    text = "◇多少钱？谁负责？" * 20
    borders = cutter.propose(text)
    assert len(borders) == MOST_PIECES - 1
    assert all(text[b.at - 1] == "？" for b in borders)


def test_the_likeliest_place_stands_behind_the_mark(cutter: Cutter) -> None:
    text = "◇多少钱，谁负责？"
    assert max(cutter.propose(text), key=lambda b: b.chance).at == text.index("，") + 1


def test_proposals_are_the_same_each_time(cutter: Cutter) -> None:
    text = "你好，◇多少钱，谁负责？怎么申请"
    assert cutter.propose(text) == cutter.propose(text) == Cutter().propose(text) != ()


def test_nothing_is_kept_of_nothing(cutter: Cutter) -> None:
    assert cutter.keep([]) == ()


def look(chance: float, left: str, right: str, reader: ClauseReader) -> list[float]:
    return look_at_border(
        Border(len(left), chance), (left, right), (reader.wants.read(left, None), reader.wants.read(right, None))
    )


def test_readings_of_both_sides_decide(cutter: Cutter, reader: ClauseReader) -> None:
    two = look(0.9, "◇多少钱？", "谁负责？", reader)
    one = look(0.1, "◇给", "¤，对吗？", reader)
    assert cutter.keep([two, one, two]) == (True, False, True)


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(("left", "right"), [("◇多少钱，", "谁负责"), ("a", ""), ("", "")])
def test_a_look_holds_finite_numbers(
    chance: float, left: str, right: str, cutter: Cutter, reader: ClauseReader
) -> None:
    looked = look(chance, left, right, reader)
    assert len(looked) == len(look(0.5, "◇多少钱，", "谁负责", reader)) and np.isfinite(looked).all()
    assert len(cutter.keep([looked, looked])) == 2


def test_surroundings_are_buckets(cutter: Cutter) -> None:
    text = "◇多少钱，谁负责？"
    around = [read_around(text, at) for at in range(1, len(text))]
    assert all(0 <= bucket < BUCKETS for found in around for bucket in found)
    assert around == [read_around(text, at) for at in range(1, len(text))]
    assert len({tuple(found) for found in around}) == len(around)


JOINED = [
    (vectors([1, 0], [0, 1]), [1, 1], [0.70711, 0.70711]),
    (vectors([1, 0], [0, 1]), [3, 4], [0.6, 0.8]),
    (vectors([1, 0], [0, 1]), [0, 1], [0.70711, 0.70711]),
    (vectors([0.6, 0.8]), [7], [0.6, 0.8]),
    (vectors([1, 0], [1, 0], [0, 1]), [1, 2, 4], [0.6, 0.8]),
]


@pytest.mark.parametrize(("parts", "lengths", "joined"), JOINED)
def test_vectors_are_joined_by_length(parts: list[Vector], lengths: list[int], joined: list[float]) -> None:
    found = join_vectors(parts, lengths)
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx(joined, abs=1e-4)


class CountingEmbedder(FakeEmbedder):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.asked.append(list(texts))
        return super().embed_passages(texts)


def test_a_message_is_embedded_once_from_its_end() -> None:
    embedder = CountingEmbedder()
    text = "我们公司" * 50 + "。◇多少钱，谁负责？"
    message = read(ClauseReader(embedder), text)
    assert embedder.asked == [[text[-160:]]]
    assert (
        message.vector is not None
        and message.vector.tolist() == FakeEmbedder().embed_questions([text[-160:]])[0].tolist()
    )


def test_a_turn_before_is_read_without_vectors() -> None:
    embedder = CountingEmbedder()
    text = "◇多少钱，谁负责？"
    message = ClauseReader(embedder).read(Masked(text, tuple(range(len(text) + 1))), text, uses_embedder=False)
    assert (embedder.asked, message.vector) == ([], None)
    assert message == read(ClauseReader(None), text)
