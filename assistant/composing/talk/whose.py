"""Says of every line whose words it gives, where an answer draws on several notices or the question named none of them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.composing.english.titles import of_notice
from assistant.evidence.inquiry import Inquiry
from assistant.naming.subject import SubjectKind
from corpus.notice import Notice

_OURS = frozenset({ClaimKind.COUNTED, ClaimKind.FIXED})


def name_notices(inquiries: Sequence[Inquiry], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, each of whose lines names the notice that it rests on."""
    used = {n.id for f in findings for p in f.parts if (n := _only_notice(p))}
    return tuple(
        _name(finding, inquiry.language) if len(used) > 1 or _is_open(inquiry) else finding
        for inquiry, finding in zip(inquiries, findings, strict=True)
    )


def _is_open(inquiry: Inquiry) -> bool:
    return len(inquiry.corpus.catalogue.notices) > 1 and not inquiry.of_kind(SubjectKind.DOCUMENT)


def _name(finding: Finding, language: str) -> Finding:
    return replace(finding, parts=tuple(_named(p, language) for p in finding.parts))


def _named(part: DraftPart, language: str) -> DraftPart:
    notice = _only_notice(part)
    if notice is None or part.kind is not PartKind.DIRECT or part.claim in _OURS or notice.title in part.text:
        return part
    text = f"《{notice.title}》：{part.text}" if language == "zh" else of_notice(part.text, notice)
    return replace(part, text=text)


def _only_notice(part: DraftPart) -> Notice | None:
    notices = {s.place.notice.id: s.place.notice for s in part.sources}
    return next(iter(notices.values())) if len(notices) == 1 else None
