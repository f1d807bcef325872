"""Cuts English into words of one form, whatever their number, spelling and hyphens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]\s?&\s?[A-Za-z](?![A-Za-z])|[A-Za-z0-9]+(?:['’][A-Za-z]+)*)")
_BREAK = re.compile(r"[^\s\-–—/&+'’\"“”,]")
_POSSESSIVE = re.compile(r"['’]s?$")
_BRITISH = (
    (re.compile(r"(?<!pr)is(ations?|ational|ed|ing|e)$"), r"iz\1"),
    (re.compile(r"our$"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"ll(ing|ed)$"), r"l\1"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"gramme$"), "gram"),
    (re.compile(r"ence$"), "ense"),
)
# Words that say the same in a name, and abbreviations with their words written together; "" says nothing.
_SAME = {
    **dict.fromkeys(("the", "and", "of", "level", "sized", "grade", "calibre", "caliber"), ""),
    **dict.fromkeys(("company", "firm", "corporation"), "enterprise"),
    **dict.fromkeys(("institute", "organization", "agency", "body"), "institution"),
    **dict.fromkeys(("coupon", "ticket"), "voucher"),
    **dict.fromkeys(("sci", "scientific"), "sciense"),
    **dict.fromkeys(("tech", "technological"), "technology"),
    **dict.fromkeys(("supervision", "supervisory", "regulatory"), "regulation"),
    **dict.fromkeys(("ministerial", "minister"), "ministry"),
    **dict.fromkeys(("city", "municipality"), "municipal"),
    **dict.fromkeys(("ocean", "oceanic"), "marine"),
    "agricultural": "agriculture",
    "ai": "artificialintelligense",
    "environmental": "environment",
    "hi": "high",
    "industrial": "industry",
    "ip": "intellectualproperty",
    "province": "provincial",
    "r&d": "researchdevelopment",
    "s&t": "sciensetechnology",
    "sme": "smallmediumenterprise",
    "taxation": "tax",
    "testing": "test",
    "transportation": "transport",
    "vr": "virtualreality",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place in the text, in the form that names are compared in."""

    word: str
    start: int
    end: int
    opens: bool  # a full stop or Chinese stands before it
    after_comma: bool

    @property
    def key(self) -> str:
        return f",{self.word}" if self.after_comma else self.word


@dataclass(frozen=True, slots=True)
class Match:
    """A name from the first to the last of its words."""

    first: int
    last: int
    chinese: str
    weight: int


def choose_matches(matches: Iterable[Match]) -> list[Match]:
    """The weightiest first, of equal ones the shortest; in reading order."""
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.weight, m.last - m.first, m.first)):
        if not any(match.first <= other.last and other.first <= match.last for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.first)


def cut_english(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        gap = text[end : found.start()]
        end = found.end()
        tokens.append(Token(_normal(found[0]), found.start(), end, bool(_BREAK.search(gap)), "," in gap))
    return tokens


def write_together(english: str) -> str:
    """The words without the spaces between them; a comma stays."""
    return "".join(token.key for token in cut_english(english))


def english_words(english: str) -> tuple[str, ...]:
    return tuple(t.word for t in cut_english(english) if t.word)


@lru_cache(maxsize=8192)
def _normal(word: str) -> str:
    """The word in lower case, singular and American spelling; "" where it says nothing."""
    word = _POSSESSIVE.sub("", word.casefold().replace(" ", ""))
    if word in _SAME:
        return _SAME[word]
    if len(word) > 3 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif re.search(r"(?:ss|x|ch|sh)es$", word):
        word = word[:-2]
    elif len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for british, american in _BRITISH:
        word = british.sub(american, word)
    return _SAME.get(word, word)
