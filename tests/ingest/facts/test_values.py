"""Printed details that people ask for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.kinds import load_kinds
from corpus.notice import Cell, Phrase, Value
from ingest.facts.reading import Reading
from ingest.facts.values import read_values
from ingest.parsing.view import view_text
from tests.ingest.facts.items import read_item

VALUES = [
    ("聚焦19条标志性产业链创新需求", [("quantity", "19条标志性产业链创新需求")]),
    ("建设1个国家级试点，培育N个省级中心", [("quantity", "1个国家级试点"), ("quantity", "N个省级中心")]),
    ("每年遴选标杆示范场景10个以上，每年认定一批单位", [("quantity", "10个以上")]),
    ("培育两家企业", [("quantity", "两家企业")]),
    ("覆盖10余家企业", [("quantity", "10余家企业")]),
    ("年满60周岁", [("quantity", "60周岁")]),
    ("每人1次，不超过3年", [("period", "3年"), ("quantity", "1次")]),
    ("20个工作日内办结", [("deadline", "20个工作日内")]),
    ("2025年6月30日前报送", [("deadline", "2025年6月30日前")]),
    ("2025年底前完成", [("deadline", "2025年底前")]),
    ("6月2日至6月4日", [("date", "6月2日至6月4日")]),
    ("2021年2月13日至15日放假", [("date", "2021年2月13日至15日")]),
    ("由2025年10月1日至2025年12月31日止", [("deadline", "2025年10月1日至2025年12月31日止")]),
    ("申报时间为当年6月1日至6月30日", [("deadline", "当年6月1日至6月30日")]),
    ("6月20日18：00前报送", [("deadline", "6月20日18：00前")]),
    ("5月6日上午9时开会", [("date", "5月6日上午9时")]),
    ("二〇二五年六月一日印发", [("date", "二〇二五年六月一日")]),
    ("每年3月公布，每月20日前汇总", [("deadline", "每月20日前"), ("date", "每年3月")]),
    ("2025年第三季度开展，年底前完成", [("date", "2025年第三季度")]),
    ("自受理之日起30日内答复", [("deadline", "自受理之日起30日内")]),
    ("自收到申请之日起，5个工作日内答复", [("deadline", "自收到申请之日起，5个工作日内")]),
    ("b.2025年12月1日后（含2025年5月）", [("date", "2025年12月1日后"), ("date", "2025年5月")]),
    ("收到申请之日起5个工作日内", [("deadline", "收到申请之日起5个工作日内")]),
    ("许可期限为三十日", [("period", "三十日")]),
    ("连续12个月以上", [("period", "12个月以上")]),
    ("2026年 4月\n20 日公布", [("date", "2026年 4月\n20 日")]),
    ("20\n25年5月公布", [("date", "20\n25年5月")]),
    ("有效期至2027年12月31日", [("validity", "有效期至2027年12月31日")]),
    ("本办法自2019年1月1日起施行", [("validity", "自2019年1月1日起施行")]),
    ("自2025年7月1日起施行，有效期5年", [("validity", "自2025年7月1日起施行"), ("validity", "有效期5年")]),
    ("执行至2026年8月31日", [("validity", "执行至2026年8月31日")]),
    ("联系电话：0531-66777777", [("telephone", "0531-66777777")]),
    ("（0531）66777777", [("telephone", "（0531）66777777")]),
    ("预约电话：0599-2837466转8012", [("telephone", "0599-2837466转8012")]),
    ("咨询电话 83331234、83331235", [("telephone", "83331234"), ("telephone", "83331235")]),
    ("客服400-800-1234，400 810 5678", [("telephone", "400-800-1234"), ("telephone", "400 810 5678")]),
    ("查询电话2999 0000", [("telephone", "2999 0000")]),
    ("手机13812345678，热线12366", [("telephone", "13812345678"), ("telephone", "12366")]),
    ("拨打114查询", [("telephone", "114")]),
    ("材料交溪口市人民路12号3楼302室", [("address", "材料交溪口市人民路12号3楼302室")]),
    ("1997年7―9月，每年3月至5月", [("date", "1997年7―9月"), ("date", "每年3月至5月")]),
    ("发布日期 2020-02-03", [("date", "2020-02-03")]),
    ("贷款期限1—3年", [("period", "1—3年")]),
    ("邮箱：abc.d@example.gov.cn", [("mail", "abc.d@example.gov.cn")]),
    ("见https://www.example.gov.cn/a/b?c=1", [("web", "https://www.example.gov.cn/a/b?c=1")]),
    ("地址：济南市历下区某路1号", [("address", "地址：济南市历下区某路1号")]),
    (
        "登录山东政务服务网（www.sd.gov.cn）申报",
        [("web", "www.sd.gov.cn"), ("route", "登录山东政务服务网（www.sd.gov.cn）申报")],
    ),
    ("关注“溪口发布”微信公众号", [("route", "“溪口发布”微信公众号")]),
    ("向所在地科技局提出申请", [("route", "向所在地科技局提出申请")]),
    ("提交申请表、营业执照复印件等材料", [("materials", "提交申请表、营业执照复印件等材料")]),
    ("补贴5%-20%", [("share", "5%-20%")]),
    ("补贴三分之一，不低于百分之六十", [("share", "三分之一"), ("share", "百分之六十")]),
    ("提高0.5个百分点", [("share", "0.5个百分点")]),
    ("按八折收取", [("share", "八折")]),
    ("缴费额的2/3", [("share", "2/3")]),
    ("符合条件的企业", [("condition", "符合条件的")]),
]
NOTHING = [
    "",
    "世界500强企业",
    "“1+N”体系",
    "第十条",
    "第3个工作日",
    "培育一批企业",
    "每年认定一家",
    "三年行动",
    "最高给予500万元",
    "奖励12000元",
    "鲁科字〔2025〕128号",
    "见《2025年工作方案》",
    "现将2025年补贴标准通知如下",
    "于疫情期间实施管制",
    "身份证号370102199001011234",
]
NOUNS = [
    ("按实际利率的50%给予贴息", "实际利率"),
    ("给予不超过合同额50%的补贴", "合同额"),
    ("有贷款余额的户数同比增长不低于15%", "有贷款余额的户数"),
    ("其中90%以上", None),
    ("按其年度贡献额给予奖励，前三年给予80%", "年度贡献额"),
    ("聚焦19条产业链", "产业链"),
    ("遴选示范场景10个以上", "示范场景"),
    ("自登记注册之日起3年内", "登记注册"),
    ("许可期限为三年", "许可期限"),
    ("申报时间为6月1日至6月30日", "申报时间"),
]
LISTS = [
    ("materials", "申请许可应当提交下列材料：", "（1）申请书；", "申请书"),
    ("materials", "申请材料包括：", "营业执照", "营业执照"),
    ("condition", "申请人应当具备下列条件：", "2.在本市登记；", "在本市登记"),
]
HOSTILE = (
    "1",
    "一百",
    "2025年",
    "（",
    "自",
    "由某局、",
    "a.",
    "0531-",
    "%",
    "电话1、",
    "《",
    "〔2020〕",
    "之日起",
    "\n",
    "以上",
)


def _find(text: str, kind: str, printed: str) -> tuple[str, Phrase]:
    start = text.index(printed)
    return kind, Phrase(printed, start, start + len(printed))


def _read(text: str) -> list[tuple[str, Phrase]]:
    return [(v.kind, v.phrase) for v in read_values(read_item(text))]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_reads_printed_details(text: str, expected: list[tuple[str, str]]) -> None:
    assert _read(text) == [_find(text, *value) for value in expected]


@pytest.mark.parametrize("text", NOTHING)
def test_takes_nothing_else_for_a_detail(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(("text", "noun"), NOUNS)
def test_says_what_is_counted_shared_or_dated(text: str, noun: str | None) -> None:
    (value,) = read_values(read_item(text))[:1]
    assert (value.of.text if value.of else None) == noun
    assert value.of is None or text[value.of.start : value.of.end] == value.of.text


@pytest.mark.parametrize(("kind", "lead_in", "text", "printed"), LISTS)
def test_each_item_of_an_opened_list_is_a_value(kind: str, lead_in: str, text: str, printed: str) -> None:
    assert _find(text, kind, printed) in [(v.kind, v.phrase) for v in read_values(read_item(text, lead_in=lead_in))]


def test_a_cell_is_read_by_the_head_of_its_column() -> None:
    text = "张某\t83331234"
    cells = (Cell("姓名", Phrase("张某", 0, 2)), Cell("联系电话", Phrase("83331234", 3, 11)))
    assert read_values(Reading(view_text(text), cells=cells)) == (Value("telephone", cells[1].phrase),)


@given(st.text(alphabet="0123456789一二十N年月日个家条前起至电话：-，。第每自施行%折以上的在区内", max_size=50))
def test_details_stand_where_they_say_and_narrow_ones_never_overlap(text: str) -> None:
    wide = {k.key for k in load_kinds() if k.is_wide}
    places = [(s.kind, s.phrase.start, s.phrase.end, s.phrase.text) for s in read_values(read_item(text))]
    assert [text[start:end] for _, start, end, _ in places] == [printed for *_, printed in places]
    narrow = sorted((start, end) for kind, start, end, _ in places if kind not in wide)
    assert all(one[1] <= two[0] for one, two in pairwise(narrow))


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_of_one_piece_are_read(piece: str) -> None:
    """A pattern that is worse than linear would not come back from a hundred thousand characters."""
    text = piece * (100_000 // len(piece))
    assert all(text[v.phrase.start : v.phrase.end] == v.phrase.text for v in read_values(read_item(text)))
