"""What an ask means beside the things that its question names: every rule once, then whole questions."""

import pytest

from assistant.ask import Assistant
from assistant.ask_rules import mean
from assistant.query import Ask, AskReading, Query
from assistant.naming.subject import Subject, SubjectKind
from corpus.language.amounts import read_amounts

POOL = Subject(SubjectKind.TERM, "专利池", 0, 3, ("n/1.1.1",))
VOUCHER = Subject(SubjectKind.TERM, "创新券", 4, 7, ("n/1.2.1",))
NINE = Subject(SubjectKind.NUMBER, "第九条", 0, 3, ("n/1.9",), 9)
FINANCE = Subject(SubjectKind.DEPARTMENT, "省财政厅", 0, 4, ("省财政厅",))
LETTER = Subject(SubjectKind.DOCUMENT, "128号文", 0, 5, ("n",))

SHOWN = [
    ("省财政厅入选了哪几条", Ask.RESULT, (FINANCE,), Ask.MEASURES),
    ("专利池和创新券哪个按年给", Ask.PERIOD, (POOL, VOUCHER), Ask.COMPARE),
    ("128号文是什么", Ask.DETAIL, (LETTER,), Ask.TITLE),
    ("专利池发给谁", Ask.ADDRESSEE, (POOL,), Ask.CONDITION),
    ("这份通知发给谁", Ask.ADDRESSEE, (), Ask.ADDRESSEE),
    ("专利池依据什么给", Ask.BASIS, (POOL,), Ask.BASIS_OF_SUM),
    ("专利池分几部分", Ask.CHAPTERS, (POOL,), Ask.DETAIL),
    ("依据的国家意见文号是什么", Ask.DOCUMENT_NUMBER, (), Ask.BASIS),
    ("文号是什么，依据哪份意见", Ask.DOCUMENT_NUMBER, (), Ask.DOCUMENT_NUMBER),
    ("第九条里那个大市场叫什么", Ask.MEASURE_TITLE, (NINE,), Ask.DETAIL),
    ("专利池给多少", Ask.TOTAL, (POOL,), Ask.SUM),
    ("专利池一共给多少", Ask.TOTAL, (POOL,), Ask.TOTAL),
    ("专利池干什么用", Ask.MEANING, (POOL,), Ask.DETAIL),
    ("如果十家都拿，预算多少", Ask.BUDGET, (), Ask.TOTAL),
    ("能申请专利池吗", Ask.ROUTE, (POOL,), Ask.ROUTE),
    ("建专利池能拿多少钱", Ask.ELIGIBILITY, (POOL,), Ask.SUM),
    ("专利池要符合什么", Ask.ELIGIBILITY, (POOL,), Ask.CONDITION),
    ("专利池相比其他项最高多少", Ask.HIGHEST, (POOL,), Ask.COMPARE),
    ("专利池最高多少", Ask.HIGHEST, (POOL,), Ask.SUM),
    ("专利池里哪个最高", Ask.HIGHEST, (POOL,), Ask.HIGHEST),
    ("专利池有没有名额", Ask.QUOTA, (POOL,), Ask.DETAIL),
    ("国家意见是几个部门联合印发的", Ask.COUNT, (), Ask.BASIS),
    ("经营满几年可以拿", Ask.CONDITION, (), Ask.CRITERIA),
    ("责任部门名单", Ask.RESULT, (), Ask.DEPARTMENTS_LIST),
    ("一共多少个部门", Ask.TOTAL, (), Ask.COUNT),
    ("每年遴选多少◇", Ask.SUM, (POOL,), Ask.QUANTITY),
    ("有哪些系列", Ask.BRANDS, (), Ask.DETAIL),
    ("有哪些品牌", Ask.BRANDS, (), Ask.BRANDS),
    ("最高200万元的", Ask.HIGHEST, (), Ask.SUPPORTS),
    ("哪些是按年给的", Ask.PERIOD, (), Ask.SUPPORTS),
    ("有几笔没写金额", Ask.DETAIL, (), Ask.SUPPORTS),
    ("200万元的条件", Ask.CONDITION, (), Ask.SUPPORTS),
]
GUESSED = [
    ("能申请专利池吗", Ask.ROUTE, (POOL,), Ask.ELIGIBILITY),
    ("哪些城市入选", Ask.RESULT, (), Ask.DETAIL),
    ("我们是做检测的，专利池行吗", Ask.DETAIL, (POOL,), Ask.ELIGIBILITY),
    ("专利池有效期", Ask.VALIDITY, (POOL,), Ask.DETAIL),
]


ROWS = [(row, True) for row in SHOWN] + [(row, False) for row in GUESSED]


@pytest.mark.parametrize(("row", "is_cued"), ROWS, ids=[row[0] for row, _ in ROWS])
def test_means(row: tuple[str, Ask, tuple[Subject, ...], Ask], is_cued: bool) -> None:
    text, ask, subjects, meant = row
    named = tuple(s for s in subjects if s.kind is not SubjectKind.DEPARTMENT)
    query = Query(text, text, "zh", subjects=subjects, amounts=read_amounts(text))
    assert mean(AskReading(ask, text, 0.5, named, is_cued), query).ask is meant


QUESTIONS = [
    ("省财政厅和省科技厅谁负责的条数更多", [Ask.COMPARE]),
    ("专利池和中试基地哪个是按年给的", [Ask.COMPARE]),
    ("鲁科字〔2025〕128号是什么", [Ask.TITLE]),
    ("300万元是发给谁的", [Ask.SUPPORTS]),
    ("200万元是给什么的", [Ask.SUPPORTS]),
    ("依据的国家意见文号是什么", [Ask.BASIS]),
    ("每一条叫什么名字", [Ask.MEASURES]),
    ("如果10家企业都拿50万元，总预算要多少", [Ask.TOTAL]),
    ("我们企业建专利池能拿多少钱", [Ask.SUM]),
    ("中试基地有没有名额限制", [Ask.DETAIL]),
    ("哪几个城市入选了", [Ask.DETAIL]),
    ("企业成立要满几年才能申请", [Ask.CRITERIA]),
    ("有哪些系列产品", [Ask.DETAIL]),
    ("我们是做检测的公司，创新券行吗", [Ask.ELIGIBILITY]),
    ("最高200万元的有哪些", [Ask.SUPPORTS]),
    ("哪项支持给的钱最多", [Ask.HIGHEST]),
    ("列出所有金额，带上条件", [Ask.SUPPORTS]),
    ("五个品牌叫什么，有几个", [Ask.BRANDS]),
    ("专利池和中试基地加起来多少钱", [Ask.TOTAL]),
    ("专利池多少钱，条件是什么", [Ask.SUM, Ask.CONDITION]),
]


@pytest.mark.parametrize(("question", "meant"), QUESTIONS)
def test_questions_on_the_notice(question: str, meant: list[Ask], assistant: Assistant) -> None:
    assert [reading.ask for reading in assistant._understander.understand(question).asks] == meant
