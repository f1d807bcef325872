"""Answers which notices there are: all, those of one body or year, those that print a word, the newest."""

import re
from collections.abc import Iterator

from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.whether import asks_documents, asks_of_stock, asks_oldest_or_newest
from assistant.listing.answering import answer_selection
from assistant.listing.notices import ISSUER, NUMBER, WORD, YEAR
from assistant.listing.selection import Order, Rows, Selection, Where
from assistant.naming.subject import SubjectKind

_ORDER = {"newest": Order.MOST, "oldest": Order.LEAST, "": Order.PRINTED}
_NUMBERED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,6}[发函字])\s*(?:[〔\[(（【]?(?P<year>(?:19|20)\d{2})年?[〕\])）】]?)?"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
_ISSUED = re.compile("发[的了布]|印发|出台|制定|年发")
_GENERAL = re.compile(
    "文件|通知|公文|意见|办法|规定|政策|收录|文号|开头|发文|印发|发布|出台|制定|[讲提写说]到|涉及|关于|方面|^年|[一二三四五六七八九十]份|最[新早近]|新|早|日期"
)


def find_documents(inquiry: Inquiry) -> Finding | None:
    """None where no notices are asked for, or by a condition that cannot be told."""
    text, notices = inquiry.clause.text, inquiry.corpus.catalogue.notices
    if not asks_documents(text) or (len(notices) == 1 and not asks_of_stock(text)):
        return None
    conditions = tuple(dict.fromkeys(_conditions(inquiry)))
    said = "".join(value for _, value in conditions)
    left = [w for w in inquiry.content if w not in said and not _GENERAL.search(w) and not _YEAR.match(w)]
    if left:
        return None
    order = _ORDER[asks_oldest_or_newest(text)]
    return answer_selection(inquiry, Selection(Rows.NOTICES, Where(documents=conditions), order=order))


def _conditions(inquiry: Inquiry) -> Iterator[tuple[str, str]]:
    text, notices = inquiry.clause.text, inquiry.corpus.catalogue.notices
    for found in _NUMBERED.finditer(text):
        heads = [found["body"][at:] for at in range(len(found["body"]) - 1)]
        body = next((h for h in heads if any(n.number_text.startswith(h) for n in notices)), "")
        if body:
            own = next(n.number_text for n in notices if n.number_text.startswith(body))
            opening, closing = own[len(body) : len(body) + 1], own[len(body) + 5 : len(body) + 6]
            yield NUMBER, f"{body}{opening}{found['year']}{closing}" if found["year"] else body
            text = text.replace(found.group(), " ")
    named = [s.text for s in inquiry.of_kind(SubjectKind.DEPARTMENT) if _ISSUED.search(text)]
    issuers = sorted({*named, *(n.issuer.text for n in notices if n.issuer)}, key=len, reverse=True)
    if issuer := next((i for i in issuers if i in text), ""):
        yield ISSUER, issuer
        text = text.replace(issuer, " ")
    for found in _YEAR.finditer(text):
        yield YEAR, found["year"]
    for subject in inquiry.of_kind(SubjectKind.TERM, SubjectKind.MEASURE):
        if not _GENERAL.fullmatch(subject.text) and subject.text in text:
            yield WORD, subject.text
