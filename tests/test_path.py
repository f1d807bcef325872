"""Whole questions, end to end, on the notice that the product ships with the model that it ships."""

import random
from dataclasses import replace

import pytest

from assistant.answer import Answer, Degraded, PartKind, Status
from assistant.ask import Assistant
from assistant.output.listener import Listener
from assistant.understanding.frame import Turn
from assistant.understanding.text import BadQuestion
from corpus.language.amounts import read_amounts
from corpus.store import Corpus

SHARED, LEAD = "按职责分工负责", "牵头负责"
OWNERS = {
    1: "省发展改革委、省科技厅、省工业和信息化厅、省财政厅、省农业农村厅",
    2: "省科技厅、省工业和信息化厅、省财政厅、省市场监管局",
    3: "省发展改革委、省科技厅、省农业农村厅、省市场监管局、省能源局、省海洋局",
    4: "省发展改革委、省科技厅、省工业和信息化厅、省农业农村厅",
    5: "省发展改革委、省科技厅、省工业和信息化厅、省大数据局",
    6: "省市场监管局",
    7: "省科技厅、省工业和信息化厅、省市场监管局",
    8: "省自然资源厅、省住房和城乡建设厅、省水利厅、省能源局、省海洋局",
    9: "省科技厅、省工业和信息化厅、省财政厅",
    10: "省教育厅、省科技厅、省财政厅",
    11: "省委金融办、省发展改革委、省科技厅、省财政厅、人民银行山东省分行、山东金融监管局",
    12: "省科协、省科技厅、省市场监管局",
    13: "省科技厅、省工业和信息化厅、省财政厅、省大数据局",
    14: "省委组织部、省科技厅、省人力资源社会保障厅",
    15: "省委金融办、省科技厅、省财政厅、人民银行山东省分行、山东金融监管局、山东证监局",
    16: "省科技厅",
}
FORMS = ["第{n}条由哪些部门负责？", "第{n}条归谁管", "（{n}）由谁负责"]


def said(answer: Answer) -> str:
    """Everything in our own words, without quotations."""
    own = [p.text for p in answer.parts if p.kind is not PartKind.QUOTE]
    return "\n".join((*own, *(i.text for i in answer.items or ())))


