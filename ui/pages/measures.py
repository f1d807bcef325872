"""Measures at a glance: the table of all measures with its filter, which works with and without scripts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from corpus import Corpus
from corpus.notice import Chapter
from ui.answers.citing import ask_address, cite_notice, department_address, name_chapter, notice_address, place_address
from ui.language import address_in
from ui.markup import element, icon
from ui.pages.measure_form import MeasureForm
from ui.pages.measure_rows import Duty, Given, MeasureFilter, MeasureRow, describe_notices, make_rows
from ui.pages.reader import entry_title
from ui.pages.shell import Page, Section, Visit, render_page

_COLUMNS = 4
_SHORT_ROLE = 6


def render_measures(corpus: Corpus, wanted: MeasureFilter, visit: Visit) -> str:
    """The whole document; rows that the filter keeps out are there and hidden, for the script to show again."""
    rows = make_rows(corpus.catalogue)
    shown = sum(1 for row in rows if wanted.lets_through(row))
    head = element(
        "div",
        element("h1", visit.word("section_measures")),
        element("p", describe_notices(visit.notices, rows, visit.language)),
        class_="page__head",
    )
    counted = element(
        "p",
        visit.word("shown_before"),
        element("strong", str(shown), data_shown=True),
        visit.word("shown_after", count=len(rows)),
        class_="small",
        role="status",
    )
    clear = element("a", visit.word("clear_filters"), href=address_in(visit.language, "/measures"))
    nothing = element(
        "p", visit.word("nothing_found"), clear, visit.word("full_stop"), class_="nothing", hidden=shown > 0
    )
    call = str if visit.language == "zh" else corpus.departments.english_name
    names = {d: call(d) for row in rows for d in row.measure.departments}
    filters = MeasureForm(visit, rows, names).render(wanted)
    table = _Table(visit, wanted, names).render(rows)
    content = element("main", head, filters, counted, table, nothing, id="main", class_="page")
    title = visit.word("section_measures")
    return render_page(Page(title, Section.MEASURES, content, ("pages", "measures"), ("measures",)), visit)


class _Table:
    """The rows under the headings of their notice and chapter; roles are spelt out because cards lose a table's own."""

    def __init__(self, visit: Visit, wanted: MeasureFilter, names: Mapping[str, str]) -> None:
        self._visit = visit
        self._word = visit.word
        self._is_only = len(visit.notices) == 1
        self._wanted = wanted
        self._names = names

    def _to(self, address: str) -> str:
        return address_in(self._visit.language, address)

    def render(self, rows: Sequence[MeasureRow]) -> Markup:
        sizes = (element("col", class_=f"col-{name}") for name in ("no", "name", "depts", "sums"))
        heads = (
            element("th", self._word("column_measure"), colspan=2, scope="colgroup", role="columnheader"),
            element("th", self._word("department"), scope="col", role="columnheader"),
            element("th", self._word("column_supports"), scope="col", role="columnheader"),
        )
        return element(
            "table",
            element("caption", self._word("table_caption"), class_="sr"),
            element("colgroup", *sizes),
            element("thead", element("tr", *heads, role="row"), role="rowgroup"),
            *self._bodies(rows),
            class_="table",
            role="table",
            hidden=not any(self._wanted.lets_through(row) for row in rows),
        )

    def _bodies(self, rows: Sequence[MeasureRow]) -> Iterator[Markup]:
        for _, of_notice in groupby(rows, key=lambda row: row.place.notice.id):
            group = list(of_notice)
            notice = group[0].place.notice
            if not self._is_only:
                link = element("a", cite_notice(notice), href=self._to(notice_address(notice)))
                yield self._body(link, (), group, "notice")
            for chapter, of_chapter in groupby(group, key=lambda row: row.place.chapter):
                heading = name_chapter(chapter) if chapter and chapter.heading else ""
                yield self._body(heading, list(of_chapter), group, "chapter")

    def _body(self, heading: str, rows: Sequence[MeasureRow], group: Sequence[MeasureRow], style: str) -> Markup:
        """A heading with no rows of its own stands for the rows of its notice."""
        head = element("th", heading, colspan=_COLUMNS, scope="rowgroup", role="rowheader", lang="zh-CN")
        above = element("tr", head, class_=style, role="row") if heading else ""
        is_empty = not any(self._wanted.lets_through(row) for row in rows or group)
        of = group[0].place.notice.id if not rows else None
        return element("tbody", above, *(self._row(r) for r in rows), role="rowgroup", hidden=is_empty, data_of=of)

    def _row(self, row: MeasureRow) -> Markup:
        measure, place = row.measure, row.place
        title = entry_title(measure)
        link = element("a", title or measure.label, href=self._to(place_address(place)), lang="zh-CN")
        ask = element(
            "a",
            icon("chat"),
            self._word("ask_short"),
            class_="tool",
            href=ask_address(place, self._is_only, self._visit.language),
            aria_label=self._word("about_measure", action=self._word("ask_short"), measure=f"{measure.label}{title}"),
        )
        supports = [self._support(s) for s in row.supports] or [element("li", self._unpriced())]
        duties = [self._duty(d, len(row.duties) > 1) for d in row.duties]
        duties = duties or [element("span", self._word("no_department"), class_="muted")]
        return element(
            "tr",
            element("td", measure.label, class_="no", role="cell", lang="zh-CN"),
            element("th", link, ask, class_="name", scope="row", role="rowheader"),
            element("td", *duties, role="cell"),
            element("td", element("ul", *supports, class_="sums"), role="cell"),
            role="row",
            hidden=not self._wanted.lets_through(row),
            data_notice=place.notice.id,
            data_chapter=_chapter_id(place.chapter),
            data_departments="|".join(measure.departments),
            data_sums="yes" if row.has_sum else "no",
            data_text=row.text,
        )

    def _duty(self, duty: Duty, is_one_of_several: bool) -> Markup:
        """A lead is said in a tag; other roles are seen only where there are several, and always heard."""
        if duty.is_lead or is_one_of_several:
            said = element("span", self._role(duty), class_="tag tag--lead" if duty.is_lead else "tag")
        else:
            said = element("span", self._role(duty), " ", class_="sr")
        chips = (
            element("a", self._names[d], class_="chip chip--dense", href=self._to(department_address(d)))
            for d in duty.departments
        )
        point = element("span", duty.point, class_="point", lang="zh-CN") if duty.point else ""
        return element("div", point, said, *chips, class_="depts")

    def _role(self, duty: Duty) -> str:
        if self._visit.language != "zh":
            return self._word("lead" if duty.is_lead else "by_duties")
        return self._word("lead_tag") if duty.is_lead and len(duty.role) > _SHORT_ROLE else duty.role

    def _support(self, given: Given) -> Markup:
        amount = element("b", given.sum, lang="zh-CN") if given.sum else self._unpriced()
        return element("li", amount, element("q", given.words, lang="zh-CN"))

    def _unpriced(self) -> Markup:
        return element("span", self._word("no_sum"), class_="muted")


def _chapter_id(chapter: Chapter | None) -> str:
    return chapter.id if chapter else ""
