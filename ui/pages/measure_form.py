"""The filter above the table of measures; without scripts its button asks for the page anew."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ui.answers.citing import cite_notice, name_chapter
from ui.language import address_in
from ui.markup import element, icon
from ui.pages.measure_rows import MeasureFilter, MeasureRow, count_measures
from ui.pages.shell import Visit

_LONGEST_WORDS = 60


class MeasureForm:
    """`names` is how each department is called."""

    def __init__(self, visit: Visit, rows: Sequence[MeasureRow], names: Mapping[str, str]) -> None:
        self._visit = visit
        self._word = visit.word
        self._rows = rows
        self._names = names

    def render(self, wanted: MeasureFilter) -> Markup:
        is_several = len(self._visit.notices) > 1
        fields = [
            self._field("words", "keyword", self._words(wanted.words)),
            *([self._field("notice", "notice", self._notices(wanted.notice))] if is_several else []),
            self._field("chapter", "chapter", self._chapters(wanted.chapter)),
            self._field("department", "department", self._departments(wanted.department)),
        ]
        return element(
            "form",
            *fields,
            self._sums(wanted.with_sum),
            self._actions(),
            class_="filters filters--many" if is_several else "filters",
            role="search",
            action="/measures",
            method="get",
            aria_label=self._word("filter_measures"),
        )

    def _field(self, name: str, key: str, control: Markup) -> Markup:
        return element("div", element("label", self._word(key), for_=f"f-{name}"), control, class_="field")

    def _words(self, written: str) -> Markup:
        return element(
            "input", class_="input", id="f-words", name="words", type="search", value=written, autocomplete="off",
            maxlength=_LONGEST_WORDS, placeholder=self._word("keyword_example"), enterkeyhint="search",
        )  # fmt: skip

    def _notices(self, chosen: str) -> Markup:
        options = [(n.id, cite_notice(n)) for n in self._visit.notices]
        return _choice("notice", self._word("all_notices", count=len(options)), options, chosen)

    def _chapters(self, chosen: str) -> Markup:
        options = [(c.id, name_chapter(c)) for n in self._visit.notices for c in n.chapters if c.heading]
        return _choice("chapter", self._word("all_chapters", count=len(options)), options, chosen)

    def _departments(self, chosen: str) -> Markup:
        counts = count_measures(self._rows)
        if chosen and chosen not in counts:
            counts[chosen] = 0
        options = [
            (name, self._word("department_count", department=self._names.get(name, name), count=count))
            for name, count in counts.items()
        ]
        return _choice("department", self._word("all_departments", count=len(counts)), options, chosen)

    def _sums(self, is_chosen: bool) -> Markup:
        box = element("input", type="checkbox", id="f-sums", name="sums", value="yes", checked=is_chosen)
        return element("label", box, self._word("only_sums"), class_="choice", for_="f-sums")

    def _actions(self) -> Markup:
        language = self._visit.language
        kept = element("input", type="hidden", name="lang", value=language) if language != "zh" else ""
        send = element("button", self._word("filter"), class_="button button--small no-script", type="submit")
        clear = element("a", icon("again"), self._word("clear_filters"), class_="tool",
                        href=address_in(language, "/measures"), data_reset=True)  # fmt: skip
        return element("div", kept, send, clear, class_="filters__actions")


def _choice(name: str, everything: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
    rows = (element("option", text, value=value, selected=value == chosen) for value, text in options)
    return element("select", element("option", everything, value=""), *rows, class_="input", id=f"f-{name}", name=name)
