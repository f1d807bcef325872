"""A notice as an HTML article: every character of the canonical text and no other, with its marks and addresses.

Labels of buttons and numbers of sentences are drawn by the style sheet from attributes, so that they are no text of
the article and are never copied with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.catalogue import Catalogue, Place
from corpus.notice import Chapter, Measure, Notice
from ui.answers.citing import (
    ask_address,
    cite_notice,
    cite_place,
    department_address,
    name_sentences,
    notice_address,
    place_address,
)
from ui.answers.marks import Mark, MarkKind, Target, find_marks, find_targets, within
from ui.answers.printed import Block, BlockKind, read_blocks
from ui.language import TAGS, address_in
from ui.markup import element, icon, join, verbatim
from ui.words import word

_TAGS = {BlockKind.TITLE: "h1", BlockKind.INNER_TITLE: "h2", BlockKind.CHAPTER: "h2"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with its canonical text; `is_only` where the corpus holds no other."""

    notice: Notice
    text: str
    is_only: bool = True


def render_article(shown: Shown, language: str = "zh") -> Markup:
    """`language` is that of the tools; the notice stays as it is printed."""
    article = _Article(shown, language)
    cited, address = cite_notice(shown.notice), notice_address(shown.notice)
    return element("article", *article.pieces(), class_="sheet", lang="zh-CN", data_copy=cited, data_address=address)


class _Article:
    """Writes the blocks one after another; what stands between them is white space and is written too."""

    def __init__(self, shown: Shown, language: str) -> None:
        self._shown = shown
        self._language = language
        self._text = shown.text
        self._blocks = read_blocks(shown.notice, shown.text)
        self._targets = find_targets(shown.notice)
        self._marks = find_marks(shown.notice)
        self._places = Catalogue((shown.notice,)).measures

    def pieces(self) -> Iterator[Markup]:
        at = 0
        blocks = list(self._blocks)
        while blocks:
            block = blocks.pop(0)
            yield self._gap(at, block.start)
            at = block.end
            if block.measure is None:
                yield self._block(block)
                continue
            inside: list[Markup] = []
            last = _end_of(block.measure)
            while blocks and blocks[0].kind is BlockKind.TEXT and blocks[0].start < last:
                following = blocks.pop(0)
                inside += [self._gap(at, following.start), self._block(following)]
                at = following.end
            yield self._measure(block, join(inside))
        yield self._gap(at, len(self._text))

    def _block(self, block: Block) -> Markup:
        inside = self._inline(block.start, block.end)
        anchor = _chapter_anchor(block.chapter) if block.chapter else None
        style = f"printed printed--{block.kind}" + (" target" if anchor else "")
        return element(_TAGS.get(block.kind, "p"), inside, class_=style, id=anchor)

    def _gap(self, start: int, end: int) -> Markup:
        """White space between blocks; a wide space would open a line of its own."""
        gap = self._text[start:end]
        return element("span", verbatim(gap), hidden=True) if gap.strip(" \t\n") else verbatim(gap)

    def _measure(self, block: Block, inside: Markup) -> Markup:
        measure = block.measure
        assert measure
        place = next(p for p in self._places if p.measure is measure)
        heading_id = f"h-{measure.anchor}"
        is_below_chapter = place.chapter and place.chapter.heading and block.chapter is None
        words = self._inline(block.start, block.end)
        heading = element("h3" if is_below_chapter else "h2", words, class_="measure__title", id=heading_id)
        head = element("div", heading, self._tools(place, measure), class_="measure__head")
        alias = element("span", id=_chapter_anchor(block.chapter)) if block.chapter else ""
        return element(
            "section",
            alias,
            head,
            inside,
            class_="measure",
            id=measure.anchor,
            data_label=name_sentences(place),
            aria_labelledby=heading_id,
        )

    def _tools(self, place: Place, measure: Measure) -> Markup:
        cited, address = cite_place(place), place_address(place)
        ask = ask_address(place, self._shown.is_only, self._language)
        tools = (
            element("button", icon("copy"), class_="tool needs-script", type="button", data_copy=cited,
                    data_address=address, **self._label("copy_citation", measure)),
            element("button", icon("speak"), class_="tool needs-script", type="button", data_speak=True,
                    **self._label("speak", measure)),
            element("a", icon("chat"), class_="tool", href=ask, **self._label("ask_this", measure)),
        )  # fmt: skip
        return element("div", *tools, class_="measure__tools", lang=TAGS[self._language])

    def _label(self, key: str, measure: Measure) -> dict[str, str]:
        """Seen in short, heard with the measure that it is about."""
        action = word(key, self._language)
        about = word("about_measure", self._language, action=action, measure=f"{measure.label}{measure.title}")
        return {"data_label": action, "aria_label": about}

    def _inline(self, start: int, end: int, targets: Sequence[Target] | None = None) -> Markup:
        """The text from start to end with the targets that it holds or shares."""
        pieces: list[Markup] = []
        at = start
        for target in self._targets if targets is None else targets:
            if target.end <= start or target.start >= end:
                continue
            first, last = max(target.start, start), min(target.end, end)
            pieces += [self._marked(at, first), self._target(target, first, last)]
            at = last
        return join([*pieces, self._marked(at, end)])

    def _target(self, target: Target, start: int, end: int) -> Markup:
        anchor = target.anchor if start == target.start else None
        link: Markup | str = ""
        if anchor and target.number is not None:
            says = word("sentence_address", self._language, measure=target.label, number=target.number)
            link = element("a", class_="anchor", href=f"#{anchor}", data_n=target.number, aria_label=says,
                           lang=TAGS[self._language])  # fmt: skip
        return element("span", link, self._inline(start, end, target.inside), class_="target", id=anchor)

    def _marked(self, start: int, end: int) -> Markup:
        pieces: list[Markup] = []
        at = start
        for mark in within(self._marks, start, end):
            pieces += [verbatim(self._text[at : mark.start]), self._mark(mark)]
            at = mark.end
        return join([*pieces, verbatim(self._text[at:end])])

    def _mark(self, mark: Mark) -> Markup:
        words = verbatim(self._text[mark.start : mark.end])
        if mark.kind is MarkKind.SUM:
            return element("span", words, class_="sum")
        return element("a", words, class_="dept", href=address_in(self._language, department_address(mark.name)))


def _chapter_anchor(chapter: Chapter) -> str:
    return f"c{chapter.id.partition('/')[2]}"


def _end_of(measure: Measure) -> int:
    """Where its last words end."""
    spans = (
        measure.heading.end,
        *(p.end for p in measure.provisions),
        *(r.phrase.end for r in measure.responsibilities),
    )
    return max(spans)
