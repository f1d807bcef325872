"""Printed details that people ask for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.notice import Phrase, Value
from ingest.facts.values import read_values
from tests.ingest.facts.items import read_item

SLOTS = [
    ("聚焦19条标志性产业链创新需求", [("quantity", "19条标志性产业链创新需求")]),
    ("建设1个国家级试点，培育N个省级中心", [("quantity", "1个国家级试点"), ("quantity", "N个省级中心")]),
    ("每年遴选标杆示范场景10个以上，每年认定一批单位", [("quantity", "10个以上")]),
    ("培育两家企业", [("quantity", "两家企业")]),
    ("覆盖10余家企业", [("quantity", "10余家企业")]),
    ("年满60周岁", [("quantity", "60周岁")]),
    ("每人1次，不超过3年", [("quantity", "1次"), ("quantity", "3年")]),
    ("20个工作日内办结", [("quantity", "20个工作日内办结")]),
    ("2025年6月30日前报送", [("date", "2025年6月30日前")]),
    ("2025年底前完成", [("date", "2025年底前")]),
    ("6月2日至6月4日", [("date", "6月2日"), ("date", "6月4日")]),
    ("有效期至2027年12月31日", [("validity", "有效期至2027年12月31日")]),
    ("本办法自2019年1月1日起施行", [("validity", "自2019年1月1日起施行")]),
    ("联系电话：0531-66777777", [("telephone", "0531-66777777")]),
    ("手机13812345678，热线12366", [("telephone", "13812345678"), ("telephone", "12366")]),
    ("地址：济南市历下区某路1号", [("address", "地址：济南市历下区某路1号")]),
    ("登录山东政务服务网（www.sd.gov.cn）申报", [("route", "登录山东政务服务网（www.sd.gov.cn）申报")]),
    ("向所在地科技局提出申请", [("route", "向所在地科技局提出申请")]),
    ("提交申请表、营业执照复印件等材料", [("materials", "提交申请表、营业执照复印件等材料")]),
]
NO_SLOTS = [
    "",
    "世界500强企业",
    "“1+N”体系",
    "第十条",
    "第3个工作日",
    "培育一批企业",
    "每年认定一家",
    "三年行动",
    "最高给予500万元",
    "鲁科字〔2025〕128号",
    "5%",
]


def _find(text: str, kind: str, printed: str) -> Value:
    start = text.index(printed)
    return Value(kind, Phrase(printed, start, start + len(printed)))


@pytest.mark.parametrize(("text", "expected"), SLOTS)
def test_reads_printed_details(text: str, expected: list[tuple[str, str]]) -> None:
    assert read_values(read_item(text)) == tuple(_find(text, *slot) for slot in expected)


@pytest.mark.parametrize("text", NO_SLOTS)
def test_takes_nothing_else_for_a_detail(text: str) -> None:
    assert read_values(read_item(text)) == ()


@given(st.text(alphabet="0123456789一二十N年月日个家条前起至电话：-，。第每自施行", max_size=50))
def test_details_stand_where_they_say_and_never_overlap(text: str) -> None:
    places = sorted((s.phrase.start, s.phrase.end, s.phrase.text) for s in read_values(read_item(text)))
    assert [text[start:end] for start, end, _ in places] == [printed for _, _, printed in places]
    assert all(one[1] <= two[0] for one, two in pairwise(places))
