"""The shipped cases agree with the shipped notices."""

from collections import Counter

import pytest

from evals.case import Case, PlacedCase, find_case_files, read_cases
from evals.check import check_cases
from evals.context import Library
from ingest.publish import Source


@pytest.fixture(scope="module")
def library(seed: Source) -> Library:
    return Library((seed.notice,), {seed.notice.id: seed.text})


@pytest.fixture(scope="module")
def cases() -> tuple[PlacedCase, ...]:
    return read_cases(find_case_files())


def test_shipped_cases_agree_with_the_notices(cases: tuple[PlacedCase, ...], library: Library) -> None:
    assert [str(p) for p in check_cases(cases, library)] == []


def test_kind_is_the_name_of_the_file(cases: tuple[PlacedCase, ...]) -> None:
    assert {(p.case.kind, p.path.stem) for p in cases} == {(p.case.kind, p.case.kind) for p in cases}


def test_a_third_is_held_out_of_every_larger_kind(cases: tuple[PlacedCase, ...]) -> None:
    shares = {kind: _held_out_share(cases, kind) for kind, n in Counter(p.case.kind for p in cases).items() if n >= 9}
    assert {kind: s for kind, s in shares.items() if not 0.2 <= s <= 0.45} == {}


def _held_out_share(cases: tuple[PlacedCase, ...], kind: str) -> float:
    marks = [p.case.held_out for p in cases if p.case.kind == kind]
    return sum(marks) / len(marks)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"measures": (17,)}, "没有第 17 条"),
        ({"clauses": ("9.9",)}, "没有第 9.9 条"),
        ({"measures": (9,), "facts": (("500万元",),)}, "条款里没有“500万元”"),
        ({"measures": (9,), "departments": ("省教育厅",)}, "部门“省教育厅”不负责所列条款"),
        ({"departments": ("教育厅",)}, "部门“教育厅”不是目录里的全称"),
        ({"measures": (9,), "facts": (("200万元",),), "forbidden": ("200万",)}, "“200万”既是事实又是禁语"),
        ({"status": ("not_stated",)}, "answerable 为 true，status 里却没有 answered"),
        ({"answerable": "partly", "status": ("answered",)}, 'answerable 为 "partly"，status 里却没有 partly_answered'),
        ({"answerable": False, "status": ("answered",)}, "answerable 为 false，却要求事实或回答"),
        (
            {"kind": "counts", "exact": True, "measures": (5, 13), "facts": (("3条", "3条措施"),)},
            "事实“3条”与 2 个条款不符",
        ),
        ({"notice_id": "nowhere"}, "没有编号为 nowhere 的通知"),
        ({"forbiden": ("一次性",)}, "多余的字段 forbiden"),
    ],
)
def test_planted_mistake_is_found(
    cases: tuple[PlacedCase, ...], library: Library, fields: dict[str, object], reason: str
) -> None:
    case = Case.model_validate({"id": "x", "kind": "sums", "question": "问", "answerable": True, **fields})
    (problem,) = check_cases([PlacedCase(case, cases[0].path, 1)], library)
    assert problem.reason == f"x：{reason}"
