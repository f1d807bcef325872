"""What so many recipients come to: multiplied, called so, and never by a number of anything else."""

import pytest

from assistant.ask import Assistant
from assistant.listing.selection import Rows, Selection, Where, select
from assistant.verifying.verify import _check_multiple

TOLD = [
    (
        "我手里有四家孵化器，假如都被工信部认定了，按最高算四家合计补多少",
        "4家都按上限算，合计最高800万元（4×最高200万元）",
    ),
    (
        "假如今年有七家小企业在创新创业大赛里都拿了封顶奖励，财政要掏出去多少？",
        "7家都按上限算，合计最高350万元（7×最高50万元）",
    ),
    ("部级孵化器省里要是评出来七家，按顶格给，预算要准备多少", "合计最高1400万元（7×最高200万元）"),
    ("要是十家中试基地都按最高奖，一年下来省里得花多少万？", "合计最高2000万元（10×最高200万元）"),
]


@pytest.mark.parametrize(("question", "words"), TOLD)
def test_multiplies(question: str, words: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert words in answer.text and "通知本身没有写合计" in answer.text


OTHERS = [
    "我们公司30个人，设研发中心一共能补多少钱？",
    "我们园区有5家公司，建中试基地一共能补多少？",
    "我们有3家分店，部级孵化器一共能补多少？",
    "部级孵化器第2年一共能补多少？",
    "四家孵化器能补多少？",
]


@pytest.mark.parametrize("question", OTHERS)
def test_other_numbers_multiply_nothing(question: str, assistant: Assistant) -> None:
    assert "×" not in assistant.ask(question).text


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("4家都按上限算，合计最高800万元（4×最高200万元）：……每家最高200万元一次性补助。", True),
        ("4家都按上限算，合计最高900万元（4×最高200万元）：……每家最高200万元一次性补助。", False),
        ("4家都按上限算，合计最高800万元（4×最高200万元）：……每家最高300万元一次性补助。", False),
    ],
)
def test_what_is_multiplied_is_multiplied_again(text: str, is_right: bool, assistant: Assistant) -> None:
    catalogue = assistant.corpus.catalogue
    key = next(
        m.key
        for m in select(Selection(Rows.SUPPORTS, Where(is_priced=True)), catalogue).members
        if m.support and m.support.support.amount and "每家" in m.support.item.text
    )
    table = select(Selection(Rows.SUPPORTS, Where(is_priced=True), among=(key,)), catalogue)
    assert (_check_multiple(text, 4, table) is None) is is_right
