"""The operator's own words, colours, logo and links, as pages use them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints, with_config

from ui.site.colours import check_action, check_band

_WEB = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-~]*)?", re.IGNORECASE)
STRICT = with_config(ConfigDict(extra="forbid"))


def check_web_address(address: str) -> str:
    """In full and with https: what the operator links to is the only thing of others on a page."""
    if not _WEB.fullmatch(address):
        raise ValueError("不是完整的 https 网址。请写成 https://www.example.gov.cn/ 这样，汉字要用编码后的写法")
    return address


def _in_both_languages(value: object) -> object:
    return {"zh": value} if isinstance(value, str) else value


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
_Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True)]


@STRICT
@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and, where it was written, in English."""

    zh: _Text
    en: _Text = ""

    def said(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.zh

    def tag(self, language: str) -> str | None:
        """What a page in that language must say of it: that it is Chinese."""
        return "zh-CN" if language == "en" and not self.en else None


@STRICT
@dataclass(frozen=True, slots=True)
class Line(Words):
    """A text that may lead to another site."""

    address: Annotated[str, AfterValidator(check_web_address)] = ""


Said = Annotated[Words, BeforeValidator(_in_both_languages)]
Linked = Annotated[Line, BeforeValidator(_in_both_languages)]


@STRICT
@dataclass(frozen=True, slots=True)
class Colours:
    """#rrggbb: `action` of whatever can be pressed, `band` behind the heading; "" for ours."""

    action: Annotated[_Colour, AfterValidator(check_action)] = ""
    band: Annotated[_Colour, AfterValidator(check_band)] = ""


@STRICT
@dataclass(frozen=True, slots=True)
class Footer:
    """主办单位, 联系方式, 咨询热线, 无障碍声明 (its words, or a link to them), 备案号 and other links."""

    organiser: Linked | None = None
    contact: Linked | None = None
    hotline: Linked | None = None
    accessibility: Linked | None = None
    records: tuple[Linked, ...] = ()
    links: tuple[Linked, ...] = ()

    @property
    def accessibility_address(self) -> str:
        """ "" where nothing is said; a page of ours where it is said in words."""
        return (self.accessibility.address or "/accessibility") if self.accessibility else ""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was checked; `suffix` is svg or png."""

    content: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        return "image/svg+xml" if self.suffix == "svg" else "image/png"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that can be told apart from another operator's; `style` is the text of their style sheet."""

    named: Words
    greeted: Words | None = None
    footer: Footer = Footer()
    colours: Colours = Colours()
    logo: Logo | None = None
    style: str = ""
    embed_origins: tuple[str, ...] = ()
    asked: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    version: str = ""
    """Changes with every file it was read from."""

    def name(self, language: str) -> str:
        return self.named.said(language)

    def greeting(self, language: str) -> str:
        """ "" where the page greets in its own words."""
        return self.greeted.said(language) if self.greeted else ""

    def examples(self, notice_ids: Sequence[str], language: str) -> tuple[str, ...]:
        """The questions written for these notices; none where the page builds its own."""
        return tuple(w.said(language) for n in notice_ids for w in self.asked.get(n, ()))

    @property
    def style_address(self) -> str:
        """ "" where the colours are ours."""
        return f"/site/style.css?v={self.version}" if self.style else ""

    @property
    def logo_address(self) -> str:
        """ "" where the mark is ours."""
        return f"/site/logo.{self.logo.suffix}?v={self.version}" if self.logo else ""

    @property
    def icon_address(self) -> str:
        return self.logo_address or "/ui/mark.svg"
