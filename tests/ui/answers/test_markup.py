"""HTML is made of known elements only, every text is escaped, links lead to our own pages."""

import pytest
from markupsafe import Markup

from ui.markup import UnsafeMarkup, element, join, undisguise, verbatim


def test_texts_and_attributes_are_escaped() -> None:
    made = element("a", '<b>"&', href="/measures?department=省&x=1", title="\"><script>'", class_="tool", hidden=False)
    assert made == (
        '<a href="/measures?department=省&amp;x=1" title="&#34;&gt;&lt;script&gt;&#39;" class="tool">&lt;b&gt;&#34;&amp;</a>'
    )


def test_markup_is_kept_only_as_content() -> None:
    inner = element("b", "重")
    assert element("p", inner, " 文") == "<p><b>重</b> 文</p>"
    assert element("p", title=Markup('"><script>')) == '<p title="&#34;&gt;&lt;script&gt;"></p>'


def test_attributes_without_a_value() -> None:
    assert element("input", type="checkbox", checked=True, disabled=None) == '<input type="checkbox" checked>'
    assert element("label", for_="a", aria_label="名", data_n=3) == '<label for="a" aria-label="名" data-n="3"></label>'


FOREIGN = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", " /a",
    "/a b", "evil", "JaVaScRiPt:x", "\tjavascript:x", "/a\nb", "mailto:a@b.cn",
]  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.parametrize(("name", "attribute"), [("a", "href"), ("form", "action"), ("script", "src")])
def test_foreign_addresses_are_refused(name: str, attribute: str, address: str) -> None:
    with pytest.raises(UnsafeMarkup):
        element(name, **{attribute: address})


@pytest.mark.parametrize("address", ["/", "/notices/a#m9.3", "#m1", "?words=%E5", "", "/?ask=a%20b"])
def test_our_own_addresses_are_taken(address: str) -> None:
    assert element("a", href=address) == f'<a href="{address}"></a>'


@pytest.mark.parametrize("name", ["iframe", "img", "object", "embed", "style", "base", "SCRIPT", "p onclick=x", ""])
def test_unknown_elements_are_refused(name: str) -> None:
    with pytest.raises(UnsafeMarkup):
        element(name)


@pytest.mark.parametrize("name", ["onclick", "style", "srcdoc", "formaction", "http_equiv", "x y"])
def test_unknown_attributes_are_refused(name: str) -> None:
    with pytest.raises(UnsafeMarkup):
        element("p", **{name: "x"})


def test_what_is_not_seen_cannot_disguise() -> None:
    text = "补助\u202e元万5\u202c最高\u200b\u2066x\u2069\x07"
    assert undisguise(text) == "补助元万5最高x"
    assert element("p", text) == "<p>补助元万5最高x</p>"
    assert verbatim("a\u202eb<") == "a<span hidden>\u202e</span>b&lt;"


def test_pieces_are_joined() -> None:
    assert join(["<", element("br"), verbatim("&")]) == "&lt;<br>&amp;"
