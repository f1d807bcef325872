"""Citations are numbered once, parts stand in order, departments and source close the answer."""

from dataclasses import replace

import pytest

from assistant.answer import Citation, CitationKind, ListItem, Missing, Part, PartKind, Repair, Row, Status, make_table
from assistant.assemble import (
    carriers_of,
    decide_status,
    departments_parts,
    explain_repairs,
    make_id,
    order_parts,
    responsible_for,
    source_part,
    without_echoes,
)
from assistant.citing import CitationNumbers
from assistant.composing.draft import DraftItem, DraftPart, Finding, Source, chapter_source, quote_part
from assistant.understanding.frame import SAID, Operation, Turn, Want
from corpus.catalogue import Place
from corpus.notice import Phrase
from corpus.store import Corpus
from tests.conftest import make_notice
from tests.drafts import find_heading, find_item, find_measure, find_owners
from tests.fake_assistant import make_table_answer

BASE = "服务突出的省级中试基地"


def cite(corpus: Corpus, *sources: Source) -> tuple[Citation, ...]:
    numbers = CitationNumbers()
    numbers.number(sources)
    return numbers.citations()


def test_numbers_in_order_and_each_place_once(real_corpus: Corpus) -> None:
    base, owners = find_item(real_corpus, BASE), find_owners(real_corpus, 9)
    same_sentence = find_item(real_corpus, "对省级概念验证中心按绩效评价")
    numbers = CitationNumbers()
    assert numbers.number([base, owners]) == (1, 2)
    assert numbers.number([owners, same_sentence, base]) == (2, 1)
    assert numbers.number([]) == ()
    assert [c.number for c in numbers.citations()] == [1, 2]


def test_a_sentence(real_corpus: Corpus) -> None:
    (citation,) = cite(real_corpus, find_item(real_corpus, BASE))
    text = real_corpus.texts["lkz-2025-128"]
    assert citation == Citation(
        number=1,
        kind=CitationKind.SENTENCE,
        provision_id="lkz-2025-128/3.9.3",
        notice_id="lkz-2025-128",
        document_number="鲁科字〔2025〕128号",
        notice_title="关于支持科技服务业高质量发展的若干措施",
        chapter="三、做优专业科技服务品质",
        measure_id="3.9",
        measure_number=9,
        measure_label="（九）",
        measure_title="技术转移转化和推广服务",
        quote="对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。",
        start=text.index("对省级概念验证中心"),
        end=text.index("年度最高奖补200万元。") + len("年度最高奖补200万元。"),
        url="/notices/lkz-2025-128#m9.3",
    )


def test_other_places(real_corpus: Corpus) -> None:
    nine = find_measure(real_corpus, 9)
    notice = nine.notice
    preamble = Place(notice, provision=notice.preamble[0])
    title = Source(CitationKind.TITLE, Place(notice), notice.title_at)
    words = Source(CitationKind.PREAMBLE, preamble, find_item(real_corpus, BASE).phrase)
    sources = (find_owners(real_corpus, 9), find_heading(real_corpus, 9), chapter_source(nine), title, words)
    assert [(c.kind.value, c.provision_id, c.url.split("#")[1]) for c in cite(real_corpus, *sources)[:4]] == [
        ("responsibility", "lkz-2025-128/3.9.responsibility", "m9.responsibility"),
        ("heading", "lkz-2025-128/3.9.heading", "m9"),
        ("heading", "lkz-2025-128/3.heading", "c3"),
        ("title", "lkz-2025-128/title", "title"),
    ]


def finding(is_filled: bool, *parts: DraftPart) -> Finding:
    return Finding(Want("sum"), is_filled, parts)


STATUSES = [
    ((True,), Status.ANSWERED),
    ((True, True), Status.ANSWERED),
    ((True, False), Status.PARTLY_ANSWERED),
    ((False, True, False), Status.PARTLY_ANSWERED),
    ((False,), Status.NOT_STATED),
    ((False, False), Status.NOT_STATED),
]


@pytest.mark.parametrize(("filled", "status"), STATUSES)
def test_status(filled: tuple[bool, ...], status: Status) -> None:
    assert decide_status([finding(f) for f in filled]) is status


def part(kind: PartKind, text: str) -> DraftPart:
    return DraftPart(kind, text)


