"""Whether departments answer for a measure, and in which role."""

from collections.abc import Sequence

from assistant.answer import PartKind
from assistant.composing.departments import find_departments, state_departments
from assistant.composing.draft import DraftPart, Finding, responsibility_sources
from assistant.composing.wording import unique_places
from assistant.evidence.attributes import is_denied
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.scope import claims_only
from assistant.naming.subject import SubjectKind
from corpus.catalogue import Place
from corpus.notice import Role
from prompts import phrase


def check_departments(inquiry: Inquiry) -> Finding:
    """Whether departments answer for a measure, and in which role, as printed there."""
    place = inquiry.best_measure
    names = [(*s.targets, s.text) for s in inquiry.of_kind(SubjectKind.DEPARTMENT)]
    if place is None or place.measure is None or not place.responsibilities:
        return find_departments(inquiry)
    wants_lead = _asks_lead(inquiry)
    holds = all(_holds(place, n, wants_lead) for n in names)
    responsible = {d for r in place.responsibilities for d in r.departments}
    holds = holds and not (claims_only(inquiry.clause.text) and len(responsible) > len(names))
    is_right = holds != is_denied(inquiry.clause.text)
    parts = list(state_departments(place, inquiry))
    kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
    opened = phrase("yes" if is_right else "no", inquiry.language, clause=parts[0].text)
    first = DraftPart(kind, opened, responsibility_sources(place))
    return Finding(inquiry.clause.want, True, (first, *parts[1:]), unique_places([place]))


def _asks_lead(inquiry: Inquiry) -> bool:
    return "牵头" in inquiry.clause.text or "lead" in inquiry.clause.text.casefold()


def _holds(place: Place, names: Sequence[str], wants_lead: bool) -> bool:
    """财政局 is what people call 县财政局."""
    return any(
        d.endswith(tuple(names)) and (not wants_lead or r.role is Role.LEAD)
        for r in place.responsibilities
        for d in r.departments
    )
