"""Measures at a glance: the table of all measures with its filter, which works with and without scripts."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from corpus.catalogue import Catalogue
from corpus.notice import Chapter, Notice
from ui.citing import ask_address, cite_notice, department_address, name_chapter, notice_address, place_address
from ui.markup import element, icon, join
from ui.measure_rows import (
    Duty,
    Given,
    MeasureFilter,
    MeasureRow,
    count_measures,
    describe_notices,
    make_rows,
)
from ui.reader import entry_title
from ui.shell import Page, Section, render_page

_COLUMNS = 4
_SHORT_ROLE = 6


def render_measures(catalogue: Catalogue, wanted: MeasureFilter) -> str:
    """The whole document; rows that the filter keeps out are there and hidden, for the script to show again."""
    rows, notices = make_rows(catalogue), catalogue.notices
    shown = sum(1 for row in rows if wanted.lets_through(row))
    named = cite_notice(notices[0]) if len(notices) == 1 else f"{len(notices)}份通知"
    said = element("p", describe_notices(notices, rows, named))
    head = element("div", element("h1", "措施一览"), said, class_="page__head")
    counted = element(
        "p",
        "显示 ",
        element("strong", str(shown), data_shown=True),
        f" 项，共{len(rows)}项",
        class_="small",
        role="status",
    )
    nothing = element(
        "p",
        "没有符合条件的措施。请换一个关键词，或",
        element("a", "清除筛选", href="/measures"),
        "。",
        class_="nothing",
        hidden=shown > 0,
    )
    table = _Table(notices, wanted).render(rows)
    content = element("main", head, _filters(notices, rows, wanted), counted, table, nothing, id="main", class_="page")
    return render_page(Page("措施一览", Section.MEASURES, notices, content, ("pages", "measures"), ("measures",)))


def _filters(notices: Sequence[Notice], rows: Sequence[MeasureRow], wanted: MeasureFilter) -> Markup:
    words = element(
        "input", class_="input", id="f-words", name="words", type="search", value=wanted.words, autocomplete="off",
        maxlength=60, placeholder="例如：孵化器", enterkeyhint="search",
    )  # fmt: skip
    sums = element("input", type="checkbox", id="f-sums", name="sums", value="yes", checked=wanted.with_sum)
    fields = [
        _field("f-words", "关键词", words),
        _field("f-chapter", "部分", _chapter_choice(notices, wanted.chapter)),
        _field("f-department", "责任部门", _department_choice(rows, wanted.department)),
    ]
    if len(notices) > 1:
        options = [(n.id, cite_notice(n)) for n in notices]
        fields.insert(
            1, _field("f-notice", "通知", _choice("notice", f"全部{len(notices)}份通知", options, wanted.notice))
        )
    return element(
        "form",
        *fields,
        element("label", sums, "只看写明金额的", class_="choice", for_="f-sums"),
        element(
            "div",
            element("button", "筛选", class_="button button--small no-script", type="submit"),
            element("a", icon("again"), "清除筛选", class_="tool", href="/measures", data_reset=True),
            class_="filters__actions",
        ),
        class_="filters" + (" filters--many" if len(notices) > 1 else ""),
        role="search",
        action="/measures",
        method="get",
        aria_label="筛选措施",
    )


def _field(field_id: str, label: str, control: Markup) -> Markup:
    return element("div", element("label", label, for_=field_id), control, class_="field")


def _chapter_choice(notices: Sequence[Notice], chosen: str) -> Markup:
    chapters = [c for n in notices for c in n.chapters if c.heading]
    options = [(c.id, name_chapter(c)) for c in chapters]
    return _choice("chapter", f"全部{len(chapters)}个部分", options, chosen)


def _department_choice(rows: Sequence[MeasureRow], chosen: str) -> Markup:
    counts = count_measures(rows)
    if chosen and chosen not in counts:
        counts[chosen] = 0
    options = [(name, f"{name}（{count}项）") for name, count in counts.items()]
    return _choice("department", f"全部{len(counts)}个部门", options, chosen)


def _choice(name: str, everything: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
    rows = (element("option", text, value=value, selected=value == chosen) for value, text in options)
    return element("select", element("option", everything, value=""), *rows, class_="input", id=f"f-{name}", name=name)


class _Table:
    """The rows under the headings of their notice and chapter; roles are spelt out because cards lose a table's own."""

    def __init__(self, notices: Sequence[Notice], wanted: MeasureFilter) -> None:
        self._is_only = len(notices) == 1
        self._wanted = wanted

    def render(self, rows: Sequence[MeasureRow]) -> Markup:
        sizes = (element("col", class_=f"col-{name}") for name in ("no", "name", "depts", "sums"))
        heads = (
            element("th", "措施", colspan=2, scope="colgroup", role="columnheader"),
            element("th", "责任部门", scope="col", role="columnheader"),
            element("th", "支持和金额（原文）", scope="col", role="columnheader"),
        )
        return element(
            "table",
            element("caption", "全部措施、责任部门、支持和金额", class_="sr"),
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
                link = element("a", cite_notice(notice), href=notice_address(notice))
                yield self._body(link, (), group, "notice")
            for chapter, of_chapter in groupby(group, key=lambda row: row.place.chapter):
                heading = name_chapter(chapter) if chapter and chapter.heading else ""
                yield self._body(heading, list(of_chapter), group, "chapter")

    def _body(self, heading: str, rows: Sequence[MeasureRow], group: Sequence[MeasureRow], style: str) -> Markup:
        """A heading with no rows of its own stands for the rows of its notice."""
        head = element("th", heading, colspan=_COLUMNS, scope="rowgroup", role="rowheader")
        above = element("tr", head, class_=style, role="row") if heading else ""
        is_empty = not any(self._wanted.lets_through(row) for row in rows or group)
        of = group[0].place.notice.id if not rows else None
        return element("tbody", above, *(self._row(r) for r in rows), role="rowgroup", hidden=is_empty, data_of=of)

    def _row(self, row: MeasureRow) -> Markup:
        measure, place = row.measure, row.place
        title = entry_title(measure)
        link = element("a", title or measure.label, href=place_address(place))
        ask = element(
            "a",
            icon("chat"),
            "问这一条",
            class_="tool",
            href=ask_address(place, self._is_only),
            aria_label=f"问这一条：{measure.label}{title}",
        )
        supports = [_support(s) for s in row.supports] or [element("li", "未写金额", class_="muted")]
        duties = [_duty(d, len(row.duties) > 1) for d in row.duties] or [element("span", "未写明", class_="muted")]
        return element(
            "tr",
            element("td", measure.label, class_="no", role="cell"),
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


def _chapter_id(chapter: Chapter | None) -> str:
    return chapter.id if chapter else ""


def _duty(duty: Duty, is_one_of_several: bool) -> Markup:
    """A lead is said in a tag; other roles are seen only where there are several, and always heard."""
    if duty.is_lead or is_one_of_several:
        role = "牵头" if duty.is_lead and len(duty.role) > _SHORT_ROLE else duty.role
        said = element("span", role, class_="tag tag--lead" if duty.is_lead else "tag")
    else:
        said = element("span", f"{duty.role}：", class_="sr")
    chips = (element("a", d, class_="chip chip--dense", href=department_address(d)) for d in duty.departments)
    return element("div", said, *chips, class_="depts")


def _support(given: Given) -> Markup:
    amount = element("b", given.sum) if given.sum else element("span", "未写金额", class_="muted")
    return element("li", join((amount, element("q", given.words))))
