"""Falsehoods about sums, qualifiers and beneficiaries are dropped; what the notice prints is kept."""

import pytest

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding
from assistant.composing.stating import state_item, state_row_of_support
from assistant.evidence.items import ItemMatch
from assistant.understanding.frame import Want
from assistant.verifying.verify import verify
from corpus.store import Corpus
from prompts import phrase
from tests.drafts import deny, find_item, find_measure, find_owners, find_sentence, miss, refuse, state

CENTRE = "高价值专利培育中心"
POOL = "重点产业专利池"
HEADQUARTERS = "按年度研发投入额"
BASE = "服务突出的省级中试基地"
INCUBATOR = "认定的部级孵化器"
CONTEST = "最高给予50万元奖励"

TRUE = [
    ("支持高校院所建设高价值专利培育中心，最高给予200万元。", CENTRE),
    ("推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。", POOL),
    ("重点产业专利池最高300万元。", POOL),
    ("专利池最高三百万元。", POOL),
    ("最高给予300万元的是专利池。", POOL),
    (
        "Relevant companies building key industry patent pools, with outstanding results: up to RMB 3 million (300万元).",
        POOL,
    ),
    ("对符合条件的企业按年度研发投入额最高给予500万元补助。", HEADQUARTERS),
    ("服务突出的省级中试基地：年度最高奖补200万元。", BASE),
    ("每年最高奖补200万元，对象是省级中试基地。", BASE),
    ("部级孵化器每家最高200万元一次性补助。", INCUBATOR),
    ("是一次性的：对获得工业和信息化部认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助。", INCUBATOR),
    ("In figures: up to RMB 2 million (200万元), one-off.", INCUBATOR),
    ("最高给予50万元奖励。", CONTEST),
]
FALSE = [
    ("支持高校院所建设高价值专利培育中心，最高给予300万元。", CENTRE),
    ("支持高校院所建设高价值专利培育中心，最高给予300万元。", POOL),
    ("推动相关企业建设重点产业专利池，最高给予200万元。", CENTRE),
    ("专利池最高200万元。", CENTRE),
    ("最高给予200万元的是专利池。", CENTRE),
    ("给予符合条件的企业500万元补助。", HEADQUARTERS),
    ("对符合条件的企业固定给予补助，最高500万元。", HEADQUARTERS),
    ("对符合条件的企业至少给予500万元补助。", HEADQUARTERS),
    ("对符合条件的企业每年最高给予500万元补助。", HEADQUARTERS),
    ("对符合条件的企业一次性最高给予500万元补助。", HEADQUARTERS),
    ("对符合条件的企业最高给予5000万元补助。", HEADQUARTERS),
    ("A guaranteed subsidy of up to RMB 5 million.", HEADQUARTERS),
    ("RMB 5 million.", HEADQUARTERS),
    ("Up to RMB 50 million.", HEADQUARTERS),
    ("Up to RMB 5 million (50万元).", HEADQUARTERS),
    ("服务突出的省级中试基地，一次性最高奖补200万元。", BASE),
    ("服务突出的省级中试基地，最高奖补200万元。", BASE),
    ("Up to RMB 2 million (200万元), one-off.", BASE),
    ("部级孵化器每年最高200万元补助。", INCUBATOR),
    ("部级孵化器最高200万元补助。", INCUBATOR),
    ("按年度计：对获得认定的部级孵化器给予每家最高200万元一次性补助。", INCUBATOR),
    ("省级中试基地每家最高200万元一次性补助。", INCUBATOR),
    ("省级概念验证中心年度最高奖补200万元。", BASE),
    ("创新券最高给予50万元奖励。", CONTEST),
    ("补助比例为30%。", HEADQUARTERS),
]


@pytest.mark.parametrize(("text", "clause"), TRUE)
def test_keeps_what_the_clause_prints(text: str, clause: str, real_corpus: Corpus) -> None:
    assert refuse(state(text, find_item(real_corpus, clause)), real_corpus) == ""


@pytest.mark.parametrize(("text", "clause"), FALSE)
def test_drops_what_the_clause_does_not_print(text: str, clause: str, real_corpus: Corpus) -> None:
    assert refuse(state(text, find_item(real_corpus, clause)), real_corpus)


def test_sums_of_one_sentence_belong_to_their_own_clauses(real_corpus: Corpus) -> None:
    """Citing the whole sentence does not lend one clause the sum of the other."""
    sentence = find_sentence(real_corpus, POOL)
    assert refuse(state("专利池最高300万元，高价值专利培育中心最高200万元。", sentence), real_corpus) == ""
    assert refuse(state("专利池最高200万元，高价值专利培育中心最高300万元。", sentence), real_corpus)
    assert refuse(state("高价值专利培育中心最高300万元。", sentence), real_corpus)


def test_qualifiers_are_not_borrowed_from_another_citation(real_corpus: Corpus) -> None:
    base, incubator = find_item(real_corpus, BASE), find_item(real_corpus, INCUBATOR)
    assert refuse(state("省级中试基地每家最高200万元一次性补助。", base, incubator), real_corpus)
    assert refuse(state("部级孵化器年度最高奖补200万元。", base, incubator), real_corpus)
    assert refuse(state("上限相同，都是最高200万元，条件和方式不同：", base, incubator), real_corpus) == ""


