"""What a visitor says of themselves, chosen or told, as the words that are looked for in the notices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from assistant.evidence.attributes import FROM_ELSEWHERE, levels_of, recipients_of
from assistant.naming.places import load_places
from assistant.naming.synonyms import Synonyms
from assistant.naming.vocabulary import QuestionVocabulary
from corpus.store import Corpus
from ui.pages.match.options import Options, may_be_somebody, word_lists

LONGEST_SAID = 200
_SHORTEST_FIELD = 4
_COUNTED = re.compile(r"[\d一二两三四五六七八九十百千几多来]+(?:余|多)?个?(?:人|名(?:员工|职工)?)")


_Said = Annotated[str, AfterValidator(lambda said: said.strip()[:LONGEST_SAID])]


class Profile(BaseModel):
    """The query of the address; an empty field says nothing."""

    model_config = ConfigDict(frozen=True)

    told: _Said = ""
    kind: _Said = ""
    field: _Said = ""
    place: _Said = ""
    size: _Said = ""
    level: _Said = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.kind, self.field, self.place, self.size, self.level)))


class TraitKind(StrEnum):
    """What a word tells; `GROUP` is what the visitor surely is too: a 高新技术企业 is an 企业."""

    WHO = "who"
    FIELD = "field"
    PLACE = "place"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Trait:
    """A thing that was said, with the words by which a notice may print it, the best first."""

    kind: TraitKind
    said: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: what tells them apart, and the groups (kind, size, origin) and levels that they named.

    `unprinted` are words that no notice prints.
    """

    traits: tuple[Trait, ...]
    groups: dict[str, frozenset[str]]
    levels: frozenset[str]
    unprinted: tuple[str, ...]

    def is_apart_from(self, recipients: str) -> bool:
        """Whether the recipients that a text names are of another kind, size, origin or level."""
        named = recipients_of(recipients) | {"level": levels_of(recipients)}
        own = self.groups | {"level": self.levels}
        return any(others and own[by] and not own[by] & others for by, others in named.items())


def read_asker(profile: Profile, options: Options, corpus: Corpus) -> Asker:
    reading = _Reading(options, corpus)
    told = _COUNTED.sub("，", profile.told)
    found = (*reading.chosen(profile), *reading.told(told))
    said = " ".join((told, *profile.chosen))
    groups = {by: frozenset(named) for by, named in recipients_of(said).items()}
    if not groups["origin"]:
        groups["origin"] = reading.origin_of(said)
    whole = next((t.said for t in found if t.kind is TraitKind.WHO), profile.told)
    wider = (Trait(TraitKind.GROUP, whole, (group,)) for group in sorted(groups["kind"]))
    traits = {t.phrases: t for t in (*wider, *found) if reading.is_printed(t)}
    unknown = (*_COUNTED.findall(profile.told), *(t.said for t in found if not reading.is_printed(t)))
    return Asker(tuple(traits.values()), groups, levels_of(said), tuple(dict.fromkeys(unknown)))


class _Reading:
    def __init__(self, options: Options, corpus: Corpus) -> None:
        self._options = options
        self._corpus = corpus
        self._text = "\n".join(corpus.texts.values()).replace("\n", "")
        self._vocabulary = QuestionVocabulary(corpus.cutter, ())
        self._home = load_places().home_of(corpus.texts.values())

    def is_printed(self, trait: Trait) -> bool:
        return any(p in self._text for p in trait.phrases)

    def origin_of(self, said: str) -> frozenset[str]:
        """Whether the places that are named lie where the notices speak for; nothing where none is."""
        found = {p.province in self._home for p in load_places().find(said)} if self._home else set()
        return frozenset({"本地" if all(found) else FROM_ELSEWHERE} if found else ())

    def _place(self, name: str) -> Iterator[Trait]:
        """The province itself stands in the names of much that is no place."""
        found = load_places().find(name)
        if not any(p.province in self._home and not p.is_city for p in found):
            yield Trait(TraitKind.PLACE, name, (name,))

    def chosen(self, profile: Profile) -> Iterator[Trait]:
        if profile.kind:
            yield Trait(TraitKind.WHO, profile.kind, (profile.kind,))
        if profile.place:
            yield from self._place(profile.place)
        sizes = (group for group in word_lists()["sizes"] if profile.size in group)
        yield from (Trait(TraitKind.WHO, profile.size, tuple(group)) for group in sizes)
        if profile.level and not (profile.kind or profile.field or profile.size or profile.told):
            same = tuple(x for x in ("国家级", "部级") if levels_of(x) == levels_of(profile.level))
            yield Trait(TraitKind.GROUP, profile.level, (profile.level, *same))
        if profile.field:
            long = [p for p in self._phrases(profile.field) if len(p) >= _SHORTEST_FIELD]
            yield Trait(
                TraitKind.FIELD,
                profile.field,
                tuple(dict.fromkeys((profile.field, *(long or self._phrases(profile.field))))),
            )

    def told(self, told: str) -> Iterator[Trait]:
        """Names that the form offers, everyday words for printed ones, then every other word that names something."""
        rest = told
        sizes = {name: group for group in word_lists()["sizes"] for name in group}
        names = dict.fromkeys(self._options.fields, TraitKind.FIELD)
        names |= dict.fromkeys((*self._options.kinds, *sizes), TraitKind.WHO)
        for name in sorted(names, key=len, reverse=True):
            if name in rest:
                rest = rest.replace(name, "，")
                yield Trait(names[name], name, tuple(dict.fromkeys((name, *sizes.get(name, ())))))
        for said, printed in Synonyms(self._corpus).pairs_in(rest):
            rest = rest.replace(said, "，")
            yield Trait(_kind_of(printed), said, (printed,))
        for place in load_places().find(rest):
            rest = rest.replace(place.text, "，")
            yield from self._place(place.text)
        words = (w for w in self._vocabulary.content_words(rest) if self._corpus.cutter.knows(w))
        yield from (Trait(_kind_of(word), word, (word,)) for word in words)

    def _phrases(self, name: str) -> tuple[str, ...]:
        """检验检测认证, 检验检测 and 检测认证 of 检验检测认证服务: what two or more of its words make, or the only one."""
        words = self._vocabulary.content_words(name)
        runs: list[list[str]] = [[words[0]]] if words else []
        for before, word in pairwise(words):
            if f"{before}{word}" in name:
                runs[-1].append(word)
            else:
                runs.append([word])
        joined = {
            "".join(run[a:b])
            for run in runs
            for a in range(len(run))
            for b in range(a + min(2, len(run)), len(run) + 1)
        }
        return tuple(sorted(joined, key=len, reverse=True))


def _kind_of(word: str) -> TraitKind:
    return TraitKind.WHO if may_be_somebody(word) else TraitKind.FIELD
