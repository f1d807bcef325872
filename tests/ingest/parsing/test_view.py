"""The view of a text: what it unifies, and that every character knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing.view import view_text

SHOWN = [
    ("", ""),
    ("第３条 补助５０％", "第3条 补助50%"),
    ("发改﹝2025﹞8号[2024]", "发改〔2025〕8号〔2024〕"),
    ("(一)ㄧ㈡⑶⒋①", "（一）一（二）（3）4.①"),
    ("零宽\u200b字\ufeff", "零宽字"),
    ("资\u3000金\xa0元", "资 金 元"),
    ("⼀、⽬", "一、目"),
    ("申請資助的企業，每家最高補助50,000元。", "申请资助的企业，每家最高补助50,000元。"),
    ("著名的乾隆皇帝", "著名的乾隆皇帝"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_unifies_what_looks_alike(text: str, shown: str) -> None:
    assert view_text(text).text == shown


def test_a_phrase_is_the_canonical_text_at_its_place() -> None:
    view = view_text("甲⑴\u200b补助５０％。")
    begin = view.text.index("补助")
    phrase = view.phrase(begin, begin + 5)
    assert (phrase.text, phrase.start, phrase.end) == ("补助５０％", 3, 8)
    assert view.within(3, 8).text == "补助50%"


@given(st.text(max_size=60), st.data())
def test_every_stretch_has_its_place(text: str, data: st.DataObject) -> None:
    view = view_text(text)
    if not view.text:
        return
    begin = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(begin + 1, len(view.text)))
    phrase = view.phrase(begin, end)
    assert text[phrase.start : phrase.end] == phrase.text
    assert view.text[begin:end] in view.within(phrase.start, phrase.end).text
