"""Tells, where several notices are held, whether those that fit a question speak for the place it names."""

from assistant.places import PlaceMention, is_for_every_province, load_places
from assistant.query import Query
from assistant.retrieve import Ranking
from corpus.store import Corpus

_LOOKED_AT = 3
_SEVERAL = 2


def names_foreign_place(query: Query, ranking: Ranking, corpus: Corpus) -> bool:
    """Whether the question names a place for which none of the best notices speaks; never where one notice is held."""
    if len(corpus.texts) < _SEVERAL:
        return False
    best = dict.fromkeys(m.place.notice.id for m in ranking.provisions[:_LOOKED_AT])
    texts = [corpus.texts[i] for i in best]
    places = load_places().find(query.standalone)
    return bool(texts) and any(not any(_speaks_for(text, place) for text in texts) for place in places)


def _speaks_for(text: str, place: PlaceMention) -> bool:
    """It prints the place, is of its province, or is addressed to every province."""
    name = place.text.removesuffix("市").removesuffix("省")
    return name in text or is_for_every_province(text) or place.province in load_places().home_of([text])
