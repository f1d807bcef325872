"""Puts English words of the glossary into the form that a sentence wants: several, does, doing."""

import re

_DOUBLED = frozenset({"set", "get", "let", "cut", "put", "plan", "run", "step", "win", "sit", "map"})
_NO_ADVERBS = frozenset({"apply", "supply", "rely", "comply"})
_IRREGULAR = {"person": "people", "child": "children", "crisis": "crises", "series": "series", "means": "means"}
# Before these the name is complete: incubator for technology companies, item of equipment.
_ENDS_OF_NAME = re.compile(r"^(.+?)( (?:for|of|with|who|in|without|lifted|backed|managing) .*)$")


def several(english: str) -> str:
    """incubators; incubators for technology companies."""
    if (named := _ENDS_OF_NAME.match(english)) is not None:
        return several(named[1]) + named[2]
    first, last = english.rpartition(" ")[0], english.rpartition(" ")[2]
    return f"{first} {_plural(last)}".strip()


def doing(english: str) -> str:
    """carrying out; attracting and cultivating; jointly building."""
    return " and ".join(map(_gerund, english.split(" and ")))


def does(english: str) -> str:
    """carries out; encourages and supports."""
    return " and ".join(map(_third_person, english.split(" and ")))


def to_do(english: str) -> str:
    """to carry out; to attract and cultivate."""
    return f"to {english}"


def _plural(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search("[^sui]s$", word):
        # It says several already.
        return word
    if re.search("(?:s|x|ch|sh)$", word):
        return word if word.endswith("quarters") else f"{word}es"
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}s"


def _verb_of(said: list[str]) -> int:
    """jointly build: the verb is the second."""
    return next((n for n, w in enumerate(said) if not w.endswith("ly") or w in _NO_ADVERBS), 0)


def _third_person(words: str) -> str:
    said = words.split(" ")
    at = _verb_of(said)
    return " ".join((*said[:at], _plural(said[at]), *said[at + 1 :]))


def _gerund(words: str) -> str:
    said = words.split(" ")
    at = _verb_of(said)
    verb = said[at]
    if verb in _DOUBLED:
        verb = f"{verb}{verb[-1]}ing"
    elif verb.endswith("ie"):
        verb = f"{verb[:-2]}ying"
    elif verb.endswith("e") and not verb.endswith("ee"):
        verb = f"{verb[:-1]}ing"
    else:
        verb = f"{verb}ing"
    return " ".join((*said[:at], verb, *said[at + 1 :]))
