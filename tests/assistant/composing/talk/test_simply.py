"""A clause is taken apart into lines that are printed in it; what has no facts is cut to what tells."""

import pytest

from assistant.answer import PartKind
from assistant.composing.draft import DraftPart
from assistant.composing.talk.simply import take_apart
from corpus.store import Corpus
from tests.drafts import find_item, refuse

TAKEN_APART = [
    (
        "来鲁设立研发总部",
        [
            "给谁：世界500强企业、省外龙头企业等。",
            "做什么：来鲁设立研发总部、研发中心、分支机构。",
            "多少：最高给予500万元补助。",
            "怎么算：按年度研发投入额。",
            "条件：符合条件。",
        ],
    ),
    (
        "重点产业专利池",
        ["给谁：相关企业。", "做什么：建设重点产业专利池。", "多少：最高给予300万元。", "条件：成效显著。"],
    ),
    ("对省级概念验证中心", ["给谁：省级概念验证中心。", "给什么：一定支持。", "怎么算：按绩效评价。"]),
    ("服务突出的省级中试基地", ["给谁：服务突出的省级中试基地。", "多少：年度最高奖补200万元。"]),
    # Nothing is given here.
    ("高水平建设山东科技大市场", ["遴选发布“山东好成果”，推动科技成果供需精准对接。"]),
    # Short enough as it is.
    ("编制发布全省创新产品示范推荐目录", []),
]


@pytest.mark.parametrize(("words", "lines"), TAKEN_APART)
def test_facts(words: str, lines: list[str], real_corpus: Corpus) -> None:
    source = find_item(real_corpus, words)
    assert source.item is not None
    part = DraftPart(PartKind.DIRECT, source.item.text, (source,))
    taken = take_apart(part, "zh", ("山东好成果",))
    assert [p.text.removeprefix("……") for p in taken] == lines
    assert [refuse(p, real_corpus) for p in taken] == [""] * len(taken)


def test_a_line_of_another_clause_is_refused(real_corpus: Corpus) -> None:
    pool, base = find_item(real_corpus, "重点产业专利池"), find_item(real_corpus, "服务突出的省级中试基地")
    strange = DraftPart(PartKind.DIRECT, "给谁：服务突出的省级中试基地。", (pool,), is_verbatim=True)
    other = DraftPart(PartKind.DIRECT, "多少：最高给予300万元。", (base,), is_verbatim=True)
    assert "不是所引的说法" in refuse(strange, real_corpus)
    assert refuse(other, real_corpus) != ""
