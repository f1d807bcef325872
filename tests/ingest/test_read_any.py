"""Whatever text is given: it is read without a crash, nothing of it is lost, and every phrase stands where it says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.notice import Notice
from ingest.checking.description import find_spans
from ingest.facts.add import add_facts
from ingest.parsing.parse import UnknownStructure, parse_view
from ingest.parsing.view import view_text

PIECES = st.sampled_from(
    [
        "一、", "二、", "（一）", "（二）", "1.", "2.", "（1）", "①", "第一条 ", "第二条 ", "第二条之一 ", "第一章 ", "1.1 ", "2 ",
        "附件1", "附件：", "附则", "目录", "\n", "\n", "\n", " ", "\t", "。", "；", "：", "，", "、", "（", "）", "《", "》", "“", "”",
        "关于测试的通知", "各有关单位：", "海民发〔2024〕3号", "２０２４年５月１日", "自2024年5月1日起施行", "有效期三年", "同时废止",
        "对企业给予", "最高50万元", "20%", "每人每月", "补助", "不予", "（省科技厅牵头，省财政厅配合）", "责任单位：市科技局。",
        "列第一位者为牵头单位，下同", "电话0531-66777777转6", "联系人：", "市财政局", "补貼標準", "㈠", "⑴", "\u200b", "\u3000", "甲乙丙丁",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=120))


def _read(text: str) -> Notice | None:
    view = view_text(text)
    try:
        return add_facts(parse_view(view, "n"), view)
    except UnknownStructure:
        return None


@settings(max_examples=300)
@given(TEXTS)
def test_nothing_is_lost_of_any_text(text: str) -> None:
    notice = _read(text)
    if notice is None:
        assert not view_text(text).text.strip()
        return
    kept = {n for start, end in find_spans(notice) for n in range(start, end)}
    shown = set(view_text(text).starts)
    lost = [c for n, c in enumerate(text) if n not in kept and n in shown and not c.isspace()]
    assert "".join(lost).strip("：") == ""


@settings(max_examples=300)
@given(TEXTS)
def test_every_sentence_and_value_stands_where_it_says(text: str) -> None:
    notice = _read(text)
    for provision in notice.provisions() if notice else ():
        assert text[provision.start : provision.end] == provision.text
        for item in provision.items:
            phrases = [v.phrase for v in item.values] + [s.phrase for s in item.supports]
            assert all(text[p.start : p.end] == p.text for p in phrases)
            assert all(text[a.start : a.end] == a.text for a in item.amounts)
