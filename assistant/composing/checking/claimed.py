"""What a clause claims, with all that was said of who and what before it."""

import re

from assistant.evidence.difference import Claim
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.quantities.limits import tells_number
from assistant.evidence.whether import without_tag
from assistant.naming.subject import SubjectKind


def claim_of(inquiry: Inquiry) -> Claim:
    """What the clause says is so, with all that was said of who and what before it."""
    bodies = tuple((*s.targets, s.text) for s in inquiry.of_kind(SubjectKind.DEPARTMENT))
    named = tuple(s.text for s in inquiry.names if s.kind is SubjectKind.TERM)
    content = dict.fromkeys(w for w in (*named, *inquiry.claimed, *inquiry.told) if not _is_addressee(w, inquiry))
    text = _as_local(without_tag(_without_labels(inquiry)), inquiry)
    said = inquiry.frame.text[: inquiry.clause.end]
    before = said if inquiry.told or tells_number(said[: inquiry.clause.start]) else text
    return Claim(text, inquiry.value, inquiry.amounts, tuple(content), bodies, before)


def _is_addressee(word: str, inquiry: Inquiry) -> bool:
    """四川 in a reply to 四川省人民政府, which calls it 你省."""
    notice = inquiry.corpus.catalogue.notice(inquiry.notice_ids[0])
    addressee = notice.addressee.text if notice and notice.addressee else ""
    return word in addressee and any(s.text == word for s in inquiry.frame.of_kind(SubjectKind.PLACE))


def _as_local(text: str, inquiry: Inquiry) -> str:
    """山东的企业 are local ones."""
    for place in inquiry.home:
        text = re.sub(
            rf"(?<![来到去在往回]){re.escape(place)}(?=的?[^，。；]{{0,4}}?(?:企业|公司|厂|机构|单位))", "本地", text
        )
    return text


def _without_labels(inquiry: Inquiry) -> str:
    """第9条 names a measure and claims no number."""
    clause = inquiry.clause
    text = clause.text
    for named in inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.DOCUMENT):
        text = text.replace(named.text, " " * len(named.text), 1) if named in clause.names else text
    return text
