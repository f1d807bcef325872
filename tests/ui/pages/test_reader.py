"""The reader shows the canonical text, character for character, with an address for everything that is cited."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from corpus.catalogue import Catalogue, Place
from corpus.store import Corpus
from ingest.build import read_notice
from ingest.publishing.publish import Source
from tests.conftest import NOTICES, SEED
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import serve
from ui.answers.citing import ask_address, cite_notice, cite_place, place_address, question_about
from ui.answers.marks import MarkKind, find_marks
from ui.answers.printed import BlockKind, read_blocks
from ui.pages.article import Shown, render_article
from ui.pages.reader import render_reader
from ui.pages.shell import Visit

FILES = [SEED, *sorted(NOTICES.glob("*.txt")), *sorted((NOTICES / "shapes").glob("*.txt"))]


class Reading(HTMLParser):
    """The text of a document, each element with its attributes, and where in the text the ids begin."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.begins: dict[str, int] = {}
        self.feed(str(html))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.begins |= {str(value): len(self.text) for name, value in attrs if name == "id"}

    @property
    def ids(self) -> list[str]:
        return [str(a["id"]) for _, a in self.elements if "id" in a]


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def source(request: pytest.FixtureRequest) -> Source:
    path: Path = request.param
    return read_notice(path)


def test_the_article_is_the_notice_and_nothing_else(source: Source) -> None:
    assert Reading(render_article(Shown(source.notice, source.text))).text == source.text


def test_everything_that_is_cited_has_an_address_of_its_own(source: Source) -> None:
    ids = Reading(render_article(Shown(source.notice, source.text))).ids
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    measures = list(source.notice.measures())
    wanted = [m.anchor for m in measures] + [p.anchor for m in measures for p in m.points]
    wanted += [p.anchor for p in source.notice.provisions() if p.anchor] + [a.anchor for a in source.notice.annexes]
    wanted += [m.responsibility_anchor(r.phrase) for m in measures for r in m.all_responsibilities]
    wanted += [f"c{c.id.partition('/')[2]}" for c in source.notice.chapters if c.heading]
    wanted += [f"p{p.number}" for p in source.notice.preamble] + ["title"]
    printed = {
        "preamble": source.notice.addressee,
        "issuer": source.notice.issuer,
        "date": source.notice.issued_on,
        "contact": source.notice.contact,
        "printed": source.notice.printed_by,
        "annexes": source.notice.annex_list,
    }
    wanted += [anchor for anchor, phrase in printed.items() if phrase]
    assert sorted(set(wanted) - set(ids)) == []


def test_an_address_holds_its_sentence(source: Source) -> None:
    begins = Reading(render_article(Shown(source.notice, source.text))).begins
    sentences = [p for p in source.notice.provisions() if p.anchor]
    # The first point within point 2 and the first sentence of point 2 may both be called p2.1; the sentence goes before.
    taken = {p.anchor for p in sentences}
    for measure in source.notice.measures():
        assert begins[measure.anchor] == measure.heading.start
        points = [p for p in measure.points if p.anchor not in taken]
        assert [begins[p.anchor] for p in points] == [p.heading.start for p in points]
    assert [begins[p.anchor] for p in sentences] == [p.start for p in sentences]
    assert [begins[a.anchor] for a in source.notice.annexes] == [a.heading.start for a in source.notice.annexes]


def test_the_reader_has_the_shapes_of_the_notice(shaped: Corpus) -> None:
    notice = shaped.catalogue.notices[0]
    page = render_reader(Shown(notice, shaped.texts[notice.id]), Visit((notice,)))
    assert re.findall(r'<h[34]><a href="([^"]+)">([^<]+)</a>', page) == [
        ("#c1", "一、支持企业上云"),
        ("#c2", "二、附则"),
        ("#a1", "附件1 申报表"),
        ("#a2", "附件2 目录"),
    ]
    assert re.findall(r'<div class="point" id="([^"]+)" data-name="([^"]+)" data-part="([^"]+)"', page) == [
        ("c1-m2.p1", "一、（二）1.", "第1.项"),
        ("c1-m2.p2", "一、（二）2.", "第2.项"),
        ("c1-m2.p2.p1", "一、（二）2.（1）", "第2.项第（1）目"),
        ("c1-m2.p2.p2", "一、（二）2.（2）", "第2.项第（2）目"),
    ]
    assert re.findall(r'<th scope="col">(?:<span hidden>[^<]*</span>)?([^<\s]+)', page) == [
        *("档次", "上云费用", "补助比例", "备注"),
        *("企业名称", "所在地", "金额（万元）"),
    ]
    assert re.findall(r'<tr class="target" id="([^"]+)" data-name="([^"]+)"', page) == [
        ("m1.2", "（一）第2句"),
        ("m1.r1", "（一）第1行"),
        ("m1.r2", "（一）第2行"),
        ("a1.1", "附件1第1句"),
        ("a1.r1", "附件1第1行"),
        ("a1.r2", "附件1第2行"),
    ]
    assert (
        Reading(page.partition("<article")[2].partition(">")[2].partition("</article>")[0]).text
        == shaped.texts[notice.id]
    )
    assert page.count('class="closing"') == 1 and 'id="closing.2"' in page and 'id="contact"' in page


