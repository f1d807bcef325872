"""Says that the notice does not state what was asked, what it states instead, and whom to ask."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Missing, PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Source, quote_item, quote_part, sentence_source
from assistant.composing.sides import find_sides
from assistant.composing.wording import trim, unique_places
from assistant.evidence import Evidence, terms_of
from assistant.naming.subject import SubjectKind
from assistant.query import DOCUMENT_ASKS, Ask, AskReading
from corpus.catalogue import Place
from corpus.notice import Item
from prompts import label, label_keys, phrase

_SLOTS = {
    Ask.DATE: ("deadline", "date", "validity"),
    Ask.TELEPHONE: ("telephone",),
    Ask.ADDRESS: ("address",),
    Ask.ROUTE: ("route", "web"),
    Ask.MATERIALS: ("materials",),
    Ask.VALIDITY: ("validity",),
    Ask.QUANTITY: ("quantity", "period"),
    Ask.PROCESSING: ("period", "deadline", "date"),
    Ask.RATE: ("share",),
}

_MOST_SIDES = 3

_NAMED_ASKS = frozenset(Ask(key) for key in label_keys("asks"))


def find_slot(ask: AskReading, evidence: Evidence) -> Finding:
    """A printed detail of the measure asked about; empty slots are missing by construction, not by a low score."""
    wanted = _SLOTS.get(ask.ask, ())
    measure = evidence.best_measure(ask)
    names = [s.text.casefold() for s in terms_of(ask.subjects)]
    for match in evidence.items_for(ask) if measure and wanted else ():
        if match.place.measure_key != (measure.measure_key if measure else ""):
            continue
        # A number counts what its own clause names.
        if "quantity" in wanted and names and not any(n in match.item.text.casefold() for n in names):
            continue
        if ask.ask is Ask.MATERIALS and (listed := _list_points(match.place)):
            return _list_found(ask, evidence, match.place, listed)
        if printed := _print_first(match.item, wanted):
            return _filled(ask, evidence, sentence_source(match.place, match.item), printed)
    return find_absent(ask, evidence)


def _list_points(place: Place) -> tuple[Place, ...]:
    """The entries of the list that a sentence opens or stands in."""
    provision, measure = place.provision, place.measure
    if provision is None or measure is None:
        return ()
    opening = provision.lead_in or provision.id
    return tuple(replace(place, provision=p) for p in measure.provisions if p.lead_in == opening)


def _list_found(ask: AskReading, evidence: Evidence, place: Place, listed: Sequence[Place]) -> Finding:
    """The whole list in one line, each entry cited."""
    language = evidence.language
    entries = "；".join(trim(p.provision.text) for p in listed if p.provision)
    text = phrase("materials_listed", language, count=len(listed), list=entries)
    sources = tuple(sentence_source(p) for p in listed)
    return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, sources),), unique_places([place]))


def _print_first(item: Item, wanted: Sequence[str]) -> str:
    """The first value of the first kind that the item prints, "" for none; from when and until when belong together."""
    kind = next((kind for kind in wanted if any(v.kind == kind for v in item.values)), "")
    phrases = [v.phrase for v in item.values if v.kind == kind]
    if kind == "validity":
        return item.text[phrases[0].start - item.start : phrases[-1].end - item.start]
    return phrases[0].text if phrases else ""


def find_counted(ask: AskReading, evidence: Evidence) -> Finding | None:
    """A printed count of the very thing named: 标志性产业链有多少条 → 19条标志性产业链."""
    for subject in terms_of(ask.subjects):
        for place in evidence.corpus.catalogue.provisions_with(subject.text):
            for item in place.provision.items if place.provision else ():
                for slot in item.values:
                    if slot.kind == "quantity" and subject.text in slot.phrase.text:
                        return _filled(ask, evidence, sentence_source(place, item), slot.phrase.text)
    return None


def _filled(ask: AskReading, evidence: Evidence, source: Source, value: str) -> Finding:
    direct = DraftPart(PartKind.DIRECT, phrase("slot_filled", evidence.language, value=value), (source,))
    return Finding(ask.ask, True, (direct, quote_part(source)), unique_places([source.place]))


def find_absent(ask: AskReading, evidence: Evidence) -> Finding:
    """What is missing, with the sentence nearest to the subject where the question names one."""
    name = (
        label("asks", ask.ask, evidence.language)
        if ask.ask in _NAMED_ASKS
        else label("asks", "detail", evidence.language)
    )
    subjects = [s for s in ask.subjects if s.kind in {SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER}]
    language = evidence.language
    if not subjects and not _names_printed_word(ask, evidence):
        part = DraftPart(PartKind.MISSING, phrase("missing", language, ask=name), claim=ClaimKind.ABSENT)
        return Finding(ask.ask, False, (part,), missing=Missing(ask.ask, "", None))
    subject = max((s.text for s in subjects), key=len, default="")
    text = phrase("missing", language, ask=name)
    if subject:
        text = phrase("missing_of", language, ask=name, subject=subject)
    source = nearest_source(ask, evidence)
    carrier = source.place if source else evidence.best_measure(ask)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
    quotes = (quote_part(source),) if source else ()
    missing = Missing(ask.ask, subject, carrier.measure.id if carrier and carrier.measure else None)
    return Finding(ask.ask, False, (part, *quotes), unique_places([carrier] if carrier else []), missing)


def find_total(ask: AskReading, evidence: Evidence) -> Finding:
    """No sum of sums is printed; what is printed for each thing named is shown."""
    whole = find_absent(ask, evidence)
    rows = find_sides(evidence)
    if rows:
        quotes = dict.fromkeys(quote_item(sentence_source(r.place, r.item), r.item) for r in rows)
        carriers = unique_places(r.place for r in rows)
    else:
        sides = [find_absent(replace(ask, subjects=(s,)), evidence) for s in terms_of(evidence.query.subjects)]
        quotes = dict.fromkeys(p for f in (whole, *sides) for p in f.parts if p.kind is PartKind.QUOTE)
        carriers = unique_places(p for f in (whole, *sides) for p in f.carriers)
    shown = [p for p in whole.parts if p.kind is not PartKind.QUOTE]
    return replace(whole, parts=(*shown, *list(quotes)[:_MOST_SIDES]), carriers=carriers[:_MOST_SIDES])


def _names_printed_word(ask: AskReading, evidence: Evidence) -> bool:
    """It is about something that the notice prints, though under no name of the lexicon."""
    if ask.ask in DOCUMENT_ASKS or evidence.query.language == "en":
        return False
    return any(evidence.corpus.keywords.knows(w) for w in evidence.query.content)


def nearest_source(ask: AskReading, evidence: Evidence) -> Source | None:
    """The sentence that says most about the subject."""
    items = evidence.items_for(ask)
    if not items:
        return None
    return sentence_source(items[0].place, items[0].item)
