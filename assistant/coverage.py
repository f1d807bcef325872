"""Tells, where many notices are held, whether any of them prints enough of a question to be about it."""

from collections.abc import Sequence

from assistant.query import Query
from assistant.retrieve import Ranking
from corpus.store import Corpus

_LOOKED_AT = 10


def best_share(query: Query, ranking: Ranking, corpus: Corpus) -> tuple[float, str]:
    """The largest share of the question's words, rare ones counting more, that one of the best notices prints; which one."""
    words = set(corpus.cutter.search_words(query.standalone))
    weights = {w: corpus.notice_keywords.rarity(w) for w in words}
    whole = sum(weights.values())
    notices = dict.fromkeys(m.place.notice.id for m in ranking.provisions[:_LOOKED_AT])
    shares = {i: _printed(weights, corpus.texts[i]) / whole for i in notices} if whole else {}
    best = max(shares, key=lambda i: shares[i], default="")
    return shares.get(best, 0.0), best


def _printed(weights: dict[str, float], text: str) -> float:
    folded = text.casefold()
    return sum(weight for word, weight in weights.items() if word.removeprefix("#") in folded)
