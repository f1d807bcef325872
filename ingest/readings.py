"""Finds how characters and names are read aloud; a question then needs no dictionary of pronunciations."""

import re
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin, pinyin

from corpus.readings import Readings

_CHARACTERS = range(0x4E00, 0xA000)
_NAME = re.compile("(?=.*[\u4e00-\u9fff])[\u4e00-\u9fff0-9]+")


def make_readings(names: Iterable[str]) -> Readings:
    """The readings of all characters, and of those names that are read otherwise than character by character."""
    every = [chr(code) for code in _CHARACTERS]
    characters = dict(zip(every, map(" ".join, pinyin(every, style=Style.NORMAL, heteronym=True)), strict=True))
    spoken = {name: " ".join(lazy_pinyin(name, errors="ignore")) for name in names if _NAME.fullmatch(name)}
    usual = {name: " ".join(characters[c].split(" ")[0] for c in name if c in characters) for name in spoken}
    return Readings(characters, {name: reading for name, reading in spoken.items() if reading != usual[name]})
