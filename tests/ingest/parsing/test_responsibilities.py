"""Who is responsible, read from brackets and lines of their own."""

import pytest

from corpus.notice import Phrase, Responsibility, Role
from ingest.parsing.responsibilities import Assignment, find_assignments
from ingest.parsing.view import view_text

LEAD, SHARED, HELP = Role.LEAD, Role.SHARED, Role.SUPPORTING

# What stands in the bracket, and the role, its words and the names that are read from it.
INSIDE = [
    ("省科技厅牵头负责", [(LEAD, "牵头负责", ["省科技厅"])]),
    ("省科技厅、省财政厅按职责分工负责", [(SHARED, "按职责分工负责", ["省科技厅", "省财政厅"])]),
    ("省科技厅、省财政厅等按职责负责", [(SHARED, "按职责负责", ["省科技厅", "省财政厅"])]),
    ("省科技厅、省财政厅等有关部门负责", [(SHARED, "负责", ["省科技厅", "省财政厅"])]),
    ("省科技厅负责", [(SHARED, "负责", ["省科技厅"])]),
    ("由省科技厅负责落实", [(SHARED, "负责落实", ["省科技厅"])]),
    ("生态环境部指导", [(HELP, "指导", ["生态环境部"])]),
    (
        "省科技厅牵头，省财政厅、省教育厅配合",
        [(LEAD, "牵头", ["省科技厅"]), (HELP, "配合", ["省财政厅", "省教育厅"])],
    ),
    (
        "省科技厅牵头，省财政厅按职责分工负责",
        [(LEAD, "牵头", ["省科技厅"]), (SHARED, "按职责分工负责", ["省财政厅"])],
    ),
    (
        "省科技厅牵头会同省财政厅负责",
        [(LEAD, "牵头", ["省科技厅"]), (SHARED, "负责", ["省财政厅"])],
    ),
    (
        "省交通运输厅、省公安厅牵头，省商务厅，各市、县〔区〕人民政府、赣江新区管委会配合",
        [
            (LEAD, "牵头", ["省交通运输厅", "省公安厅"]),
            (HELP, "配合", ["省商务厅", "各市、县〔区〕人民政府", "赣江新区管委会"]),
        ],
    ),
    ("省科技厅、各县（市、区）人民政府负责", [(SHARED, "负责", ["省科技厅", "各县（市、区）人民政府"])]),
    ("省委宣传部和省科技厅负责", [(SHARED, "负责", ["省委宣传部", "省科技厅"])]),
    (
        "商务部、农业农村部等和各有关省级人民政府负责",
        [(SHARED, "负责", ["商务部", "农业农村部", "各有关省级人民政府"])],
    ),
    ("财政部、教育部等有关部门和单位负责", [(SHARED, "负责", ["财政部", "教育部"])]),
    ("责任单位：省科技厅、省财政厅", [(SHARED, "责任单位", ["省科技厅", "省财政厅"])]),
    ("负责部门：自然资源部", [(SHARED, "负责部门", ["自然资源部"])]),
    (
        "牵头单位：省科技厅；配合单位：省财政厅、省教育厅",
        [(LEAD, "牵头单位", ["省科技厅"]), (HELP, "配合单位", ["省财政厅", "省教育厅"])],
    ),
    (
        "牵头单位：省科技厅，责任单位：省财政厅",
        [(LEAD, "牵头单位", ["省科技厅"]), (SHARED, "责任单位", ["省财政厅"])],
    ),
    ("人民银行山东省分行、山东证监局负责", [(SHARED, "负责", ["人民银行山东省分行", "山东证监局"])]),
]
SAYS_MORE = [
    ("对接部门：区科技局；联系电话：66778899", [(SHARED, "对接部门", ["区科技局"])]),
    ("负责部门：民航局，适用范围：河南自贸试验区", [(SHARED, "负责部门", ["民航局"])]),
    ("责任单位：市财政局；联系人：张三；联系电话：88497927", [(SHARED, "责任单位", ["市财政局"])]),
    ("财政部、海关总署负责，排在第一位的部门为牵头部门，下同", [(SHARED, "负责", ["财政部", "海关总署"])]),
    ("财政部负责。列第一位者为牵头单位，下同", [(SHARED, "负责", ["财政部"])]),
]
NOT_ASSIGNED = [
    "支持发展。",
    "支持发展（以下简称支持）。",
    "支持发展。（此件公开发布）",
    "（一）支持发展。",
    "培育企业（由2人负责）。",
    "支持发展。（负责）",
    "支持发展。（责任单位：）",
    "由省科技厅（或者省财政厅牵头）办理本事项",
    "责任单位：",
    "时间：2025年",
]
ROLES = list[tuple[Role, str, list[str]]]


def _expect(phrase: Phrase, roles: ROLES, says_more: bool = False) -> Assignment:
    owners = tuple(Responsibility(phrase, role, words, tuple(names)) for role, words, names in roles)
    return Assignment(phrase.start, phrase.end, owners, says_more)


@pytest.mark.parametrize(("inside", "roles"), INSIDE)
@pytest.mark.parametrize("bracket", ["（{}）", "({})", "（{}）。"])
def test_reads_roles_and_names_in_brackets(bracket: str, inside: str, roles: ROLES) -> None:
    printed = bracket.format(inside)
    assert find_assignments(view_text(f"支持发展。{printed}")) == (
        _expect(Phrase(printed, 5, 5 + len(printed)), roles),
    )


@pytest.mark.parametrize(("inside", "roles"), SAYS_MORE)
def test_tells_where_a_bracket_says_more(inside: str, roles: ROLES) -> None:
    printed = f"（{inside}）"
    assert find_assignments(view_text(f"支持发展。{printed}")) == (
        _expect(Phrase(printed, 5, 5 + len(printed)), roles, True),
    )


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("责任单位：省科技厅、省财政厅", [(SHARED, "责任单位", ["省科技厅", "省财政厅"])]),
        ("牵头单位：省科技厅。", [(LEAD, "牵头单位", ["省科技厅"])]),
        (
            "牵头部门：省科技厅；配合部门：省财政厅",
            [(LEAD, "牵头部门", ["省科技厅"]), (HELP, "配合部门", ["省财政厅"])],
        ),
    ],
)
def test_reads_a_line_of_its_own(line: str, roles: ROLES) -> None:
    assert find_assignments(view_text(line)) == (_expect(Phrase(line, 0, len(line)), roles),)


def test_reads_every_sentence_that_assigns() -> None:
    text = "甲事。（省科技厅负责）乙事（见附件）。丙事（省财政厅牵头）。丁事。〔责任单位：省教育厅〕"
    assert [
        (text[a.begin : a.end], [r.departments for r in a.responsibilities]) for a in find_assignments(view_text(text))
    ] == [
        ("（省科技厅负责）", [("省科技厅",)]),
        ("（省财政厅牵头）。", [("省财政厅",)]),
        ("〔责任单位：省教育厅〕", [("省教育厅",)]),
    ]


@pytest.mark.parametrize("text", NOT_ASSIGNED)
def test_takes_nothing_else_for_a_responsibility(text: str) -> None:
    assert find_assignments(view_text(text)) == ()
