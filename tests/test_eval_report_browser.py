"""The report in a browser: readable at desk and phone width, accessible, loading nothing but itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from evals.misses import find_misses
from evals.report_page import render_report
from evals.stored import read_run
from ingest.publish import Source
from tests.eval_runs import DAY, make_library, make_outcomes, write_run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(seed: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, outcomes = tmp_path_factory.mktemp("results"), make_outcomes(seed)
    for days in (2, 1):
        write_run(folder, outcomes[:5], f"old{days}", DAY - timedelta(days=days))
    run = read_run(write_run(folder, outcomes))
    path = folder / "report.html"
    path.write_text(render_report(run, find_misses(run.outcomes, make_library(seed)), "misses.csv"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_report_is_accessible_and_complete(browser: Browser, page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(page_file.as_uri())
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in violations] == []
    assert (requests, faults) == ([page_file.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".miss").count() == 5
    assert page.locator("figure svg[role=img]:visible").count() == 3
    page.close()


def test_details_are_printed(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    closed = page.locator("details:not([open]) table").first
    assert not closed.is_visible()
    page.emulate_media(media="print")
    assert closed.is_visible()
    page.close()
