"""What to do next: what is printed of applying, what is not, and whom to ask, who leads first."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, Status
from assistant.ask import Assistant
from assistant.composing.talk.next_step import find_next_step
from assistant.understanding.frame import Operation, Want
from corpus.store import Corpus
from tests.assistant.inquiries import Listener

Talk = Callable[..., Answer]
Lines = Callable[[Answer], list[str]]


def test_what_is_not_printed_and_whom_to_ask(talk: Talk, own_lines: Lines) -> None:
    answer = talk("中试基地奖多少", "怎么申请")
    assert answer.status is Status.NOT_STATED
    assert [(m.ask, m.subject) for m in answer.missing] == [("route", "中试基地")]
    assert own_lines(answer) == [
        "“中试基地”的办理途径、截止时间、所需材料，通知没有写明。",
        "问谁：省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）。",
    ]


def test_the_nearest_clause_is_shown_once(talk: Talk, own_lines: Lines) -> None:
    assert own_lines(talk("中试基地怎么申请"))[2] == "对服务突出的省级中试基地，年度最高奖补200万元。"


def test_who_leads_is_asked_first(talk: Talk, own_lines: Lines) -> None:
    assert own_lines(talk("专利池怎么申请"))[1] == "问谁：先问省市场监管局（牵头负责）。"


def test_in_english(talk: Talk, own_lines: Lines) -> None:
    lines = own_lines(talk("How much does a pilot base get?", "How do I apply for it?"))
    assert lines[0] == (
        "The notice does not state how and where to apply, the deadline, the documents to submit of 中试基地."
    )
    assert lines[1].startswith("Whom to ask: Provincial Department of Science and Technology (省科技厅)")


def test_a_printed_way_is_stated(jobs: Assistant) -> None:
    """Where the notice prints how to apply, that is the answer."""
    (inquiry,) = Listener(jobs.corpus).inquire("失业人员怎么办理失业登记？")
    found = find_next_step(inquiry)
    assert found.want == Want("route", Operation.STATE)
    assert found.is_filled
    assert found.parts[0].text == (
        "失业人员可在常住地公共就业服务机构办理失业登记，申请享受当地就业创业服务、就业扶持政策、"
        "重点群体创业就业税收优惠政策。"
    )


def test_nothing_named_is_left_as_it_is(real_corpus: Corpus) -> None:
    (inquiry,) = Listener(real_corpus).inquire("在哪里提交申请表？")
    assert all("问谁" not in p.text for p in find_next_step(inquiry).parts)


def test_a_printed_step_is_shown_beside_what_is_missing(jobs: Assistant) -> None:
    """What was shown before is not shown again: the departments and what is missing are the answer."""
    (inquiry,) = Listener(jobs.corpus).inquire("就业见习补贴给多少？")
    step = inquiry.wanting("route")
    line = find_next_step(step).parts[-1].text
    shown = replace(step, frame=replace(step.frame, answers=(f"{line}[1]",)))
    lines = [p.text for p in find_next_step(shown).parts]
    assert lines[:2] == [
        "“就业见习补贴”的办理途径、截止时间、所需材料，通知没有写明。",
        "问谁：先问人力资源社会保障部（牵头）。",
    ]
    assert line not in lines
