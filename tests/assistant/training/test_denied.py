"""What a list leaves out is learned from lists alone."""

from pathlib import Path

import numpy as np

from assistant.naming.masks import mask_spans
from assistant.training.denied import DeniedAccuracy, train_denied
from assistant.training.messages import LabelledClause, Message
from assistant.understanding.denied import DeniedReader
from corpus.language.departments import DepartmentTable
from tests.assistant.training.conftest import AUTHORS, Learning

DENIED = [
    ("没有◆的条款有哪些，", True, True),
    ("◆或◎牵头的条款列成表，", False, False),
    ("◎或◆牵头的条款列成表，", False, False),
]


def test_what_a_list_leaves_out_is_learned(learning: Learning, departments: DepartmentTable, tmp_path: Path) -> None:
    stored, accuracy = train_denied(learning.messages, departments)
    assert accuracy == DeniedAccuracy(names=12, precision=1.0, recall=1.0)
    np.savez_compressed(tmp_path / "denied.npz", **stored)  # type: ignore[arg-type]
    reader = DeniedReader(tmp_path / "denied.npz")
    assert [reader.is_denied(clause, is_pointed) for clause, is_pointed, _ in DENIED] == [out for *_, out in DENIED]


def test_only_lists_leave_names_out(learning: Learning, departments: DepartmentTable) -> None:
    """What a clause states or checks is no example, whatever it denies."""
    text = "没有省教育厅的批准能申请吗"
    stated = LabelledClause(
        text, mask_spans(text, [(2, 6, "◎")]), "ask", "recipient", "check", ("省教育厅",), (), False, {"shows": "text"}
    )
    others = [Message(name, (), (stated,)) for name, *_ in AUTHORS]
    _, accuracy = train_denied([*learning.messages, *others], departments)
    assert accuracy.names == 12
