"""Whether something costs who asks."""

import re

from assistant.composing.absent import is_grounded
from assistant.composing.checking.verdicts import free_of_charge
from assistant.composing.draft import Finding
from assistant.evidence.attributes import denials_in
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import terms_of
from assistant.evidence.printed import printed

_FREE = re.compile("免费|无偿|不(?:得)?收取?(?:任何)?(?:费|押金)|免收")
_NEAR = 4


def find_free(inquiry: Inquiry) -> Finding | None:
    """要交钱吗, where 免费 is printed of what is named and near it nothing else of a fee: no. Whether it is free is asked
    the other way round."""
    text = inquiry.clause.text
    if denials_in(text) or _FREE.search(text):
        return None
    names = [s.text.casefold() for s in terms_of(inquiry.names)]
    near = [m for m in inquiry.items[:_NEAR] if is_grounded(inquiry, m) and printed("fee", m.place, m.item)]
    is_free = bool(near) and all(_FREE.search(m.item.text) and not m.item.amounts for m in near)
    return free_of_charge(inquiry, near[0]) if is_free and (not names or near[0].names_any(names)) else None
