"""Writes `/widget.js`: the script beside this file, with the operator's name and colours and its words in both languages."""

import json
from pathlib import Path

from ui.service.files import Packed, pack
from ui.site import Colours, Words
from ui.site.colours import shades_of_band
from ui.words import LANGUAGES, word

_SOURCE = Path(__file__).parent / "widget.js"
_PLACE = "__WORDS__"
SAID = {
    **{name: f"embed_{name}" for name in ("open", "shut", "frame", "close", "loading", "down", "unharmed")},
    "fresh": "embed_new_page",
    "again": "try_again",
}
# Our colours as the script has them, by the names of those that take their place.
_COLOURS = {"#0b3f78": "band", "#08315e": "band-2", "#d3e3f5": "on-band-2", "#0d4f94": "action"}


def write_script(named: Words, colours: Colours) -> Packed:
    """The same for everybody."""
    words = {
        language: {name: word(key, language, name=named.said(language)) for name, key in SAID.items()}
        for language in LANGUAGES
    }
    text = _SOURCE.read_text(encoding="utf-8")
    shades = {**shades_of_band(colours.band), **({"action": colours.action} if colours.action else {})}
    for ours, name in _COLOURS.items():
        text = text.replace(ours, shades.get(name, ours))
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return pack(text.replace(_PLACE, written).encode(), "text/javascript")
