"""Finds departments by the telling words of their English names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.naming.english.words import Match, Token, choose_matches, english_words
from assistant.naming.places import load_places
from corpus.language.departments import Department, Level
from corpus.store import Corpus

_ORGANIZATIONS = frozenset(
    "department bureau administration office commission committee ministry authority institution association branch "
    "federation academy bank service center society council union court government".split()
)
_MARKS_OF_LEVEL = frozenset({"national", "state", "central", "china", "ministry", "party"})
# What a department is called besides what it is responsible for.
_ANY_DEPARTMENT = frozenset(
    "department bureau administration office commission committee ministry authority institution branch service center "
    "provincial municipal national state central china party general for under".split()
)
_TOO_GENERAL = frozenset(
    "government people work affair local public general research service council union court society school security "
    "association federation academy information".split()
)
_ENOUGH_ALONE = frozenset({"housing", "agriculture", "water", "ecology", "culture", "emergency", "veteran"})
_SHORT = {
    "it": "information technology",
    "drc": "development reform commission",
    "ndrc": "national development reform commission",
    "csrc": "china security regulation commission",
    "nfra": "national financial regulation administration",
    "pbc": "people bank china",
    "pboc": "people bank china",
    "mof": "ministry finance",
    "miit": "ministry industry information technology",
    "hrss": "department human resource social security",
}
_LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class _Body:
    """A department with the words of its English name."""

    department: Department
    words: frozenset[str]
    is_printed: bool

    def is_meant_by(self, said: frozenset[str]) -> bool:
        """Whether the words around the name agree with its level; provincial where none is said."""
        if not said & _MARKS_OF_LEVEL <= self.words or ("municipal" in said) != ("municipal" in self.words):
            return False
        if "party" in self.words and "party" not in said and not self.is_printed:
            return False
        return self.department.level is Level.PROVINCIAL or "provincial" not in said

    @property
    def rank(self) -> tuple[bool, bool, int]:
        return not self.is_printed, self.department.level is not Level.PROVINCIAL, len(self.words)


class EnglishDepartments:
    """Departments by the words that tell one from the other."""

    def __init__(self, corpus: Corpus) -> None:
        printed = {d.name for name in corpus.catalogue.departments if (d := corpus.departments.named(name))}
        known = [(d, english_words(d.english)) for d in corpus.departments.departments if d.english]
        vocabulary = {word for _, words in known for word in words}
        self._vocabulary = frozenset({*vocabulary, *_ORGANIZATIONS, *_SHORT, "", "for"})
        places = load_places()
        home = places.home_of(corpus.texts.values())
        ours = {word for word in vocabulary if any(m.province in home for m in places.find(word))}
        bodies: dict[frozenset[str], list[_Body]] = {}
        for department, words in known:
            telling = tuple(w for w in words if w not in _ANY_DEPARTMENT and w not in ours)
            body = _Body(department, frozenset(words), department.name in printed)
            for key in _forms(telling):
                bodies.setdefault(key, []).append(body)
        self._bodies = {key: sorted(found, key=lambda b: b.rank) for key, found in bodies.items()}
        self._not_telling = _ANY_DEPARTMENT | ours | {"for"}

    def find(self, tokens: Sequence[Token]) -> tuple[Match, ...]:
        """Weighted by their number of words."""
        if not any(t.word in _ORGANIZATIONS or t.word in _SHORT for t in tokens):
            return ()
        named = [m for first in range(len(tokens)) for m in self._starting_at(tokens, first)]
        return tuple(replace(m, weight=m.last - m.first + 1) for m in choose_matches(named))

    def _starting_at(self, tokens: Sequence[Token], first: int) -> Iterator[Match]:
        """Names of departments that start with this word, with the number of words they share as weight."""
        said: set[str] = set()
        before = frozenset({tokens[first - 1].word} & {"municipal"}) if first else frozenset()
        for last in range(first, min(first + _LONGEST_NAME, len(tokens))):
            token = tokens[last]
            if token.word not in self._vocabulary or (last > first and (token.opens or token.after_comma)):
                return
            if token.word in ("", "for"):
                if last == first or (token.word and tokens[last - 1].word in ("department", "bureau")):
                    return
                continue
            said.update(_SHORT.get(token.word, token.word).split())
            telling = frozenset(said - self._not_telling)
            if said & _ORGANIZATIONS and telling in self._bodies:
                bodies = (b for b in self._bodies[telling] if b.is_meant_by(before | said))
                if body := next(bodies, None):
                    shared = len(said & (body.words | {"provincial"}))
                    yield Match(first, last, body.department.name, shared)


def _forms(telling: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """All telling words, the first two, and the first where it is enough."""
    for words in dict.fromkeys((telling, telling[:2])):
        if not _TOO_GENERAL.issuperset(words):
            yield frozenset(words)
    if len(telling) > 2 and telling[0] in _ENOUGH_ALONE:
        yield frozenset(telling[:1])
