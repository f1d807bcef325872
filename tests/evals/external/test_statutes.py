"""Articles of law are ranked by the retrieval step alone, and their vectors are made once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from corpus.embedding.embed import Vector
from evals.external import statutes
from evals.external.dataset import Plan
from evals.external.figures import Figure
from evals.external.statutes import embed_once, measure_statutes
from tests.conftest import FakeEmbedder


def test_figures(plan: Plan) -> None:
    (part,) = measure_statutes(plan)
    assert (part.scope, part.is_sample) == ("2 题，4 条，只量检索一步", False)
    named = {f.name: f for f in part.figures}
    assert named["法条 R@1"] == Figure("法条 R@1", 0.75, 0.75)
    assert named["法条 MRR@10"] == Figure("法条 MRR@10", 1.0, 1.0, 0.395)
    second: dict[str, Any] = part.rows[1]
    assert (second["articles"].ours[0], second["articles"].right) == ("S1", ("S1", "S0"))


class CountingEmbedder(FakeEmbedder):
    def __init__(self, identity: str = "fake/one") -> None:
        super().__init__(identity)
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if "坏" in texts:
            raise OSError
        self.embedded += texts
        return super().embed_passages(texts)


def test_vectors_are_made_once(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statutes, "_CHUNK", 2)
    counting, texts = CountingEmbedder(), ["一二", "三四", "五六"]
    with pytest.raises(OSError):
        embed_once([*texts[:2], "坏"], replace(plan, embedder=counting))
    vectors = embed_once(texts, replace(plan, embedder=counting))
    again = CountingEmbedder()
    assert np.array_equal(embed_once(texts, replace(plan, embedder=again)), vectors)
    assert np.array_equal(vectors, FakeEmbedder().embed_passages(texts))
    assert (counting.embedded, again.embedded) == (texts, [])
    other = CountingEmbedder("fake/two")
    embed_once(texts, replace(plan, embedder=other))
    assert other.embedded == texts
