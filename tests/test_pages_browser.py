"""The reader and the table of measures in a real browser, on a desk and on a phone, with and without scripts."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.ask import Assistant
from corpus.store import Corpus
from ingest.build import build
from tests.browser import DESK, PHONE, find_barriers, open_page, overflow, run_service
from tests.conftest import SEED_ID, FakeEmbedder
from tests.hostile import PAYLOADS
from ui.server import create_app
from ui.settings import UiSettings

pytestmark = pytest.mark.browser

READER = f"/notices/{SEED_ID}"
HOSTILE_ID = "lkz-2025-1"
SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
CITATION = "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）第（九）条“技术转移转化和推广服务”"

# What a reader sees of the cited place: where it stands, whether it is marked, whether something lies over it.
_LANDING = """() => {
  const target = document.querySelector(":target");
  if (!target) return {anchor: "", problem: "no target"};
  const marked = target.querySelector(":scope > .measure__head > .measure__title") ?? target;
  const rects = [...marked.getClientRects()];
  const first = rects[0], last = rects.at(-1);
  const over = document.elementFromPoint(first.left + Math.min(8, first.width / 2), first.top + first.height / 2);
  const probe = document.createElement("i");
  probe.style.background = "var(--hit)";
  document.body.append(probe);
  const hit = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const bar = document.querySelector(".arrival");
  const fixed = bar && getComputedStyle(bar).position === "fixed" && !bar.hidden;
  const bottom = innerHeight - (fixed ? bar.getBoundingClientRect().height : 0);
  const fits = last.bottom - first.top < bottom * 0.55;
  let problem = "";
  if (getComputedStyle(marked).backgroundColor !== hit) problem = "not highlighted";
  else if (first.top < 0 || first.bottom > bottom || (fits && last.bottom > bottom)) problem = "not in view";
  else if (!over || !(marked.contains(over) || over.contains(marked) && over.closest(".sheet"))) problem = "covered";
  return {anchor: target.id, problem};
}"""


@pytest.mark.parametrize("size", SIZES)
def test_every_address_lands_highlighted_in_view(
    site: str, browser: Browser, assistant: Assistant, size: dict[str, int]
) -> None:
    places = [p.measure for p in assistant.corpus.catalogue.measures if p.measure]
    sentences = [f"{m.anchor}.{p.number}" for m in places for p in m.provisions]
    assert len(places) == 16 and len(sentences) >= 60
    # Some are opened as a link of another page opens them, the rest as one of the same page does.
    opened = [*(m.anchor for m in places), *sentences[::6], "c3", "p1", "p2", "title", "number", "preamble"]
    faults = []
    with open_page(browser, size) as page:
        for anchor in (*opened, *sentences):
            if anchor in opened:
                page.goto("about:blank")
                page.goto(f"{site}{READER}#{anchor}")
            else:
                page.evaluate("anchor => { location.hash = anchor }", anchor)
            landing = page.evaluate(_LANDING)
            if landing != {"anchor": anchor, "problem": ""}:
                faults.append((anchor, landing))
    assert faults == []


def open_contents(page: Page) -> None:
    if page.locator(".toc details").get_attribute("open") is None:
        page.locator(".toc summary").click()


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("reader-cited", f"{READER}#m9.3", lambda page: None),
    ("reader-contents", READER, open_contents),
    ("measures", "/measures", lambda page: None),
    ("measures-filtered", "/measures?department=省财政厅&sums=yes", lambda page: None),
    ("measures-none", "/measures?words=xyz", lambda page: None),
    ("notices", "/notices", lambda page: None),
    ("missing", "/notices/none", lambda page: None),
]


_MODES = (("normal", ""), ("large", "大字"), ("both", "高对比"), ("contrast", "大字"))
_FULLY_CHECKED = {"reader-cited", "measures"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "path", "prepare"), STATES, ids=[s[0] for s in STATES])
def test_every_state_is_accessible(
    site: str, browser: Browser, size: dict[str, int], name: str, path: str, prepare: Callable[[Page], None]
) -> None:
    """The two great pages in every print, the others in normal and in both; the switches are pressed in turn."""
    found = {}
    with open_page(browser, size) as page:
        page.goto(site + path)
        prepare(page)
        for mode, pressed in _MODES:
            if pressed:
                page.get_by_role("button", name=pressed, exact=True).click()
                page.mouse.move(0, 0)
            if name in _FULLY_CHECKED or mode in ("normal", "both"):
                found[mode] = [*find_barriers(page), *([f"{overflow(page)} px too wide"] if overflow(page) else [])]
    assert set(found) >= {"normal", "both"} and not any(found.values()), found


def test_the_switches_are_remembered(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(site + READER)
        page.get_by_role("button", name="大字").click()
        page.get_by_role("button", name="高对比").click()
        page.goto(f"{site}/measures", wait_until="commit")
        page.wait_for_selector("body")
        assert page.locator("html").get_attribute("data-print") == "large"
        assert page.locator("html").get_attribute("data-contrast") == "high"
        expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="大字").click()
        page.reload()
        assert page.locator("html").get_attribute("data-print") is None
        expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "false")


def test_a_wish_for_more_contrast_is_met(site: str, browser: Browser) -> None:
    with open_page(browser, DESK, contrast="more") as page:
        page.goto(site + READER)
        assert page.locator("html").get_attribute("data-contrast") == "high"


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
        page.wait_for_timeout(50)
        expect(page.get_by_role("status")).to_have_text("已复制引用")
        sentence = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
        assert page.evaluate("navigator.clipboard.readText()") == f"{CITATION}第3句：“{sentence}”\n{site}{READER}#m9.3"


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


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_work_without_scripts(site: str, browser: Browser, size: dict[str, int]) -> None:
    with open_page(browser, size, java_script_enabled=False) as page:
        page.goto(f"{site}{READER}#m9.3")
        box = page.locator("#m9\\.3").bounding_box()
        assert box and 0 <= page.locator("#m9\\.3").bounding_box()["y"] < size["height"]  # type: ignore[index]
        expect(page.locator("#m9").get_by_role("button")).to_be_hidden()
        expect(page.get_by_role("button", name="大字")).to_be_hidden()
        page.goto(f"{site}/measures")
        page.get_by_label("关键词").fill("中试基地")
        page.get_by_label("责任部门").select_option("省财政厅")
        page.get_by_role("button", name="筛选").click()
        assert page.locator("tr[data-text]:visible .name > a:first-child").all_inner_texts() == [
            "技术转移转化和推广服务"
        ]
        page.get_by_role("link", name="清除筛选").click()
        assert page.locator("tr[data-text]:visible").count() == 16


def visible_rows(page: Page) -> list[str]:
    return page.locator("tr[data-text]:visible .no").all_inner_texts()


@pytest.mark.parametrize("size", SIZES)
def test_the_table_filters_while_one_types(site: str, browser: Browser, size: dict[str, int]) -> None:
    with open_page(browser, size) as page:
        page.goto(f"{site}/measures")
        shown = page.get_by_role("status")
        expect(shown).to_have_text("显示 16 项，共16项")
        page.get_by_label("关键词").press_sequentially("中试基地")
        expect(shown).to_have_text("显示 1 项，共16项")
        assert visible_rows(page) == ["（九）"]
        expect(page.locator("tr.chapter:visible")).to_have_text("三、做优专业科技服务品质")
        page.get_by_label("责任部门").select_option("省市场监管局")
        expect(page.get_by_text("没有符合条件的措施")).to_be_visible()
        expect(page.get_by_role("table")).to_be_hidden()
        page.get_by_role("link", name="清除筛选").first.click()
        expect(shown).to_have_text("显示 16 项，共16项")
        expect(page.get_by_label("关键词")).to_be_focused()
        page.get_by_label("只看写明金额的").check()
        assert visible_rows(page) == ["（二）", "（六）", "（九）", "（十）"]
        address = page.url
        page.locator("tr[data-text]:visible .name a").first.click()
        page.wait_for_url(f"**{READER}#m2")
        page.go_back()
        assert page.url == address and visible_rows(page) == ["（二）", "（六）", "（九）", "（十）"]


def test_scripts_and_addresses_filter_alike(site: str, browser: Browser) -> None:
    queries = ["words=孵化", "chapter=lkz-2025-128/2", "department=省科协", "sums=yes&department=省财政厅", "words=xyz"]
    with open_page(browser, DESK) as scripted, open_page(browser, DESK, java_script_enabled=False) as plain:
        for query in queries:
            plain.goto(f"{site}/measures?{query}")
            scripted.goto(f"{site}/measures?{query}")
            assert visible_rows(scripted) == visible_rows(plain), query


def test_the_keyboard_reaches_a_source(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("关键词")).to_be_focused()
        assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
        page.keyboard.type("中试")
        page.get_by_role("link", name="技术转移转化和推广服务", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{READER}#m9")
        assert page.evaluate(_LANDING) == {"anchor": "m9", "problem": ""}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A notice whose title, headings and sentences are hostile, published by the real ingest."""
    folder = tmp_path_factory.mktemp("hostile")
    measures = "\n".join(
        f"（{chr(0x4E00 + n)}）{payload[:40]}。第{n}句{payload}，最高给予{n + 1}万元补助。（<b>省科技厅</b>、省财政厅负责）"
        for n, payload in enumerate(PAYLOADS)
    )
    numbered = "\n".join(f"{n}. {payload}。说明{payload}。" for n, payload in enumerate(PAYLOADS, 1))
    text = (
        f"关于{PAYLOADS[0]}“{PAYLOADS[2]}”的通知\n\n鲁科字〔2025〕1号\n各<i>有关</i>单位：\n现将{PAYLOADS[3]}印发给你们。\n"
        f"一、总体{PAYLOADS[19]}\n（一）{PAYLOADS[1]}。支持{PAYLOADS[4]}。（省科技厅负责）\n{measures}\n二、其他{PAYLOADS[20]}\n{numbered}\n"
    )
    path = folder / "hostile.txt"
    path.write_text(text, encoding="utf-8")
    published = build((path,), folder / "index", FakeEmbedder()).corpus
    assert published is not None
    return published


