"""Both sides of a comparison with what differs, several sums side by side, departments by their measures."""

from collections.abc import Mapping

import pytest

from assistant.answer import Count, PartKind
from assistant.ask import Assistant
from assistant.composing.comparisons import find_comparison
from assistant.composing.draft import Finding
from assistant.evidence.items import ItemIndex
from assistant.understanding.frame import Listing, Operation, Want
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, JOBS, PRIZE, RATES, REEF, TAX
from tests.assistant.inquiries import ask_marked, make_inquiry


def compare(marked: str, value: str, corpus: Corpus, language: str = "zh") -> Finding:
    """What is found, all of which must stand the check."""
    inquiry = make_inquiry("", corpus, ItemIndex(corpus), language)
    finding = find_comparison(ask_marked(marked, inquiry, want=Want(value, Operation.COMPARE)))
    verified = verify([finding], corpus, language)
    assert verified.problems == ()
    assert verified.findings == (finding,)
    return finding


SIX, SEVEN, SIXTEEN = (f"[n:第{n}条={HOME}/{key}]" for n, key in (("六", "2.6"), ("七", "3.7"), ("十六", "5.16")))
FOUR, NINE, TEN = (f"[n:第{n}条={HOME}/{key}]" for n, key in (("四", "2.4"), ("九", "3.9"), ("十", "4.10")))
FIRST, FIFTH = f"[p:第一部分={HOME}/1]", f"[p:第五部分={HOME}/5]"

