"""What holds for every notice, shown on real ones that the product does not ship."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build

NOTICES = Path(__file__).parent / "notices"
ANSWERED, NOT_STATED = Status.ANSWERED, Status.NOT_STATED
OUT_OF_SCOPE = Status.OUT_OF_SCOPE
Ask = Callable[[str, str], Answer]

ASKED = [
    # Routes, what may be taken together, deadlines: quoted where a sentence prints such a thing.
    ("gf-2018-39", "失业登记去哪儿办", ANSWERED, "可在常住地公共就业服务机构办理失业登记"),
    ("gf-2018-39", "生活费补贴能和失业保险金一起领吗", ANSWERED, "不可同时领取失业保险金"),
    ("gf-2018-39", "这份意见印发后省里要在多少天内出办法", ANSWERED, "在本意见印发之日起30日内"),
    ("gf-2018-39", "创业担保贷款怎么投诉", NOT_STATED, ""),
    ("gf-2018-41", "备查资料要留几年", ANSWERED, "应当留存五年"),
    ("gf-2018-41", "本办法从什么时候开始执行", ANSWERED, "自2019年1月1日起施行"),
    ("gf-2018-41", "赡养老人每月扣多少", ANSWERED, "按照每月2000元的标准定额扣除"),
    ("gf-2018-41", "赡养老人的扣除要交多少手续费", NOT_STATED, ""),
    # A department under its short name, and one whose duty a sentence prints.
    ("gf-2018-39", "医保局负责哪几条", ANSWERED, "落实失业保险待遇"),
    ("gf-2018-38", "知识产权局负责哪些措施", ANSWERED, "支持在自贸试验区设置商标受理窗口"),
    # What a thing is, and how often something happens.
    ("gbf-2018-128", "“无废城市”是什么意思", ANSWERED, "最大限度减少填埋量"),
    ("gf-2018-41", "首套住房贷款是什么意思", ANSWERED, "是指购买住房享受首套住房贷款利率的住房贷款"),
    ("gf-2004-18", "国务院常务会议多久开一次", ANSWERED, "一般每月召开三次"),
    # Points after a colon, a numbered sentence, a number that does not exist.
    ("gf-2004-18", "国务院全体会议的主要任务是什么", ANSWERED, "讨论决定国务院工作中的重大事项"),
    ("gf-2019-3", "第12项讲的是什么", ANSWERED, "试行汽车保税存储"),
    ("gf-2004-18", "第六十条讲什么", ANSWERED, "共54条"),
    # A notice for every province: none lies outside. Another field lies outside of each.
    ("gbf-2018-128", "浙江能申请无废城市试点吗", ANSWERED, "在全国范围内选择10个左右"),
    ("gf-2018-41", "附近哪家羽毛球馆便宜", OUT_OF_SCOPE, ""),
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Ask:
    """Asks one notice alone."""

    @cache
    def open_notice(name: str) -> Assistant:
        published = build((NOTICES / f"{name}.txt",), tmp_path_factory.mktemp(name) / "index", local_embedder).corpus
        assert published is not None
        return Assistant(published)

    return lambda name, question: open_notice(name).ask(question)


@pytest.mark.parametrize(("notice", "question", "status", "words"), ASKED)
def test_answers(notice: str, question: str, status: Status, words: str, ask: Ask) -> None:
    answer = ask(notice, question)
    shown = "\n".join((answer.text, *(c.quote for c in answer.citations)))
    assert (answer.status, words in shown) == (status, True), answer.text


def test_a_measure_without_a_title_is_listed_by_its_first_words(ask: Ask) -> None:
    answer = ask("gf-2018-38", "知识产权局负责哪些措施")
    assert answer.items is not None
    assert [i.text.split(" ", 1)[0] for i in answer.items] == [
        "第（十三）条",
        "第（十四）条",
        "第（十五）条",
        "第（四十三）条",
        "第（五十二）条",
    ]
    assert all(len(i.text.split(" ", 1)[1]) > 4 for i in answer.items)


@pytest.fixture(scope="module")
def of_two_places(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Assistant:
    """A notice of Jinan and one of Suzhou, asked together."""
    folder = tmp_path_factory.mktemp("places")
    texts = {
        "jinan": "济南市关于支持中试基地的若干措施\n济科字〔2025〕1号\n（一）中试奖补。对济南市的中试基地最高给予100万元补助。（市科技局负责）\n",
        "suzhou": "苏州市关于支持中试基地的若干措施\n苏科字〔2025〕2号\n（一）中试奖补。对苏州市的中试基地最高给予80万元补助。（市科技局负责）\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    published = build(sorted(folder.glob("*.txt")), folder / "index", local_embedder).corpus
    assert published is not None
    return Assistant(published)


PLACED = [
    ("苏州的中试基地最高补多少", ANSWERED, "80万元"),
    ("济南市中试基地最高补多少", ANSWERED, "100万元"),
    ("成都的中试基地最高补多少", OUT_OF_SCOPE, ""),
    ("广州市中试基地归哪个部门管", OUT_OF_SCOPE, ""),
]


@pytest.mark.parametrize(("question", "status", "words"), PLACED)
def test_a_place_for_which_no_notice_speaks(
    question: str, status: Status, words: str, of_two_places: Assistant
) -> None:
    answer = of_two_places.ask(question)
    assert (answer.status, words in answer.text) == (status, True), answer.text


def test_a_chapter_without_measures_is_listed(tmp_path: Path, local_embedder: Embedder) -> None:
    published = build([NOTICES / "shapes" / "eh.txt"], tmp_path / "index", local_embedder).corpus
    assert published is not None
    answer = Assistant(published).ask("全文分几个部分，列一下")
    chapters = [c for n in published.catalogue.notices for c in n.chapters if c.heading]
    assert any(not c.measures for c in chapters)
    assert answer.items is not None
    assert [i.text.split("（")[0] for i in answer.items] == [f"{c.label}{c.title}".split("（")[0] for c in chapters]
