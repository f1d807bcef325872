"""The page of a report: what it says, that nothing of an answer is taken for markup, that it needs no network."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.case import Case
from evals.coverage import describe_gap
from evals.misses import find_misses
from evals.report_page import render_report, write_report
from evals.stored import read_run
from ingest.publish import Source
from tests.eval_runs import DAY, HOSTILE, make_library, make_outcomes, write_run


class Document(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(seed: Source, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder, outcomes = tmp_path_factory.mktemp("results"), make_outcomes(seed)
    write_run(folder, outcomes[:4], "old", DAY.replace(day=20))
    run = read_run(write_run(folder, outcomes))
    return render_report(run, find_misses(run.outcomes, make_library(seed)), "misses.csv")


@pytest.fixture(scope="module")
def document(page: str) -> Document:
    return Document(page)


@pytest.mark.parametrize(
    "words",
    [
        "16.7%",
        "6 题里 1 题完全正确",
        "95% 区间 3.0%–56.4%",
        "没有达到",
        "不是完整的评测：",
        "答不出的，认出了",
        "换一种问法，还对吗",
        "历次评测",
        "没通过的 5 题",
        "先问一句",
        "没有得到回答：坏了",
        "听成：所问 金额、责任部门；所指 中试基地",
        "应引，没有引",
    ],
)
def test_page_says(document: Document, words: str) -> None:
    assert words in re.sub(r"\s+", " ", document.text)


def test_words_of_questions_and_answers_are_never_markup(document: Document) -> None:
    assert document.all_of("script") == []
    assert HOSTILE in document.text
    assert f"有奖补{HOSTILE}" in document.text


def test_page_needs_nothing_from_elsewhere(page: str, document: Document) -> None:
    assert [a for name in ("link", "img", "iframe", "object") for a in document.all_of(name)] == [
        {"rel": "icon", "href": "data:,"}
    ]
    assert re.findall(r"https?://[^\s\"<]*", page) == []
    assert re.findall(r"@import|url\(", page) == []
    (policy,) = [m["content"] for m in document.all_of("meta") if m.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_links_lead_somewhere(document: Document) -> None:
    ids = [attributes["id"] for _, attributes in document.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    hrefs = {a["href"] for a in document.all_of("a")}
    assert {h for h in hrefs if h and h.removeprefix("#") not in ids} == {"misses.csv"}


def test_tables_name_their_rows_and_columns(document: Document) -> None:
    assert {attributes.get("scope") for attributes in document.all_of("th")} == {"row", "col"}


def test_charts_are_told_in_words(document: Document) -> None:
    charts = document.all_of("svg")
    told = [svg for svg in charts if svg.get("role") == "img"]
    assert len(told) >= 3
    assert all(svg.get("aria-labelledby") for svg in told)
    assert all(svg.get("aria-hidden") == "true" for svg in charts if svg not in told)


def test_run_of_right_answers_has_no_misses(seed: Source, tmp_path: Path) -> None:
    run = read_run(write_run(tmp_path, make_outcomes(seed)[:1]))
    text = Document(render_report(run, (), "misses.csv")).text
    assert "全部通过" in text and "100%" in text


def test_report_lies_beside_its_result(seed: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "no-index"))
    result = write_run(tmp_path / "results", make_outcomes(seed))
    files = write_report(result)
    assert (files.page, files.misses) == (result.with_suffix(".html"), result.with_name(f"{result.stem}-misses.csv"))
    assert "手边没有这份原文，只列引文" in files.page.read_text(encoding="utf-8")
    elsewhere = write_report(result, tmp_path / "other")
    assert sorted(p.name for p in (tmp_path / "other").iterdir()) == sorted([files.page.name, files.misses.name])
    assert elsewhere.page.parent == tmp_path / "other"


def test_gap_to_the_shipped_cases(seed: Source) -> None:
    outcomes = make_outcomes(seed)
    shipped = [o.case for o in outcomes]
    assert describe_gap(outcomes, shipped) is None
    assert describe_gap(outcomes[:2], shipped) == "自带的 6 题里有 4 题没有跑"
    changed = Case.model_validate({**shipped[0].model_dump(), "facts": [["300万元"]]})
    assert describe_gap(outcomes, [changed, *shipped[1:-1]]) == "有 1 题不是自带的，有 1 题后来改过"
