"""Printed details that people ask for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.notice import Phrase, Slot, SlotKind
from ingest.facts.slots import read_slots

K = SlotKind
SLOTS = [
    ("聚焦19条标志性产业链创新需求", [(K.QUANTITY, "19条标志性产业链创新需求")]),
    ("建设1个国家级试点，培育N个省级中心", [(K.QUANTITY, "1个国家级试点"), (K.QUANTITY, "N个省级中心")]),
    ("每年遴选标杆示范场景10个以上，每年认定一批单位", [(K.QUANTITY, "10个以上")]),
    ("培育两家企业", [(K.QUANTITY, "两家企业")]),
    ("覆盖10余家企业", [(K.QUANTITY, "10余家企业")]),
    ("年满60周岁", [(K.QUANTITY, "60周岁")]),
    ("每人1次，不超过3年", [(K.QUANTITY, "1次"), (K.QUANTITY, "3年")]),
    ("20个工作日内办结", [(K.QUANTITY, "20个工作日内办结")]),
    ("2025年6月30日前报送", [(K.DATE, "2025年6月30日前")]),
    ("2025年底前完成", [(K.DATE, "2025年底前")]),
    ("6月2日至6月4日", [(K.DATE, "6月2日"), (K.DATE, "6月4日")]),
    ("有效期至2027年12月31日", [(K.VALIDITY, "有效期至2027年12月31日")]),
    ("本办法自2019年1月1日起施行", [(K.VALIDITY, "自2019年1月1日起施行")]),
    ("联系电话：0531-66777777", [(K.TELEPHONE, "0531-66777777")]),
    ("手机13812345678，热线12366", [(K.TELEPHONE, "13812345678"), (K.TELEPHONE, "12366")]),
    ("地址：济南市历下区某路1号", [(K.ADDRESS, "地址：济南市历下区某路1号")]),
    ("登录山东政务服务网（www.sd.gov.cn）申报", [(K.ROUTE, "登录山东政务服务网（www.sd.gov.cn）申报")]),
    ("向所在地科技局提出申请", [(K.ROUTE, "向所在地科技局提出申请")]),
    ("提交申请表、营业执照复印件等材料", [(K.MATERIALS, "提交申请表、营业执照复印件等材料")]),
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


def _find(text: str, kind: SlotKind, printed: str) -> Slot:
    start = 50 + text.index(printed)
    return Slot(kind, Phrase(printed, start, start + len(printed)))


@pytest.mark.parametrize(("text", "expected"), SLOTS)
def test_reads_printed_details(text: str, expected: list[tuple[SlotKind, str]]) -> None:
    assert read_slots(Phrase(text, 50, 50 + len(text))) == tuple(_find(text, *slot) for slot in expected)


@pytest.mark.parametrize("text", NO_SLOTS)
def test_takes_nothing_else_for_a_detail(text: str) -> None:
    assert read_slots(Phrase(text, 0, len(text))) == ()


@given(st.text(alphabet="0123456789一二十N年月日个家条前起至电话：-，。第每自施行", max_size=50))
def test_details_stand_where_they_say_and_never_overlap(text: str) -> None:
    places = sorted((s.phrase.start, s.phrase.end, s.phrase.text) for s in read_slots(Phrase(text, 9, 9 + len(text))))
    assert [text[start - 9 : end - 9] for start, end, _ in places] == [printed for _, _, printed in places]
    assert all(one[1] <= two[0] for one, two in pairwise(places))
