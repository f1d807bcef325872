"""Templates escape every text, name their fields, and lead nowhere but to our own pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from ui import templating
from ui.templating import on_one_line, render

TEMPLATES = sorted((Path(templating.__file__).parent / "templates").rglob("*.html"))
ADDRESS = re.compile(r'\b(?:href|src|action)="([^"]*)"')


@pytest.fixture
def own_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only template there is."""
    monkeypatch.setattr(templating, "_TEMPLATES", tmp_path)
    templating._environment.cache_clear()
    templating._load.cache_clear()
    yield tmp_path / "one.html"
    templating._environment.cache_clear()
    templating._load.cache_clear()


def test_text_is_escaped_and_shows_nothing_unseen(own_template: Path) -> None:
    own_template.write_text('<p title="{{ text }}">{{ text }}{{ made }}</p>', encoding="utf-8")
    made = render("one", "zh", text='<b>"\u202e\n一', made=Markup("<i>二</i>"))
    assert made == '<p title="&lt;b&gt;&#34;&#10;一">&lt;b&gt;&#34;&#10;一<i>二</i></p>'


def test_a_field_that_is_missing_is_an_error(own_template: Path) -> None:
    own_template.write_text("{{ nobody_gave_it }}", encoding="utf-8")
    with pytest.raises(Exception, match="nobody_gave_it"):
        render("one", "zh")


def test_addresses_of_others_are_refused(own_template: Path) -> None:
    own_template.write_text('<a href="{{ there | own }}">', encoding="utf-8")
    assert render("one", "zh", there="/notices/a#m1") == '<a href="/notices/a#m1">'
    with pytest.raises(Exception, match="address"):
        render("one", "zh", there="javascript:alert(1)")


def test_words_come_in_the_language_of_the_page(own_template: Path) -> None:
    own_template.write_text('{{ word("send") }} {{ tag }}', encoding="utf-8")
    assert [render("one", language) for language in ("zh", "en")] == ["提问 zh-CN", "Ask en"]


def test_a_card_for_markdown_is_one_line() -> None:
    assert on_one_line(Markup("<p>\n一&#10;二\n</p>")) == "<p> 一&#10;二 </p>"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_every_address_in_a_template_is_checked(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert "| safe" not in written and "|safe" not in written
    unchecked = [a for a in ADDRESS.findall(written) if "{{" in a and "own" not in a]
    assert not unchecked
