"""What the operator of the service says about a notice: it stands beside the notice, is shown as theirs, and is never cited."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class EverydayWord:
    """A word that people say and the term that the notice prints; `is_same` is false where it only comes near."""

    said: str
    printed: str
    is_same: bool = True


@dataclass(frozen=True, slots=True)
class EnglishTerm:
    """An English name and the Chinese term that the notice prints."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that the notice misprints, how they should read, and how the operator knows."""

    printed: str
    right: str
    reason: str


@dataclass(frozen=True, slots=True)
class OperatorNotes:
    """运营方提供，非原文. What nothing was said about is "" or None.

    `repealed_by` is the id, number or title of the document that repealed the notice; `telephone` is whom to ask.
    `english` serves to understand questions, `glosses` say titles and terms in English answers.
    """

    id: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    in_force: bool | None = None
    expires: date | None = None
    repealed_by: str = ""
    telephone: str = ""
    words: tuple[EverydayWord, ...] = ()
    english: tuple[EnglishTerm, ...] = ()
    glosses: tuple[EnglishTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def without_words(self) -> "OperatorNotes":
        """What is shown: words only serve to understand questions and to answer in English."""
        return replace(self, words=(), english=(), glosses=())
