"""Reads the labelled messages and the single clauses that understanding is learned from."""

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.naming.masks import FOREIGN, HOME, Masked, mask_spans
from assistant.naming.numbers import find_number_references
from assistant.naming.places import load_places
from assistant.understanding.wants import SAME
from corpus.language.amounts import read_amounts
from corpus.language.departments import DepartmentTable

DATA = Path(__file__).parent / "data"
MESSAGES = DATA / "messages.jsonl"
SINGLES = DATA / "clauses.jsonl"

_ASKING = frozenset({"ask", "elsewhere"})
_BODY = re.compile(
    r"(?:厅|局|委|部|政府|管委会|科协|工会|妇联|残联|法院|人社|医保|住建|财政)$|(?:Bureau|Department|Ministry|Office|Commission)$"
)
_DOCUMENT = re.compile(r"^《|(?:文件|通知|办法|意见|方案|条例|细则|规定|政策|措施|号文?)$")
_LONGEST_NUMBER = 9
# What stands around a name that is all a clause says: 那…呢, 换成…, and what about ….
_PARTICLES = frozenset("那呢么嘛啊呀吧哈的也换成又再还有跟和如果要是说再问下至于")
_ENGLISH_PARTICLES = frozenset("and what how about the for then ok so".split())


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """A clause with its labels; `masking` is it with its names masked, `is_later` whether anything was said before it."""

    text: str
    masking: Masked
    act: str
    value: str
    operation: str
    names: tuple[str, ...]
    inherited: tuple[str, ...]
    is_later: bool
    listing: Mapping[str, str] = field(default_factory=dict)
    """Labels of what it wants to see of the catalogue; empty where it was not labelled."""
    without: tuple[str, ...] = ()
    """The names that what is listed leaves out."""
    foreign: Callable[[str], bool] = field(default=lambda place: False, compare=False, repr=False)

    @property
    def masked(self) -> str:
        return self.masking.text

    @property
    def asks(self) -> bool:
        return self.act in _ASKING

    @property
    def learnt_value(self) -> str:
        """A clause that says nothing but a name wants what was wanted before; its own words cannot show what."""
        rest = re.sub(r"[◇◎№▣※⌂¤，,。？?！!、]", " ", self.masked)
        english = re.findall("[a-z]+", rest.casefold())
        is_bare = _PARTICLES.issuperset(re.sub(r"[a-zA-Z\s]", "", rest)) and _ENGLISH_PARTICLES.issuperset(english)
        return SAME if self.is_later and self.names and is_bare else self.value


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled message of one author."""

    author: str
    history: tuple[str, ...]
    clauses: tuple[LabelledClause, ...]

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.clauses)

    @property
    def masked(self) -> str:
        return "".join(c.masked for c in self.clauses)


@dataclass(frozen=True, slots=True)
class Single:
    """A masked clause alone, with one act and, where it asks, one want."""

    masked: str
    act: str
    value: str
    operation: str


@dataclass(frozen=True, slots=True)
class Masking:
    """With `keep` every third name of a thing stays as said; `is_foreign` tells the places that are not ours."""

    keep: random.Random | None = None
    is_foreign: Callable[[str], bool] = lambda place: False


def load_messages(departments: DepartmentTable, path: Path = MESSAGES) -> tuple[Message, ...]:
    return tuple(_read_message(json.loads(line), departments) for line in _lines(path))


def load_singles(path: Path = SINGLES) -> tuple[Single, ...]:
    rows = (json.loads(line) for line in _lines(path))
    return tuple(Single(r["text"], r["act"], r.get("value", ""), r.get("operation", "")) for r in rows)


def hash_examples(paths: Sequence[Path] = (MESSAGES, SINGLES)) -> str:
    """Names the examples that stored weights were trained from."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def mask(text: str, names: Iterable[str], departments: DepartmentTable, how: Masking = Masking()) -> Masked:
    """The clause with one mark for each name and sum."""
    spans: list[tuple[int, int, str]] = []
    for name in sorted(set(names), key=len, reverse=True):
        mark = _mark_of(name, departments)
        mark = HOME if mark == FOREIGN and not how.is_foreign(name) else mark
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            is_kept = how.keep is not None and mark == "◇" and how.keep.random() < 1 / 3
            if not is_kept and not any(a < end and start < b for a, b, _ in spans):
                spans.append((start, end, mark))
            start = text.find(name, end)
    sums = read_amounts(text)
    spans += [(a.start, a.end, "¤") for a in sums if not any(s < a.end and a.start < e for s, e, _ in spans)]
    return mask_spans(text, spans)


def _mark_of(name: str, departments: DepartmentTable) -> str:
    if len(name) < _LONGEST_NUMBER and find_number_references(name):
        return "№"
    if _BODY.search(name) or any(m.text == name for m in departments.find(name)):
        return "◎"
    if any(p.text == name for p in load_places().find(name)):
        return "※"
    return "▣" if _DOCUMENT.search(name) else "◇"


def _read_message(row: dict[str, object], departments: DepartmentTable) -> Message:
    history = tuple(map(str, row.get("history", ())))  # type: ignore[call-overload]
    clauses: list[LabelledClause] = []
    home = str(row.get("home", ""))
    for clause in row["clauses"]:  # type: ignore[attr-defined]
        places = [p.text for p in load_places().find(clause["text"])]
        names = (*clause.get("names", ()), *places)
        foreign = _foreign_to(home) if home else _by_act(clause["act"])
        clauses.append(
            LabelledClause(
                text=clause["text"],
                masking=mask(clause["text"], names, departments, how=Masking(is_foreign=foreign)),
                act=clause["act"],
                value=clause.get("value", ""),
                operation=clause.get("operation", ""),
                names=tuple(clause.get("names", ())),
                inherited=tuple(clause.get("inherited", ())),
                is_later=bool(clauses or history),
                listing={k: str(v) for k, v in clause.get("list", {}).items() if k != "without"},
                without=tuple(clause.get("list", {}).get("without", ())),
                foreign=foreign,
            )
        )
    return Message(str(row["author"]), history, tuple(clauses))


def _foreign_to(home: str) -> Callable[[str], bool]:
    """Whether a place lies outside the province of `home`."""
    own = {p.province for p in load_places().find(home)}
    return lambda place: not own & {p.province for p in load_places().find(place)}


def _by_act(act: str) -> Callable[[str], bool]:
    """Where nobody said for which place the notices speak: foreign is what is asked elsewhere."""
    return lambda place: act == "elsewhere"


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
