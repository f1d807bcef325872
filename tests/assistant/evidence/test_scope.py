"""How far a claim goes, and how far the sentence does."""

import pytest

from assistant.evidence.claims import compare
from assistant.evidence.difference import Aspect, Claim
from tests.assistant.evidence.conftest import FindItem

HOME, JOBS = "lkz-2025-128", "gf-2018-39"
POOL, HATCHERY, CLOUD = (HOME, "重点产业专利池"), (HOME, "部级孵化器"), (HOME, "国家级智算云服务试点")
SURGERY, DESIGN, CHAPTERS = (
    ("gbf-2019-4", "考核指标中的手术包括"),
    ("gf-2018-38", "工程勘察除外"),
    ("gbh-2006-71", "以及部分司法解释"),
)
VOUCHER_OF_POWER, LIBRARY = (HOME, "“算力券”奖补"), (HOME, "省现代服务业重点项目库")
LIMITED = [
    (SURGERY, "门诊手术算手术吗", ("门诊",), Aspect.EXCEPTION),
    (DESIGN, "工程勘察企业也不用看业绩", ("勘察",), Aspect.EXCEPTION),
    # Said of the exception as it is printed of it.
    (SURGERY, "门诊手术不算手术", ("门诊",), Aspect.SCOPE),
    (CHAPTERS, "所有部门规章都收进去了", ("部门规章",), Aspect.EXTENT),
    (LIBRARY, "进了库一定给予补助", ("补助",), Aspect.EXTENT),
    (VOUCHER_OF_POWER, "只要买了算力就行", ("算力",), Aspect.EXTENT),
    (VOUCHER_OF_POWER, "光给买算力的", ("算力",), Aspect.EXTENT),
]


@pytest.mark.parametrize(("item", "text", "content", "aspect"), LIMITED)
def test_a_claim_that_goes_further_than_the_item(
    item: tuple[str, str], text: str, content: tuple[str, ...], aspect: Aspect, find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, content=content), match.place, match.item)
    assert aspect in {d.aspect for d in found}


NOT_FURTHER = [
    (CHAPTERS, "收了部分部门规章", ("部门规章",)),
    (VOUCHER_OF_POWER, "购买或提供算力的才给", ("算力",)),
    (POOL, "光给企业", ("企业",)),
    (HATCHERY, "一定是部级的", ("部级",)),
]


@pytest.mark.parametrize(("item", "text", "content"), NOT_FURTHER)
def test_a_claim_that_goes_no_further(
    item: tuple[str, str], text: str, content: tuple[str, ...], find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, content=content), match.place, match.item)
    assert {Aspect.EXTENT, Aspect.EXCEPTION, Aspect.PAIR}.isdisjoint(d.aspect for d in found)
