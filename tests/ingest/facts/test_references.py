"""Which other documents a notice names, and what it does with them."""

import pytest

from corpus.notice import Notice, Reference, Relation
from ingest.facts.add import add_facts
from ingest.facts.references import same_number
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text

BODY = "一、总则\n（一）目的。为了测试。"
PREAMBLES = {
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
    "《甲规定》（以下简称《规定》）自即日起实施，《规定》另行解读。": [("甲规定", None, None, False)],
}
SENTENCES = {
    "《旧办法》（溪政发﹝2019﹞8号）同时废止。": [("旧办法", "溪政发﹝2019﹞8号", Relation.REPEALED)],
    "《甲办法》（省政府令第310号）、《乙办法》（溪财〔2018〕2号）停止执行。": [
        ("甲办法", "省政府令第310号", Relation.REPEALED),
        ("乙办法", "溪财〔2018〕2号", Relation.REPEALED),
    ],
    "《甲办法》（溪财〔2018〕1号）；《乙办法》（溪财〔2018〕2号）同时废止。": [
        ("甲办法", "溪财〔2018〕1号", Relation.REPEALED),
        ("乙办法", "溪财〔2018〕2号", Relation.REPEALED),
    ],
    "溪发改价格〔2019〕878号同时废止。": [("溪发改价格〔2019〕878号", "溪发改价格〔2019〕878号", Relation.REPEALED)],
    "按照《甲规定》办理，《乙规定》同时废止。": [
        ("甲规定", None, Relation.NAMED),
        ("乙规定", None, Relation.REPEALED),
    ],
    "对《甲规定》作如下修改。": [("甲规定", None, Relation.AMENDED)],
    "《甲规定》不停止执行。": [("甲规定", None, Relation.NAMED)],
    "按照省财政厅《资金办法》（国务院令第588号）执行。": [("资金办法", "国务院令第588号", Relation.NAMED)],
    "现将《甲规定》（溪财〔2018〕2号）转发给你们。": [("甲规定", "溪财〔2018〕2号", Relation.ANNEXED)],
    "按照溪财〔2018〕2号文件执行。": [("溪财〔2018〕2号", "溪财〔2018〕2号", Relation.NAMED)],
    "见《关于印发〈甲规定〉的通知》。": [("关于印发〈甲规定〉的通知", None, Relation.NAMED)],
}


def _read(text: str) -> Notice:
    return add_facts(parse_notice(text, "n"), view_text(text))


def _flatten(reference: Reference) -> tuple[str, str | None, str | None, bool]:
    return reference.title, reference.number, reference.issuers, reference.is_basis


@pytest.mark.parametrize(("preamble", "expected"), PREAMBLES.items())
def test_names_other_documents(preamble: str, expected: list[tuple[str, str | None, str | None, bool]]) -> None:
    text = f"关于测试的通知\n{preamble}\n{BODY}"
    references = _read(text).references
    assert [_flatten(r) for r in references] == expected
    assert all(text[r.phrase.start : r.phrase.end] == r.phrase.text for r in references)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items())
def test_says_what_is_done_with_them(sentence: str, expected: list[tuple[str, str | None, Relation]]) -> None:
    text = f"关于测试的通知\n现印发。\n一、总则\n（一）目的。{sentence}"
    assert [(r.title, r.number, r.relation) for r in _read(text).references] == expected


def test_the_first_article_may_name_the_basis() -> None:
    text = "测试办法\n第一条 为了测试，根据《甲条例》，制定本办法。\n第二条 按照《乙条例》办理。"
    assert [(r.title, r.relation, r.is_basis) for r in _read(text).references] == [
        ("甲条例", Relation.BASIS, False),
        ("乙条例", Relation.NAMED, False),
    ]


def test_only_the_preamble_names_a_basis() -> None:
    notice = _read("关于测试的通知\n现印发。\n一、总则\n（一）目的。按照省财政厅《资金办法》执行。")
    assert [_flatten(r) for r in notice.references] == [("资金办法", None, "省财政厅", False)]


def test_numbers_are_the_same_whatever_their_brackets() -> None:
    assert same_number("鲁科字〔2025〕128号", "鲁科字[2025]第128号")
    assert not same_number("鲁科字〔2025〕128号", "鲁科字〔2025〕12号")
    assert not same_number("", "")
