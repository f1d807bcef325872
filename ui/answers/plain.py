"""Writes an answer as plain text with its citations, for the clipboard and for reading aloud."""

from assistant.answer import Answer, Citation, Part, PartKind
from ui.markup import undisguise
from ui.words import word


def write_answer(answer: Answer) -> str:
    """Question, status, our words with their marks, every cited sentence with its address, what prevails."""
    language = answer.language
    status = word(f"status_{answer.status}", language)
    lines = [
        word("copied_question", language, question=answer.question),
        word("copied_answer", language, status=status),
        *(_line(p) for p in answer.parts if p.kind not in (PartKind.QUOTE, PartKind.SOURCE)),
        *(f"{n}. {i.text}{_marks(i.citations)}" for n, i in enumerate(answer.items or (), 1)),
    ]
    if answer.citations:
        lines += ["", word("citations", language), *(_cite(c) for c in answer.citations)]
    return undisguise("\n".join([*lines, "", word("prevails", language)]))


def _line(part: Part) -> str:
    return f"{part.text}{_marks(part.citations)}"


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def _cite(citation: Citation) -> str:
    number = f"（{citation.document_number}）" if citation.document_number else ""
    title = "".join(citation.notice_title.split())
    quote = "".join(citation.quote.splitlines())
    return f"[{citation.number}] 《{title}》{number}{citation.measure_label}：“{quote}” {citation.url}"
