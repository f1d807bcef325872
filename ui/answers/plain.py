"""Writes an answer as plain text with its citations, for the clipboard and for reading aloud."""

from collections.abc import Iterable, Iterator

from assistant.answer import Answer, Citation, Part, PartKind, mark_citations
from ui.answers.citations import on_one_line
from ui.answers.labels import label_answer
from ui.markup import undisguise
from ui.words import word


def write_answer(answer: Answer) -> str:
    """Question, status, our words with their marks, every cited sentence with its address, what prevails."""
    answer, language = label_answer(answer), answer.language
    status = word(f"status_{answer.status}", language)
    lines = [
        word("copied_question", language, question=answer.question),
        word("copied_answer", language, status=status),
        *(_line(p) for p in answer.parts if p.kind not in (PartKind.QUOTE, PartKind.SOURCE)),
        *(f"{n}. {i.text}{mark_citations(i.citations)}" for n, i in enumerate(answer.listed, 1)),
    ]
    if answer.citations:
        lines += ["", word("citations", language), *(_cite(c) for c in answer.citations)]
    return undisguise("\n".join([*lines, "", word("prevails", language)]))


def _line(part: Part) -> str:
    if part.kind is PartKind.TABLE:
        return "\n".join(_table_lines(part))
    return f"{part.text}{mark_citations(part.citations)}"


def _table_lines(part: Part) -> Iterator[str]:
    """Tabs between the cells, which a spreadsheet takes and a voice does not read."""
    yield _cells(part.columns)
    yield from (f"{_cells(row.cells)}{mark_citations(row.citations)}" for row in part.rows)


def _cells(texts: Iterable[str]) -> str:
    return "\t".join(on_one_line(t).replace("\t", " ") for t in texts)


def _cite(citation: Citation) -> str:
    number = f"（{citation.document_number}）" if citation.document_number else ""
    title = "".join(citation.notice_title.split())
    quote = "".join(citation.quote.splitlines())
    return f"[{citation.number}] 《{title}》{number}{citation.measure_label}：“{quote}” {citation.url}"
