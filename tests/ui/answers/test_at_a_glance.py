"""What a visitor sees of real answers: each sentence of the notice once, nothing of ours lost, money at a glance."""

import re
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Part, PartKind
from assistant.ask import Assistant
from assistant.understanding.frame import Turn
from evals.cases.case import find_case_files, read_cases
from ui.answers.citations import on_one_line
from ui.answers.render import render_answer
from ui.answers.suggest import suggest

_SHORTEST = 20
# What only leads to the sentences below, and the names of what is shown beside its own.
_LEAD_INS = re.compile("^(?:第|原文如下|最接近的是|The notice says|只在下面这句里提到|支持对象|条件)$|：$")
_CLAUSE = re.compile(r"[^，。；：:（）“”().]+")
_VOID = {"br", "input"}


class Seen(HTMLParser):
    """The text of HTML that is seen on a screen; one line for each paragraph, cell and sentence."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self._hidden: list[bool] = []
        self.feed("".join(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _VOID:
            self._hidden.append("hidden" in given or given.get("class") in ("sr", "cards"))

    def handle_endtag(self, tag: str) -> None:
        self._hidden.pop()
        if tag in ("p", "dd", "td", "th", "li", "button", "figcaption", "blockquote") and not any(self._hidden):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if not any(self._hidden):
            self.text += data


def clauses_of(part: Part) -> list[str]:
    """Between its marks, without what only leads to the sentences below."""
    return [c for c in map(str.strip, _CLAUSE.findall(on_one_line(part.text))) if not _LEAD_INS.search(c)]


def is_repair(clause: str, answer: Answer) -> bool:
    """Said above the answer in fewer words."""
    return bool(answer.repairs) and clause in (
        "您写的",
        "这里按",
        *(w for r in answer.repairs for w in (r.typed, r.understood)),
    )


def see(answer: Answer, assistant: Assistant) -> str:
    return Seen(render_answer(answer, suggest(answer, assistant.corpus))).text


@pytest.fixture(scope="module")
def seen(assistant: Assistant) -> list[tuple[Answer, str]]:
    """Every shipped question about the shipped notice, with the questions before it."""
    cases = [c.case for c in read_cases(find_case_files()) if not c.case.notice_id]
    answers = [assistant.ask(c.question, [Turn("user", q) for q in c.history]) for c in cases]
    return [(a, see(a, assistant)) for a in answers]


def test_each_sentence_is_seen_once(seen: list[tuple[Answer, str]]) -> None:
    """Whole sentences and, where one has several, each of its items; the cards of marks are hidden until one opens."""
    twice = []
    for answer, text in seen:
        sentences = [on_one_line(c.quote) for c in answer.citations]
        items = [i for s in sentences for i in (s, *re.split("[；。]", s))]
        shown = text.replace("\n", "")
        twice += [(answer.question, i) for i in dict.fromkeys(items) if len(i) >= _SHORTEST and shown.count(i) > 1]
    assert len(seen) > 400
    assert twice == []


def test_nothing_that_we_say_is_lost(seen: list[tuple[Answer, str]]) -> None:
    """What is not seen in words stands in a cited sentence, which opens at its mark."""
    lost = []
    for answer, text in seen:
        behind = [text, *(on_one_line(c.quote) for c in answer.citations)]
        behind += [f"由{'、'.join(r.departments)}{r.role}" for r in answer.responsibilities]
        for part in answer.parts:
            if part.kind in (PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING, PartKind.NOTE):
                gone = [c for c in clauses_of(part) if not any(c in t for t in behind) and not is_repair(c, answer)]
                lost += [(answer.question, c) for c in gone]
    assert lost == []


_GLANCES = [
    ("中试基地一年奖多少？", [("服务突出的省级中试基地", "年度最高奖补200万元", "年度", "服务突出", 2_000_000)]),
    (
        "部级孵化器最高补多少，另外材料交到哪个窗口？",
        [("获得工业和信息化部认定的部级孵化器", "每家最高200万元一次性补助", "一次性", "依据认定层级", 2_000_000)],
    ),
    (
        "第九条讲什么？",
        [
            ("省级概念验证中心", "没写金额", "", "按绩效评价", None),
            ("服务突出的省级中试基地", "年度最高奖补200万元", "年度", "服务突出", 2_000_000),
        ],
    ),
    # Not about money, a table of the answer's own, nothing stated, only nearest sentences, English.
    ("知识产权服务由哪个部门牵头？", []),
    ("企业能享受哪些补贴？", []),
    ("创新券多少钱", []),
    ("省级孵化器和国家级孵化器奖励有什么区别", []),
    ("How much can a pilot base get?", []),
]


@pytest.mark.parametrize(("question", "rows"), _GLANCES)
def test_money_is_seen_at_a_glance(
    assistant: Assistant, question: str, rows: list[tuple[str, str, str, str, int | None]]
) -> None:
    answer = assistant.ask(question)
    supports = suggest(answer, assistant.corpus).supports
    assert [(g.who, g.sum, g.paid, g.condition, g.value) for g in supports] == rows
    quotes = {c.number: on_one_line(c.quote) for c in answer.citations}
    printed = [(w, quotes[g.number]) for g in supports for w in (g.who, g.sum, g.paid, g.condition) if g.value]
    assert [(w, q) for w, q in printed if w not in q] == []


_FIRST = [
    ("中试基地一年奖多少？", "通知有明确规定每句话都已核对原文\n多少年度最高奖补200万元[1]\n给谁服务"),
    ("一共能拿多少钱", "通知有明确规定每句话都已核对原文\n6项各按上限相加是1450万元：\n给谁\n"),
    ("保险公司设科技特色机构，政策支持不支持", "通知有明确规定每句话都已核对原文\n是的。[1]\n"),
    ("企业孵化服务讲什么", "通知有明确规定每句话都已核对原文\n第（十）条“企业孵化服务”共4句，给的支持有：[1][2][3]\n"),
    ("你好", "您好\n您好！我是政策问答助手"),
    ("谢谢", "不客气\n不客气。"),
    ("算力卷怎么用", "通知没有写明与通知有关，但正文里找不到答案\n“算力卷”按“算力券”理解\n“算力券”的办理途径"),
    ("省海洋局和省能源局负责的条款是不是完全重合？", "没有直接写，以下最接近\n通知没有直接写这一点，最接近的是：\n[1]"),
    (
        "How much can a pilot base get?",
        "Stated in the noticeEvery sentence was checked against the notice\nProvincial-level",
    ),
]


@pytest.mark.parametrize(("question", "first"), _FIRST)
def test_what_is_seen_first(assistant: Assistant, question: str, first: str) -> None:
    text = re.sub(r"\s*\n\s*", "\n", see(assistant.ask(question), assistant)).strip()
    assert text[: len(first)] == first


def test_a_whole_measure_is_one_block_in_the_order_of_its_text(assistant: Assistant) -> None:
    answer = assistant.ask("企业孵化服务讲什么")
    html = render_answer(answer, suggest(answer, assistant.corpus))
    assert html.count("<figure") == 1
    at = [
        html.index(f'<p><span class="cite-anchor"><a class="cite" href="/notices/lkz-2025-128#m10.{n}')
        for n in (1, 2, 3, 4)
    ]
    assert at == sorted(at)


def test_what_was_taken_over_is_said_and_can_be_left_out(assistant: Assistant) -> None:
    answer = assistant.ask("那什么时候申报？", [Turn("user", "中试基地一年奖多少？"), Turn("assistant", "200万元")])
    html = render_answer(answer, suggest(answer, assistant.corpus))
    assert "按“中试基地”理解" in html
    assert 'data-ask-alone="那什么时候申报？" aria-label="不按“中试基地”理解，单独问这一句"' in html
    alone = assistant.ask("中试基地一年奖多少？什么时候申报？")
    assert "data-ask-alone" not in render_answer(alone, suggest(alone, assistant.corpus))
    english = assistant.ask("When can it be applied for?", [Turn("user", "How much can a pilot base get?")])
    assert "Understood as about “中试基地” (" in render_answer(english, suggest(english, assistant.corpus))


_LABELS = "通知原文|看上下文|在原文中查看|责任部门|出处|接着问|怎么给|没写金额|第\\d句|下载表格|理解"


@pytest.mark.parametrize(
    "question",
    [
        "How much can a pilot base get?",
        "How much money is there for all?",
        "What does article 10 say?",
        "What is the deadline?",
    ],
)
def test_labels_are_in_the_language_of_the_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    html = render_answer(answer, suggest(answer, assistant.corpus))
    said = re.sub(r'<(\w+)[^>]*lang="zh-CN".*?</\1>', "", html)
    assert answer.language == "en" and re.findall(_LABELS, re.sub(r'data-copy="[^"]*"', "", said)) == []
