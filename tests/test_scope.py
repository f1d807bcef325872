"""What no notice prints is recognised as unknown; what is printed never is."""

import pytest

from assistant.ask import Assistant
from assistant.retrieve import retrieve
from assistant.scope import Unknown, find_unknown


def unknown(question: str, assistant: Assistant) -> Unknown | None:
    query = assistant._understander.understand(question)
    return find_unknown(query, retrieve(query, assistant.corpus), assistant.corpus)


@pytest.mark.parametrize(
    "question",
    ["红烧肉怎么做才好吃", "推荐一部电影", "高铁票怎么退"],
)
def test_another_field(question: str, assistant: Assistant) -> None:
    found = unknown(question, assistant)
    assert found is not None and found.is_elsewhere


@pytest.mark.parametrize("question", ["文件里提到养老院了吗", "通知有没有提到充电桩", "政策里写了生猪养殖吗"])
def test_a_word_that_is_not_printed(question: str, assistant: Assistant) -> None:
    found = unknown(question, assistant)
    assert found is not None and not found.is_elsewhere
    assert not any(found.words in text for text in assistant.corpus.texts.values())


@pytest.mark.parametrize(
    "question",
    [
        "创新券多少钱",
        "文件里提到算力券了吗",
        "第九条由谁负责",
        "中试基地什么时候申报",
        "一共多少条措施",
        "省科技厅负责哪些",
        "新券”补助。",
        "鲁科字",
        "文号是多少",
    ],
)
def test_what_is_printed_is_known(question: str, assistant: Assistant) -> None:
    assert unknown(question, assistant) is None