def test_order_of_parts() -> None:
    """Corrections, then what is stated with its quotation, then what is missing, then notes; nothing twice."""
    direct, quotation = part(PartKind.DIRECT, "答"), part(PartKind.QUOTE, "引")
    missing, note, correction = (
        part(PartKind.MISSING, "缺"),
        part(PartKind.NOTE, "注"),
        part(PartKind.CORRECTION, "不是"),
    )
    findings = [finding(False, missing), finding(True, direct, quotation, note), finding(True, correction, quotation)]
    assert order_parts(findings) == [correction, direct, quotation, missing, note]


def table(*names: str) -> DraftPart:
    rows = tuple(DraftItem("", (), (name, "100万元")) for name in names)
    return DraftPart(PartKind.TABLE, "", columns=("对象", "金额"), rows=rows)


def test_a_table_keeps_its_place_and_is_shown_once() -> None:
    """After our words and before the quotation; only the same rows are the same table."""
    direct, quotation, one, other = part(PartKind.DIRECT, "答"), part(PartKind.QUOTE, "引"), table("甲"), table("乙")
    findings = [finding(True, direct, one, quotation), finding(True, one, other)]
    assert order_parts(findings) == [direct, one, quotation, other]


def test_each_row_of_a_table_has_the_numbers_of_its_own_sources(real_corpus: Corpus) -> None:
    base, owners = find_item(real_corpus, BASE), find_owners(real_corpus, 9)
    rows = (DraftItem("", (owners,), ("甲", "200万元")), DraftItem("", (base, owners), ("乙", "无")))
    numbers = CitationNumbers()
    numbers.number([base])
    assert numbers.number_part(DraftPart(PartKind.TABLE, "", columns=("对象", "金额"), rows=rows)) == Part(
        PartKind.TABLE,
        "| 对象 | 金额 |\n| --- | --- |\n| 甲 | 200万元[2] |\n| 乙 | 无[1][2] |",
        (2, 1),
        ("对象", "金额"),
        (Row(("甲", "200万元"), (2,)), Row(("乙", "无"), (1, 2))),
    )


def test_no_cell_breaks_the_markdown_of_its_table() -> None:
    made = make_table(("a|b",), [Row(("一\\|二 \r\n三\u2028四",), (1,))])
    assert made.text == "| a\\|b |\n| --- |\n| 一\\\\\\|二 三 四[1] |"


def test_a_list_is_left_out_where_a_table_has_a_row_for_each_item() -> None:
    shown = make_table_answer(("甲", "1"), ("乙", "2"))
    assert (shown.listed, "1. 甲" in shown.text, "| 甲 | 1[1] |" in shown.text) == ((), False, True)
    longer = replace(shown, items=(*(shown.items or ()), *(shown.items or ())))
    assert len(longer.listed) == 4 and "4. 乙：2[1]" in longer.text
    assert replace(shown, items=None).listed == ()
    others = (ListItem("丙", (2,)), ListItem("丁", (1,)))
    assert replace(shown, items=others).listed == others, "the table is about something else"


DETAIL, CHECKED = Want(SAID), Want(SAID, Operation.CHECK)
PRICE, MEANING = Want("sum"), Want("meaning")
ECHOES = [
    # (wants, whether filled, and the sentences each cites; the wants that stay)
    ([(DETAIL, True, "a"), (PRICE, True, "ab")], [PRICE]),
    ([(PRICE, True, "abc"), (DETAIL, True, "ba")], [PRICE]),
    ([(DETAIL, True, "a"), (CHECKED, True, "a")], [CHECKED]),
    ([(DETAIL, False, "a"), (PRICE, True, "a")], [PRICE]),
    ([(DETAIL, True, "a"), (DETAIL, True, "a"), (PRICE, True, "a")], [PRICE]),
    ([(DETAIL, True, "a"), (MEANING, False, "a")], [DETAIL, MEANING]),
    ([(DETAIL, True, "ab"), (PRICE, True, "a")], [DETAIL, PRICE]),
    ([(DETAIL, True, "a"), (DETAIL, True, "a")], [DETAIL, DETAIL]),
    ([(DETAIL, True, ""), (PRICE, True, "a")], [DETAIL, PRICE]),
    ([(CHECKED, True, "a"), (PRICE, True, "a")], [CHECKED, PRICE]),
    ([(MEANING, True, "a"), (PRICE, True, "a")], [MEANING, PRICE]),
    ([(DETAIL, True, "a")], [DETAIL]),
    ([], []),
]


