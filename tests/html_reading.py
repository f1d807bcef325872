"""What a browser would make of HTML, for the tests of what we write."""

from html.parser import HTMLParser

_VOID = {"br", "hr", "input", "link", "meta", "img"}


class Reading(HTMLParser):
    """Tags, attributes, addresses and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.values: list[str] = []
        self.text = ""
        self.depth = 0
        # Markup escapes what is added to it.
        self.feed("".join(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.values += [value or "" for _, value in attrs]
        self.depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data
