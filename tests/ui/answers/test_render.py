"""Whatever an answer contains, the page shows it as text."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answer import (
    Answer,
    CitationKind,
    Composer,
    Degraded,
    ListItem,
    Part,
    PartKind,
    Repair,
    Row,
    Status,
    make_table,
)
from tests.fake_assistant import make_answer, make_citation, make_table_answer
from tests.hostile import HOSTILE
from tests.html_reading import Reading
from ui.answers.citations import on_one_line
from ui.answers.extras import Card, Choice, Extras
from ui.answers.render import render_answer, render_part
from ui.markup import undisguise

URLS = [
    "javascript:alert(1)",
    "//evil.example/notices/x",
    "https://evil.example/",
    "/\\evil.example",
    '/notices/x" onclick="alert(1)',
    "/notices/../api",
    "/notices/x?y",
]
TAGS = set(
    "a article b blockquote br button caption dd div dl dt em figcaption figure h3 h4 li ol p section span strong svg "
    "table tbody td th thead tr use".split()
)
ATTRIBUTES = set(
    "aria-controls aria-expanded aria-hidden aria-label class hidden href id lang role scope tabindex type".split()
)
QUOTE = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"


def expect_harmless(html: str) -> Reading:
    reading = Reading(html)
    assert reading.tags <= TAGS
    assert {a for a in reading.attributes if not a.startswith("data-")} <= ATTRIBUTES
    assert reading.depth == 0
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2028]", html)
    return reading


def make_hostile(text: str) -> Answer:
    citation = replace(make_citation(quote=text), measure_label=text, measure_title=text, document_number=text)
    owner = replace(make_answer().responsibilities[0], departments=(text,), role=text)
    table = make_table((text, text), [Row((text, text), (1, 7)), Row((text, text), ())])
    parts = [Part(kind, text, (1, 7)) for kind in PartKind if kind is not PartKind.TABLE]
    return replace(
        make_answer(text, [*parts, table]),
        standalone_question=text,
        citations=(citation,),
        responsibilities=(owner,),
        items=(ListItem(text, (1,)),),
        repairs=(Repair(text, text),),
        degraded=Degraded.EMBEDDER_UNAVAILABLE,
        composer=Composer.LIST,
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_of_an_answer_is_escaped(hostile: str) -> None:
    extras = Extras(choices=(Choice(hostile, hostile),), follow_ups=(hostile,))
    for status in Status:
        reading = expect_harmless(render_answer(replace(make_hostile(hostile), status=status), extras))
        assert set(reading.links) <= {make_citation().url, *(link for link in reading.links if link.startswith("/ui/"))}
        assert reading.text.count(on_one_line(hostile)) >= 3


def test_cards_of_one_page_share_no_id() -> None:
    html = "".join(render_answer(make_answer(), card=Card(prefix=f"e{n}-")) for n in (1, 2))
    ids = re.findall(r' id="([^"]+)"', html)
    assert ids == ["e1-card-1", "e2-card-1"] and set(re.findall('aria-controls="([^"]+)"', html)) == set(ids)


def test_a_page_may_ask_on_by_itself() -> None:
    extras = Extras(follow_ups=("省财政厅负责哪些措施？",))
    assert "接着问" in render_answer(make_answer(), extras)
    assert "接着问" not in render_answer(make_answer(), extras, Card(with_follow_ups=False))


def test_an_answer_from_a_notice_that_changed_has_no_tick() -> None:
    answer = replace(make_answer(), status=Status.ANSWERED)
    fresh, outdated = render_answer(answer), render_answer(answer, card=Card(is_outdated=True))
    assert '<p class="outdated" hidden>' in fresh and "#ok" in fresh and "每句话都已核对原文" in fresh
    assert '<p class="outdated">' in outdated and "data-outdated" in outdated
    assert "#ok" not in outdated and "每句话都已核对原文" not in outdated


def test_where_several_notices_are_held_a_quotation_names_its_own() -> None:
    def captions(answer: Answer, is_only: bool) -> list[str]:
        html = render_answer(answer, Extras(is_only=is_only))
        return [
            re.sub(r"\n+", " ", Reading(c).text) for c in re.findall("<figcaption>.*?</figcaption>", html, re.DOTALL)
        ]

    untitled = replace(make_answer(), citations=(replace(make_citation(), document_number=""),))
    place = "（九）技术转移转化和推广服务 看上下文"
    assert captions(make_answer(), is_only=True) == [f"[1]通知原文 {place}"]
    assert captions(make_answer(), is_only=False) == [f"[1]通知原文 鲁科字〔2025〕128号{place}"]
    assert captions(untitled, is_only=False) == [f"[1]通知原文 《关于支持科技服务业高质量发展的若干措施》{place}"]


def test_printed_addresses_are_whole() -> None:
    html = render_answer(make_answer(), Extras(sentences={1: "第3句"}), Card(site="https://policy.example"))
    assert '<span class="cite-card__url" data-url="https://policy.example/notices/lkz-2025-128#m9.3"></span>' in html
    assert '<span class="nowrap">第3句</span>' in html and "data-quoted hidden>" in html


@pytest.mark.parametrize("status", Status)
def test_only_what_is_answered_has_the_tick(status: Status) -> None:
    parts = [Part(PartKind.DIRECT, "写在第（九）条。", (1,)), Part(PartKind.QUOTE, QUOTE, (1,))]
    html = render_answer(replace(make_answer(parts=parts), status=status))
    assert ("每句话都已核对原文" in html) is ("#ok" in html) is (status is Status.ANSWERED)


@pytest.mark.parametrize("reply", ["greeting", "thanks", "capability", "off_topic", "other_place"])
def test_small_talk_is_not_called_out_of_scope(reply: str) -> None:
    answer = replace(make_answer(parts=[Part(PartKind.DIRECT, "您好！")]), status=Status.OUT_OF_SCOPE, reply=reply)
    is_talk = reply in ("greeting", "thanks", "capability")
    html = render_answer(replace(answer, citations=(), responsibilities=()))
    assert ("不在通知的范围内" in html) is not is_talk and (" data-talk" in html) is is_talk


def test_sums_are_sorted_by_their_value_and_clauses_by_their_number() -> None:
    answer = make_table_answer(("中试基地", "年度最高奖补200万元", "第（九）条"), ("孵化器", "没写金额", "第（九）条"))
    html = render_answer(answer, Extras(sums={"年度最高奖补200万元": Decimal(2_000_000)}))
    assert '<td data-sort="2000000">年度最高奖补200万元</td><td data-sort="9">第（九）条<span>' in html
    assert "<td>没写金额</td>" in html


def test_columns_that_hold_nothing_are_left_out() -> None:
    html = render_answer(make_table_answer(("中试基地", "", "第（九）条"), ("孵化器", "", "第（十）条")))
    assert re.findall(r'class="sort">([^<]+)<', html) == ["对象", "条件"]


def test_a_repair_is_said_once() -> None:
    note = Part(PartKind.NOTE, "您写的“算力卷”，这里按“算力券”理解。")
    answer = replace(make_answer(parts=(note, *make_answer().parts)), repairs=(Repair("算力卷", "算力券"),))
    text = Reading(render_answer(answer)).text
    assert text.count("算力卷") == 1 and "“算力卷”按“算力券”理解" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_parts_that_come_early_are_escaped(hostile: str) -> None:
    answer = make_hostile(hostile)
    for part in answer.parts:
        expect_harmless(render_part(answer, part))


@pytest.mark.parametrize("url", URLS)
def test_links_lead_to_our_own_pages_only(url: str) -> None:
    reading = expect_harmless(render_answer(replace(make_answer(), citations=(make_citation(url=url),))))
    assert {link for link in reading.links if not link.startswith("/ui/icons.svg#")} <= {"#", "/notices/../api"}


def test_an_answer_in_full() -> None:
    """Stated things with their words, then what is missing with whom to ask, then the source."""
    html = render_answer(make_answer(), Extras(follow_ups=("省财政厅负责哪些措施？",)))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()
    assert text == (
        "只写明了一部分 写明的和没写明的分开列出 通知已更新，请重新提问。 "
        f"通知写明了 [1] 通知原文 （九）技术转移转化和推广服务 看上下文 {QUOTE} "
        "通知没有写明 申报时间，原文没有写明，可向下列责任部门咨询。 "
        "可以向责任部门询问 按职责分工负责 省科技厅 省工业和信息化厅 省财政厅 联系方式请以各部门公布的为准。 "
        "出处：鲁科字〔2025〕128号 第（九）条 本回答由程序自动生成，以通知原文为准。 "
        f"[1] 鲁科字〔2025〕128号 （九）技术转移转化和推广服务 {QUOTE} 在原文中查看 "
        "接着问 省财政厅负责哪些措施？"
    )
    assert 'data-ask="省财政厅负责哪些措施？">省财政厅<' in html
    assert 'data-notice="lkz-2025-128" data-start="2813" data-end="2859" data-number="1"' in html


def test_the_text_for_the_clipboard_holds_question_words_citations_and_what_prevails() -> None:
    copied = next(v for v in Reading(render_answer(make_answer())).values if v.startswith("问："))
    assert copied.splitlines() == [
        "问：中试基地一年奖多少？什么时候申报？",
        "答（只写明了一部分）：",
        "服务突出的省级中试基地，年度最高奖补200万元。[1]",
        "申报时间，原文没有写明，可向下列责任部门咨询。",
        "省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）[1]",
        "",
        "引文",
        f"[1] 《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）（九）：“{QUOTE}” /notices/lkz-2025-128#m9.3",
        "",
        "本回答由程序自动生成，以通知原文为准。",
    ]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "对服务突出的省级中试基地，年度最高奖补200万元。",
            "对省级概念验证中心按绩效评价给予一定支持；<em>对服务突出的省级中试基地，年度最高奖补200万元。</em>",
        ),
        ("通知对此有规定：", QUOTE),
        (QUOTE, QUOTE),
    ],
)
def test_the_clause_that_answers_is_set_off_unless_it_is_the_whole_sentence(said: str, shown: str) -> None:
    answer = make_answer(parts=[Part(PartKind.DIRECT, said, (1,)), Part(PartKind.QUOTE, QUOTE, (1,))])
    assert f"<blockquote>{shown}</blockquote>" in render_answer(answer)


NEAREST = [
    pytest.param([Part(PartKind.MISSING, "金额，通知没有写明。", (1,))], id="cited"),
    pytest.param([Part(PartKind.MISSING, "金额，通知没有写明。"), Part(PartKind.QUOTE, QUOTE, (1,))], id="quoted"),
]


@pytest.mark.parametrize("parts", NEAREST)
def test_what_is_not_stated_is_said_before_the_nearest_sentence(parts: list[Part]) -> None:
    text = Reading(render_answer(replace(make_answer(parts=parts), status=Status.NOT_STATED))).text
    order = ["通知没有写明", "金额，通知没有写明。", "与您的问题最接近的原文", QUOTE, "可以向责任部门询问", "省财政厅"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_every_status_says_its_name_to_eye_and_ear(status: Status, language: str) -> None:
    html = render_answer(replace(make_answer(), status=status, language=language))
    label = re.search(r"<strong>.*?</svg>(.+?)</strong>", html)
    assert label and f'data-status="{status.value}"' in html
    assert re.search(rf'aria-label="[^"]*{re.escape(label[1])}"', html)


def test_the_list_stands_between_our_words_and_the_rest() -> None:
    items = (ListItem("第（一）条 支持企业做大做强", (1,)), ListItem("第二条 加大企业引育力度", ()))
    text = Reading(render_answer(replace(make_answer(), items=items))).text
    order = ["写明了", "（一）支持", "第二条加大", "通知原文"]
    assert [text.index(t) for t in order] == sorted(text.index(t) for t in order)


def test_a_table_has_heads_and_marks_and_stands_for_the_list() -> None:
    html = render_answer(make_table_answer(("中试基地", "年度最高\n200万元"), ("孵化器", "每家 <b>")))
    head = '<th scope="col"><button type="button" class="sort">对象</button></th>'
    assert '<div class="table-scroll" role="group" tabindex="0" aria-label="表格，可以左右滚动">' in html
    assert '<caption class="sr">表格，共2行</caption>' in html and head in html
    assert '<tr><th scope="row">孵化器</th><td>每家 &lt;b&gt;<span><span class="cite-anchor"><a class="cite"' in html
    assert 'data-csv="中试基地一年奖多少？什么时候申报？.csv"' in html
    assert "<ol" not in html
    text = Reading(html).text
    order = ["对象支持", "中试基地年度最高200万元[1]", "孵化器每家 <b>[1]", "通知原文"]
    assert [text.index(t) for t in order] == sorted(text.index(t) for t in order)


def test_a_table_that_shows_not_all_leaves_the_list() -> None:
    answer = make_table_answer(("甲", "乙"))
    html = render_answer(replace(answer, items=(*(answer.items or ()), ListItem("丙", (1,)))))
    assert html.count("<table") == 1 and html.count("<li>") == 2


def test_a_table_is_copied_with_tabs() -> None:
    html = render_answer(make_table_answer(("中试\t基地", "年度最高\n200万元"), ("孵化器", "每家")))
    copied = next(v for v in Reading(html).values if v.startswith("问："))
    assert copied.splitlines()[3:7] == ["对象\t支持", "中试 基地\t年度最高200万元[1]", "孵化器\t每家[1]", ""]


def test_departments_of_several_measures_are_kept_apart() -> None:
    first = make_citation()
    second = replace(first, number=2, measure_id="4.10", measure_label="（十）", kind=CitationKind.RESPONSIBILITY)
    owner = make_answer().responsibilities[0]
    other = replace(owner, measure_id="4.10", measure_number=10, role="牵头负责", departments=("省教育厅",))
    shown = replace(make_answer(), citations=(first, second), responsibilities=(owner, other))
    text = "".join(Reading(render_answer(shown)).text.split())
    assert "（九）按职责分工负责省科技厅" in text and "（十）牵头负责省教育厅[2]" in text


def test_lines_wrapped_in_the_source_are_one_line() -> None:
    assert on_one_line("高质量发展的\n若干措施") == "高质量发展的若干措施"
    assert on_one_line("A model \r\n of care") == "A model of care"
    assert on_one_line("甲\u2028乙") == "甲乙" == undisguise("甲\u200b乙")
