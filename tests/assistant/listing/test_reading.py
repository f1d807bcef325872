"""The labels and names of a clause become a selection."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemIndex
from assistant.listing.reading import read_selection
from assistant.listing.selection import Bound, Order, Rows, Selection, Where
from assistant.understanding.frame import Listing
from corpus.language.amounts import Period
from corpus.store import Corpus
from tests.assistant.conftest import HOME, TAX
from tests.assistant.inquiries import ask_marked, make_inquiry


@pytest.fixture(scope="module")
def index(shelf: Mapping[str, Corpus]) -> ItemIndex:
    return ItemIndex(shelf[HOME])


def inquire(marked: str, listing: Listing, corpus: Corpus, index: ItemIndex) -> Inquiry:
    return ask_marked(marked, make_inquiry("", corpus, index), listing)


def asks(shows: str, **labels: str) -> Listing:
    return replace(Listing(shows), **labels)  # type: ignore[arg-type]


M, S, D, C = Rows.MEASURES, Rows.SUPPORTS, Rows.DEPARTMENTS, Rows.CHAPTERS
MOST, LEAST, SORTED = Order.MOST, Order.LEAST, Order.SORTED
FINANCE, BOTH = ("省财政厅",), ("省科技厅", "省财政厅")
NINE, LATEST = (f"{HOME}/3.9",), (f"{HOME}/5",)

READ = [
    ("一共有多少条", asks("measures"), Selection(M)),
    ("[d:省财政厅]负责哪些条", asks("measures"), Selection(M, Where(departments=FINANCE))),
    ("[d:财政厅=省财政厅]负责哪些条", asks("measures"), Selection(M, Where(departments=FINANCE))),
    ("[d:省科技厅]和[d:省财政厅]都负责的", asks("measures"), Selection(M, Where(departments=BOTH))),
    (
        *("[d:省科技厅]或[d:省财政厅]负责的", asks("measures", join="any")),
        Selection(M, Where(departments=BOTH, is_any=True)),
    ),
    ("没有[!d:省财政厅]的条款", asks("measures"), Selection(M, Where(not_departments=FINANCE))),
    (
        *("有[d:省科技厅]没有[!d:省财政厅]的", asks("measures")),
        Selection(M, Where(departments=("省科技厅",), not_departments=FINANCE)),
    ),
    (
        *("[d:省财政厅]参与而没写金额的", asks("measures", money="unpriced")),
        Selection(M, Where(departments=FINANCE, is_priced=False)),
    ),
    (
        *("没有[!d:省财政厅]也没写金额的", asks("measures", money="unpriced")),
        Selection(M, Where(not_departments=FINANCE, is_priced=False)),
    ),
    ("[d:省财政厅]牵头的", asks("measures", role="lead"), Selection(M, Where(departments=FINANCE, role="lead"))),
    ("只有一个部门的", asks("measures", role="alone"), Selection(M, Where(role="alone"))),
    ("提到[人工智能]的", asks("measures"), Selection(M, Where(terms=("人工智能",)))),
    ("没提到[!人工智能]的", asks("measures"), Selection(M, Where(not_terms=("人工智能",)))),
    (
        *("除[!n:第九条=lkz-2025-128/3.9]外写了金额的", asks("measures", money="priced")),
        Selection(M, Where(outside=NINE, is_priced=True)),
    ),
    ("提到[高校]的", asks("measures"), Selection(M, Where(terms=("高校",)))),
    (
        "[p:第五部分=lkz-2025-128/5]里写了金额的",
        asks("measures", money="priced"),
        Selection(M, Where(LATEST, is_priced=True)),
    ),
    ("责任部门最多的是哪条", asks("measures", order="most", by="departments"), Selection(M, Where(), D, MOST)),
    ("给钱最多的是哪条", asks("measures", order="most", by="sum"), Selection(M, Where(), Rows.SUMS, MOST)),
    ("每条各几个部门", asks("measures", group="measures", by="departments"), Selection(M, Where(), D)),
    ("各条涉及哪些部门", asks("departments", group="measures"), Selection(M, Where(), D)),
    ("有哪些钱", asks("supports", money="priced"), Selection(S, Where(is_priced=True))),
    ("最高的是哪项", asks("supports", order="most", by="sum"), Selection(S, Where(is_priced=True), None, MOST)),
    ("第二高的是哪项", asks("supports", order="most", by="sum"), Selection(S, Where(is_priced=True), None, MOST, 2)),
    ("倒数第三低的", asks("supports", order="least", by="sum"), Selection(S, Where(is_priced=True), None, LEAST, 3)),
    (
        *("the second highest subsidy", asks("supports", order="most", by="sum")),
        Selection(S, Where(is_priced=True), None, MOST, 2),
    ),
    ("从高到低排", asks("supports", order="sorted", by="sum"), Selection(S, Where(is_priced=True), None, SORTED)),
    ("一次性的有哪些", asks("supports", paid="once"), Selection(S, Where(paid=Period.ONCE))),
    ("每年给的有哪些", asks("supports", paid="yearly"), Selection(S, Where(paid=Period.YEARLY))),
    ("一次性的和每年的各有哪些", asks("supports", paid="each"), Selection(S, Where(is_timed=True))),
    # 不低于 holds the sum itself, 超过 does not.
    (
        *("不低于200万元的", asks("supports", bound="at_least")),
        Selection(S, Where(is_priced=True, sums=(Decimal(2000000),), bound=Bound.AT_LEAST)),
    ),
    (
        *("超过200万元的", asks("supports", bound="at_least")),
        Selection(S, Where(is_priced=True, sums=(Decimal(2000000),), bound=Bound.ABOVE)),
    ),
    (
        *("200万元以内的", asks("supports", bound="at_most")),
        Selection(S, Where(is_priced=True, sums=(Decimal(2000000),), bound=Bound.AT_MOST)),
    ),
    (
        *("少于200万元的", asks("supports", bound="at_most")),
        Selection(S, Where(is_priced=True, sums=(Decimal(2000000),), bound=Bound.BELOW)),
    ),
    (
        *("正好200万元的", asks("supports", bound="equal")),
        Selection(S, Where(is_priced=True, sums=(Decimal(2000000),))),
    ),
    # The words at the sum know its side, whatever the clause looks like.
    *(
        (
            said,
            asks("supports", bound=learned),
            Selection(S, Where(is_priced=True, sums=(Decimal(2000000),), bound=bound)),
        )
        for said, learned, bound in (
            ("低于200万元的", "at_least", Bound.BELOW),
            ("不到200万元的", "", Bound.BELOW),
            ("多于200万元的", "equal", Bound.ABOVE),
            ("不超过200万元的", "at_least", Bound.AT_MOST),
            ("不低于200万元的", "at_most", Bound.AT_LEAST),
            ("不少于200万元的", "", Bound.AT_LEAST),
            ("200万元以下的", "at_least", Bound.AT_MOST),
            ("200万元以上的", "at_most", Bound.AT_LEAST),
            ("最高200万元的", "equal", Bound.EQUAL),
            ("less than RMB 2 million", "at_least", Bound.BELOW),
            ("no more than 2 million yuan", "at_least", Bound.AT_MOST),
            ("over 2 million yuan", "at_most", Bound.ABOVE),
        )
    ),
    ("[高校]能拿哪些钱", asks("supports"), Selection(S, Where(recipients=("高校",)))),
    ("除了[!高校]还能给谁钱", asks("supports"), Selection(S, Where(not_recipients=("高校",)))),
    ("小微企业能拿哪些钱", asks("supports"), Selection(S, Where(recipients=("企业", "小")))),
    ("各种金额几项", asks("supports", group="sums", by="supports"), Selection(Rows.SUMS, Where(), S)),
    ("有哪些责任部门", asks("departments"), Selection(D)),
    ("[n:第九条=lkz-2025-128/3.9]有哪些部门", asks("departments"), Selection(D, Where(inside=NINE))),
    ("牵头的是哪些部门", asks("departments", role="lead"), Selection(D, Where(role="lead"))),
    ("谁参与最多", asks("departments", order="most", by="measures"), Selection(D, Where(), M, MOST)),
    ("哪个部门给的钱最多", asks("departments", order="most", by="sum"), Selection(D, Where(), S, MOST)),
    # Of these two, not of whatever they share in.
    (
        *("[d:省科技厅]和[d:省财政厅]各管几条", asks("departments", group="departments", by="measures")),
        Selection(D, Where(), M, among=BOTH),
    ),
    (
        *("[d:省科技厅]和[d:省财政厅]谁管得多", asks("departments", order="most", by="measures")),
        Selection(D, Where(), M, SORTED, among=BOTH),
    ),
    ("分几个部分", asks("chapters"), Selection(C)),
    ("各部分几条", asks("chapters", group="chapters", by="measures"), Selection(C, Where(), M)),
    ("哪个部分钱最多", asks("chapters", order="most", by="sum"), Selection(C, Where(), S, MOST)),
    ("各部门涉及几个部分", asks("chapters", group="departments"), Selection(D, Where(), M)),
]


@pytest.mark.parametrize(("marked", "listing", "selection"), READ)
def test_selections(
    marked: str, listing: Listing, selection: Selection, index: ItemIndex, shelf: Mapping[str, Corpus]
) -> None:
    assert read_selection(inquire(marked, listing, shelf[HOME], index)) == selection


@pytest.mark.parametrize("shows", ["text", "outline", "summary", "highlights", "benefits", "full_text"])
def test_what_asks_for_no_rows_selects_nothing(shows: str, index: ItemIndex, shelf: Mapping[str, Corpus]) -> None:
    assert read_selection(inquire("有什么", asks(shows), shelf[HOME], index)) is None


def test_a_notice_without_departments_reads_the_same(shelf: Mapping[str, Corpus]) -> None:
    inquiry = inquire("提到[继续教育]没写金额的", asks("measures", money="unpriced"), shelf[TAX], ItemIndex(shelf[TAX]))
    assert read_selection(inquiry) == Selection(Rows.MEASURES, Where(terms=("继续教育",), is_priced=False))
