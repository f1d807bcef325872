"""Renders the HTML templates in ui/templates: text is escaped, nothing unseen gets in, links lead to our own pages."""

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ui.language import TAGS, address_in
from ui.markup import check_address, icon, undisguise, verbatim
from ui.site.values import check_web_address
from ui.words import word

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, language: str, **context: object) -> Markup:
    """`template` is a path in ui/templates without its ending.

    A template says `word("key", field=…)` in that language; every address in it goes through the filter `own`, or, where
    it is the operator's link to another site, `operators_own`; a name that is not given is an error.
    """
    return Markup(_load(template).render(**_in_language(language), **context))


def on_one_line(html: Markup) -> Markup:
    """For Markdown, where an empty line would end the HTML; line breaks of texts are written `&#10;` already."""
    return Markup(" ".join(html.split("\n")))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finish,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    environment.filters["own"] = check_address
    environment.filters["operators_own"] = check_web_address
    environment.filters["verbatim"] = verbatim
    environment.globals["icon"] = icon
    return environment


@cache
def _load(template: str) -> Template:
    return _environment().get_template(f"{template}.html")


@cache
def _in_language(language: str) -> dict[str, object]:
    return {
        "word": partial(word, language=language),
        "in_language": partial(address_in, language),
        "language": language,
        "tag": TAGS[language],
    }


def _finish(value: object) -> object:
    """Text as it may stand in a page; None is nothing."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return escape(undisguise(str(value))).replace("\n", Markup("&#10;"))
