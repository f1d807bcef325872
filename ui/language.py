"""Chooses the language of the chat page: the address first, then the browser, Chinese otherwise."""

from urllib.parse import parse_qs

from ui.words import LANGUAGES


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
