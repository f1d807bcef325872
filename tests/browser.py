"""What the browser tests share: the real service on a free port, Debian's Chromium, checks of a page."""

import json
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, TypedDict, Unpack
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect, sync_playwright
from starlette.types import ASGIApp

from ui.service.connections import ConnectionLimits, configure_server

DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# In milliseconds: only what never comes takes so long, on however busy a machine.
PATIENCE = 120_000
expect.set_options(PATIENCE)
_AXE = Axe().axe_script
_RUN_AXE = "async ([where, options]) => (await axe.run(where ?? document, options)).violations"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_LIMITS = ConnectionLimits()


class Visit(TypedDict, total=False):
    """What a visitor's browser can do or wishes, where it is not the usual."""

    java_script_enabled: bool
    has_touch: bool
    is_mobile: bool
    permissions: list[str]
    contrast: Literal["more"]
    color_scheme: Literal["dark", "light"]
    reduced_motion: Literal["no-preference", "reduce"]


# A voice that only writes down what it is given.
SPEECH = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN" }], speak: (u) => window.spoken.push([u.lang, u.text]), cancel: () => {},
} });
"""


@contextmanager
def run_service(app: ASGIApp, host: str = "127.0.0.1", limits: ConnectionLimits = _LIMITS) -> Iterator[str]:
    """The address of the service, which answers until the context ends."""
    listener = socket.create_server((host, 0))
    server = uvicorn.Server(configure_server(app, limits, 1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.02)
    yield f"http://{host}:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    path = next((p for p in map(shutil.which, _NAMES) if p), None)
    if path is None:
        pytest.skip("没有 Chromium，安装命令：apt-get install -y chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, size: ViewportSize, **options: Unpack[Visit]) -> Iterator[Page]:
    """A page of a fresh visitor; the test fails if anything is asked of another site or a script breaks."""
    context = browser.new_context(viewport=size, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    requests: list[str] = []
    faults: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    own = urlsplit(page.url).netloc
    foreign = [
        url for url in requests if urlsplit(url).scheme in ("http", "https", "ws") and urlsplit(url).netloc != own
    ]
    cookies = context.cookies()
    context.close()
    assert (foreign, faults, cookies) == ([], [], [])


def leave_for(page: Page, address: str) -> None:
    """As a script of the page does, until the next page is there; `address` is one as in a link."""
    page.evaluate("(address) => { window.isLeft = true; setTimeout(() => { location.href = address; }); }", address)
    page.wait_for_function("() => !window.isLeft && document.readyState === 'complete'")


def let_settle(page: Page) -> None:
    """Until the page has drawn what it was given, and run what follows from that."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


_LOOKS = 6


def find_barriers(page: Page | Frame, besides: str = "") -> list[str]:
    """What axe finds against WCAG 2.2 AA and its own best practice, one line for each element, `besides` some."""
    options = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    # A part that is still being laid out is looked at once more; what stays wrong is wrong.
    for _ in range(_LOOKS):
        violations = page.evaluate(_RUN_AXE, [{"exclude": [besides]} if besides else None, options])
        if not violations:
            break
        page.wait_for_timeout(250)
    return [
        f"{v['id']}: {node['html'][:160]} {json.dumps(node['any'][:1])[:300]}"
        for v in violations
        for node in v["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


# Everything a visitor may see, hear or be shown, with the language that it is said to be in: texts, what the style sheets
# draw, and the attributes that become words.
_WORDS = """() => {
  const names = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder",
    "alt", "label", "data-label", "data-done"];
  const languageOf = (element) => element.closest("[lang]")?.lang ?? "";
  const found = [["", document.documentElement.lang, document.title]];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style, noscript")) found.push(["", languageOf(parent), walker.currentNode.data]);
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const name of names) {
      if (element.hasAttribute(name)) found.push([name, languageOf(element), element.getAttribute(name)]);
    }
    for (const side of ["::before", "::after"]) {
      const drawn = getComputedStyle(element, side).content;
      if (drawn.startsWith('"')) found.push([side, languageOf(element), drawn]);
    }
  }
  return found.map(([where, language, words]) => [where, language, words.trim()]).filter(([, , words]) => words);
}"""
_FOREIGN = {"zh": re.compile("[A-Za-z]{2,}"), "en": re.compile("[\u3400-\u9fff]+")}


def foreign_words(page: Page, printed: str = "") -> list[str]:
    """What the page says in Latin letters and calls Chinese, or the other way round, save what the notice itself says."""
    said: list[list[str]] = page.evaluate(_WORDS)
    assert len(said) > 8
    return [
        f"{where} {words}".strip()
        for where, language, words in said
        if [run for run in _FOREIGN[language[:2]].findall(words) if run not in printed]
    ]


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


def describe_landing(page: Page) -> dict[str, str]:
    """Where the address led, and what is wrong with the look of the place, "" for nothing."""
    landing: dict[str, str] = page.evaluate(_LANDING)
    return landing


def describe_landings(page: Page, anchors: Sequence[str]) -> list[dict[str, str]]:
    """The same for addresses within the page that is open, one after another."""
    script = f"""async (anchors) => {{
      const found = [];
      for (const anchor of anchors) {{
        location.hash = anchor;
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        found.push(({_LANDING})());
      }}
      return found;
    }}"""
    landings: list[dict[str, str]] = page.evaluate(script, list(anchors))
    return landings