def test_blocks_leave_out_white_space_only(source: Source) -> None:
    at = 0
    for block in read_blocks(source.notice, source.text):
        assert source.text[at : block.start].strip() == "" and block.end > block.start
        at = block.end
    assert source.text[at:].strip() == ""


def test_departments_are_marked_where_they_are_responsible(source: Source) -> None:
    marked: dict[str, None] = {}
    for mark in find_marks(source.notice):
        if mark.kind is MarkKind.DEPARTMENT:
            assert source.text[mark.start : mark.end] == mark.name
            marked[mark.name] = None
    printed = [
        d
        for m in source.notice.measures()
        for d in m.departments
        if any(d in r.phrase.text for r in m.all_responsibilities)
    ]
    assert set(marked) == set(printed)


def test_sums_are_marked_with_their_qualifiers() -> None:
    seed = read_notice(SEED)
    sums = [seed.text[m.start : m.end] for m in find_marks(seed.notice) if m.kind is MarkKind.SUM]
    assert sums == [
        "最高给予500万元补助",
        "最高给予200万元",
        "最高给予300万元",
        "年度最高奖补200万元",
        "每家最高200万元一次性补助",
        "最高给予50万元奖励",
    ]
    other = read_notice(NOTICES / "gf-2018-41.txt")
    sums = [other.text[m.start : m.end] for m in find_marks(other.notice) if m.kind is MarkKind.SUM]
    assert sums[:3] == ["每个子女每月1000元的标准", "每月400元", "3600元"]


LAYOUTS = [
    ("lkz-2025-128", ["title", "number", "to", "text", "inner-title", "text", "chapter", "measure", "text"]),
    ("gf-2018-39", ["record"] * 5 + ["title", "number", "to"]),
    ("gbh-2006-71", ["record"] * 5 + ["title", "number", "to", "text"]),
]


@pytest.mark.parametrize(("name", "kinds"), LAYOUTS)
def test_the_layout_is_read(name: str, kinds: list[str]) -> None:
    source = read_notice(next(f for f in FILES if f.stem == name))
    assert [b.kind.value for b in read_blocks(source.notice, source.text)][: len(kinds)] == kinds


def test_a_signature_above_the_inner_title_is_no_part_of_it() -> None:
    source = read_notice(NOTICES / "gf-2004-18.txt")
    blocks = read_blocks(source.notice, source.text)
    printed = [(b.kind, source.text[b.start : b.end]) for b in blocks]
    assert (BlockKind.INNER_TITLE, "国 务 院 工 作 规 则") in printed
    assert (BlockKind.SIGNATURE, "国务院") in printed


def place_in(name: str, anchor: str, sentence: int = 0) -> Place:
    source = read_notice(next(f for f in FILES if f.stem == name))
    place = next(p for p in Catalogue((source.notice,)).measures if p.measure and p.measure.anchor == anchor)
    if not sentence or place.measure is None:
        return place
    return Place(place.notice, place.chapter, place.measure, place.measure.provisions[sentence - 1])


