"""Another place, grade or year than the notice speaks of is named, and what is of the one that is asked is answered."""

import pytest

from assistant.answer import PartKind, Status
from assistant.ask import Assistant
from assistant.evidence.attributes import grades_printed, levels_of

OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}

OF_ANOTHER = [
    ("gf-2018-38", "第二类医疗器械的备案权限下放给福建了吗", "通知没有写第二类的，写的是：将台湾地区生产"),
    ("gf-2018-38", "社会办医院配甲类大型设备也是告知承诺吗", "通知没有写甲类的，写的是："),
    ("gf-2018-41", "二套房的贷款利息每月能扣多少", "通知没有写二套的，写的是："),
    (
        "gbf-2019-4",
        "我们是县里的二甲，这轮绩效考核的自评材料最晚几月份交？",
        "通知没有写二级的，写的是：",
    ),
    ("gbf-2019-4", "二级公立医院绩效考核的文件里列了几个指标？", "通知没有写二级的，写的是："),
    ("gf-2018-38", "武汉机场用第五航权归谁负责？", "通知没有写明是否包括武汉，写的是：在对外航权谈判中"),
    ("gf-2018-38", "成都双流机场能不能像郑州、西安那样利用第五航权？", "通知没有写明是否包括成都，写的是："),
    ("gbf-2018-128", "2025年秸秆综合利用率要达到多少？", "通知没有写2025年的，写的是：到2020年"),
]
OF_IT = [
    ("gf-2018-41", "首套房贷利息每月能扣多少", "每月1000元"),
    ("gbf-2019-4", "三甲医院什么时候交自评", "2019年9月底前"),
    ("gf-2018-38", "郑州机场用第五航权归谁负责？", "民航局"),
    ("gbf-2018-128", "2020年秸秆综合利用率要达到多少？", "85%以上"),
]


@pytest.mark.parametrize(("notice", "question", "line"), OF_ANOTHER)
def test_names_what_is_not_written(notice: str, question: str, line: str, everything: Assistant) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    first = next(p.text for p in answer.parts if p.kind in OWN)
    assert (answer.status, first[: len(line)]) == (Status.RELATED, line)


@pytest.mark.parametrize(("notice", "question", "words"), OF_IT)
def test_answers_what_is_written(notice: str, question: str, words: str, everything: Assistant) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    assert answer.status is Status.ANSWERED
    assert words in next(p.text for p in answer.parts if p.kind in OWN)


@pytest.mark.parametrize("question", ["2026年首次认定的高企奖多少万？", "2024年首次认定的高企奖多少万？"])
def test_of_another_year_of_a_series_nothing_is_told(question: str, everything: Assistant) -> None:
    year = question[:5]
    answer = everything.ask(question, notice_ids=("hkf-2025-9",))
    assert [p.text for p in answer.parts] == [f"通知没有提到“{year}”，对此没有作出规定。"]


GRADES = [
    ("二级医院要参加吗", "三级公立医院对照指标", ("二级", {"三级"})),
    ("俺们县医院是二级的", "辖区内三级公立医院绩效考核", ("二级", {"三级"})),
    ("首套住房利息", "一套住房贷款", ("首套", {"首套"})),
    ("二等奖给多少", "一等奖10万元", ("二等", {"一等"})),
    ("省、市、县三级政府", "二级医院", None),
    ("以下四类人员", "第三类人员", None),
    ("二级医院", "二级市场", None),
]


@pytest.mark.parametrize(("asked", "printed", "found"), GRADES)
def test_grades_are_of_the_same_thing(asked: str, printed: str, found: tuple[str, set[str]] | None) -> None:
    assert grades_printed(asked, printed) == (found and (found[0], frozenset(found[1])))


@pytest.mark.parametrize(
    ("text", "level"), [("市里认定的孵化器", "市级"), ("国家认定的", "国家级"), ("市里的孵化器", "")]
)
def test_who_recognises_gives_the_level(text: str, level: str) -> None:
    assert levels_of(text) == ({level} if level else frozenset())
