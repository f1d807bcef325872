"""The routes behind the chat page: answers as finished HTML, and the notice beside them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse

from assistant.answer import Answer, Part, PartKind
from assistant.output.listener import Told
from corpus import Corpus
from ui.answers.labels import mark_wording, render_label
from ui.answers.render import name_table, render_answer, render_part, render_told
from ui.answers.source import Cited, render_source
from ui.answers.suggest import suggest
from ui.api.ask import Desk, checked_inquiry, document_problems, require_json
from ui.api.notices import find_notice
from ui.api.questions import QuestionBody
from ui.api.streaming import AnswerResponse, AnswerStream, Event, Telling
from ui.pages.article import Shown
from ui.words import word

router = APIRouter(prefix="/chat", include_in_schema=False, responses=document_problems(404, 500, 503))
_LONGEST_TEXT = 10_000_000
_MOST_CITATIONS = 10_000


@router.post("/ask", dependencies=[Depends(require_json)])
async def ask(body: QuestionBody, desk: Desk) -> AnswerResponse:
    inquiry = await checked_inquiry(body, desk)
    return AnswerResponse(AnswerStream(desk, inquiry, tell_page(desk.opening.current().corpus)))


def tell_page(corpus: Corpus) -> Telling:
    """For one answer: the label stands before the first sentence of a model."""
    has_label = False

    def tell_sentence(told: Told) -> Iterator[Event]:
        nonlocal has_label
        html, text = render_told(told, not has_label), mark_wording(told.part, told.language).text
        if not has_label:
            html, text = render_label(told.language) + html, f"{word('ai_label', told.language)} {text}"
        has_label = True
        yield Event("part", {"html": html, "text": text})

    return Telling(
        lambda answer, told: tell_as_html(answer, corpus, told), part=tell_sentence, first_line=_tell_first_line
    )


def _tell_first_line(told: Told) -> Iterator[Event]:
    yield Event("first_line", {"html": render_told(told), "text": told.part.text})


def tell_as_html(answer: Answer, corpus: Corpus, told: Sequence[Part] = ()) -> Iterator[Event]:
    """Parts as soon as they stand, then the card that replaces them.

    `text` is announced of a part; of the whole it is what a follow-up sends as history.
    """
    for part in (p for p in answer.parts if p not in told):
        if html := render_part(answer, part):
            yield Event("part", {"html": html, "text": _announce(part, answer.language)})
    card = render_answer(answer, suggest(answer, corpus))
    yield Event("done", {"html": card, "text": answer.text, "status": answer.status.value})


def _announce(part: Part, language: str) -> str:
    """A sentence is read out as a whole, a table only named."""
    return name_table(part, language) if part.kind is PartKind.TABLE else part.text


class SourceQuery(BaseModel):
    """Where the cited words stand, in code points of the canonical text."""

    start: int = Field(ge=0, le=_LONGEST_TEXT)
    end: int = Field(ge=0, le=_LONGEST_TEXT)
    number: int | None = Field(default=None, ge=1, le=_MOST_CITATIONS)
    lang: Literal["zh", "en"] = "zh"


@router.get("/source/{notice_id}")
def read_source(asked: Annotated[SourceQuery, Query()], shown: Annotated[Shown, Depends(find_notice)]) -> HTMLResponse:
    html = render_source(shown, Cited(asked.start, asked.end, asked.number), asked.lang)
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})
