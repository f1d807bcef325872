"""No, where leave is asked for what a sentence forbids, or a duty is asked of that it frees from."""

import pytest

from assistant.evidence.leave import Turn, denies_only_both, find_turn, may_turn, prints_enough, tells_of_both

CAPITAL = "公司股东不得以劳务、信用、商誉作价出资。"
GOLD = "鉴于国家对黄金实行统收统配政策，因此，不能返回部分黄金由产地加工。"
SIMPLE = "个体工商户按照简易程序办理注销登记的，无需公示。"
SHUT = "不具备封闭式集中管理的工程项目不得复工。"
TWICE = "已享受“一事一议”优惠政策的，不再享受奖励。"
EXAM = "大学附属三级公立医院，均参加属地绩效考核。"
BOTH = "纳税人及其配偶不能同时享受贷款利息和租金扣除。"

NO = [
    ("股东能不能拿劳务或者商誉顶出资", "", ("股东", "劳务", "商誉", "出资"), CAPITAL, Turn.FORBIDDEN),
    ("上头同意留一点金子自己加工不", "", ("加工",), GOLD, Turn.FORBIDDEN),
    ("个体户简易注销也得先公示吗", "", ("简易", "注销", "公示"), SIMPLE, Turn.FREED),
    ("谈了一事一议还能再领奖励", "谈了一事一议还能再领奖励", ("一事一议",), TWICE, Turn.FORBIDDEN),
    ("我们真的可以不参加考核吗", "", ("考核",), EXAM, Turn.FORBIDDEN),
    ("两口子能不能同时享受利息和租金扣除", "", ("利息", "租金"), BOTH, Turn.FORBIDDEN),
]


@pytest.mark.parametrize(("asked", "told", "words", "text", "turn"), NO)
def test_turns(asked: str, told: str, words: tuple[str, ...], text: str, turn: Turn) -> None:
    assert find_turn(asked, told or asked, words, text) is turn
    assert may_turn(asked, text)


OPEN = [
    # What is forbidden depends on something that nobody has told.
    ("下周能复工吗", ("复工",), SHUT),
    # Of one thing alone nothing is forbidden.
    ("这个租金我能扣吗", ("租金",), BOTH),
    # Nothing is asked but how it is.
    ("劳务怎么作价出资", ("劳务", "出资"), CAPITAL),
    # It is asked in a denial, whose scope is not read.
    ("不许拿商誉出资，是吧", ("商誉", "出资"), CAPITAL),
]


@pytest.mark.parametrize(("asked", "words", "text"), OPEN)
def test_leaves_open(asked: str, words: tuple[str, ...], text: str) -> None:
    assert find_turn(asked, asked, words, text) is None


def test_half_of_what_is_asked_about_must_be_printed() -> None:
    assert prints_enough(("股东", "商誉", "专利"), CAPITAL)
    assert not prints_enough(("股东", "房子", "车子"), CAPITAL)
    assert not prints_enough((), CAPITAL)


@pytest.mark.parametrize(
    ("asked", "text", "tells"),
    [
        ("两样能不能一块儿领", "在培训期间再给予生活费补贴。", False),
        ("两样能不能一块儿领", "且不可同时领取失业保险金。", True),
        ("能不能领", "在培训期间再给予生活费补贴。", True),
    ],
)
def test_two_at_once_are_told_of_by_what_speaks_of_both(asked: str, text: str, tells: bool) -> None:
    assert tells_of_both(asked, text) is tells


def test_what_is_repealed_holds_no_longer() -> None:
    text = "《关于供暖价格的通知》（溪发改〔2019〕8号）同时废止。"
    assert find_turn("供暖价格的文件还作数", "供暖价格的文件还作数吗", ("供暖", "价格"), text) is Turn.REPEALED
    assert find_turn("供暖价格的文件废了没", "供暖价格的文件废了没", ("供暖", "价格"), text) is not Turn.REPEALED


def test_what_may_not_be_had_at_once_may_be_had_alone() -> None:
    assert denies_only_both("我在成都租房，租金能扣吗", BOTH)
    assert not denies_only_both("贷款利息和租金两样能不能都扣", BOTH)
