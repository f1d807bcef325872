"""What a model may say of a clause, on several notices: what is true in plain words stays, whatever is not falls."""

from collections.abc import Mapping

import pytest

from assistant.answer import PartKind
from assistant.composing.draft import Absence, ClaimKind, DraftPart, sentence_source
from assistant.verifying.evidences import Evidence, of_item, of_part
from assistant.verifying.sentences import Failed, Held, Sentence, check_sentence
from corpus.store import Corpus
from tests.assistant.conftest import HOME, REEF

TRUE = [
    (HOME, "3.9.3", "服务突出的省级中试基地，每年最多奖补200万元。"),
    (HOME, "3.9.3", "省级中试基地里服务突出的，年度最高可以拿到200万元。"),
    (HOME, "3.9.3", "省级概念验证中心按绩效评价给一定支持，具体多少钱要问省科技厅。"),
    (HOME, "3.9.3", "这一条由省科技厅、省工业和信息化厅、省财政厅按职责分工负责。"),
    (HOME, "3.9.3", "可以先向省科技厅咨询。"),
    (
        HOME,
        "1.2.2",
        "世界500强、省外龙头企业等来山东设立研发总部、研发中心或分支机构，符合条件的按年度研发投入额最高给500万元。",
    ),
    (HOME, "5.13.2", "按规定买算力、应用成果显著的，有“算力券”奖补。"),
    (HOME, "4.10.1", "部级孵化器每家最高200万元，一次性给，按认定层级定。"),
    (HOME, "4.10.1", "获得工业和信息化部认定的部级孵化器，每家最多拿200万元，只给一次。"),
    (HOME, "4.10.4", "潜力大、成长快的科技型中小企业，最高可以拿50万元奖励。"),
    (HOME, "2.6.2", "高校院所建高价值专利培育中心，最高给200万元；企业建设重点产业专利池，成效显著的最高给300万元。"),
    (HOME, "4.11.1", "通知支持银行、保险、担保机构等设立科技金融专业或特色机构。"),
    (HOME, "4.11.1", "引导金融机构加大科技信贷、科技保险、科技担保等服务力度，办法有风险补偿、贷款贴息、保费补贴。"),
    (REEF, "1.1.2", "企业新建深水网箱的，每个最高给30万元补助。"),
    (REEF, "1.1.2", "这件事由市海洋局负责。"),
    (REEF, "1.1.3", "水产加工企业的贴息，每家每年最高20万元。"),
    (REEF, "1.1.3", "市财政局牵头，市海洋局配合。"),
]

FALSE = [
    (HOME, "3.9.3", "服务突出的省级中试基地，每年奖补200万元。", "最高 dropped"),
    (HOME, "3.9.3", "服务突出的省级中试基地，年度至少奖补200万元。", "最高 turned"),
    (HOME, "3.9.3", "服务突出的省级中试基地，一次性最高奖补200万元。", "yearly made one-off"),
    (HOME, "3.9.3", "服务突出的省级中试基地，年度最高奖补300万元。", "sum of another clause"),
    (HOME, "3.9.3", "服务突出的国家级中试基地，年度最高奖补200万元。", "level"),
    (HOME, "3.9.3", "省级概念验证中心年度最高奖补200万元。", "recipient of the clause before"),
    (HOME, "3.9.3", "年度最高奖补200万元。", "nobody named"),
    (HOME, "3.9.3", "省级概念验证中心可以拿到钱。", "money that is not printed"),
    (HOME, "3.9.3", "省财政厅牵头负责。", "role"),
    (HOME, "3.9.3", "省教育厅按职责分工负责。", "department of another measure"),
    (HOME, "3.9.3", "申报截止时间是2026年3月31日。", "invented date"),
    (HOME, "3.9.3", "请登录www.sd.gov.cn申报。", "invented address"),
    (HOME, "1.2.2", "符合条件的企业最高可以拿500万元。", "recipient lost"),
    (HOME, "1.2.2", "山东本地企业符合条件的按年度研发投入额最高给500万元。", "recipient turned round"),
    (HOME, "5.13.2", "企业必须购买人工智能算力。", "duty"),
    (HOME, "5.13.2", "购买且提供人工智能算力的，有算力券奖补。", "or made and"),
    (HOME, "5.13.2", "企业不用按规定买算力，也有算力券奖补。", "denial"),
    (HOME, "5.13.2", "算力券没有写明给谁。", "absence of what nobody found absent"),
    (HOME, "4.10.1", "省级孵化器每家最高200万元一次性补助。", "level"),
    (
        HOME,
        "4.10.1",
        "获得有关部门认定的部级孵化器，每家最高给200万元一次性补助。",
        "a body that is printed by its name",
    ),
    (HOME, "4.10.4", "您的企业可以拿到50万元。", "a promise to who asks"),
    (HOME, "4.10.4", "是的，科技型中小企业最高给予50万元奖励。", "a yes of its own"),
    (HOME, "4.10.4", "所有科技型中小企业最高给予50万元奖励。", "all"),
    (HOME, "2.6.2", "高校院所建高价值专利培育中心，最高给300万元。", "sums swapped"),
    (HOME, "4.11.1", "不支持银行设立科技金融专业机构。", "denial"),
    (HOME, "4.11.1", "银行设立科技金融专业机构有补助。", "money for another thing"),
    (HOME, "4.11.1", "银行、保险、担保机构可以拿到贷款贴息和保费补贴。", "a means made a gift"),
    (REEF, "1.1.2", "新建深水网箱的企业，每个给30万元补助。", "最高 dropped"),
    (REEF, "1.1.2", "水产加工企业新建深水网箱，每个最高给30万元补助。", "recipient of another point"),
    (REEF, "1.1.2", "这件事由市财政局负责。", "department of another point"),
    (REEF, "1.1.3", "市海洋局牵头，市财政局配合。", "roles swapped"),
]


