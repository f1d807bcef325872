"""What can be asked next: questions built from the catalogue, so that the corpus can answer them."""

from collections import Counter
from collections.abc import Callable, Iterator

from assistant.answer import Answer, CitationKind, Status
from corpus.catalogue import Catalogue, Place
from corpus.language.departments import DepartmentTable
from corpus.store import Corpus
from ui.answers.extras import Choice, Extras
from ui.markup import undisguise
from ui.words import word

_MOST = 3
_MOST_CHOICES = 6
_SHORTEST_NAME, _LONGEST_NAME = 4, 14
# 符合条件的企业 names nobody in particular.
_VAGUE = ("条件", "的企业", "其", "该", "按", "（", "一批", "等")


def suggest(answer: Answer, corpus: Corpus) -> Extras:
    """Everything the chat page adds to an answer."""
    return Extras(
        _namer(answer.language, corpus.departments),
        choices_of(answer, corpus.catalogue),
        follow_ups(answer, corpus.catalogue),
    )


def _namer(language: str, table: DepartmentTable) -> Callable[[str], str]:
    return str if language == "zh" else table.english_name


def choices_of(answer: Answer, catalogue: Catalogue) -> tuple[Choice, ...]:
    """The measures that a question for more detail names, each with the question repeated."""
    if answer.status is not Status.NEEDS_DETAIL:
        return ()
    said = " ".join(p.text for p in answer.parts)
    titles = dict.fromkeys(p.measure.title for p in catalogue.measures if p.measure and p.measure.title)
    named = [t for t in titles if f"“{t}”" in said][:_MOST_CHOICES]
    return tuple(Choice(t, f"{word('about', answer.language, title=t)}{answer.question}") for t in named)


def follow_ups(answer: Answer, catalogue: Catalogue) -> tuple[str, ...]:
    asked = _squeeze(answer.question)
    built = dict.fromkeys(undisguise(q) for q in _build(answer, catalogue))
    return tuple(q for q in built if _squeeze(q) != asked)[:_MOST]


def _build(answer: Answer, catalogue: Catalogue) -> Iterator[str]:
    language = answer.language
    place = _place_of(answer, catalogue)
    if place and place.measure:
        yield from _about_measure(answer, place, catalogue)
    if any(row.support.amount for row in catalogue.supports):
        yield word("ask_sums", language)
    yield word("ask_measures", language)


def _place_of(answer: Answer, catalogue: Catalogue) -> Place | None:
    """The measure that carries the answer; a list is about no single one."""
    keys = [f"{c.notice_id}/{c.measure_id}" for c in answer.citations if c.measure_id]
    return catalogue.place_of_measure.get(keys[0]) if keys and not answer.items else None


def _about_measure(answer: Answer, place: Place, catalogue: Catalogue) -> Iterator[str]:
    measure, language = place.measure, answer.language
    assert measure
    said = answer.text
    if language == "zh":
        for name in beneficiaries(place, catalogue):
            if name not in said and name not in answer.question:
                yield word("ask_support", language, subject=name)
                break
    is_named_once = sum(p.measure is not None and p.measure.title == measure.title for p in catalogue.measures) == 1
    if not measure.title or not is_named_once:
        return
    if measure.departments and not any(c.kind is CitationKind.RESPONSIBILITY for c in answer.citations):
        yield word("ask_responsible", language, title=measure.title)
    cited = sum(c.kind is CitationKind.SENTENCE and c.measure_id == measure.id for c in answer.citations)
    if cited < len(measure.provisions):
        yield word("ask_measure", language, title=measure.title)
    if measure.departments:
        yield word("ask_department", language, department=measure.departments[0])


def beneficiaries(place: Place, catalogue: Catalogue) -> list[str]:
    """Names short and particular enough to be asked about."""
    names = (r.support.beneficiary for r in catalogue.supports if r.place.measure_key == place.measure_key)
    every = Counter(r.support.beneficiary for r in catalogue.supports)
    return [
        n
        for n in dict.fromkeys(names)
        if _SHORTEST_NAME <= len(n) <= _LONGEST_NAME and every[n] == 1 and not any(v in n for v in _VAGUE)
    ]


def _squeeze(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
