"""The report and the sheet in a browser: accessible at desk and phone width, and only a whole sheet is saved."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from evals.report import page as module
from evals.report.page import write_report
from evals.report.sheet import Mark, draw_answers, read_marks, write_sheet
from evals.results import write_run
from tests.browser import DESK, SIZES, find_barriers, open_page, overflow
from tests.evals.answers import make_outcome, make_run
from tests.evals.report.results import make_small_run

pytestmark = pytest.mark.browser


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "read_spent", lambda: (make_run(make_outcome("s"), tier="blind/anna"),))
    return write_report(write_run(tmp_path, make_small_run())).page


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three answers; the words of the last are hostile."""
    run = make_small_run()
    drawn = draw_answers([run.model_copy(update={"cases": (run.cases[0], run.cases[1], run.cases[5])})], 3, "seed")
    return write_sheet(drawn, tmp_path / "sheet")[0]


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What pages wrote into the console or asked in a dialog."""
    lines: list[str] = []
    yield lines
    assert lines == []


def visit(page: Page, path: Path, said: list[str]) -> None:
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())


@pytest.mark.parametrize("size", SIZES)
def test_the_report_is_whole_and_accessible(
    browser: Browser, report: Path, said: list[str], size: ViewportSize
) -> None:
    with open_page(browser, size) as page:
        visit(page, report, said)
        assert find_barriers(page) == []
        assert overflow(page) == 0
        assert page.locator("article").count() == 5
        assert page.locator("tr.below").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_sheet_fits(browser: Browser, sheet: Path, said: list[str], size: ViewportSize) -> None:
    with open_page(browser, size) as page:
        visit(page, sheet, said)
        assert overflow(page) == 0
        assert page.locator("article").count() == 3


def test_a_sheet_is_saved_when_all_is_marked(browser: Browser, sheet: Path, said: list[str], tmp_path: Path) -> None:
    with open_page(browser, DESK) as page:
        visit(page, sheet, said)
        downloads: list[str] = []
        page.on("download", lambda download: downloads.append(download.suggested_filename))
        save, status = page.get_by_role("button", name="保存为文件"), page.get_by_role("status")
        save.click()
        assert status.inner_text() == "请先写名字。"
        page.get_by_label("您的名字").fill(" 甲 ")
        save.click()
        assert status.inner_text() == "还有 3 个没有选。"
        articles = page.locator("article")
        for number in range(3):
            articles.nth(number).get_by_label("好", exact=True).check()
        articles.nth(0).get_by_label("误导").check()
        articles.nth(0).get_by_role("textbox").fill("一句假话。\n\n 又一句。 ")
        assert downloads == []
        with page.expect_download() as saved:
            save.click()
        assert (status.inner_text(), saved.value.suggested_filename) == ("已保存。", "甲-sheet.jsonl")
        path = tmp_path / "marks.jsonl"
        saved.value.save_as(path)
    blanks = [json.loads(line) for line in sheet.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    ids = [blank["id"] for blank in blanks]
    assert read_marks([path]) == (
        Mark(id=ids[0], commit="abc1234", reader="甲", mark="misleading", untrue=("一句假话。", "又一句。")),
        *(Mark(id=name, commit="abc1234", reader="甲", mark="good") for name in ids[1:]),
    )


def test_each_answer_has_a_mark_of_its_own(browser: Browser, sheet: Path, said: list[str]) -> None:
    with open_page(browser, DESK) as page:
        visit(page, sheet, said)
        articles = page.locator("article")
        articles.nth(0).get_by_label("很好").check()
        articles.nth(1).get_by_label("单薄").check()
        articles.nth(0).get_by_label("不实", exact=True).check()
        assert page.locator("input:checked").evaluate_all("all => all.map((one) => one.value)") == ["false", "thin"]