CITED = [
    (place_in("lkz-2025-128", "m9"), "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）第（九）条“技术转移转化和推广服务”"),
    (
        place_in("lkz-2025-128", "m9", 3),
        "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）第（九）条“技术转移转化和推广服务”第3句："
        "“对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。”",
    ),
    (place_in("gf-2018-41", "m5"), "《国务院关于印发个人所得税专项附加扣除暂行办法的通知》（国发〔2018〕41号）第五条"),
    (
        place_in("gbf-2018-128", "c1-m2"),
        "《国务院办公厅关于印发“无废城市”建设试点工作方案的通知》（国办发〔2018〕128号）“一、总体要求”第（二）条“指导思想”",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("place", "cited"), CITED)
def test_official_citations(place: Place, cited: str) -> None:
    assert cite_place(place) == cited


def test_titles_within_titles() -> None:
    notice = read_notice(NOTICES / "gf-2004-18.txt").notice
    assert cite_notice(notice) == "《国务院工作规则》（国发〔2004〕18号）"
    assert place_address(place_in("lkz-2025-128", "m9", 3)) == "/notices/lkz-2025-128#m9.3"


def test_what_an_answer_cites_is_found(small_corpus: Corpus) -> None:
    """Number, title, addressee, issuer and date have addresses too, and each leads to the cited words."""
    notice = small_corpus.catalogue.notices[1]
    begins = Reading(render_article(Shown(notice, small_corpus.texts[notice.id]))).begins
    cited = []
    for ask in ("发文字号是多少？", "通知标题是什么？", "发给谁的？", "哪个机关印发的？", "什么时候印发的？"):
        answer = Assistant(small_corpus).ask(f"{notice.title}{ask}", notice_ids=[notice.id])
        cited += [(c.url.split("#")[1], c.start) for c in answer.citations]
    assert cited and [begins[anchor] for anchor, _ in cited] == [start for _, start in cited]


def test_questions_about_a_measure_name_what_is_needed() -> None:
    ninth = place_in("lkz-2025-128", "m9")
    assert question_about(ninth) == "第（九）条“技术转移转化和推广服务”有哪些规定？"
    assert question_about(ninth, is_only_notice=False) == f"《{ninth.notice.title}》{question_about(ninth)}"
    assert question_about(place_in("gbf-2018-128", "c1-m2")) == "“一、总体要求”第（二）条“指导思想”有哪些规定？"
    assert re.fullmatch(r"/\?ask=[\w%.~-]+", ask_address(ninth))


def test_questions_about_each_measure_are_answered_from_it(assistant: Assistant) -> None:
    for place in assistant.corpus.catalogue.measures:
        answer = assistant.ask(question_about(place))
        assert place.measure and {c.measure_id for c in answer.citations} == {place.measure.id}, question_about(place)


@pytest.fixture(scope="module")
def pages(small_corpus: Corpus) -> dict[str, str]:
    assistant = FakeAssistant(small_corpus)
    paths = (f"/notices/{NOTICE_ID}", "/notices", "/notices/gbh-2006-71")
    with serve(assistant) as client:
        return {path: _page(client, path) for path in paths}


def _page(client: TestClient, path: str) -> str:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return response.text


def test_the_page_around_the_article(pages: dict[str, str]) -> None:
    reading = Reading(pages[f"/notices/{NOTICE_ID}"])
    assert [a.get("lang") for t, a in reading.elements if t == "html"] == ["zh-CN"]
    assert [t for t, _ in reading.elements if t == "h1"] == ["h1"]
    links = [a["href"] for t, a in reading.elements if t == "a"]
    assert {f"#m{n}" for n in range(1, 17)} <= set(links) and "/measures" in links
    assert all(str(link).startswith(("/", "#", "?lang=")) for link in links)
    assert "<style" not in pages[f"/notices/{NOTICE_ID}"] and " style=" not in pages[f"/notices/{NOTICE_ID}"]
    loaded = [a["src"] for t, a in reading.elements if t == "script"]
    assert loaded == ["/ui/switches.js", "/ui/reader.js"]
    flagged = re.findall(
        r'href="#(m\d+)"[^>]*><span class="label">[^<]*</span><span>[^<]*</span><span class="money"',
        "".join(pages.values()),
    )
    assert flagged[:4] == ["m2", "m6", "m9", "m10"]


def test_several_notices_lead_to_each_other(pages: dict[str, str]) -> None:
    assert re.findall(r'<a href="(/notices/[^"]+)" lang="zh-CN">', pages["/notices"]) == [
        "/notices/lkz-2025-128",
        "/notices/gf-2018-39",
        "/notices/gbh-2006-71",
    ]
    assert "全部3份通知" in pages["/notices/gbh-2006-71"]
    assert "%E3%80%8A" in re.findall(r'href="/\?ask=([^"]+)"', pages[f"/notices/{NOTICE_ID}"])[0]


def test_a_missing_notice_is_a_page_for_a_person_and_a_problem_for_a_program(small_corpus: Corpus) -> None:
    with serve(FakeAssistant(small_corpus)) as client:
        shown = client.get("/notices/none", headers={"accept": "text/html,*/*"})
        assert shown.status_code == 404 and "没有这个页面" in shown.text and 'href="/measures"' in shown.text
        for notice in small_corpus.catalogue.notices:
            assert f'<a href="/notices/{notice.id}" lang="zh-CN">{cite_notice(notice)}</a>' in shown.text
        assert client.get("/notices/none").headers["content-type"] == "application/problem+json"
        given = client.get("/api/v1/notices/none", headers={"accept": "text/html"})
        assert given.headers["content-type"] == "application/problem+json"
