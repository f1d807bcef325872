"""Rows of the index and the notices they belong to."""

import numpy as np

from corpus.search.rows import number_rows
from corpus.search.vectors import Passage


def test_rows_know_their_notice() -> None:
    rows = number_rows([Passage("b/1", "b", ""), Passage("a/1", "a", ""), Passage("b/2", "b", "")])
    assert (rows.of_passage, rows.notice.tolist(), rows.notice_ids) == (
        {"b/1": 0, "a/1": 1, "b/2": 2},
        [0, 1, 0],
        ("b", "a"),
    )
    assert rows.are_of(["b", "unknown"]).tolist() == [True, False, True]
    assert rows.are_of([]).tolist() == [False] * 3
    assert np.array_equal(number_rows([]).are_of(["a"]), np.zeros(0, dtype=bool))
