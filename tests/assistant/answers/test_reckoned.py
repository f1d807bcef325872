"""What is reckoned from one sentence, and reckoned again before it is shown."""

from dataclasses import replace

import pytest

from assistant.answer import CitationKind, PartKind
from assistant.ask import Assistant
from assistant.composing.draft import ClaimKind, DraftPart, Source
from assistant.verifying.figures import check_reckoned
from corpus.catalogue import Place
from corpus.notice import Phrase
from tests.assistant.answers.conftest import Open

RECKONED = [
    ("gbf-1996-2", "1995年我国5级以上地震比年均水平多了多少次？", "相差29次（48次－19次）"),
    ("gf-2004-18", "常务会议一年下来大概得开多少次？", "12个月是36次（三次×12）"),
    (
        "gf-2018-39",
        "我们厂没裁员，上年度实际缴纳失业保险费12万元，能返还多少？",
        "按您说的12万元算，是6万元（12万元×50%）",
    ),
]


@pytest.mark.parametrize(("notice", "question", "words"), RECKONED)
def test_reckons(notice: str, question: str, words: str, open_notice: Open) -> None:
    answer = open_notice(notice).ask(question)
    assert words in answer.text and "通知本身没有写" in answer.text


NOT_RECKONED = [
    # Half a person is none.
    ("gf-2018-39", "现有在职130人，得新招多少人才能申请创业担保贷款？"),
    ("gf-2004-18", "常务会议平常一个月开几次？"),
    ("gbf-1996-2", "1995年我国5级以上地震有多少次？"),
    ("gf-2004-18", "常务会议每月开几次？"),
    # What is told is not what the share is of.
    ("gf-2018-39", "我们厂贷款12万元，失业保险能返还多少？"),
    # Of more than one person it cannot be said surely.
    ("gf-2018-41", "两个孩子上小学，一年能扣多少？"),
]


@pytest.mark.parametrize(("notice", "question"), NOT_RECKONED)
def test_reckons_nothing_that_is_not_sure(notice: str, question: str, open_notice: Open) -> None:
    text = open_notice(notice).ask(question).text
    assert "×" not in text and "－" not in text


CLAUSE = "1995年我国共发生5级以上地震48次，大大高于年均19次的水平"
SAYS = f"相差29次（48次－19次）：{CLAUSE}。这是相减得出的，通知本身没有写。"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (SAYS, True),
        (SAYS.replace("29次", "28次"), False),
        (SAYS.replace("48次－19次", "58次－29次"), False),
        (SAYS.replace("5级", "6级"), False),
        (SAYS.replace("（48次－19次）", ""), False),
    ],
)
def test_reckons_again(text: str, is_right: bool, open_notice: Open) -> None:
    notice = open_notice("gbf-1996-2").corpus.catalogue.notices[0]
    source = Source(CitationKind.SENTENCE, Place(notice), Phrase(f"{CLAUSE}。", 0, len(CLAUSE) + 1))
    part = DraftPart(PartKind.DIRECT, text, (source,), ClaimKind.RECKONED)
    assert (check_reckoned(part) is None) is is_right
    assert check_reckoned(replace(part, sources=())) is not None


def test_how_far_two_sums_lie_apart(assistant: Assistant) -> None:
    first = assistant.ask("高价值专利培育中心和重点产业专利池，封顶数差多少，哪个高？").parts[0].text
    assert first.startswith("相差100万元（300万元－200万元）：")
