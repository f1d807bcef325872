"""Chooses the language of a page: its address first, then the browser, Chinese otherwise."""

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from ui.words import LANGUAGES

TAGS = {"zh": "zh-CN", "en": "en"}


def choose_language(query: str, accepted: str) -> str:
    """`query` is the query string, `accepted` the Accept-Language header.

    English only for browsers that ask for it and for no Chinese: many Chinese systems list English too.
    """
    wanted = parse_qs(query).get("lang", [""])[-1].lower()[:2]
    if wanted in LANGUAGES:
        return wanted
    tags = [part.partition(";")[0].strip().lower() for part in accepted.split(",")]
    asks_for_chinese = any(t.startswith("zh") for t in tags)
    return "en" if not asks_for_chinese and any(t.startswith("en") for t in tags) else "zh"


def other_language(language: str) -> str:
    return "en" if language == "zh" else "zh"


def address_in(language: str, address: str) -> str:
    """An address of ours in that language; Chinese needs no saying."""
    if language == "zh":
        return address
    parts = urlsplit(address)
    return f"{parts.path}{query_in(language, parts.query)}" + (f"#{parts.fragment}" if parts.fragment else "")


def query_in(language: str, query: str) -> str:
    """The query with the language said in it: by itself the address of the same page."""
    rest = [(name, value) for name, value in parse_qsl(query) if name != "lang"]
    return f"?{urlencode([*rest, ('lang', language)])}"