def test_a_figure_needs_a_citation(real_corpus: Corpus) -> None:
    assert refuse(state("最高给予500万元。"), real_corpus)
    assert refuse(state("最高给予500万元。", find_owners(real_corpus, 2)), real_corpus)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_states_every_support_of_the_notice(language: str, real_corpus: Corpus) -> None:
    parts = [state_row_of_support(row, language) for row in real_corpus.catalogue.supports]
    assert len(parts) == 11
    assert {p.text: reason for p in parts if (reason := refuse(p, real_corpus))} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_keeps_every_clause_as_it_is_stated(language: str, small_corpus: Corpus) -> None:
    """What is said of a clause in its own words is never refused, whatever stands in it."""
    parts = [
        state_item(ItemMatch(place, item, 0.0), language)
        for place in small_corpus.catalogue.provisions
        for item in (place.provision.items if place.provision else ())
    ]
    assert {p.text: reason for p in parts if (reason := refuse(p, small_corpus))} == {}


DENIALS = [
    ("不是200万元：对符合条件的企业按年度研发投入额最高给予500万元补助。", "是200万元吗", True),
    ("不是固定金额：对符合条件的企业按年度研发投入额最高给予500万元补助。", "固定给500万元吗", True),
    ("No: “对符合条件的企业按年度研发投入额最高给予500万元补助”.", "is it 2 million?", True),
    ("不是300万元：对符合条件的企业按年度研发投入额最高给予500万元补助。", "是200万元吗", False),
    ("不是500万元：对符合条件的企业按年度研发投入额最高给予500万元补助。", "是500万元吗", False),
    ("不是200万元：对符合条件的企业按年度研发投入额最高给予300万元补助。", "是200万元吗", False),
    ("不是200万元：对符合条件的企业最高给予200万元补助。", "是200万元吗", False),
    ("对符合条件的企业按年度研发投入额最高给予200万元补助。", "是200万元吗", False),
]


@pytest.mark.parametrize(("text", "asked", "holds"), DENIALS)
def test_the_asker_s_own_figure_is_only_denied(text: str, asked: str, holds: bool, real_corpus: Corpus) -> None:
    assert (refuse(deny(text, asked, find_item(real_corpus, HEADQUARTERS)), real_corpus) == "") is holds


def test_a_claimed_figure_is_not_confirmed(real_corpus: Corpus) -> None:
    """What the question says is no evidence for a part that affirms."""
    source = find_item(real_corpus, HEADQUARTERS)
    part = DraftPart(PartKind.DIRECT, "是的，最高给予800万元。", (source,), ClaimKind.STATED, ("最高800万元对吗",))
    assert refuse(part, real_corpus)


MISSING = [
    ("“创新券”的金额，通知没有写明。", True),
    ("通知没有提到“飞行汽车”，对此没有作出规定。", True),
    ("“创新券”的金额，通知没有写明，一般是10万元。", False),
    ("通知没有提到“专利池”，对此没有作出规定。", False),
    ("The notice does not mention “中试基地” and says nothing about it.", False),
]


@pytest.mark.parametrize(("text", "holds"), MISSING)
def test_what_is_missing_has_no_figure_and_is_not_printed(text: str, holds: bool, real_corpus: Corpus) -> None:
    assert (refuse(miss(text), real_corpus) == "") is holds


def test_a_missing_sum_is_not_given_from_a_citation(real_corpus: Corpus) -> None:
    part = miss("没有写明金额，只写明：年度最高奖补200万元。", find_item(real_corpus, BASE), claim=ClaimKind.STATED)
    assert refuse(part, real_corpus)


def test_a_fixed_reply_states_no_sum(real_corpus: Corpus) -> None:
    assert refuse(DraftPart(PartKind.DIRECT, "请拨打110。", (), ClaimKind.FIXED), real_corpus) == ""
    assert refuse(DraftPart(PartKind.DIRECT, "最高500万元。", (), ClaimKind.FIXED), real_corpus)


def test_says_so_where_nothing_holds(real_corpus: Corpus) -> None:
    """An answer is never empty, and what was dropped no longer counts as answered."""
    part = state("最高给予800万元。", find_item(real_corpus, HEADQUARTERS))
    verified = verify([Finding(Want("sum"), True, (part,))], real_corpus, "en")
    (finding,) = verified.findings
    assert (finding.is_filled, [p.kind for p in finding.parts]) == (False, [PartKind.MISSING])
    assert finding.parts[0].text == phrase("unverified", "en")
    assert [p.part for p in verified.problems] == [part.text]


def test_keeps_the_quotation_when_the_direct_part_falls(real_corpus: Corpus) -> None:
    source = find_item(real_corpus, BASE)
    quotation = DraftPart(PartKind.QUOTE, source.phrase.text, (source,), ClaimKind.QUOTED)
    finding = Finding(Want("sum"), True, (state("年度最高奖补300万元。", source), quotation))
    (verified,) = verify([finding], real_corpus).findings
    assert (verified.is_filled, verified.parts) == (True, (quotation,))


def test_numbers_of_measures_are_those_cited(real_corpus: Corpus) -> None:
    owners = find_owners(real_corpus, 9)
    names = "省科技厅、省工业和信息化厅、省财政厅"
    assert refuse(state(f"第（九）条由{names}按职责分工负责。", owners), real_corpus) == ""
    assert refuse(state(f"第（十）条由{names}按职责分工负责。", owners), real_corpus)
    assert refuse(state("第九条共6句，原文如下：", find_item(real_corpus, BASE)), real_corpus) == ""
    assert refuse(state("第九条共7句，原文如下：", find_item(real_corpus, BASE)), real_corpus)
    assert find_measure(real_corpus, 9).measure is not None