def citing(sentences: str) -> tuple[DraftPart, ...]:
    """A part with one source for each letter."""
    place = Place(make_notice())
    sources = (Source(CitationKind.SENTENCE, place, Phrase(s, n, n + 1)) for n, s in enumerate("abc") if s in sentences)
    return tuple(DraftPart(PartKind.QUOTE, s.phrase.text, (s,)) for s in sources)


@pytest.mark.parametrize(("said", "kept"), ECHOES)
def test_a_detail_whose_sentences_another_finding_cites_is_dropped(
    said: list[tuple[Want, bool, str]], kept: list[Want]
) -> None:
    findings = [Finding(want, is_filled, citing(sentences)) for want, is_filled, sentences in said]
    assert [f.want for f in without_echoes(findings)] == kept


def test_carriers_and_responsible(real_corpus: Corpus) -> None:
    nine, six = find_measure(real_corpus, 9), find_measure(real_corpus, 6)
    shown = Finding(Want("sum"), True, (), (nine, six, nine))
    hidden = Finding(
        Want("clause", Operation.COUNT), True, (), (find_measure(real_corpus, 1),), shows_departments=False
    )
    assert carriers_of([shown, hidden]) == (nine, six)
    assert [(r.measure_id, r.measure_number, r.role, r.departments) for r in responsible_for([nine, six])] == [
        ("3.9", 9, "按职责分工负责", ("省科技厅", "省工业和信息化厅", "省财政厅")),
        ("2.6", 6, "牵头负责", ("省市场监管局",)),
    ]
    assert responsible_for([Place(nine.notice)]) == ()


def test_departments_lines(real_corpus: Corpus) -> None:
    nine, six = find_measure(real_corpus, 9), find_measure(real_corpus, 6)
    table = real_corpus.departments
    (one,) = departments_parts([nine], CitationNumbers(), "zh", table)
    assert (one.text, one.citations) == ("省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）", (1,))
    both = departments_parts([nine, six], CitationNumbers(), "zh", table)
    assert [p.text for p in both] == [f"第（九）条：{one.text}", "第（六）条：先问省市场监管局（牵头负责）"]
    (english,) = departments_parts([six], CitationNumbers(), "en", table)
    assert english.text.startswith("Ask ")
    assert english.text.endswith("(省市场监管局) first (lead)")


def test_source_line(real_corpus: Corpus) -> None:
    nine, six = find_measure(real_corpus, 9), find_measure(real_corpus, 6)
    citations = cite(real_corpus, find_item(real_corpus, BASE))
    lines = [
        source_part(citations, places, language) for places in ([nine], [nine, six], []) for language in ("zh", "en")
    ]
    assert [p.text if p else None for p in lines] == [
        "鲁科字〔2025〕128号 第（九）条",
        "鲁科字〔2025〕128号, Article 9 (第（九）条)",
        "鲁科字〔2025〕128号 第（九）条、第（六）条",
        "鲁科字〔2025〕128号, Article 9, 6 (第（九）条、第（六）条)",
        "鲁科字〔2025〕128号《关于支持科技服务业高质量发展的若干措施》",
        "鲁科字〔2025〕128号 “关于支持科技服务业高质量发展的若干措施”",
    ]
    assert source_part((), [nine], "zh") is None


def test_repairs() -> None:
    assert explain_repairs([Repair("算力卷", "算力券")], "zh") == "您写的“算力卷”，这里按“算力券”理解。"
    assert explain_repairs([], "zh") == ""


def test_id_names_question_history_and_version() -> None:
    ids = {
        make_id("问", (), "v1"),
        make_id("问？", (), "v1"),
        make_id("问", (), "v2"),
        make_id("问", (Turn("user", "甲"),), "v1"),
        make_id("问", (Turn("assistant", "甲"),), "v1"),
        make_id("问", (Turn("user", "甲"), Turn("user", "乙")), "v1"),
        make_id("\ud83d", (Turn("user", "\ud83d"),), "v1"),
    }
    assert len(ids) == 7
    assert make_id("问", (), "v1") == make_id("问", (), "v1")
    assert all(len(i) == 16 for i in ids)


def test_quotation_part_is_verbatim(real_corpus: Corpus) -> None:
    source = find_item(real_corpus, BASE)
    assert quote_part(source).text == source.phrase.text
    assert Missing("sum", "创新券", None).measure_id is None
