"""Canonical text turned into a notice: whole small notices, the shipped one, and official ones of many shapes."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.amounts import Bound, Period
from corpus.notice import Chapter, Item, Measure, Notice, Phrase, Provision, Reference, Responsibility, Role, SlotKind
from corpus.version import read_notices
from ingest.build import read_notice
from ingest.parse import UnknownStructure, parse_notice
from ingest.publish import Source
from tests.conftest import NOTICES, SEED, TESTS

FIXTURES = (SEED, *sorted(NOTICES.glob("*.txt")))

# --- whole small notices -------------------------------------------------------------------------------------------

COMMA_BRACKET = """\
关于印发测试办法的通知
鲁测字〔2025〕8号
各有关单位：
现印发给你们。
一、总则
总的要求如下。
（一）目的。为了测试。方便大家。（省科技厅牵头，省财政厅配合）
（二）范围
适用于测试。
责任单位：省教育厅
二、附则
自印发之日起施行。
省科技厅
2025年1月2日
附件：1.清单
"""


def _phrase(text: str, printed: str) -> Phrase:
    start = text.index(printed)
    return Phrase(printed, start, start + len(printed))


def _last(text: str, printed: str) -> Phrase:
    return Phrase(printed, text.rindex(printed), text.rindex(printed) + len(printed))


def _provision(provision_id: str, phrase: Phrase) -> Provision:
    return Provision(provision_id, int(provision_id.rsplit(".", 1)[1]), phrase.text, phrase.start, phrase.end)


def test_parses_a_whole_notice() -> None:
    text = COMMA_BRACKET
    owners = _phrase(text, "（省科技厅牵头，省财政厅配合）")
    line = _phrase(text, "责任单位：省教育厅")
    n = "lcz-2025-8"
    assert parse_notice(text, "unused") == Notice(
        id=n,
        title="关于印发测试办法的通知",
        title_at=_phrase(text, "关于印发测试办法的通知"),
        document_number=_phrase(text, "鲁测字〔2025〕8号"),
        addressee=_phrase(text, "各有关单位"),
        issuer=_last(text, "省科技厅"),
        issued_on=_phrase(text, "2025年1月2日"),
        preamble=(_provision(f"{n}/p.1", _phrase(text, "现印发给你们。")),),
        chapters=(
            Chapter(
                f"{n}/1",
                1,
                "一、",
                "总则",
                _phrase(text, "一、总则"),
                (_provision(f"{n}/1.0.1", _phrase(text, "总的要求如下。")),),
                (
                    Measure(
                        "1.1",
                        1,
                        "（一）",
                        "目的",
                        "m1",
                        _phrase(text, "（一）目的。"),
                        (
                            _provision(f"{n}/1.1.1", _phrase(text, "为了测试。")),
                            _provision(f"{n}/1.1.2", _phrase(text, "方便大家。")),
                        ),
                        (
                            Responsibility(owners, Role.LEAD, "牵头", ("省科技厅",)),
                            Responsibility(owners, Role.SUPPORTING, "配合", ("省财政厅",)),
                        ),
                    ),
                    Measure(
                        "1.2",
                        2,
                        "（二）",
                        "范围",
                        "c1-m2",
                        _phrase(text, "（二）范围"),
                        (_provision(f"{n}/1.2.1", _phrase(text, "适用于测试。")),),
                        (Responsibility(line, Role.SHARED, "责任单位", ("省教育厅",)),),
                    ),
                ),
            ),
            Chapter(
                f"{n}/2",
                2,
                "二、",
                "附则",
                _phrase(text, "二、附则"),
                (),
                (
                    Measure(
                        "2.2",
                        2,
                        "二、",
                        "附则",
                        "c2-m2",
                        _phrase(text, "二、附则"),
                        (_provision(f"{n}/2.2.1", _phrase(text, "自印发之日起施行。")),),
                    ),
                ),
            ),
        ),
        closing=(
            _provision(f"{n}/z.1", _last(text, "省科技厅")),
            _provision(f"{n}/z.2", _phrase(text, "2025年1月2日")),
            _provision(f"{n}/z.3", _phrase(text, "附件：1.清单")),
        ),
    )


# Each style of headings: the body, and its outline as "chapter label title" and "measure id label title | sentences".
STYLES = {
    "articles": (
        "第一条 为了测试，制定本办法。\n第二条 分为两类：\n（一）甲类；\n（二）乙类。\n第三条 自印发之日起施行。",
        [
            "0.1 第一条  | 为了测试，制定本办法。",
            "0.2 第二条  | 分为两类： / （一）甲类； / （二）乙类。",
            "0.3 第三条  | 自印发之日起施行。",
        ],
    ),
    "chapters of articles": (
        "第一章 总则\n第一条 为了测试。\n第二章 附则\n第二条 施行\n自印发之日起施行。",
        ["# 第一章 总则", "1.1 第一条  | 为了测试。", "# 第二章 附则", "2.2 第二条 施行 | 自印发之日起施行。"],
    ),
    "one level": (
        "一、目的。为了测试。\n二、范围：适用于测试。\n三、施行\n即日施行。",
        ["0.1 一、 目的 | 为了测试。", "0.2 二、 范围 | 适用于测试。", "0.3 三、 施行 | 即日施行。"],
    ),
    "arabic": (
        "1.目的\n为了测试。\n2.范围\n适用于测试。",
        ["0.1 1. 目的 | 为了测试。", "0.2 2. 范围 | 适用于测试。"],
    ),
    "arabic in chapters": (
        "一、总则\n1．目的。为了测试。\n2．范围。适用于测试。",
        ["# 一、 总则", "1.1 1． 目的 | 为了测试。", "1.2 2． 范围 | 适用于测试。"],
    ),
    "three levels": (
        "一、总则\n（一）目的。\n1.甲。为了甲。\n2.乙。为了乙。",
        ["# 一、 总则", "1.1 （一） 目的 | 1.甲。 / 为了甲。 / 2.乙。 / 为了乙。"],
    ),
    "a sentence is no title": (
        "一、总则\n（一）对新认定的企业给予10万元奖励。（省科技厅负责）\n（二）对高校给予5万元。",
        ["# 一、 总则", "1.1 （一）  | 对新认定的企业给予10万元奖励。", "1.2 （二）  | 对高校给予5万元。"],
    ),
    "a long first sentence is no title": (
        f"一、总则\n（一）{'很长' * 21}。后面。",
        ["# 一、 总则", f"1.1 （一）  | {'很长' * 21}。 / 后面。"],
    ),
    "a sentence that gives is no title": (
        "一、总则\n（一）对租用房屋的企业，减免租金。另行公布。\n（二）每年安排资金1000万元。逐年增加。",
        [
            "# 一、 总则",
            "1.1 （一）  | 对租用房屋的企业，减免租金。 / 另行公布。",
            "1.2 （二）  | 每年安排资金1000万元。 / 逐年增加。",
        ],
    ),
    "a break lost after the title": (
        f"一、支持企业 {'很长' * 21}。\n二、附则。施行。",
        [f"0.1 一、 支持企业 | {'很长' * 21}。", "0.2 二、 附则 | 施行。"],
    ),
    "numbers that start again": (
        "一、甲\n（一）乙。丙。\n一、丁\n（一）戊。己。",
        ["# 一、 甲", "1.1 （一） 乙 | 丙。", "# 一、 丁", "1b.1 （一） 戊 | 己。"],
    ),
    "a number twice in a chapter": (
        "一、甲\n（一）乙。丙。\n（一）丁。戊。",
        ["# 一、 甲", "1.1 （一） 乙 | 丙。", "1.1b （一） 丁 | 戊。"],
    ),
    "a bracket that says more stays": (
        "一、甲\n（一）乙。丙。（负责部门：民航局，适用范围：河南）",
        ["# 一、 甲", "1.1 （一） 乙 | 丙。 / （负责部门：民航局，适用范围：河南）"],
    ),
    "nothing numbered": (
        "来信收悉。\n现答复如下。",
        ["1.1  正文 | 来信收悉。 / 现答复如下。"],
    ),
}


def _outline(notice: Notice) -> Iterator[str]:
    for chapter in notice.chapters:
        if chapter.heading:
            yield f"# {chapter.label} {chapter.title}"
        for measure in chapter.measures:
            sentences = " / ".join(p.text for p in measure.provisions)
            yield f"{measure.id} {measure.label} {measure.title} | {sentences}"


@pytest.mark.parametrize(("body", "outline"), STYLES.values(), ids=STYLES.keys())
def test_parses_each_style_of_headings(body: str, outline: list[str]) -> None:
    assert list(_outline(parse_notice(f"关于测试的通知\n{body}", "n"))) == outline


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("鲁科字〔2025〕128号", "lkz-2025-128"),
        ("国办发[2018]3号", "gbf-2018-3"),
        ("工信部联科〔2025〕第110号", "gxblk-2025-110"),
        ("没有文号", "ce-shi"),
    ],
)
def test_makes_the_id_from_the_number_or_else_the_file(number: str, expected: str) -> None:
    fallback = "测 试"
    assert parse_notice(f"关于测试的通知\n{number}\n一、总则。正文。", fallback).id == expected


def test_every_file_name_makes_an_id() -> None:
    assert [parse_notice("关于测试的通知", name).id for name in ("通知-1", "A_b.c", "（）")] == [
        "tongzhi-1",
        "a-b-c",
        "notice",
    ]


@pytest.mark.parametrize("text", ["", " \n"])
def test_refuses_a_text_without_lines(text: str) -> None:
    with pytest.raises(UnknownStructure, match="没有正文"):
        parse_notice(text, "n")


# --- the shipped notice --------------------------------------------------------------------------------------------

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
    # After a wanted change: corpus.version.write_notices(the file, [read_notice(SEED).notice]), and read the difference.
    assert (seed.notice,) == read_notices(TESTS / "golden" / "lkz-2025-128.json")


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


def test_the_shipped_notice_has_its_quantities_and_no_other_detail(seed: Source) -> None:
    slots = [(m.id, s.kind, s.phrase.text) for m, item in _items(seed.notice) for s in item.slots]
    assert slots == [(m, SlotKind.QUANTITY, text) for m, text in QUANTITIES]


def test_the_shipped_notice_has_its_basis(seed: Source) -> None:
    place = _phrase(seed.text, "《关于加快推进科技服务业高质量发展的实施意见》（工信部联科〔2025〕110号）")
    issuers = "工业和信息化部、国家发展改革委员会、教育部、科学技术部等九部门"
    title = "关于加快推进科技服务业高质量发展的实施意见"
    assert seed.notice.references == (Reference(title, "工信部联科〔2025〕110号", issuers, True, place),)


# --- official notices of many shapes -------------------------------------------------------------------------------

# Chapters, measures, departments, and the title of the first and the last measure.
SHAPES = {
    "gbf-1996-2": (
        3,
        8,
        0,
        "关于我国地震重点监视防御区的确定",
        "要进一步加强防震减灾宣传教育，提高全社会的防震减灾意识和自觉性",
    ),
    "gbf-2018-128": (4, 19, 20, "重大意义", "强化宣传引导"),
    "gbf-2019-4": (9, 35, 0, "指导思想", ""),
    "gbh-2004-71": (0, 11, 0, "关于60万吨乙烯项目问题", "关于水淹区贫困群众生产生活问题"),
    "gbh-2006-71": (0, 1, 0, "正文", "正文"),
    "gf-2004-18": (10, 54, 0, "", ""),
    "gf-2018-38": (5, 54, 26, "", "切实做好组织实施"),
    "gf-2018-39": (5, 15, 14, "加大稳岗支持力度", "指导企业等各方履行社会责任"),
    "gf-2018-41": (9, 32, 0, "", ""),
    "gf-2019-3": (5, 12, 13, "指导思想", "有关要求"),
}


@pytest.mark.parametrize("path", FIXTURES[1:], ids=lambda path: path.stem)
def test_reads_the_shape_of_official_notices(path: Path) -> None:
    notice = read_notice(path).notice
    measures = list(notice.measures())
    chapters = sum(1 for c in notice.chapters if c.heading)
    departments = {d for m in measures for d in m.departments}
    shape = (chapters, len(measures), len(departments), measures[0].title, measures[-1].title)
    assert (notice.id, shape) == (path.stem, SHAPES[path.stem])


def _phrases(notice: Notice) -> Iterator[Phrase]:
    """Everything that claims a place in the text."""
    front = (notice.title_at, notice.document_number, notice.addressee, notice.issuer, notice.issued_on)
    yield from (phrase for phrase in front if phrase)
    yield from (chapter.heading for chapter in notice.chapters if chapter.heading)
    yield from (r.phrase for r in notice.references)
    for measure in notice.measures():
        yield measure.heading
        yield from (r.phrase for r in measure.responsibilities)
    for provision in notice.provisions():
        yield Phrase(provision.text, provision.start, provision.end)
        yield from provision.terms
        for item in provision.items:
            yield Phrase(item.text, item.start, item.end)
            yield from (s.phrase for s in item.slots)
            yield from (s.phrase for s in item.supports)
            yield from (Phrase(a.text, a.start, a.end) for a in item.amounts)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_phrase_stands_where_it_says(path: Path) -> None:
    source = read_notice(path)
    wrong = [p for p in _phrases(source.notice) if source.text[p.start : p.end] != p.text]
    assert wrong == []


def _body(notice: Notice) -> Iterator[Phrase]:
    """Headings, sentences and responsibilities from the first heading on."""
    for chapter in notice.chapters:
        if chapter.heading:
            yield chapter.heading
        for measure in chapter.measures:
            yield measure.heading
            yield from (r.phrase for r in measure.responsibilities)
    after_preamble = set(notice.provisions()) - set(notice.preamble)
    yield from (Phrase(p.text, p.start, p.end) for p in after_preamble)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nothing_of_the_body_is_lost(path: Path) -> None:
    source = read_notice(path)
    phrases = list(_body(source.notice))
    covered = {i for phrase in phrases for i in range(phrase.start, phrase.end)}
    # A letter without headings begins with its first sentence.
    has_headings = any(measure.label for measure in source.notice.measures())
    first = min(p.start for p in phrases if has_headings or p.text != source.notice.title_at.text)
    lost = [source.text[i] for i in range(first, len(source.text)) if i not in covered and not source.text[i].isspace()]
    assert "".join(lost) == ""


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_sentences_follow_each_other_without_overlap(path: Path) -> None:
    notice = read_notice(path).notice
    places = [(p.start, p.end) for p in notice.provisions()]
    assert places == sorted(places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    ids = [p.id for p in notice.provisions()]
    assert len(ids) == len(set(ids))
    assert {i.split("/")[0] for i in ids} == {notice.id}
