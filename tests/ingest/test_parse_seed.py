"""The notice that the product ships, parsed: recorded as a whole, and its important facts one by one."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.language.amounts import Bound, Period
from corpus.notice import Item, Measure, Notice, Phrase, Reference, Relation, Role
from corpus.version import read_notices
from ingest.publishing.publish import Source
from tests.conftest import TESTS

MEASURES = [
    (1, "1.1", "（一）", "支持企业做大做强", 6, 5),
    (2, "1.2", "（二）", "加大企业引育力度", 4, 4),
    (3, "1.3", "（三）", "推动产业集群发展", 4, 6),
    (4, "2.4", "（四）", "研究开发服务", 5, 4),
    (5, "2.5", "（五）", "信息技术服务", 4, 4),
    (6, "2.6", "（六）", "知识产权服务", 4, 1),
    (7, "3.7", "（七）", "检验检测认证服务", 4, 3),
    (8, "3.8", "（八）", "工程技术服务", 4, 5),
    (9, "3.9", "（九）", "技术转移转化和推广服务", 6, 3),
    (10, "4.10", "（十）", "企业孵化服务", 4, 3),
    (11, "4.11", "（十一）", "科技金融服务", 5, 6),
    (12, "4.12", "（十二）", "科技咨询及其他服务", 5, 3),
    (13, "5.13", "（十三）", "加快转型升级", 5, 4),
    (14, "5.14", "（十四）", "壮大人才队伍", 4, 3),
    (15, "5.15", "（十五）", "完善金融支持", 4, 6),
    (16, "5.16", "（十六）", "加强组织保障", 3, 1),
]
CHAPTERS = [
    ("一、", "壮大科技服务业市场主体"),
    ("二、", "做大基础科技服务规模"),
    ("三、", "做优专业科技服务品质"),
    ("四、", "做强应用科技服务品牌"),
    ("五、", "优化科技服务业生态"),
]
DEPARTMENTS = {
    "省发展改革委",
    "省科技厅",
    "省工业和信息化厅",
    "省财政厅",
    "省农业农村厅",
    "省市场监管局",
    "省能源局",
    "省海洋局",
    "省大数据局",
    "省自然资源厅",
    "省住房和城乡建设厅",
    "省水利厅",
    "省教育厅",
    "省委金融办",
    "人民银行山东省分行",
    "山东金融监管局",
    "省科协",
    "省委组织部",
    "省人力资源社会保障厅",
    "山东证监局",
}
SUMS = [
    ("1.2", "500万元", 5_000_000, None, "符合条件的企业"),
    ("2.6", "200万元", 2_000_000, None, "高校院所建设高价值专利培育中心"),
    ("2.6", "300万元", 3_000_000, None, "成效显著的（相关企业建设重点产业专利池）"),
    ("3.9", "200万元", 2_000_000, Period.YEARLY, "服务突出的省级中试基地"),
    ("4.10", "200万元", 2_000_000, Period.ONCE, "获得工业和信息化部认定的部级孵化器"),
    ("4.10", "50万元", 500_000, None, "一批潜力大、成长快的科技型中小企业"),
]
UNPRICED = [
    ("1.1", "补助", "择优给予补助支持"),
    ("2.4", "创新券", "对符合条件的企业研发活动给予“创新券”补助"),
    ("3.9", "一定支持", "对省级概念验证中心按绩效评价给予一定支持"),
    (
        "4.11",
        "补偿",
        "支持银行、保险、担保机构等设立科技金融专业或特色机构，通过风险补偿、贷款贴息、保费补贴等方式",
    ),
    ("5.13", "算力券", "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补"),
]
QUANTITIES = [
    ("2.4", "19条标志性产业链创新需求"),
    ("2.5", "1个国家级智算云服务试点"),
    ("2.5", "N个省级智算云服务中心"),
    ("3.9", "10个以上"),
]


def _items(notice: Notice) -> Iterator[tuple[Measure, Item]]:
    for measure in notice.measures():
        for provision in measure.provisions:
            for item in provision.items:
                yield measure, item


def test_the_shipped_notice_is_parsed_as_recorded(seed: Source) -> None:
    # After a wanted change: corpus.version.write_notices(the file, [replace(seed.notice, operator=None)]), and read the difference.
    assert (replace(seed.notice, operator=None),) == read_notices(TESTS / "golden" / "lkz-2025-128.json")


def test_the_shipped_notice_has_its_front(seed: Source) -> None:
    notice = seed.notice
    assert (notice.id, notice.title) == ("lkz-2025-128", "关于支持科技服务业高质量发展的若干措施")
    assert (notice.number_text, notice.issuer, notice.issued_on) == ("鲁科字〔2025〕128号", None, None)
    assert notice.addressee is not None
    assert notice.addressee.text == "省直有关部门、各有关单位"
    assert [p.text[:12] for p in notice.preamble] == ["现将《关于支持科技服务业", "为贯彻省委、省政府决策部"]
    assert notice.closing == ()


def test_the_shipped_notice_has_its_chapters_and_measures(seed: Source) -> None:
    assert [(c.label, c.title) for c in seed.notice.chapters] == CHAPTERS
    measures = [
        (m.number, m.id, m.label, m.title, len(m.provisions), len(m.departments)) for m in seed.notice.measures()
    ]
    assert measures == MEASURES
    assert [m.anchor for m in seed.notice.measures()] == [f"m{number}" for number, *_ in MEASURES]
    assert [m.heading.text for m in seed.notice.measures()] == [
        f"{label}{title}。" for _, _, label, title, *_ in MEASURES
    ]


def test_the_shipped_notice_has_its_departments_and_roles(seed: Source) -> None:
    owners = [(m.number, r) for m in seed.notice.measures() for r in m.responsibilities]
    assert {d for _, r in owners for d in r.departments} == DEPARTMENTS
    assert [(n, r.role_text, r.departments) for n, r in owners if r.role is Role.LEAD] == [
        (6, "牵头负责", ("省市场监管局",)),
        (16, "牵头负责", ("省科技厅",)),
    ]
    shared = [(n, r.role_text) for n, r in owners if r.role is Role.SHARED]
    assert shared == [(n, "按职责分工负责") for n in range(1, 16) if n != 6]
    assert len(owners) == 16


def test_the_shipped_notice_has_its_six_sums(seed: Source) -> None:
    sums = [
        (m.id, s.amount.text, s.amount.value, s.amount.bound, s.amount.period, s.amount.unit, s.beneficiary)
        for m, item in _items(seed.notice)
        for s in item.supports
        if s.amount
    ]
    assert sums == [(m, t, Decimal(v), Bound.AT_MOST, period, "元", who) for m, t, v, period, who in SUMS]
    assert [a.text for _, item in _items(seed.notice) for a in item.amounts] == [t for _, t, *_ in SUMS]


def test_the_shipped_notice_has_its_unpriced_supports(seed: Source) -> None:
    found = [(m.id, s.form, s.phrase.text) for m, item in _items(seed.notice) for s in item.supports if not s.amount]
    assert found == UNPRICED


def test_the_shipped_notice_has_its_quantities_and_conditions_and_no_other_detail(seed: Source) -> None:
    values = [(m.id, v.kind, v.phrase.text) for m, item in _items(seed.notice) for v in item.values]
    assert [v for v in values if v[1] != "condition"] == [(m, "quantity", text) for m, text in QUANTITIES]
    assert {text for _, kind, text in values if kind == "condition"} == {"符合条件的"}


def test_the_shipped_notice_has_its_basis(seed: Source) -> None:
    printed = "《关于加快推进科技服务业高质量发展的实施意见》（工信部联科〔2025〕110号）"
    start = seed.text.index(printed)
    place = Phrase(printed, start, start + len(printed))
    issuers = "工业和信息化部、国家发展改革委员会、教育部、科学技术部等九部门"
    title = "关于加快推进科技服务业高质量发展的实施意见"
    number = "工信部联科〔2025〕110号"
    assert seed.notice.references == (Reference(title, number, issuers, True, place, Relation.BASIS),)
