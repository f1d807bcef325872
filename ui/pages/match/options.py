"""What visitors can say of themselves: the kinds, fields, places, sizes and levels that the notices print."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.evidence.attributes import levels_of
from assistant.naming.places import load_places
from corpus.notice import Item
from corpus.store import Corpus

_TABLE = Path(__file__).parents[2] / "data" / "match.toml"
# Where somebody is spoken of, and not the middle of a longer name.
_BEFORE = r"(?:^|[，。；、（“的和与及或对为给向由]|支持|鼓励|引导|推动|推荐|培育)"
_LISTED = re.compile("[、和与及]|以及|等[^，。；]{0,6}$")
_FIELDS = re.compile(r"(?P<list>[^，。；：（）“”]{2,80}?)等(?:重点|相关|新兴|优势)?(?:领域|行业|产业)")
_LEVEL = re.compile("(?:国家|[部省市区县])级(?:以[上下])?")
_COUNTED = re.compile(r"^(?:[一两几]|\d+)[批些家个名]")
_LONGEST = 14
_MOST = 40
_KEPT: dict[str, "Options"] = {}


@dataclass(frozen=True, slots=True)
class Options:
    """What the form offers, each as printed, the most printed first; `recipients` are the kinds who get something."""

    recipients: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@cache
def word_lists() -> dict[str, list[Any]]:
    """The table of general words; `sizes` holds lists of words that say the same."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def may_be_somebody(name: str) -> bool:
    """Whether it ends like the name of an organisation, a group or a person, and says more than that."""
    return name.endswith(tuple(word_lists()["heads"])) and name not in word_lists()["bare"]


def printed_of(item: Item) -> str:
    """Its words without the ends of lines."""
    return item.text.replace("\n", "")


def read_options(corpus: Corpus) -> Options:
    """Of one version of the corpus; reading them takes longer than a page may, so that the last is kept."""
    kept = _KEPT.get(corpus.version)
    if kept is None:
        _KEPT.clear()
        kept = _KEPT[corpus.version] = _OptionReader(corpus).read()
    return kept


class _OptionReader:
    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._cutter = corpus.cutter
        places = (p for p in corpus.catalogue.provisions if p.provision and (p.measure or p.annex))
        self._text = "\n".join(printed_of(i) for p in places if p.provision for i in p.provision.items)

    def read(self) -> Options:
        groups = ([s for s in group if s in self._text] for group in word_lists()["sizes"])
        words = set(self._cutter.cut(self._text))
        places = {p.text for p in load_places().find(self._text)}
        recipients = self._by_count(self._given())
        return Options(
            recipients=recipients,
            kinds=tuple(dict.fromkeys((*recipients, *self._by_count(self._named()))))[:_MOST],
            fields=tuple(dict.fromkeys((*self._titles(), *self._by_count(self._fields()))))[:_MOST],
            places=self._by_count(p for p in places if any(w.startswith(p) for w in words)),
            sizes=tuple(group[0] for group in groups if group),
            levels=self._by_count(levels_of(self._text)),
        )

    def _by_count(self, names: Iterable[str]) -> tuple[str, ...]:
        counts = {name: self._text.count(name) for name in names}
        return tuple(sorted(counts, key=lambda name: (-counts[name], len(name), name))[:_MOST])

    def _given(self) -> Iterator[str]:
        """Who gets something, without how many and of which level: 中试基地 of 省级中试基地."""
        for row in self._corpus.catalogue.supports:
            who = row.support.who.text.replace("\n", "").rpartition("的")[2] if row.support.who else ""
            yield from (n for part in _LISTED.split(who) if self._may_be(n := _COUNTED.sub("", _LEVEL.sub("", part))))

    def _named(self) -> Iterator[str]:
        """Names of the lexicon that stand by themselves, of words that name things."""
        for name in self._corpus.lexicon.names:
            if not self._may_be(name) or _LEVEL.search(name):
                continue
            before = self._cutter.cut(name)[:-1]
            is_sentence = any(w in word_lists()["heads"] for w in before[:-1])
            if not is_sentence and all(map(self._cutter.may_name, before)):
                yield from [name] if re.search(_BEFORE + re.escape(name), self._text) else []

    def _may_be(self, name: str) -> bool:
        """Whether it ends like the name of somebody; 职工关心企业 and 优化科技型企业 are sentences."""
        lists = word_lists()
        if not may_be_somebody(name) or not 2 <= len(name) <= _LONGEST:
            return False
        words = self._cutter.cut(name)
        is_told = words[0] in lists["acts"] or any(map(self._cutter.is_functional, words))
        is_odd = name[0].isascii() or name.startswith(tuple(lists["qualities"]))
        return not (is_told or is_odd or self._corpus.departments.find(name))

    def _titles(self) -> Iterator[str]:
        """Titles of measures that name a field, and do not tell what is done."""
        for place in self._corpus.catalogue.measures:
            title = place.measure.title if place.measure else ""
            words = self._cutter.cut(title)
            is_name = words and self._cutter.may_name(words[0]) and words[0] not in word_lists()["acts"]
            if is_name and 2 <= len(title) <= _LONGEST and not re.search("[的由是为，。“]", title):
                yield from () if title.endswith(tuple(word_lists()["no_fields"])) else (title,)

    def _fields(self) -> Iterator[str]:
        """A、B and C of 聚焦A、B、C等领域."""
        for found in _FIELDS.finditer(self._text):
            for part in _LISTED.split(found["list"].rpartition("的")[2]):
                words = self._cutter.cut(part)
                others = [n for n, w in enumerate(words) if w in word_lists()["acts"] or self._cutter.is_functional(w)]
                name = "".join(words[max(others, default=-1) + 1 :])
                if 2 <= len(name) <= _LONGEST and name in part:
                    yield name
