"""The page of a report takes nothing for markup and needs no network; the table of misses is safe in a spreadsheet."""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.gate import read_gate
from evals.report import page as module
from evals.report.page import render_report, write_report
from evals.results import ResultsError, write_run
from tests.evals.answers import HOSTILE, make_outcome, make_run
from tests.evals.report.results import make_small_run


class Document(HTMLParser):
    """The tags of a page with their attributes, and its text with single spaces."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._texts: list[str] = []
        self.feed(page)
        self.text = re.sub(r"\s+", " ", " ".join(self._texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(autouse=True)
def _asked_blindly(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make_run(make_outcome("s"), make_outcome("t", False), tier="blind/anna", commit="bbb0000")
    monkeypatch.setattr(module, "read_spent", lambda: (asked,))


@pytest.fixture
def page() -> str:
    return render_report(make_small_run())


@pytest.fixture
def document(page: str) -> Document:
    return Document(page)


@pytest.mark.parametrize(
    "words",
    [
        "2025-11-22 08:30，提交 abc1234，本进程，quote",
        "盲测（blind/anna，提交 bbb0000，问过一次）：严格正确 1/2 = 50.0%",
        "开发题（照着改进过）：严格正确 1/6 = 16.7%",
        "每百个回答不实 33.3 句，要人读 16.7 句",
        "未达下限：严格正确率 16.67% 低于下限",
        "未通过的 5 题",
        "先问一句 → 问",
        "answered；事实 200万元；引 9",
        "没有回答：",
        "没有得到回答：坏了",
        "e1 · 自定 · gf-2018-39",
        "无关的话 1 1 100%",
        "换了金额 1 2 50.0%",
    ],
)
def test_page_says(document: Document, words: str) -> None:
    assert words in document.text


def test_words_of_questions_and_answers_are_never_markup(page: str, document: Document) -> None:
    assert (document.all_of("script"), document.all_of("img")) == ([], [])
    assert document.text.count(HOSTILE) == 4, "question, kind twice, answer"
    assert HOSTILE not in page


def test_page_needs_nothing_from_elsewhere(page: str, document: Document) -> None:
    assert [a for name in ("link", "iframe", "object", "base") for a in document.all_of(name)] == []
    assert re.findall(r"https?://[^\s\"<]*|@import|url\(", page) == []


def test_tables_name_their_rows_and_columns(document: Document) -> None:
    assert {attributes.get("scope") for attributes in document.all_of("th")} == {"row", "col"}
    regions = [a for a in document.all_of("div") if a.get("role") == "region"]
    assert [a.get("aria-label") for a in regions] == ["各种题的分数", "弄坏的回答"]


def test_a_run_without_misses_blind_runs_or_spoilt_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_spent", lambda: ())
    text = Document(render_report(make_run(make_outcome("a")))).text
    assert "未通过的 0 题" in text
    assert [word for word in ("盲测", "弄坏", "未达下限") if word in text] == []


def test_the_report_lies_beside_its_result(tmp_path: Path) -> None:
    result = write_run(tmp_path / "results", make_small_run())
    files = write_report(result)
    assert (files.page, files.misses) == (result.with_suffix(".html"), result.with_name(f"{result.stem}-misses.csv"))
    assert files.page.read_text(encoding="utf-8") == render_report(make_small_run())
    elsewhere = write_report(result, tmp_path / "deep" / "other")
    assert sorted((tmp_path / "deep" / "other").iterdir()) == sorted([elsewhere.misses, elsewhere.page])


def test_misses_are_a_table_in_which_nothing_is_a_formula(tmp_path: Path) -> None:
    files = write_report(write_run(tmp_path, make_small_run()))
    assert files.misses.read_bytes().startswith(b"\xef\xbb\xbf")
    with files.misses.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["编号", "种类", "通知", "问", "应", "结论", "回答", "原因"]
    assert rows[0] == [
        "r2",
        "sums",
        "",
        "先问一句 → 问",
        "answered；事实 200万元；引 9",
        "answered",
        "年度最高奖补200万元。",
        "r2 错了",
    ]
    assert [row[0] for row in rows] == ["r2", "'=1+1", "u1", "e1", "h1"]
    assert (rows[1][3], rows[1][6], rows[1][7]) == ("'+3", "'-2", "'=1+1 错了")
    assert (rows[4][1], rows[4][3]) == (HOSTILE, HOSTILE)
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []


def test_sealed_cases_are_in_neither(tmp_path: Path) -> None:
    run = make_small_run()
    sealed = run.model_copy(update={"cases": tuple(o.sealed for o in run.cases), "tier": "held"})
    files = write_report(write_run(tmp_path, sealed))
    text = files.page.read_text(encoding="utf-8") + files.misses.read_text(encoding="utf-8")
    assert "未通过的 0 题" in text
    assert [word for word in ("先问一句", "200万元", "错了", "r2") if word in text] == []


def test_bars_are_those_of_the_gate(page: str) -> None:
    assert f"低于下限 {read_gate().development.strictly_right:.2%}" in page


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="打不开"):
        write_report(tmp_path / "none.json")
    assert list(tmp_path.iterdir()) == []
