"""What other sites load works from Chromium 86 and Safari 14 on: scripts are parsed at that level, styles are checked."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import playwright
import pytest

from tests.html_reading import Reading
from ui.embed.page import EmbedPage, render_embed
from ui.embed.script import write_script
from ui.pages.shell import Visit
from ui.site import neutral_site

STATIC = Path(__file__).parents[3] / "ui" / "static"
# Playwright's own node holds a parser that knows the levels of the language.
NODE = Path(playwright.__file__).parent / "driver" / "node"
PARSE = """
const acorn = require("internal/deps/acorn/acorn/dist/acorn");
const { text, sourceType } = JSON.parse(require("fs").readFileSync(0, "utf8"));
try { acorn.parse(text, { ecmaVersion: 2019, sourceType }); } catch (error) { console.log(error.message); }
"""
# In the language of 2019, but not in those browsers: Safari 14.0 and Chromium 86 both have to have it.
LATER_CALLS = re.compile(
    r"\.(?:at|replaceAll|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|hasOwn|any|showModal|showPopover|"
    r"requestSubmit|submitter|pipeThrough|randomUUID|allSettled|checkVisibility|scrollend|groupBy|waitAsync|timeout)\b(?=\()|"
    r"\b(?:structuredClone|TextDecoderStream|TextEncoderStream|requestIdleCallback|WeakRef|FinalizationRegistry|"
    r"AggregateError|BigInt64Array|CSSStyleSheet|adoptedStyleSheets|ClipboardItem|HTMLDialogElement|globalThis\.reportError|"
    r"inert|replaceChildren|isVisible|navigation|CloseWatcher|Sanitizer|setHTML)\b|:has\(|:is\(|:where\("
)
LATER_SELECTORS = re.compile(
    r":(?:has|is|where|modal|popover-open|user-invalid|user-valid|defined-by|dir|target-within|autofill|open)\b|"
    r":not\([^()]*,|::(?:backdrop|marker|part|details-content|highlight)|&|>>|\|\|"
)
LATER_PROPERTIES = re.compile(
    r"(?:inset|aspect-ratio|accent-color|container|translate|rotate|scale|offset|mask|content-visibility|"
    r"overflow-clip-margin|backdrop-filter|text-wrap|row-gap|column-gap|place-|"
    r"(?:margin|padding|border)-(?:inline|block)|inset-|scroll-(?:margin|padding)|inline-size|block-size|"
    r"text-decoration-thickness|text-underline-offset|field-sizing|anchor|view-transition|animation-timeline)"
)
LATER_VALUES = re.compile(
    r"\b[0-9.]+(?:dvh|svh|lvh|dvw|cqw|cqi|lh|rlh)\b|\b(?:color-mix|oklch|oklab|lab|lch|hwb|color|light-dark|sin|cos|round|"
    r"mod|attr|if)\(|\bsubgrid\b|\bclip\b|\brevert-layer\b"
)
LATER_RULES = re.compile(
    r"@(?:layer|container|property|scope|starting-style|import|view-transition|position-try)|\(\s*[\w-]+\s*[<>]"
)
# Added where an older browser that leaves it out shows the same or a little less.
KNOWN_LOSSES = {
    *("width: fit-content", "overscroll-behavior: contain", "text-size-adjust: 100%"),
    "content: attr(data-url)",  # of generated content it is as old as the style sheets
}


def loaded_files() -> tuple[set[Path], set[Path]]:
    """Scripts and styles of the page in the frame, with all that the scripts import."""
    links = Reading(render_embed(EmbedPage(Visit(())))).links
    named = {STATIC / link.removeprefix("/ui/") for link in links if link.endswith((".js", ".css"))}
    scripts, waiting = set(), [p for p in named if p.suffix == ".js"]
    while waiting:
        path = waiting.pop().resolve()
        if path in scripts:
            continue
        scripts.add(path)
        found = re.findall(r'^(?:import|export)\b[^"\n]*"(\.[^"]+)";', path.read_text(encoding="utf-8"), re.MULTILINE)
        waiting += [path.parent / name for name in found]
    return scripts, {p for p in named if p.suffix == ".css"}


SCRIPTS, STYLES = loaded_files()


def parse_fault(text: str, source_type: str = "module") -> str:
    """ "" where a browser of 2019's language reads it."""
    asked = json.dumps({"text": text, "sourceType": source_type})
    command = [str(NODE), "--expose-internals", "--no-warnings", "-e", PARSE]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def script_faults(text: str, source_type: str = "module") -> list[str]:
    code = re.sub(r"(?<![:\"'])//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    return [f for f in (parse_fault(text, source_type), *(m[0] for m in LATER_CALLS.finditer(code))) if f]


def rules_of(css: str) -> Iterator[tuple[str, str]]:
    """Selector or condition, and its own declarations; a rule inside a rule has & before its selector."""
    open_heads: list[tuple[str, list[str]]] = []
    for text, mark in re.findall(r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if mark == "{":
            is_inside = bool(open_heads) and not open_heads[-1][0].startswith("@")
            open_heads.append((("& " if is_inside else "") + text.strip(), []))
            continue
        if open_heads:
            open_heads[-1][1].append(text)
        else:
            yield text.strip(), ""
        if mark == "}":
            head, body = open_heads.pop()
            yield head, ";".join(body)


def style_faults(css: str) -> list[str]:
    faults = []
    for head, body in rules_of(css):
        found = LATER_RULES.search(head) if head.startswith("@") else LATER_SELECTORS.search(head)
        if found:
            faults.append(f"{head}: {found[0]}")
        # The plain rule before it stays where this one is not understood.
        if ":focus-visible" in head and not re.fullmatch(r"[^,]*:focus:not\(:focus-visible\)", head):
            faults.append(f"{head}: :focus-visible")
        declared = [" ".join(d.split()) for d in body.split(";") if d.strip()]
        is_grid = any(re.fullmatch(r"display: (?:inline-)?grid", d) for d in declared)
        for declaration in declared:
            name, _, value = declaration.partition(":")
            is_gap = name == "gap" and not is_grid
            is_later = not name.startswith("--") and LATER_PROPERTIES.match(name)
            if (is_gap or is_later or LATER_VALUES.search(value)) and declaration not in KNOWN_LOSSES:
                faults.append(f"{head}: {declaration}")
    return faults


def test_everything_that_is_loaded_is_found() -> None:
    names = {p.relative_to(STATIC).as_posix() for p in SCRIPTS | STYLES}
    assert names >= {f"embed/{n}" for n in ("frame.js", "ask.js", "talk.js", "cards.js", "host.js", "page.css")}
    assert names >= {"shared/answer.css", "shared/safe-html.js", "shared/visible.js", "shared/words.js", "tokens.css"}
    assert not [n for n in names if n in ("chat.css", "base.css", "switches.js") or n.startswith("chat/")]


@pytest.mark.parametrize("path", sorted(SCRIPTS), ids=lambda p: p.name)
def test_scripts_are_of_2019(path: Path) -> None:
    assert script_faults(path.read_text(encoding="utf-8")) == []


def test_the_script_for_other_sites_is_of_2019() -> None:
    site = neutral_site()
    assert script_faults(write_script(site.named, site.colours).content.decode(), "script") == []


@pytest.mark.parametrize("path", sorted(STYLES), ids=lambda p: p.name)
def test_styles_are_of_2020(path: Path) -> None:
    assert style_faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "later",
    [
        "a?.b", "a ?? b", "a ||= b", "a ??= b", "class A { #b = 1; }", "class A { static {} }", "1_000", "10n", "import('x')",
        "export * as a from './x.js'", "await x", "import.meta.url", "a.at(-1)", "b.replaceAll('x', 'y')", "structuredClone(a)",
        "d.showModal()", "s.pipeThrough(new TextDecoderStream())", "e.replaceChildren()", "Promise.any([])",
        "document.querySelector(':has(b)')", "sheet.adoptedStyleSheets", "/a/v",
    ],
)  # fmt: skip
def test_later_scripts_are_noticed(later: str) -> None:
    assert script_faults(later) != []


@pytest.mark.parametrize(
    "later",
    [
        "a:has(b) {}", "a:is(b, c) {}", "a:not(b, c) {}", ":focus-visible {}", "a { & b { color: red } }", "a { inset: 0 }",
        "a { aspect-ratio: 1 }", "a { height: 100dvh }", "a { display: flex; gap: 1px }", "a { gap: 1px }",
        "a { margin-inline: auto }", "a { padding-block: 1px }", "@container (width > 1px) { a {} }", "@layer a { b {} }",
        "@media (width >= 1px) { a {} }", "a { color: color-mix(in srgb, red, blue) }", "a { accent-color: red }",
        "a { grid: subgrid / auto }", "@supports (display: grid) { a:where(b) {} }",
    ],
)  # fmt: skip
def test_later_styles_are_noticed(later: str) -> None:
    assert style_faults(later) != []
