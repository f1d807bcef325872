"""Chinese phrases of several notices in English; a phrase that the glossary does not cover wholly has none."""

from functools import cache
from pathlib import Path

import pytest

from assistant.naming.english.glossary import Glossary, glossary_of
from assistant.naming.english.inflection import does, doing, several, to_do
from ingest.build import read_notice
from tests.conftest import NOTICES, SEED

HOME = SEED
JOBS = NOTICES / "gf-2018-39.txt"
TRADE = NOTICES / "gf-2019-3.txt"
HOSPITALS = NOTICES / "gbf-2019-4.txt"
WASTE = NOTICES / "gbf-2018-128.txt"
HOMESTAYS = NOTICES / "several" / "lanjiang.txt"
AWARDS = NOTICES / "several" / "2025.txt"
PATENTS = NOTICES / "shapes" / "fw.txt"
DATA = NOTICES / "shapes" / "decimal.txt"


@cache
def glossary(path: Path) -> Glossary:
    return glossary_of(read_notice(path).notice)


NAMES = [
    (
        HOME,
        "世界500强企业、省外龙头企业等",
        "Fortune Global 500 companies, flagship companies from outside the province and the like",
    ),
    (
        HOME,
        "获得工业和信息化部认定的部级孵化器",
        "ministry-level incubators recognised by the Ministry of Industry and Information Technology",
    ),
    (HOME, "服务突出的省级中试基地", "provincial-level pilot-scale test bases with outstanding service"),
    (HOME, "省级概念验证中心", "provincial-level proof-of-concept centres"),
    (
        HOME,
        "一批潜力大、成长快的科技型中小企业",
        "a number of technology-based small and medium-sized enterprises with great potential and with fast growth",
    ),
    (HOME, "银行、保险、担保机构等", "banks, insurance, guarantee institutions and the like"),
    (JOBS, "不裁员或少裁员的参保企业", "insured companies not laying off staff or laying off few staff"),
    (JOBS, "培训合格的失业人员", "unemployed people having completed training successfully"),
    (JOBS, "符合条件的生活困难下岗失业人员", "hard-up laid-off and unemployed people meeting the conditions"),
    (JOBS, "困难企业", "companies in difficulty"),
    (AWARDS, "首次认定的高新技术企业", "high-tech enterprises recognised for the first time"),
    (HOMESTAYS, "新建并通过等级评定的乡村民宿", "rural homestays newly built and having passed grading"),
    (HOMESTAYS, "民宿经营主体的银行贷款", "bank loans of homestay operators"),
    (HOMESTAYS, "完成消防改造的民宿", "homestays completing fire-safety renovation"),
    (PATENTS, "许可他人实施专利的高校", "universities licensing others to practise patents"),
    (DATA, "入选市级典型场景的企业", "companies selected for municipal-level typical scenarios"),
    (
        DATA,
        "首次认定的高新技术企业、入选市级典型场景的企业",
        "high-tech enterprises recognised for the first time, companies selected for municipal-level typical scenarios",
    ),
]
CLAUSES = [
    (
        HOME,
        "高校院所建设高价值专利培育中心",
        "universities and research institutes building high-value patent cultivation centres",
    ),
    (HOME, "相关企业建设重点产业专利池", "relevant companies building key industry patent pools"),
    (
        JOBS,
        "参保职工取得职业资格证书或职业技能等级证书",
        "insured employees obtaining vocational qualification certificates or vocational skill certificates",
    ),
]
ACTS = [
    (HOME, "来鲁设立研发总部、研发中心、分支机构", "setting up R&D headquarters, R&D centres, branches in Shandong"),
    (HOME, "按规定购买或提供人工智能算力", "buying or providing AI computing power as prescribed"),
    (HOME, "支持企业建设概念验证中心", "supporting companies in building proof-of-concept centres"),
    (HOME, "推动相关企业建设重点产业专利池", "prompting relevant companies to build key industry patent pools"),
    (WASTE, "加强组织领导", "strengthening organisational leadership"),
    (TRADE, "促进跨境电商发展", "promoting cross-border e-commerce development"),
]
QUALITIES = [
    (HOME, "符合条件", "meeting the conditions"),
    (HOME, "成效显著", "with outstanding results"),
    (HOME, "依据认定层级", "according to the level of recognition"),
    (HOME, "按绩效评价", "according to performance evaluation"),
    (HOME, "纳入省现代服务业重点项目库", "included in the provincial pool of key modern service projects"),
    (JOBS, "符合创业担保贷款申请条件", "meeting the conditions for applying for start-up loans backed by a guarantee"),
]
RATES = [
    ("每家", "each"),
    ("每人每月", "per person per month"),
    ("每个子女每月", "per child per month"),
    ("每亩", "per mu"),
]
TITLES = [
    (HOME, "企业孵化服务", "Business incubation services"),
    (HOME, "加强组织保障", "Strengthening organisational safeguards"),
    (HOSPITALS, "医疗质量", "medical quality"),
    (HOMESTAYS, "建设奖补", "award subsidies for construction"),
    (TRADE, "发展目标", "development targets"),
]
UNCOVERED = [
    (JOBS, "面临暂时性生产经营困难且恢复有望、坚持不裁员或少裁员的参保企业"),
    (JOBS, "稳定就业压力较大地区"),
    (HOME, "省级孵化器龙头馆"),
    (HOSPITALS, "五年企业"),
    (TRADE, "2018年12月31日之前已完成转制的企业"),
]


