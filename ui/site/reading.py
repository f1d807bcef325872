"""Reads the operator's file and checks it before the service starts; whatever is wrong is named with its line and key."""

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter, ValidationError

from corpus.settings import BadSetting
from ui.embed.origins import check_origin
from ui.site.colours import write_style
from ui.site.values import STRICT, Colours, Footer, Logo, Said, Site, Words

DEFAULT_FILE = Path(__file__).parents[1] / "data" / "site.toml"
_ADVICE = f"能写的键见 {DEFAULT_FILE.name} 里的说明。"
_LONGEST_NAME = 40
_LARGEST_LOGO = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"
_LINE = re.compile(r"at line (\d+)")
_RUNNING = {"script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate"}
_LINKED = re.compile(r"url\(\s*['\"]?([^)'\"]*)", re.IGNORECASE)
_DRAW_ANEW = "请用制图软件把图片另存为“纯 SVG”"
_INSIDE = ("#", "data:image/png", "data:image/jpeg")
# By the kind of pydantic's error.
_REASONS = {
    "unexpected_keyword_argument": "不认识这个键。请删去或改正",
    "missing": "缺少这一项。请补上",
    "string_type": "要写成带引号的文字",
    "string_too_short": "不能是空的。请写上内容，或删去这一行",
    "string_too_long": "太长。请缩短",
    "string_pattern_mismatch": "要写成 #0d4f94 这样的颜色：井号和六个十六进制数字",
    "dataclass_type": "要写成带引号的文字，或 { zh = \"…\", en = \"…\" }",
    "tuple_type": "要写成 [\"…\", \"…\"] 这样的一列",
    "dict_type": "要写成一节，例如 [examples]",
}  # fmt: skip


class BadSite(BadSetting):
    """The operator's file cannot be used; the message names file, line, key and what to do."""


def _short(words: Words) -> Words:
    if max(len(words.zh), len(words.en)) > _LONGEST_NAME:
        raise ValueError(f"最多 {_LONGEST_NAME} 个字，它要放进标题和按钮。请缩短")
    return words


@STRICT
@dataclass(frozen=True, slots=True)
class _Embed:
    origins: tuple[Annotated[str, AfterValidator(check_origin)], ...] = ()


@STRICT
@dataclass(frozen=True, slots=True)
class _Keys:
    """What may stand in the file; `logo` is the path of a picture, seen from it."""

    name: Annotated[Said, AfterValidator(_short)]
    greeting: Said | None = None
    logo: str = ""
    colours: Colours = field(default_factory=Colours)
    footer: Footer = field(default_factory=Footer)
    embed: _Embed = field(default_factory=_Embed)
    examples: dict[str, tuple[Said, ...]] = field(default_factory=dict)


_KEYS = TypeAdapter(_Keys)


@cache
def neutral_site() -> Site:
    """Nobody's: what the product looks like before an operator has said anything."""
    return read_site(DEFAULT_FILE)


def read_site(path: Path) -> Site:
    """Raises BadSite."""
    try:
        text = _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSite(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 文本文件。") from error
    keys = _check(path, text)
    logo = _read_logo(path, text, keys.logo) if keys.logo else None
    style = write_style(keys.colours.action, keys.colours.band)
    version = sha256(text.encode() + (logo.content if logo else b"")).hexdigest()[:12]
    said = (keys.name, keys.greeting, keys.footer, keys.colours)
    return Site(*said, logo, style, keys.embed.origins, keys.examples, version)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSite(f"{path}：读不到（{error.strerror}）。请检查 POLICY_SITE_FILE、logo 和权限。") from error


def _check(path: Path, text: str) -> _Keys:
    try:
        # Without the last line break a fault in the last line would be one "at end of document".
        found: dict[str, Any] = tomllib.loads(text + "\n")
        return _KEYS.validate_python(found)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        place = f"第 {line[1]} 行" if line else "末尾"
        raise BadSite(f"{path}：{place}不合 TOML 的写法。请写成“键 = \"值\"”，同一个键只写一次。{_ADVICE}") from error  # fmt: skip
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        said = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else _REASONS.get(fault["type"], "写法不对")
        raise _refuse(path, text, fault["loc"], said) from error


def _refuse(path: Path, text: str, keys: Sequence[int | str], reason: str) -> BadSite:
    line = _find_line(text, [k for k in keys if isinstance(k, str)])
    named = " ".join(f"第 {k + 1} 项" if isinstance(k, int) else k for k in keys)
    return BadSite(f"{path}：{f'第 {line} 行 ' if line else ''}{named}：{reason.rstrip('。')}。{_ADVICE}")


def _find_line(text: str, keys: Sequence[str]) -> int:
    """Where the innermost key stands that has a line of its own, below its heading; 0 where none has."""
    found = 0
    for number, line in enumerate(text.splitlines(), 1):
        written = re.match(r"\s*(\[*)\s*[\"']?([^\"'=\]\s]+)", line)
        if written and keys and written[2] == keys[0] and (not found or not written[1]):
            found, keys = number, keys[1:]
    return found


def _read_logo(path: Path, text: str, named: str) -> Logo:
    """SVG without anything that runs or loads, or PNG; what a browser is not to do is also said in its headers."""
    content = _read(path.parent / named)
    is_png = content.startswith(_PNG)
    if len(content) > _LARGEST_LOGO:
        fault = f"有 {len(content) // 1000} KB，最多 {_LARGEST_LOGO // 1000} KB。请压缩或换一张"
    else:
        fault = "" if is_png else _find_fault(content)
    if fault:
        raise _refuse(path, text, ["logo"], f"{named} {fault}")
    return Logo(content, "png" if is_png else "svg")


def _find_fault(content: bytes) -> str:
    """ "" for a harmless SVG."""
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        return f"里有 DOCTYPE 声明。{_DRAW_ANEW}"
    try:
        root = ET.fromstring(content.decode("utf-8-sig"))
    except (ET.ParseError, ValueError):
        root = ET.Element("")
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return "不是 SVG 或 PNG 图片。请换成这两种格式之一"
    for part in root.iter():
        # Without the namespace.
        name, *keys = (key.rpartition("}")[2].lower() for key in (part.tag, *part.attrib))
        if name in _RUNNING or any(key.startswith("on") for key in keys):
            return f"里有脚本或嵌入的内容（{name}）。{_DRAW_ANEW}"
        written = " ".join((*part.attrib.values(), part.text or ""))
        linked = [value for key, value in zip(keys, part.attrib.values(), strict=True) if key == "href"]
        if "@import" in written or not all(
            link.strip().startswith(_INSIDE) for link in (*linked, *_LINKED.findall(written))
        ):
            return f"引用了别处的内容（{name}）。{_DRAW_ANEW}"
    return ""
