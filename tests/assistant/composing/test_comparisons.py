"""Both sides of a comparison with what differs, and several sums of one measure side by side."""

import pytest

from assistant.answer import Status
from assistant.ask import Assistant

COMPARED = [
    ("专利池和研发总部哪个给得多", "上限较高的是最高500万元，另一项是最高300万元", {2, 6}),
    ("哪个给得多：专利池还是研发总部？", "上限较高的是最高500万元", {2, 6}),
    ("都是二百万，中试基地和孵化器性质相同吗", "上限相同，都是最高200万元，条件和方式不同", {9, 10}),
    ("孵化器和中试基地的补助是不是一回事", "上限相同，都是最高200万元", {9, 10}),
    ("外省大企业设研发中心的补助，跟创业大赛的奖金比，上限各是多少", "最高给予500万元补助", {2, 10}),
    ("第六条和第七条的责任部门相同吗", "有3个责任部门", {6, 7}),
    ("Which is higher, the patent pool award or the R&D headquarters subsidy?", "The higher limit", {2, 6}),
    # The limits are equal, what they are paid for and how often is not.
    (
        "Which one gets more money, the incubator or the pilot base?",
        "Both limits are up to RMB 2 million",
        {9, 10},
    ),
    # Both sums of a measure, whatever is named beside it, and the larger of the two.
    ("知识产权那一条的两个金额哪个高", "最高给予300万元", {6}),
    ("企业孵化那条，封顶最高和最低的钱分别是多少", "最高200万元", {10}),
    ("中试基地奖补上限是多少，部级孵化器补助上限是多少，大赛奖励上限又是多少", "年度最高奖补200万元", {9, 10}),
]


@pytest.mark.parametrize(("question", "words", "measures"), COMPARED)
def test_shows_both_sides(question: str, words: str, measures: set[int], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    shown = "\n".join((answer.text, *(i.text for i in answer.items or ())))
    assert (answer.status, words in shown) == (Status.ANSWERED, True), answer.text
    assert measures <= {c.measure_number for c in answer.citations}


VERDICTS = [
    ("专利池和中试基地哪个给得多", "上限较高的是最高300万元，另一项是最高200万元："),
    ("孵化器、专利池、大赛，哪个钱最多", "上限从高到低：最高300万元、最高200万元、最高50万元："),
]


@pytest.mark.parametrize(("question", "verdict"), VERDICTS)
def test_says_which_limit_is_higher(question: str, verdict: str, assistant: Assistant) -> None:
    assert assistant.ask(question).parts[0].text == verdict


def test_the_verdict_on_equal_limits_claims_no_period(assistant: Assistant) -> None:
    verdict = assistant.ask("Which one gets more money, the incubator or the pilot base?").parts[0].text
    assert "one-off" not in verdict
    assert "per year" not in verdict


NAMED = [
    ("带“券”的支持一共有哪些", ["创新券", "算力券"]),
    ("文件里一共提到哪些“券”", ["创新券", "算力券"]),
]


@pytest.mark.parametrize(("question", "names"), NAMED)
def test_names_of_one_kind(question: str, names: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert [i.text for i in answer.items or ()] == names


def test_lists_of_one_kind_are_counted_together(assistant: Assistant) -> None:
    answer = assistant.ask("组织部和科协各管哪一条")
    assert answer.items is not None
    assert answer.count is not None
    assert (len(answer.items), answer.count.value) == (2, 2)


def test_measures_of_one_department_name_it(assistant: Assistant) -> None:
    answer = assistant.ask("责任部门最少的是哪几条")
    assert [i.text.split("（")[-1].rstrip("）") for i in answer.items or ()] == ["省市场监管局", "省科技厅"]
