"""A hundred more hostile questions and a notice made of them stay text in `/embed`, with and without its script."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from assistant.ask import Assistant
from assistant.understanding.text import LONGEST_QUESTION
from corpus.language.numerals import write_chinese
from ingest.build import build
from tests.browser import PATIENCE, leave_for, open_page, run_service
from tests.conftest import FakeEmbedder
from tests.hostile import HOSTILE, published_words
from tests.ui.chat.test_hostile_chat_browser import listen, squeeze
from tests.ui.embed.hostile_more import MORE_HOSTILE, MORE_IN_A_NOTICE
from tests.ui.embed.widget_host import Sites
from ui.markup import undisguise
from ui.server import create_app
from ui.settings import UiSettings

pytestmark = pytest.mark.browser
FRAME: ViewportSize = {"width": 406, "height": 600}
# What the page holds besides its own. Links may lead to notices, the reader and the front page, forms to this page.
_HELD = """() => ({
  harmed: typeof harmed === "undefined" ? null : harmed,
  scripts: [...document.scripts].map((s) => s.getAttribute("src")),
  forms: [...document.forms].filter((f) => !/^\\/embed\\?lang=zh(&panel=1)?$/.test(f.getAttribute("action"))).length,
  fields: [...document.querySelectorAll("input, select, textarea")]
    .filter((e) => !e.matches("#question, [type=hidden][name=earlier]")).length,
  foreign: [...document.querySelectorAll("body [href], body [src]")].map((e) => e.getAttribute("href") || e.getAttribute("src"))
    .filter((a) => !/^\\/(privacy|notices(\\/[\\w-]+)?(#[\\w.-]+)?|ui\\/icons\\.svg#[a-z]+)?$/.test(a)),
  outside: [...document.links].filter((a) => a.target !== "_blank" || a.rel !== "noopener").length,
  actions: document.querySelectorAll("[formaction], [ping], [srcset], [poster], [background], [style*=url], [popover]").length,
  odd: [...document.querySelectorAll("body :is(img, image, iframe, object, embed, base, style, link, meta, video, audio, math, "
    + "script, dialog, frame, portal, marquee, svg :not(use))")].length,
  handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
  ids: [...document.querySelectorAll("[id]")].filter((e, n, all) => all.some((o) => o !== e && o.id === e.id)).length,
})"""
CLEAN = {
    "harmed": None, "scripts": ["/ui/embed/frame.js"], "forms": 0, "fields": 0, "foreign": [], "outside": 0, "actions": 0,
    "odd": 0, "handlers": 0, "ids": 0,
}  # fmt: skip
_AT_ONCE = 34
_ASK_ALL = """async (questions) => {
  const field = document.getElementById("question");
  for (const question of questions) {
    const before = document.querySelectorAll(".exchange").length;
    field.value = question;
    document.getElementById("send").click();
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      const cards = document.querySelectorAll(".exchange .answer:not([data-status=working])");
      if (cards.length > before) break;
      await new Promise((r) => setTimeout(r, 5));
    }
  }
  return [...document.querySelectorAll(".question")].map((q) => q.textContent);
}""".replace("PATIENCE", str(PATIENCE))
# Every text as a form of its own; what comes back is read as a page, in which nothing may run.
_POST_ALL = """async (texts) => {
  const shown = [];
  for (const text of texts) {
    const body = new URLSearchParams([["question", text], ["earlier", text]]);
    const html = await (await fetch("/embed?lang=zh", { method: "POST", body })).text();
    const page = new DOMParser().parseFromString(html, "text/html");
    shown.push([page.querySelector(".question").textContent, (HELD)(page)]);
  }
  return shown;
}""".replace("HELD", _HELD.replace("() =>", "(document) =>", 1))


@pytest.fixture(scope="module")
def hostile_embed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service with one notice whose title, headings, sentences and departments are those texts."""
    folder = tmp_path_factory.mktemp("more")
    pairs = zip_longest(MORE_IN_A_NOTICE[::2], MORE_IN_A_NOTICE[1::2], fillvalue="")
    measures = "\n".join(
        f"（{write_chinese(n)}）{one[:40]}。第{n}句{one}，最高给予{n}万元补助。另外{two}。（<b>省科技厅</b>、省财政厅负责）"
        for n, (one, two) in enumerate(pairs, 1)
    )
    title = f"关于{MORE_IN_A_NOTICE[0]}“{MORE_IN_A_NOTICE[15]}”的通知"
    text = f"{title}\n\n鲁科字〔2025〕2号\n各<i>有关</i>单位：\n现将{MORE_IN_A_NOTICE[43]}印发给你们。\n一、总体{MORE_IN_A_NOTICE[8]}\n{measures}\n"
    path = folder / "more.txt"
    path.write_text(text, encoding="utf-8")
    corpus = build((path,), folder / "index", FakeEmbedder()).corpus
    assert corpus is not None
    settings = UiSettings(feedback_file=folder / "feedback.sqlite3")
    with run_service(create_app(Assistant(corpus), settings)) as address:
        yield address


def gather(texts: Sequence[str]) -> list[str]:
    """As few questions as hold all the texts."""
    questions = [""]
    for text in texts:
        if len(questions[-1]) + len(text) > LONGEST_QUESTION - 10:
            questions.append("")
        questions[-1] += f"{text} "
    return questions


def expect_clean(page: Page) -> None:
    assert page.evaluate(_HELD) == CLEAN


def test_the_texts_are_new_and_many() -> None:
    assert len(set(MORE_HOSTILE)) == len(MORE_HOSTILE) >= 100
    assert not set(MORE_HOSTILE) & set(HOSTILE)


def test_the_check_notices_what_must_not_be_there(hostile_embed: str, browser: Browser) -> None:
    harms = {
        "<form action=//x></form>": "forms", "<input name=x>": "fields", "<a href=//x>x</a>": "foreign", "<img alt=x>": "odd",
        "<a href=/ >x</a>": "outside", "<button formaction=/x>x</button>": "actions", "<p onclick=x>": "handlers",
        "<p id=ask>": "ids", "<svg><text>x</text></svg>": "odd",
    }  # fmt: skip
    with open_page(browser, FRAME) as page:
        page.goto(f"{hostile_embed}/embed")
        expect_clean(page)
        for html, name in harms.items():
            held = page.evaluate(
                f"html => {{ document.body.insertAdjacentHTML('beforeend', `<div id=harm>${{html}}</div>`);"
                f" const held = ({_HELD})(); document.getElementById('harm').remove(); return held }}",
                html,
            )
            assert held[name] != CLEAN[name], html


def test_hostile_questions_stay_text_in_the_frame(hostile_embed: str, browser: Browser) -> None:
    """Each is also in the history of the next."""
    with open_page(browser, FRAME) as page:
        said = listen(page)
        page.goto(f"{hostile_embed}/embed?panel=1")
        asked: list[str] = []
        for start in range(0, len(MORE_HOSTILE), _AT_ONCE):
            page.locator("#clear").click()
            asked += page.evaluate(_ASK_ALL, list(MORE_HOSTILE[start : start + _AT_ONCE]))
            expect_clean(page)
        expected = [squeeze(undisguise(q)) for q in MORE_HOSTILE]
        assert [(q, a) for q, a in zip(expected, map(squeeze, asked), strict=True) if q != a] == []
        assert said == []


def test_hostile_forms_stay_text(sites: Sites, browser: Browser) -> None:
    """Read as documents one by one, then really opened, many texts in one question."""
    with open_page(browser, FRAME) as page:
        said = listen(page)
        page.goto(f"{sites.service}/embed")
        for text, (shown, held) in zip(MORE_HOSTILE, page.evaluate(_POST_ALL, list(MORE_HOSTILE)), strict=True):
            assert squeeze(shown) == squeeze(undisguise(text)) and held == CLEAN, text
        for question in gather(MORE_HOSTILE):
            page.locator("#question").fill(question)
            with page.expect_navigation():
                page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form.composer'))")
            assert page.locator(".exchange .answer").count() == 1
            expect_clean(page)
        assert said == []


def test_a_hostile_notice_stays_text_in_the_frame(hostile_embed: str, browser: Browser) -> None:
    """Its words stand in the greeting, in lists, quotations, cards and departments; each measure is asked for."""
    with open_page(browser, FRAME) as page:
        said = listen(page)
        page.goto(f"{hostile_embed}/embed?measure=16")
        expect_clean(page)
        shown = ""
        questions = [f"第{n}条讲什么？" for n in range(1, len(MORE_IN_A_NOTICE) // 2 + 1)]
        for start in range(0, len(questions), _AT_ONCE):
            page.locator("#clear").click()
            page.evaluate(_ASK_ALL, questions[start : start + _AT_ONCE])
            page.evaluate("document.querySelectorAll('.cite').forEach((mark) => mark.click())")
            expect_clean(page)
            shown += page.locator("#conversation").evaluate("c => c.textContent")
        page.evaluate(_ASK_ALL, ["全文有哪些措施？", "哪些措施写明了金额？"])
        expect_clean(page)
        printed = squeeze(undisguise(published_words(page, hostile_embed)))
        expected = [t for t in MORE_IN_A_NOTICE if squeeze(undisguise(t)) in printed]
        missing = [t for t in expected if squeeze(undisguise(t)) not in squeeze(shown)]
        assert missing == [] and len(expected) >= 60, (len(expected), missing[:5])
        assert len(re.findall("万元", shown)) > 60 and said == []


def test_hostile_presets_stay_text(sites: Sites, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        said = listen(page)
        page.goto(f"{sites.service}/embed")
        for text in MORE_HOSTILE[::18]:
            leave_for(page, f"/embed?{urlencode({'question': text, 'measure': text, 'notice': text})}")
            assert squeeze(page.locator("#question").input_value()) == squeeze(undisguise(text))
            expect_clean(page)
        assert said == []
