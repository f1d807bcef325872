"""A question is cut into clauses that can each hold an ask, with the subjects each is about."""

import pytest

from assistant.fragments import cut_fragments, find_spans
from assistant.naming.subject import Subject, SubjectKind

BASE = Subject(SubjectKind.TERM, "中试基地", 0, 4)
VOUCHER = Subject(SubjectKind.TERM, "创新券", 0, 3)
NINE = Subject(SubjectKind.NUMBER, "第九条", 0, 3)
FINANCE = Subject(SubjectKind.DEPARTMENT, "省财政厅", 0, 4)
SCIENCE = Subject(SubjectKind.DEPARTMENT, "省科技厅", 0, 4)
CITY = Subject(SubjectKind.PLACE, "青岛", 0, 2)

CUTS = [
    ("◇多少钱", ["◇多少钱"]),
    ("◇多少钱？什么时候申报？", ["◇多少钱", "什么时候申报"]),
    ("◇多少钱，谁负责", ["◇多少钱", "谁负责"]),
    ("◇多少钱以及谁负责", ["◇多少钱", "谁负责"]),
    ("◇多少钱，另外怎么申请", ["◇多少钱", "怎么申请"]),
    ("◇多少钱和谁负责", ["◇多少钱", "谁负责"]),
    ("几章、几条", ["几章、几条"]),
    ("◇的条件、金额", ["◇的条件", "金额"]),
    ("◇给¤，对吗", ["◇给¤，对吗"]),
    ("◇是№管的，是不是", ["◇是№管的，是不是"]),
    ("how much and who is responsible", ["how much", "who is responsible"]),
    ("research and development", ["research and development"]),
    ("“◇”", ["◇"]),
    ("，，◇，，", ["◇"]),
    ("还有呢", ["还有呢"]),
    ("能同时享受◇吗", ["能同时享受◇吗"]),
]


@pytest.mark.parametrize(("masked", "texts"), CUTS)
def test_cuts(masked: str, texts: list[str]) -> None:
    assert [f.text for f in cut_fragments(masked, [BASE] * masked.count("◇"))] == texts


def test_subjects_stay_with_their_clauses() -> None:
    found = cut_fragments("◇多少钱，谁负责？◇呢", [BASE, VOUCHER])
    assert [f.subjects for f in found] == [(BASE,), (BASE,), (VOUCHER,)]


MEANT = [
    # A place alone leaves what was spoken of before.
    ("◇多少钱，※呢", (BASE, CITY), [(BASE,), (BASE, CITY)]),
    ("※有什么，◇多少钱", (CITY, BASE), [(CITY,), (BASE,)]),
    ("◇多少钱，※的◇呢", (BASE, CITY, VOUCHER), [(BASE,), (CITY, VOUCHER)]),
    ("※呢", (CITY,), [(CITY,)]),
    # So does a department where the clause asks whether it is theirs; it takes the place of the one before.
    ("№讲什么，是◎管还是◎管", (NINE, FINANCE, SCIENCE), [(NINE,), (NINE, FINANCE, SCIENCE)]),
    ("№讲什么，归◎吗", (NINE, FINANCE), [(NINE,), (NINE, FINANCE)]),
    ("№讲什么，◎在这一条里吗", (NINE, FINANCE), [(NINE,), (NINE, FINANCE)]),
    ("№归◎吗，是不是◎", (NINE, FINANCE, SCIENCE), [(NINE, FINANCE), (NINE, SCIENCE)]),
    ("№讲什么，◎管哪几条", (NINE, FINANCE), [(NINE,), (FINANCE,)]),
    ("№讲什么，这条里◎管几项", (NINE, FINANCE), [(NINE,), (FINANCE,)]),
    ("№讲什么，◎呢", (NINE, FINANCE), [(NINE,), (FINANCE,)]),
    ("№讲什么，归◎管◇吗", (NINE, FINANCE, BASE), [(NINE,), (FINANCE, BASE)]),
]


@pytest.mark.parametrize(("masked", "subjects", "meant"), MEANT)
def test_a_place_or_a_department_may_lean_on_the_clause_before(
    masked: str, subjects: tuple[Subject, ...], meant: list[tuple[Subject, ...]]
) -> None:
    assert [f.subjects for f in cut_fragments(masked, subjects)] == meant


def test_a_bare_topic_belongs_to_what_is_asked_of_it() -> None:
    found = cut_fragments("请问◇，同一所◇限报几个", [BASE, VOUCHER])
    assert [f.subjects for f in found][-1] == (BASE, VOUCHER)


def test_a_request_to_read_a_list_out_is_part_of_its_clause() -> None:
    assert [f.text for f in cut_fragments("◇的品牌，一个一个报给我听", [BASE])] == ["◇的品牌，一个一个报给我听"]


def test_a_clause_before_any_name_has_none() -> None:
    found = cut_fragments("我想问一下，◇多少钱", [BASE])
    assert [f.subjects for f in found] == [(), (BASE,)]


@pytest.mark.parametrize("masked", ["", "？", "，，，", "“”"])
def test_there_is_always_one(masked: str) -> None:
    assert [f.text for f in cut_fragments(masked, ())] == [masked]


SPANS = [
    ("◇一年奖多少？归谁管？", ["◇一年奖多少", "归谁管"]),
    ("你好，◇给多少，什么时候给", ["你好", "◇给多少", "什么时候给"]),
    ("◇多少钱多少钱，多少钱", ["◇多少钱多少钱", "多少钱"]),
    ("◇给200万，对吗？", ["◇给200万，对吗"]),
    ("◇给200万？对吗", ["◇给200万"]),
    ("哪个更高：◇还是◇？", ["哪个更高", "◇还是◇"]),
    ("请问哪项金额更高：◇和◇", ["请问哪项金额更高：◇和◇"]),
    ("有几章、几条措施", ["有几章", "几条措施"]),
    ("？？", ["？？"]),
    ("", [""]),
]


@pytest.mark.parametrize(("masked", "found"), SPANS)
def test_clauses_are_found_again_in_the_question(masked: str, found: list[str]) -> None:
    subjects = [Subject(SubjectKind.TERM, "名", i, i + 1, ()) for i, c in enumerate(masked) if c == "◇"]
    spans = find_spans(masked, cut_fragments(masked, subjects))
    assert [masked[start:end] for start, end in spans] == found
