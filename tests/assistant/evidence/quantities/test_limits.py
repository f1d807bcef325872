"""Numbers of a case against the limits of a sentence: which decide it, and which are of something else."""

import pytest

from assistant.evidence.quantities.limits import Crossing, find_crossing, fits

EARLY = "对转制时距国家法定退休年龄五年以内的原事业编制内人员，可以提前离岗。"
FILM = "推广应用标准地膜，禁止生产和使用厚度低于0.01毫米的地膜。"
GROWN = "允许年满18周岁、能够专职工作的中国公民担任股东。"
LOAN = "新招用人数达到现有在职职工人数25%（超过100人的企业达到15%）并与其签订1年以上劳动合同的，可申请。"
CHAIR = "年龄一般不超过70周岁。"

CASES = [
    ("干了三十年，离法定退休还差六年半", EARLY, ("法定",), Crossing("六年半", "五年以内")),
    ("离法定退休还差四年", EARLY, ("法定",), None),
    # Nothing tells which of two numbers is meant, or that either is.
    ("干了三十年", EARLY, ("法定",), None),
    ("那个零点零零八毫米的膜", FILM, (), Crossing("零点零零八毫米", "低于0.01毫米")),
    ("0.012毫米的膜", FILM, (), None),
    ("0.01毫米的膜", FILM, (), None),
    ("我17岁", GROWN, (), Crossing("17岁", "年满18周岁", True)),
    ("我18岁", GROWN, (), None),
    ("我今年19", GROWN, (), None),
    ("合同签了半年，劳动合同签了6个月", LOAN, ("劳动",), Crossing("6个月", "1年以上")),
    ("劳动合同签了两年", LOAN, ("劳动",), None),
    # What stands in brackets is another tier; what is so mostly decides nothing.
    ("我们厂80人", LOAN, ("企业",), None),
    ("会长75岁", CHAIR, (), None),
    ("现有职工260人，新招了30个", LOAN, (), Crossing("30个", "15%")),
    ("现有职工80人，新招了24个", LOAN, (), None),
    ("现有职工80人，新招了15个", LOAN, (), Crossing("15个", "25%")),
    # An age needs no unit behind 今年, and half a year is six months; the same limit twice is one.
    ("我今年17", GROWN, (), Crossing("17", "年满18周岁", True)),
    (
        "我爸今年58",
        "本办法所称被赡养人是指年满60岁的父母，以及年满60岁的祖父母。",
        (),
        Crossing("58", "年满60岁", True),
    ),
    ("参保半年", "放宽至参保1年以上。", ("参保",), Crossing("半年", "1年以上")),
    # A limit is claimed, not told.
    ("18岁以下也行吧", GROWN, (), None),
    ("2019年17岁的人", "自2019年起，" + GROWN, (), Crossing("17岁", "年满18周岁", True)),
]


@pytest.mark.parametrize(("message", "sentence", "words", "expected"), CASES)
def test_limits(message: str, sentence: str, words: tuple[str, ...], expected: Crossing | None) -> None:
    assert find_crossing(message, sentence, words) == expected


SMALL, LARGE = "市辖区户籍人口不超过100万的城市，每月800元。", "市辖区户籍人口超过100万的城市，每月1100元。"


@pytest.mark.parametrize(
    ("message", "small", "large"),
    [
        ("户籍人口80万，租金能扣多少", 1, -1),
        ("户籍人口三百万，租金能扣多少", -1, 1),
        ("租金80万，能扣多少", 0, 0),
        ("租金能扣多少", 0, 0),
    ],
)
def test_the_tier_that_a_number_lies_in(message: str, small: int, large: int) -> None:
    assert (fits(message, SMALL, ("户籍", "人口")), fits(message, LARGE, ("户籍", "人口"))) == (small, large)
