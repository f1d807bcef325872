"""Turns an answer into safe HTML for page, reader, widget and print: typed parts, no Markdown, links to our own pages."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from assistant.answer import (
    Answer,
    Citation,
    CitationKind,
    Composer,
    ListItem,
    Part,
    PartKind,
    Responsible,
    Row,
    Status,
)
from assistant.output.listener import Told
from ui.answers.citations import Citations, on_one_line
from ui.answers.extras import Extras, render_follow_ups
from ui.answers.labels import render_label, render_wording
from ui.answers.plain import write_answer
from ui.markup import element, icon, join
from ui.words import word

_ICONS: Mapping[Status, str] = {
    Status.ANSWERED: "ok",
    Status.PARTLY_ANSWERED: "part",
    Status.NOT_STATED: "none",
    Status.RELATED: "pin",
    Status.NEEDS_DETAIL: "ask",
    Status.OUT_OF_SCOPE: "out",
    Status.REFUSED: "shield",
}
_WITHOUT_EVIDENCE = frozenset({Status.NEEDS_DETAIL, Status.OUT_OF_SCOPE, Status.REFUSED})
_GAP_FIRST = frozenset({Status.NOT_STATED, Status.RELATED})
_OWN_WORDS = frozenset({PartKind.DIRECT, PartKind.CORRECTION, PartKind.TABLE})
_LABELLED = re.compile(r"(?:第(（[^（）]{1,8}）)条|(第\S{1,12}条))[ \u3000](.+)")
_LONGEST_SHORT_ITEM = 18
_LONGEST_HEADLINE = 60


def render_answer(answer: Answer, extras: Extras | None = None) -> Markup:
    """The card of an answer and, below it, what can be asked next."""
    given = extras or Extras()
    return _Card(answer, given).render() + render_follow_ups(answer.language, given.follow_ups)


def render_part(answer: Answer, part: Part) -> Markup:
    """One part by itself, as it arrives before the answer is complete; "" for those that only a whole card can place."""
    return _Card(answer, Extras()).render_early(part)


def render_told(told: Told, is_first: bool = True) -> Markup:
    """A sentence that was told before there is an answer."""
    cited = Citations(told.citations, told.language)
    return _paragraph(told.part, "direct" if is_first else "own", cited, told.language)


def _paragraph(part: Part, style: str, cited: Citations, language: str) -> Markup:
    is_long = style == "direct" and len(part.text) > _LONGEST_HEADLINE
    tag = render_wording(part.wording, language) if part.wording else ""
    said = (on_one_line(part.text), cited.marks(part.citations), tag)
    return element("p", *said, class_=f"{style} direct--long" if is_long else style)


def name_table(part: Part, language: str) -> str:
    """What a table is called for those who do not see it."""
    return word("table", language, count=len(part.rows))


class _Card:
    """The card of one answer, in the answer's language."""

    def __init__(self, answer: Answer, extras: Extras) -> None:
        self._answer = answer
        self._extras = extras
        self._cited = Citations(answer.citations, answer.language)
        self._written = [p for p in answer.parts if p.wording]
        self._rest = rest = [p for p in answer.parts if not p.wording]
        # A model may have said already that nothing is stated.
        least = 0 if self._written and answer.status in _GAP_FIRST else len(rest)
        gap = next((n for n, p in enumerate(rest) if p.kind is PartKind.MISSING), least)
        self._has_gap = gap < len(rest)
        self._stated_quotes = [p for p in rest[:gap] if p.kind is PartKind.QUOTE]
        self._stated_words = [p for p in rest[:gap] if p.kind in _OWN_WORDS]
        # What is said or quoted after something missing is the nearest to it.
        self._nearest_words = [p for p in rest[gap:] if p.kind in _OWN_WORDS]
        self._nearest_quotes = [p for p in rest[gap:] if p.kind is PartKind.QUOTE]
        self._said = [p.text for p in answer.parts if p.kind in _OWN_WORDS | {PartKind.MISSING}]

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self._answer.language, **fields)

    def render(self) -> Markup:
        answer = self._answer
        label = self._word(f"status_{answer.status}")
        strip = element(
            "p",
            element("strong", icon(_ICONS[answer.status]), label),
            element("span", hint) if (hint := self._hint()) else "",
            class_="answer__status",
        )
        return element(
            "article",
            strip,
            element("div", *self._body(), class_="answer__body"),
            self._cited.cards(),
            class_="answer",
            lang="zh-CN" if answer.language == "zh" else "en",
            aria_label=self._word("answer", status=label),
            data_status=answer.status.value,
            data_answer=answer.id,
            data_corpus=answer.corpus_version,
            data_provisions=" ".join(dict.fromkeys(c.provision_id for c in answer.citations)),
            data_question=answer.standalone_question,
            data_copy=write_answer(answer),
        )

    def render_early(self, part: Part) -> Markup:
        if part.kind is PartKind.QUOTE:
            return join(self._quotes([part]))
        return self._own(part) if part.kind in _OWN_WORDS else Markup("")

    def _hint(self) -> str:
        answer = self._answer
        if answer.status in _WITHOUT_EVIDENCE:
            return ""
        if answer.composer is Composer.LIST:
            return self._word("hint_list")
        if answer.status is Status.PARTLY_ANSWERED and self._has_gap:
            return self._word("hint_partly")
        if answer.status is Status.NOT_STATED:
            return self._word("hint_missing")
        return self._word("hint_checked") if answer.citations else ""

    def _body(self) -> Iterable[Markup]:
        """What is stated comes first, except where nothing is: then that is said first."""
        if self._written:
            yield self._by_model()
        if self._answer.status in _GAP_FIRST:
            yield from self._missing()
            yield from self._stated()
        else:
            yield from self._stated()
            yield from self._missing()
        yield from (self._own(p) for p in self._of(PartKind.NOTE))
        if not self._has_gap:
            yield self._responsible()
        yield self._choices()
        if self._answer.degraded:
            yield element("p", self._word(f"degraded_{self._answer.degraded}"), class_="small")
        yield from (self._source(p) for p in self._of(PartKind.SOURCE))

    def _of(self, *kinds: PartKind) -> list[Part]:
        return [p for p in self._rest if p.kind in kinds]

    def _by_model(self) -> Markup:
        """Its first sentence answers, the others explain."""
        first, *others = self._written
        said = (self._paragraph(first, "direct"), *(self._paragraph(p, "own") for p in others))
        return element("section", render_label(self._answer.language), *said, class_="written stack")

    def _stated(self) -> Iterable[Markup]:
        """Corrections, direct words and tables, then the list, then the sentences they rest on."""
        said = [self._own(p) for p in self._stated_words]
        stated = [element("div", *said, class_="stack")] if said else []
        stated += [self._items(), *self._quotes(self._stated_quotes)]
        if self._answer.status is Status.PARTLY_ANSWERED and self._has_gap:
            head = element("h3", icon("ok"), self._word("stated_head"), class_="part-head part-head--ok")
            yield element("section", head, *stated, class_="stack")
        else:
            yield from stated

    def _own(self, part: Part) -> Markup:
        is_headline = part.kind in _OWN_WORDS and self._answer.status not in _WITHOUT_EVIDENCE
        return self._paragraph(part, "direct" if is_headline else "own")

    def _paragraph(self, part: Part, style: str) -> Markup:
        if part.kind is PartKind.TABLE:
            return self._table(part)
        return _paragraph(part, style, self._cited, self._answer.language)

    def _table(self, part: Part) -> Markup:
        """Where it is wider than its place it scrolls by itself, with the keyboard too."""
        caption = element("caption", name_table(part, self._answer.language), class_="sr")
        head = element("tr", *(element("th", on_one_line(c), scope="col") for c in part.columns))
        rows = (self._table_row(row) for row in part.rows)
        table = element("table", caption, element("thead", head), element("tbody", *rows), class_="table")
        says = self._word("table_scrolls")
        return element("div", table, class_="table-scroll", role="group", tabindex="0", aria_label=says)

    def _table_row(self, row: Row) -> Markup:
        """The first cell names the row, the last has its marks."""
        *before, last = (join([on_one_line(cell)]) for cell in row.cells)
        cells = (*before, last + element("span", self._cited.marks(row.citations)))
        first, *rest = cells
        return element("tr", element("th", first, scope="row"), *(element("td", c) for c in rest))

    def _quotes(self, parts: Iterable[Part]) -> list[Markup]:
        return [self._cited.quote(c, self._said) for part in parts for c in self._cited.of(part.citations)]

    def _items(self) -> Markup:
        items = self._answer.listed
        if not items:
            return Markup("")
        is_long = any(len(i.text) > _LONGEST_SHORT_ITEM for i in items)
        return element(
            "ol",
            *(self._item(i) for i in items),
            class_="items items--long" if is_long else "items",
            aria_label=self._word("items", count=len(items)),
        )

    def _item(self, item: ListItem) -> Markup:
        found = _LABELLED.fullmatch(on_one_line(item.text))
        label = element("span", found[1] or found[2], class_="label") if found else ""
        title = element("span", found[3] if found else on_one_line(item.text), class_="title")
        return element("li", label, title, element("span", self._cited.marks(item.citations)))

    def _missing(self) -> Iterable[Markup]:
        """What the text does not say comes with the nearest sentences and with whom to ask."""
        if not self._has_gap:
            return
        parts = self._of(PartKind.MISSING)
        nearest = self._nearest([*parts, *(p for p in self._written if p.kind is PartKind.MISSING)])
        if self._answer.status in _GAP_FIRST:
            if parts:
                yield element("div", *(self._paragraph(p, "direct") for p in parts), class_="stack")
            yield nearest
            yield self._whom_to_ask(())
        else:
            yield self._whom_to_ask([*(self._paragraph(p, "own") for p in parts), nearest])

    def _nearest(self, missing: Iterable[Part]) -> Markup:
        """Sentences quoted for it, and those it rests on that are quoted nowhere."""
        quoted = {n for p in self._of(PartKind.QUOTE) for n in p.citations}
        named = dict.fromkeys(c for p in missing for c in self._cited.of(p.citations))
        rest = [c for c in named if c.number not in quoted and c.kind is CitationKind.SENTENCE]
        quotes = [*self._quotes(self._nearest_quotes), *(self._cited.quote(c, self._said) for c in rest)]
        words = [self._paragraph(p, "own") for p in self._nearest_words]
        head = element("h3", self._word("nearest"), class_="small")
        return element("section", head, *words, *quotes, class_="stack") if words or quotes else Markup("")

    def _whom_to_ask(self, absent: Iterable[Markup]) -> Markup:
        told = list(absent)
        rows = self._department_rows("")
        if not told and not rows:
            return Markup("")
        head = element("h3", icon("none"), self._word("missing_head"), class_="part-head") if told else ""
        ask = element(
            "h4" if told else "h3", icon("people"), self._word("ask_departments"), class_="part-head part-head--ask"
        )
        note = element("p", self._word("ask_departments_note"), class_="small")
        return element("section", head, *told, *((ask, *rows, note) if rows else ()), class_="gap-box")

    def _responsible(self) -> Markup:
        rows = self._department_rows(self._word("departments"))
        if not rows:
            return join(self._own(p) for p in self._of(PartKind.DEPARTMENTS))
        return element("div", *rows, class_="stack")

    def _department_rows(self, head: str) -> list[Markup]:
        """One row for each role in each measure; the measure is named only where there are several."""
        owners = self._answer.responsibilities
        is_several = len({(o.notice_id, o.measure_id) for o in owners}) > 1
        return [self._row(o, f"{head}{self._label_of(o)}" if is_several else head) for o in owners]

    def _label_of(self, owner: Responsible) -> str:
        labels = (c.measure_label for c in self._answer.citations if _is_in_measure(c, owner))
        return next(labels, "")

    def _row(self, owner: Responsible, head: str) -> Markup:
        cited = [
            c for c in self._answer.citations if c.kind is CitationKind.RESPONSIBILITY and _is_in_measure(c, owner)
        ]
        role = (
            owner.role if self._answer.language == "zh" else self._word("lead" if "牵头" in owner.role else "by_duties")
        )
        term = element("dt", element("b", head) if head else "", role)
        chips = (self._chip(d) for d in owner.departments)
        return element(
            "dl", term, element("dd", *chips, self._cited.marks(c.number for c in cited), class_="chips"), class_="who"
        )

    def _chip(self, department: str) -> Markup:
        question = self._word("ask_department", department=department)
        called = self._extras.call_department(department)
        return element("button", called, type="button", class_="chip", data_ask=question)

    def _choices(self) -> Markup:
        buttons = [
            element("button", c.label, type="button", class_="ask", data_ask=c.question) for c in self._extras.choices
        ]
        return (
            element("div", *buttons, class_="row", role="group", aria_label=self._word("choices"))
            if buttons
            else Markup("")
        )

    def _source(self, part: Part) -> Markup:
        source = self._word("source", source=on_one_line(part.text))
        return element("p", source, element("br"), self._word("prevails"), class_="source-line")


def _is_in_measure(citation: Citation, owner: Responsible) -> bool:
    return (citation.notice_id, citation.measure_id) == (owner.notice_id, owner.measure_id)
