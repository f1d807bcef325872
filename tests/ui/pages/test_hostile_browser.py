"""Hostile notices and addresses stay text in a real browser: no script, no form, no request to another site."""

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from corpus.store import Corpus
from tests.browser import DESK, find_barriers, leave_for, let_settle, open_page
from tests.conftest import HOSTILE_ID
from tests.hostile import IN_A_NOTICE, PAYLOADS

pytestmark = pytest.mark.browser

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
    assert len(IN_A_NOTICE) >= 100
    text = hostile.texts[HOSTILE_ID]
    assert all(payload in text for payload in IN_A_NOTICE)
    with open_page(browser, DESK) as page:
        said: list[str] = []
        page.on("dialog", lambda dialog: said.append(dialog.message))
        for path, script in ((f"/notices/{HOSTILE_ID}", "reader"), ("/measures", "measures"), ("/notices", "")):
            page.goto(hostile_site + path)
            let_settle(page)
            scripts = ["/ui/switches.js", f"/ui/{script}.js"] if script else ["/ui/switches.js"]
            forms = ["/measures"] if script == "measures" else []
            assert page.evaluate(_FOREIGN_PARTS) == {
                "harmed": None,
                "scripts": scripts,
                "forms": forms,
                "foreign": [],
                "odd": 0,
            }
        page.goto(f"{hostile_site}/match?kind=企业&told=补助")
        let_settle(page)
        parts = page.evaluate(_FOREIGN_PARTS)
        assert (parts["harmed"], parts["foreign"], parts["odd"]) == (None, [], 0)
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
        page.goto(f"{site}/measures")
        for payload in PAYLOADS[::4]:
            leave_for(page, f"?{urlencode({'words': payload, 'department': payload, 'chapter': payload})}")
            parts = page.evaluate(_FOREIGN_PARTS)
            assert parts["harmed"] is None and len(parts["scripts"]) == 2 and not parts["foreign"], json.dumps(parts)
        page.goto(f"{site}/match")
        for payload in PAYLOADS[1::4]:
            leave_for(page, f"?{urlencode({'told': payload, 'kind': payload, 'level': payload})}")
            parts = page.evaluate(_FOREIGN_PARTS)
            assert parts["harmed"] is None and len(parts["scripts"]) == 2 and not parts["foreign"], json.dumps(parts)
