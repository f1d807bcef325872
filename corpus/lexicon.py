"""The names that questions use for what stands in the corpus, found by longest match."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from corpus.language.departments import DepartmentTable
from corpus.language.matching import NameMatcher
from corpus.notice import Notice

# Where a title was cut short by a lost line break, what is left (上海) names a place or a subject, not a document.
_LEADING_VERB = re.compile(
    r"^(?:进一步|持续|大力|着力|切实|全面)?(?:[加强优深细]化|加[强快大]|扩大|壮大|做[好大强优]|完善|健全|提[升高]|推[进动行]|促进|落实|实施|开展|支持|鼓励"
    r"|建[立设]|构建|打造|培育|发展|营造|夯实|严格|规范|创新|保障|突出|抓好|用好)"
)
_KIND_OF_DOCUMENT = re.compile(
    r"通知|通告|公告|公报|通报|意见|办法|措施|规定|条例|细则|规划|计划|方案|决定|决议|令|批复|函|纪要|规则|章程|指南|指引"
    r"|标准|规范|目录|纲要|政策|法$|[一二三四五六七八九十\d]条"
)


class NameKind(StrEnum):
    DEPARTMENT = "department"
    MEASURE = "measure"
    CHAPTER = "chapter"
    DOCUMENT = "document"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What a name stands for: keys of measures, ids of chapters, notices or provisions, names of departments."""

    kind: NameKind
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at its place in a question."""

    text: str
    start: int
    end: int
    things: tuple[NamedThing, ...]

    def targets(self, kind: NameKind) -> tuple[str, ...]:
        return tuple(t for thing in self.things if thing.kind is kind for t in thing.targets)

    def is_a(self, kind: NameKind) -> bool:
        return any(thing.kind is kind for thing in self.things)


class Lexicon:
    """All names of the published notices; `terms` maps names printed in the text to the provisions they stand in."""

    def __init__(
        self, notices: Iterable[Notice], departments: DepartmentTable, terms: Mapping[str, Sequence[str]]
    ) -> None:
        things: dict[str, list[NamedThing]] = {}
        for name, thing in _name_everything(tuple(notices), departments):
            things.setdefault(name.casefold(), []).append(thing)
        for term, provision_ids in terms.items():
            things.setdefault(term.casefold(), []).append(NamedThing(NameKind.TERM, tuple(provision_ids)))
        self._things = {name: tuple(found) for name, found in things.items()}

    @cached_property
    def _matcher(self) -> NameMatcher:
        return NameMatcher(self._things, prefers_heads=True)

    def with_terms(self, terms: Mapping[str, Sequence[str]]) -> "Lexicon":
        """The same lexicon with further terms, each with the provisions it stands in; known names stay as they are."""
        added = {t.casefold(): (NamedThing(NameKind.TERM, tuple(ids)),) for t, ids in terms.items()}
        wider = Lexicon((), DepartmentTable(()), {})
        wider._things = added | self._things
        return wider

    def find(self, text: str) -> tuple[Mention, ...]:
        """Names in reading order, longest first, without overlap."""
        return tuple(
            Mention(text[f.start : f.end], f.start, f.end, self._things[f.name.casefold()])
            for f in self._matcher.find(text)
        )

    def knows(self, name: str) -> bool:
        return name.casefold() in self._things

    @property
    def names(self) -> Iterable[str]:
        return self._things.keys()


def _name_everything(notices: tuple[Notice, ...], departments: DepartmentTable) -> Iterable[tuple[str, NamedThing]]:
    by_name: dict[str, list[str]] = {}
    for department in departments.departments:
        for name in dict.fromkeys((department.name, *department.aliases)):
            by_name.setdefault(name, []).append(department.name)
    for name, full_names in by_name.items():
        yield name, NamedThing(NameKind.DEPARTMENT, tuple(full_names))
    for notice in notices:
        document = NamedThing(NameKind.DOCUMENT, (notice.id,))
        yield from ((name, document) for name in _document_names(notice))
        for chapter in notice.chapters:
            if chapter.title:
                yield chapter.title, NamedThing(NameKind.CHAPTER, (chapter.id,))
            for measure in chapter.measures:
                thing = NamedThing(NameKind.MEASURE, (f"{notice.id}/{measure.id}",))
                yield from ((name, thing) for name in _title_forms(measure.title))


def _document_names(notice: Notice) -> tuple[str, ...]:
    short = re.sub(r"^.{0,20}?关于", "关于", notice.title)
    titles = (notice.title, short, short.removeprefix("关于")) if _KIND_OF_DOCUMENT.search(notice.title) else ()
    number = notice.number_text
    loose = re.sub(r"[〔\[（(]?(\d{4})[〕\])）]?", r"\1", number)
    forms = (*titles, number, loose, number.replace("〔", "[").replace("〕", "]"), *_spoken_numbers(number))
    return tuple(dict.fromkeys(f for f in forms if f))


def _spoken_numbers(number: str) -> tuple[str, ...]:
    """鲁科字128号, 鲁科字2025 128号, 128号文 for 鲁科字〔2025〕128号."""
    match = re.fullmatch(r"(?P<sign>.+?)[〔\[（(](?P<year>\d{4})[〕\])）](?P<n>\d+号)", number)
    if match is None:
        return ()
    sign, year, n = match["sign"], match["year"], match["n"]
    return (f"{sign}{n}", f"{sign}第{n}", f"{sign}{year} {n}", f"{sign}{year}年{n}", f"{sign}({year}){n}", f"{n}文")


def _title_forms(title: str) -> tuple[str, ...]:
    """A title as printed, without the general word it ends with, and without the verb it begins with."""
    forms = [title, re.sub(r"(?:及其他)?(?:服务|工作)$", "", title), _LEADING_VERB.sub("", title)]
    return tuple(dict.fromkeys(f for f in forms if len(f) >= 4))
