"""Any kind of value by one rule: the item that prints it, else that it is not printed, with what comes nearest."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Missing, PartKind, Status
from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build

ANSWERED, NOT_STATED = Status.ANSWERED, Status.NOT_STATED
BASE = "对服务突出的省级中试基地，年度最高奖补200万元。"
POWER = "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补。"
SCENES = (
    "拓宽科技成果应用场景，每年遴选标杆示范场景10个以上，每年认定一批场景应用友好单位，加快以应用场景驱动科技成果转化。"
)
CHAINS = (
    "围绕产业链布局研发服务链，聚焦19条标志性产业链创新需求，构建高效协同的研发服务体系，"
    "支持企业联合高校院所开展研发试验，符合条件的项目纳入省级科技计划支持。"
)

PRINTED = [
    ("标杆示范场景每年选几个", SCENES),
    # A number of the very unit that is asked for.
    ("聚焦多少条标志性产业链", CHAINS),
    ("算力券的条件是什么", POWER),
]


@pytest.mark.parametrize(("question", "line"), PRINTED)
def test_states_what_is_printed(question: str, line: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.parts[0].kind, answer.parts[0].text) == (ANSWERED, PartKind.DIRECT, line)


ABSENT = [
    ("中试基地什么时候申报", "date", "“中试基地”的时间，通知没有写明。", BASE),
    ("中试基地咨询电话是多少", "contact", "“中试基地”的联系方式，通知没有写明。", BASE),
    ("申请中试基地要交什么材料", "materials", "“中试基地”的所需材料，通知没有写明。", BASE),
    ("算力券要交材料吗", "materials", "“算力券”的所需材料，通知没有写明。", POWER),
]


@pytest.mark.parametrize(("question", "value", "line", "nearest"), ABSENT)
def test_says_what_is_absent_and_what_is_nearest(
    question: str, value: str, line: str, nearest: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    own = [p.text for p in answer.parts if p.kind in {PartKind.MISSING, PartKind.DIRECT}]
    assert (answer.status, own) == (NOT_STATED, [line, nearest])
    assert [m.ask for m in answer.missing] == [value]


def test_what_is_missing_names_the_measure_whose_departments_may_know(assistant: Assistant) -> None:
    answer = assistant.ask("中试基地什么时候申报")
    assert answer.missing == (Missing("date", "中试基地", "3.9"),)
    assert [r.measure_number for r in answer.responsibilities] == [9]


LISTED = "一、材料。申请开店补贴应当提交下列材料：\n（1）申请书；\n（2）身份证明。\n二、发放。开店补贴每户500元。（市财政局负责）\n"
CLOSING = "申请人可登录www.example.gov.cn申报，咨询电话0599-2837466。\n"
MADE = [
    ("申请开店补贴要交什么材料", ANSWERED, "通知列出2项：（1）申请书；（2）身份证明。"),
    # Printed once for the whole notice.
    ("开店补贴的咨询电话是多少", ANSWERED, "申请人可登录www.example.gov.cn申报，咨询电话0599-2837466。"),
    ("开店补贴的申报截止到哪一天", NOT_STATED, "“开店补贴”的时间，通知没有写明。"),
]


@pytest.fixture
def made(tmp_path: Path, write_notice: Callable[[str, str], Path], local_embedder: Embedder) -> Assistant:
    head = "关于发放海湾市生活补贴的通知\n海民发〔2024〕3号\n各区民政局：\n"
    built = build([write_notice("a.txt", head + LISTED + CLOSING)], tmp_path / "index", local_embedder)
    assert built.corpus is not None
    return Assistant(built.corpus)


@pytest.mark.parametrize(("question", "status", "line"), MADE)
def test_states_lists_and_what_is_printed_for_the_whole_notice(
    question: str, status: Status, line: str, made: Assistant
) -> None:
    answer = made.ask(question)
    assert (answer.status, answer.parts[0].text) == (status, line)
