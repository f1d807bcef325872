"""Whole English answers: the first line says who gets how much, on what condition, with the printed words behind it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES

Ask = Callable[[str, str], str]
INCUBATORS = (
    "Ministry-level incubators recognised by the Ministry of Industry and Information Technology, according to the level "
    "of recognition: a subsidy of up to RMB 2 million each (每家最高200万元), one-off. The notice says: "
    "“对获得工业和信息化部认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助”."
)
BASES = (
    "Provincial-level pilot-scale test bases with outstanding service: an award subsidy of up to RMB 2 million per year "
    "(年度最高奖补200万元). The notice says: “对服务突出的省级中试基地，年度最高奖补200万元”."
)
POOLS = (
    "Relevant companies building key industry patent pools, with outstanding results: up to RMB 3 million "
    "(最高给予300万元). The notice says: “推动相关企业建设重点产业专利池，对成效显著的最高给予300万元”."
)
TITLED = "(企业孵化服务, unofficially “Business incubation services”)"

HOME = [
    ("How much can a ministry-level incubator receive?", INCUBATORS),
    ("How much can a provincial pilot-scale testing base receive per year at most?", BASES),
    ("What is the maximum reward for a key-industry patent pool?", POOLS),
    ("Is the patent pool given 2 million yuan?", f"No, not 2 million yuan. {POOLS}"),
    ("Is the subsidy for ministry-level incubators up to 2 million yuan?", f"Yes. {INCUBATORS}"),
    ("Is the incubator subsidy paid every year?", f"No, not every year. {INCUBATORS}"),
    ("Can a provincial incubator get 2 million yuan?", f"No, not provincial-level (省级). {INCUBATORS}"),
    (
        "Which departments are responsible for Article 6?",
        "Article 6 (知识产权服务, unofficially “Intellectual property services”): "
        "Provincial Administration for Market Regulation (省市场监管局) leads.",
    ),
    (
        "What is Article 10 called?",
        "Article 10 is titled “企业孵化服务” (unofficially “Business incubation services”).",
    ),
    (
        "What does the notice say about blockchain?",
        "The notice supports science and technology service companies in strengthening the application of new "
        "technologies such as artificial intelligence, big data, blockchain, digital twins. The notice says: "
        "“支持科技服务业企业加强人工智能、大数据、区块链、数字孪生等新技术应用，促进服务模式转变，"
        "培育共享科研、敏捷研发、数字仿真等新业态”.",
    ),
    ("What is the document number?", "The document number is 鲁科字〔2025〕128号."),
]
ELSEWHERE = [
    (
        "several/lanjiang.txt",
        "How much do newly built rural homestays (新建乡村民宿) get?",
        "Rural homestays newly built and having passed grading: an award subsidy of up to RMB 500,000 each "
        "(每家最高给予50万元), one-off. The notice says: “对新建并通过等级评定的乡村民宿，每家最高给予50万元一次性奖补”.",
    ),
    (
        "several/lanjiang.txt",
        "How much interest subsidy is there for the bank loans (银行贷款) of homestays?",
        "Bank loans of homestay operators: an interest subsidy of 40% of actual interest (按实际利息的40%), up to "
        "RMB 150,000 each per year (每家每年最高15万元). The notice says: "
        "“对民宿经营主体的银行贷款，按实际利息的40%给予贴息，每家每年最高15万元”.",
    ),
    (
        "several/2025.txt",
        "How much is the reward for 首次认定 of a high-tech enterprise?",
        "High-tech enterprises recognised for the first time: a reward of RMB 120,000 (给予12万元). "
        "The notice says: “对首次认定的高新技术企业，给予12万元奖励”.",
    ),
    (
        "gf-2018-39.txt",
        "How much is the refund for 参保企业 in unemployment insurance?",
        "Insured companies not laying off staff or laying off few staff: a refund of 50% "
        "(可返还其上年度实际缴纳失业保险费的50%). The notice says: "
        "“对不裁员或少裁员的参保企业，可返还其上年度实际缴纳失业保险费的50%”.",
    ),
]


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Ask:
    """The first line of the answer from one notice."""
    base, built = tmp_path_factory.mktemp("english"), dict[str, Assistant]()

    def ask_of(name: str, question: str) -> str:
        if name not in built:
            corpus = build((NOTICES / name,), base / Path(name).stem, embedder).corpus
            assert corpus is not None
            built[name] = Assistant(corpus)
        return built[name].ask(question).parts[0].text

    return ask_of


@pytest.mark.parametrize(("question", "line"), HOME)
def test_first_line(question: str, line: str, assistant: Assistant) -> None:
    assert assistant.ask(question).parts[0].text == line


@pytest.mark.parametrize(("name", "question", "line"), ELSEWHERE)
def test_first_line_of_other_notices(name: str, question: str, line: str, ask: Ask) -> None:
    assert ask(name, question) == line


@pytest.mark.parametrize("question", [q for q, _ in HOME])
def test_few_words_stand_before_the_quotation(question: str, assistant: Assistant) -> None:
    first = assistant.ask(question).parts[0].text.partition("The notice says")[0]
    assert len(re.findall("[A-Za-z&-]+", first)) <= 80


def test_what_is_missing_is_named_in_english(assistant: Assistant) -> None:
    answer = assistant.ask("What is the telephone number for the innovation voucher?")
    assert answer.status is Status.NOT_STATED
    assert (
        answer.parts[0].text
        == "The notice does not state a telephone number or other contact of “创新券” (innovation vouchers)."
    )


def test_departments_of_several_measures_are_named_in_english(assistant: Assistant) -> None:
    parts = [p.text for p in assistant.ask("What is the total of all sums?").parts if p.kind == "departments"]
    assert [p.split(":")[0] for p in parts] == ["Article 2", "Article 6", "Article 9", "Article 10"]


def test_pinyin_is_read_or_asked_again(assistant: Assistant) -> None:
    read = assistant.ask("zhongshi jidi duoshao qian")
    assert (read.status, read.language) == (Status.ANSWERED, "zh")
    assert "您写的“zhongshi jidi duoshao qian”，这里按“中试基地多少钱”理解。" in [p.text for p in read.parts]
    unread = assistant.ask("woyao xuexi youyong zenmeyang shenqing")
    assert (unread.status, unread.reply) == (Status.NEEDS_DETAIL, "not_understood")
