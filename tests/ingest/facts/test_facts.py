"""What the items of a notice state."""

from dataclasses import replace

import pytest

from corpus.notice import Notice, Phrase
from ingest.facts.add import add_facts
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text

BODY = "一、总则\n（一）目的。为了测试。"


def _read(text: str) -> Notice:
    return add_facts(parse_notice(text, "n"), view_text(text))


def test_binds_facts_to_items_at_their_place() -> None:
    text = f"关于测试的通知\n{BODY}\n（二）支持。对企业给予50万元补助；对高校每年遴选10个，给予“算力券”奖补。"
    provision = list(_read(text).provisions())[-1]
    first, second = provision.items

    def place(printed: str) -> Phrase:
        return Phrase(printed, text.index(printed), text.index(printed) + len(printed))

    items = [Phrase(i.text, i.start, i.end) for i in provision.items]
    assert items == [place("对企业给予50万元补助；"), place("对高校每年遴选10个，给予“算力券”奖补。")]
    assert [Phrase(a.text, a.start, a.end) for a in first.amounts] == [place("50万元")]
    assert [(s.beneficiary, s.amount) for s in first.supports] == [("企业", first.amounts[0])]
    assert [(s.kind, s.phrase) for s in second.values] == [("quantity", place("10个"))]
    assert [(s.form, s.amount) for s in second.supports] == [("算力券", None)]
    assert provision.terms == (place("算力券"),)


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("实施“算力券”和「专题」。", ["算力券", "专题"]),
        ("“甲”“乙”。", ["甲", "乙"]),
        (f"“{'长' * 25}”不算。", []),
        ("《甲规定》不算。", []),
        ("没关上的“引号。", []),
    ],
)
def test_terms_are_names_in_quotation_marks(sentence: str, terms: list[str]) -> None:
    (provision,) = (p for p in _read(f"关于测试的通知\n一、总则\n（一）目的。{sentence}").provisions())
    assert [t.text for t in provision.terms] == terms


def test_every_part_of_a_notice_gets_its_facts() -> None:
    text = "关于测试的通知\n先给予1万元。\n一、总则\n再给予2万元。\n（一）目的。又给予3万元。\n2025年1月2日\n附件：给予4万元。"
    assert [a.text for p in _read(text).provisions() for i in p.items for a in i.amounts] == [
        "1万元",
        "2万元",
        "3万元",
        "4万元",
    ]


def test_headings_and_the_contact_line_state_facts_too() -> None:
    text = "关于测试的通知\n一、2025年底前完成\n（一）扶持。给予4万元。\n2025年1月2日"
    notice = _read(text)
    assert [(v.kind, v.phrase.text) for c in notice.chapters for i in c.items for v in i.values] == [
        ("deadline", "2025年底前")
    ]
    begin = text.index("2025年1月2日")
    contact = replace(notice, contact=Phrase(text[begin:], begin, len(text)))
    assert [v.phrase.text for i in add_facts(contact, view_text(text)).items for v in i.values] == ["2025年1月2日"]
    assert {v.phrase.text for i in notice.all_items() for v in i.values} >= {"2025年底前"}