def evidence_at(shelf: Mapping[str, Corpus], notice: str, provision: str) -> tuple[Evidence, ...]:
    place = shelf[notice].catalogue.place_of_provision[f"{notice}/{provision}"]
    assert place.provision is not None
    return tuple(of_item(sentence_source(place, item)) for item in place.provision.items)


@pytest.mark.parametrize(("notice", "provision", "text"), TRUE)
def test_plain_truth_stays(shelf: Mapping[str, Corpus], notice: str, provision: str, text: str) -> None:
    held = check_sentence(Sentence(text), [evidence_at(shelf, notice, provision)], shelf[notice])
    assert isinstance(held, Held), held


@pytest.mark.parametrize(("notice", "provision", "text", "why"), FALSE)
def test_what_the_clause_does_not_say_falls(
    shelf: Mapping[str, Corpus], notice: str, provision: str, text: str, why: str
) -> None:
    for is_printed in (False, True):
        assert isinstance(
            check_sentence(Sentence(text, is_printed), [evidence_at(shelf, notice, provision)], shelf[notice]), Failed
        ), why


def test_printed_words_are_held_to_be_printed(shelf: Mapping[str, Corpus]) -> None:
    grounds = [evidence_at(shelf, HOME, "5.13.2")]
    plain = "按规定买算力、应用成果显著的，有“算力券”奖补。"
    assert isinstance(check_sentence(Sentence(plain), grounds, shelf[HOME]), Held)
    assert isinstance(check_sentence(Sentence(plain, True), grounds, shelf[HOME]), Failed)
    printed = "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补。"
    assert isinstance(check_sentence(Sentence(printed, True), grounds, shelf[HOME]), Held)


def line(text: str, kind: PartKind, claim: ClaimKind, **more: object) -> DraftPart:
    return DraftPart(kind, text, (), claim, **more)  # type: ignore[arg-type]


ABSENT = line(
    "“中试基地”的时间，通知没有写明。", PartKind.MISSING, ClaimKind.ABSENT, absent=Absence("date", ("中试基地",))
)
COUNTED = line(
    "省科技厅参与负责的措施，全文16条中有14条。不在其中的是第（六）条、第（八）条。", PartKind.DIRECT, ClaimKind.COUNTED
)

OF_LINES = [
    (ABSENT, "什么时候申报，通知没有写明。", True),
    (ABSENT, "中试基地的时间没有写明。", True),
    (ABSENT, "中试基地的申报时间写明了。", False),
    (ABSENT, "中试基地给多少钱，通知没有写明。", False),
    (COUNTED, "全文16条中，省科技厅参与负责的有14条。", True),
    (COUNTED, "不在其中的是第（六）条和第（八）条。", True),
    (COUNTED, "省科技厅参与负责的是第（六）条和第（八）条。", False),
    (COUNTED, "全文14条中，省科技厅参与负责的有16条。", False),
    (COUNTED, "省科技厅牵头的措施，全文16条中有14条。", False),
    (COUNTED, "省财政厅参与负责的措施，全文16条中有14条。", False),
]


@pytest.mark.parametrize(("part", "text", "holds"), OF_LINES)
def test_a_verified_line_may_be_said_again(
    shelf: Mapping[str, Corpus], part: DraftPart, text: str, holds: bool
) -> None:
    grounds = [tuple(of_part(part, "中试基地什么时候申报", "时间"))]
    assert isinstance(check_sentence(Sentence(text), grounds, shelf[HOME]), Held) is holds


@pytest.mark.parametrize(
    "text", ["<b>补助</b>", "服务突出的省级中试基地奖补多少", "见 http://a.b", "依据1写明了", "", "。", "中" * 500]
)
def test_what_is_no_sentence_falls(shelf: Mapping[str, Corpus], text: str) -> None:
    assert isinstance(check_sentence(Sentence(text), [evidence_at(shelf, HOME, "3.9.3")], shelf[HOME]), Failed)


def test_a_sentence_without_a_ground_falls(shelf: Mapping[str, Corpus]) -> None:
    assert check_sentence(Sentence("可以向省科技厅咨询。"), [], shelf[HOME]) == Failed("没有写依据的编号")
