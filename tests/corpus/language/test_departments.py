"""The bodies of government, by every name they go by."""

import csv
from io import StringIO

import pytest

from corpus.language.departments import Department, DepartmentMention, DepartmentTable, Level, load_departments
from tests.conftest import ROOT

ROWS = tuple(csv.DictReader(StringIO((ROOT / "corpus/data/departments.csv").read_text(encoding="utf-8"))))
NAMED = [(row["name"], name) for row in ROWS for name in (row["name"], *filter(None, row["aliases"].split("|")))]
TABLE = load_departments()

LEVELS = [
    ("科技部", Level.NATIONAL),
    ("中国人民银行", Level.NATIONAL),
    ("省科技厅", Level.PROVINCIAL),
    ("山东省科技厅", Level.PROVINCIAL),
    ("科技厅", Level.PROVINCIAL),
    ("人民银行山东省分行", Level.PROVINCIAL),
    ("山东证监局", Level.PROVINCIAL),
    ("科技局", Level.MUNICIPAL),
    ("市科技局", Level.MUNICIPAL),
    ("县人民政府", Level.COUNTY),
]
AMBIGUOUS = [
    ("发改委", ("国家发展改革委", "省发展改革委", "市发展改革委")),
    ("人行", ("中国人民银行", "人民银行山东省分行")),
    ("税务局", ("省税务局", "市税务局")),
]
PRINTED = [
    ("省某某厅", Level.PROVINCIAL),
    ("市某某局", Level.MUNICIPAL),
    ("各市", Level.MUNICIPAL),
    ("县某某局", Level.COUNTY),
    ("某某总局", Level.NATIONAL),
]


def test_reads_every_row() -> None:
    expected = tuple(
        Department(r["name"], Level(r["level"]), tuple(filter(None, r["aliases"].split("|"))), r["english"])
        for r in ROWS
    )
    assert TABLE.departments == expected


def test_full_names_are_unique_and_no_alias_of_another() -> None:
    names = [r["name"] for r in ROWS]
    assert len(names) == len(set(names))
    assert [(name, alias) for name, alias in NAMED if name != alias and alias in names] == []


def test_every_name_is_found_whole_within_a_sentence() -> None:
    for name, printed in NAMED:
        text = f"请问{printed}负责什么？"
        (mention,) = TABLE.find(text)
        assert (mention.text, mention.start, mention.end) == (printed, 2, 2 + len(printed))
        assert name in {d.name for d in mention.candidates}


def test_every_department_has_an_english_name() -> None:
    assert [d.name for d in TABLE.departments if not d.english or TABLE.english_name(d.name) != d.english] == []


@pytest.mark.parametrize(("name", "level"), LEVELS)
def test_knows_the_level(name: str, level: Level) -> None:
    department = TABLE.named(name)
    assert department is not None
    assert department.level is level


def test_the_bureau_of_a_city_is_not_the_department_of_the_province() -> None:
    found = TABLE.find("是省科技厅还是市科技局，科技局和科技厅一样吗？")
    assert [(m.text, [d.name for d in m.candidates]) for m in found] == [
        ("省科技厅", ["省科技厅"]),
        ("市科技局", ["市科技局"]),
        ("科技局", ["市科技局"]),
        ("科技厅", ["省科技厅"]),
    ]


@pytest.mark.parametrize(("name", "expected"), AMBIGUOUS)
def test_everyday_names_of_several_levels_keep_all_candidates(name: str, expected: tuple[str, ...]) -> None:
    (mention,) = TABLE.find(name)
    assert mention == DepartmentMention(name, 0, len(name), tuple(d for d in TABLE.departments if d.name in expected))
    assert TABLE.named(name) is None


@pytest.mark.parametrize("text", ["财政部门和教育部门", "个人行为", "法人行使权利", "科技创新", "博物馆"])
def test_takes_nothing_else_for_a_department(text: str) -> None:
    assert TABLE.find(text) == ()


@pytest.mark.parametrize(("name", "level"), PRINTED)
def test_printed_names_join_the_table_with_their_level(name: str, level: Level) -> None:
    table = TABLE.with_printed([name, name, "省科技厅", "科技厅"])
    assert table.departments == (*TABLE.departments, Department(name, level, (), ""))
    assert table.english_name(name) == name


def test_names_are_all_names_once() -> None:
    table = DepartmentTable(
        [Department("甲局", Level.COUNTY, ("甲",), ""), Department("乙局", Level.COUNTY, ("甲",), "B")]
    )
    assert table.names() == ("甲局", "甲", "乙局")
    assert (table.named("甲"), table.named("丙"), table.english_name("乙局")) == (None, None, "B")
