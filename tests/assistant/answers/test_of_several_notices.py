"""Asked of several notices at once: each tells its own, every line says whose it is, and no year answers for another."""

from collections.abc import Sequence

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from assistant.understanding.frame import Turn
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES

COUNTIES = ("云溪县", "石鼓县", "兰江县")
ANSWERED, NOT_STATED, NEEDS_DETAIL = Status.ANSWERED, Status.NOT_STATED, Status.NEEDS_DETAIL


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Assistant:
    paths = tuple(sorted((NOTICES / "several").glob("*.txt")))
    corpus = build(paths, tmp_path_factory.mktemp("several") / "index", local_embedder).corpus
    assert corpus is not None
    return Assistant(corpus)


def lines(question: str, several: Assistant, history: Sequence[Turn] = ()) -> tuple[Status, list[str]]:
    answer = several.ask(question, history)
    return answer.status, [line for line in answer.text.splitlines() if line]


@pytest.mark.parametrize(
    ("question", "sums"),
    [
        ("新建民宿补多少钱？", ("30万元", "20万元", "50万元")),
        ("云溪县、石鼓县、兰江县新建民宿奖补各是多少？", ("30万元", "20万元", "50万元")),
        ("民宿贷款能贴息多少？", ("50%", "60%", "40%")),
    ],
)
def test_each_notice_tells_its_own(question: str, sums: tuple[str, ...], several: Assistant) -> None:
    status, told = lines(question, several)
    assert status is ANSWERED
    for county, amount in zip(COUNTIES, sums, strict=True):
        assert any(f"《{county}" in line and amount in line for line in told), (county, amount, told)
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("哪个县的民宿措施是2025年4月1日起施行的？", "《石鼓县支持乡村民宿发展若干措施》"),
        ("2025年度首次认定的高新技术企业奖多少？", "12万元"),
        ("海科发〔2025〕9号规定几月几号到几月几号申报？", "6月1日至6月30日"),
    ],
)
def test_the_first_line_says_whose_it_is(question: str, notice: str, several: Assistant) -> None:
    status, told = lines(question, several)
    assert (status, notice in told[0]) == (ANSWERED, True), told


def test_a_year_that_no_notice_has_is_answered_by_none(several: Assistant) -> None:
    assert lines("2026年度首次认定奖励多少？", several) == (NOT_STATED, ["通知没有提到“2026年度”，对此没有作出规定。"])


def test_another_year_and_another_county_are_asked_the_same(several: Assistant) -> None:
    said = "海州市2023年度首次认定高企奖多少？"
    before = (Turn("user", said), Turn("assistant", several.ask(said).text))
    assert "给予12万元奖励" in lines("2025年度的呢？", several, before)[1][0]
    said = "兰江县每年办几期民宿管家培训班？"
    before = (Turn("user", said), Turn("assistant", several.ask(said).text))
    assert "不少于4期" in lines("换成石鼓又是几期", several, before)[1][0]


def test_a_number_that_many_notices_have_is_asked_back(several: Assistant) -> None:
    status, told = lines("第三条是怎么规定的？", several)
    assert status is NEEDS_DETAIL
    assert told[0].startswith("几份文件里都有这一条") and "《海州市2023年度高新技术企业奖励实施办法》" in told[0]


def test_another_county_is_not_answered_by_one_of_ours(several: Assistant) -> None:
    assert several.ask("临川县的民宿有没有建设奖补，给多少？").status is Status.OUT_OF_SCOPE
    assert "30万元" in several.ask("我在云溪县新建民宿，能补多少？").text
    assert several.ask("连锁超市新建民宿补多少？").status is not Status.OUT_OF_SCOPE
