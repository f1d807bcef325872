"""The table of measures holds what the catalogue holds, and filters by its address."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from corpus.catalogue import Catalogue
from corpus.store import Corpus
from ingest.build import read_notice
from tests.conftest import NOTICES, SEED
from tests.fake_assistant import FakeAssistant
from tests.http_checks import serve
from ui.answers.citing import cite_notice
from ui.pages.measure_rows import Duty, Given, MeasureFilter, MeasureRow, describe_notices, make_rows


@pytest.fixture(scope="module")
def rows() -> tuple[MeasureRow, ...]:
    return make_rows(Catalogue((read_notice(SEED).notice,)))


def numbers(rows: tuple[MeasureRow, ...], wanted: MeasureFilter) -> list[int]:
    return [row.measure.number for row in rows if wanted.lets_through(row)]


FILTERS = [
    (MeasureFilter(), list(range(1, 17))),
    (MeasureFilter(words="孵化器"), [10, 14]),
    (MeasureFilter(words="  中试  山东 "), [9]),
    (MeasureFilter(words="种子"), [1]),
    (MeasureFilter(words="（九）"), [9]),
    (MeasureFilter(words="没有这个词"), []),
    (MeasureFilter(chapter="lkz-2025-128/3"), [7, 8, 9]),
    (MeasureFilter(department="省财政厅"), [1, 2, 9, 10, 11, 13, 15]),
    (MeasureFilter(department="财政厅"), []),
    (MeasureFilter(with_sum=True), [2, 6, 9, 10]),
    (MeasureFilter(with_sum=True, department="省财政厅", chapter="lkz-2025-128/4"), [10]),
    (MeasureFilter(notice="lkz-2025-128", words="算力券"), [13]),
    (MeasureFilter(notice="other"), []),
]


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_filters(rows: tuple[MeasureRow, ...], wanted: MeasureFilter, found: list[int]) -> None:
    assert numbers(rows, wanted) == found


def test_supports_are_printed_words(rows: tuple[MeasureRow, ...]) -> None:
    assert [(row.measure.number, s.sum) for row in rows for s in row.supports if s.sum] == [
        (2, "最高500万元"),
        (6, "最高200万元"),
        (6, "最高300万元"),
        (9, "最高200万元"),
        (10, "最高200万元"),
        (10, "最高50万元"),
    ]
    assert rows[8].supports == (
        Given("最高200万元", "对服务突出的省级中试基地，年度最高奖补200万元"),
        Given("", "对省级概念验证中心按绩效评价给予一定支持"),
    )
    assert rows[5].supports[1].words == "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元"
    text = read_notice(SEED).text
    assert all(s.words in text for row in rows for s in row.supports)


def test_duties_are_grouped_by_their_role(rows: tuple[MeasureRow, ...]) -> None:
    assert rows[5].duties == (Duty("牵头负责", True, ("省市场监管局",)),)
    assert rows[8].duties == (Duty("按职责分工负责", False, ("省科技厅", "省工业和信息化厅", "省财政厅")),)
    several = make_rows(Catalogue((read_notice(NOTICES / "gbf-2018-128.txt").notice,)))[5].duties
    assert [(d.role, d.is_lead) for d in several] == [
        ("牵头", True),
        ("参与", False),
        ("指导", False),
        ("负责落实", False),
    ]
    assert len(set(several[2].departments)) == len(several[2].departments)


def test_departments_of_points_stand_with_their_point(shaped: Corpus) -> None:
    first, second = make_rows(shaped.catalogue)
    assert first.duties == (Duty("牵头负责", True, ("市数据局",)),)
    assert second.duties == (
        Duty("负责", False, ("市工业和信息化局",), "1.应用示范"),
        Duty("负责", False, ("市商务局", "市财政局"), "2.（2）"),
    )
    page = serve(FakeAssistant(shaped)).get("/measures").text
    assert re.findall(r'<span class="point" lang="zh-CN">([^<]+)</span>', page) == ["1.应用示范", "2.（2）"]
    assert "乙　10万元以上　20%　每家最高5万元" in [given.words for given in first.supports]


def test_the_summary(rows: tuple[MeasureRow, ...]) -> None:
    seed, other = read_notice(SEED).notice, read_notice(NOTICES / "gbh-2006-71.txt").notice
    assert (
        describe_notices((seed,), rows, "zh") == f"{cite_notice(seed)}共5个部分、16项措施，其中4项写明了金额（6处）。"
    )
    assert (
        describe_notices((other,), make_rows(Catalogue((other,))), "zh")
        == f"{cite_notice(other)}共1项措施，都没有写明金额。"
    )


@pytest.fixture(scope="module")
def client(small_corpus: Corpus) -> TestClient:
    return serve(FakeAssistant(small_corpus))


def shown_rows(page: str) -> list[str]:
    """Addresses of the measures whose rows are not hidden, in their order."""
    tags = re.findall(r'<tr role="row"( hidden)? data-notice.*?href="([^"]+)"', page, re.DOTALL)
    return [address for hidden, address in tags if not hidden]


def test_the_page_holds_every_measure_and_shows_the_wanted(client: TestClient, small_corpus: Corpus) -> None:
    whole = client.get("/measures").text
    measures = small_corpus.catalogue.measures
    assert shown_rows(whole) == [f"/notices/{p.notice.id}#{p.measure.anchor}" for p in measures if p.measure]
    wanted = {"words": "中试", "department": "省财政厅", "sums": "yes"}
    page = client.get(f"/measures?{urlencode(wanted)}").text
    assert shown_rows(page) == ["/notices/lkz-2025-128#m9"]
    assert "<strong data-shown>1</strong>" in page and 'value="中试"' in page
    assert '<option value="省财政厅" selected>省财政厅（7项）</option>' in page
    assert page.count("<tr role") == whole.count("<tr role")


@pytest.mark.parametrize(
    "query",
    ["words=%3Cscript%3E", "department=%22%3E%3Cscript%3E", "chapter=x&notice=y&words=" + "长" * 5000, "words=%00%ff"],
)
def test_strange_filters_find_nothing_and_change_nothing(client: TestClient, query: str) -> None:
    response = client.get(f"/measures?{query}")
    assert response.status_code == 200 and shown_rows(response.text) == []
    assert response.text.count("<script") == 2 and "没有符合条件的措施" in response.text


def test_every_row_asks_and_links_its_departments(client: TestClient, small_corpus: Corpus) -> None:
    page = client.get("/measures").text
    count = len(small_corpus.catalogue.measures)
    assert page.count('href="/?ask=') == count
    departments = set(small_corpus.catalogue.departments)
    assert len(set(re.findall(r'href="/measures\?department=([^"]+)"', page))) == len(departments)
