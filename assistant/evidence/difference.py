"""What is claimed, and one thing in which a sentence may differ from it."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.language.amounts import Amount


class Aspect(StrEnum):
    """What may differ between a claim and an item."""

    SUM = "sum"
    SHARE = "share"
    NUMBER = "number"
    DATE = "date"
    PAYMENT = "payment"
    BOUND = "bound"
    LEVEL = "level"
    RECIPIENT = "recipient"
    DEPARTMENT = "department"
    POLARITY = "polarity"
    DUTY = "duty"
    SCOPE = "scope"
    PAIR = "pair"
    """Two things are said together, and each is printed with another."""

    EXTENT = "extent"
    """It is said of all, or of one only, and printed of some, or of others too."""

    EXCEPTION = "exception"
    """What is claimed of is printed as the exception."""

    WORDS = "words"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a clause says is so: its text, its sums, the words that tell what it is about, the departments it names."""

    text: str
    value: str = "said"
    amounts: tuple[Amount, ...] = ()
    content: tuple[str, ...] = ()
    departments: tuple[tuple[str, ...], ...] = ()
    whole: str = ""
    """The message that tells who asks; the text where "" ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an item says otherwise (`printed`) or does not say (then "")."""

    aspect: Aspect
    said: str
    printed: str = ""
