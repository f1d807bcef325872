"""Hostile questions, histories and notices stay text on the chat page: no script, no request elsewhere, no form."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser import DESK, PATIENCE, find_barriers, leave_for, open_page
from tests.chat_page import ask, clear, encrypt, open_chat
from tests.fake_assistant import make_answer
from tests.hostile import HOSTILE, IN_A_NOTICE, published_words
from ui.chat.exchanges import Exchange, Trouble, pack
from ui.markup import undisguise

pytestmark = pytest.mark.browser

# What the page holds besides its own: compared with the same page without anything hostile.
_HELD = """() => ({
  harmed: window.harmed ?? null,
  scripts: document.scripts.length,
  forms: [...document.forms].filter((f) => !f.matches("#ask, .reasons")).length,
  actions: document.querySelectorAll("[action], [formaction], [ping], [srcset], [poster], [background]").length,
  foreign: [...document.querySelectorAll("body [href], body [src]")]
    .map((e) => e.getAttribute("href") ?? e.getAttribute("src"))
    .filter((a) => !/^(\\/(?![\\/\\\\])|[#?])/.test(a)),
  odd: [...document.querySelectorAll(
    "body :is(img, iframe, object, embed, base, style, video, audio, math, image, foreignObject, animate, dialog[open])")]
    .filter((e) => !e.closest("button")).length, // signs of gradio
  handlers: [...document.querySelectorAll("body *")]
    .filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
})"""
CLEAN: dict[str, object] = {"harmed": None, "forms": 0, "actions": 0, "foreign": [], "odd": 0, "handlers": 0}

# A conversation of all of them would take the browser long to lay out.
_ASKED_AT_ONCE = 12
_ASK_ALL = """async (questions) => {
  const field = document.querySelector("#question textarea");
  const seen = [];
  const asked = () => [...document.querySelectorAll(".question")].map((q) => q.textContent);
  for (const question of questions) {
    document.querySelectorAll(".answer").forEach((answer) => { answer.dataset.seen = ""; });
    const before = asked();
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const until = performance.now() + PATIENCE;
    for (let tries = 0; performance.now() < until; tries += 1) {
      // gradio takes the next question when it is done with the last.
      if (tries % 50 === 1 && field.value) document.querySelector("#send").click();
      const last = [...document.querySelectorAll("#talk .answer")].at(-1);
      // gradio may draw what stands there once more when it is done.
      const isAsked = asked().length > before.length || asked().at(-1) !== before.at(-1);
      if (isAsked && last && last.dataset.status !== "working" && !("seen" in last.dataset)) break;
      await new Promise((r) => setTimeout(r, 5));
    }
    seen.push(asked().at(-1) ?? "");
  }
  return seen;
}""".replace("PATIENCE", str(PATIENCE))

_ASK_BY_ADDRESS = """async (texts) => {
  for (const text of texts) {
    document.querySelectorAll(".answer").forEach((answer) => { answer.dataset.seen = ""; });
    location.hash = new URLSearchParams({ q: text }).toString();
    for (;;) {
      const last = [...document.querySelectorAll("#talk .answer")].at(-1);
      if (last && last.dataset.status !== "working" && !("seen" in last.dataset)) break;
      await new Promise((r) => setTimeout(r, 5));
    }
  }
}"""

# What the panel shows of every entry of the contents.
_OPEN_EACH = """async () => {
  const source = await import("/ui/chat/source.js");
  const shown = [];
  for (const place of [...document.querySelectorAll("#beside .toc a")].map((link) => ({ ...link.dataset }))) {
    await source.open(place);
    shown.push(document.querySelector("#beside .panel__scroll").textContent);
  }
  return shown;
}"""


def squeeze(text: str) -> str:
    return "".join(text.split())


def listen(page: Page) -> list[str]:
    """Every dialog that a script opens."""
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return said


def expect_clean(page: Page, scripts: int) -> None:
    assert page.evaluate(_HELD) == {**CLEAN, "scripts": scripts}


def test_hostile_questions_stay_text(site: str, browser: Browser) -> None:
    """Each is also the history of the next, and the last are restored by a reload."""
    assert len(HOSTILE) >= 100
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, site)
        scripts = page.evaluate("document.scripts.length")
        asked = []
        for start in range(0, len(HOSTILE), _ASKED_AT_ONCE):
            if start:
                clear(page)
            asked += page.evaluate(_ASK_ALL, list(HOSTILE[start : start + _ASKED_AT_ONCE]))
            expect_clean(page, scripts)
        expected = [squeeze(undisguise(question)) for question in HOSTILE]
        assert [(q, a) for q, a in zip(expected, map(squeeze, asked), strict=True) if q != a] == []
        page.reload()
        page.locator("#send.ready").wait_for()
        expect(page.locator(".question").first).to_be_attached()
        expect_clean(page, page.evaluate("document.scripts.length"))
        assert find_barriers(page) == [] and said == []


def test_a_hostile_store_stays_text(site: str, browser: Browser) -> None:
    """Somebody else's script may have written what this page brings back: as questions, as answers and as faults."""
    some = HOSTILE[::12]
    parts = [replace(make_answer(), parts=tuple(replace(p, text=h) for p in make_answer().parts)) for h in some]
    kept = [Exchange(h[:500], answer) for h, answer in zip(some[:10], parts, strict=False)]
    kept += [Exchange(h[:500], trouble=Trouble(h, h)) for h in some[10:20]]
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, site)
        scripts = page.evaluate("document.scripts.length")
        page.evaluate("kept => sessionStorage.setItem('policy.talk', kept)", encrypt(pack(kept)))
        page.reload()
        page.locator("#send.ready").wait_for()
        expect(page.locator(".question")).to_have_count(len(kept))
        expect_clean(page, scripts)
        assert page.locator(".question").all_text_contents() == [undisguise(e.question) for e in kept]
        ask(page, "第九条讲什么")
        expect_clean(page, scripts)
        assert said == []


def test_hostile_notices_stay_text(hostile_site: str, browser: Browser) -> None:
    """Their words stand in greeting, contents, answers, cards, quotations, the panel and what is suggested."""
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, hostile_site)
        scripts = page.evaluate("document.scripts.length")
        expect_clean(page, scripts)
        shown = squeeze("".join(page.evaluate(_OPEN_EACH)))
        printed = squeeze(published_words(page, hostile_site))
        expected = [text for text in IN_A_NOTICE if squeeze(text) in printed]
        assert [text for text in expected if squeeze(text) not in shown] == [] and len(expected) >= 100
        expect_clean(page, scripts)
        for question in ("全文有哪些措施？", "哪些措施写明了金额？"):
            answer = ask(page, question)
            assert answer.locator(".items li").count() > 5
            for mark in answer.locator(".cite").all()[:60:6]:
                mark.evaluate("mark => mark.click()")
                page.wait_for_selector("#beside mark")
        clear(page)
        asked = page.evaluate(_ASK_ALL, [f"第{n}条讲什么？" for n in range(4, 81, 7)])
        assert len(asked) == 11 and page.locator("#talk blockquote").count() > 0
        for link in page.locator("#talk .quote__open").all():
            link.evaluate("async (link) => (await import('/ui/chat/source.js')).open({ ...link.dataset })")
        expect_clean(page, scripts)
        page.reload()
        page.locator("#send.ready").wait_for()
        expect(page.locator(".question")).to_have_count(11)
        expect_clean(page, scripts)
        assert said == []


def test_hostile_addresses_stay_text(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, site)
        scripts = page.evaluate("document.scripts.length")
        page.evaluate(_ASK_BY_ADDRESS, list(HOSTILE[::6]))
        expect_clean(page, scripts)
        for text in HOSTILE[::50]:
            leave_for(page, f"/?{urlencode({'ask': text, 'lang': text})}")
            page.locator("#send.ready").wait_for()
            assert page.evaluate("document.documentElement.lang") == "zh-CN"
            expect_clean(page, scripts)
        assert said == []
