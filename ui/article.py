"""A notice as an HTML article: every character of the canonical text and no other, with its marks and addresses.

Labels of buttons and numbers of sentences are drawn by the style sheet from attributes, so that they are no text of
the article and are never copied with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Measure, Notice
from ui.citing import ask_address, cite_notice, cite_place, department_address, notice_address, place_address
from ui.marks import Mark, MarkKind, Target, find_marks, find_targets, within
from ui.markup import element, icon, join, verbatim
from ui.printed import Block, BlockKind, read_blocks

_TAGS = {BlockKind.TITLE: "h1", BlockKind.INNER_TITLE: "h2", BlockKind.CHAPTER: "h2"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with its canonical text; `is_only` where the corpus holds no other."""

    notice: Notice
    text: str
    is_only: bool = True


def render_article(shown: Shown) -> Markup:
    article = _Article(shown)
    cited, address = cite_notice(shown.notice), notice_address(shown.notice)
    return element("article", *article.pieces(), class_="sheet", data_copy=cited, data_address=address)


class _Article:
    """Writes the blocks one after another; what stands between them is white space and is written too."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._text = shown.text
        self._blocks = read_blocks(shown.notice, shown.text)
        self._targets = find_targets(shown.notice)
        self._marks = find_marks(shown.notice)

    def pieces(self) -> Iterator[Markup]:
        at = 0
        blocks = list(self._blocks)
        while blocks:
            block = blocks.pop(0)
            yield verbatim(self._text[at : block.start])
            at = block.end
            if block.measure is None:
                yield self._block(block)
                continue
            inside: list[Markup] = []
            last = _end_of(block.measure)
            while blocks and blocks[0].kind is BlockKind.TEXT and blocks[0].start < last:
                following = blocks.pop(0)
                inside += [verbatim(self._text[at : following.start]), self._block(following)]
                at = following.end
            yield self._measure(block, join(inside))
        yield verbatim(self._text[at:])

    def _block(self, block: Block) -> Markup:
        inside = self._inline(block.start, block.end)
        anchor = f"c{block.chapter.id.partition('/')[2]}" if block.chapter else None
        style = f"printed printed--{block.kind}" + (" target" if anchor else "")
        return element(_TAGS.get(block.kind, "p"), inside, class_=style, id=anchor)

    def _measure(self, block: Block, inside: Markup) -> Markup:
        measure = block.measure
        assert measure
        heading_id = f"h-{measure.anchor}"
        heading = element("h3", self._inline(block.start, block.end), id=heading_id)
        head = element("div", heading, self._tools(block, measure), class_="measure__head")
        above = f"c{block.chapter.id.partition('/')[2]}" if block.chapter else None
        alias = element("span", id=above) if above else ""
        return element(
            "section",
            alias,
            head,
            inside,
            class_="measure",
            id=measure.anchor,
            data_label=measure.label or measure.title,
            aria_labelledby=heading_id,
        )

    def _tools(self, block: Block, measure: Measure) -> Markup:
        chapter = next(c for c in self._shown.notice.chapters if measure in c.measures)
        place = Place(self._shown.notice, chapter, measure)
        name = f"{measure.label}{measure.title}"
        copy = element(
            "button",
            icon("copy"),
            class_="tool needs-script",
            type="button",
            data_label="复制引用",
            data_copy=cite_place(place),
            data_address=place_address(place),
            aria_label=f"复制引用：{name}",
        )
        ask = element(
            "a",
            icon("chat"),
            class_="tool",
            href=ask_address(place, self._shown.is_only),
            data_label="就这一条提问",
            aria_label=f"就这一条提问：{name}",
        )
        return element("div", copy, ask, class_="measure__tools")

    def _inline(self, start: int, end: int) -> Markup:
        """The text from start to end with the targets that it holds or shares."""
        pieces: list[Markup] = []
        at = start
        for target in self._targets:
            if target.end <= start or target.start >= end:
                continue
            first, last = max(target.start, start), min(target.end, end)
            pieces += [self._marked(at, first), self._target(target, first, last)]
            at = last
        return join([*pieces, self._marked(at, end)])

    def _target(self, target: Target, start: int, end: int) -> Markup:
        is_begin = start == target.start
        anchor = target.anchor if is_begin and target.anchor else None
        link: Markup | str = ""
        if anchor and target.number is not None:
            says = f"{target.label}第{target.number}句的固定地址"
            link = element("a", class_="anchor", href=f"#{anchor}", data_n=target.number, aria_label=says)
        words = self._marked(start, end)
        if target.alias and is_begin:
            words = element("span", words, class_="target", id=target.alias)
        return element("span", link, words, class_="target", id=anchor)

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
        return element("a", words, class_="dept", href=department_address(mark.name))


def _end_of(measure: Measure) -> int:
    """Where its last words end."""
    spans = (
        measure.heading.end,
        *(p.end for p in measure.provisions),
        *(r.phrase.end for r in measure.responsibilities),
    )
    return max(spans)