@pytest.mark.parametrize(("path", "chinese", "english"), NAMES)
def test_names(path: Path, chinese: str, english: str) -> None:
    assert glossary(path).noun(chinese) == english


@pytest.mark.parametrize(("path", "chinese", "english"), CLAUSES)
def test_who_does_what(path: Path, chinese: str, english: str) -> None:
    assert glossary(path).clause(chinese) == english


@pytest.mark.parametrize(("path", "chinese", "english"), ACTS)
def test_acts(path: Path, chinese: str, english: str) -> None:
    assert glossary(path).act(chinese) == english


@pytest.mark.parametrize(("path", "chinese", "english"), QUALITIES)
def test_qualities(path: Path, chinese: str, english: str) -> None:
    assert glossary(path).after(chinese) == english


@pytest.mark.parametrize(("chinese", "english"), RATES)
def test_rates(chinese: str, english: str) -> None:
    assert glossary(HOME).rate(chinese) == english


@pytest.mark.parametrize(("path", "chinese", "english"), TITLES)
def test_titles(path: Path, chinese: str, english: str) -> None:
    assert glossary(path).gloss(chinese) == english


@pytest.mark.parametrize(("path", "chinese"), UNCOVERED)
def test_nothing_is_left_out(path: Path, chinese: str) -> None:
    known = glossary(path)
    assert (known.noun(chinese), known.act(chinese), known.after(chinese), known.clause(chinese)) == (None,) * 4


def test_every_title_of_the_shipped_notice_has_an_english_one() -> None:
    notice = read_notice(HOME).notice
    titles = [c.title for c in notice.chapters] + [m.title for m in notice.measures()]
    assert [t for t in (notice.title, *titles) if not glossary(HOME).gloss(t)] == []


def test_forms_of_words() -> None:
    assert [several(w) for w in ("incubator", "incubator for technology companies", "R&D headquarters", "body")] == [
        *("incubators", "incubators for technology companies", "R&D headquarters", "bodies")
    ]
    assert [doing(w) for w in ("set up", "attract and cultivate", "jointly build", "rely on", "lie")] == [
        *("setting up", "attracting and cultivating", "jointly building", "relying on", "lying")
    ]
    assert (does("carry out"), to_do("carry out")) == ("carries out", "to carry out")
