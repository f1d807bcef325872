"""Yes, no, or what is otherwise or not said, each with the clause that tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Missing, PartKind, Status
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.composing.english.titles import name_kind
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.wording import unique_places
from assistant.evidence.difference import Aspect, Claim, Difference
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.leave import Turn
from assistant.evidence.quantities.limits import Crossing
from assistant.evidence.whether import asks_leave
from prompts import label, label_keys, phrase

CONTRADICTS = frozenset(
    {
        Aspect.SUM,
        Aspect.SHARE,
        Aspect.NUMBER,
        Aspect.DATE,
        Aspect.PAYMENT,
        Aspect.BOUND,
        Aspect.LEVEL,
        Aspect.DUTY,
        Aspect.EXTENT,
    }
)


_TURNED = {Turn.FORBIDDEN: "no_leave", Turn.FREED: "no", Turn.REPEALED: "no_longer"}


@dataclass(frozen=True, slots=True)
class Compared:
    """An item with everything in which it differs from what is claimed."""

    match: ItemMatch
    differences: tuple[Difference, ...]

    def of(self, *aspects: Aspect) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.aspect in aspects)


def beyond_limit(inquiry: Inquiry, match: ItemMatch, crossing: Crossing) -> Finding:
    """What is told, and the limit beyond which it lies."""
    stated = state_item(match, inquiry.language, inquiry.content)
    key = "beyond_limit" if asks_leave(inquiry.clause.text) else "not_within_limit"
    text = phrase(key, inquiry.language, told=crossing.told, limit=crossing.limit, clause=stated.text)
    denied = (inquiry.frame.text,)
    part = DraftPart(PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, denied, is_verbatim=True)
    return finding_of(inquiry, [match], (part,))


def affirmed(inquiry: Inquiry, match: ItemMatch, claim: Claim | None) -> Finding:
    part = _verdict(inquiry, match, "yes", PartKind.DIRECT)
    return finding_of(inquiry, [match], (replace(part, claim=ClaimKind.AFFIRMED, affirmed=claim),))


def reversed_by(inquiry: Inquiry, match: ItemMatch, turn: Turn = Turn.FREED) -> Finding:
    """Asked 是不是要办, printed 可不办理: no."""
    return finding_of(inquiry, [match], (_verdict(inquiry, match, _TURNED[turn], PartKind.CORRECTION),))


def free_of_charge(inquiry: Inquiry, match: ItemMatch) -> Finding:
    """Asked 要交钱吗, printed 免费: no."""
    return finding_of(inquiry, [match], (_verdict(inquiry, match, "no_charge", PartKind.CORRECTION),))


def _verdict(inquiry: Inquiry, match: ItemMatch, key: str, kind: PartKind) -> DraftPart:
    stated = state_item(match, inquiry.language, inquiry.content)
    text = phrase(key, inquiry.language, clause=stated.text)
    return DraftPart(kind, text, stated.sources, is_verbatim=True)


def contradicted(inquiry: Inquiry, compared: Compared) -> Finding:
    """Names what is otherwise, then says how it is printed."""
    difference = compared.of(*CONTRADICTS)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    key = "not_that" if difference.printed or difference.aspect is Aspect.BOUND else "figure_not_printed"
    # 通知没有写 is true only of what it prints nowhere.
    is_printed = difference.said in inquiry.corpus.texts.get(compared.match.place.notice.id, "")
    key = "figure_not_of_it" if key == "figure_not_printed" and is_printed else key
    key = "not_so_far" if difference.aspect is Aspect.EXTENT else key
    said = _name(difference.said, inquiry)
    text = phrase(key, inquiry.language, said=said, printed=difference.printed, clause=stated.text)
    denied = (inquiry.clause.text, said)
    part = DraftPart(PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, denied, is_verbatim=True)
    return finding_of(inquiry, [compared.match], (part,))


def not_that(inquiry: Inquiry, compared: Compared, said: str) -> Finding:
    """Not 秘书长: what is printed in its place."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("not_that", inquiry.language, said=said, clause=stated.text)
    denied = (inquiry.clause.text,)
    part = DraftPart(PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, denied, is_verbatim=True)
    return finding_of(inquiry, [compared.match], (part,))


def nearest_of_another(inquiry: Inquiry, compared: Compared) -> Finding:
    """Who is asked about is not printed there: the item is only the nearest, and what differs is named."""
    difference = compared.of(Aspect.RECIPIENT, Aspect.LEVEL)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("other_recipient", inquiry.language, said=_name(difference.said, inquiry), clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    missing = Missing("recipient", difference.said, None)
    finding = finding_of(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=missing)


def nearest_of_place(inquiry: Inquiry, compared: Compared, place: str) -> Finding:
    """Whether 绍兴 is one of them is not printed: what is said of them, and that it is not named there."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("place_not_named", inquiry.language, place=place, clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    finding = finding_of(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=Missing("said", place, None))


def nearest_of_other(inquiry: Inquiry, compared: Compared, said: str) -> Finding:
    """What is said of 三级医院, and that nothing is said of 二级."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("of_another", inquiry.language, said=said, clause=stated.text)
    denied = (inquiry.frame.text, said)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, denied, is_verbatim=True)
    finding = finding_of(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=Missing(inquiry.value, said, None))


def nearest_of_asker(inquiry: Inquiry, compared: Compared) -> Finding:
    """What the asker tells of themselves is not printed: nobody can say yes or no for them."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("asker_not_named", inquiry.language, clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    finding = finding_of(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=Missing("recipient", "", None))


def other_recipient(inquiry: Inquiry, compared: Compared) -> Finding:
    """A sum that is said to be for others than those it is printed for."""
    difference = compared.of(Aspect.RECIPIENT)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("not_for", inquiry.language, said=_name(difference.said, inquiry), clause=stated.text)
    part = DraftPart(
        PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True
    )
    return finding_of(inquiry, [compared.match], (part,))


def _name(said: str, inquiry: Inquiry) -> str:
    """大 and 外来 are groups, 省级 is a level; they are called as people call them."""
    if said in label_keys("recipients"):
        return label("recipients", said, inquiry.language)
    return said if inquiry.language == "zh" else name_kind(said)


def left_open(inquiry: Inquiry, compared: Compared) -> Finding:
    """Neither yes nor no: what the notice says, and which of the words it does not print."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("says_only", inquiry.language, clause=stated.text)
    return finding_of(inquiry, [compared.match], (DraftPart(PartKind.DIRECT, text, stated.sources, is_verbatim=True),))


def finding_of(inquiry: Inquiry, matches: Sequence[ItemMatch], stated: tuple[DraftPart, ...]) -> Finding:
    sources = [s for part in stated for s in part.sources]
    return Finding(
        inquiry.clause.want, True, (*stated, *quotes_of(sources, stated)), unique_places(m.place for m in matches)
    )


def not_printed_so(inquiry: Inquiry, quoted: str) -> Finding:
    """What is put in quotation marks stands nowhere; what is said on it follows."""
    text = phrase("quotation_not_printed", inquiry.language, words=quoted)
    part = DraftPart(PartKind.CORRECTION, text, (), ClaimKind.ABSENT)
    nearest = inquiry.items[:1]
    stated = tuple(state_item(m, inquiry.language, inquiry.content) for m in nearest)
    finding = finding_of(inquiry, nearest, (part, *stated))
    return Finding(finding.want, True, finding.parts, finding.carriers, Missing("said", quoted, None))
