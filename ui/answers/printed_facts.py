"""What a notice prints about its own date and validity, said in a line."""

from corpus.notice import Notice
from ui.words import word


def say_validity(notice: Notice, language: str) -> str:
    """Only what is printed; nothing is concluded from a document number."""
    printed = [s.phrase.text for p in notice.provisions() for i in p.items for s in i.values if s.kind == "validity"]
    said = [word("issued_on", language, words=notice.issued_on.text)] if notice.issued_on else []
    said += [word("validity", language, words=printed[0])] if printed else []
    return "；".join(said) if said else word("validity_none", language)
