"""The routes of the server-rendered pages."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import HTMLResponse

from corpus import Corpus
from ui.api.ask import document_problems
from ui.api.notices import corpus_of, find_notice
from ui.pages.article import Shown
from ui.pages.measure_rows import MeasureFilter
from ui.pages.measures import render_measures
from ui.pages.reader import render_notice_list, render_reader
from ui.pages.shell import Visit, open_visit

router = APIRouter(tags=["网页"], default_response_class=HTMLResponse, responses=document_problems(500, 503))

_LONGEST_WORDS = 60


def visit_of(request: Request, response: Response, corpus: Annotated[Corpus, Depends(corpus_of)]) -> Visit:
    """The language of the answer depends on what the browser asks for."""
    response.headers["Vary"] = "Accept-Language"
    return open_visit(request.scope, corpus.catalogue.notices)


Visiting = Annotated[Visit, Depends(visit_of)]


@router.get("/notices", summary="全部通知的网页")
def read_notice_list(visit: Visiting) -> str:
    return render_notice_list(visit)


@router.get("/notices/{notice_id}", summary="一份通知的网页", responses=document_problems(404))
def read_notice(shown: Annotated[Shown, Depends(find_notice)], visit: Visiting) -> str:
    return render_reader(shown, visit)


def read_filter(words: str = "", notice: str = "", chapter: str = "", department: str = "") -> MeasureFilter:
    """The query of the address; a name that no measure knows is kept and finds nothing."""
    return MeasureFilter(words.strip()[:_LONGEST_WORDS], notice, chapter, department)


@router.get("/measures", summary="措施一览")
def read_measures(
    corpus: Annotated[Corpus, Depends(corpus_of)],
    wanted: Annotated[MeasureFilter, Depends(read_filter)],
    visit: Visiting,
    sums: str = "",
) -> str:
    return render_measures(corpus, replace(wanted, with_sum=bool(sums)), visit)
