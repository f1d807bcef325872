"""Reads every ask of a masked question: cue words propose, the trained model decides between them."""

from collections.abc import Mapping, Sequence

from assistant.asks import AskReader
from assistant.cues import Cue, find_cues
from assistant.fragments import Fragment
from assistant.query import GUARD_ASKS, Ask, AskReading
from corpus.embed import Vector

_BACKGROUND = frozenset({Ask.STATEMENT})
_LEAST_CHANCE_OF_A_CUE = 0.003
_SURE = 0.9
_CUE_WEIGHT = 12.0


def read_asks(reader: AskReader, fragments: Sequence[Fragment], vectors: Sequence[Vector | None]) -> tuple[AskReading, ...]:
    """Asks in reading order, each once for each subject; background clauses count only where nothing else is asked."""
    readings = [
        reading
        for fragment, vector in zip(fragments, vectors, strict=True)
        for reading in _read_fragment(reader.chances(fragment.text, vector), fragment)
    ]
    asked = [r for r in readings if r.ask not in _BACKGROUND] or readings
    serious = [r for r in asked if r.ask not in GUARD_ASKS or r.margin > _SURE]
    unique: dict[tuple[Ask, tuple[str, ...]], AskReading] = {}
    for reading in serious or asked:
        unique.setdefault((reading.ask, tuple(s.text for s in reading.subjects)), reading)
    return tuple(unique.values())


def _read_fragment(chances: Mapping[Ask, float], fragment: Fragment) -> list[AskReading]:
    cues = _choose_cues(chances, find_cues(fragment.text))
    ranked = sorted(chances, key=lambda a: -chances[a])
    best, second = ranked[0], ranked[1]
    guess = AskReading(best, fragment.text, chances[best] - chances[second], fragment.subjects)
    # A model that is nearly certain of something else overrules a cue it finds absurd.
    is_absurd = chances[best] > _SURE and all(chances[c.ask] < _LEAST_CHANCE_OF_A_CUE for c in cues)
    if not cues or is_absurd:
        return [guess]
    kept = [c for c in cues if chances[c.ask] >= _LEAST_CHANCE_OF_A_CUE] or cues[:1]
    return [AskReading(c.ask, fragment.text, min(1.0, chances[c.ask] * _CUE_WEIGHT), fragment.subjects) for c in kept]


def _choose_cues(chances: Mapping[Ask, float], cues: Sequence[Cue]) -> list[Cue]:
    """Of cues on the same words the one the model finds likeliest."""
    chosen: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (-chances[c.ask], c.start - c.end)):
        if not any(cue.overlaps(other) or cue.ask is other.ask for other in chosen):
            chosen.append(cue)
    return sorted(chosen, key=lambda c: c.start)
