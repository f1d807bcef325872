"""Reads every ask of a masked question: cue words propose, the trained model decides between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.asks import AskReader
from assistant.cues import Cue, find_cues
from assistant.fragments import Fragment
from assistant.query import GUARD_ASKS, LIST_ASKS, TALK_ASKS, Ask, AskReading
from corpus.embed import Vector

# A wrong guess at one of these refuses what the notice does say.
_HARDLY_EVER_PRINTED = frozenset(
    {Ask.STACKING, Ask.RESULT, Ask.QUOTA, Ask.BUDGET, Ask.PENALTY, Ask.APPEAL, Ask.PROCESSING, Ask.CRITERIA, Ask.FEE}
)
_IDLE = frozenset({Ask.STATEMENT}) | TALK_ASKS
_ASKING = re.compile(
    r"(\w{1,2})不\1|什么|啥|谁|哪|几[个条项年月号时种部级千百万]|多少|多久|多大|怎|咋|吗|呢|么$|嘛|如何|是否|是不是|有没有|能不能|可不可以|可否|何时|何种|为何|能否|多久|请问|列出|介绍|说明|解释|告诉"
    r"|\b(?:what|how|who|whom|whose|which|when|where|why|is|are|do|does|can|could|will|would|may|list|name|tell|show|explain)\b",
    re.IGNORECASE,
)
_LEAST_CHANCE_OF_A_CUE = 0.015
# 几家 and 几个 count nothing in most sentences.
_LEAST_CHANCES = {Ask.QUANTITY: 0.2, Ask.ELIGIBILITY: 0.05, Ask.MEANING: 0.05}
_LEAST_GUARD_CUE = 0.03
_MUCH_LONGER = 3
_SUBJECT_MARK = re.compile(r"[◇№]")
_SURE_GUARD = 0.6
_SURE = 0.9
_LIKELY = 0.5
_SURE_BESIDE_CUES = 0.7
_SURE_TALK = 0.65


def read_asks(
    reader: AskReader, fragments: Sequence[Fragment], vectors: Sequence[Vector | None]
) -> tuple[AskReading, ...]:
    """Asks in reading order, each once for each subject; background clauses count only where nothing else is asked."""
    cued: list[AskReading] = []
    guessed: list[AskReading] = []
    for fragment, vector in zip(fragments, vectors, strict=True):
        readings, is_cued = _read_fragment(reader.chances(fragment.text, vector), fragment)
        if is_cued:
            cued.extend(readings)
        elif len(fragments) == 1 or _ASKING.search(fragment.text) or readings[0].ask in GUARD_ASKS:
            guessed.extend(_settle(r) for r in readings)
    return _without_repetition(_choose(cued, guessed) or [_fallback(fragments)])


def _choose(cued: Sequence[AskReading], guessed: Sequence[AskReading]) -> list[AskReading]:
    """Harm first; then everything asked for, in reading order; small talk and other fields only where nothing else is."""
    readings = (*cued, *guessed)
    guards = [r for r in readings if r.ask in GUARD_ASKS and r.margin > _needed_for_guard(r)]
    harmful = [r for r in guards if r.ask is not Ask.OFF_TOPIC]
    serious = [r for r in readings if r.ask not in GUARD_ASKS | _IDLE]
    needed = _SURE_BESIDE_CUES if any(r.is_cued for r in serious) else 0.0
    asked = [
        r if r.is_cued or r.ask is Ask.DETAIL or r.margin > _LIKELY else replace(r, ask=Ask.DETAIL)
        for r in serious
        if r.is_cued or r.ask is Ask.DETAIL or r.margin > needed or (r.subjects and _adds_subject(r, serious))
    ]
    plain = [r for r in asked if r.ask is not Ask.DETAIL or r.margin > _LIKELY or _adds_subject(r, asked)]
    talk = [r for r in readings if r.is_cued and r.ask in TALK_ASKS]
    if talk and not any(r.is_cued or r.subjects or r.margin > _LIKELY for r in serious):
        return harmful or talk
    elsewhere = [r for r in guessed if r.ask is Ask.OFF_TOPIC and r.margin > _LIKELY]
    if elsewhere and not any(r.is_cued or r.subjects for r in serious):
        return harmful or elsewhere
    off_topic = [r for r in guards if r.ask is Ask.OFF_TOPIC]
    return harmful or plain or off_topic or serious[:1] or [*readings]


def _needed_for_guard(reading: AskReading) -> float:
    """Words that show harm need little more; a look alone must be likely."""
    return _LEAST_GUARD_CUE if reading.is_cued else _SURE_GUARD


def _adds_subject(reading: AskReading, others: Sequence[AskReading]) -> bool:
    """A vague clause counts beside clear ones only where it names something of its own."""
    named = {s.text for r in others if r is not reading for s in r.subjects}
    return (
        reading.is_telling
        or _SUBJECT_MARK.search(reading.text) is not None
        or (bool(reading.subjects) and not {s.text for s in reading.subjects} <= named)
    )


def _settle(reading: AskReading) -> AskReading:
    """A doubtful guess becomes the plain question what the notice says."""
    needed = _SURE_TALK if reading.ask in TALK_ASKS | _HARDLY_EVER_PRINTED | {Ask.MEANING} else _LIKELY
    if reading.ask in GUARD_ASKS - {Ask.OFF_TOPIC}:
        needed = _SURE_GUARD
    is_idle = reading.ask in _IDLE - TALK_ASKS and not reading.subjects
    if reading.margin > needed or is_idle or reading.ask is Ask.OFF_TOPIC:
        return reading
    return replace(reading, ask=Ask.DETAIL)


def _fallback(fragments: Sequence[Fragment]) -> AskReading:
    return AskReading(Ask.DETAIL, fragments[-1].text, 0.0, fragments[-1].subjects)


def _without_repetition(readings: Sequence[AskReading]) -> tuple[AskReading, ...]:
    unique: dict[tuple[Ask, tuple[str, ...], str], AskReading] = {}
    for reading in readings:
        clause = reading.text if reading.ask in LIST_ASKS or not reading.subjects else ""
        unique.setdefault((reading.ask, tuple(s.text for s in reading.subjects), clause), reading)
    return tuple(unique.values())


def _read_fragment(chances: Mapping[Ask, float], fragment: Fragment) -> tuple[list[AskReading], bool]:
    """The asks of one clause, and whether its own words show them."""
    cues = _choose_cues(chances, find_cues(fragment.text))
    best = max(chances, key=lambda a: chances[a])
    guess = AskReading(best, fragment.text, chances[best], fragment.subjects, is_telling=fragment.is_telling)
    # A model that is nearly certain of something else overrules a cue it finds absurd.
    is_absurd = chances[best] > _SURE and all(chances[c.ask] < _LEAST_CHANCE_OF_A_CUE for c in cues)
    if not cues or is_absurd:
        return [guess], False
    kept = [c for c in cues if chances[c.ask] >= _LEAST_CHANCES.get(c.ask, _LEAST_CHANCE_OF_A_CUE)]
    kept = [c for c in kept if c.ask not in GUARD_ASKS or chances[c.ask] >= _LEAST_GUARD_CUE]
    if not kept:
        return [guess], False
    return [AskReading(c.ask, fragment.text, chances[c.ask], fragment.subjects, is_cued=True) for c in kept], True


def _choose_cues(chances: Mapping[Ask, float], cues: Sequence[Cue]) -> list[Cue]:
    """Of cues on the same words the longer one if it says much more, else the one the model finds likeliest."""
    outer = [
        c
        for c in cues
        if not any(_is_inside(c, other) and chances[other.ask] > _LEAST_CHANCE_OF_A_CUE for other in cues)
    ]
    chosen: list[Cue] = []
    for cue in sorted(outer, key=lambda c: (-chances[c.ask], c.start - c.end)):
        if not any(cue.overlaps(other) or cue.ask is other.ask for other in chosen):
            chosen.append(cue)
    return sorted(chosen, key=lambda c: c.start)


def _is_inside(cue: Cue, other: Cue) -> bool:
    longer = (other.end - other.start) - (cue.end - cue.start)
    return longer >= _MUCH_LONGER and other.start <= cue.start and cue.end <= other.end
