"""Hostile questions, histories and notices stay text on the chat page: no script, no request elsewhere, no form."""

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser import DESK, PATIENCE, find_barriers, leave_for, open_page
from tests.chat_page import ask, open_chat
from tests.hostile import HOSTILE, IN_A_NOTICE, published_words
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
    "body :is(img, iframe, object, embed, base, style, video, audio, math, image, foreignObject, animate, dialog[open])")].length,
  handlers: [...document.querySelectorAll("body *")]
    .filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
})"""
CLEAN: dict[str, object] = {"harmed": None, "forms": 0, "actions": 0, "foreign": [], "odd": 0, "handlers": 0}

# A conversation of all of them would take the browser long to lay out.
_ASKED_AT_ONCE = 12
# As many exchanges as the page sends with a question.
_MOST_SENT = 10
_ASK_ALL = """async (questions) => {
  const field = document.querySelector("#question textarea");
  const seen = [];
  for (const question of questions) {
    const before = document.querySelectorAll(".exchange").length;
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#composer .send").click();
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      const exchanges = document.querySelectorAll(".exchange");
      const last = exchanges[exchanges.length - 1];
      if (exchanges.length > before && last.querySelector(".answer:not([data-status=working])")) break;
      await new Promise((r) => setTimeout(r, 5));
    }
    seen.push([...document.querySelectorAll(".question")].at(-1)?.textContent ?? "");
  }
  return seen;
}""".replace("PATIENCE", str(PATIENCE))


# Each text is what the visitor asked and what the service answered before; the answers to the follow-ups.
_FOLLOW_EACH = """async (conversations) => {
  const store = await import("/ui/chat/store.js");
  const field = document.querySelector("#question textarea");
  const answered = [];
  for (const texts of conversations) {
    document.querySelector("#clear").click();
    for (const text of texts) store.keepExchange({ question: text, text, html: "" });
    field.value = "由哪些部门负责？";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#composer .send").click();
    const until = performance.now() + PATIENCE;
    let answer = null;
    while (!answer && performance.now() < until) {
      await new Promise((r) => setTimeout(r, 5));
      answer = document.querySelector(".exchange .answer:not([data-status=working])");
    }
    answered.push(answer?.dataset.status ?? "");
  }
  return answered;
}""".replace("PATIENCE", str(PATIENCE))

_ASK_BY_ADDRESS = """async (texts) => {
  for (const text of texts) {
    const before = document.querySelectorAll(".exchange").length;
    location.hash = new URLSearchParams({ q: text }).toString();
    while (document.querySelectorAll(".exchange .answer:not([data-status=working])").length <= before) {
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
            page.get_by_role("button", name="清空对话").click()
            asked += page.evaluate(_ASK_ALL, list(HOSTILE[start : start + _ASKED_AT_ONCE]))
            expect_clean(page, scripts)
        expected = [undisguise(question).strip() for question in HOSTILE]
        assert [(q, a) for q, a in zip(expected, asked, strict=True) if q != a] == []
        page.reload()
        page.locator("#question textarea").wait_for()
        expect(page.locator(".exchange").first).to_be_attached()
        expect_clean(page, page.evaluate("document.scripts.length"))
        assert find_barriers(page) == [] and said == []


def test_hostile_histories_stay_text(site: str, browser: Browser) -> None:
    """Each is sent as an earlier turn, from the visitor and from the service alike."""
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, site)
        scripts = page.evaluate("document.scripts.length")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.post_data or "") if "/chat/ask" in request.url else None)
        conversations = [list(HOSTILE[start : start + _MOST_SENT]) for start in range(0, len(HOSTILE), _MOST_SENT)]
        for some in (conversations[::2], conversations[1::2]):
            answered = page.evaluate(_FOLLOW_EACH, some)
            assert not {"", "error"} & set(answered), list(zip(some, answered, strict=True))
            expect_clean(page, scripts)
        told = [turn["content"] for body in sent for turn in json.loads(body)["history"]]
        in_turn = [text for some in (*conversations[::2], *conversations[1::2]) for text in some for _ in range(2)]
        assert told == in_turn and len(told) >= 200
        assert said == []


def test_a_hostile_store_stays_text(site: str, browser: Browser) -> None:
    """Somebody else's script may have written what this page restores: here as questions, as texts and as HTML."""
    kept = [
        {"question": h, "text": h, "html": f'<article class="answer" data-status="answered">{h}</article>'}
        for h in HOSTILE
    ]
    with open_page(browser, DESK) as page:
        said = listen(page)
        open_chat(page, site)
        scripts = page.evaluate("document.scripts.length")
        page.evaluate("kept => localStorage.setItem('policy.talk', kept)", json.dumps({"exchanges": kept}))
        page.reload()
        page.locator("#question textarea").wait_for()
        expect(page.locator(".exchange")).to_have_count(len(HOSTILE))
        expect_clean(page, scripts)
        assert page.locator(".question").all_text_contents() == [undisguise(h) for h in HOSTILE]
        with page.expect_request("**/chat/ask") as sent:
            ask(page, "第九条讲什么")
        assert HOSTILE[-1] in (sent.value.post_data or "") or json.loads(sent.value.post_data or "")["history"]
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
        page.get_by_role("button", name="清空对话").click()
        asked = page.evaluate(_ASK_ALL, [f"第{n}条讲什么？" for n in range(4, 81, 7)])
        assert len(asked) == 11 and page.locator(".exchange blockquote").count() > 0
        for link in page.locator(".exchange:nth-last-child(-n+3) .quote__open").all():
            link.evaluate("async (link) => (await import('/ui/chat/source.js')).open({ ...link.dataset })")
        expect_clean(page, scripts)
        page.reload()
        page.locator("#question textarea").wait_for()
        expect(page.locator(".exchange")).to_have_count(11)
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
            page.locator("#question textarea").wait_for(state="attached")
            assert page.evaluate("document.documentElement.lang") == "zh-CN"
            expect_clean(page, scripts)
        assert said == []
