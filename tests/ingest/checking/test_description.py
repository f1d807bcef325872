"""The JSON of a notice: its keys, and offsets that hold what they say."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.notice import Item, Notice, Phrase, Reference, Relation, Support, Validity, Value
from ingest.checking.description import describe
from ingest.publishing.publish import Source
from tests.ingest.checking.sources import FRONT, WHOLE, read_source

KEYS = (
    "file id title document_number chapters measures sentences issuer issued_on validity tree supports values actors references "
    "warnings spans"
)


def place(words: str) -> Phrase:
    start = WHOLE.index(words)
    return Phrase(words, start, start + len(words))


def shown(words: str) -> dict[str, Any]:
    return {"text": words, "start": WHOLE.index(words), "end": WHOLE.index(words) + len(words)}


def with_item(item: Item) -> Source:
    """The whole notice whose first measure says this."""
    source = read_source(WHOLE)
    first, *chapters = source.notice.chapters
    measure = first.measures[0]
    provision = replace(measure.provisions[0], items=(item,))
    measures = (replace(measure, provisions=(provision,)), *first.measures[1:])
    notice = replace(source.notice, chapters=(replace(first, measures=measures), *chapters))
    return replace(source, notice=notice)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(describe(read_source(WHOLE))))
    return read


def test_has_these_keys(described: dict[str, Any]) -> None:
    assert list(described) == KEYS.split()
    assert {key: described[key] for key in KEYS.split()[:9]} == {
        "file": "a.txt",
        "id": "qcz-2025-3",
        "title": "关于支持茶产业的若干措施",
        "document_number": "青测字〔2025〕3号",
        "chapters": 3,
        "measures": 3,
        "sentences": 10,
        "issuer": "青云市人民政府",
        "issued_on": "2025年1月2日",
    }


def test_a_measure_carries_its_departments(described: dict[str, Any]) -> None:
    bracket = "（市农业农村局牵头，市财政局配合）"
    measure = described["tree"][1]
    assert measure == {
        "kind": "measure",
        "label": "（一）",
        "title": "新建茶园",
        "path": ["一、"],
        "anchor": "m1",
        "start": WHOLE.index("（一）"),
        "end": WHOLE.index(bracket),
        "responsibilities": [
            {"role": "lead", "departments": ["市农业农村局"], **shown(bracket)},
            {"role": "supporting", "departments": ["市财政局"], **shown(bracket)},
        ],
    }


def test_every_place_holds_its_words(described: dict[str, Any]) -> None:
    found = [
        *described["supports"],
        *described["values"],
        *(o for n in described["tree"] for o in n["responsibilities"]),
    ]
    assert found
    assert all(WHOLE[one["start"] : one["end"]] == one["text"] for one in found)
    for reference in described["references"]:
        assert reference["title"] in WHOLE[reference["start"] : reference["end"]]


def test_spans_leave_nothing_out(described: dict[str, Any]) -> None:
    kept = {n for start, end in described["spans"] for n in range(start, end)}
    assert "".join(c for n, c in enumerate(WHOLE) if n not in kept).strip() == ""
    assert described["spans"] == sorted(described["spans"])


def test_a_support_shows_its_six_fields_and_the_least() -> None:
    source = read_source(WHOLE)
    amount = next(i for p in source.notice.provisions() for i in p.items if i.amounts).amounts[0]
    support = Support("", "补助", amount, (), place("给予最高2000元补助"), place("农户"), place("新建茶园"), payer=None)
    item = Item("", 0, 0, supports=(replace(support, least=amount, paid=place("每亩")),))
    found, *_ = describe(with_item(item))["supports"]
    assert found == {
        "anchor": "m1.1",
        "who": shown("农户"),
        "act": shown("新建茶园"),
        "condition": None,
        "amount": shown("2000元"),
        "least": shown("2000元"),
        "paid": shown("每亩"),
        "payer": None,
        **shown("给予最高2000元补助"),
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), [("share", "30%")]),
        ((Value("share", place("不超过投资的30%")),), [("share", "不超过投资的30%")]),
        ((Value("date", place("2025年1月2日")),), [("date", "2025年1月2日"), ("share", "30%")]),
    ],
)
def test_a_percentage_is_a_share_once(values: tuple[Value, ...], expected: list[tuple[str, str]]) -> None:
    items = [i for p in read_source(WHOLE).notice.provisions() for i in p.items]
    share = next(i for i in items if any(a.unit == "%" for a in i.amounts))
    found = describe(with_item(replace(share, values=values)))["values"]
    assert [(v["kind"], v["text"]) for v in found if v["anchor"] == "m1.1"] == expected


@pytest.mark.parametrize(("relation", "expected"), [(Relation.REPEALED, "repealed"), (Relation.NAMED, None)])
def test_a_document_that_is_only_named_has_no_relation(relation: Relation, expected: str | None) -> None:
    source = read_source(WHOLE)
    reference = Reference("品牌管理办法", None, None, False, place("《品牌管理办法》"), relation)
    (found,) = describe(replace(source, notice=replace(source.notice, references=(reference,))))["references"]
    assert found == {
        "title": "品牌管理办法",
        "number": None,
        "relation": expected,
        "start": reference.phrase.start,
        "end": reference.phrase.end,
    }


def test_validity_is_told_as_printed_and_as_dates() -> None:
    source = read_source(WHOLE)
    notice: Notice = replace(
        source.notice, validity=Validity(from_words=place("2025年2月1日"), begins=date(2025, 2, 1))
    )
    assert describe(replace(source, notice=notice))["validity"] == {
        "from": "2025年2月1日",
        "until": None,
        "begins": "2025-02-01",
        "ends": None,
    }


def test_a_title_that_is_not_printed_is_none() -> None:
    assert describe(read_source("一、种植\n新建茶园。\n二、销售\n开设门店。\n"))["title"] is None
    assert describe(read_source(f"{FRONT}新建茶园。"))["title"] == "关于支持茶产业的若干措施"
