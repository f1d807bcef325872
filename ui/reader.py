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
    pieces: list[str] = []
    at = 0
    for span in sorted(_spans(notice), key=lambda s: (s.start, s.end)):
        if span.start < at:
            continue
        anchor = f' id="{escape(span.anchor)}"' if span.anchor else ""
        pieces.append(escape(text[at : span.start]))
        pieces.append(f'<span class="{span.style}"{anchor}>{escape(text[span.start : span.end])}</span>')
        at = span.end
    pieces.append(escape(text[at:]))
    return (
        f'<!doctype html><html lang="zh-CN"><head>{page_head(notice.title)}</head><body class="reader">'
        f'<header class="band"><div class="band__row"><a class="brand" href="/">政策问答</a>'
        f'<a class="band__link" href="/api/v1/notices/{escape(notice.id)}/text">纯文本</a></div></header>'
        f'<main class="sheet"><div class="paper-text">{"".join(pieces)}</div></main></body></html>'
    )


def _spans(notice: Notice) -> Iterator[_Span]:
    yield _Span(notice.title_at.start, notice.title_at.end, "notice-title")
    if notice.document_number:
        yield _Span(notice.document_number.start, notice.document_number.end, "doc-number")
    for chapter in notice.chapters:
        if chapter.heading:
            yield _Span(chapter.heading.start, chapter.heading.end, "chapter-title", f"c{chapter.number}")
        for measure in chapter.measures:
            yield _Span(measure.heading.start, measure.heading.end, "measure-title", measure.anchor)
            for provision in measure.provisions:
                yield _Span(provision.start, provision.end, "sentence", f"{measure.anchor}.{provision.number}")
            for duty in measure.responsibilities:
                yield _Span(duty.phrase.start, duty.phrase.end, "duty")
