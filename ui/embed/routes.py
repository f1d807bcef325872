"""The routes for other sites: `/widget.js`, `/embed` to read and to ask, and a sample host page."""

import asyncio
from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from corpus import Corpus
from ui.answers.render import render_answer
from ui.answers.suggest import suggest
from ui.api.ask import Desk
from ui.api.questions import TURNS_READ, QuestionBody, TurnBody
from ui.embed.demo import render_demo
from ui.embed.origins import embed_policy
from ui.embed.page import EmbedPage, Exchange, Framing, encode_exchange, render_embed, render_problem
from ui.embed.preset import Wanted, prepare
from ui.embed.script import write_script
from ui.pages.shell import open_visit, site_of
from ui.service.answering import AnswerDesk, NotReady
from ui.service.files import send_file
from ui.service.problems import Problem, describe_error

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 40


@router.get("/widget.js")
def read_script(request: Request) -> Response:
    """Other sites may load it whatever isolation they ask for."""
    site = site_of(request.scope)
    script = write_script(site.named, site.colours)
    return send_file(script, request.scope, Cross_Origin_Resource_Policy="cross-origin")


@router.get("/embed/demo")
def read_demo(
    request: Request, desk: Desk, mode: Literal["bubble", "inline", "full"] = "bubble", measure: str = ""
) -> Response:
    corpus = _open(desk)
    visit = open_visit(request.scope, corpus.catalogue.notices if corpus else ())
    return HTMLResponse(render_demo(visit, mode, measure), headers={"Vary": "Accept-Language"})


def open_page(request: Request, desk: Desk) -> EmbedPage:
    """The page as the address asks for it; it opens also while nothing can be answered."""
    corpus = _open(desk)
    visit = open_visit(request.scope, corpus.catalogue.notices if corpus else ())
    framing = Framing(request.query_params.get("panel") == "1", request.app.state.embed_origins)
    return EmbedPage(visit, framing)


def _open(desk: AnswerDesk) -> Corpus | None:
    try:
        return desk.opening.current().corpus
    except NotReady:
        return None


Opened = Annotated[EmbedPage, Depends(open_page)]


def read_wanted(question: str = "", measure: str = "", notice: str = "") -> Wanted:
    """The query of the address."""
    return Wanted(question, measure.strip(), notice)


@router.get("/embed")
def read_embed(page: Opened, desk: Desk, wanted: Annotated[Wanted, Depends(read_wanted)]) -> Response:
    corpus = _open(desk)
    preset = prepare(wanted, corpus.catalogue, page.visit.language) if corpus else page.preset
    return _respond(replace(page, preset=preset))


@router.post("/embed")
async def ask_embed(page: Opened, desk: Desk, request: Request) -> Response:
    """A form, so that questions stay out of addresses; what goes wrong is said in the page, with the question kept."""
    fields = _read_form(request.headers.get("content-type", ""), await request.body())
    question = fields.get("question", [""])[0].strip()
    earlier = tuple(fields.get("earlier", []))[-TURNS_READ:]
    try:
        exchange = await _answer(question, earlier, desk)
    except Exception as error:
        return _say(replace(page, earlier=earlier), question, _describe(error))
    return _respond(replace(page, exchange=exchange, earlier=earlier))


def _read_form(content_type: str, body: bytes) -> dict[str, list[str]]:
    """Empty where it is no form or has too many fields."""
    if content_type.partition(";")[0].strip().lower() != _FORM:
        return {}
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}


async def _answer(question: str, earlier: tuple[str, ...], desk: AnswerDesk) -> Exchange:
    turns = [TurnBody(role="user", content=q) for q in earlier]
    inquiry = QuestionBody(question=question, history=turns).as_inquiry()
    await run_in_threadpool(desk.check, inquiry)
    answer = await asyncio.wrap_future(desk.submit(inquiry))
    html = render_answer(answer, suggest(answer, desk.opening.current().corpus))
    return encode_exchange(question, answer, html)


def _describe(error: Exception) -> Problem:
    return Problem(422, "") if isinstance(error, ValidationError) else describe_error(error)


def _say(page: EmbedPage, question: str, problem: Problem) -> Response:
    """Problems are worded in Chinese for programs and people; in English only their kind is said."""
    visit = page.visit
    key = {422: "not_a_question", 503: "busy", 429: "busy"}.get(problem.status, "unexpected")
    detail = problem.detail if problem.detail and visit.language == "zh" else visit.word(key)
    exchange = Exchange(question, render_problem(visit, detail, problem.number or ""))
    kept = replace(page.preset, draft=question)
    response = _respond(replace(page, exchange=exchange, preset=kept), problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _respond(page: EmbedPage, status: int = 200) -> Response:
    headers = {
        "Content-Security-Policy": embed_policy(page.framing.origins),
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }
    return HTMLResponse(render_embed(page), status, headers)
