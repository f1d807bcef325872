"""Shows an answer to a person in a terminal: the direct answer, the notice's words apart, departments, source."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation, Composer, ListItem, Part, PartKind, Status, mark_citations
from assistant.output.listener import Listener, Told
from prompts import label

_STATUS = {
    Status.ANSWERED: ("通知有明确规定", "green"),
    Status.PARTLY_ANSWERED: ("只写明了一部分", "yellow"),
    Status.NOT_STATED: ("通知没有写明", "yellow"),
    Status.RELATED: ("通知没有直接写，最接近的是", "yellow"),
    Status.NEEDS_DETAIL: ("请再说具体一点", "blue"),
    Status.OUT_OF_SCOPE: ("不在这些通知的范围内", "blue"),
    Status.REFUSED: ("这个请求不能办理", "blue"),
}
# Escape sequences could move the cursor or fake a prompt; turned writing direction could disguise words.
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ASK_DOCTOR = "运行 python -m assistant doctor 查看原因。"
_RULE = "  ┃ "
_WIDEST = 100


def show_answer(answer: Answer, console: Console) -> None:
    """Our own words first, each quotation with its number and measure, then who is responsible and where it stands."""
    status, colour = _STATUS[answer.status]
    _print(console, Text(f"【{status}】", colour))
    citations = {c.number: c for c in answer.citations}
    if answer.composer is Composer.MODEL:
        _print(console, Text(label("labels", "ai", answer.language), "dim"))
    waiting = list(answer.listed)
    for part in answer.parts:
        if waiting and part.kind is not PartKind.DIRECT and not part.wording:
            _print_items(console, waiting)
            waiting = []
        _print_part(console, part, citations, answer.language)
    _print_items(console, waiting)
    if answer.degraded:
        _print(console, Text(f"{label('labels', answer.degraded, answer.language)}{_ASK_DOCTOR}", "dim"))


@contextmanager
def show_writing(console: Console) -> Iterator[Listener]:
    """Shows, while a model writes, each sentence that holds; all of it goes when the answer is there.

    A pipe gets only the answer, for it cannot take anything back.
    """
    if not console.is_terminal or console.is_dumb_terminal:
        yield Listener()
        return
    with Live(console=console, transient=True, auto_refresh=False) as live:
        lines: list[Text] = []

        def show(told: Told, is_first_line: bool) -> None:
            if not is_first_line and not lines:
                lines.append(Text(label("labels", "ai", told.language), "dim"))
            line = _say(told.part, told.language)
            live.update(line if is_first_line else Text("\n").join([*lines, line]), refresh=True)
            if not is_first_line:
                lines.append(line)

        yield Listener(on_part=lambda told: show(told, False), on_first_line=lambda told: show(told, True))


def _say(part: Part, language: str) -> Text:
    """Our own words with the marks of their citations, and whose words they are where a model wrote them."""
    said = Text(clean(part.text), "bold").append(mark_citations(part.citations), "not bold red")
    if part.wording:
        said.append(f" [{label('labels', part.wording, language)}]", "not bold dim")
    return said


def clean(text: str) -> str:
    """The text without what a terminal would obey."""
    return _UNSAFE.sub("", text)


def _print_part(console: Console, part: Part, citations: dict[int, Citation], language: str) -> None:
    marks = mark_citations(part.citations)
    match part.kind:
        case PartKind.QUOTE:
            _print_quote(console, part, [citations[n] for n in part.citations if n in citations])
        case PartKind.TABLE:
            _print_table(console, part)
        case _ if part.kind is PartKind.DIRECT or part.wording:
            _print(console, _say(part, language))
        case PartKind.DEPARTMENTS:
            _print(
                console, Text("责任部门：", "bold").append(clean(part.text), "not bold").append(marks, "not bold red")
            )
        case PartKind.SOURCE:
            _print(console, Text(clean(f"出处：{part.text}"), "dim"))
        case _:
            _print(console, Text(clean(part.text)).append(marks, "red"))


def _print_quote(console: Console, part: Part, cited: Iterable[Citation]) -> None:
    captions = [f"[{c.number}] 通知原文 {c.measure_label}{c.measure_title}" for c in cited]
    _print_ruled(console, Text(clean("  ".join(captions) or "通知原文"), "red"))
    _print_ruled(console, Text(clean(part.text)))


def _print_items(console: Console, items: Iterable[ListItem]) -> None:
    for item in items:
        _print_ruled(console, Text(clean(item.text)).append(mark_citations(item.citations), "red"))


def _print_table(console: Console, part: Part) -> None:
    """Columns as wide as their characters are drawn; a pipe gets a line of Markdown for each row."""
    if not console.is_terminal:
        _print(console, Text(clean(part.text)))
        return
    table = Table(box=box.SIMPLE_HEAD, show_lines=False)
    for column in part.columns:
        table.add_column(Text(clean(column)), overflow="fold")
    for row in part.rows:
        *cells, last = (Text(clean(cell)) for cell in row.cells)
        table.add_row(*cells, last.append(mark_citations(row.citations), "red"))
    console.print(table, width=min(console.width, _WIDEST))


def _print(console: Console, text: Text) -> None:
    """A pipe gets whole lines, so that they can be searched."""
    console.print(text, soft_wrap=not console.is_terminal, width=min(console.width, _WIDEST))


def _print_ruled(console: Console, text: Text) -> None:
    if not console.is_terminal:
        _print(console, Text(_RULE, "red").append_text(text))
        return
    for line in text.wrap(console, min(console.width, _WIDEST) - len(_RULE)):
        console.print(Text(_RULE, "red").append_text(line))
