"""Numbers the sources of an answer in the order they are first used, and says where each stands."""

from collections.abc import Iterable

from assistant.answer import Citation, CitationKind, Part, PartKind, Row, make_table
from assistant.composing.draft import DraftPart, Source
from corpus.catalogue import Place


class CitationNumbers:
    """Numbers sources in the order they are first used; the same words get the same number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._sources: list[Source] = []

    def number(self, sources: Iterable[Source]) -> tuple[int, ...]:
        numbers: list[int] = []
        for source in sources:
            key = (source.place.notice.id, source.phrase.start, source.phrase.end)
            if key not in self._numbers:
                self._sources.append(source)
                self._numbers[key] = len(self._sources)
            numbers.append(self._numbers[key])
        return tuple(dict.fromkeys(numbers))

    def number_part(self, draft: DraftPart) -> Part:
        """The part with the numbers of its sources; in a table each row has its own."""
        if draft.kind is PartKind.TABLE:
            return make_table(draft.columns, [Row(row.cells, self.number(row.sources)) for row in draft.rows])
        return Part(draft.kind, draft.text, self.number(draft.sources), wording=draft.wording)

    def has_all(self, sources: Iterable[Source]) -> bool:
        """Whether every one of the sources is cited already; false for none."""
        keys = [(s.place.notice.id, s.phrase.start, s.phrase.end) for s in sources]
        return bool(keys) and all(key in self._numbers for key in keys)

    def cited_in(self, place: Place) -> list[Source]:
        """The sources in a measure, so far as a clause of them is meant."""
        return [s for s in self._sources if s.item and s.place.measure and s.place.measure_key == place.measure_key]

    def citations(self) -> tuple[Citation, ...]:
        return tuple(_cite(n, source) for n, source in enumerate(self._sources, 1))


def _cite(number: int, source: Source) -> Citation:
    place, words = source.place, source.phrase
    measure, chapter, notice = place.measure, place.chapter, place.notice
    return Citation(
        number=number,
        kind=source.kind,
        provision_id=_address(source),
        notice_id=notice.id,
        document_number=notice.number_text,
        notice_title=notice.title,
        chapter=f"{chapter.label}{chapter.title}" if chapter else "",
        measure_id=measure.id if measure else "",
        measure_number=measure.number if measure else None,
        measure_label=measure.label if measure else "",
        measure_title=measure.title if measure else "",
        quote=words.text,
        start=words.start,
        end=words.end,
        url=f"/notices/{notice.id}#{_anchor(source)}",
    )


def _address(source: Source) -> str:
    place = source.place
    if place.provision:
        return place.provision.id
    if place.measure:
        return f"{place.measure_key}.{source.kind}"
    return f"{place.chapter.id}.{source.kind}" if place.chapter else f"{place.notice.id}/{source.kind}"


def _anchor(source: Source) -> str:
    place = source.place
    if place.measure and source.kind is CitationKind.RESPONSIBILITY:
        return place.measure.responsibility_anchor(source.phrase)
    if place.provision and place.provision.anchor:
        return place.provision.anchor
    if place.measure:
        return place.measure.anchor
    if place.chapter:
        return f"c{place.chapter.id.split('/', 1)[1]}"
    if place.provision:
        return f"p{place.provision.number}"
    printed = {"issuer": place.notice.issuer, "date": place.notice.issued_on, "contact": place.notice.contact}
    return next((name for name, words in printed.items() if words == source.phrase), str(source.kind))
