"""Gives the frame to the present composing in its own words, until composing is built on wants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.naming.names import SubjectFinder
from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.synonyms import Synonyms
from assistant.naming.vocabulary import QuestionVocabulary
from assistant.query import Ask, AskReading, Query
from assistant.understanding.frame import Act, Clause, Frame, Operation, Want
from corpus.language.amounts import Amount
from corpus.store import Corpus

_NAMED = frozenset({SubjectKind.TERM, SubjectKind.MEASURE})
_MEASURES = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE})
_THINGS = _NAMED | {SubjectKind.NUMBER, SubjectKind.CHAPTER}

_ASKS: Mapping[str, Ask] = {
    "said": Ask.DETAIL,
    "sum": Ask.SUM,
    "share": Ask.RATE,
    "calculation": Ask.BASIS_OF_SUM,
    "payment": Ask.PERIOD,
    "quantity": Ask.QUANTITY,
    "date": Ask.DATE,
    "period": Ask.PROCESSING,
    "validity": Ask.VALIDITY,
    "contact": Ask.TELEPHONE,
    "address": Ask.ADDRESS,
    "route": Ask.ROUTE,
    "materials": Ask.MATERIALS,
    "condition": Ask.CONDITION,
    "recipient": Ask.CONDITION,
    "department": Ask.DEPARTMENT,
    "role": Ask.ROLE,
    "actor": Ask.ACTOR,
    "name": Ask.DETAIL,
    "meaning": Ask.MEANING,
    "clause": Ask.WHERE,
    "title": Ask.TITLE,
    "document_number": Ask.DOCUMENT_NUMBER,
    "issuer": Ask.ISSUER,
    "issued_on": Ask.ISSUED_ON,
    "addressee": Ask.ADDRESSEE,
    "basis": Ask.BASIS,
    "purpose": Ask.PURPOSE,
    "fee": Ask.FEE,
    "penalty": Ask.PENALTY,
    "appeal": Ask.APPEAL,
    "result": Ask.RESULT,
    "stacking": Ask.STACKING,
}
_LISTS: Mapping[str, Ask] = {
    "sum": Ask.SUPPORTS,
    "clause": Ask.MEASURES,
    "department": Ask.DEPARTMENTS_LIST,
    "name": Ask.BRANDS,
    "payment": Ask.SUPPORTS,
}
_PARTICULAR = frozenset(_ASKS) - {"said", "name", "recipient", "clause", "actor", "department", "meaning"}
_COUNTED = frozenset({"clause", "department", "sum", "said", "title"})
_LEAST = re.compile(r"最[低少小末]|垫底|lowest|least|smallest|fewest", re.IGNORECASE)
_CHAPTERS = re.compile(r"部分|章|块|板块|chapter|\bparts?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_YES_NO = re.compile(
    r"吗|吧|(\w{1,2})[不没]\1|对不(?![起住])|对么|真的假的|是不是|是否|对不对|对吧|是吧|有没有|能不能|可不可以|会不会|没错吧|^(?:is|are|does|do|can|will|has|have|did)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:不|没有?|未|无)(?:由|归|涉及|负责|参与|提到|包括|包含|含|属于|在|掺和|管|沾|关系|份|需要)|无关|[找看见]不到|不见|(?<!有)没有?(?=[^，。？！吗呢]{0,6}(?:厅|局|委|部|办|行|科协)(?:的)?(?:事|份|$|[？?，]))|没(?:他|它|份|关系|有?(?:挂|列|写上|出现|露|管|参与|份))|(?<!有)没有(?=省|市|◎)|除了|除[掉去开]|抛开|刨去|排除|之外|以外|\bnot\b|n't\b|except",
    re.IGNORECASE,
)


class QueryMaker:
    """Turns frames into queries with the words of one corpus."""

    def __init__(
        self, corpus: Corpus, vocabulary: QuestionVocabulary, synonyms: Synonyms, finder: SubjectFinder
    ) -> None:
        self._corpus = corpus
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._finder = finder

    def make(self, frame: Frame, asked: Sequence[Clause]) -> Query:
        """The clauses to be answered; inherited names stand in front of the text, and every place in it moves right."""
        lent = tuple({s.text: s for c in asked for s in c.inherited}.values())
        prefix = "、".join(s.text for s in lent) + "：" if lent else ""
        own = {s: _moved(s, len(prefix)) for s in frame.names}
        placed = _placed(lent)
        text = prefix + frame.text
        subjects = (*placed.values(), *own.values())
        amounts = tuple(replace(a, start=a.start + len(prefix), end=a.end + len(prefix)) for a in frame.amounts)
        unprinted = tuple(dict.fromkeys(s.text for s in frame.unprinted))
        blanks = [(s.start + len(prefix), s.end + len(prefix)) for s in frame.unprinted]
        bare = _without(text, [*_figures(subjects, amounts), *blanks])
        asks = tuple(self._reading(c, asked, placed, own) for c in asked)
        wide = any(a.ask is Ask.ELIGIBILITY for a in asks)
        if wide:
            # Who they are is told in their own words: a 城商行 is a bank.
            bare = _without(text, _figures(subjects, amounts))
        return Query(
            asked=frame.asked,
            standalone=text,
            language=frame.language,
            subjects=subjects,
            asks=asks,
            amounts=amounts,
            words=self._search_words(text),
            content=(*self._vocabulary.content_words(self._synonyms.in_printed_words(bare, wide)), *unprinted),
            unprinted=unprinted,
            is_yes_no=any(c.want.operation is Operation.CHECK for c in asked) or bool(_YES_NO.search(text)),
            is_negated=bool(_NEGATED.search(text)),
            repairs=frame.repairs,
            vector=frame.vector,
        )

    def _reading(
        self,
        clause: Clause,
        asked: Sequence[Clause],
        placed: Mapping[str, Subject],
        own: Mapping[Subject, Subject],
    ) -> AskReading:
        subjects = (*(placed[s.text] for s in clause.inherited), *(own[s] for s in clause.names if s in own))
        is_alone = len(asked) == 1
        return AskReading(
            find_ask(clause),
            clause.masked.strip(" ，,。？?！!；;、"),
            clause.particular if clause.want.value in _PARTICULAR else clause.margin,
            subjects,
            is_cued=True,
            is_telling=bool(self._own_words(clause.text)),
            words=() if is_alone else self._words_of(clause, subjects),
            unprinted=clause.unprinted,
        )

    def _words_of(self, clause: Clause, subjects: Sequence[Subject]) -> tuple[str, ...]:
        """What a clause beside others is searched by: its own words, else its names."""
        named = [s.text for s in subjects if s.kind in _NAMED]
        return self._own_words(clause.text) or (self._search_words(" ".join(named)) if named else ())

    def _own_words(self, text: str) -> tuple[str, ...]:
        """The words of a clause that names something itself; none where it leans on the rest of the message."""
        knows, names = self._corpus.keywords.knows, self._vocabulary.names
        known = [w for w in self._vocabulary.content_words(text) if knows(w) and names(w)]
        return self._search_words(text) if known else ()

    def _search_words(self, text: str) -> tuple[str, ...]:
        """The telling words, without the names of departments, and the printed words for everyday ones."""
        for mention in reversed(self._corpus.departments.find(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        printed = " ".join(self._synonyms.printed_for(text))
        return self._vocabulary.search_words(f"{text} {printed}")


def find_ask(clause: Clause) -> Ask:
    """The ask of the present composing that is nearest to what a clause wants."""
    if clause.act not in {Act.ASK, Act.ELSEWHERE}:
        return Ask.DETAIL
    kinds = [s.kind for s in clause.all_names]
    if clause.want.value == "recipient" and _YES_NO.search(clause.text):
        return Ask.ELIGIBILITY
    return _of_operation(clause, kinds) or _of_value(clause.want, set(kinds))


def _of_operation(clause: Clause, kinds: Sequence[SubjectKind]) -> Ask | None:
    """None where the value alone decides."""
    operation, value = clause.want.operation, clause.want.value
    things = [k for k in kinds if k in _THINGS]
    if operation is Operation.RANK:
        # The highest that one thing gets is what it gets at most.
        of_things = Ask.COMPARE if len(things) > 1 else Ask.SUM if value == "sum" else None
        return of_things if things and of_things else Ask.LOWEST if _LEAST.search(clause.text) else Ask.HIGHEST
    if operation is Operation.COMPARE and value == "sum" and len(things) == 1 and things[0] in _MEASURES:
        return Ask.SUM
    if operation in {Operation.LIST, Operation.COUNT} and _CHAPTERS.search(clause.text) and not kinds:
        return Ask.CHAPTERS
    if operation is Operation.COUNT:
        is_of_things = value not in _COUNTED and (things or clause.says_something)
        return _ASKS[value] if is_of_things else Ask.COUNT
    if operation is Operation.OUTLINE:
        return _outlined(clause, set(kinds))
    if operation is Operation.LIST and value in _LISTS:
        return _listed(clause.want, set(kinds))
    return {Operation.COMPARE: Ask.COMPARE, Operation.TOTAL: Ask.TOTAL}.get(operation)


def _of_value(want: Want, kinds: set[SubjectKind]) -> Ask:
    if want.value == "title" and kinds & {SubjectKind.NUMBER, SubjectKind.CHAPTER, SubjectKind.MEASURE}:
        return Ask.MEASURE_TITLE
    if want.value == "purpose" and kinds & _THINGS:
        return Ask.DETAIL
    if want.value == "recipient" and want.operation is Operation.CHECK:
        return Ask.ELIGIBILITY
    if want.value == "clause" and SubjectKind.DEPARTMENT in kinds:
        return Ask.DEPARTMENT if kinds & _THINGS else Ask.MEASURES
    return _ASKS[want.value]


def _outlined(clause: Clause, kinds: set[SubjectKind]) -> Ask:
    if kinds & _THINGS or _DIGITS.search(clause.text):
        return Ask.MEASURE_TITLE if clause.want.value == "title" else Ask.DETAIL
    return Ask.CHAPTERS if _CHAPTERS.search(clause.text) else Ask.MEASURES


def _listed(want: Want, kinds: set[SubjectKind]) -> Ask:
    ask = _LISTS[want.value]
    if ask is Ask.DEPARTMENTS_LIST and kinds & (_THINGS - {SubjectKind.CHAPTER}):
        return Ask.DEPARTMENT
    if ask is Ask.BRANDS and kinds:
        return Ask.DETAIL
    return ask


def _moved(subject: Subject, by: int) -> Subject:
    return replace(subject, start=subject.start + by, end=subject.end + by)


def _placed(lent: Sequence[Subject]) -> dict[str, Subject]:
    """The lent names side by side, by their text."""
    found: dict[str, Subject] = {}
    offset = 0
    for subject in lent:
        found[subject.text] = replace(subject, start=offset, end=offset + len(subject.text), is_lent=True)
        offset += len(subject.text) + 1
    return found


def _figures(subjects: Sequence[Subject], amounts: Sequence[Amount]) -> list[tuple[int, int]]:
    """Where sums and numbers of measures stand."""
    numbers = [(s.start, s.end) for s in subjects if s.kind is SubjectKind.NUMBER]
    return numbers + [(a.start, a.end) for a in amounts]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without sums, numbers of measures and unprinted terms, whose pieces name nothing."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
