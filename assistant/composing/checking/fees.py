"""Whether something costs who asks."""

import re

from assistant.composing.absent import is_grounded
from assistant.composing.checking.verdicts import free_of_charge
from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry

_FREE = re.compile("免费|无偿|不(?:得)?收取?(?:任何)?(?:费|押金)|免收")
_ASKS_IF_FREE = re.compile("[免白]|无偿|不[用要收]")
_NEAR = 4


def find_free(inquiry: Inquiry) -> Finding | None:
    """要交钱吗, where 免费 is printed: no. Whether it is free is asked the other way round."""
    if _ASKS_IF_FREE.search(inquiry.clause.text):
        return None
    near = (m for m in inquiry.items[:_NEAR] if is_grounded(inquiry, m))
    free = next((m for m in near if _FREE.search(m.item.text)), None)
    return free_of_charge(inquiry, free) if free else None
