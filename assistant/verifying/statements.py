"""Checks what a part states against the words it cites: departments, roles, quoted words, numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Source
from assistant.naming.numbers import find_number_references
from assistant.verifying.english import glossed_headings
from assistant.verifying.figures import check_figures
from corpus.language.amounts import read_amounts
from corpus.language.departments import DepartmentTable
from corpus.language.numerals import in_digits
from corpus.notice import Responsibility, Role
from corpus.store import Corpus

_AS_PRINTED = re.compile("，通知写的是|, the notice says")
"""Behind it stands the limit of the cited clause."""

_FIRM = re.compile(r"固定|定额|保底|一律|必定|\bfixed\b|\bflat\b|\bguaranteed\b", re.IGNORECASE)
_QUOTED = re.compile(r"“([^“”]{2,})”|《([^《》]+)》")
_ENGLISH_TITLE = re.compile("“[A-Za-z][^“”]*”")
_LATIN_QUOTED = re.compile("“[A-Za-z]")
_PIECES = re.compile("……|[：；]")
_TITLE = re.compile("《[^》]*》")
_LEADS = re.compile(r"牵头|\blead", re.IGNORECASE)
_NOT_LEADING = re.compile(r"分工|配合|参与|参加|协助|协同|指导|\bshared\b|\bsupporting\b", re.IGNORECASE)
_SOME_OF = re.compile(r"之一|其中|包括|等(?:部门|单位)|among|one of|includ", re.IGNORECASE)
_COUNTED = re.compile(r"共(\d+)[句条]|has (\d+) (?:sentences|measures)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def check_statement(part: DraftPart, corpus: Corpus, is_member: bool = False) -> str | None:
    """None where everything stated is in the cited words; a member of a list may name one department of several."""
    spans = [_span(s) for s in part.sources]
    text = affirmed(part)
    return (
        _check_denial(part, text)
        or check_figures(text, part.sources, corpus.lexicon)
        or _check_firmness(text, spans)
        or _check_departments(text, part.sources, corpus.departments)
        or (None if is_member else _check_roles(text, part.sources))
        or _check_quoted(part, text, spans)
        or _check_numbers(text, part.sources, spans)
    )


def affirmed(part: DraftPart) -> str:
    """What the part says itself, without the claim it denies before its colon, in English before its first sentence ends."""
    if part.claim is not ClaimKind.DENIED:
        return part.text
    if part.text[:1].isascii():
        return re.split(r"\. |: (?=“)", part.text, maxsplit=1)[-1]
    return re.split("[：:]", part.text, maxsplit=1)[-1]


def _span(source: Source) -> str:
    return source.item.text if source.item else source.phrase.text


def _check_denial(part: DraftPart, text: str) -> str | None:
    """A denial names only the user's own figures, and none that the text then affirms."""
    if part.claim is not ClaimKind.DENIED:
        return None
    asked = [a for claim in part.denied for a in read_amounts(claim)]
    denied = _AS_PRINTED.split(part.text.removesuffix(text))[0]
    for amount in read_amounts(denied):
        if not any(amount.equals(a) for a in asked):
            return f"{amount.text} 不是所问的金额"
        if any(amount.equals(a) for a in read_amounts(text)):
            return f"{amount.text} 既否定又肯定"
    return None


def _check_firmness(text: str, spans: Iterable[str]) -> str | None:
    firm = _FIRM.search(text)
    return f"“{firm.group()}”不在所引条款中" if firm and not any(firm.group() in s for s in spans) else None


def _check_departments(text: str, sources: Iterable[Source], table: DepartmentTable) -> str | None:
    """Every department named is printed in a cited place."""
    words = [w for s in sources for w in (_span(s), s.phrase.text)]
    for mention in table.find(_TITLE.sub(" ", text)):
        names = {mention.text, *(d.name for d in mention.candidates)}
        if not any(name in span for name in names for span in words):
            return f"{mention.text} 不在所引条款中"
    return None


