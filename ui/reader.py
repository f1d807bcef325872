"""The plain page of a notice: the canonical text character for character, with an address for each sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from corpus.notice import Notice
from ui.page import page_head


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the text that gets an element of its own."""

    start: int
    end: int
    style: str
    anchor: str = ""


def render_notice(notice: Notice, text: str) -> str:
    """A whole HTML document; without scripts."""
    return (
        f'<!doctype html><html lang="zh-CN"><head>{page_head(notice.title)}</head><body class="reader">'
        f'<header class="band"><div class="band__row"><a class="brand" href="/">政策问答</a>'
        f'<a class="band__link" href="/api/v1/notices/{escape(notice.id)}/text">纯文本</a></div></header>'
        f'<main class="sheet"><div class="paper-text">{"".join(_mark_up(notice, text))}</div></main></body></html>'
    )


def _mark_up(notice: Notice, text: str) -> Iterator[str]:
    """The text in pieces, nothing left out; an address is given once."""
    at = 0
    given: set[str] = {""}
    for span in sorted(_spans(notice), key=lambda s: (s.start, s.end)):
        if span.start < at:
            continue
        anchor = "" if span.anchor in given else f' id="{escape(span.anchor)}"'
        given.add(span.anchor)
        yield escape(text[at : span.start])
        yield f'<span class="{span.style}"{anchor}>{escape(text[span.start : span.end])}</span>'
        at = span.end
    yield escape(text[at:])


def _spans(notice: Notice) -> Iterator[_Span]:
    """The anchors are those of citations: m9, m9.3, c1, p2, title, number."""
    yield _Span(notice.title_at.start, notice.title_at.end, "notice-title", "title")
    if notice.document_number:
        yield _Span(notice.document_number.start, notice.document_number.end, "doc-number", "number")
    for provision in (*notice.preamble, *notice.closing):
        yield _Span(provision.start, provision.end, "sentence", f"p{provision.number}")
    for chapter in notice.chapters:
        if chapter.heading:
            yield _Span(chapter.heading.start, chapter.heading.end, "chapter-title", f"c{chapter.id.partition('/')[2]}")
        for measure in chapter.measures:
            yield _Span(measure.heading.start, measure.heading.end, "measure-title", measure.anchor)
            for provision in measure.provisions:
                yield _Span(provision.start, provision.end, "sentence", f"{measure.anchor}.{provision.number}")
            for duty in measure.responsibilities:
                yield _Span(duty.phrase.start, duty.phrase.end, "duty")
