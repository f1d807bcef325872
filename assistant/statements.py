"""Checks what a part states against the words it cites: figures, beneficiaries, departments, roles, numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Source
from assistant.measure_numbers import find_number_references
from corpus.amounts import Amount, Period, read_amounts
from corpus.departments import DepartmentTable
from corpus.lexicon import Lexicon, NameKind
from corpus.notice import Responsibility, Role
from corpus.store import Corpus

_PERIODS = {
    Period.ONCE: re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE),
    Period.YEARLY: re.compile(
        r"年度(?:最高|奖|补)|按年度计|每年|年年|一年|逐年|按年(?!度)|per year|yearly|annual|every year|a year",
        re.IGNORECASE,
    ),
}
_FIRM = re.compile(r"固定|定额|保底|一律|必定|\bfixed\b|\bflat\b|\bguaranteed\b", re.IGNORECASE)
_QUOTED = re.compile(r"“([^“”]{2,})”|《([^《》]+)》")
_LEADS = re.compile(r"牵头|\blead", re.IGNORECASE)
_NOT_LEADING = re.compile(r"分工|配合|参与|参加|协助|协同|指导|\bshared\b|\bsupporting\b", re.IGNORECASE)
_SOME_OF = re.compile(r"之一|其中|包括|等(?:部门|单位)|among|one of|includ", re.IGNORECASE)
_COUNTED = re.compile(r"共(\d+)[句条]|has (\d+) (?:sentences|measures)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ENDS_OF_SEGMENT = re.compile(r"[。；;\n]")
_LEAST_NAME = 3


@dataclass(frozen=True, slots=True)
class _Passage:
    """A clause that may carry a figure, with what is said around it."""

    text: str
    around: str

    def prints(self, name: str) -> bool:
        return name.casefold() in self.text.casefold() or name.casefold() in self.around.casefold()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure as a part states it: of what, once or yearly."""

    amount: Amount
    names: tuple[str, ...]
    periods: frozenset[Period]

    def holds_in(self, passage: _Passage) -> bool:
        """The same figure as firmly bound, of something named there, neither with another period nor without its own."""
        said = periods_of(passage.text)
        for printed in read_amounts(passage.text):
            allowed = said | ({printed.period} if printed.period else set())
            keeps_period = not self.names or printed.period is None or printed.period in self.periods
            if self.amount.equals(printed) and self.amount.bound is printed.bound and keeps_period:
                return self.periods <= allowed and all(passage.prints(n) for n in self.names)
        return False


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
    """What the part says itself, without the claim it denies before its colon."""
    if part.claim is not ClaimKind.DENIED:
        return part.text
    return re.split("[：:]", part.text, maxsplit=1)[-1]


def periods_of(text: str) -> frozenset[Period]:
    return frozenset(period for period, pattern in _PERIODS.items() if pattern.search(text))


def _span(source: Source) -> str:
    return source.item.text if source.item else source.phrase.text


def _check_denial(part: DraftPart, text: str) -> str | None:
    """A denial names only the user's own figures, and none that the text then affirms."""
    if part.claim is not ClaimKind.DENIED:
        return None
    asked = [a for claim in part.denied for a in read_amounts(claim)]
    for amount in read_amounts(part.text.removesuffix(text)):
        if not any(amount.equals(a) for a in asked):
            return f"{amount.text} 不是所问的金额"
        if any(amount.equals(a) for a in read_amounts(text)):
            return f"{amount.text} 既否定又肯定"
    return None


def check_figures(text: str, sources: Iterable[Source], lexicon: Lexicon) -> str | None:
    """Every figure stands in one cited clause together with what the part says it is for."""
    passages = [p for s in sources for p in _passages(s)]
    for segment in _ENDS_OF_SEGMENT.split(text):
        for claim in _claims(segment, lexicon):
            if not any(claim.holds_in(p) for p in passages):
                return f"{claim.amount.text} 不在所引条款中，或不属于所说的对象"
    return None


def _passages(source: Source) -> Iterator[_Passage]:
    """The clause of a source, or each clause of its sentence; unpriced clauses of the sentence are said around it."""
    place = source.place
    titles = (
        place.notice.title,
        place.chapter.title if place.chapter else "",
        place.measure.title if place.measure else "",
    )
    items = place.provision.items if place.provision else ()
    around = "\n".join((*titles, *(i.text for i in items if not i.amounts)))
    if source.item is not None:
        yield _Passage(source.item.text, around)
    elif items:
        yield from (_Passage(i.text, around) for i in items)
    else:
        yield _Passage(source.phrase.text, around)


def _claims(segment: str, lexicon: Lexicon) -> Iterator[_Claim]:
    """Figures with the names said since the figure before, or after it where none was."""
    said = 0
    for amount in _without_repetition(segment):
        marks = [i for i in (segment.find(mark, amount.end) for mark in "，：,:") if i >= 0]
        end = min(marks, default=len(segment))
        names = _names(segment[said : amount.end], lexicon)
        periods = periods_of(segment[said:end])
        said = amount.end
        if not names:
            names, said = _names(segment[amount.end : end], lexicon), end
        yield _Claim(amount, names, periods)


def _without_repetition(segment: str) -> Iterator[Amount]:
    """RMB 2 million (200万元) is one figure."""
    last: Amount | None = None
    for amount in read_amounts(segment):
        between = segment[last.end : amount.start] if last else ""
        if last and last.equals(amount) and re.fullmatch(r"\s*[（(]\s*", between):
            continue
        last = amount
        yield amount


def _names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = (m for m in lexicon.find(text) if m.is_a(NameKind.TERM) and not m.is_a(NameKind.DEPARTMENT))
    return tuple(m.text for m in found if len(m.text) >= _LEAST_NAME)


def _check_firmness(text: str, spans: Iterable[str]) -> str | None:
    firm = _FIRM.search(text)
    return f"“{firm.group()}”不在所引条款中" if firm and not any(firm.group() in s for s in spans) else None


def _check_departments(text: str, sources: Iterable[Source], table: DepartmentTable) -> str | None:
    """Every department named is printed in a cited place."""
    words = [w for s in sources for w in (_span(s), s.phrase.text)]
    for mention in table.find(text):
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
    return (r for r in measure.responsibilities if r.phrase == source.phrase) if measure else iter(())


def _headings(sources: Iterable[Source]) -> list[str]:
    """Headings of the cited places, the titles of their notices and the cited words themselves."""
    words: list[str] = []
    for source in sources:
        place = source.place
        words += [source.phrase.text, place.notice.title]
        words += [place.measure.title, place.measure.label] if place.measure else []
        words += [f"{place.chapter.label}{place.chapter.title}"] if place.chapter else []
    return words


def _check_quoted(part: DraftPart, text: str, spans: Sequence[str]) -> str | None:
    """Words in quotation marks are printed: in a cited span, a heading of its place, or the title."""
    if part.kind is PartKind.MISSING:
        return None
    words = [*spans, *_headings(part.sources)]
    for match in _QUOTED.finditer(text):
        quoted = match[1] or match[2]
        if not any(quoted in w for w in words):
            return f"“{quoted}”不是所引原文"
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
    printed = {d for w in words for d in _DIGITS.findall(w)} | {str(n) for n in numbers | set(chapters) | sizes}
    wrong = next((d for d in _DIGITS.findall(_without_amounts(text)) if d not in printed), None)
    return f"{wrong} 不在所引条款中" if wrong else None


def _without_amounts(text: str) -> str:
    for amount in reversed(read_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text
