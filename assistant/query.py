"""The frame in the words of the present composing: asks, and what each is about."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Repair
from assistant.naming.subject import Subject, SubjectKind
from corpus.embedding.embed import Vector
from corpus.language.amounts import Amount


class Ask(StrEnum):
    """所问: what kind of thing a question wants. Composing is cut by them until it is built on wants."""

    SUM = "sum"
    RATE = "rate"
    PERIOD = "period"
    BASIS_OF_SUM = "basis_of_sum"
    DEPARTMENT = "department"
    ROLE = "role"
    ACTOR = "actor"
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
    BUDGET = "budget"
    RESULT = "result"
    STACKING = "stacking"
    TOTAL = "total"
    PENALTY = "penalty"
    APPEAL = "appeal"
    FEE = "fee"
    STATEMENT = "statement"


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
    unprinted: str = ""
    """What it is surely about, where no notice prints that; else ""."""


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
