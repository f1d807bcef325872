"""Numbers of a claim against ranges, former limits, one for several, and what somebody spent."""

import pytest

from assistant.evidence.claims import compare
from assistant.evidence.difference import Aspect, Claim, Difference
from corpus.language.amounts import read_amounts
from tests.assistant.evidence.conftest import FindItem

HOME, JOBS = "lkz-2025-128", "gf-2018-39"
POOL, HATCHERY, CLOUD = (HOME, "重点产业专利池"), (HOME, "部级孵化器"), (HOME, "国家级智算云服务试点")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("还得交满3年", (Difference(Aspect.NUMBER, "3年", "1年以上"),)),
        ("交满1年", ()),
    ],
)
def test_what_was_required_before_is_not_required_now(
    text: str, expected: tuple[Difference, ...], find_item: FindItem
) -> None:
    match = find_item(JOBS, "放宽至参保1年以上")
    found = compare(Claim(text), match.place, match.item)
    assert tuple(d for d in found if d.aspect is Aspect.NUMBER) == expected


YOUNG = (JOBS, "16—24岁失业青年")


@pytest.mark.parametrize(("text", "said"), [("18岁的失业青年", None), ("26岁的失业青年", "26岁")])
def test_a_printed_range_holds_what_lies_in_it(text: str, said: str | None, find_item: FindItem) -> None:
    match = find_item(*YOUNG)
    found = compare(Claim(text), match.place, match.item)
    assert found == ((Difference(Aspect.NUMBER, said, "16—24岁"),) if said else ())


def test_what_somebody_spent_claims_nothing_of_the_sum(find_item: FindItem) -> None:
    match = find_item(*POOL)
    texts = ("专利池我花了50万元", "专利池给50万元")
    found = [
        [(d.aspect, d.said) for d in compare(Claim(t, amounts=read_amounts(t)), match.place, match.item)] for t in texts
    ]
    assert found == [[(Aspect.WORDS, "50万元")], [(Aspect.SUM, "50万元")]]


def test_several_are_claimed_where_one_is_printed(find_item: FindItem) -> None:
    match = find_item(*CLOUD)
    claims = [Claim(f"要建{n}试点", content=("试点",)) for n in ("好几个", "1个")]
    found = [[d for d in compare(c, match.place, match.item) if d.aspect is Aspect.NUMBER] for c in claims]
    assert found == [[Difference(Aspect.NUMBER, "好几个", "1个")], []]