COMPARED = [
    # (notice, clause, value, the first line in Chinese and in English, measures that are cited)
    (
        *(HOME, "[专利池]和[研发总部]哪个给得多", "sum"),
        "较高的是世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构（按年度研发投入额最高给予500万元补助）；较低的是相关企业建设重点产业专利池（最高给予300万元）。",
        "The higher is 世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构 (按年度研发投入额最高给予500万元补助); the lower is 相关企业建设重点产业专利池 (最高给予300万元).",
        {2, 6},
    ),
    (
        *(HOME, "都是二百万，[中试基地]和[孵化器]性质相同吗", "said"),
        "金额相同，都是200万元（上限）；给谁、怎么给，各见下文。",
        "The sums are the same, up to RMB 2 million (200万元); for whom and how they are paid stands below.",
        {9, 10},
    ),
    (
        *(HOME, "[孵化器]、[专利池]、[创新创业大赛]，哪个钱最多", "sum"),
        "从高到低：相关企业建设重点产业专利池（最高给予300万元）；获得工业和信息化部认定的部级孵化器（依据认定层级给予每家最高200万元一次性补助）；一批潜力大、成长快的科技型中小企业（最高给予50万元奖励）。",
        "From the highest: 相关企业建设重点产业专利池 (最高给予300万元)；获得工业和信息化部认定的部级孵化器 (依据认定层级给予每家最高200万元一次性补助)；一批潜力大、成长快的科技型中小企业 (最高给予50万元奖励).",
        {6, 10},
    ),
    (
        *(HOME, f"{SIX}和{SEVEN}的责任部门相同吗", "department"),
        "第（六）条、第（七）条共同的责任部门共1个：省市场监管局。",
        "Responsible departments common to Article 6, Article 7: 1 – Provincial Administration for Market Regulation (省市场监管局).",
        {6, 7},
    ),
    (
        *(HOME, f"{SIX}和{SIXTEEN}的责任部门相同吗", "department"),
        "第（六）条、第（十六）条共同的责任部门，一个也没有。",
        "Responsible departments common to Article 6, Article 16: none.",
        {6, 16},
    ),
    (
        *(HOME, f"{SIX}和{SEVEN}有什么不同", "said"),
        "第（六）条“知识产权服务”共4句，给的支持有：面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元；"
        "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。原文如下：",
        "Article 6 (知识产权服务, unofficially “Intellectual property services”) has 4 sentences, printed as follows:",
        {6, 7},
    ),
    (
        *(HOME, f"{FIRST}和{FIFTH}有什么不同", "said"),
        "“一、壮大科技服务业市场主体”共3条：第（一）条“支持企业做大做强”、第（二）条“加大企业引育力度”、第（三）条“推动产业集群发展”。",
        "Chapter 1, “壮大科技服务业市场主体” (unofficially “Growing the market entities of the science and technology service "
        "industry”), has 3 measures: Article 1 (支持企业做大做强, “Supporting companies in growing bigger and stronger”); "
        "Article 2 (加大企业引育力度, “Stepping up the attraction and cultivation of companies”); "
        "Article 3 (推动产业集群发展, “Promoting industrial clusters”).",
        {1, 2, 3, 13, 14, 15, 16},
    ),
    # Measures by their highest sums, each with those it gives to.
    (
        *(HOME, f"{SIX}和{NINE}哪个给的多", "sum"),
        "金额较高的是第（六）条。第（六）条给：高校院所建设高价值专利培育中心（最高给予200万元）；相关企业建设重点产业专利池（最高给予300万元）。"
        "第（九）条给：服务突出的省级中试基地（年度最高奖补200万元）。",
        "The higher sum is in Article 6. Article 6: 高校院所建设高价值专利培育中心 (最高给予200万元); 相关企业建设重点产业专利池 (最高给予300万元); "
        "Article 9: 服务突出的省级中试基地 (年度最高奖补200万元).",
        {6, 9},
    ),
    (
        *(HOME, f"{NINE}和{TEN}哪个多", "sum"),
        "最高的金额相同。第（九）条给：服务突出的省级中试基地（年度最高奖补200万元）。"
        "第（十）条给：获得工业和信息化部认定的部级孵化器（依据认定层级给予每家最高200万元一次性补助）；"
        "一批潜力大、成长快的科技型中小企业（最高给予50万元奖励）。",
        "Their highest sums are the same. Article 9: 服务突出的省级中试基地 (年度最高奖补200万元); "
        "Article 10: 获得工业和信息化部认定的部级孵化器 (依据认定层级给予每家最高200万元一次性补助); "
        "一批潜力大、成长快的科技型中小企业 (最高给予50万元奖励).",
        {9, 10},
    ),
    (
        *(INN, f"[m:建设奖补={INN}/1.1]和[m:消防改造={INN}/2.3]哪个给得多", "sum"),
        "金额较高的是第（一）条。第（一）条给：新建并通过等级评定的乡村民宿（每家最高给予50万元一次性奖补）。"
        "第（三）条给：完成消防改造的民宿（每家给予1万元补助）。",
        "The higher sum is in Article 1. Article 1: 新建并通过等级评定的乡村民宿 (每家最高给予50万元一次性奖补); "
        "Article 3: 完成消防改造的民宿 (每家给予1万元补助).",
        {1, 3},
    ),
    (
        *(TAX, f"[p:子女教育={TAX}/2]和[p:继续教育={TAX}/3]哪个扣得多", "sum"),
        "有的按月、有的不按月，不能直接比。“第三章继续教育”给：纳税人在中国境内接受学历（学位）继续教育的支出，在学历（学位）教育期间（每月400元定额扣除）；纳税人接受技能人员职业资格继续教育、专业技术人员职业资格继续教育的支出，在取得相关证书的当年（3600元定额扣除）。"
        "“第二章子女教育”给：纳税人的子女接受全日制学历教育的相关支出（每月1000元）。",
        "",
        {5, 8},
    ),
    # Figures of items that say of nobody that he is given them.
    (
        *(TAX, "[独生子女]和[兄弟姐妹]，哪个扣得多", "sum"),
        "（一）纳税人为独生子女的，按照每月2000元的标准定额扣除。",
        "",
        {22},
    ),
    # Sums of other notices; a month is said with its sum, and 一次性 of one sum is not said of the other.
    (
        *(TAX, "[继续教育]和[子女教育]哪个扣得多", "sum"),
        "较高的是纳税人的子女接受全日制学历教育的相关支出（每月1000元）；较低的是纳税人在中国境内接受学历（学位）继续教育的支出，在学历（学位）教育期间（每月400元定额扣除）。",
        "The higher is 纳税人的子女接受全日制学历教育的相关支出 (每月1000元); the lower is 纳税人在中国境内接受学历（学位）继续教育的支出，在学历（学位）教育期间 (每月400元定额扣除).",
        {5, 8},
    ),
    (
        *(INN, "[建设奖补]和[消防改造]哪个多", "sum"),
        "较高的是新建并通过等级评定的乡村民宿（每家最高给予50万元一次性奖补）；较低的是完成消防改造的民宿（每家给予1万元补助）。",
        "The higher is 新建并通过等级评定的乡村民宿 (每家最高给予50万元一次性奖补); the lower is 完成消防改造的民宿 (每家给予1万元补助).",
        {1, 3},
    ),
    (
        *(RATES, "[一次性创业补贴]和[见习补贴]哪个高", "sum"),
        "较高的是毕业5年内高校毕业生创业（10000）；较低的是见习单位（2000）。",
        "The higher is 毕业5年内高校毕业生创业 (10000); the lower is 见习单位 (2000).",
        set(),
    ),
    (
        *(REEF, "[网箱]和[水产加工]哪个多", "sum"),
        "较高的是新建深水网箱的企业（每个最高给予30万元补助）；较低的是水产加工企业（每家每年最高给予20万元贴息）。",
        "The higher is 新建深水网箱的企业 (每个最高给予30万元补助); the lower is 水产加工企业 (每家每年最高给予20万元贴息).",
        {1},
    ),
]


