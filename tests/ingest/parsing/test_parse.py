"""Canonical text turned into a notice: whole small notices in each style of headings."""

from collections.abc import Iterator

import pytest

from corpus.notice import Chapter, Measure, Notice, Phrase, Provision, ProvisionKind, Responsibility, Role
from ingest.parsing.parse import UnknownStructure, parse_notice

TEXT = """\
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


def _provision(provision_id: str, phrase: Phrase, anchor: str = "") -> Provision:
    number = int(provision_id.rsplit(".", 1)[1])
    kind = ProvisionKind.CLOSING if "/z." in provision_id else ProvisionKind.SENTENCE
    return Provision(provision_id, number, phrase.text, phrase.start, phrase.end, kind=kind, anchor=anchor)


N = "lcz-2025-8"
OWNERS = _phrase(TEXT, "（省科技厅牵头，省财政厅配合）")
LINE = _phrase(TEXT, "责任单位：省教育厅")
PURPOSE = Measure(
    id="1.1",
    number=1,
    label="（一）",
    title="目的",
    anchor="m1",
    heading=_phrase(TEXT, "（一）目的。"),
    provisions=(
        _provision(f"{N}/1.1.1", _phrase(TEXT, "为了测试。"), "m1.1"),
        _provision(f"{N}/1.1.2", _phrase(TEXT, "方便大家。"), "m1.2"),
    ),
    responsibilities=(
        Responsibility(OWNERS, Role.LEAD, "牵头", ("省科技厅",)),
        Responsibility(OWNERS, Role.SUPPORTING, "配合", ("省财政厅",)),
    ),
)
SCOPE = Measure(
    id="1.2",
    number=2,
    label="（二）",
    title="范围",
    anchor="c1-m2",
    heading=_phrase(TEXT, "（二）范围"),
    provisions=(_provision(f"{N}/1.2.1", _phrase(TEXT, "适用于测试。"), "c1-m2.1"),),
    responsibilities=(Responsibility(LINE, Role.SHARED, "责任单位", ("省教育厅",)),),
)
INTRODUCTION = (_provision(f"{N}/1.0.1", _phrase(TEXT, "总的要求如下。")),)
WHOLE = Notice(
    id=N,
    title="关于印发测试办法的通知",
    title_at=_phrase(TEXT, "关于印发测试办法的通知"),
    document_number=_phrase(TEXT, "鲁测字〔2025〕8号"),
    addressee=_phrase(TEXT, "各有关单位"),
    issuer=_last(TEXT, "省科技厅"),
    issued_on=_phrase(TEXT, "2025年1月2日"),
    preamble=(_provision(f"{N}/p.1", _phrase(TEXT, "现印发给你们。")),),
    chapters=(
        Chapter(f"{N}/1", 1, "一、", "总则", _phrase(TEXT, "一、总则"), INTRODUCTION, (PURPOSE, SCOPE)),
        Chapter(f"{N}/2", 2, "二、", "附则", _phrase(TEXT, "二、附则"), (), ()),
    ),
    closing=(_provision(f"{N}/z.1", _phrase(TEXT, "自印发之日起施行。"), "closing.1"),),
    annex_list=_phrase(TEXT, "附件：1.清单"),
    furniture=(
        *(_phrase(TEXT, line) for line in ("关于印发测试办法的通知", "鲁测字〔2025〕8号", "各有关单位：")),
        _last(TEXT, "省科技厅"),
        _phrase(TEXT, "2025年1月2日"),
    ),
)


def test_parses_a_whole_notice() -> None:
    assert parse_notice(TEXT, "unused") == WHOLE


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
        ["# 一、 总则", "1.1 1. 目的 | 为了测试。", "1.2 2. 范围 | 适用于测试。"],
    ),
    "three levels": (
        "一、总则\n（一）目的。\n1.甲。为了甲。\n2.乙。为了乙。",
        ["# 一、 总则", "1.1 （一） 目的 | 为了甲。 / 为了乙。"],
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
    "a rule is no title": (
        "一、甲\n（一）单位自登记的次月起参加保险。工龄连续计算。\n（二）各单位应当签订合同。丙。\n（三）加强供应保障。丁。",
        [
            "# 一、 甲",
            "1.1 （一）  | 单位自登记的次月起参加保险。 / 工龄连续计算。",
            "1.2 （二）  | 各单位应当签订合同。 / 丙。",
            "1.3 （三） 加强供应保障 | 丁。",
        ],
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


def test_where_few_measures_bear_a_title_a_short_sentence_is_none() -> None:
    """常务会议由总理组成 is what the measure says, and must be found as that."""
    body = "\n".join(
        f"{n}、{s}"
        for n, s in zip(
            "一二三四", (f"{'会议讨论重大事项' * 6}。记入纪要。",) * 3 + ("会议由总理召集。每月三次。",), strict=True
        )
    )
    notice = parse_notice(f"关于会议的规则\n{body}", "x")
    assert [m.title for m in notice.measures()] == ["", "", "", ""]
    assert [p.text for p in list(notice.measures())[3].provisions] == ["会议由总理召集。", "每月三次。"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_refuses_a_text_without_lines(text: str) -> None:
    with pytest.raises(UnknownStructure, match="没有正文"):
        parse_notice(text, "n")
