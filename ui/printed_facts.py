"""What a notice prints about its own date and validity, said in a line."""

from corpus.notice import Notice
from ui.words import word


def say_validity(notice: Notice, language: str) -> str:
    """Only what is printed; nothing is concluded from a document number."""
    printed = [v.phrase.text for i in notice.all_items() for v in i.values if v.kind == "validity"]
    own = (notice.validity.from_words, notice.validity.until_words)
    spoken = [p for p in printed if any(w and w.text in p for w in own)] or printed[:1]
    said = [word("issued_on", language, words=notice.issued_on.text)] if notice.issued_on else []
    said += [word("validity", language, words="，".join(dict.fromkeys(spoken)))] if spoken else []
    return "；".join(said) if said else word("validity_none", language)
