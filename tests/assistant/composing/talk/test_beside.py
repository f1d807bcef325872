"""Several asks of one support: the sentence once, and a line of its own for each value that it prints or does not."""

from collections.abc import Callable
from functools import cache

import pytest

from assistant.answer import Answer, PartKind
from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES, SEED

Ask = Callable[[str, str], Answer]
PATHS = {
    "home": SEED,
    "zone": NOTICES / "gf-2019-3.txt",
    "inn": NOTICES / "several" / "lanjiang.txt",
}
HEAD = (
    "支持世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构，"
    "对符合条件的企业按年度研发投入额最高给予500万元补助。"
)
BASE = "对服务突出的省级中试基地，年度最高奖补200万元。"
INN = "对新建并通过等级评定的乡村民宿，每家最高给予50万元一次性奖补。"
LOAN = "对民宿经营主体的银行贷款，按实际利息的40%给予贴息，每家每年最高15万元。"
FUTURES = "支持具备条件的综合保税区开展铁矿石、天然橡胶等商品期货保税交割业务。"
REFUND = "对不裁员或少裁员的参保企业，可返还其上年度实际缴纳失业保险费的50%。"

BESIDE = [
    # What the sentence prints of the further value.
    ("home", "来山东设研发中心能补多少？按什么算？", [HEAD, "金额的计算办法：按年度研发投入额。"]),
    ("inn", "建设奖补给多少？一次给完吗？", [INN, "发放方式（一次性还是按年）：一次性。"]),
    ("inn", "贷款贴息百分之几？封顶多少？", [LOAN, "金额：每家每年最高15万元。"]),
    # A condition that is named and not told.
    (
        "home",
        "中试基地一年奖多少？什么条件才算服务突出？",
        [BASE, "条件：只写“服务突出”，具体是什么没有写明。"],
    ),
    # What it does not print.
    (
        "home",
        "来山东设研发中心能补多少？分几年给？",
        [HEAD, "“研发中心”的发放方式（一次性还是按年），通知没有写明。"],
    ),
    # Neither yes nor no.
    (
        "zone",
        "期货交割支持哪些商品？大豆可以吗？",
        [FUTURES, "是不是这样（大豆可以吗），通知没有直接写，写到的就是上面这一句。"],
    ),
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Ask:
    @cache
    def open_notice(name: str) -> Assistant:
        published = build((PATHS[name],), tmp_path_factory.mktemp(name) / "index", local_embedder).corpus
        assert published is not None
        return Assistant(published)

    return lambda name, question: open_notice(name).ask(question)


def lines_of(answer: Answer) -> list[str]:
    return [p.text for p in answer.parts if p.kind in {PartKind.DIRECT, PartKind.MISSING, PartKind.NOTE}]


@pytest.mark.parametrize(("notice", "question", "lines"), BESIDE)
def test_each_ask_has_a_line(notice: str, question: str, lines: list[str], ask: Ask) -> None:
    said = [line.removeprefix("通知写的是：") for line in lines_of(ask(notice, question))]
    assert said == lines


def test_what_is_said_to_be_absent_is_missing(ask: Ask) -> None:
    answer = ask("home", "来山东设研发中心能补多少？分几年给？")
    assert [(m.ask, m.subject) for m in answer.missing] == [("payment", "研发中心")]


TALKS = [
    (("稳岗返还给多少？", "我们裁了两个人还算吗？"), REFUND),
    (("见习补贴多少？", "25岁行吗？"), "16—24岁失业青年"),
]


@pytest.mark.parametrize(("messages", "words"), TALKS)
def test_a_turn_leans_on_words_that_are_no_name(
    messages: tuple[str, ...], words: str, talk_of_jobs: Callable[..., Answer]
) -> None:
    assert words in talk_of_jobs(*messages).text
