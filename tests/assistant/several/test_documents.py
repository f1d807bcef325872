"""Which notices there are: all of them, those of a body, a year, a number or a word, the newest."""

import pytest

from assistant.ask import Assistant
from assistant.evidence.whether import asks_documents

LINES = [
    ("你这里都有哪些文件？", "收录的文件共16份。", 16),
    ("国务院办公厅发的文件有哪几份", "收录的16份文件里，由国务院办公厅印发的有7份。", 7),
    ("2018年发的文件有哪些", "收录的16份文件里，2018年印发的有5份。", 5),
    ("文号是“国办发〔2018〕”开头的有哪几份", "收录的16份文件里，文号以“国办发〔2018〕”开头的有2份。", 2),
    ("国务院2018年发了哪几份文件", "收录的16份文件里，由国务院印发、2018年印发的有3份。", 3),
    ("哪几份文件提到了医疗器械", "收录的16份文件里，写到“医疗器械”的有2份。", 2),
    ("哪些文件是教育部发的", "收录的16份文件里，没有由教育部印发的。", 0),
]


@pytest.mark.parametrize(("question", "line", "count"), LINES)
def test_lists_the_notices(question: str, line: str, count: int, everything: Assistant) -> None:
    answer = everything.ask(question)
    assert (answer.parts[0].text, len(answer.items or ())) == (line, count)


def test_the_newest_by_the_printed_date(everything: Assistant) -> None:
    line = everything.ask("最新的是哪一份文件？").parts[0].text
    assert line == (
        "按写明的成文日期，最新的是《国务院办公厅关于加强三级公立医院绩效考核工作的意见》"
        "（国办发〔2019〕4号、2019年1月16日）。另有4份没有写成文日期，没有算在内。"
    )


def test_every_notice_of_the_list_is_cited_by_its_title(everything: Assistant) -> None:
    answer = everything.ask("最早的文件是哪一份？")
    assert [i.text for i in answer.items or ()] == [
        "《国务院办公厅转发国家地震局关于我国地震重点监视防御区的确定和加强防震减灾工作意见报告的通知》"
        "（国办发〔1996〕2号、1996年2月5日）"
    ]
    assert {c.kind.value for c in answer.citations} == {"title"}


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("都有哪些文件", True),
        ("最新的通知是哪一份", True),
        ("依据的文件有哪些", False),
        ("要提交哪些文件", False),
        ("哪份文件讲无废城市", False),
    ],
)
def test_what_asks_for_the_notices(text: str, is_asked: bool) -> None:
    assert asks_documents(text) is is_asked


def test_of_one_notice_the_documents_are_not_the_notices(assistant: Assistant) -> None:
    assert not assistant.ask("都有哪些文件").parts[0].text.startswith("收录的文件")


@pytest.mark.parametrize(
    ("question", "status"),
    [("个税专项附加扣除那份文件的文号是什么", "out_of_scope"), ("科技服务业那份文件的文号是什么", "answered")],
)
def test_another_document_is_not_at_hand(question: str, status: str, assistant: Assistant) -> None:
    assert assistant.ask(question).status.value == status
