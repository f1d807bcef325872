"""Writes `/widget.js`: the script beside this file, with the words it says in both languages."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ui.words import LANGUAGES, word

_SOURCE = Path(__file__).parent / "widget.js"
_PLACE = "__WORDS__"
SAID = {
    "open": "embed_open",
    "shut": "embed_shut",
    "frame": "embed_frame",
    "close": "embed_close",
    "fresh": "embed_new_page",
    "loading": "embed_loading",
    "down": "embed_down",
    "unharmed": "embed_unharmed",
    "again": "try_again",
}


@dataclass(frozen=True, slots=True)
class Script:
    """The text in UTF-8, as it is and packed with gzip, and its entity tag."""

    text: bytes
    packed: bytes
    tag: str


@cache
def write_script() -> Script:
    words = {language: {name: word(key, language) for name, key in SAID.items()} for language in LANGUAGES}
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    text = _SOURCE.read_text(encoding="utf-8").replace(_PLACE, written).encode()
    return Script(text, gzip.compress(text, mtime=0), f'W/"{hashlib.sha256(text).hexdigest()[:16]}"')
