"""Finds how characters and names are read aloud; a question then needs no dictionary of pronunciations."""

import re
from collections.abc import Iterable
from functools import cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from corpus.language.readings import Readings

_CHARACTERS = range(0x4E00, 0xA000)
_to_normal = cache(to_normal)
_NAME = re.compile("(?=.*[\u4e00-\u9fff])[\u4e00-\u9fff0-9]+")


def make_readings(names: Iterable[str]) -> Readings:
    """The readings of all characters, and of those names that are read otherwise than character by character."""
    characters = {chr(code): _without_tones(PINYIN_DICT[code]) for code in _CHARACTERS if code in PINYIN_DICT}
    # Only a character of several readings can be read otherwise in a name.
    several = {character for character, readings in characters.items() if " " in readings}
    named = (name for name in names if not several.isdisjoint(name) and _NAME.fullmatch(name))
    spoken = {name: " ".join(lazy_pinyin(name, errors="ignore")) for name in named}
    usual = {name: " ".join(characters[c].split(" ")[0] for c in name if c in characters) for name in spoken}
    return Readings(characters, {name: reading for name, reading in spoken.items() if reading != usual[name]})


def _without_tones(readings: str) -> str:
    return " ".join(dict.fromkeys(map(_to_normal, readings.split(","))))
