"""Pages of other sites that show the widget: served on addresses of their own, with their own rules, styles and policies."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Unpack
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Frame, Locator, Page, TimeoutError, ViewportSize
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from tests.browser import PATIENCE, Visit, run_service
from ui.server import create_app
from ui.service.answering import Asking
from ui.settings import UiSettings

LATER_THAN_THE_DEADLINE = 10_500
_AGAIN = re.compile("再试一次|Try again", re.IGNORECASE)
# What a careless or hostile host may say about elements that are ours.
ROUGH_STYLES = """
* { color: #0f0 !important; letter-spacing: 9px; text-transform: uppercase; }
button, a { background: #f0f !important; width: 33px !important; opacity: 0.2 !important; font-size: 40px !important; }
div, span { position: static !important; transform: rotate(3deg); }
iframe { width: 10px !important; height: 10px !important; visibility: hidden !important; }
svg { width: 400px !important; max-width: none !important; }
"""
_CALM_STYLES = (
    "body { margin: 0; font: 16px/1.6 sans-serif; color: #222; background: #fff; } #here { min-height: 56px; }"
)
# Everything that a test may ask of a page is prepared before any script of the page runs.
WATCH = """
window.violations = [];
window.shift = 0;
document.addEventListener("securitypolicyviolation", (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
new PerformanceObserver((list) => { for (const e of list.getEntries()) shift += e.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
FORBID_STORES = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no store", "SecurityError"); } });
}
Object.defineProperty(document, "cookie", { get() { throw new DOMException("no store", "SecurityError"); } });
"""


def host_page(service: str, attributes: Mapping[str, str]) -> str:
    """Somebody else's page with our one line; without a service it is the same page without us."""
    given = "".join(f' data-{name}="{escape(value)}"' for name, value in attributes.items())
    ours = f'<script async src="{service}/widget.js"{given}></script>' if service else ""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>示例市科学技术局</title>'
        f'<link rel="stylesheet" href="/host.css">{ours}</head><body>'
        '<header><h1>示例市科学技术局</h1></header><main><p><a href="#before" id="before">政务公开</a></p>'
        '<div id="here"></div><p><label><input type="checkbox" id="usable">订阅</label></p>'
        '<p><a href="#after" id="after">联系我们</a></p></main>'
        f'<noscript><a href="{service}/embed" id="plain">政策问答</a></noscript></body></html>'
    )


def around(what: str, service: str) -> str:
    """A page with a frame: the host's own page without rights and origin, or ours without the script."""
    frame = (
        '<iframe sandbox="allow-scripts" src="/" width="800" height="600" title="x"></iframe>'
        if what == "sandbox"
        else f'<iframe src="{service}/embed?measure=2" width="408" height="600" title="政策问答"></iframe>'
    )
    return f"<!doctype html><html lang=zh><title>x</title>{frame}</html>"


@dataclass
class Sites:
    """The service and two other sites: one may show the widget, one may not."""

    service: str = ""
    allowed: str = ""
    other: str = ""

    def url(self, site: str = "", **attributes: str) -> str:
        """A page of the allowed site, or of another one; `rough` and `strict` are of the host, the rest of the script."""
        return f"{site or self.allowed}/?{urlencode(attributes)}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._respond(Request(scope))(scope, receive, send)

    def _respond(self, request: Request) -> Response:
        if request.url.path == "/favicon.ico":
            return Response(status_code=204)
        if request.url.path == "/host.css":
            is_rough = "rough" in request.headers.get("referer", "")
            return Response(ROUGH_STYLES if is_rough else _CALM_STYLES, media_type="text/css")
        asked = dict(request.query_params)
        if "around" in asked:
            return HTMLResponse(around(asked["around"], self.service))
        asked.pop("rough", None)
        if asked.pop("nowhere", ""):
            # The whole page has an opaque origin.
            policy = {"Content-Security-Policy": "sandbox allow-scripts"}
            return HTMLResponse(host_page(self.service, asked), headers=policy)
        strict = f"default-src 'self'; script-src 'self' {self.service}; frame-src {self.service}; style-src 'self'"
        headers = {"Content-Security-Policy": strict} if asked.pop("strict", "") else {}
        service = "" if asked.pop("without", "") else asked.pop("service", self.service)
        return HTMLResponse(host_page(service, asked), headers=headers)


@contextmanager
def run_sites(assistant: Asking, folder: Path) -> Iterator[Sites]:
    sites = Sites()
    with ExitStack() as stack:
        sites.allowed = stack.enter_context(run_service(sites, "127.0.0.2"))
        sites.other = stack.enter_context(run_service(sites, "127.0.0.3"))
        settings = UiSettings(feedback_file=folder / "feedback.sqlite3", embed_origins=(sites.allowed,))
        sites.service = stack.enter_context(run_service(create_app(assistant, settings)))
        yield sites


@contextmanager
def visit_host(browser: Browser, size: ViewportSize, sites: Sites, **options: Unpack[Visit]) -> Iterator[Page]:
    """A fresh visitor; fails if a script broke, or if anything but the host and the service was asked or stored anything."""
    context = browser.new_context(viewport=size, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    known = {urlsplit(a).netloc for a in (sites.service, sites.allowed, sites.other)}
    foreign = [a for a in asked if urlsplit(a).scheme != "data" and urlsplit(a).netloc not in known]
    cookies = context.cookies()
    context.close()
    assert (foreign, faults, cookies) == ([], [], [])


def launcher(page: Page) -> Locator:
    return page.locator("button[aria-controls^=policy-widget]")


def panel(page: Page) -> Locator:
    return page.locator("[id^=policy-widget][tabindex='-1']")


def inside(page: Page) -> Frame:
    """The frame when our page in it has answered; it is only drawn then."""
    drawn, again = page.locator("iframe[title]"), panel(page).get_by_role("button", name=_AGAIN)
    try:
        drawn.wait_for(timeout=LATER_THAN_THE_DEADLINE)
    except TimeoutError:
        # A busy machine may take longer than the deadline of the widget: then a visitor presses once more.
        if again.is_visible():
            again.click()
        drawn.wait_for()
    return next(f for f in page.frames if "/embed?" in f.url)


def ask_inside(frame: Frame, question: str) -> Locator:
    frame.locator("#question").fill(question)
    frame.locator("#question").press("Enter")
    answer = frame.locator(".exchange:last-child .answer:not([data-status=working])")
    answer.wait_for()
    return answer
