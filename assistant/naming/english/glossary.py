"""Says printed Chinese phrases in English from a glossary and a little grammar; what it does not cover wholly it leaves."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from assistant.naming.english.inflection import doing, several, to_do
from corpus.language.departments import Department, load_departments
from corpus.notice import Notice
from corpus.operator import EnglishTerm

_DATA = Path(__file__).parents[1] / "data"
_LONGEST = 60
_SLOT = "~"
_GAP = " _"
_JOINTS = {"、": ", ", "和": " and ", "及": " and ", "与": " and ", "以及": " and ", "或": " or ", "或者": " or "}
_JOINTS_OF_QUALITIES = {**_JOINTS, "、": " and ", "并": " and ", "且": " and ", "并且": " and ", "，": ", "}
_JOINTS_OF_ACTS = {**_JOINTS, "并": " and ", "且": " and ", "并且": " and ", "，": ", "}
_CLOSING = {"“": "”", "（": "）", "《": "》"}
_NUMBERED = re.compile(r"(\d+|N)(?:个|家|条|项|名|批|种|所|座)?(?=[^\d年月日万亿元人以]{2})")
_AT_LEAST = re.compile(r"(.{2,}?)(\d+)(?:个|家|项|名|所)(?:以上|及以上)")
_MANY_WORDS = re.compile(r" (?:for|of|with|who|or|without|backed|in) ")
_COUNTRY_SPELLING = {"center": "centre", "program": "programme", "specialized": "specialised"}
_ARTICLE = "the "
_VOWELS = frozenset("aeiou")
Form = Callable[[str], str]


class Kind(StrEnum):
    """What a Chinese word is in a phrase; `FIXED` is said of several and of a name that bears no plural."""

    FIXED = "fixed"
    NOUN = "noun"
    MASS = "mass"
    ADJECTIVE = "adjective"
    AFTER = "after"
    VERB = "verb"
    CLAUSE = "clause"
    ADVERB = "adverb"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class _Template:
    """A phrase with one gap: 获得~认定, recognised by ~."""

    before: str
    behind: str
    english: str

    def fill(self, text: str, gloss: Callable[[str], str | None]) -> str | None:
        if not (text.startswith(self.before) and text.endswith(self.behind)):
            return None
        inner = text[len(self.before) : len(text) - len(self.behind)]
        said = gloss(inner) if len(inner) > 1 else None
        return self.english.replace(_SLOT, said) if said else None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the glossary by kind, and its templates, the most literal first."""

    by_kind: Mapping[Kind, Mapping[str, str]]
    templates: tuple[_Template, ...]

    def prefixes(self, kind: Kind, text: str) -> Iterator[tuple[str, str]]:
        """Words of this kind that the text begins with, the longest first, each with its English."""
        words = self.by_kind[kind]
        yield from ((text[:n], words[text[:n]]) for n in range(min(len(text), 12), 0, -1) if text[:n] in words)


