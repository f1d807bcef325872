"""Says that the notice does not print what was asked, what comes nearest, and whom to ask."""

from assistant.answer import Missing, PartKind
from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding
from assistant.composing.english.titles import name_term
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.wording import unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, terms_of
from assistant.naming.subject import SubjectKind
from prompts import label, phrase

_SURE = 0.72
"""What may have been asked otherwise is not said to be missing."""

_GENERAL = frozenset({"said", "name", "recipient", "clause", "actor", "department", "meaning"})
_NAMED = (SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER)


def is_surely_wanted(inquiry: Inquiry) -> bool:
    """Whether it is certain enough what is asked for to say that it is missing."""
    clause = inquiry.clause
    return (clause.margin if inquiry.value in _GENERAL else clause.particular) >= _SURE


def find_absent(inquiry: Inquiry, value: str = "", *, nearest: bool = True) -> Finding:
    """What is missing, with the item nearest to the subject where the clause names one."""
    value, language = value or inquiry.value, inquiry.language
    name = label("kinds", value, language)
    subject = max((s.text for s in inquiry.of_kind(*_NAMED)), key=len, default="")
    notice = inquiry.corpus.catalogue.notice(inquiry.notice_ids[0]) if inquiry.notice_ids else None
    said = subject if language == "zh" else name_term(subject, notice)
    text = phrase("missing_of", language, ask=name, subject=said) if subject else _absent(value, language)
    names = (subject,) if subject else ()
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT, absent=Absence(value, names, inquiry.notice_ids))
    about = subject or inquiry.content or inquiry.told
    found = [m for m in inquiry.items[:1] if nearest and about and is_grounded(inquiry, m)]
    if not found:
        return Finding(inquiry.clause.want, False, (part,), missing=Missing(value, subject, None))
    return with_nearest(inquiry, part, found[0], Missing(value, subject, None))


def with_nearest(inquiry: Inquiry, part: DraftPart, nearest: ItemMatch, missing: Missing) -> Finding:
    """What is missing beside the item that comes nearest, which names whom to ask."""
    stated = state_item(nearest, inquiry.language, inquiry.content)
    measure = nearest.place.measure
    return Finding(
        inquiry.clause.want,
        False,
        (part, stated, *quotes_of(stated.sources, (stated,))),
        unique_places([nearest.place]),
        Missing(missing.ask, missing.subject, measure.id if measure else None),
    )


def _absent(value: str, language: str) -> str:
    return label("kinds", value, f"absent_{language}")


def is_grounded(inquiry: Inquiry, match: ItemMatch) -> bool:
    """It prints a word of what the clause is about, or the clause has none."""
    words = (*inquiry.content, *inquiry.told, *(s.text.casefold() for s in terms_of(inquiry.names)))
    text = f"{match.place.provision.text if match.place.provision else ''} {match.headings}".casefold()
    names_place = bool(inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.CHAPTER))
    return names_place or not words or any(w in text for w in words)
