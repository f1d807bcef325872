"""What can be asked next: questions built from the catalogue, so that the corpus can answer them."""

from collections import Counter
from collections.abc import Iterator

from assistant.answer import Answer, Citation, CitationKind, Status
from assistant.composing.english.titles import name_place as name_in_english
from assistant.composing.english.titles import name_term
from corpus.catalogue import Catalogue, Place
from corpus.store import Corpus
from ui.answers.citations import name_place
from ui.answers.citing import is_alone, is_row, number_of
from ui.answers.extras import Choice, Extras, sums_printed, supports_at_a_glance
from ui.markup import undisguise
from ui.words import word

_MOST = 3
_MOST_CHOICES = 6
_SHORTEST_NAME, _LONGEST_NAME = 4, 14
# 符合条件的企业 names nobody in particular.
_VAGUE = ("条件", "的企业", "其", "该", "按", "（", "一批", "等")


def suggest(answer: Answer, corpus: Corpus) -> Extras:
    """Everything the chat page adds to an answer."""
    catalogue, is_english = corpus.catalogue, answer.language == "en"
    places = {c.number: p for c in answer.citations if (p := _cited_place(c, catalogue))}
    return Extras(
        corpus.departments.english_name if is_english else str,
        (lambda c: name_in_english(places[c.number]) if c.number in places else name_place(c))
        if is_english
        else name_place,
        (lambda name: name_term(name, catalogue.notices[0])) if is_english else "“{}”".format,
        choices_of(answer, catalogue),
        follow_ups(answer, corpus),
        supports_at_a_glance(answer, catalogue),
        sums_printed(answer, catalogue),
        {n: said for n, p in places.items() if (said := _say_sentence(p, answer.language))},
        len(catalogue.notices) == 1,
    )


def _cited_place(citation: Citation, catalogue: Catalogue) -> Place | None:
    """Of its sentence, else of its measure."""
    found = catalogue.place_of_provision.get(citation.provision_id)
    return found or catalogue.place_of_measure.get(f"{citation.notice_id}/{citation.measure_id}")


def _say_sentence(place: Place, language: str) -> str:
    provision = place.provision
    if provision is None or is_alone(place.measure, provision):
        return ""
    return word("cited_row" if is_row(provision) else "cited_sentence", language, number=number_of(provision))


def choices_of(answer: Answer, catalogue: Catalogue) -> tuple[Choice, ...]:
    """The measures, or the notices, that a question for more detail names, each with the question repeated."""
    if answer.status is not Status.NEEDS_DETAIL:
        return ()
    said = " ".join(p.text for p in answer.parts)
    titles = dict.fromkeys(p.measure.title for p in catalogue.measures if p.measure and p.measure.title)
    named = [t for t in titles if f"“{t}”" in said][:_MOST_CHOICES]
    if named:
        return tuple(Choice(t, f"{word('about', answer.language, title=t)}{answer.question}") for t in named)
    notices = [n.title for n in catalogue.notices if f"《{n.title}》" in said][:_MOST_CHOICES]
    return tuple(Choice(f"《{t}》", f"《{t}》{answer.question}") for t in notices)


def follow_ups(answer: Answer, corpus: Corpus) -> tuple[str, ...]:
    asked = _squeeze(answer.question)
    built = dict.fromkeys(undisguise(q) for q in _build(answer, corpus))
    return tuple(q for q in built if _squeeze(q) != asked)[:_MOST]


def _build(answer: Answer, corpus: Corpus) -> Iterator[str]:
    language, catalogue = answer.language, corpus.catalogue
    place = _place_of(answer, catalogue)
    if place and place.measure:
        yield from _about_measure(answer, place, corpus)
    if any(row.support.amount for row in catalogue.supports):
        yield word("ask_sums", language)
    yield word("ask_measures", language)


def _place_of(answer: Answer, catalogue: Catalogue) -> Place | None:
    """The measure that carries the answer; a list is about no single one."""
    keys = [f"{c.notice_id}/{c.measure_id}" for c in answer.citations if c.measure_id]
    return catalogue.place_of_measure.get(keys[0]) if keys and not answer.items else None


def _about_measure(answer: Answer, place: Place, corpus: Corpus) -> Iterator[str]:
    """In English by its number where that names only one, for its title is Chinese."""
    measure, language, catalogue = place.measure, answer.language, corpus.catalogue
    assert measure
    said = answer.text
    if language == "zh":
        for name in beneficiaries(place, catalogue):
            if name not in said and name not in answer.question:
                yield word("ask_support", language, subject=name)
                break
    titles = [p.measure.title for p in catalogue.measures if p.measure]
    if not measure.title or titles.count(measure.title) != 1:
        return
    is_numbered = language == "en" and len(catalogue.measures_numbered(measure.number)) == 1
    named = {"number": measure.number} if is_numbered else {"title": measure.title}
    way = "_numbered" if is_numbered else ""
    if measure.departments and not any(c.kind is CitationKind.RESPONSIBILITY for c in answer.citations):
        yield word(f"ask_responsible{way}", language, **named)
    cited = sum(c.kind is CitationKind.SENTENCE and c.measure_id == measure.id for c in answer.citations)
    if cited < len(measure.provisions):
        yield word(f"ask_measure{way}", language, **named)
    if measure.departments:
        called = corpus.departments.english_name if language == "en" else str
        yield word("ask_department", language, department=called(measure.departments[0]))


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