@pytest.mark.parametrize(("notice_id", "marked", "value", "chinese", "english", "measures"), COMPARED)
def test_compares(
    notice_id: str,
    marked: str,
    value: str,
    chinese: str,
    english: str,
    measures: set[int],
    shelf: Mapping[str, Corpus],
) -> None:
    zh, en = (compare(marked, value, shelf[notice_id], language) for language in ("zh", "en"))
    assert (zh.is_filled, zh.parts[0].text, en.parts[0].text) == (True, chinese, english or en.parts[0].text)
    places = [s.place for p in zh.parts for s in p.sources] + [s.place for i in zh.items for s in i.sources]
    assert {p.measure.number for p in (*places, *zh.carriers) if p.measure} == measures


def test_the_verdict_on_equal_limits_claims_no_period(shelf: Mapping[str, Corpus]) -> None:
    """They are paid differently, which each says itself."""
    finding = compare("[中试基地]和[孵化器]哪个给得多", "sum", shelf[HOME], "en")
    assert "one-off" not in finding.parts[0].text
    assert "per year" not in finding.parts[0].text
    (table,) = [p for p in finding.parts if p.kind is PartKind.TABLE]
    assert [row.cells[1] for row in table.rows] == ["年度最高奖补200万元", "依据认定层级给予每家最高200万元一次性补助"]


LACKING = [(HOME, "[创新券]和[专利池]哪个多", "最高给予300万元"), (REEF, "[博士]和[硕士]哪个多", "每人一次性给予5万元")]


@pytest.mark.parametrize(("notice_id", "marked", "printed"), LACKING)
def test_without_a_sum_nothing_is_higher(
    notice_id: str, marked: str, printed: str, shelf: Mapping[str, Corpus]
) -> None:
    finding = compare(marked, "sum", shelf[notice_id])
    assert (finding.is_filled, finding.missing is not None) == (False, True)
    assert finding.parts[0].kind is PartKind.MISSING
    assert finding.parts[0].text == "其中有的没有写明金额，多少无法比较，原文是："
    (table,) = [p for p in finding.parts if p.kind is PartKind.TABLE]
    assert {row.cells[1] for row in table.rows} == {printed, "没写金额"}


UNPRICED = [
    (HOME, f"{FOUR}和{NINE}哪个给得多", "第（四）条"),
    (JOBS, f"[n:第三条={JOBS}/2.3]和[n:第八条={JOBS}/3.8]哪个给得多", "第（八）条"),
    (REEF, f"[n:第一条={REEF}/1.1]和[n:第二条={REEF}/2.2]哪个给得多", ""),
]


