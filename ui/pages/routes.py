"""The routes of the server-rendered pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import HTMLResponse

from corpus import Corpus
from ui.api.ask import document_problems
from ui.api.notices import corpus_of, find_notice
from ui.pages.article import Shown
from ui.pages.match.page import render_match
from ui.pages.match.profile import Profile
from ui.pages.measure_rows import MeasureFilter
from ui.pages.measures import LONGEST_WORDS, render_measures, write_csv
from ui.pages.reader import render_notice_list, render_reader
from ui.pages.shell import Visit, open_visit

router = APIRouter(tags=["网页"], default_response_class=HTMLResponse, responses=document_problems(500, 503))


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


class MeasureQuery(BaseModel):
    """The query of the table's address; a name that no measure knows finds nothing."""

    words: str = ""
    notice: str = ""
    chapter: str = ""
    department: str = ""
    who: str = ""
    sums: str = ""
    sort: str = ""


def read_filter(asked: Annotated[MeasureQuery, Query()]) -> MeasureFilter:
    named = asked.model_dump(include={"notice", "chapter", "department", "who"})
    words = asked.words.strip()[:LONGEST_WORDS]
    return MeasureFilter(words, **named, with_sum=bool(asked.sums), by_sum=asked.sort == "sum")


Wanted = Annotated[MeasureFilter, Depends(read_filter)]
Published = Annotated[Corpus, Depends(corpus_of)]


@router.get("/measures", summary="措施一览")
def read_measures(corpus: Published, wanted: Wanted, visit: Visiting) -> str:
    return render_measures(corpus, wanted, visit)


@router.get("/measures.csv", include_in_schema=False)
def read_table(corpus: Published, wanted: Wanted, visit: Visiting, request: Request) -> Response:
    name = {"Content-Disposition": 'attachment; filename="measures.csv"', "Vary": "Accept-Language"}
    written = write_csv(corpus, wanted, visit, str(request.base_url).rstrip("/"))
    return Response(written, media_type="text/csv; charset=utf-8", headers=name)


@router.get("/match", summary="政策匹配")
def read_match(corpus: Published, profile: Annotated[Profile, Query()], visit: Visiting) -> str:
    return render_match(corpus, profile, visit)
