"""Measures at a glance: the table of all measures with its filter, which works with and without scripts."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from corpus import Corpus
from corpus.notice import Phrase
from ui.answers.citing import (
    ask_address,
    cite_notice,
    name_chapter,
    notice_address,
    place_address,
)
from ui.pages.contents import entry_title
from ui.pages.match.options import read_options
from ui.pages.measure_rows import Duty, Given, MeasureFilter, MeasureRow, count_measures, describe_notices, make_rows
from ui.pages.shell import Page, Section, Visit, render_page
from ui.templating import render

LONGEST_WORDS = 60
_SHORT_ROLE = 6
# Name, label, what it says for all, what is chosen, and each option with what it says.
_Choice = tuple[str, str, str, str, tuple[tuple[str, str], ...]]
# A cell that begins so is taken for a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Body:
    """Rows under one heading; without rows of its own it stands for those of its notice, `of`."""

    heading: str
    style: str
    rows: tuple[MeasureRow, ...]
    is_empty: bool
    of: str = ""
    address: str = ""


def render_measures(corpus: Corpus, wanted: MeasureFilter, visit: Visit) -> str:
    """The whole document; rows that the filter keeps out are there and hidden, for the script to show again."""
    rows = _sorted(make_rows(corpus.catalogue), wanted)
    call = str if visit.language == "zh" else corpus.departments.english_name
    content = render(
        "pages/measures",
        visit.language,
        about=describe_notices(visit.notices, rows, visit.language),
        wanted=wanted,
        longest=LONGEST_WORDS,
        choices=tuple(_choices(corpus, wanted, rows, visit)),
        bodies=tuple(_bodies(rows, wanted, len(visit.notices) == 1)),
        shown=sum(map(wanted.lets_through, rows)),
        count=len(rows),
        call=call,
        cite=cite_notice,
        name_notices=wanted.by_sum and len(visit.notices) > 1,
        role=lambda duty: _role(duty, visit),
        title=entry_title,
        place_address=place_address,
        ask=lambda row: ask_address(row.place, len(visit.notices) == 1, visit.language),
        by_sum=f"/measures{_query(replace(wanted, by_sum=True))}",
        in_order=f"/measures{_query(replace(wanted, by_sum=False))}",
        table=f"/measures.csv{_query(wanted)}",
    )
    title = visit.word("section_measures")
    return render_page(Page(title, Section.MEASURES, content, ("pages", "measures"), ("measures",)), visit)


def _query(wanted: MeasureFilter) -> str:
    """The address of the same page."""
    named = {key: getattr(wanted, key) for key in ("words", "notice", "chapter", "department", "who")}
    flags = {"sums": "yes" if wanted.with_sum else "", "sort": "sum" if wanted.by_sum else ""}
    query = urlencode({key: value for key, value in (named | flags).items() if value})
    return f"?{query}" if query else ""


def _sorted(rows: Sequence[MeasureRow], wanted: MeasureFilter) -> tuple[MeasureRow, ...]:
    """By the largest sum in yuan, or as printed."""
    return tuple(sorted(rows, key=lambda row: row.largest, reverse=True)) if wanted.by_sum else tuple(rows)


def _choices(corpus: Corpus, wanted: MeasureFilter, rows: Sequence[MeasureRow], visit: Visit) -> Iterator[_Choice]:
    word, notices = visit.word, visit.notices
    call = str if visit.language == "zh" else corpus.departments.english_name
    counts = count_measures(rows)
    departments = [(d, word("department_count", department=call(d), count=n)) for d, n in counts.items()]
    chapters = [(c.id, name_chapter(c)) for n in notices for c in n.chapters if c.heading]
    recipients = [(who, who) for who in read_options(corpus).recipients]
    made = (
        ("notice", "notice", "all_notices", [(n.id, cite_notice(n)) for n in notices] if len(notices) > 1 else []),
        ("chapter", "chapter", "all_chapters", chapters),
        ("department", "department", "all_departments", departments),
        ("who", "recipient", "all_recipients", recipients),
    )
    for name, label, everything, options in made:
        chosen = getattr(wanted, name)
        unknown = [(chosen, chosen)] if chosen and chosen not in dict(options) else []
        if options or unknown:
            yield name, word(label), word(everything, count=len(options)), chosen, (*unknown, *options)


def _bodies(rows: Sequence[MeasureRow], wanted: MeasureFilter, is_only: bool) -> Iterator[Body]:
    """Under notice and chapter as they are printed; by the sum all in one, each row with its notice."""
    if wanted.by_sum:
        yield Body("", "", tuple(rows), False)
        return
    for _, of_notice in groupby(rows, key=lambda row: row.place.notice.id):
        group = tuple(of_notice)
        notice = group[0].place.notice
        if not is_only:
            is_empty = not any(map(wanted.lets_through, group))
            yield Body(cite_notice(notice), "notice", (), is_empty, notice.id, notice_address(notice))
        for chapter, of_chapter in groupby(group, key=lambda row: row.place.chapter):
            heading = name_chapter(chapter) if chapter and chapter.heading else ""
            held = tuple(of_chapter)
            yield Body(heading, "chapter", held, not any(map(wanted.lets_through, held)))


def _role(duty: Duty, visit: Visit) -> str:
    """Spelt as printed, in short where that is long."""
    if visit.language != "zh":
        return visit.word("lead" if duty.is_lead else "by_duties")
    return visit.word("lead_tag") if duty.is_lead and len(duty.role) > _SHORT_ROLE else duty.role


def write_csv(corpus: Corpus, wanted: MeasureFilter, visit: Visit, origin: str) -> str:
    """What the table shows: a line for each support, one for a measure that gives nothing; with the mark of UTF-8.

    `origin` (https://…) makes the addresses whole.
    """
    rows = [row for row in _sorted(make_rows(corpus.catalogue), wanted) if wanted.lets_through(row)]
    keys = ("notice", "number", "measure", "title", "who", "act", "condition", "sum", "paid", "words", "departments")
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([visit.word(f"csv_{key}") for key in (*keys, "address")])
    for row in rows:
        for given in row.supports or (None,):
            address = f"{origin}{place_address(given.place if given else row.place)}"
            writer.writerow(map(_plain, (*_cells(row, given), address)))
    return f"\ufeff{file.getvalue()}"


def _cells(row: MeasureRow, given: Given | None) -> Iterator[str]:
    notice, place = row.place.notice, given.place if given else row.place
    support = given.support if given else None
    yield from (notice.title, notice.number_text, row.measure.label, entry_title(row.measure))
    yield from (
        given.who if given else "",
        _text(support.act if support else None),
        _text(support.condition if support else None),
    )
    yield from (given.sum if given else "", _text(support.paid if support else None), given.words if given else "")
    departments = dict.fromkeys(d for r in place.responsibilities for d in r.departments)
    yield "、".join(departments)


def _text(phrase: Phrase | None) -> str:
    return phrase.text.replace("\n", "") if phrase else ""


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
