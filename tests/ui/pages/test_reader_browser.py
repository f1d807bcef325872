"""The reader in a real browser: addresses, citations, copying, printing."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from assistant.ask import Assistant
from corpus.store import Corpus
from tests.browser import (
    DESK,
    SIZES,
    SPEECH,
    describe_landing,
    describe_landings,
    find_barriers,
    open_page,
    overflow,
)
from tests.conftest import SEED_ID
from tests.ui.conftest import SHAPED_ID

pytestmark = pytest.mark.browser

READER = f"/notices/{SEED_ID}"
CITATION = "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）第（九）条“技术转移转化和推广服务”"


@pytest.mark.parametrize("size", SIZES)
def test_every_address_lands_highlighted_in_view(
    site: str, browser: Browser, assistant: Assistant, size: ViewportSize
) -> None:
    places = [p.measure for p in assistant.corpus.catalogue.measures if p.measure]
    sentences = [f"{m.anchor}.{p.number}" for m in places for p in m.provisions]
    assert len(places) == 16 and len(sentences) >= 60
    duties = [m.responsibility_anchor(r.phrase) for m in places for r in m.responsibilities]
    measures = [m.anchor for m in places]
    # Some are opened as a link of another page opens them, the rest as one of the same page does.
    opened = [*measures[::5], *sentences[::16], *duties[::8], "c3", "p2", "title", "number"]
    followed = [*measures, *sentences, *duties, "p1", "preamble"]
    landings = []
    with open_page(browser, size) as page:
        for anchor in opened:
            page.goto("about:blank")
            page.goto(f"{site}{READER}#{anchor}")
            landings.append(describe_landing(page))
        landings += describe_landings(page, followed)
    faults = [found for wanted, found in zip([*opened, *followed], landings, strict=True) if found != _good(wanted)]
    assert faults == []


@pytest.mark.parametrize("size", SIZES)
def test_points_rows_annexes_and_closing_land_highlighted(
    shaped_site: str, browser: Browser, shaped: Corpus, size: ViewportSize
) -> None:
    notice = shaped.catalogue.notices[0]
    drawn = {"m1.3"}  # a line of bars only
    anchors = [p.anchor for p in notice.provisions() if p.anchor and p.anchor not in drawn]
    anchors += [p.anchor for m in notice.measures() for p in m.points] + [a.anchor for a in notice.annexes]
    anchors += ["contact", "annexes", "c2"]
    with open_page(browser, size) as page:
        page.goto(f"{shaped_site}/notices/{SHAPED_ID}")
        assert page.locator("article").evaluate("a => a.textContent") == shaped.texts[SHAPED_ID]
        assert page.locator("article table").count() == 2
        landings = describe_landings(page, anchors)
        assert [found for wanted, found in zip(anchors, landings, strict=True) if found != _good(wanted)] == []
        assert find_barriers(page) == [] and overflow(page) == 0


def test_the_reader_says_at_which_point_or_row_one_is(shaped_site: str, browser: Browser) -> None:
    places = [
        ("c1-m2.p2.p2", "一、（二）2.（2）", "（二）开展示范有金额", "第（二）条“开展示范”第2.项第（2）目：“"),
        ("a1.r2", "附件1第2行", "附件1 申报表", "（东数发〔2025〕7号）附件1“申报表”第2行：“乙公司\t西区\t20”"),
        ("closing.1", "“本措施自2025年7月1日起施行，有效期至202”", "", "文末第1句：“本措施自"),
    ]
    with open_page(browser, DESK, permissions=["clipboard-read", "clipboard-write"]) as page:
        for anchor, name, entry, copied in places:
            page.goto(f"{shaped_site}/notices/{SHAPED_ID}#{anchor}")
            expect(page.locator("[data-arrival]")).to_have_text(f"正在看：{name}")
            assert page.locator(".toc [aria-current]").all_text_contents() == ([entry] if entry else [])
            page.locator(".arrival").get_by_role("button", name="复制引用").click()
            page.wait_for_function("async (text) => (await navigator.clipboard.readText()).includes(text)", arg=copied)


def _good(anchor: str) -> dict[str, str]:
    return {"anchor": anchor, "problem": ""}


@pytest.mark.parametrize("has_clipboard", [True, False], ids=["clipboard", "no clipboard"])
def test_citations_are_copied(site: str, browser: Browser, has_clipboard: bool) -> None:
    with open_page(browser, DESK, permissions=["clipboard-read", "clipboard-write"]) as page:
        if not has_clipboard:
            page.add_init_script("Object.defineProperty(Clipboard.prototype, 'writeText', {value: undefined})")
        page.goto(f"{site}{READER}#m9.3")
        page.locator("#m9").get_by_role("button", name="复制引用").click()
        expect(page.get_by_role("status")).to_have_text("已复制引用")
        assert page.evaluate("navigator.clipboard.readText()") == f"{CITATION}\n{site}{READER}#m9"
        page.locator(".arrival").get_by_role("button", name="复制引用").click()
        sentence = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
        copied = f"{CITATION}第3句：“{sentence}”\n{site}{READER}#m9.3"
        page.wait_for_function("async (text) => await navigator.clipboard.readText() === text", arg=copied)
        expect(page.get_by_role("status")).to_have_text("已复制引用")


def test_the_reader_says_where_one_is(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(site + READER)
        expect(page.locator(".arrival")).to_be_hidden()
        page.get_by_role("link", name="（十）第1句的固定地址").click()
        expect(page.locator("[data-arrival]")).to_have_text("正在看：（十）第1句")
        expect(page.locator(".toc [aria-current]")).to_have_text("（十）企业孵化服务有金额")
        page.locator(".toc").get_by_role("link", name="三、做优专业科技服务品质").click()
        expect(page.locator("[data-arrival]")).to_have_text("正在看：“三、做优专业科技服务品质”")
        page.go_back()
        expect(page.locator("[data-arrival]")).to_have_text("正在看：（十）第1句")
        ask = page.locator("#m9").get_by_role("link", name="就这一条提问")
        assert (
            ask.evaluate("a => new URL(a.href).searchParams.get('ask')")
            == "第（九）条“技术转移转化和推广服务”有哪些规定？"
        )


def test_a_measure_is_read_aloud(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.add_init_script(SPEECH)
        page.goto(f"{site}{READER}?lang=en")
        page.locator("#m12").get_by_role("button", name="Read aloud").click()
        page.goto(f"{site}{READER}?lang=zh")
        page.locator("#m10").get_by_role("button", name="朗读：（十）企业孵化服务").click()
        page.locator("#m9").get_by_role("button", name="朗读：（九）技术转移转化和推广服务").click()
        expect(page.get_by_role("button", name="停止朗读")).to_have_count(1)
        said = page.evaluate("window.spoken")
        assert {language for language, _ in said} == {"zh-CN"}
        texts = [text for _, text in said]
        ninth = texts[texts.index("（九）技术转移转化和推广服务。") :]
        printed = page.locator("#m9").evaluate("m => m.textContent.replace(/\\s/g, '')")
        assert texts[0] == "（十）企业孵化服务。" and "".join("".join(ninth).split()) == printed
        page.get_by_role("button", name="停止朗读").click()
        expect(page.get_by_role("button", name="停止朗读")).to_have_count(0)


def test_a_browser_without_a_voice_says_so(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [] } })")
        page.goto(site + READER)
        page.locator("#m9").get_by_role("button", name="朗读").click()
        expect(page.get_by_role("status")).to_have_text("这个浏览器不能朗读。")


def test_the_text_can_be_copied_as_it_is(site: str, browser: Browser, assistant: Assistant) -> None:
    with open_page(browser, DESK) as page:
        page.goto(site + READER)
        assert page.locator("article").evaluate("a => a.textContent") == assistant.corpus.texts[SEED_ID]
        chosen = page.locator("#m9").evaluate(
            "m => { getSelection().selectAllChildren(m); return getSelection().toString(); }"
        )
        assert "复制引用" not in chosen and "3对省级" not in chosen and "年度最高奖补200万元。" in chosen


def test_the_reader_prints_the_notice_only(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}{READER}#m9.3")
        page.emulate_media(media="print")
        for part in (".band", ".reader__side", ".legend", ".foot", ".measure__tools >> nth=0", ".anchor >> nth=0"):
            expect(page.locator(part)).to_be_hidden()
        expect(page.locator("article")).to_be_visible()
        assert page.locator("#m9\\.3").evaluate("e => getComputedStyle(e).borderBottomWidth") == "2px"