@dataclass(slots=True)
class Glossary:
    """English for phrases of one notice. Every answer is None where a character of the phrase stays uncovered."""

    _words: _Words
    _own: Mapping[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def gloss(self, text: str) -> str | None:
        """A title or term as the operator gave it, else a name, else what is done (building patent pools)."""
        plain = _plain(text)
        said = self._own.get(plain) or self.noun(plain)
        return said or (None if self._reads_both_ways(plain) else self.act(plain))

    def noun(self, text: str) -> str | None:
        """Whoever or whatever is named, several of them: ministerial-level incubators recognised by …"""
        return self._once("noun", _plain(text), self._noun)

    def act(self, text: str, form: Form = doing) -> str | None:
        """What is done: building patent pools; in another form build or builds patent pools."""
        return self._once(f"act {form.__name__}", _plain(text), lambda plain: self._act(plain, form))

    def after(self, text: str) -> str | None:
        """What stands behind a name: with outstanding service, recognised by …"""
        return self._once("after", _plain(text).removesuffix("的"), self._after)

    def helped(self, text: str, form: Form = doing) -> str | None:
        """Whom somebody helps to do what: supporting companies in building patent pools."""
        plain = _plain(text)
        for chinese, english in self._words.prefixes(Kind.CLAUSE, plain):
            rest = plain[len(chinese) :]
            if said := self._helped(english, rest):
                return f"{form(english.split(_GAP)[0])} {said}"
            if said := self.noun(rest):
                return f"{form(self._words.by_kind[Kind.VERB].get(chinese, english.split(_GAP)[0]))} {said}"
        return None

    def clause(self, text: str) -> str | None:
        """Who does what: universities building patent pools."""
        return self._once("clause", _plain(text), self._clause)

    def rate(self, text: str) -> str | None:
        """每人每月, per person per month."""
        return self._once("rate", _plain(text), self._rate)

    def one(self, text: str) -> str | None:
        """One of what is named: a subsidy, support."""
        plain = _plain(text)
        if (noun := self._words.by_kind[Kind.NOUN].get(plain)) is not None:
            return f"{'an' if noun[0] in _VOWELS else 'a'} {noun}"
        return self._words.by_kind[Kind.MASS].get(plain)

    def _reads_both_ways(self, text: str) -> bool:
        """发展目标: to develop targets, or the targets of development."""
        words = self._words.by_kind
        return any(
            text[:n] in words[Kind.MASS] and text[:n] in words[Kind.VERB] for n in range(len(text) - 2, len(text))
        )

    def _once(self, kind: str, text: str, find: Callable[[str], str | None]) -> str | None:
        if not text or len(text) > _LONGEST:
            return None
        if (kind, text) not in self._known:
            self._known[kind, text] = None
            self._known[kind, text] = find(text)
        return self._known[kind, text]

    def _noun(self, text: str) -> str | None:
        if (whole := self.whole(text)) is not None:
            return whole
        ways = (
            self._quoted,
            self._such_as,
            self._parallel,
            self._modified,
            self._joined,
            self._counted,
            self._compound,
        )
        return next((said for way in ways if (said := way(text))), None)

    def whole(self, text: str) -> str | None:
        """What the glossary has as it stands."""
        words = self._words.by_kind
        if text in self._own:
            return self._own[text]
        if text in words[Kind.FIXED]:
            return words[Kind.FIXED][text]
        if text in words[Kind.NOUN]:
            return several(words[Kind.NOUN][text])
        if text in words[Kind.MASS]:
            return words[Kind.MASS][text]
        department = _departments().get(text)
        return f"{_ARTICLE}{department.english}" if department else None

    def _quoted(self, text: str) -> str | None:
        """“算力券”."""
        is_one = text[0] == "“" and text.find("”") == len(text) - 1
        return self.noun(text[1:-1]) if is_one else None

    def _such_as(self, text: str) -> str | None:
        """A、B等, A、B等C."""
        at = text.rfind("等")
        if at <= 0 or not (members := self.noun(text[:at])):
            return None
        rest = text[at + 1 :]
        if not rest:
            return f"{members} and the like"
        kind = self.noun(rest)
        return f"{kind} such as {members}" if kind else None

    def _parallel(self, text: str) -> str | None:
        """A的B、C的D is two names, not D of A的B、C."""
        first, last = text.find("的"), text.rfind("的")
        is_parallel = 0 <= first < last and any(joint in text[first:last] for joint in _JOINTS)
        return self._joined(text) if is_parallel else None

    def _modified(self, text: str) -> str | None:
        for at in (n for n in range(len(text) - 2, 0, -1) if text[n] == "的"):
            head = self.noun(text[at + 1 :])
            said = self._with_modifier(text[:at], head) if head else None
            if said:
                return said
        return None

    def _with_modifier(self, modifier: str, head: str) -> str | None:
        if (adjective := self._words.by_kind[Kind.ADJECTIVE].get(modifier)) is not None:
            return f"{adjective} {head}"
        if said := self.after(modifier) or self.act(modifier):
            return f"{head} {said}"
        for chinese, english in self._words.prefixes(Kind.ADJECTIVE, modifier):
            if said := self.after(modifier[len(chinese) :]):
                return f"{english} {head} {said}"
        owner = self.noun(modifier)
        return f"{head} of {owner}" if owner else None

    def _joined(self, text: str) -> str | None:
        return self._join(text, _JOINTS, self.noun, self.noun)

    def _join(
        self,
        text: str,
        joints: Mapping[str, str],
        first: Callable[[str], str | None],
        last: Callable[[str], str | None],
    ) -> str | None:
        for at, joint in _top_level(text, joints):
            one = first(text[:at])
            other = last(text[at + len(joint) :]) if one else None
            if one and other:
                return f"{one}{joints[joint]}{other}"
        return None

    def _counted(self, text: str) -> str | None:
        """1个国家级试点, 场景10个以上."""
        if found := _NUMBERED.match(text):
            rest = text[found.end() :]
            things = self._words.by_kind[Kind.NOUN].get(rest) if found[1] == "1" else self.noun(rest)
            return f"{found[1]} {things}" if things else None
        if found := _AT_LEAST.fullmatch(text):
            things = self.noun(found[1])
            return f"{found[2]} or more {things}" if things else None
        return None

    def _compound(self, text: str) -> str | None:
        """Words before the name that they tell the kind of, none of them something that is done."""
        for chinese, english in (*self._words.prefixes(Kind.ADJECTIVE, text), *self._names_before(text)):
            rest = text[len(chinese) :]
            said = self.whole(rest) or self._once("compound", rest, self._compound) if rest else None
            if said and not said.startswith(_ARTICLE):
                return f"{english} {said}"
        return None

    def _names_before(self, text: str) -> Iterator[tuple[str, str]]:
        does = {**self._words.by_kind[Kind.VERB], **self._words.by_kind[Kind.CLAUSE]}
        for kind in (Kind.NOUN, Kind.MASS):
            for chinese, english in self._words.prefixes(kind, text):
                if _MANY_WORDS.search(english):
                    # Its beginning is no name of its own: 高校 of 高校院所.
                    break
                if chinese not in does:
                    yield chinese, english.removeprefix(_ARTICLE)

    def _after(self, text: str) -> str | None:
        if (said := self._words.by_kind[Kind.AFTER].get(text)) is not None:
            return said
        for template in self._words.templates:
            if said := template.fill(text, self.noun):
                return said
        return self._join(text, _JOINTS_OF_QUALITIES, self._after_or_act, self._after_or_act)

    def _after_or_act(self, text: str) -> str | None:
        return self.after(text) or self.act(text)

    def _act(self, text: str, form: Form) -> str | None:
        for chinese, english in self._words.prefixes(Kind.ADVERB, text):
            if said := self.act(text[len(chinese) :], form):
                return (f"{english} {said}" if english.endswith("ly") else f"{said} {english}").strip()
        for chinese, english in self._words.prefixes(Kind.VERB, text):
            rest = text[len(chinese) :]
            if not rest:
                return form(english)
            if thing := self.noun(rest):
                return f"{form(english)} {thing}"
        if said := self.helped(text, form):
            return said
        return self._join(text, _JOINTS_OF_ACTS, lambda t: self.act(t, form), lambda t: self.act(t, form))

    def _helped(self, english: str, rest: str) -> str | None:
        """Whom, and to do what: companies in building …, companies to build …"""
        link = english.split(_GAP)[1].strip()
        for at in range(2, len(rest) - 1):
            if not self._begins_act(rest[at:]):
                continue
            who = self.noun(rest[:at])
            what = self.act(rest[at:], *([] if link.endswith("doing") else [to_do])) if who else None
            if who and what:
                return f"{who} {link.removesuffix('doing').removesuffix('to do')}{what}"
        return None

    def _clause(self, text: str) -> str | None:
        for at in range(2, len(text) - 1):
            if self._begins_act(text[at:]) and (who := self.noun(text[:at])) and (what := self.act(text[at:])):
                return f"{who} {what}"
        return None

    def _begins_act(self, text: str) -> bool:
        """A verb that is not the beginning of a name (经营 of 经营主体)."""
        acts, names = (
            max((len(c) for kind in kinds for c, _ in self._words.prefixes(kind, text)), default=0)
            for kinds in ((Kind.VERB, Kind.ADVERB, Kind.CLAUSE), (Kind.NOUN, Kind.MASS, Kind.FIXED))
        )
        return acts > names or (acts == names > 0 and acts < len(text))

    def _rate(self, text: str) -> str | None:
        for chinese, english in self._words.prefixes(Kind.RATE, text):
            rest = text[len(chinese) :]
            said = self.rate(rest) if rest else ""
            if said is not None:
                return f"{english} {said}".strip()
        return None


def glossary_of(notice: Notice) -> Glossary:
    """The glossary with what the operator gave for this notice; built once for each."""
    notes = notice.operator
    kept = _built.get(notice.id)
    if kept is None or kept[0] is not notes:
        own = {t.chinese: t.english for t in notes.glosses} if notes else {}
        kept = _built[notice.id] = (notes, Glossary(_read(notes.english if notes else ()), own))
    return kept[1]


def quality(text: str) -> str:
    """省级, provincial-level; "" where the glossary does not have it."""
    return next((english for chinese, english, kind in _rows() if chinese == text and kind == Kind.ADJECTIVE), "")


_built: dict[str, tuple[object, Glossary]] = {}


def _read(terms: Iterable[EnglishTerm]) -> _Words:
    """The glossary, then what is known the other way round, of which the first English name is taken."""
    by_kind: dict[Kind, dict[str, str]] = {kind: {} for kind in Kind}
    templates = []
    for chinese, english, kind in _rows():
        if _SLOT in chinese:
            before, behind = chinese.split(_SLOT)
            templates.append(_Template(before, behind, english))
        else:
            by_kind[Kind(kind)].setdefault(chinese, english)
    heads = {english.rpartition(" ")[2] for english in by_kind[Kind.NOUN].values()}
    taken = frozenset().union(*by_kind.values())
    for term in (*terms, *_terms()):
        if term.chinese not in taken:
            is_countable = term.english.rpartition(" ")[2] in heads
            by_kind[Kind.NOUN if is_countable else Kind.MASS].setdefault(term.chinese, _spell(term.english))
    templates.sort(key=lambda t: -len(t.before + t.behind))
    return _Words(by_kind, tuple(templates))


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    with (_DATA / "glosses.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["chinese"], row["english"], row["kind"]) for row in csv.DictReader(file))


@cache
def _terms() -> tuple[EnglishTerm, ...]:
    with (_DATA / "english_terms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(EnglishTerm(row["english"], row["chinese"]) for row in csv.DictReader(file))


@cache
def _departments() -> Mapping[str, Department]:
    """By full name, and by everyday names that only one has."""
    found: dict[str, Department] = {}
    table = load_departments()
    for name in table.names():
        if (department := table.named(name)) is not None and department.english:
            found[name] = department
    return found


def _spell(english: str) -> str:
    return " ".join(_COUNTRY_SPELLING.get(word, word) for word in english.split(" "))


def _top_level(text: str, joints: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Places of joints outside quotation marks and brackets."""
    inside: list[str] = []
    longest_first = sorted(joints, key=len, reverse=True)
    for at, character in enumerate(text):
        if character in _CLOSING:
            inside.append(_CLOSING[character])
        elif inside and character == inside[-1]:
            inside.pop()
        elif not inside and 0 < at < len(text) - 1:
            if joint := next((j for j in longest_first if text.startswith(j, at)), None):
                yield at, joint


def _plain(text: str) -> str:
    return "".join(text.split()).strip("。；，、：;,")
