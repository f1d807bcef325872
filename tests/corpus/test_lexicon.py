"""The names that questions use."""

import pytest

from corpus.language.departments import Department, DepartmentTable, Level
from corpus.lexicon import Lexicon, Mention, NamedThing, NameKind
from tests.conftest import make_measure, make_notice

NOTICE = make_notice(
    make_measure(1, "企业孵化服务"),
    make_measure(2, "科技咨询及其他服务"),
    make_measure(3, "加强工作"),
    title="某某省关于支持科技服务业的若干措施",
    number="鲁科字〔2025〕128号",
)
DEPARTMENTS = DepartmentTable(
    [
        Department("省科技厅", Level.PROVINCIAL, ("科技厅",), "Department"),
        Department("省税务局", Level.PROVINCIAL, ("税务局",), ""),
        Department("市税务局", Level.MUNICIPAL, ("税务局",), ""),
    ]
)
LEXICON = Lexicon(
    [NOTICE], DEPARTMENTS, {"创新券": ["n/1.1.1", "n/1.2.1"], "BIM": ["n/1.3.1"], "企业孵化": ["n/1.2.1"]}
)

DOCUMENT = NamedThing(NameKind.DOCUMENT, ("n",))
FIRST, SECOND = NamedThing(NameKind.MEASURE, ("n/1.1",)), NamedThing(NameKind.MEASURE, ("n/1.2",))
NAMES = [
    ("科技厅", [NamedThing(NameKind.DEPARTMENT, ("省科技厅",))]),
    ("税务局", [NamedThing(NameKind.DEPARTMENT, ("省税务局", "市税务局"))]),
    ("企业孵化服务", [FIRST]),
    ("企业孵化", [FIRST, NamedThing(NameKind.TERM, ("n/1.2.1",))]),
    ("科技咨询", [SECOND]),
    ("总则", [NamedThing(NameKind.CHAPTER, ("n/1",))]),
    ("某某省关于支持科技服务业的若干措施", [DOCUMENT]),
    ("关于支持科技服务业的若干措施", [DOCUMENT]),
    ("支持科技服务业的若干措施", [DOCUMENT]),
    ("鲁科字〔2025〕128号", [DOCUMENT]),
    ("鲁科字[2025]128号", [DOCUMENT]),
    ("鲁科字2025128号", [DOCUMENT]),
    ("创新券", [NamedThing(NameKind.TERM, ("n/1.1.1", "n/1.2.1"))]),
    ("bim", [NamedThing(NameKind.TERM, ("n/1.3.1",))]),
]


@pytest.mark.parametrize(("name", "things"), NAMES)
def test_knows_what_a_name_stands_for(name: str, things: list[NamedThing]) -> None:
    assert LEXICON.find(f"请问{name}？") == (Mention(name, 2, 2 + len(name), tuple(things)),)
    assert LEXICON.knows(name)


@pytest.mark.parametrize("text", ["", "今天天气怎么样", "加强", "财务局"])
def test_finds_nothing_else(text: str) -> None:
    assert LEXICON.find(text) == ()
    assert not LEXICON.knows(text)


def test_finds_names_in_reading_order() -> None:
    found = LEXICON.find("科技厅的创新券和企业孵化服务")
    assert [(m.text, m.start, m.end) for m in found] == [("科技厅", 0, 3), ("创新券", 4, 7), ("企业孵化服务", 8, 14)]


def test_a_mention_gives_its_targets_by_kind() -> None:
    (mention,) = LEXICON.find("企业孵化")
    assert mention.targets(NameKind.MEASURE) == ("n/1.1",)
    assert mention.targets(NameKind.TERM) == ("n/1.2.1",)
    assert mention.targets(NameKind.DEPARTMENT) == ()
    assert (mention.is_a(NameKind.MEASURE), mention.is_a(NameKind.CHAPTER)) == (True, False)


def test_names_are_all_names() -> None:
    assert {name.casefold() for name, _ in NAMES} | {
        "省科技厅",
        "省税务局",
        "市税务局",
        "科技咨询及其他服务",
        "加强工作",
        "鲁科字128号",
        "鲁科字第128号",
        "鲁科字2025 128号",
        "鲁科字2025年128号",
        "鲁科字(2025)128号",
        "128号文",
    } == set(LEXICON.names)


SPOKEN = [
    (
        "国办发〔2018〕39号",
        {"国办发39号", "国办发第39号", "国办发2018 39号", "国办发2018年39号", "国办发(2018)39号", "39号文"}
        | {"国办发〔2018〕39号", "国办发201839号", "国办发[2018]39号"},
    ),
    (
        "京政发（2006）7号",
        {"京政发7号", "京政发第7号", "京政发2006 7号", "京政发2006年7号", "京政发(2006)7号", "7号文"}
        | {"京政发（2006）7号", "京政发20067号"},
    ),
    ("第12号", {"第12号"}),
    ("令〔2020〕", {"令〔2020〕", "令2020", "令[2020]"}),
    ("", set()),
]


@pytest.mark.parametrize(("number", "names"), SPOKEN)
def test_a_document_is_called_by_its_number_as_people_say_it(number: str, names: set[str]) -> None:
    titled = set(Lexicon([make_notice()], DepartmentTable(()), {}).names)
    assert set(Lexicon([make_notice(number=number)], DepartmentTable(()), {}).names) - titled == names


@pytest.mark.parametrize(("title", "is_name"), [("上海", False), ("应对疫情", False), ("粮食储备管理办法", True)])
def test_a_title_names_a_document_where_it_says_what_kind(title: str, is_name: bool) -> None:
    lexicon = Lexicon([make_notice(title=title)], DepartmentTable(()), {})
    assert bool(lexicon.find(f"{title}有什么规定")) is is_name
