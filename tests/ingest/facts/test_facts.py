"""What the items of a notice state."""

import pytest

from corpus.notice import Notice, Phrase, Reference
from ingest.facts.add import add_facts
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text

BODY = "一、总则\n（一）目的。为了测试。"
REFERENCES = {
    "根据《科技进步条例》，制定本办法。": [("科技进步条例", None, None, True)],
    "落实工业和信息化部、教育部等九部门《关于加快发展的实施意见》（工信部联科〔2025〕110号），制定本措施。": [
        ("关于加快发展的实施意见", "工信部联科〔2025〕110号", "工业和信息化部、教育部等九部门", True)
    ],
    "按照《甲规定》《乙规定》和《丙规定》（财教〔2020〕3号）办理。": [
        ("甲规定", None, None, True),
        ("乙规定", None, None, True),
        ("丙规定", "财教〔2020〕3号", None, True),
    ],
    "现将《关于测试的通知》印发给你们。": [],
    "《甲规定》已经公布，《甲规定》即日施行。": [("甲规定", None, None, False)],
    "见《甲规定》（以下简称规定）。": [("甲规定", None, None, False)],
}


def _read(text: str) -> Notice:
    return add_facts(parse_notice(text, "n"), view_text(text))


def _flatten(reference: Reference) -> tuple[str, str | None, str | None, bool]:
    return reference.title, reference.number, reference.issuers, reference.is_basis


@pytest.mark.parametrize(("preamble", "expected"), REFERENCES.items())
def test_names_other_documents(preamble: str, expected: list[tuple[str, str | None, str | None, bool]]) -> None:
    text = f"关于测试的通知\n{preamble}\n{BODY}"
    references = _read(text).references
    assert [_flatten(r) for r in references] == expected
    assert all(text[r.phrase.start : r.phrase.end] == r.phrase.text for r in references)


def test_only_the_preamble_names_a_basis() -> None:
    notice = _read("关于测试的通知\n现印发。\n一、总则\n（一）目的。按照省财政厅《资金办法》执行。")
    assert [_flatten(r) for r in notice.references] == [("资金办法", None, "省财政厅", False)]


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
