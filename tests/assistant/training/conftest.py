"""Sixteen messages that training learns from in a moment, by four authors."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from assistant.training.messages import Message, Single, load_messages
from assistant.training.wants import Row, fold_authors, make_features, make_rows, train_heads
from corpus.embedding.embed import Embedder
from corpus.language.departments import DepartmentTable, load_departments

AUTHORS = [
    ("an", "专利池", "杭州", "？"),
    ("bo", "创新券", "成都", "？"),
    ("cui", "中试基地", "南京", "？"),
    ("ding", "孵化器", "长沙", "呀？"),
]
SINGLES = (Single("◇要多少钱", "ask", "sum", "state"), Single("你好", "greeting", "", ""))


def ask(text: str, label: str, *names: str, act: str = "ask", inherited: Sequence[str] = ()) -> dict[str, Any]:
    """A clause that asks; `label` is its value and operation."""
    value, operation = label.split()
    asked = {"text": text, "act": act, "value": value, "operation": operation}
    return {**asked, "names": list(names), "inherited": list(inherited)}


def ask_list(clause: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Any]:
    """A clause that wants to see the catalogue."""
    return {**clause, "list": dict(labels)}


def write_messages(author: str, thing: str, place: str, end: str) -> list[dict[str, Any]]:
    """Four messages; what is moved from a place is background once, and a condition once; the last asks for lists."""
    greeted = [
        {"text": "您好，", "act": "greeting"},
        ask(f"{thing}最高补助多少钱，", "sum state", thing),
        ask(f"由谁负责{end}", "department state", inherited=[thing]),
    ]
    supposed = [
        ask(f"省科技厅负责不负责{thing}，", "department check", "省科技厅", thing),
        ask(f"如果从{place}搬来，最高补助多少钱？", "sum state", inherited=[thing]),
    ]
    told = [
        {"text": f"我们从{place}搬来，", "act": "told"},
        ask(f"可以申领{thing}吗，", "recipient check", thing),
        ask(f"{place}的{thing}补助多少钱？", "sum state", thing, act="elsewhere"),
    ]
    finance, education = "省财政厅", "省教育厅"
    listed = [
        ask_list(
            ask(f"{finance}或{education}牵头的条款列成表，", "clause list", finance, education),
            {"shows": "measures", "role": "lead", "join": "any", "table": True},
        ),
        ask_list(
            ask(f"没有{education}的条款有哪些，", "clause list", education),
            {"shows": "measures", "without": [education]},
        ),
        ask_list(
            ask(f"哪个部分200万元的一次性补助最多{end}", "sum rank"),
            {"shows": "chapters", "money": "priced", "paid": "once", "bound": "equal"}
            | {"group": "chapters", "order": "most", "by": "supports"},
        ),
    ]
    return [
        {"author": author, "clauses": greeted},
        {"author": author, "home": "济南", "history": [f"{thing}怎么样"], "clauses": supposed},
        {"author": author, "home": "济南", "clauses": told},
        {"author": author, "clauses": listed},
    ]


@pytest.fixture(scope="package", autouse=True)
def _one_thread() -> Iterator[None]:
    """So little is learned that threads of the solvers would only wait for each other."""
    with threadpool_limits(1):
        yield


@dataclass(frozen=True)
class Learning:
    """The sixteen messages as the parts of training hand them on."""

    messages: tuple[Message, ...]
    rows: list[Row]
    features: Any
    folds: list[tuple[frozenset[str], list[Any]]]

    def of(self, authors: frozenset[str]) -> NDArray[np.bool_]:
        return np.array([row.author in authors for row in self.rows])


@pytest.fixture(scope="package")
def departments() -> DepartmentTable:
    return load_departments()


@pytest.fixture(scope="package")
def learning(departments: DepartmentTable, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Learning:
    path = tmp_path_factory.mktemp("messages") / "messages.jsonl"
    lines = [json.dumps(m, ensure_ascii=False) for author in AUTHORS for m in write_messages(*author)]
    path.write_text("\n".join(lines), encoding="utf-8")
    messages = load_messages(departments, path)
    rows = make_rows(messages, SINGLES, embedder, departments)
    bare = Learning(messages, rows, make_features([r.masked for r in rows], [r.vector for r in rows]), [])
    authors = list(fold_authors([m.author for m in messages]))
    return replace(bare, folds=[(a, train_heads(bare.features, rows, ~bare.of(a))) for a in authors])
