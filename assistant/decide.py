"""Decides, before anything is composed, whether a question is for this assistant at all."""

import re
from collections.abc import Sequence

from assistant.query import GUARD_ASKS, TALK_ASKS, Ask, Query, SubjectKind
from assistant.retrieve import Ranking
from assistant.subjects import SubjectFinder

_OTHER_DOCUMENT = re.compile(r"《([^《》]{4,60})》|((?:19|20)\d{2})\s*年?(?:版|年的(?:通知|政策|文件|措施))")
_LEAST_SIMILARITY = 0.80
_NEEDS_NO_SUBJECT = frozenset({Ask.OFF_TOPIC})


def decide_reply(query: Query, ranking: Ranking, finder: SubjectFinder, titles: Sequence[str]) -> str | None:
    """The key of a fixed reply, or None where the question is to be answered."""
    asks = [a.ask for a in query.asks]
    for guard in (Ask.MANIPULATION, Ask.UNSAFE):
        if guard in asks:
            return guard.value
    if all(a in TALK_ASKS for a in asks) and asks:
        return asks[0].value
    places = query.of_kind(SubjectKind.PLACE)
    if places and not any(finder.is_home(p) for p in places):
        return "other_place"
    if names_other_document(query, titles):
        return "other_document"
    if _is_off_topic(query, ranking):
        return "off_topic"
    return None


def names_other_document(query: Query, titles: Sequence[str]) -> bool:
    """A title in book-title marks, or a year's edition, that is none of ours and that no notice refers to."""
    for match in _OTHER_DOCUMENT.finditer(query.standalone):
        if match[1] and not any(match[1] in t or t in match[1] for t in titles):
            return True
        if match[2] and not any(match[2] in t for t in titles):
            return True
    return False


def _is_off_topic(query: Query, ranking: Ranking) -> bool:
    has_subject = any(s.kind is not SubjectKind.PLACE for s in query.subjects)
    guards = [a for a in query.asks if a.ask in GUARD_ASKS]
    if guards and not has_subject:
        return True
    if has_subject or not query.wants(Ask.OFF_TOPIC):
        return False
    return ranking.similarity is not None and ranking.similarity < _LEAST_SIMILARITY