def assert_citations_are_exact(answer: Answer, corpus: Corpus) -> None:
    for citation in answer.citations:
        assert corpus.texts[citation.notice_id][citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", OWNERS)
def test_departments_of_every_measure(number: int, form: str, assistant: Assistant) -> None:
    answer = assistant.ask(form.format(n=number))
    role = LEAD if number in {6, 16} else SHARED
    assert answer.status is Status.ANSWERED
    assert f"由{OWNERS[number]}{role}。" in answer.parts[0].text
    (owners,) = answer.responsibilities
    assert (owners.measure_number, "、".join(owners.departments), owners.role) == (number, OWNERS[number], role)
    assert_citations_are_exact(answer, assistant.corpus)


SUMS = [
    ("世界500强来鲁设立研发总部补多少", "按年度研发投入额最高给予500万元补助", 2),
    ("高价值专利培育中心给多少钱", "最高给予200万元", 6),
    ("重点产业专利池给多少", "对成效显著的最高给予300万元", 6),
    ("省级中试基地一年奖多少", "年度最高奖补200万元", 9),
    ("部级孵化器补助多少钱", "依据认定层级给予每家最高200万元一次性补助", 10),
    ("创新创业大赛的科技型中小企业奖多少", "最高给予50万元奖励", 10),
]


@pytest.mark.parametrize(("question", "clause", "number"), SUMS)
def test_sums_with_their_qualifiers(question: str, clause: str, number: int, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert clause in answer.parts[0].text
    assert {a.text for a in read_amounts(said(answer))} == {a.text for a in read_amounts(clause)}
    assert {r.measure_number for r in answer.responsibilities} == {number}
    assert_citations_are_exact(answer, assistant.corpus)


UNPRICED = [
    "创新券多少钱",
    "创新券最高补多少",
    "创新券一张值多少",
    "创新券的补助金额是多少万元",
    "创新券给几万块",
    "创新券额度",
    "How much is the innovation voucher?",
    "算力券多少钱",
    "算力券最高奖补多少万",
    "算力券的奖补标准是什么",
    "买算力能拿多少补贴，用算力券",
    "概念验证中心给多少钱",
    "省级概念验证中心最高奖多少",
    "概念验证中心一年给多少万",
    "省级概念验证中心绩效评价后能拿多少",
    "How much does a proof-of-concept center get?",
]


@pytest.mark.parametrize("question", UNPRICED)
def test_no_figure_where_none_is_printed(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert read_amounts(said(answer)) == ()
    assert answer.citations
    assert {r.measure_number for r in answer.responsibilities} <= {4, 9, 13}


QUESTIONS = [
    "中试基地一年奖多少？什么时候申报？",
    "第九条讲什么",
    "第三部分讲什么",
    "省财政厅负责哪些条",
    "文号是多少",
    "依据什么文件制定的",
    "技术经理人有什么支持",
    "1+N是什么意思",
    "青岛发展什么",
    "专利池和中试基地哪个给得多",
    "第17条讲什么",
    "How much can the patent pool get?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_exact(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert_citations_are_exact(answer, assistant.corpus)
    quotes = [c.quote for c in answer.citations]
    assert all(any(p.text in q for q in quotes) for p in answer.parts if p.kind is PartKind.QUOTE)
    assert answer.text.strip()


@pytest.mark.parametrize(
    "question", ["省级中试基地一年奖多少", "第九条由哪些部门负责", "创新券多少钱", "一共多少条措施"]
)
def test_words_alone_answer_the_same_and_say_so(question: str, assistant: Assistant) -> None:
    words_only = Assistant(replace(assistant.corpus, embedder=None, vectors=None))
    answer, usual = words_only.ask(question), assistant.ask(question)
    assert (answer.degraded, usual.degraded) == (Degraded.EMBEDDER_UNAVAILABLE, None)
    assert (answer.status, answer.parts, answer.items) == (usual.status, usual.parts, usual.items)


def test_the_same_question_has_the_same_answer(assistant: Assistant) -> None:
    one, other = (assistant.ask("中试基地奖多少", [Turn("user", "创新券多少钱")]) for _ in range(2))
    assert replace(one, timings_ms=other.timings_ms) == other
    assert one.id != assistant.ask("中试基地奖多少").id


def test_a_whole_question_after_a_narrow_one_is_whole(assistant: Assistant) -> None:
    answer = assistant.ask("一共多少条措施？请列出来", [Turn("user", "第九条由谁负责")])
    assert [i.text.split(" ")[0] for i in answer.items or ()][:2] == ["第（一）条", "第（二）条"]
    assert len(answer.items or ()) == 16


def test_tells_its_steps(assistant: Assistant) -> None:
    steps: list[str] = []
    assistant.ask("创新券多少钱", listener=Listener(steps.append))
    assert steps == ["understand", "retrieve", "compose", "verify"]


PIECES = [
    *"第条（）九？，“”《》$\\[]*😀𠮷ßשİ\u202e\x00\ud83d",
    "200万元",
    "最高",
    "吗",
    "谁负责",
    "中试基地",
    "article 9",
    "<b>",
    "${x}",
]


@pytest.mark.parametrize("seed", range(60))
def test_anything_typed_is_answered_or_refused_politely(seed: int, assistant: Assistant) -> None:
    chance = random.Random(seed)
    notice = assistant.corpus.texts["lkz-2025-128"]
    start = chance.randrange(len(notice) - 20)
    typed = [*notice[start : start + chance.randrange(20)], *chance.choices(PIECES, k=chance.randrange(1, 25))]
    chance.shuffle(typed)
    question = "".join(typed)[:500]
    earlier = [
        Turn(chance.choice(["user", "assistant"]), "".join(chance.choices(PIECES, k=8))) for _ in range(seed % 3)
    ]
    try:
        answer = assistant.ask(question, earlier)
    except BadQuestion:
        return
    assert answer.text.strip()
    assert_citations_are_exact(answer, assistant.corpus)
