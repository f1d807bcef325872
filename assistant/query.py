"""The frame of a question: what it is about, what it asks, what it claims."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Repair
from corpus.embedding.embed import Vector
from corpus.language.amounts import Amount


class Ask(StrEnum):
    """所问: what kind of thing a question wants. The values are the labels of `data/asks.jsonl`."""

    SUM = "sum"
    RATE = "rate"
    PERIOD = "period"
    BASIS_OF_SUM = "basis_of_sum"
    DEPARTMENT = "department"
    ROLE = "role"
    DETAIL = "detail"
    CONDITION = "condition"
    ELIGIBILITY = "eligibility"
    SUPPORTS = "supports"
    MEASURES = "measures"
    DEPARTMENTS_LIST = "departments_list"
    CHAPTERS = "chapters"
    COUNT = "count"
    HIGHEST = "highest"
    LOWEST = "lowest"
    COMPARE = "compare"
    QUANTITY = "quantity"
    WHERE = "where"
    MEASURE_TITLE = "measure_title"
    BRANDS = "brands"
    MEANING = "meaning"
    PURPOSE = "purpose"
    BASIS = "basis"
    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    ISSUER = "issuer"
    ISSUED_ON = "issued_on"
    VALIDITY = "validity"
    DATE = "date"
    ROUTE = "route"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    MATERIALS = "materials"
    PROCESSING = "processing"
    CRITERIA = "criteria"
    QUOTA = "quota"
    BUDGET = "budget"
    RESULT = "result"
    STACKING = "stacking"
    TOTAL = "total"
    PENALTY = "penalty"
    APPEAL = "appeal"
    FEE = "fee"
    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITY = "capability"
    MORE = "more"
    REPEAT = "repeat"
    STATEMENT = "statement"
    OFF_TOPIC = "off_topic"
    MANIPULATION = "manipulation"
    UNSAFE = "unsafe"


TALK_ASKS = frozenset({Ask.GREETING, Ask.THANKS, Ask.CAPABILITY})
GUARD_ASKS = frozenset({Ask.OFF_TOPIC, Ask.MANIPULATION, Ask.UNSAFE})
DOCUMENT_ASKS = frozenset(
    {
        Ask.PURPOSE,
        Ask.BASIS,
        Ask.DOCUMENT_NUMBER,
        Ask.TITLE,
        Ask.ADDRESSEE,
        Ask.ISSUER,
        Ask.ISSUED_ON,
        Ask.VALIDITY,
        Ask.BUDGET,
    }
)
LIST_ASKS = frozenset(
    {
        Ask.SUPPORTS,
        Ask.MEASURES,
        Ask.DEPARTMENTS_LIST,
        Ask.CHAPTERS,
        Ask.COUNT,
        Ask.HIGHEST,
        Ask.LOWEST,
        Ask.COMPARE,
        Ask.BRANDS,
    }
)


# A clause that asks for the first also seems to ask for the others.
COVERS: dict[Ask, frozenset[Ask]] = {
    Ask.BASIS: frozenset({Ask.DOCUMENT_NUMBER, Ask.MEANING, Ask.ISSUER}),
    Ask.TOTAL: frozenset({Ask.SUM, Ask.COUNT, Ask.SUPPORTS}),
    Ask.RATE: frozenset({Ask.SUM, Ask.QUANTITY}),
    Ask.MEANING: frozenset({Ask.TITLE, Ask.DETAIL, Ask.MEASURE_TITLE}),
    Ask.BASIS_OF_SUM: frozenset({Ask.CONDITION}),
    Ask.CONDITION: frozenset({Ask.SUPPORTS, Ask.DETAIL}),
    Ask.ELIGIBILITY: frozenset({Ask.CONDITION, Ask.DETAIL, Ask.WHERE}),
    Ask.SUM: frozenset({Ask.SUPPORTS, Ask.DETAIL, Ask.QUANTITY}),
    Ask.PERIOD: frozenset({Ask.SUPPORTS}),
    Ask.TELEPHONE: frozenset({Ask.DEPARTMENT}),
    Ask.BRANDS: frozenset({Ask.QUANTITY, Ask.COUNT, Ask.DETAIL}),
    Ask.QUOTA: frozenset({Ask.QUANTITY}),
    Ask.CHAPTERS: frozenset({Ask.MEASURES, Ask.DETAIL}),
    Ask.DEPARTMENTS_LIST: frozenset({Ask.COUNT, Ask.DEPARTMENT}),
    Ask.HIGHEST: frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.CHAPTERS, Ask.WHERE}),
    Ask.LOWEST: frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.CHAPTERS, Ask.WHERE}),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: str
    content: str


class SubjectKind(StrEnum):
    DEPARTMENT = "department"
    MEASURE = "measure"
    CHAPTER = "chapter"
    DOCUMENT = "document"
    TERM = "term"
    PLACE = "place"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Subject:
    """所指: a recognised name; `targets` are measure keys, chapter ids, department names, provision or notice ids."""

    kind: SubjectKind
    text: str
    start: int
    end: int
    targets: tuple[str, ...] = ()
    number: int | None = None
    is_lent: bool = False


@dataclass(frozen=True, slots=True)
class AskReading:
    """One ask with the clause it was read from, how sure that is (0 to 1) and the subjects it is about."""

    ask: Ask
    text: str
    margin: float
    subjects: tuple[Subject, ...] = ()
    is_cued: bool = False
    is_telling: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """The frame: everything later steps know of the question."""

    asked: str
    standalone: str
    language: str
    subjects: tuple[Subject, ...] = ()
    asks: tuple[AskReading, ...] = ()
    amounts: tuple[Amount, ...] = ()
    words: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    is_yes_no: bool = False
    is_negated: bool = False
    repairs: tuple[Repair, ...] = ()
    vector: Vector | None = field(default=None, compare=False, repr=False)

    def of_kind(self, kind: SubjectKind) -> tuple[Subject, ...]:
        return tuple(s for s in self.subjects if s.kind is kind)

    def wants(self, *asks: Ask) -> bool:
        return any(reading.ask in asks for reading in self.asks)
