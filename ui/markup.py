"""Builds HTML that is safe by construction: known elements and attributes, escaped text, links to our own pages."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_ELEMENTS = frozenset(
    "a article aside b blockquote body br button caption circle col colgroup dd div dl dt em fieldset figcaption figure"
    " footer form h1 h2 h3 h4 head header hr html i input label legend li link main mark meta nav ol optgroup option p path"
    " details summary q script section select small span strong svg table tbody td textarea th thead time title tr ul use".split()
)
_VOID = frozenset("br col hr input link meta".split())
_ATTRIBUTES = frozenset(
    "action autocomplete charset checked class colspan content defer dir disabled enterkeyhint for hidden href hreflang id"
    " inputmode lang maxlength method name placeholder rel role rows scope selected src start tabindex title type value"
    " rowspan".split()
)
_OPEN_GROUPS = ("aria-", "data-")
_ADDRESSES = frozenset({"action", "href", "src"})
_OWN_ADDRESS = re.compile(r"(?:/(?![/\\])[^\s\\]*)?(?:[?#][^\s\\]*)?")
# Control characters and those that turn the direction of writing could disguise what is shown.
_DISGUISES = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)

Value = str | int | bool | None


class UnsafeMarkup(ValueError):
    """The code asked for an element, an attribute or an address that no page of ours may hold."""


def element(name: str, /, *children: str, **attributes: Value) -> Markup:
    """`element("a", "原文", href="/measures", class_="tool", aria_label="…")`; None and False leave an attribute out."""
    if name not in _ELEMENTS:
        raise UnsafeMarkup(f"element {name!r}")
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(pieces: Iterable[str]) -> Markup:
    """The pieces one after another; what is no markup yet becomes text."""
    return Markup("".join(p if isinstance(p, Markup) else escape(undisguise(p)) for p in pieces))


def undisguise(text: str) -> str:
    """Without characters that are not seen but change what is seen."""
    return _DISGUISES.sub("", text)


def check_address(address: str) -> str:
    """An address on this site, relative or a place in the page; raises UnsafeMarkup for any other."""
    text = undisguise(address)
    if not _OWN_ADDRESS.fullmatch(text):
        raise UnsafeMarkup(f"address {text!r}")
    return text


def verbatim(text: str) -> Markup:
    """Every character of a notice; those that could disguise others are there, but take no part in the page."""
    written: list[str] = []
    at = 0
    for found in _DISGUISES.finditer(text):
        written += [escape(text[at : found.start()]), Markup(f"<span hidden>{found.group()}</span>")]
        at = found.end()
    return Markup("".join([*written, escape(text[at:])]))


def icon(name: str) -> Markup:
    """A decoration; whatever it says must also stand there in words."""
    return element("svg", element("use", href=f"/ui/icons.svg#{name}"), class_="icon", aria_hidden="true")


def _attribute(key: str, value: Value) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name not in _ATTRIBUTES and not name.startswith(_OPEN_GROUPS):
        raise UnsafeMarkup(f"attribute {name!r}")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = undisguise(str(value))
    return f' {name}="{escape(check_address(text) if name in _ADDRESSES else text)}"'
