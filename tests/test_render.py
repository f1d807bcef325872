"""Whatever an answer contains, the page shows it as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Composer, Degraded, ListItem, Part, PartKind, Repair, Status
from tests.conftest import make_notice
from tests.fake_assistant import make_answer, make_citation
from ui.greeting import render_greeting
from ui.problems import Problem
from ui.reader import render_notice
from ui.render import render_answer, render_problem, render_question, safe

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><a href=javascript:alert(1)>x</a>",
    "![x](http://evil.example/?q=1)",
    "[点这里](javascript:alert(1))",
    "<https://evil.example>",
    "a\n\n# 标题\n\n- 项\n\n```\ncode\n```",
    "a\r\n\r\n<b>b</b>",
    "$$x$$ `code` **粗** __粗__ ~~删~~",
    "${alert(1)} {{7*7}} `${1}`",
    "&lt;b&gt; &#60;script&#62;",
    "\u202e反向\u2066x\x00\x1b[31m\x85\u2028y",
    "</div></div></blockquote>",
]
URLS = [
    "javascript:alert(1)",
    "//evil.example/notices/x",
    "https://evil.example/",
    "/\\evil.example",
    '/notices/x" onclick="alert(1)',
    "/notices/../api",
]
TAGS = {
    "div",
    "p",
    "strong",
    "span",
    "a",
    "figure",
    "figcaption",
    "b",
    "blockquote",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "br",
}
ATTRIBUTES = {"class", "href", "title"}


class Reading(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.depth += tag != "br"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def expect_harmless(html: str) -> Reading:
    reading = Reading(html)
    assert reading.tags <= TAGS
    assert reading.attributes <= ATTRIBUTES
    assert reading.depth == 0
    # A line break could end the block that Markdown passes on as it is.
    assert not re.search(r"[\n\r\x00-\x1f\u2028\u202e]", html)
    return reading


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_of_an_answer_is_escaped(hostile: str) -> None:
    citation = replace(make_citation(quote=hostile), measure_label=hostile, measure_title=hostile)
    answer = replace(
        make_answer(hostile, [Part(kind, hostile, (1, 7)) for kind in PartKind]),
        citations=(citation,),
        items=(ListItem(hostile, (1,)),),
        repairs=(Repair(hostile, hostile),),
        degraded=Degraded.EMBEDDER_UNAVAILABLE,
        composer=Composer.LIST,
    )
    reading = expect_harmless(render_answer(answer))
    assert set(reading.links) == {citation.url}
    shown = Reading(safe(hostile)).text
    assert reading.text.count(shown) >= len(PartKind) + 2


@pytest.mark.parametrize("hostile", HOSTILE)
def test_questions_and_problems_are_escaped(hostile: str) -> None:
    expect_harmless(render_question(hostile))
    expect_harmless(render_problem(Problem(422, hostile)))


@pytest.mark.parametrize("url", URLS)
def test_links_lead_to_our_own_pages_only(url: str) -> None:
    reading = expect_harmless(render_answer(replace(make_answer(), citations=(make_citation(url=url),))))
    assert [link for link in reading.links if link != "/notices/../api"] == []


def test_an_answer_in_full() -> None:
    assert render_answer(make_answer()) == (
        '<div class="answer answer--partly_answered"><p class="answer__status">'
        "<strong>只写明了一部分</strong> 每句话都已逐字核对原文</p>"
        '<div class="answer__body">'
        '<p class="direct">服务突出的省级中试基地，年度最高奖补200万元。'
        '<a class="cite" href="/notices/lkz-2025-128#m9.3" title="（九）技术转移转化和推广服务">'
        '<span class="sr">出处</span>[1]</a></p>'
        '<figure class="quote"><figcaption><b>[1] 通知原文</b><span>（九）技术转移转化和推广服务</span>'
        '<a class="tool" href="/notices/lkz-2025-128#m9.3">看上下文</a></figcaption>'
        "<blockquote>对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
        "</blockquote></figure>"
        '<div class="gap-box"><p>申报时间，原文没有写明，可向下列责任部门咨询。</p></div>'
        '<dl class="who"><dt>责任部门</dt><dd>省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）'
        '<a class="cite" href="/notices/lkz-2025-128#m9.3" title="（九）技术转移转化和推广服务">'
        '<span class="sr">出处</span>[1]</a></dd></dl>'
        '<p class="source-line">鲁科字〔2025〕128号 第（九）条<br>本回答由程序自动生成，以通知原文为准。</p>'
        "</div></div>"
    )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_every_status_has_a_label(status: Status, language: str) -> None:
    reading = Reading(render_answer(replace(make_answer(), status=status, language=language)))
    assert reading.text


def test_the_list_stands_between_our_words_and_the_rest() -> None:
    items = (ListItem("（一）支持企业做大做强", (1,)), ListItem("（二）加大企业引育力度", ()))
    text = Reading(render_answer(replace(make_answer(), items=items))).text
    assert text.index("年度最高") < text.index("（一）支持") < text.index("（二）加大") < text.index("通知原文")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_names_of_notices_are_escaped(hostile: str) -> None:
    notice = make_notice(title=hostile)
    assert Reading(render_greeting([notice])).tags <= TAGS | {"h1", "h2", "ul"}
    assert "script" not in Reading(render_notice(notice, hostile)).tags
