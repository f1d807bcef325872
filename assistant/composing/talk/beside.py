"""What a further ask of one message gets where its sentence was stated to an ask before it: its value, or that none is printed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Missing, PartKind
from assistant.composing.absent import find_absent
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Source
from assistant.composing.stating import cut_sum
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.printed import printed, prints_nearly
from assistant.understanding.frame import Operation
from prompts import label, phrase

_UNNAMED = frozenset({"said", "name", "clause", "department", "role", "actor", "meaning"})
"""Values whose words in a sentence are the sentence, or stand below it."""

_SAYS_NOTHING = re.compile("对?符合(?:有关|相关|规定)?(?:条件|标准|规定|要求)的?")
"""A condition that is named and not told."""

_DIGIT = re.compile(r"\d")
_ENDS = "，。？?！!；; "
_LONGEST = 60
_SURE = 0.6
Key = tuple[str, int]


def say_each(inquiries: Sequence[Inquiry], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings; a sentence that was stated to one ask is not stated again to the next."""
    said: dict[Key, DraftPart] = {}
    told: list[Finding] = []
    for inquiry, finding in zip(inquiries, findings, strict=True):
        stated = [p for p in finding.parts if _states_one(p)]
        keys = [_key(p) for p in stated]
        # Of several sentences above, a bare value would not say which it is of.
        if keys and _only_states(finding) and said.keys() == set(keys):
            beside, again = _say_beside(inquiry, stated), tuple(dict.fromkeys(said[k] for k in keys))
            missing = next((Missing(p.absent.value, "".join(p.absent.names), None) for p in beside if p.absent), None)
            finding = replace(finding, parts=(*beside, *again, *finding.parts[len(stated) :]), missing=missing)
        else:
            said |= dict(zip(keys, stated, strict=True)) if finding.is_filled else {}
        told.append(finding)
    return tuple(told)


def _states_one(part: DraftPart) -> bool:
    """It says of one item what that prints."""
    return part.kind is PartKind.DIRECT and part.is_verbatim and len(part.sources) == 1 and bool(part.sources[0].item)


def _key(part: DraftPart) -> Key:
    source = part.sources[0]
    return source.place.notice.id, source.item.start if source.item else 0


def _only_states(finding: Finding) -> bool:
    """A yes, a no and a count say more than the sentence."""
    is_plain = all(_states_one(p) or p.kind is PartKind.QUOTE for p in finding.parts)
    return finding.is_filled and is_plain and all(p.claim is ClaimKind.STATED for p in finding.parts if _states_one(p))


def _say_beside(inquiry: Inquiry, stated: Sequence[DraftPart]) -> tuple[DraftPart, ...]:
    """A line of its own for what the sentence prints or does not print of the value; none where that is not sure."""
    value, language = inquiry.value, inquiry.language
    sources = tuple(s for p in stated for s in p.sources)
    told = list(dict.fromkeys(w for s in sources for w in _words_of(value, s)))
    words = "、".join(told)
    if value in _UNNAMED or len(words) > _LONGEST:
        return ()
    if inquiry.clause.want.operation is Operation.CHECK and not (value == "payment" and words):
        asked = inquiry.clause.text.strip(_ENDS)
        text = phrase("open_above", language, ask="" if _DIGIT.search(asked) else f"（{asked}）")
        return (DraftPart(PartKind.NOTE, text, (), ClaimKind.FIXED),)
    if words:
        is_bare = all(_SAYS_NOTHING.fullmatch(w) or w in inquiry.clause.text for w in told)
        key = "value_unsaid" if value == "condition" and is_bare else "value_above"
        text = phrase(key, language, ask=label("kinds", value, language), words=words)
        return (DraftPart(PartKind.DIRECT, text, sources),)
    is_near = any(_is_near(value, s) for s in sources)
    return () if is_near or inquiry.clause.margin < _SURE else find_absent(inquiry, nearest=False).parts


def _is_near(value: str, source: Source) -> bool:
    """How a support is paid is read with it, and by no words that come near."""
    if source.item is None or (value == "payment" and source.item.supports):
        return False
    return prints_nearly(value, source.place, source.item)


def _words_of(value: str, source: Source) -> list[str]:
    """The printed words that are the value; a sum with what qualifies it."""
    if source.item is None:
        return []
    if value == "sum" and source.item.supports:
        return [cut_sum(s) for s in source.item.supports if s.amount and s.amount.unit == "元"]
    if value == "condition" and (own := [s.condition.text for s in source.item.supports if s.condition]):
        return own
    if value == "payment" and source.item.supports:
        # 按年度研发投入额 tells what a sum is reckoned by.
        return [s.paid.text for s in source.item.supports if s.paid]
    return [p.text for p in printed(value, source.place, source.item)]
