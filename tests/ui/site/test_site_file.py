"""The operator's file: what it may say, and how what is wrong with it is told before the service starts."""

import re
from pathlib import Path

import pytest

from ui.__main__ import main
from ui.site import BadSite, Line, Site, Words, neutral_site, read_site
from ui.site.reading import DEFAULT_FILE
from ui.words import word

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
WHOLE = """
name = { zh = "青屿市政策问答", en = "Qingyu Policy Answers" }
greeting = "您好，请直接问。"
logo = "logo.png"
[colours]
action = "#9C1A1F"
band = "#7d1317"
[footer]
organiser = "青屿市科学技术局"
contact = { zh = "海滨路1号", address = "https://www.example.gov.cn/map?x=1#here" }
hotline = "0539-1234567"
accessibility = "第一段。"
records = [{ zh = "鲁ICP备00000000号", address = "https://beian.miit.gov.cn/" }]
links = ["青屿市人民政府"]
[embed]
origins = ["https://WWW.example.gov.cn"]
[examples]
"qy-1" = ["奖多少？", { zh = "归谁管？", en = "Who is in charge?" }]
"""


def write(folder: Path, text: str, **files: bytes) -> Path:
    """`files` are pictures, by their names with an underscore for the dot."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_that_may_be_said_is_read(tmp_path: Path) -> None:
    site = read_site(write(tmp_path, WHOLE, logo_png=PNG))
    assert (site.name("zh"), site.name("en")) == ("青屿市政策问答", "Qingyu Policy Answers")
    assert (site.greeting("zh"), site.greeting("en")) == ("您好，请直接问。", "您好，请直接问。")
    assert (site.colours.action, site.colours.band) == ("#9c1a1f", "#7d1317")
    assert site.logo and (site.logo.content, site.logo.media_type) == (PNG, "image/png")
    own = site.footer
    assert (own.organiser, own.hotline) == (Line("青屿市科学技术局"), Line("0539-1234567"))
    assert own.contact == Line("海滨路1号", "", "https://www.example.gov.cn/map?x=1#here")
    assert own.records == (Line("鲁ICP备00000000号", "", "https://beian.miit.gov.cn/"),)
    assert own.links == (Line("青屿市人民政府"),)
    assert (own.accessibility, own.accessibility_address) == (Line("第一段。"), "/accessibility")
    assert site.embed_origins == ("https://www.example.gov.cn",)
    assert site.examples(["other", "qy-1"], "zh") == ("奖多少？", "归谁管？")
    assert site.examples(["qy-1"], "en") == ("奖多少？", "Who is in charge?")
    assert re.fullmatch(r"/site/logo\.png\?v=[0-9a-f]{12}", site.logo_address)
    assert site.style_address == f"/site/style.css?v={site.version}" and site.icon_address == site.logo_address


def test_accessibility_may_be_said_elsewhere(tmp_path: Path) -> None:
    said = '{ zh = "无障碍声明", address = "https://www.example.gov.cn/wza" }'
    site = read_site(write(tmp_path, f'name = "a"\n[footer]\naccessibility = {said}'))
    assert site.footer.accessibility_address == "https://www.example.gov.cn/wza"


def test_nothing_said_is_the_neutral_page() -> None:
    site = neutral_site()
    assert site == Site(Words("政策问答", "Policy Q&A"), version=site.version)
    assert (site.greeting("zh"), site.examples(["lkz-2025-128"], "zh")) == ("", ())
    assert (site.style_address, site.logo_address, site.icon_address) == ("", "", "/ui/mark.svg")
    assert site.name("zh") == word("heading", "zh") and site.footer.accessibility_address == ""


def test_the_explained_file_is_right_in_every_line_that_is_switched_on(tmp_path: Path) -> None:
    """Its examples are comments: without the marks they must be read."""
    lines = DEFAULT_FILE.read_text(encoding="utf-8").splitlines()
    switched_on = [re.sub(r"^# (?=[\[\w\"][^ ]*(?: =|\]$))", "", line) for line in lines]
    assert len([a for a, b in zip(lines, switched_on, strict=True) if a != b]) == 16
    site = read_site(write(tmp_path, "\n".join(switched_on), logo_svg=SVG.format("").encode()))
    assert site.greeting("en") and site.logo and site.embed_origins and site.examples(["lkz-2025-128"], "en")


def test_a_changed_file_has_new_addresses(tmp_path: Path) -> None:
    first = read_site(write(tmp_path, WHOLE, logo_png=PNG))
    second = read_site(write(tmp_path, WHOLE, logo_png=PNG + b"\x00"))
    third = read_site(write(tmp_path, WHOLE.replace("#9C1A1F", "#8c1a1f")))
    assert len({first.version, second.version, third.version}) == 3


WRONG = [
    ("", "name：缺少这一项"),
    ("name = 3", "第 1 行 name：要写成带引号的文字，或"),
    ('name = ""', "第 1 行 name zh：不能是空的"),
    ('name = { en = "x" }', "第 1 行 name zh：缺少这一项"),
    (f'name = "{"长" * 41}"', "第 1 行 name：最多 40 个字"),
    ('name = "a"\nnam = "b"', "第 2 行 nam：不认识这个键"),
    ('name = "a"\nname = "b"', "第 2 行不合 TOML 的写法"),
    ('name = "a', "第 1 行不合 TOML 的写法"),
    ('name = "a"\n\n[footer]\nhotlin = "1"', "第 4 行 footer hotlin：不认识这个键"),
    ('name = "a"\n[footer]\nhotline = { zh = "1", tel = "2" }', "第 3 行 footer hotline tel：不认识这个键"),
    ('name = "a"\n[footer]\nlinks = "b"', "第 3 行 footer links：要写成"),
    ('name = "a"\n[footer]\nlinks = ["b", { zh = "c", address = "http://a.cn" }]', "footer links 第 2 项 address：不是完整"),
    *(
        (f'name = "a"\n[footer]\nhotline = {{ zh = "b", address = "{address}" }}', "第 3 行 footer hotline address：不是完整的 https")
        for address in ("javascript:alert(1)", "//a.cn", "/a", "https://", "https://a b", "https://用.cn", "tel:1", "https://a.cn\\n")
    ),
    ('name = "a"\n[colours]\naction = "red"', "第 3 行 colours action：要写成 #0d4f94 这样"),
    ('name = "a"\n[colours]\naction = "#ff9900"', "第 3 行 colours action：#ff9900 与页面底色的对比度只有 1.9，至少要 4.5"),
    ('name = "a"\n[colours]\nband = "#ffffff"', "第 3 行 colours band：#ffffff 与白色的字的对比度只有 1.0"),
    ('name = "a"\n[embed]\norigins = ["https://*.gov.cn"]', "第 3 行 embed origins 第 1 项：'https://*.gov.cn' 不是网站来源"),
    ('name = "a"\n[examples]\n"n" = "b"', "第 3 行 examples n：要写成 [\"…\", \"…\"] 这样的一列"),
    ('name = "a"\nlogo = "none.svg"', "none.svg：读不到"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSite) as caught:
        read_site(write(tmp_path, text))
    assert said in str(caught.value) and str(tmp_path) in str(caught.value)
    assert "请" in str(caught.value) or "能写的键见 site.toml" in str(caught.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes('name = "青屿市"'.encode("gb18030"))
    with pytest.raises(BadSite, match="不是 UTF-8 编码。请另存为"):
        read_site(path)
    path.write_bytes('name = "青屿市"'.encode("utf-8-sig"))
    assert read_site(path).name("zh") == "青屿市"


LOGOS = [
    (b"", "不是 SVG 或 PNG"),
    (b"GIF89a", "不是 SVG 或 PNG"),
    (b"\xff\xd8\xff\xe0 jpeg", "不是 SVG 或 PNG"),
    (b"<html><script>alert(1)</script></html>", "不是 SVG 或 PNG"),
    (SVG.format("").encode("utf-16"), "不是 SVG 或 PNG"),
    (PNG + bytes(200_000), "最多 200 KB"),
    (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "DOCTYPE"),
    (SVG.format("<script>alert(1)</script>").encode(), "脚本"),
    (SVG.format('<g xmlns:s="http://www.w3.org/2000/svg"><s:script href="#a"/></g>').encode(), "脚本"),
    (SVG.format('<rect onload="alert(1)"/>').encode(), "脚本"),
    (SVG.format('<rect OnClick="alert(1)"/>').encode(), "脚本"),
    (SVG.format("<foreignObject/>").encode(), "脚本"),
    (SVG.format('<set attributeName="href" to="javascript:alert(1)"/>').encode(), "脚本"),
    (SVG.format('<a href="javascript:alert(1)"/>').encode(), "别处"),
    (SVG.format('<use href="https://a.cn/x.svg#a"/>').encode(), "别处"),
    (SVG.format('<image xmlns:x="http://www.w3.org/1999/xlink" x:href="//a.cn/a.png"/>').encode(), "别处"),
    (SVG.format('<image href="data:image/svg+xml,x"/>').encode(), "别处"),
    (SVG.format('<rect fill="url( https://a.cn/p#a)"/>').encode(), "别处"),
    (SVG.format('<rect style="fill:URL(//a.cn)"/>').encode(), "别处"),
    (SVG.format("<style>@import 'https://a.cn/a.css';</style>").encode(), "别处"),
]


@pytest.mark.parametrize(("content", "said"), LOGOS, ids=range(len(LOGOS)))
def test_a_logo_that_runs_or_loads_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = write(tmp_path, 'name = "a"\nlogo = "logo.svg"', logo_svg=content)
    with pytest.raises(BadSite, match=f"第 2 行 logo：logo.svg .*{said}.*请"):
        read_site(path)


def test_a_harmless_drawing_is_taken(tmp_path: Path) -> None:
    drawn = SVG.format(
        '<defs><linearGradient id="g"/></defs><style>.a{fill:url("#g")}</style><use href="#g"/>'
        '<rect class="a" style="fill:#fff" fill="url(#g)"/><image href="data:image/png;base64,AA=="/>'
    ).encode()
    site = read_site(write(tmp_path, 'name = "a"\nlogo = "logo.svg"', logo_svg=b'<?xml version="1.0"?>' + drawn))
    assert site.logo and site.logo.media_type == "image/svg+xml"


def test_the_start_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_SITE_FILE", str(write(tmp_path, 'name = "a"\ncolor = "#fff"')))
    assert main(["--port", "0"]) == 1
    assert "第 2 行 color：不认识这个键" in capsys.readouterr().err
    monkeypatch.setenv("POLICY_SITE_FILE", str(tmp_path / "none.toml"))
    assert main(["--port", "0"]) == 1
    assert "none.toml：读不到" in capsys.readouterr().err
