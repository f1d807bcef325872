"""With several notices each question is answered from the one it means, and says which."""

from pathlib import Path

import pytest

from assistant.answer import Count, Status
from assistant.ask import Assistant
from assistant.naming.subject import Subject, SubjectKind
from assistant.retrieving.scope import choose_notices, narrow_clause, narrow_corpus
from assistant.understanding.frame import Act, Clause, Want
from assistant.understanding.text import BadQuestion
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES, SEED, SEED_ID

JOBS = "gf-2018-39"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Assistant:
    """The shipped notice beside one about employment, which also numbers its measures 1 to 15."""
    folder: Path = tmp_path_factory.mktemp("both") / "index"
    corpus = build((SEED, NOTICES / f"{JOBS}.txt"), folder, local_embedder).corpus
    assert corpus is not None
    return Assistant(corpus)


CITED = [
    ("省级中试基地一年奖多少", SEED_ID, "年度最高奖补200万元"),
    ("算力券谁负责", SEED_ID, "省大数据局"),
    ("创业担保贷款最高多少", JOBS, "最高不超过15万元"),
    ("失业保险金怎么发放", JOBS, "失业保险"),
    ("国发〔2018〕39号第二条讲什么", JOBS, "国家融资担保基金"),
    ("鲁科字〔2025〕128号第二条讲什么", SEED_ID, "最高给予500万元"),
]


@pytest.mark.parametrize(("question", "notice_id", "words"), CITED)
def test_cites_the_notice_that_is_meant(question: str, notice_id: str, words: str, both: Assistant) -> None:
    answer = both.ask(question)
    assert answer.status is Status.ANSWERED
    assert {c.notice_id for c in answer.citations} == {notice_id}
    assert words in answer.text
    assert all(both.corpus.texts[c.notice_id][c.start : c.end] == c.quote for c in answer.citations)


def test_a_number_of_both_is_shown_for_each(both: Assistant) -> None:
    answer = both.ask("第九条由谁负责")
    assert {c.notice_id for c in answer.citations} == {SEED_ID, JOBS}
    assert answer.parts[-1].text == "鲁科字〔2025〕128号 第（九）条；国发〔2018〕39号 第（九）条"


NARROWED = [
    (SEED_ID, "第九条由谁负责", Status.ANSWERED, "省工业和信息化厅"),
    (JOBS, "第九条由谁负责", Status.ANSWERED, "税务总局"),
    (JOBS, "第十六条讲什么", Status.ANSWERED, "通知没有第16条，全文共15条，从第（一）条到第（十五）条。"),
    (JOBS, "文号是多少", Status.ANSWERED, "国发〔2018〕39号"),
    (SEED_ID, "文号是多少", Status.ANSWERED, "鲁科字〔2025〕128号"),
    (JOBS, "创新券多少钱", Status.NOT_STATED, "没有提到“创新券”"),
    (JOBS, "省财政厅负责哪些条", Status.NOT_STATED, "省财政厅参与负责的措施，一条也没有。"),
    (SEED_ID, "创业担保贷款最高多少", Status.NOT_STATED, "没有"),
]


@pytest.mark.parametrize(("notice_id", "question", "status", "words"), NARROWED)
def test_notice_ids_restrict(notice_id: str, question: str, status: Status, words: str, both: Assistant) -> None:
    answer = both.ask(question, notice_ids=[notice_id])
    assert answer.status is status
    assert words in answer.text
    assert {c.notice_id for c in answer.citations} <= {notice_id}
    assert {r.notice_id for r in answer.responsibilities} <= {notice_id}


@pytest.mark.parametrize(("notice_id", "count"), [(SEED_ID, 16), (JOBS, 15)])
def test_counts_are_those_of_the_notice(notice_id: str, count: int, both: Assistant) -> None:
    answer = both.ask("一共有多少条措施", notice_ids=[notice_id])
    assert (answer.count, len(answer.items or ())) == (Count(count, None), count)
    assert {c.notice_id for c in answer.citations} == {notice_id}


def test_naming_every_notice_is_naming_none(both: Assistant) -> None:
    asked = both.ask("第九条由谁负责", notice_ids=[JOBS, SEED_ID])
    assert asked.parts == both.ask("第九条由谁负责").parts
    assert both.ask("第九条由谁负责", notice_ids=[SEED_ID, "gone"]).responsibilities[0].notice_id == SEED_ID


def test_an_unknown_notice_is_refused(both: Assistant) -> None:
    with pytest.raises(BadQuestion, match="没有编号为 gone 的通知"):
        both.ask("第九条由谁负责", notice_ids=["gone"])


def name(text: str, *targets: str, kind: SubjectKind = SubjectKind.TERM) -> Subject:
    return Subject(kind, text, 0, len(text), targets)


CHOSEN = [
    ([], [], ()),
    ([JOBS], [], (JOBS,)),
    ([], [JOBS], (JOBS,)),
    ([], ["gone", SEED_ID], (SEED_ID,)),
    ([SEED_ID, JOBS], [], ()),
    # What is named counts within what is allowed only.
    ([JOBS], [SEED_ID], (SEED_ID,)),
]


@pytest.mark.parametrize(("named", "allowed", "chosen"), CHOSEN)
def test_the_notices_that_are_named_within_those_allowed(
    named: list[str], allowed: list[str], chosen: tuple[str, ...], both: Assistant
) -> None:
    names = [name(f"《{i}》", i, kind=SubjectKind.DOCUMENT) for i in named]
    assert choose_notices(names, allowed, both.corpus) == chosen


def test_a_narrowed_corpus_has_the_tables_of_its_notices_only(both: Assistant) -> None:
    narrowed = narrow_corpus(both.corpus, (JOBS,))
    assert ([n.id for n in narrowed.catalogue.notices], set(narrowed.texts)) == ([JOBS], {JOBS})
    assert narrow_corpus(both.corpus, ()) is both.corpus


OUTSIDE = [
    (("创新券", f"{SEED_ID}/2.4.2"), (SEED_ID,), (f"{SEED_ID}/2.4.2",), ""),
    (("创新券", f"{SEED_ID}/2.4.2"), (JOBS,), (), "创新券"),
    (("企业", f"{SEED_ID}/2.4.2", f"{JOBS}/1.1.1"), (JOBS,), (f"{JOBS}/1.1.1",), ""),
    # Two characters may be a piece of other words.
    (("算力", f"{SEED_ID}/4.13.1"), (JOBS,), (), ""),
    (("创新券", f"{SEED_ID}/2.4.2"), (), (f"{SEED_ID}/2.4.2",), ""),
]


@pytest.mark.parametrize(("named", "notice_ids", "targets", "unprinted"), OUTSIDE)
@pytest.mark.parametrize("is_inherited", [False, True])
def test_names_stand_for_what_the_chosen_notices_hold(
    named: tuple[str, ...], notice_ids: tuple[str, ...], targets: tuple[str, ...], unprinted: str, is_inherited: bool
) -> None:
    names = (name(*named),)
    clause = Clause("多少钱", 0, 3, Act.ASK, Want("sum"), () if is_inherited else names, names if is_inherited else ())
    narrowed = narrow_clause(clause, notice_ids)
    assert ([s.targets for s in narrowed.all_names], narrowed.unprinted) == ([targets], unprinted)
    assert [s.text for s in narrowed.inherited] == ([named[0]] if is_inherited else [])
