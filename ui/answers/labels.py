"""Says that a model wrote and whose words each of its sentences is in; writes an answer as plain text with its citations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from assistant.answer import Answer, Citation, Composer, Part, PartKind, mark_citations
from assistant.understanding.reach import TALK
from ui.answers.citations import on_one_line
from ui.markup import undisguise
from ui.templating import render
from ui.words import word


def render_label(language: str) -> Markup:
    return render("answers/label", language)


def name_status(answer: Answer) -> str:
    """A greeting is greeted, never called out of scope."""
    key = f"reply_{answer.reply}" if answer.reply in TALK else f"status_{answer.status}"
    return word(key, answer.language)


def label_answer(answer: Answer) -> Answer:
    """The answer as it leaves in plain text: what a model wrote carries its label, and each sentence its wording."""
    if answer.composer is not Composer.MODEL:
        return answer
    language = answer.language
    label = Part(PartKind.NOTE, word("ai_label", language))
    return replace(answer, parts=(label, *(mark_wording(p, language) for p in answer.parts)))


def mark_wording(part: Part, language: str) -> Part:
    """…200万元。（解读）"""
    if part.wording is None:
        return part
    name = word(f"wording_{part.wording}", language)
    return replace(part, text=f"{part.text}（{name}）" if language == "zh" else f"{part.text} ({name})")


def write_answer(answer: Answer) -> str:
    """For the clipboard: question, status, our words with their marks, every cited sentence with its address."""
    answer, language = label_answer(answer), answer.language
    lines = [
        word("copied_question", language, question=answer.question),
        word("copied_answer", language, status=name_status(answer)),
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
