"""The tools that agents call, free of the protocol: their arguments, what they do, how a refusal is said."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer
from assistant.output.encode import encode_answer
from corpus.notice import Measure, Notice, Responsibility
from ui.answers.citing import name_chapter, name_groups, point_labels
from ui.answers.labels import label_answer
from ui.api.ask import checked_inquiry
from ui.api.notices import describe_measure, describe_point
from ui.api.questions import Mended, QuestionBody
from ui.pages.measure_rows import MeasureFilter, MeasureRow, make_rows
from ui.service.answering import AnswerDesk
from ui.service.errors import describe_invalid
from ui.service.problems import describe_error

_MOST_MEASURES = 50
_LONGEST_NAME = 100
_Name = Annotated[str, Mended, Field(max_length=_LONGEST_NAME)]


class ToolRefused(Exception):
    """The call cannot be answered; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tool returns: for a model to read, and as JSON for a program."""

    text: str
    content: dict[str, Any]


class FindArguments(BaseModel):
    """按关键词、部门、通知查找措施；各项都可以不写，写了的都要符合。"""

    model_config = ConfigDict(strict=True)

    words: _Name = Field("", description="关键词，空格隔开，都要出现")
    department: _Name = Field("", description="责任部门名称或其中一部分，如 科技厅")
    notice_id: _Name = Field("", description="通知编号，如 lkz-2025-128；空表示全部通知")
    with_sum: bool = Field(False, description="只要写明金额的")
    limit: int = Field(20, ge=1, le=_MOST_MEASURES)


class ReadArguments(BaseModel):
    """读一条措施的全文、责任部门和支持内容。"""

    model_config = ConfigDict(strict=True)

    notice_id: _Name = Field(description="通知编号，如 lkz-2025-128")
    measure: _Name = Field(description="措施编号（如 3.9）或第几条的数字（如 9）")


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool; `arguments` describes and checks what it is given."""

    name: str
    title: str
    arguments: type[BaseModel]
    call: Callable[[AnswerDesk, Any], Awaitable[Reply]]

    @property
    def description(self) -> str:
        return (self.arguments.__doc__ or "").strip()


async def call_tool(desk: AnswerDesk, name: str, arguments: Mapping[str, object]) -> Reply:
    """Raises ToolRefused for whatever goes wrong."""
    tool = TOOLS.get(name)
    if tool is None:
        raise ToolRefused(f"没有这个工具。可用的工具：{'、'.join(TOOLS)}。")
    try:
        return await tool.call(desk, tool.arguments.model_validate(dict(arguments)))
    except ToolRefused:
        raise
    except ValidationError as error:
        raise ToolRefused(describe_invalid(error.errors()).detail) from None
    except Exception as error:
        raise ToolRefused(describe_error(error).detail) from None


async def _ask(desk: AnswerDesk, body: QuestionBody) -> Reply:
    answer = await asyncio.wrap_future(desk.submit(await checked_inquiry(body, desk)))
    return Reply(_print_answer(answer), encode_answer(answer))


def _print_answer(answer: Answer) -> str:
    sources = (f"[{c.number}] {c.document_number} {c.measure_label}{c.measure_title} {c.url}" for c in answer.citations)
    return "\n\n".join(filter(None, (label_answer(answer).text, "\n".join(sources))))


async def _find_measures(desk: AnswerDesk, wanted: FindArguments) -> Reply:
    return await run_in_threadpool(_list_measures, desk, wanted)


def _list_measures(desk: AnswerDesk, wanted: FindArguments) -> Reply:
    catalogue = desk.opening.current().corpus.catalogue
    if wanted.notice_id:
        _find_notice(desk, wanted.notice_id)
    fits = MeasureFilter(wanted.words, notice=wanted.notice_id, with_sum=wanted.with_sum)
    rows = [r for r in make_rows(catalogue) if fits.lets_through(r) and _is_of(r.measure, wanted.department)]
    shown = [_describe_row(row) for row in rows[: wanted.limit]]
    lines = [_print_row(row) for row in rows[: wanted.limit]]
    text = "\n".join([f"共 {len(rows)} 条，列出 {len(shown)} 条。", *lines])
    return Reply(text, {"total": len(rows), "measures": shown})


