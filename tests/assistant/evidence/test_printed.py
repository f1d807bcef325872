"""Whether an item prints a value, for every row of kinds.toml over real items."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.evidence.items import ItemMatch
from assistant.evidence.printed import printed, printed_itself, prints_nearly
from corpus.catalogue import Catalogue
from corpus.kinds import kind_keys
from ingest.build import read_notice
from tests.assistant.evidence.conftest import FindItem

HOME, JOBS, TAX, ZONES, WASTE, CULTURE = (
    "lkz-2025-128",
    "gf-2018-39",
    "gf-2018-41",
    "gf-2018-38",
    "gbf-2018-128",
    "gbf-2018-124",
)
WORK, STALLS, SHOWS = "gf-2004-18", "shapes/m-phone2", "shapes/ll"
POOL, PREAMBLE = (HOME, "重点产业专利池"), (HOME, "现将《关于支持科技服务业高质量发展的若干措施》")
ZONE = (HOME, "高质量建设济南科创金融改革试验区")

# A kind, an item that prints it with the words, and one that does not.
ROWS = [
    ("sum", POOL, ("300万元",), ZONE),
    ("share", (JOBS, "失业保险费的50%"), ("50%",), POOL),
    ("telephone", (STALLS, "0599-2837466"), ("0599-2837466转8012",), POOL),
    ("deadline", (JOBS, "要在本意见印发之日起30日内"), ("本意见印发之日起30日内",), POOL),
    ("date", (JOBS, "从2019年1月1日起"), ("2019年1月1日起",), POOL),
    ("period", (TAX, "应当留存五年"), ("五年",), POOL),
    ("quantity", (HOME, "国家级智算云服务试点"), ("1个国家级智算云服务试点", "N个省级智算云服务中心"), POOL),
    ("route", (WORK, "部门规章要依法及时报国务院备案"), ("向国务院报告",), POOL),
    ("materials", (SHOWS, "申请营业性演出应当提交下列材料"), ("提交下列材料：",), POOL),
    ("condition", (HOME, "“创新券”补助"), ("符合条件的",), ZONE),
    ("place", (ZONES, "支持符合条件的台资保险机构"), ("自贸试验区内",), POOL),
    (
        "meaning",
        (TAX, "本办法所称首套住房贷款"),
        ("本办法所称首套住房贷款是指购买住房享受首套住房贷款利率的住房贷款",),
        POOL,
    ),
    ("department", POOL, ("（省市场监管局牵头负责）",), PREAMBLE),
    ("role", POOL, ("（省市场监管局牵头负责）",), PREAMBLE),
    ("actor", (WASTE, "生态环境部指导，试点城市政府负责落实"), ("试点城市政府",), POOL),
    ("recipient", (HOME, "研发投入额最高给予500万元"), ("世界500强企业、省外龙头企业等",), ZONE),
    ("name", (HOME, "“科技服务业专题”"), ("科技服务业专题",), ZONE),
    ("contact", (STALLS, "0599-2837466"), ("0599-2837466转8012",), POOL),
    ("calculation", (HOME, "对省级概念验证中心按绩效评价"), ("按绩效评价",), POOL),
    ("payment", (HOME, "部级孵化器"), ("一次性",), POOL),
    ("fee", (WASTE, "全面落实生活垃圾收费制度"), ("收费", "收费"), POOL),
    ("penalty", (WASTE, "工作任务未完成的"), ("追究",), POOL),
    ("appeal", (JOBS, "监督投诉电话"), ("投诉",), POOL),
    ("result", (CULTURE, "中央所属转制文化企业的认定"), ("名单",), POOL),
    ("stacking", (JOBS, "不可同时领取失业保险金"), ("不可同时",), POOL),
]
# Addresses stand in a made notice.
MADE = {
    "web": ("登录https://kjt.example.gov.cn/apply申报", "https://kjt.example.gov.cn/apply"),
    "mail": ("材料发至chuangxin@example.gov.cn", "chuangxin@example.gov.cn"),
    "address": ("受理地址：海湾市滨海路8号", "地址：海湾市滨海路8号"),
    "validity": ("本通知有效期三年", "有效期三年"),
}
ANY_TEXT = ("said", "clause", "purpose")
OF_THE_NOTICE = (
    *("in_force", "reference", "basis", "title"),
    *("document_number", "issuer", "issued_on", "addressee"),
)


def test_every_row_is_looked_at() -> None:
    assert {*(row[0] for row in ROWS), *MADE, *ANY_TEXT, *OF_THE_NOTICE} == kind_keys()


@pytest.mark.parametrize(("kind", "item", "words", "other"), ROWS)
def test_prints(
    kind: str, item: tuple[str, str], words: tuple[str, ...], other: tuple[str, str], find_item: FindItem
) -> None:
    printing, silent = find_item(*item), find_item(*other)
    assert tuple(p.text for p in printed(kind, printing.place, printing.item)) == words
    assert prints_nearly(kind, printing.place, printing.item)
    assert printed(kind, silent.place, silent.item) == ()


@pytest.mark.parametrize(("kind", "item"), [(kind, item) for kind, item, *_ in ROWS])
def test_words_stand_in_the_notice_where_they_are_said_to(
    kind: str, item: tuple[str, str], find_item: FindItem
) -> None:
    match = find_item(*item)
    inside = [
        p for p in printed(kind, match.place, match.item) if match.item.start <= p.start and p.end <= match.item.end
    ]
    assert [match.item.text[p.start - match.item.start : p.end - match.item.start] for p in inside] == [
        p.text for p in inside
    ]
    assert inside or kind in {"department", "role"}


@pytest.fixture
def made(write_notice: Callable[[str, str], Path]) -> list[ItemMatch]:
    body = "\n".join(f"第{n}条 {text}。" for n, (text, _) in zip("一二三四", MADE.values(), strict=True))
    source = read_notice(write_notice("a.txt", f"海湾市生活补贴办法\n海民发〔2024〕3号\n{body}\n"))
    places = Catalogue([source.notice]).provisions
    return [ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items]


@pytest.mark.parametrize("kind", MADE)
def test_prints_addresses(kind: str, made: list[ItemMatch], find_item: FindItem) -> None:
    printing = {m.item.text.strip("。"): [p.text for p in printed_itself(kind, m.place, m.item)] for m in made}
    text, words = MADE[kind]
    assert {t: found for t, found in printing.items() if found} == {text: [words]}
    silent = find_item(*POOL)
    assert printed(kind, silent.place, silent.item) == ()


@pytest.mark.parametrize("kind", ANY_TEXT)
def test_any_item_says_something(kind: str, find_item: FindItem) -> None:
    match = find_item(*POOL)
    assert [p.text for p in printed(kind, match.place, match.item)] == [match.item.text]


@pytest.mark.parametrize("kind", OF_THE_NOTICE)
def test_facts_of_the_notice_are_of_no_item(kind: str, find_item: FindItem) -> None:
    match = find_item(*PREAMBLE)
    assert printed(kind, match.place, match.item) == ()


BY_ANOTHER = [
    ("sum", (JOBS, "失业保险费的50%"), ("50%",)),
    ("period", (HOME, "19条标志性产业链"), ("19条标志性产业链创新需求",)),
    ("address", (ZONES, "支持符合条件的台资保险机构"), ("自贸试验区内",)),
    ("contact", (STALLS, "0599-2837466"), ("0599-2837466转8012",)),
]


@pytest.mark.parametrize(("kind", "item", "words"), BY_ANOTHER)
def test_another_kind_answers_too(
    kind: str, item: tuple[str, str], words: tuple[str, ...], find_item: FindItem
) -> None:
    match = find_item(*item)
    assert printed_itself(kind, match.place, match.item) == ()
    assert tuple(p.text for p in printed(kind, match.place, match.item)) == words


# A kind, an item that may tell it in other words, and one that does not.
NEARLY = [
    ("date", (HOME, "标杆示范场景10个"), ZONE),
    ("period", (HOME, "常态化开展“技术经理人山东行”活动"), ZONE),
    ("route", (HOME, "推荐农业科技服务企业纳入"), ZONE),
    ("materials", (HOME, "加快工程监理行业转型升级"), ZONE),
    ("condition", (HOME, "布局建设省级以上质检中心"), ZONE),
    ("calculation", (HOME, "实施“算力券”奖补"), ZONE),
    ("fee", POOL, ZONE),
]


@pytest.mark.parametrize(("kind", "item", "other"), NEARLY)
def test_nearly(kind: str, item: tuple[str, str], other: tuple[str, str], find_item: FindItem) -> None:
    near, silent = find_item(*item), find_item(*other)
    assert printed(kind, near.place, near.item) == ()
    assert [prints_nearly(kind, m.place, m.item) for m in (near, silent)] == [True, False]
