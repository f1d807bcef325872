"""Keeps what the steps of the path made of a question and the answer does not show."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.ask import Steps
from assistant.composing.draft import Finding
from assistant.query import Query, Turn
from assistant.retrieve import Ranking
from assistant.understand import Understander
from assistant.verify import Verified
from corpus.store import Corpus

_MATCHES_KEPT = 10


class Witness:
    """Looks on as the given steps answer one question after the other."""

    def __init__(self, steps: Steps) -> None:
        self._plain = steps
        self._query: Query | None = None
        self._found: Ranking | None = None
        self._verified: Verified | None = None
        self.steps = replace(steps, understand=self._understand, retrieve=self._retrieve, verify=self._verify)

    def tell(self) -> dict[str, Any]:
        """Of the last question: how it was read, the measures found, the parts taken out by verification."""
        told: dict[str, Any] = {}
        if self._query:
            told["understood"] = describe_reading(self._query)
        if self._found:
            told["matches"] = list_matches(self._found)
        if self._verified:
            told["dropped"] = [{"part": p.part, "reason": p.reason} for p in self._verified.problems]
        return told

    def _understand(self, understander: Understander, question: str, turns: Sequence[Turn]) -> Query:
        self._query, self._found, self._verified = None, None, None
        self._query = self._plain.understand(understander, question, turns)
        return self._query

    def _retrieve(self, query: Query, corpus: Corpus, notice_ids: Sequence[str]) -> Ranking:
        self._found = self._plain.retrieve(query, corpus, notice_ids)
        return self._found

    def _verify(self, findings: Sequence[Finding], corpus: Corpus, language: str) -> Verified:
        self._verified = self._plain.verify(findings, corpus, language)
        return self._verified


def describe_reading(query: Query) -> dict[str, Any]:
    """What was asked and about what, as the frame of the question holds it."""
    return {
        "asks": [str(reading.ask) for reading in query.asks],
        "subjects": list(dict.fromkeys(subject.text for subject in query.subjects)),
    }


def list_matches(ranking: Ranking) -> list[dict[str, Any]]:
    """The best measures with what they were found by."""
    return [
        {
            "notice_id": match.place.notice.id,
            "measure_id": match.place.measure.id,
            "measure_number": match.place.measure.number,
            "score": round(match.score, 4),
            "found_by": str(match.found_by),
        }
        for match in ranking.measures[:_MATCHES_KEPT]
        if match.place.measure
    ]