def _print_row(row: MeasureRow) -> str:
    """… 3.9 （九）技术转移转化和推广服务（省科技厅；（2）省财政厅）: departments of points with the mark of their point."""
    measure = row.measure
    own = ("", measure.responsibilities)
    groups = (own, *(("".join(point_labels(measure, p.path)), p.responsibilities) for p in measure.points))
    named = (f"{label}{'、'.join(names)}" for label, given in groups if (names := _names(given)))
    return f"{row.place.notice.id} {measure.id} {measure.label}{measure.title}（{'；'.join(named)}）"


def _names(responsibilities: Sequence[Responsibility]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d for r in responsibilities for d in r.departments))


def _is_of(measure: Measure, department: str) -> bool:
    return not department or any(department in d for d in measure.departments)


def _describe_row(row: MeasureRow) -> dict[str, Any]:
    measure, notice_id = row.measure, row.place.notice.id
    return {
        "notice_id": notice_id,
        "measure_id": measure.id,
        "number": measure.number,
        "label": measure.label,
        "title": measure.title,
        "departments": list(_names(measure.responsibilities)),
        "points": [describe_point(measure, p) for p in measure.points if p.responsibilities],
        "supports": [{"sum": s.sum or None, "words": s.words} for s in row.supports],
        "url": f"/notices/{notice_id}#{measure.anchor}",
    }


async def _read_measure(desk: AnswerDesk, wanted: ReadArguments) -> Reply:
    return await run_in_threadpool(_show_measure, desk, wanted)


def _show_measure(desk: AnswerDesk, wanted: ReadArguments) -> Reply:
    notice = _find_notice(desk, wanted.notice_id)
    measure = _find_measure(notice, wanted.measure)
    chapter = next(c for c in notice.chapters if measure in c.measures)
    above = [*name_groups(notice, chapter), *([name_chapter(chapter)] if chapter.heading else [])]
    described = {
        "notice_id": notice.id,
        "url": f"/notices/{notice.id}#{measure.anchor}",
        "above": above,
        **describe_measure(measure),
    }
    return Reply(_print_measure(measure), described)


def _print_measure(measure: Measure) -> str:
    """Heading, sentences, titles of points and departments as they are printed, each in a line of its own."""
    sentences = [(p.start, p.text) for p in measure.provisions]
    printed = {start for start, _ in sentences}
    titles = [(p.heading.start, p.heading.text) for p in measure.points if p.heading.start not in printed]
    own = {(r.phrase.start, r.phrase.text) for r in measure.responsibilities}
    of_points = {(r.phrase.start, r.phrase.text) for p in measure.points for r in p.responsibilities} - own
    lines = [text for _, text in sorted([*sentences, *titles, *of_points])]
    duties = "；".join(text for _, text in sorted(own))
    return "\n".join(filter(None, (measure.heading.text, *lines, duties)))


def _find_notice(desk: AnswerDesk, notice_id: str) -> Notice:
    catalogue = desk.opening.current().corpus.catalogue
    notice = catalogue.notice(notice_id)
    if notice is None:
        known = "、".join(n.id for n in catalogue.notices[:20])
        raise ToolRefused(f"没有这份通知。可用的编号：{known}。")
    return notice


def _find_measure(notice: Notice, name: str) -> Measure:
    found = [m for m in notice.measures() if name in (m.id, str(m.number))]
    exact = [m for m in found if m.id == name]
    if len(exact or found) != 1:
        known = "、".join(m.id for m in (found or list(notice.measures()))[:_MOST_MEASURES])
        raise ToolRefused(f"{'有几条措施' if found else '没有措施'}是这个编号。可用的编号：{known}。")
    return (exact or found)[0]


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("ask", "按通知原文回答问题，附引文、责任部门和没有写明的内容", QuestionBody, _ask),
        Tool("find_measures", "查找措施", FindArguments, _find_measures),
        Tool("read_measure", "读一条措施", ReadArguments, _read_measure),
    )
}
