"""Finds measures and chapters that are called by a piece of their title: 检验检测那条, 优化生态那一章."""

import re
from collections.abc import Sequence

from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Place
from corpus.language.matching import NameMatcher
from corpus.notice import Chapter

_SHORTEST = 4
_LONGEST = 12
_SHORTEST_WITH_ARTICLE = 2
_SHORTEST_OF_CHAPTER = 4
_CALLED = re.compile(
    r"(?:服务|工作|方面|相关)?的?(?:那|这)?[一两二三]?(?:条|项|款|块(?!钱))"
    r"|(?:服务|工作|方面)?(?:和|与|跟|同|、|以及)[^，。？?]{2,14}?(?:这|那)?[两二三3](?:条|项|款|块)"
)


_CALLED_ONE = re.compile(r"(?:那|这)一?条")
_CHAPTER_CALLED = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{3,12}?)的?(?:(?:(?:那|这)一?|一)?(?:章|大?部分|板块|大块)|[那这]一?块)"
)


class ChapterTopics:
    """Chapters by words of their title in its order: 优化生态 for 持续优化发展生态."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._titles = tuple((c.title, c.id) for c in chapters if c.heading and c.title)

    def find(self, text: str) -> tuple[Subject, ...]:
        found: list[Subject] = []
        for match in _CHAPTER_CALLED.finditer(text):
            words, end = match["words"], match.end("words")
            for length in range(len(words), _SHORTEST_OF_CHAPTER - 1, -1):
                piece = words[-length:]
                owners = [i for title, i in self._titles if _is_subsequence(piece, title)]
                # Of several notices each may have one.
                if owners and len({i.partition("/")[0] for i in owners}) == len(owners):
                    found.append(Subject(SubjectKind.CHAPTER, piece, end - length, end, tuple(owners)))
                    break
        return tuple(found)


def _is_subsequence(piece: str, title: str) -> bool:
    characters = iter(title)
    return all(c in characters for c in piece)


class MeasureTopics:
    """Pieces of titles that only one measure of the corpus bears."""

    def __init__(self, measures: Sequence[Place]) -> None:
        owners: dict[str, set[str]] = {}
        for place in measures:
            title = place.measure.title if place.measure else ""
            for piece in _pieces(title):
                owners.setdefault(piece, set()).add(place.measure_key)
        self._owner = {piece: keys.pop() for piece, keys in owners.items() if len(keys) == 1}
        self._matcher = NameMatcher(self._owner)

    def find(self, text: str) -> tuple[Subject, ...]:
        """Only where the words around say that a measure is meant."""
        return tuple(
            Subject(SubjectKind.MEASURE, text[m.start : m.end], m.start, m.end, (self._owner[m.name],))
            for m in self._matcher.find(text)
            if (_CALLED if len(m.name) >= _SHORTEST else _CALLED_ONE).match(text[m.end :])
        )


def _pieces(title: str) -> set[str]:
    return {
        title[start:end]
        for start in range(len(title))
        for end in range(start + _SHORTEST_WITH_ARTICLE, min(len(title), start + _LONGEST) + 1)
    }
