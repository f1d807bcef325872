"""How a citation is called, where it leads, and which of its words our own lines repeat."""

import re
from collections.abc import Sequence

from assistant.answer import Citation, CitationKind
from ui.markup import undisguise

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


def own_page(url: str) -> str:
    """The address where it is one of ours, else a place that leads nowhere."""
    return url if _OWN_PAGE.fullmatch(url) else "#"


def name_place(citation: Citation) -> str:
    """（九）技术转移转化和推广服务, else the chapter, else the notice's title."""
    measure = f"{citation.measure_label}{citation.measure_title}"
    if citation.kind is CitationKind.HEADING and not measure:
        return on_one_line(citation.chapter)
    return on_one_line(measure or citation.chapter or f"《{citation.notice_title}》")


def name_notice(citation: Citation) -> str:
    """By its number, else by its title."""
    return citation.document_number or f"《{on_one_line(citation.notice_title)}》"


def set_off(quote: str, said: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The sentence in pieces: clauses that our own lines repeat are set off, unless that is the whole of it."""
    clauses = _CLAUSE.findall(quote) or [quote]
    repeated = [_is_repeated(c, said) for c in clauses]
    if all(repeated) or not any(repeated):
        return ((quote, False),)
    return tuple(zip(clauses, repeated, strict=True))


def _is_repeated(clause: str, said: Sequence[str]) -> bool:
    core = clause.strip(_ENDS)
    return len(core) >= _SHORTEST_EMPHASIS and any(core in text for text in said)
