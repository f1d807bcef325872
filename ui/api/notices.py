"""The notices over HTTP: the list, the structure of one and its canonical text."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse

from corpus import Corpus
from corpus.language.amounts import Amount
from corpus.notice import Annex, Chapter, Measure, Notice, Phrase, Point, Provision, Responsibility, Support, Validity
from corpus.operator import OperatorNotes
from ui.api.ask import Desk, document_problems
from ui.api.schemas import NoticeReply, NoticesReply
from ui.pages.article import Shown


def corpus_of(desk: Desk) -> Corpus:
    return desk.opening.current().corpus


def find_notice(
    notice_id: Annotated[str, Path(examples=["lkz-2025-128"])], corpus: Annotated[Corpus, Depends(corpus_of)]
) -> Shown:
    notice = corpus.catalogue.notice(notice_id)
    if notice is None:
        raise HTTPException(404, "没有这份通知。全部通知的编号见 /api/v1/notices。")
    return Shown(notice, corpus.texts[notice.id], len(corpus.catalogue.notices) == 1)


router = APIRouter(tags=["通知"], responses=document_problems(500, 503))
_ONE = document_problems(404)
_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **_ONE}


@router.get("/api/v1/notices", summary="全部通知", response_model=NoticesReply)
def list_notices(corpus: Annotated[Corpus, Depends(corpus_of)]) -> JSONResponse:
    rows = [_summarise(n) for n in corpus.catalogue.notices]
    return JSONResponse({"notices": rows, "corpus_version": corpus.version})


@router.get("/api/v1/notices/{notice_id}", summary="一份通知的结构", response_model=NoticeReply, responses=_ONE)
def read_structure(shown: Annotated[Shown, Depends(find_notice)]) -> JSONResponse:
    return JSONResponse(describe_notice(shown.notice))


@router.get(
    "/api/v1/notices/{notice_id}/text", summary="一份通知的原文", response_class=PlainTextResponse, responses=_TEXT
)
def read_text(shown: Annotated[Shown, Depends(find_notice)]) -> PlainTextResponse:
    return PlainTextResponse(shown.text)


def _summarise(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.number_text or None,
        "chapters": sum(c.heading is not None for c in notice.chapters),
        "measures": sum(1 for _ in notice.measures()),
        "sentences": sum(1 for _ in notice.provisions()),
        "url": f"/notices/{notice.id}",
    }


def describe_notice(notice: Notice) -> dict[str, Any]:
    """The structure with places in the canonical text, in code points."""
    return {
        **_summarise(notice),
        "addressee": _phrase(notice.addressee),
        "issuer": _phrase(notice.issuer),
        "issued_on": _phrase(notice.issued_on),
        "printed_by": _phrase(notice.printed_by),
        "contact": _phrase(notice.contact),
        "validity": _validity(notice.validity),
        "preamble": [_provision(p) for p in notice.preamble],
        "chapters": [_chapter(c) for c in notice.chapters],
        "closing": [_provision(p) for p in notice.closing],
        "annex_list": _phrase(notice.annex_list),
        "annexes": [_annex(a) for a in notice.annexes],
        "references": [
            {"title": r.title, "number": r.number, "is_basis": r.is_basis, "relation": r.relation.value}
            for r in notice.references
        ],
        "operator": _operator(notice.operator),
    }


def _validity(validity: Validity) -> dict[str, Any]:
    return {
        "from_words": _phrase(validity.from_words),
        "until_words": _phrase(validity.until_words),
        "begins": validity.begins.isoformat() if validity.begins else None,
        "ends": validity.ends.isoformat() if validity.ends else None,
        "repealed_by": validity.repealed_by or None,
        "replaced_by": validity.replaced_by or None,
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "id": annex.id,
        "number": annex.number,
        "label": annex.label,
        "title": annex.title,
        "anchor": annex.anchor,
        "heading": _phrase(annex.heading),
        "provisions": [_provision(p) for p in annex.provisions],
    }


def _operator(notes: OperatorNotes | None) -> dict[str, Any] | None:
    """What is shown of it; None where nothing was said, null and "" where a thing was not."""
    if notes is None or notes.without_words() == OperatorNotes():
        return None
    return {
        "title": notes.title,
        "issuer": notes.issuer,
        "issued": notes.issued.isoformat() if notes.issued else None,
        "in_force": notes.in_force,
        "expires": notes.expires.isoformat() if notes.expires else None,
        "repealed_by": notes.repealed_by,
        "telephone": notes.telephone,
        "corrections": [asdict(c) for c in notes.corrections],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "id": chapter.id,
        "number": chapter.number,
        "label": chapter.label,
        "title": chapter.title,
        "above": list(chapter.above),
        "heading": _phrase(chapter.heading),
        "provisions": [_provision(p) for p in chapter.provisions],
        "measures": [describe_measure(m) for m in chapter.measures],
    }


def describe_measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "number": measure.number,
        "label": measure.label,
        "title": measure.title,
        "anchor": measure.anchor,
        "heading": _phrase(measure.heading),
        "provisions": [_provision(p) for p in measure.provisions],
        **_duties(measure, measure.responsibilities),
        "points": [describe_point(measure, p) for p in measure.points],
        "supports": [_support(s, p) for p in measure.provisions for i in p.items for s in i.supports],
    }


def describe_point(measure: Measure, point: Point) -> dict[str, Any]:
    return {
        "path": point.path,
        "label": point.label,
        "title": point.title,
        "anchor": point.anchor,
        "heading": _phrase(point.heading),
        **_duties(measure, point.responsibilities),
    }


def _duties(measure: Measure, responsibilities: Sequence[Responsibility]) -> dict[str, Any]:
    """Those of the whole measure or of one of its points; what a point has of its own is not the measure's."""
    rows = [
        {
            "role": r.role_text,
            "departments": list(r.departments),
            "anchor": measure.responsibility_anchor(r.phrase),
            **_span(r.phrase),
        }
        for r in responsibilities
    ]
    return {
        "departments": list(dict.fromkeys(d for r in responsibilities for d in r.departments)),
        "responsibilities": rows,
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "id": provision.id,
        "number": provision.number,
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "anchor": provision.anchor or None,
        "kind": provision.kind.value,
        "point": provision.point or None,
        "lead_in": provision.lead_in or None,
        "cells": [{"head": c.head, **_span(c.phrase)} for c in provision.cells],
    }


def _support(support: Support, provision: Provision) -> dict[str, Any]:
    return {
        "provision_id": provision.id,
        "beneficiary": support.beneficiary,
        "form": support.form,
        "amount": _amount(support.amount) if support.amount else None,
        "qualifiers": list(support.qualifiers),
        **_span(support.phrase),
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "text": amount.text,
        "value": _number(amount.value),
        "unit": amount.unit,
        "bound": amount.bound.value,
        "period": amount.period.value if amount.period else None,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _phrase(phrase: Phrase | None) -> dict[str, Any] | None:
    return _span(phrase) if phrase else None


def _span(phrase: Phrase) -> dict[str, Any]:
    return {"text": phrase.text, "start": phrase.start, "end": phrase.end}
