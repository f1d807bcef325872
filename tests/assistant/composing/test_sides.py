"""The sides of a comparison or a total are the supports whose words stand side by side in the question."""

import pytest

from assistant.composing.sums.sides import find_sides
from assistant.evidence.items import ItemIndex
from corpus.store import Corpus
from tests.assistant.inquiries import make_inquiry
from tests.drafts import find_item

HEAD, CENTRE, POOL = "按年度研发投入额", "高价值专利培育中心", "重点产业专利池"
BASE, HATCHERY, CONTEST = "服务突出的省级中试基地", "认定的部级孵化器", "最高给予50万元奖励"

SIDES = [
    ("专利池和中试基地哪个多", [POOL, BASE]),
    ("中试基地还是专利池", [BASE, POOL]),
    ("中试基地跟部级孵化器", [BASE, HATCHERY]),
    ("部级孵化器与创新创业大赛相比哪个多", [HATCHERY, CONTEST]),
    ("高价值专利培育中心比专利池少多少", [CENTRE, POOL]),
    ("研发总部加上专利池是多少", [HEAD, POOL]),
    ("专利池减去中试基地", [POOL, BASE]),
    ("大赛奖励、孵化器补助，专利池", [CONTEST, HATCHERY, POOL]),
    ("专利池 than 中试基地", [POOL, BASE]),
    ("专利池另一个中试基地", [POOL, BASE]),
    ("年度奖补和一次性补助哪个多", [BASE, HATCHERY]),
    ("专利池和专利池", [POOL]),
    # Not every 同 or 加 stands between two sides.
    ("孵化器同时享受中试基地", [BASE]),
    ("中试基地加大专利池", [BASE]),
    # No sum is printed, no word tells, or hardly any of the words is printed there.
    ("创新券和算力券哪个多", []),
    ("企业和专利池哪个多", [POOL]),
    ("概念验证中心和中试基地", [BASE]),
    ("重点产业计量测试中心和专利池", [POOL]),
    ("天气和股票", []),
    ("", []),
]


@pytest.fixture(scope="module")
def index(real_corpus: Corpus) -> ItemIndex:
    return ItemIndex(real_corpus)


@pytest.mark.parametrize(("question", "words"), SIDES)
def test_sides(question: str, words: list[str], index: ItemIndex, real_corpus: Corpus) -> None:
    found = find_sides(make_inquiry(question, real_corpus, index))
    assert [row.item for row in found] == [find_item(real_corpus, w).item for w in words]
