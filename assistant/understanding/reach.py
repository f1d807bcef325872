"""Decides clause by clause whether it is ours to answer: talk, harm, another field, place or document, too little said."""

import re
from collections.abc import Sequence
from enum import StrEnum

from assistant.evidence.whether import is_home_of_somebody
from assistant.naming.names import SubjectFinder
from assistant.naming.subject import Subject, SubjectKind
from assistant.repairing.pinyin import is_pinyin
from assistant.understanding.frame import Act, Clause, Frame, Operation
from assistant.understanding.stack import LEANS_ON_BEFORE, lacks_thing

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_TITLE = re.compile("《([^《》]{4,60})》")
_NUMBER = re.compile(r"[〔\[（(【]?(?P<year>(?:19|20)\d{2})[〕\]）)】]\s?(?P<number>\d{1,4})号")
_HARDLY = 0.05
_LIKELY = 0.7
"""Chance from which on a foreign place in a clause is what it asks about, or another field; below it the notices decide."""

_CERTAIN = 0.9
_SURELY_OF_ANOTHER_FIELD = 0.98


class Reply(StrEnum):
    """Why a clause gets a fixed reply; the values are keys of `prompts/replies.toml`."""

    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITY = "capability"
    OFF_TOPIC = "off_topic"
    OTHER_PLACE = "other_place"
    OTHER_DOCUMENT = "other_document"
    UNSAFE = "unsafe"
    MANIPULATION = "manipulation"
    NEEDS_DETAIL = "needs_detail"
    NOT_UNDERSTOOD = "not_understood"


TALK = frozenset({Reply.GREETING, Reply.THANKS, Reply.CAPABILITY})
_BY_ACT = {
    Act.GREETING: Reply.GREETING,
    Act.THANKS: Reply.THANKS,
    Act.CAPABILITY: Reply.CAPABILITY,
    Act.UNSAFE: Reply.UNSAFE,
    Act.MANIPULATION: Reply.MANIPULATION,
}


class Reach:
    """What the notices of one corpus reach; `documents` are the titles and numbers they bear or refer to."""

    def __init__(self, finder: SubjectFinder, documents: Sequence[str]) -> None:
        self._finder = finder
        self._documents = documents

    def reply_to(self, clause: Clause) -> Reply | None:
        """None where the clause is to be answered from the notices, or asks nothing."""
        if is_pinyin(clause.text):
            return Reply.NOT_UNDERSTOOD
        if clause.before is not None:
            return self.reply_to(clause.before)
        if (reply := _BY_ACT.get(clause.act)) is not None:
            return reply
        if clause.act is Act.OFF_TOPIC:
            is_named = clause.chance < _CERTAIN and any(s.kind in _THINGS for s in clause.names)
            # Below that the notices decide: they may speak of it after all.
            return None if is_named or clause.chance < _SURELY_OF_ANOTHER_FIELD else Reply.OFF_TOPIC
        if clause.act in {Act.ASK, Act.ELSEWHERE}:
            return self._elsewhere(clause) or (Reply.NEEDS_DETAIL if lacks_thing(clause) else None)
        return Reply.NEEDS_DETAIL if clause.act in LEANS_ON_BEFORE and not clause.all_names else None

    def _elsewhere(self, clause: Clause) -> Reply | None:
        """A foreign place that is asked about, where ours is not; else another document."""
        if self._names_other_document(clause):
            return Reply.OTHER_DOCUMENT
        places = [s for s in clause.names if s.kind is SubjectKind.PLACE and not _is_home_of_somebody(clause, s)]
        is_abroad = bool(places) and not any(map(self._finder.is_ours, places))
        # Who is eligible is asked of people from elsewhere, too.
        is_of_people = clause.want.value == "recipient" and clause.act is not Act.ELSEWHERE
        if is_abroad and clause.elsewhere > _LIKELY and not is_of_people:
            return Reply.OTHER_PLACE
        is_ours = any(s.kind in _THINGS | {SubjectKind.DOCUMENT} and s.targets for s in clause.all_names)
        is_ours = is_ours or any(s.text in d for s in places for d in self._documents)
        return Reply.OTHER_DOCUMENT if clause.act is Act.ELSEWHERE and not is_ours else None

    def _names_other_document(self, clause: Clause) -> bool:
        """A title or number that no notice bears or refers to, where it is not asked for itself."""
        checks_ours = clause.want.value == "document_number" and clause.want.operation is Operation.CHECK
        if checks_ours or clause.want.value == "basis":
            return False
        titles = [m[1] for m in _TITLE.finditer(clause.text)]
        if titles and clause.elsewhere > _HARDLY:
            return not any(t in d or d.split()[0] in clause.text for t in titles for d in self._documents if d.strip())
        numbers = [(m["year"], m["number"]) for m in _NUMBER.finditer(clause.text)]
        known = [(m["year"], m["number"]) for d in self._documents for m in _NUMBER.finditer(d)]
        return bool(numbers) and not set(numbers) & set(known)


def _is_home_of_somebody(clause: Clause, place: Subject) -> bool:
    return is_home_of_somebody(clause.text[: place.start - clause.start], clause.text[place.end - clause.start :])


def find_asked(frame: Frame, replies: Sequence[Reply | None]) -> tuple[Clause, ...]:
    """The clauses to be answered; where none asks and none has a reply, what was told is answered by what is said of it."""
    open_ = [c for c, reply in zip(frame.clauses, replies, strict=True) if reply is None]
    asked = [c for c in open_ if c.asks or c.act in {Act.ELSEWHERE, Act.OFF_TOPIC}]
    return tuple(asked or ([] if any(replies) else open_))
