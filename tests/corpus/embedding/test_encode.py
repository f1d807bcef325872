"""The JSON of an answer has exactly the names and shapes that programs rely on."""

import json
import re
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.output.encode import encode_answer
from tests.fake_assistant import make_table_answer

FIELDS = [
    "id",
    "question",
    "standalone_question",
    "language",
    "status",
    "answer",
    "parts",
    "citations",
    "responsibilities",
    "missing",
    "items",
    "count",
    "repairs",
    "understood",
    "reply",
    "composer",
    "degraded",
    "corpus_version",
    "product_version",
    "notices",
    "timings_ms",
]
PART = {"kind", "text", "citations"}
CITATION = {
    "number",
    "kind",
    "provision_id",
    "notice_id",
    "document_number",
    "notice_title",
    "chapter",
    "measure_id",
    "measure_number",
    "measure_label",
    "measure_title",
    "quote",
    "start",
    "end",
    "url",
}
RESPONSIBLE = {"notice_id", "measure_id", "measure_number", "role", "departments"}
MISSING = {"ask", "subject", "measure_id"}
STATUSES = {"answered", "partly_answered", "not_stated", "needs_detail", "out_of_scope", "refused"}
PARTS = {"direct", "quote", "correction", "missing", "departments", "note", "source"}
KINDS = {"sentence", "heading", "responsibility", "title", "number", "preamble"}
QUESTIONS = [
    "中试基地一年奖多少？什么时候申报？",
    "一共有多少条措施",
    "算力卷多少钱",
    "你好",
    "多少钱",
    "文号是多少",
    "第100条",
    "How much for the patent pool?",
    "文件里提到养老院了吗",
]


def encoded(assistant: Assistant, question: str) -> dict[str, Any]:
    answer = json.loads(json.dumps(encode_answer(assistant.ask(question)), ensure_ascii=False))
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_shape(question: str, assistant: Assistant) -> None:
    answer = encoded(assistant, question)
    assert list(answer) == FIELDS
    assert answer["status"] in STATUSES
    assert all(set(p) == PART and p["kind"] in PARTS for p in answer["parts"])
    assert all(set(c) == CITATION and c["kind"] in KINDS for c in answer["citations"])
    assert all(set(r) == RESPONSIBLE for r in answer["responsibilities"])
    assert all(set(m) == MISSING for m in answer["missing"])
    assert all(set(i) == {"text", "citations"} for i in answer["items"] or ())
    assert answer["count"] is None or set(answer["count"]) == {"value", "of"}
    assert all(set(r) == {"from", "to"} for r in answer["repairs"])
    assert list(answer["timings_ms"]) == ["understand", "retrieve", "compose", "verify", "total"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_mark_is_a_citation_and_every_citation_is_marked(question: str, assistant: Assistant) -> None:
    answer = encoded(assistant, question)
    numbers = [c["number"] for c in answer["citations"]]
    marks = {int(m) for m in re.findall(r"\[(\d+)\]", answer["answer"])}
    assert numbers == list(range(1, len(numbers) + 1))
    assert marks == set(numbers)
    assert answer["answer"].strip()


def test_values(assistant: Assistant) -> None:
    answer = encoded(assistant, "中试基地一年奖多少？什么时候申报？")
    assert (answer["status"], answer["language"], answer["composer"]) == ("partly_answered", "zh", "quote")
    assert answer["missing"] == [{"ask": "date", "subject": "中试基地", "measure_id": "3.9"}]
    assert answer["responsibilities"] == [
        {
            "notice_id": "lkz-2025-128",
            "measure_id": "3.9",
            "measure_number": 9,
            "role": "按职责分工负责",
            "departments": ["省科技厅", "省工业和信息化厅", "省财政厅"],
        }
    ]
    assert [p["kind"] for p in answer["parts"]] == ["direct", "quote", "missing", "departments", "source"]
    assert answer["answer"].startswith("对服务突出的省级中试基地，年度最高奖补200万元。[1]\n\n> ")
    assert (answer["items"], answer["count"], answer["repairs"], answer["degraded"]) == (None, None, [], None)


def test_only_tables_have_columns_and_rows() -> None:
    answer = json.loads(json.dumps(encode_answer(make_table_answer(("甲|乙", "200万元"))), ensure_ascii=False))
    table = {
        "kind": "table",
        "text": "| 对象 | 支持 |\n| --- | --- |\n| 甲\\|乙 | 200万元[1] |",
        "columns": ["对象", "支持"],
        "rows": [{"cells": ["甲|乙", "200万元"], "citations": [1]}],
        "citations": [1],
    }
    assert [part for part in answer["parts"] if set(part) != PART] == [table]
    assert f"\n\n{table['text']}\n\n> " in answer["answer"]


def test_repairs_and_lists(assistant: Assistant) -> None:
    assert encoded(assistant, "算力卷多少钱")["repairs"] == [{"from": "算力卷", "to": "算力券"}]
    listed = encoded(assistant, "一共有多少条措施")
    assert (listed["composer"], listed["count"]) == ("list", {"value": 16, "of": None})
    assert listed["items"][8] == {"text": "第（九）条 技术转移转化和推广服务", "citations": [9]}
    assert "\n9. 第（九）条 技术转移转化和推广服务[9]\n" in listed["answer"]
    assert encoded(assistant, "你好")["composer"] == "fixed"


def test_the_question_stays_as_typed(assistant: Assistant) -> None:
    answer = encoded(assistant, "  創新券\u200b多少錢？ ")
    assert answer["question"] == "  創新券\u200b多少錢？ "
    assert answer["standalone_question"] == "创新券多少钱？"
