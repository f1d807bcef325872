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
    assert {kind: s for kind, s in shares.items() if not 0.15 <= s <= 0.5} == {}


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
        ({"answerable": False, "status": ("answered",)}, "answerable 为 false，却要求回答"),
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


LISTS = [
    ("省大数据局负责哪几条？", (5, 13)),
    ("不归省科技厅管的有哪些", (6, 8)),
    ("省能源局和省海洋局共同负责哪几条", (3, 8)),
    ("第三部分有哪几条", (7, 8, 9)),
    ("做优专业科技服务品质里有哪几条", (7, 8, 9)),
    ("牵头负责的是哪几条", (6, 16)),
    ("写明金额的是哪几条", (2, 6, 9, 10)),
    ("最高200万元的支持在哪几条", (6, 9, 10)),
    ("提到山东科技大市场的是哪几条", (9, 14)),
    ("责任部门最多的是哪几条", (3, 11, 15)),
    ("全部措施", tuple(range(1, 17))),
]


@pytest.mark.parametrize(("question", "measures"), LISTS)
def test_list_is_that_of_the_catalogue(
    cases: tuple[PlacedCase, ...], library: Library, question: str, measures: tuple[int, ...]
) -> None:
    case = Case(id="x", kind="lists", question=question, answerable=True, measures=measures, exact=True)
    assert check_cases([PlacedCase(case, cases[0].path, 1)], library) == ()
    for wrong in ((*measures[1:],), tuple({*measures} ^ {1, 10, 12})):
        bent = case.model_copy(update={"measures": wrong})
        problems = check_cases([PlacedCase(bent, cases[0].path, 1)], library)
        assert [p.reason for p in problems] == ["x：要求的条款与目录里的名单不符"]


def test_hardly_any_bent_list_of_the_shipped_cases_passes(cases: tuple[PlacedCase, ...], library: Library) -> None:
    """Every list with each measure added or left out: at most one in thirty is another list that the question names."""
    bent = [
        PlacedCase(placed.case.model_copy(update={"measures": tuple(measures), "facts": ()}), placed.path, placed.line)
        for placed in cases
        if placed.case.exact and placed.case.measures
        for number in range(1, 17, 3)
        if (measures := {*placed.case.measures} ^ {number})
    ]
    found = {(p.line, p.reason) for p in check_cases(bent, library)}
    assert len(bent) > 200
    assert len(check_cases(bent, library)) > len(bent) * 29 / 30, found


@pytest.mark.parametrize(
    ("fields", "right", "wrong"),
    [
        ({"question": "省大数据局负责几条", "measures": (5, 13)}, "2条", "3条"),
        ({"question": "写明的金额有几笔", "measures": (2, 6, 9, 10)}, "6笔", "7笔"),
        ({"question": "第八条有几个部门负责", "measures": (8,)}, "5个部门", "4个部门"),
        ({"question": "最高200万元的有几项", "measures": (6, 9, 10)}, "3项", "2项"),
        ({"question": "“鲁科”品牌有几个", "measures": (15,)}, "5个", "4个"),
        ({"question": "跟省财政厅没关系的有几条"}, "9条", "8条"),
        ({"question": "一共几条"}, "16条", "17条"),
        ({"question": "有多少个责任部门"}, "20个", "21个"),
        ({"question": "分成几个部分"}, "5个部分", "6个部分"),
    ],
)
def test_count_is_that_of_the_catalogue(
    cases: tuple[PlacedCase, ...], library: Library, fields: dict[str, object], right: str, wrong: str
) -> None:
    for said, expected in ((right, []), (wrong, [f"x：“{wrong}”与目录里的数目不符"])):
        case = Case.model_validate({"id": "x", "kind": "counts", "answerable": True, "facts": [[said]], **fields})
        assert [p.reason for p in check_cases([PlacedCase(case, cases[0].path, 1)], library)] == expected


def test_departments_are_all_of_the_wanted_measures(cases: tuple[PlacedCase, ...], library: Library) -> None:
    names = ("省科技厅", "省工业和信息化厅", "省财政厅")
    for departments, expected in ((names, []), (names[:2], ["x：要求的部门与目录里的名单不符"])):
        case = Case(id="x", kind="departments", question="问", answerable=True, measures=(9,), departments=departments)
        assert [p.reason for p in check_cases([PlacedCase(case, cases[0].path, 1)], library)] == expected