@pytest.mark.parametrize(("notice_id", "marked", "lacking"), UNPRICED)
def test_a_measure_without_a_sum_is_named(
    notice_id: str, marked: str, lacking: str, shelf: Mapping[str, Corpus]
) -> None:
    finding = compare(marked, "sum", shelf[notice_id])
    said = f"{lacking}没有写明金额，多少无法比较；写明的支持是：" if lacking else finding.parts[0].text
    assert (finding.is_filled, finding.parts[0].text) == (not lacking, said)


def test_one_of_two_levels_is_given_nothing(shelf: Mapping[str, Corpus]) -> None:
    finding = compare("国家级[孵化器]和省级[孵化器]，哪个给的多", "sum", shelf[HOME])
    assert (finding.is_filled, finding.parts[0].text) == (False, "省级的金额，通知没有写；写的是别的级别：")


LEADING = [
    (HOME, f"{SIX}和{SIXTEEN}哪个是牵头的", "clause", "第（六）条“知识产权服务”由省市场监管局牵头负责。"),
    (HOME, f"{SIX}和{SIXTEEN}谁牵头", "department", "第（六）条“知识产权服务”由省市场监管局牵头负责。"),
    (
        *(JOBS, f"[n:第三条={JOBS}/2.3]和[n:第八条={JOBS}/3.8]谁牵头", "department"),
        "第（三）条“加大创业担保贷款贴息及奖补政策支持力度”由财政部牵头负责。",
    ),
]


@pytest.mark.parametrize(("notice_id", "marked", "value", "line"), LEADING)
def test_who_leads_is_said_of_each_measure(
    notice_id: str, marked: str, value: str, line: str, shelf: Mapping[str, Corpus]
) -> None:
    inquiry = make_inquiry("", shelf[notice_id], ItemIndex(shelf[notice_id]))
    wanted = Want(value, Operation.COMPARE)
    finding = find_comparison(ask_marked(marked, inquiry, Listing(role="lead"), wanted))
    assert finding.parts[0].text == line


def test_sides_are_found_by_the_printed_words_for_everyday_ones(alone: Mapping[str, Assistant]) -> None:
    first = alone[PRIZE].ask("第一次认定和重新认定哪个给的多").parts[0]
    assert (
        first.text
        == "较高的是首次认定的高新技术企业（给予20万元奖励）；较低的是重新认定的高新技术企业（给予10万元奖励）。"
    )


def test_sums_stand_side_by_side(shelf: Mapping[str, Corpus]) -> None:
    finding = compare("[专利池]和[研发总部]哪个给得多", "sum", shelf[HOME])
    (table,) = [p for p in finding.parts if p.kind is PartKind.TABLE]
    assert table.columns == ("给谁、做什么", "金额（原文）", "条件", "条款")
    assert [row.cells for row in table.rows] == [
        ("相关企业建设重点产业专利池", "最高给予300万元", "成效显著", "第（六）条"),
        (
            *("世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构",),
            *("按年度研发投入额最高给予500万元补助", "符合条件", "第（二）条"),
        ),
    ]


DEPARTMENTS = [
    (HOME, "[d:省科技厅]和[d:省财政厅]谁管得多", "各责任部门的措施数：省科技厅14条、省财政厅7条。", 2),
    (HOME, "[d:省财政厅]和[d:省科技厅]谁管得多", "各责任部门的措施数：省科技厅14条、省财政厅7条。", 2),
    (HOME, "[d:省财政厅]和[d:省审计厅]谁管得多", "各责任部门的措施数：省财政厅7条。", 1),
    (REEF, "[d:市海洋局]和[d:市财政局]谁管得多", "各责任部门的措施数：市海洋局2条、市财政局1条。", 2),
]


@pytest.mark.parametrize(("notice_id", "marked", "line", "count"), DEPARTMENTS)
def test_departments(notice_id: str, marked: str, line: str, count: int, shelf: Mapping[str, Corpus]) -> None:
    finding = compare(marked, "department", shelf[notice_id])
    assert (finding.parts[0].text, finding.count, len(finding.items)) == (line, Count(count, None), count)