def _check_roles(text: str, sources: Iterable[Source]) -> str | None:
    """Departments stated as responsible are all that a bracket names, in the role it prints."""
    cited = list(dict.fromkeys(r for s in sources for r in _responsibilities(s)))
    named = {d for r in cited for d in r.departments if d in text}
    if not named or _SOME_OF.search(text):
        return None
    whole = [r for r in cited if set(r.departments) <= named]
    if named - {d for r in whole for d in r.departments}:
        return "责任部门不全"
    text = _ENGLISH_TITLE.sub(" ", text)
    leading = {d for r in whole if r.role is Role.LEAD for d in r.departments}
    others = {d for r in whole if r.role is not Role.LEAD for d in r.departments}
    if "分工" in text and not any("分工" in r.role_text for r in whole):
        return "原文没有写按职责分工"
    return _check_role(text, leading, others)


def _check_role(text: str, leading: set[str], others: set[str]) -> str | None:
    says_lead, says_other = bool(_LEADS.search(text)), bool(_NOT_LEADING.search(text))
    if says_lead and (not leading or (others - leading and not says_other)):
        return "原文不是牵头负责"
    if says_other and (not others or (leading - others and not says_lead)):
        return "原文是牵头负责"
    if leading - others and others - leading and not says_lead:
        return "没有分清牵头和配合"
    return None


def _responsibilities(source: Source) -> Iterator[Responsibility]:
    measure = None if source.place.provision else source.place.measure
    return (r for r in measure.all_responsibilities if r.phrase == source.phrase) if measure else iter(())


def _headings(sources: Iterable[Source]) -> list[str]:
    """Headings of the cited places, the titles of their notices and the cited words themselves."""
    words: list[str] = []
    for source in sources:
        place = source.place
        words += [source.phrase.text, place.notice.title]
        words += [place.measure.title, place.measure.label] if place.measure else []
        words += [f"{place.chapter.label}{place.chapter.title}"] if place.chapter else []
        words += [c.head for c in place.provision.cells] if place.provision else []
    return words


def _check_quoted(part: DraftPart, text: str, spans: Sequence[str]) -> str | None:
    """Words in quotation marks are printed: in a cited span, a heading of its place, or the title."""
    if part.kind is PartKind.MISSING:
        return None
    words = [*spans, *_headings(part.sources)]
    if _LATIN_QUOTED.search(text):
        words += glossed_headings(part.sources)
    for match in _QUOTED.finditer(text):
        quoted = match[1] or match[2]
        pieces = (p for p in _PIECES.split(quoted) if p)
        strange = next((p for p in pieces if not any(p in w or p in "".join(w.split()) for w in words)), None)
        if strange is not None:
            return f"“{strange}”不是所引原文"
    return None


def _check_numbers(text: str, sources: Sequence[Source], spans: Sequence[str]) -> str | None:
    """Numbers of measures are those cited, counts are right, and every other number is printed."""
    words = [*spans, *_headings(sources)]
    measures = {s.place.measure_key: s.place.measure for s in sources if s.place.measure}
    chapters = {s.place.chapter.number: s.place.chapter for s in sources if s.place.chapter}
    numbers = {m.number for m in measures.values()} | {
        m.number for s in sources if s.place.chapter and not s.place.measure for m in s.place.chapter.measures
    }
    for reference in find_number_references(text):
        allowed = set(chapters) if reference.is_chapter else numbers
        if reference.number not in allowed and not any(reference.text in w for w in words):
            return f"{reference.text} 不是所引条款"
    sizes = {len(m.provisions) for m in measures.values()} if len(measures) == 1 else {len(measures)}
    if (counted := _COUNTED.search(text)) and int(counted[1] or counted[2]) not in sizes:
        return f"{counted.group()} 与原文不符"
    printed = {d for w in words for form in (w, in_digits(w)) for d in _DIGITS.findall(form)} | {
        str(n) for n in numbers | set(chapters) | sizes
    }
    wrong = next((d for d in _DIGITS.findall(_without_amounts(text)) if d not in printed), None)
    return f"{wrong} 不在所引条款中" if wrong else None


def _without_amounts(text: str) -> str:
    for amount in reversed(read_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text
