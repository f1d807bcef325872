"""Names measures, chapters and notices in English: printed titles, with unofficial glosses beside them."""

from collections.abc import Iterable

from assistant.naming.english.glossary import glossary_of, quality
from corpus.catalogue import Place
from corpus.notice import Notice, ProvisionKind
from prompts import english


def gloss(text: str, notice: Notice) -> str:
    """A title or term in English, "" where the glossary does not cover it wholly."""
    return _capitalise(glossary_of(notice).gloss(text) or "")


def name_place(place: Place, *, listed: bool = False) -> str:
    """Article 10 (企业孵化服务, unofficially “Business incubation services”); in a list the word is said once for all."""
    measure = place.measure
    if measure is None:
        return name_outside(place)
    if not measure.title:
        return english("measure", number=measure.number)
    if not (said := gloss(measure.title, place.notice)):
        return english("measure_titled", number=measure.number, title=measure.title)
    return english(
        "measure_listed" if listed else "measure_glossed", number=measure.number, title=measure.title, english=said
    )


def name_places(places: Iterable[Place]) -> str:
    """The measures of a list with their titles; that the English ones are unofficial stands behind the last."""
    named = [name_place(p, listed=True) for p in places]
    return "; ".join(named)


def name_title(title: str, notice: Notice) -> str:
    """“关于…的若干措施” (unofficially “Several measures …”)."""
    said = gloss(title, notice)
    return english("glossed", title=title, english=said) if said else english("titled", title=title)


def of_notice(line: str, notice: Notice) -> str:
    """《关于…的若干措施》: the line, where several notices are asked."""
    return english("of_notice", title=notice.title, line=line)


def name_number(place: Place) -> str:
    return english("measure", number=place.measure.number if place.measure else "")


def name_chapter(place: Place) -> str:
    """chapter 4, “做强应用科技服务品牌” (unofficially “…”)."""
    chapter = place.chapter
    return english("chapter", number=chapter.number, title=name_title(chapter.title, place.notice)) if chapter else ""


def name_bodies(printed: str, notice: Notice) -> str:
    """The Ministry of …, the … (工业和信息化部、…)."""
    said = glossary_of(notice).noun(printed)
    return english("bodies", english=said, printed=printed) if said else printed


def name_kind(printed: str) -> str:
    """provincial-level (省级); as printed where the glossary does not have it."""
    said = quality(printed)
    return english("bodies", english=said, printed=printed) if said else printed


def name_term(term: str, notice: Notice | None) -> str:
    """“孵化器” (incubators)."""
    said = glossary_of(notice).gloss(term) if notice else None
    return english("term", term=term, english=said) if said else english("titled", title=term)


def name_outside(place: Place) -> str:
    if annex := place.annex:
        return english("annex", number=annex.number)
    is_closing = place.provision is not None and place.provision.kind is ProvisionKind.CLOSING
    return english("closing") if is_closing else english("preamble")


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
