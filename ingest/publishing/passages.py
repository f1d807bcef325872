"""Makes the entries of the index: each provision and each measure, carrying the headings above it."""

import re
from collections.abc import Iterable

from corpus.catalogue import Catalogue, Place
from corpus.language.words import WordCutter
from corpus.notice import Notice
from corpus.search.vectors import Passage

_LONGEST_MEASURE = 900
_LEAST_TITLE_WORD = 4
_SHORT_TITLE = 10
"""A longer title of a chapter says more than the sentence below it."""

_RANKED = re.compile(r"(?:世界|中国|全国|全球)?\d{2,4}强")


def make_passages(notices: Iterable[Notice]) -> tuple[Passage, ...]:
    """Provisions under their own id, measures under `notice/measure`."""
    catalogue = Catalogue(notices)
    sentences = [Passage(p.provision.id, p.notice.id, _with_headings(p)) for p in catalogue.provisions if p.provision]
    wholes = [Passage(p.measure_key, p.notice.id, _whole_measure(p)) for p in catalogue.measures]
    return (*sentences, *wholes)


def _with_headings(place: Place) -> str:
    if place.provision is None:
        return ""
    annex = place.annex if place.measure is None else None
    chapter = place.chapter.title if place.chapter and len(place.chapter.title) <= _SHORT_TITLE else ""
    title = place.measure.title or chapter if place.measure else annex.title if annex else place.notice.title
    point = place.measure.point(place.provision.point) if place.measure and place.provision.point else None
    words = f"{point.title}：{place.provision.reading}" if point and point.title else place.provision.reading
    return f"{title}：{words}" if title else words


def _whole_measure(place: Place) -> str:
    if place.measure is None:
        return ""
    chapter = place.chapter.title if place.chapter else ""
    body = "".join(p.reading for p in place.measure.provisions)
    return f"{chapter} {place.measure.title}：{body}"[:_LONGEST_MEASURE].strip()


def find_terms(notices: Iterable[Notice], cutter: WordCutter) -> dict[str, list[str]]:
    """Names that the text prints, in quotation marks or as noun phrases, with the provisions they stand in."""
    found: dict[str, dict[str, None]] = {}
    for notice in notices:
        for provision in notice.provisions():
            quoted = [t.text for t in provision.terms if len(t.text) >= 2]
            ranked = [
                name for found in _RANKED.findall(provision.text) for name in (found, found.lstrip("世界中国全球"))
            ]
            for term in (*quoted, *ranked, *cutter.noun_phrases(provision.reading)):
                found.setdefault(term, {})[provision.id] = None
        for measure in notice.measures():
            ids = [p.id for p in measure.provisions]
            for term in cutter.noun_phrases(measure.title):
                if len(term) >= _LEAST_TITLE_WORD and term not in found:
                    found[term] = dict.fromkeys(ids)
    return {term: list(ids) for term, ids in found.items()}
