"""Parts and findings about the notice that the product ships, as a composer would hand them to verification."""

from dataclasses import replace

from assistant.answer import Count, PartKind
from assistant.composing.draft import (
    ClaimKind,
    DraftItem,
    DraftPart,
    Finding,
    Recount,
    Source,
    heading_source,
    responsibility_sources,
    sentence_source,
)
from assistant.listing.selection import Rows, Selection, Where, select
from assistant.understanding.frame import Operation, Want
from assistant.verifying.verify import verify
from corpus.catalogue import Place
from corpus.notice import Phrase
from corpus.store import Corpus


def find_item(corpus: Corpus, words: str) -> Source:
    """The only clause that prints these words, cited with its whole sentence."""
    found = [
        sentence_source(place, item)
        for place in corpus.catalogue.provisions
        if place.provision
        for item in place.provision.items
        if words in item.text
    ]
    assert len(found) == 1, words
    return found[0]


def find_sentence(corpus: Corpus, words: str) -> Source:
    """The same sentence without naming the clause."""
    return replace(find_item(corpus, words), item=None)


def find_measure(corpus: Corpus, number: int) -> Place:
    (place,) = corpus.catalogue.measures_numbered(number)
    return place


def find_owners(corpus: Corpus, number: int) -> Source:
    (source,) = responsibility_sources(find_measure(corpus, number))
    return source


def find_heading(corpus: Corpus, number: int) -> Source:
    return heading_source(find_measure(corpus, number))


def shift(source: Source, by: int) -> Source:
    """The same words at the wrong offsets."""
    words = source.phrase
    return replace(source, phrase=Phrase(words.text, words.start + by, words.end + by))


def state(text: str, *sources: Source) -> DraftPart:
    return DraftPart(PartKind.DIRECT, text, sources)


def quote(text: str, *sources: Source) -> DraftPart:
    return DraftPart(PartKind.QUOTE, text, sources, ClaimKind.QUOTED)


def deny(text: str, asked: str, *sources: Source) -> DraftPart:
    return DraftPart(PartKind.CORRECTION, text, sources, ClaimKind.DENIED, (asked,))


def miss(text: str, *sources: Source, claim: ClaimKind = ClaimKind.ABSENT) -> DraftPart:
    return DraftPart(PartKind.MISSING, text, sources, claim)


def select_again(selection: Selection, corpus: Corpus) -> Recount:
    return Recount(selection, select(selection, corpus.catalogue).keys)


def list_measures(corpus: Corpus, where: Where, text: str) -> Finding:
    """A right list of measures under a headline."""
    recount = select_again(Selection(Rows.MEASURES, where), corpus)
    places = (corpus.catalogue.place_of_measure[key] for key in recount.keys)
    items = tuple(DraftItem(p.measure.title, (heading_source(p),)) for p in places if p.measure)
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    count = Count(len(items), 16)
    return Finding(Want("clause", Operation.LIST), True, (part,), items=items, count=count, recount=recount)


def refuse(part: DraftPart, corpus: Corpus) -> str:
    """Why verification drops the part; empty where it is kept."""
    verified = verify([Finding(Want("sum"), True, (part,))], corpus)
    return "；".join(p.reason for p in verified.problems)
