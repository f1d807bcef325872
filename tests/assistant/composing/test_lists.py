"""Lists and counts are complete, cited and counted; every kind of list stands the check."""

import pytest

from assistant.answer import Answer, CitationKind, Composer, Count
from assistant.ask import Assistant
from assistant.composing.list_kinds import Selection
from assistant.composing.lists import _headline, _items
from assistant.composing.recount import _TABLES, recompute
from assistant.evidence.items import ItemIndex
from corpus.store import Corpus
from tests.assistant.inquiries import make_inquiry
from tests.drafts import refuse, state

LISTS = [
    ("一共有多少条措施", Count(16, None), 16),
    ("省财政厅负责哪些条", Count(7, 16), 7),
    ("省科技厅和省财政厅都负责的有哪几条", Count(7, 16), 7),
    ("省科技厅或省海洋局负责的有哪些条", Count(15, 16), 15),
    ("不由省科技厅负责的有哪几条", Count(2, 16), 2),
    ("由省科技厅牵头的有几条", Count(1, 16), 1),
    ("哪些条由一个部门牵头", Count(2, 16), 2),
    ("哪些条是按职责分工负责的", Count(14, 16), 14),
    ("提到人工智能的有哪几条", Count(4, 16), 4),
    ("第三部分有哪几条", Count(3, 16), 3),
    ("通知有几个部分", Count(5, None), 5),
    ("有哪些补贴写明了金额", Count(6, None), 6),
    ("有几项没有写金额的支持", Count(5, None), 5),
    ("金额最高的是哪一项", Count(1, None), 1),
    ("金额最低的是哪一项", Count(1, None), 1),
    ("一共涉及多少个责任部门", Count(20, None), 20),
    ("参与条数最多的部门是哪个", Count(1, None), 1),
    ("点名了几个品牌", Count(5, None), 5),
    ("Which measures does the Department of Finance share in?", Count(7, 16), 7),
    ("How many measures are there?", Count(16, None), 16),
]


@pytest.mark.parametrize(("question", "count", "length"), LISTS)
def test_lists(question: str, count: Count, length: int, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.count, len(answer.items or ())) == (count, length)
    assert answer.composer is Composer.LIST
    assert_each_item_is_cited(answer)


def assert_each_item_is_cited(answer: Answer) -> None:
    assert answer.items
    used = {n for item in answer.items for n in item.citations}
    assert all(item.citations for item in answer.items)
    assert used == {c.number for c in answer.citations}
    assert len({item.text for item in answer.items}) == len(answer.items)


HIGHEST = [("金额最高的是哪一项", "500万元"), ("金额第二高的是哪项", "300万元"), ("金额最低的是哪一项", "50万元")]


@pytest.mark.parametrize(("question", "amount"), HIGHEST)
def test_extremes(question: str, amount: str, assistant: Assistant) -> None:
    (item,) = assistant.ask(question).items or ()
    assert amount in item.text


@pytest.mark.parametrize("question", ["省司法厅负责哪些条", "省审计厅牵头几条"])
def test_none_is_counted_as_none(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.count, answer.items, answer.citations) == (Count(0, 16), None, ())
    assert "没有" in answer.text


def test_members_are_cited_by_what_makes_them_members(assistant: Assistant) -> None:
    owners = assistant.ask("省财政厅负责哪些条").citations
    assert all(c.kind is CitationKind.RESPONSIBILITY and "省财政厅" in c.quote for c in owners)
    mentions = assistant.ask("提到人工智能的有哪几条").citations
    assert all(c.kind is CitationKind.SENTENCE and "人工智能" in c.quote for c in mentions)


KEYS = {
    "named_kinds": ("券",),
    "measures_of": ("省财政厅",),
    "measures_of_any": ("省财政厅", "省水利厅"),
    "measures_without": ("省财政厅",),
    "measures_led": ("省科技厅",),
    "measures_shared": ("省财政厅",),
    "measures_with": ("人工智能",),
    "measures_without_term": ("人工智能",),
    "measures_in_chapter": ("lkz-2025-128/3",),
    "departments_of": ("lkz-2025-128/3.9",),
    "supports_in": ("lkz-2025-128/2.6",),
    "supports_of_sum": ("2000000",),
    "supports_period": ("once",),
    "supports_ranked": ("1",),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", sorted(_TABLES))
def test_every_table_makes_items_that_hold(table: str, language: str, real_corpus: Corpus) -> None:
    keys = recompute("supports_priced", (), real_corpus) if table == "supports_total" else KEYS.get(table, ())
    selection = Selection(table, keys, "名单", "List")
    inquiry = make_inquiry("", real_corpus, ItemIndex(real_corpus), language)
    members = recompute(table, selection.keys, real_corpus)
    items = _items(selection, members, inquiry)
    assert members and len(items) == len(members)
    assert str(len(members)) in _headline(selection, members, inquiry) or table.startswith("departments_")
    broken = {item.text: refuse(state("", *item.sources), real_corpus) for item in items}
    assert set(broken.values()) == {""}
    assert all(item.text and item.sources for item in items)
