"""Reads every ask of a masked question: cue words propose, the trained model decides between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ask_signs import asks_figure, is_of_figure
from assistant.asks import AskReader
from assistant.cues import Cue, find_cues
from assistant.fragments import Fragment
from assistant.query import COVERS, GUARD_ASKS, LIST_ASKS, TALK_ASKS, Ask, AskReading
from corpus.embedding.embed import Vector

# A wrong guess at one of these refuses what the notice does say.
_HARDLY_EVER_PRINTED = frozenset(
    {Ask.STACKING, Ask.RESULT, Ask.QUOTA, Ask.BUDGET, Ask.PENALTY, Ask.APPEAL, Ask.PROCESSING, Ask.CRITERIA, Ask.FEE}
)
_EMPTY_SLOTS = _HARDLY_EVER_PRINTED | {Ask.DATE, Ask.ROUTE, Ask.MATERIALS, Ask.TELEPHONE, Ask.ADDRESS}
_OF_ANY_FIELD = _EMPTY_SLOTS | {Ask.ISSUED_ON, Ask.SUM, Ask.PERIOD, Ask.QUANTITY}
_IDLE = frozenset({Ask.STATEMENT}) | TALK_ASKS
_ASKING = re.compile(
    r"(\w{1,2})[不没]\1|是.{1,12}还是|什么|啥|谁|哪|几[个条项年月号时种部级千百万大章]|多少|多久|多大|怎|咋|吗|呢|么$|嘛|如何|是否|是不是|有没有|能不能|可不可以|可否|(?<!任)何|请[给把列报]|能否|多久|请问|想了解|列出|介绍|说明|解释|告诉|[报念数说讲]给|百分之几|[是叫不][？?]?$"
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
_SURE_BESIDE_NAMES = 0.8
_SURE = 0.9
_CERTAIN = 0.97
_LIKELY = 0.5
_SURE_BESIDE_CUES = 0.7
_EACH = re.compile(r"分别(?:是|为|有)?[^，。]{0,4}[？?]?$")
_PARTICULAR = re.compile(r"最[多少]|[a-z]{4}", re.IGNORECASE)
_SURE_TALK = 0.65
_A_FIFTH = 0.2
_HARDLY = 0.06


@dataclass(frozen=True, slots=True)
class _Clause:
    """What one clause seems to ask; `is_cued` where its own words show it, `is_asking` where it is a question."""

    readings: tuple[AskReading, ...]
    is_cued: bool
    is_asking: bool


def read_asks(
    reader: AskReader, fragments: Sequence[Fragment], vectors: Sequence[Vector | None]
) -> tuple[AskReading, ...]:
    """Asks in reading order, each once for each subject; background clauses count only where nothing else is asked.

    `vectors` has one for each fragment, or None.
    """
    clauses = [
        _read_clause(reader.chances(fragment.text, vector), fragment)
        for fragment, vector in zip(fragments, vectors, strict=True)
    ]
    # 上限以及截止日分别是？ asks in every clause.
    has_question = any(c.is_asking for c in clauses) and not any(_EACH.search(f.text) for f in fragments[1:])
    is_told = not has_question and not any(c.is_cued for c in clauses)
    cued: list[AskReading] = []
    guessed: list[AskReading] = []
    for clause in clauses:
        is_background = has_question and not clause.is_asking
        if clause.is_cued:
            cued.extend(r for r in clause.readings if not is_background or r.margin > _least_of_background(r))
        elif (
            clause.is_asking
            or len(clauses) == 1
            or (is_told and _is_request(clause.readings[0]))
            or _is_guarded(clause.readings[0], _SURE if has_question else _SURE_GUARD)
        ):
            guessed.extend(_settle(r) for r in clause.readings)
    return _without_repetition(_choose(cued, guessed) or [_fallback(fragments)])


def _is_question(clause: str) -> bool:
    """Whether its words ask for something."""
    return _ASKING.search(clause) is not None


def _is_request(reading: AskReading) -> bool:
    """请给我完整名称, where no clause is a question."""
    return reading.margin > _LIKELY and reading.ask not in _IDLE | GUARD_ASKS


def _least_of_background(reading: AskReading) -> float:
    """打来电话 in a story asks for no telephone number; harm counts wherever it is told."""
    if reading.ask in GUARD_ASKS | {Ask.TOTAL}:
        return _LEAST_GUARD_CUE
    # 我报材料要填 tells why; nothing is asked.
    return _CERTAIN if reading.text.startswith("我") else _LIKELY


def _choose(cued: Sequence[AskReading], guessed: Sequence[AskReading]) -> list[AskReading]:
    """Harm first; then everything asked for, in reading order; small talk and other fields only where nothing else is."""
    is_serious = bool(cued) or any(r.subjects and r.ask not in _IDLE | GUARD_ASKS for r in guessed)
    guessed = [_plainly(r) if is_serious or r.subjects else r for r in guessed]
    readings = (*cued, *guessed)
    guards = [r for r in readings if r.ask in GUARD_ASKS and r.margin > _needed_for_guard(r)]
    harmful = [r for r in guards if r.ask is not Ask.OFF_TOPIC]
    serious = [r for r in readings if r.ask not in GUARD_ASKS | _IDLE]
    needed = _SURE_BESIDE_CUES if any(r.is_cued for r in serious) else 0.0
    asked = [
        r if r.is_cued or r.ask is Ask.DETAIL or r.margin > _LIKELY else replace(r, ask=Ask.DETAIL)
        for r in serious
        if r.is_cued
        or r.ask is Ask.DETAIL
        or r.margin > needed
        or (r.subjects and (asks_figure(r.text) or _adds_subject(r, serious)))
    ]
    plain = [
        r
        for r in asked
        if r.ask is not Ask.DETAIL or r.margin > _LIKELY or asks_figure(r.text) or _adds_subject(r, asked)
    ]
    talk = [r for r in readings if r.is_cued and r.ask in TALK_ASKS]
    if talk and not any(r.is_cued or r.subjects or r.margin > _LIKELY for r in serious):
        return harmful or talk
    elsewhere = [r for r in guessed if r.ask is Ask.OFF_TOPIC and r.margin > _LIKELY]
    there = {s for r in elsewhere for s in r.subjects}
    is_sure = any(r.margin > _SURE_BESIDE_CUES for r in elsewhere)
    if elsewhere and all(there.issuperset(r.subjects) and _says_nothing_more(r, is_sure) for r in serious):
        return harmful or elsewhere
    off_topic = [r for r in guards if r.ask is Ask.OFF_TOPIC]
    return harmful or plain or off_topic or serious[:1] or [*readings]


def _says_nothing_more(reading: AskReading, is_sure: bool) -> bool:
    """什么时候发 after 老人的养老金涨多少: a short clause that names nothing is about the other field too."""
    return not reading.is_cued or (is_sure and not reading.is_telling and reading.ask in _OF_ANY_FIELD)


def _plainly(reading: AskReading) -> AskReading:
    """Beside a clear ask, a clause that names something and looks only a little like talk asks what the notice says."""
    is_unsure = reading.ask in _IDLE | {Ask.OFF_TOPIC} and reading.margin <= _LIKELY
    is_figure = reading.ask is Ask.OFF_TOPIC and bool(reading.subjects) and asks_figure(reading.text)
    return replace(reading, ask=Ask.DETAIL) if is_figure or (is_unsure and reading.is_telling) else reading


def _is_guarded(reading: AskReading, least: float) -> bool:
    return reading.ask in GUARD_ASKS - {Ask.OFF_TOPIC} and reading.margin > least


def _needed_for_guard(reading: AskReading) -> float:
    """Words that show harm need little more; a look alone must be likely, and more so where printed things are named."""
    if reading.is_cued:
        return _LEAST_GUARD_CUE
    return _SURE_BESIDE_NAMES if reading.is_telling and reading.ask is Ask.UNSAFE else _SURE_GUARD


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
        is_own = reading.ask in LIST_ASKS or not reading.subjects or reading.is_telling or is_of_figure(reading)
        clause = reading.text if is_own else ""
        unique.setdefault((reading.ask, tuple(s.text for s in reading.subjects), clause), reading)
    return tuple(unique.values())


def _read_clause(chances: Mapping[Ask, float], fragment: Fragment) -> _Clause:
    """The asks that the words of one clause show, else the likeliest one."""
    is_asking = _is_question(fragment.text)
    shown = find_cues(fragment.text)
    cues = _choose_cues(chances, shown)
    best = max(chances, key=lambda a: chances[a])
    margin = chances[best]
    # Several doubtful guesses at things a notice hardly ever prints are one sure guess at such a thing.
    is_bare = not shown and not fragment.is_telling and not _SUBJECT_MARK.search(fragment.text)
    if is_bare and margin < _LIKELY and (empty := sum(chances[a] for a in _EMPTY_SLOTS)) > _LIKELY:
        best, margin = max(_EMPTY_SLOTS, key=lambda a: chances[a]), empty
    # Half harm and half another field: 糖醋排骨咋做 is the other field.
    is_half_harm = best in GUARD_ASKS - {Ask.OFF_TOPIC} and margin <= _SURE_GUARD and not cues
    if is_half_harm and chances[Ask.OFF_TOPIC] > _A_FIFTH:
        best, margin = Ask.OFF_TOPIC, margin + chances[Ask.OFF_TOPIC]
    guess = AskReading(best, fragment.text, margin, fragment.subjects, is_telling=fragment.is_telling)
    # A model that is nearly certain of something else overrules a cue it finds absurd.
    is_absurd = chances[best] > _SURE and all(chances[c.ask] < _LEAST_CHANCE_OF_A_CUE for c in cues)
    is_elsewhere = best is Ask.OFF_TOPIC and margin > _SURE_TALK and not _SUBJECT_MARK.search(fragment.text)
    is_absurd = is_absurd or (is_elsewhere and all(chances[c.ask] < _HARDLY for c in cues))
    if not cues or is_absurd:
        return _Clause((guess,), False, is_asking)
    kept = [c for c in cues if chances[c.ask] >= _LEAST_CHANCES.get(c.ask, _LEAST_CHANCE_OF_A_CUE)]
    kept = [c for c in kept if c.ask not in GUARD_ASKS or chances[c.ask] >= _LEAST_GUARD_CUE]
    if not kept:
        return _Clause((guess,), False, is_asking)
    # 总共能补多少: what the model is sure of covers what the cue shows.
    is_whole = best is Ask.TOTAL or (
        best is Ask.DEPARTMENTS_LIST and not fragment.subjects and not _PARTICULAR.search(fragment.text)
    )
    if is_whole and chances[best] > _LIKELY and all(c.ask in COVERS[best] for c in kept):
        return _Clause((replace(guess, is_cued=True),), True, is_asking)
    readings = (AskReading(c.ask, fragment.text, chances[c.ask], fragment.subjects, is_cued=True) for c in kept)
    return _Clause(tuple(readings), True, is_asking)


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