@pytest.fixture(scope="module")
def hostile_site(hostile: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = UiSettings(feedback_file=tmp_path_factory.mktemp("kept") / "feedback.sqlite3")
    with run_service(create_app(Assistant(hostile), settings)) as address:
        yield address


_FOREIGN_PARTS = """() => ({
  harmed: window.harmed ?? null,
  scripts: [...document.scripts].map((s) => s.getAttribute("src")),
  forms: [...document.forms].map((f) => f.getAttribute("action")),
  foreign: [...document.querySelectorAll("[href], [src], [action], [srcset], [poster], [data]")]
    .map((e) => e.getAttribute("href") ?? e.getAttribute("src") ?? e.getAttribute("action") ?? "?")
    .filter((a) => !/^[/#?]/.test(a) || a.startsWith("//")),
  odd: [...document.querySelectorAll("iframe, img, object, embed, base, style, video, form form, article script")].length,
})"""


def test_hostile_notices_stay_text(hostile_site: str, browser: Browser, hostile: Corpus) -> None:
    assert len(PAYLOADS) >= 40
    text = hostile.texts[HOSTILE_ID]
    assert all(payload in text for payload in PAYLOADS)
    with open_page(browser, DESK) as page:
        said: list[str] = []
        page.on("dialog", lambda dialog: said.append(dialog.message))
        for path, script in ((f"/notices/{HOSTILE_ID}", "reader"), ("/measures", "measures"), ("/notices", "")):
            page.goto(hostile_site + path)
            page.wait_for_timeout(100)
            scripts = ["/ui/switches.js", f"/ui/{script}.js"] if script else ["/ui/switches.js"]
            forms = ["/measures"] if script == "measures" else []
            assert page.evaluate(_FOREIGN_PARTS) == {
                "harmed": None,
                "scripts": scripts,
                "forms": forms,
                "foreign": [],
                "odd": 0,
            }
        page.goto(f"{hostile_site}/notices/{HOSTILE_ID}")
        assert page.locator("article").evaluate("a => a.textContent") == text
        assert find_barriers(page) == [] and said == []


def test_a_disguise_does_not_show(hostile_site: str, browser: Browser) -> None:
    """An override of the writing direction is in the text, but turns nothing around."""
    with open_page(browser, DESK) as page:
        page.goto(f"{hostile_site}/notices/{HOSTILE_ID}")
        seen = page.locator("article").evaluate("a => a.innerText")
        assert "补助元万005最高" in seen
        assert not [c for c in "\u202e\u200b\u2066\u2028\x07\U000e0041" if c in seen]


def test_hostile_filters_stay_text(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        for payload in PAYLOADS[::4]:
            page.goto(f"{site}/measures")
            page.evaluate(
                "q => { location.search = new URLSearchParams({words: q, department: q, chapter: q}) }", payload
            )
            page.wait_for_url("**words**")
            page.wait_for_load_state()
            parts = page.evaluate(_FOREIGN_PARTS)
            assert parts["harmed"] is None and len(parts["scripts"]) == 2 and not parts["foreign"], json.dumps(parts)


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_shown(site: str, browser: Browser, size: dict[str, int]) -> None:
    """For whoever looks at them: pictures beside the repository's files, which git does not keep."""
    folder = Path(".screenshots")
    folder.mkdir(exist_ok=True)
    with open_page(browser, size) as page:
        for name, path, prepare in STATES:
            page.goto(site + path)
            prepare(page)
            page.screenshot(path=folder / f"{name}-{size['width']}.png")
            assert (folder / f"{name}-{size['width']}.png").stat().st_size > 5_000
