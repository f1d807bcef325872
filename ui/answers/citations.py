"""Marks, cards and quotations: how an answer points at the words of a notice."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assistant.answer import Citation, CitationKind
from ui.markup import element, icon, join, undisguise
from ui.words import word

_OWN_PAGE = re.compile(r"/notices/[A-Za-z0-9._~%-]+(?:#[A-Za-z0-9._~%-]*)?")
_CLAUSE = re.compile(r"[^；。]+[；。]?")
_SHORTEST_EMPHASIS = 6
_ENDS = "；。，："
# A line that was wrapped in the source is one line here; between Chinese characters no space belongs.
_WRAP = re.compile(r"[ \t\u3000]*[\r\n\v\f\x85\u2028\u2029]+[ \t\u3000]*")


def on_one_line(text: str) -> str:
    """The text without line breaks of its source and without characters that disguise others."""
    return undisguise(_WRAP.sub(lambda m: " " if _is_between_latin(m) else "", text))


def _is_between_latin(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return before.isascii() and after.isascii()


class Citations:
    """The citations of one answer, each with its mark, its card and its quotation."""

    def __init__(self, citations: Iterable[Citation], language: str) -> None:
        self._numbered = {c.number: c for c in citations}
        self._language = language
        self._foreign = "zh-CN" if language != "zh" else None

    def of(self, numbers: Iterable[int]) -> list[Citation]:
        return [self._numbered[n] for n in numbers if n in self._numbered]

    def marks(self, numbers: Iterable[int]) -> Markup:
        return join(self._mark(c) for c in self.of(numbers))

    def _mark(self, citation: Citation) -> Markup:
        link = element(
            "a",
            f"[{citation.number}]",
            class_="cite",
            href=own_page(citation.url),
            role="button",
            aria_expanded="false",
            aria_controls=f"card-{citation.number}",
            aria_label=word("mark", self._language, number=citation.number),
            **place_of(citation),
        )
        return element("span", link, class_="cite-anchor")

    def quote(self, citation: Citation, said: Sequence[str] = ()) -> Markup:
        """The whole sentence; the clause that our own words repeat is set off."""
        label = word("quote", self._language)
        link = element(
            "a",
            icon("book"),
            element("span", word("context", self._language)),
            class_="tool quote__open",
            href=own_page(citation.url),
            **place_of(citation),
        )
        caption = element(
            "figcaption",
            element("b", f"[{citation.number}] {label}"),
            element("span", name_place(citation), lang=self._foreign),
            link,
        )
        words = element("blockquote", _set_off(on_one_line(citation.quote), said), lang=self._foreign)
        return element("figure", caption, words, class_="quote")

    def cards(self) -> Markup:
        """One card for each citation; hidden until its mark is used, a list when printed."""
        cards = [self._card(c) for c in self._numbered.values()]
        return element("div", *cards, class_="cards") if cards else Markup("")

    def _card(self, citation: Citation) -> Markup:
        number = citation.number
        close = element(
            "button",
            icon("close"),
            type="button",
            class_="tool tool--square",
            data_close_card=True,
            aria_label=word("close_mark", self._language, number=number),
        )
        where = element(
            "span",
            element("span", f"[{number}] ", class_="cite-card__number"),
            element(
                "span", citation.document_number or f"《{on_one_line(citation.notice_title)}》", class_="doc-number"
            ),
            element("br"),
            element("span", name_place(citation), lang=self._foreign),
        )
        show = element(
            "a",
            icon("book"),
            word("open_source", self._language),
            class_="button button--small",
            href=own_page(citation.url),
            **place_of(citation),
        )
        return element(
            "span",
            element("span", where, close, class_="cite-card__head"),
            element("span", on_one_line(citation.quote), class_="paper-text", lang=self._foreign),
            element("span", show, class_="row"),
            class_="cite-card",
            id=f"card-{number}",
            role="group",
            aria_label=word("mark", self._language, number=number),
            hidden=True,
        )


def place_of(citation: Citation) -> dict[str, str | int]:
    """Where the cited words stand, for the script that shows them beside the answer."""
    return {
        "data_notice": citation.notice_id,
        "data_start": citation.start,
        "data_end": citation.end,
        "data_number": citation.number,
    }


def own_page(url: str) -> str:
    """The address where it is one of ours, else a place that leads nowhere."""
    return url if _OWN_PAGE.fullmatch(url) else "#"


def name_place(citation: Citation) -> str:
    """（九）技术转移转化和推广服务, else the chapter, else the notice's title."""
    measure = f"{citation.measure_label}{citation.measure_title}"
    if citation.kind is CitationKind.HEADING and not measure:
        return on_one_line(citation.chapter)
    return on_one_line(measure or citation.chapter or f"《{citation.notice_title}》")


def _set_off(quote: str, said: Sequence[str]) -> Markup:
    """Clauses that our own words repeat, unless that is the whole of the sentence."""
    clauses = _CLAUSE.findall(quote) or [quote]
    repeated = [_is_repeated(c, said) for c in clauses]
    if all(repeated) or not any(repeated):
        return join([quote])
    return join(element("em", c) if is_said else c for c, is_said in zip(clauses, repeated, strict=True))


def _is_repeated(clause: str, said: Sequence[str]) -> bool:
    core = clause.strip(_ENDS)
    return len(core) >= _SHORTEST_EMPHASIS and any(core in text for text in said)
