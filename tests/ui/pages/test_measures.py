"""The table of measures holds what the catalogue holds, and filters by its address."""

import csv
import io
import re
from dataclasses import replace
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
from ui.pages.measure_rows import Duty, MeasureFilter, MeasureRow, describe_notices, make_rows
from ui.pages.measures import render_measures, write_csv
from ui.pages.shell import Visit


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
    (MeasureFilter(who="孵化器"), [10]),
    (MeasureFilter(who="科技型中小企业", with_sum=True), [10]),
    (MeasureFilter(who="没有这样的人"), []),
    (MeasureFilter(with_sum=True, department="省财政厅", chapter="lkz-2025-128/4"), [10]),
    (MeasureFilter(notice="lkz-2025-128", words="算力券"), [13]),
    (MeasureFilter(notice="other"), []),
]


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_filters(rows: tuple[MeasureRow, ...], wanted: MeasureFilter, found: list[int]) -> None:
    assert numbers(rows, wanted) == found


def test_supports_are_printed_words(rows: tuple[MeasureRow, ...]) -> None:
    assert [(row.measure.number, s.sum) for row in rows for s in row.supports if s.sum] == [
        (2, "最高给予500万元补助"),
        (6, "最高给予200万元"),
        (6, "最高给予300万元"),
        (9, "年度最高奖补200万元"),
        (10, "每家最高200万元一次性补助"),
        (10, "最高给予50万元奖励"),
    ]
    assert [(s.sum, s.words, s.who) for s in rows[8].supports] == [
        ("年度最高奖补200万元", "对服务突出的省级中试基地，年度最高奖补200万元", "服务突出的省级中试基地"),
        ("", "对省级概念验证中心按绩效评价给予一定支持", "省级概念验证中心"),
    ]
    assert rows[5].supports[1].words == "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元"
    text = read_notice(SEED).text
    assert all(s.words in text for row in rows for s in row.supports)


SUMS = [
    (
        "several/lanjiang",
        ["每家最高给予50万元一次性奖补", "按实际利息的40%", "每家每年最高15万元", "每家给予1万元补助"],
    ),
    ("gf-2018-39", ["50%", "50%的标准", "最高不超过15万元", "最高不超过300万元"]),
    ("shapes/table", []),
    ("shapes/eh", ["每人每月600元", "每人每月200元"]),
    ("shapes/decimal", ["2万元", "一次性奖励30万元"]),
    ("shapes/trad", ["每家企業最高資助港幣50,000元"]),
]


@pytest.mark.parametrize(("name", "sums"), SUMS)
def test_sums_stand_with_all_that_is_printed_of_them(name: str, sums: list[str]) -> None:
    notice = read_notice(NOTICES / f"{name}.txt").notice
    found = [s.sum for row in make_rows(Catalogue((notice,))) for s in row.supports if s.sum]
    assert found == sums


def test_the_largest_sum_goes_first_and_the_rest_stays_in_order(real_corpus: Corpus) -> None:
    visit = Visit(real_corpus.catalogue.notices)
    page = render_measures(real_corpus, MeasureFilter(by_sum=True), visit)
    labels = re.findall(r'<td class="no" role="cell" lang="zh-CN">（([^<]+)）</td>', page)
    assert labels[:5] == ["二", "六", "九", "十", "一"] and len(labels) == 16
    assert 'class="chapter"' not in page and 'href="/measures"' in page
    assert 'href="/measures.csv?sort=sum"' in page


def test_among_several_notices_each_row_names_its_own(client: TestClient, small_corpus: Corpus) -> None:
    page = client.get("/measures?sort=sum").text
    for notice in small_corpus.catalogue.notices:
        named = f'<span class="small" lang="zh-CN">{cite_notice(notice)}</span>'
        assert page.count(named) == sum(1 for _ in notice.measures())


def test_who_gets_it_stands_beside_the_sum() -> None:
    notice = read_notice(NOTICES / "gf-2018-39.txt").notice
    words = [s.words for row in make_rows(Catalogue((notice,))) for s in row.supports if "300万元" in s.sum]
    assert [w.startswith("小微企业当年新招用") for w in words] == [True]


def read_table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_is_saved_as_it_is_shown(client: TestClient) -> None:
    response = client.get("/measures.csv?sums=yes&department=省财政厅&notice=lkz-2025-128")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="measures.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = read_table(response.text)
    assert [(r["条"], r["金额"]) for r in rows] == [
        ("（二）", "最高给予500万元补助"),
        ("（九）", "年度最高奖补200万元"),
        ("（九）", ""),
        ("（十）", "每家最高200万元一次性补助"),
        ("（十）", "最高给予50万元奖励"),
    ]
    assert rows[3] == {
        "通知": "关于支持科技服务业高质量发展的若干措施",
        "发文字号": "鲁科字〔2025〕128号",
        "条": "（十）",
        "标题": "企业孵化服务",
        "给谁": "获得工业和信息化部认定的部级孵化器",
        "做什么事": "获得工业和信息化部认定",
        "条件": "依据认定层级",
        "金额": "每家最高200万元一次性补助",
        "怎么给": "一次性",
        "原文": rows[3]["原文"],
        "责任部门": "省教育厅、省科技厅、省财政厅",
        "地址": "http://testserver/notices/lkz-2025-128#m10.1",
    }
    english = client.get("/measures.csv?lang=en&words=中试").text
    assert english.splitlines()[0].startswith("\ufeffNotice,Document number,Measure,Title,Recipient")


def test_every_measure_that_is_shown_has_a_line(client: TestClient, small_corpus: Corpus) -> None:
    rows = make_rows(small_corpus.catalogue)
    assert len(read_table(client.get("/measures.csv").text)) == sum(max(len(row.supports), 1) for row in rows)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(real_corpus: Corpus, begins: str) -> None:
    notice = real_corpus.catalogue.notices[0]
    named = replace(real_corpus, catalogue=Catalogue([replace(notice, title=f"{begins}HYPERLINK(1)")]))
    rows = read_table(write_csv(named, MeasureFilter(), Visit((notice,)), ""))
    assert {row["通知"] for row in rows} == {f"'{begins}HYPERLINK(1)"}


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
    [
        "who=%3Cimg%20src%3Dx%3E&sort=%22%3E",
        "words=%3Cscript%3E",
        "department=%22%3E%3Cscript%3E",
        "chapter=x&notice=y&words=" + "长" * 5000,
        "words=%00%ff",
    ],
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
