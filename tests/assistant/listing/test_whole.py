"""What is said of a whole notice, in notices of every shape; each line, row and count stands the check."""

from collections.abc import Mapping

import pytest

from assistant.answer import Count, PartKind
from assistant.composing.draft import Finding
from assistant.evidence.items import ItemIndex
from assistant.listing.whole import find_whole
from assistant.understanding.frame import Listing
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, JOBS, LETTER, LONE, ONE, RATES, REEF, TAX
from tests.assistant.inquiries import ask_marked, make_inquiry

EVERY = [HOME, JOBS, TAX, LETTER, RATES, INN, REEF, ONE, LONE]
SHOWN = ["outline", "summary", "highlights", "full_text", "benefits"]


def find(marked: str, shows: str, corpus: Corpus, language: str = "zh") -> Finding | None:
    inquiry = make_inquiry("", corpus, ItemIndex(corpus), language)
    return find_whole(ask_marked(marked, inquiry, Listing(shows)))


def lines(finding: Finding | None) -> list[str]:
    assert finding is not None
    return [p.text for p in finding.parts if p.kind not in {PartKind.QUOTE, PartKind.TABLE}]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shows", SHOWN)
@pytest.mark.parametrize("notice_id", EVERY)
def test_everything_stands_the_check(notice_id: str, shows: str, language: str, shelf: Mapping[str, Corpus]) -> None:
    corpus = shelf[notice_id]
    for marked in ("讲了什么", "我们企业能得到什么", "给[高校]什么"):
        finding = find(marked, shows, corpus, language)
        assert finding is not None
        verified = verify([finding], corpus, language)
        assert verified.problems == ()
        assert verified.findings == (finding,)


@pytest.mark.parametrize("shows", ["", "text", "measures", "supports"])
def test_what_asks_for_no_whole(shows: str, shelf: Mapping[str, Corpus]) -> None:
    assert find("[中试基地]有哪些", shows, shelf[HOME]) is None


def test_what_names_nothing_is_of_the_whole(shelf: Mapping[str, Corpus]) -> None:
    assert lines(find("有哪些", "text", shelf[HOME])) == lines(find("讲了什么", "summary", shelf[HOME]))
    assert find("有哪些", "measures", shelf[HOME]) is None


OUTLINES = [
    # (notice, Chinese, English, how many rows, the last of them)
    (
        *(HOME, "全文共5个部分、16条。", "The notice has 5 chapters and 16 measures.", 5),
        "五、优化科技服务业生态：第（十三）条 加快转型升级；第（十四）条 壮大人才队伍；第（十五）条 完善金融支持；第（十六）条 加强组织保障",
    ),
    (
        *(TAX, "全文共9个部分、32条。", "The notice has 9 chapters and 32 measures.", 9),
        "第九章附则：第二十九条；第三十条；第三十一条；第三十二条",
    ),
    (LETTER, "全文共11条。", "The notice has 11 measures.", 11, "第十一条 关于水淹区贫困群众生产生活问题"),
    (RATES, "全文共3条。", "The notice has 3 measures.", 3, "第三条 申请截止日期为2025年11月30日"),
    (REEF, "全文共3个部分、3条。", "The notice has 3 chapters and 3 measures.", 3, "三、附则：第（三）条 施行"),
    (LONE, "全文共1条。", "The notice has 1 measure.", 1, "第一条 支持企业扩大规模"),
]


@pytest.mark.parametrize(("notice_id", "chinese", "english", "count", "last"), OUTLINES)
def test_outlines(
    notice_id: str, chinese: str, english: str, count: int, last: str, shelf: Mapping[str, Corpus]
) -> None:
    zh, en = (find("列个提纲", "outline", shelf[notice_id], language) for language in ("zh", "en"))
    assert zh is not None
    assert (lines(zh), lines(en)) == ([chinese], [english])
    assert (zh.count, len(zh.items), zh.items[-1].text) == (Count(count, None), count, last)


SUMMARIES = [
    (
        *(INN, "zh"),
        [
            "《兰江县支持乡村民宿发展若干措施》共2个部分、4条：一、加大资金支持；二、强化服务保障。",
            "写了金额的有3项，数额最大的是50万元（上限）：对新建并通过等级评定的乡村民宿，每家最高给予50万元一次性奖补（第（一）条）。",
            "另有1项支持没有写金额：民宿经营主体的银行贷款。",
            "责任部门共6个，列入条数最多的是县财政局（2条）。",
        ],
    ),
    (
        *(INN, "en"),
        [
            "“兰江县支持乡村民宿发展若干措施” has 2 chapters and 4 measures: 一、加大资金支持；二、强化服务保障.",
            "3 supports have a printed sum; the largest is up to RMB 500,000 (50万元): Rural homestays newly built and having "
            "passed grading: an award subsidy of up to RMB 500,000 each (每家最高给予50万元), one-off. The notice says: "
            "“对新建并通过等级评定的乡村民宿，每家最高给予50万元一次性奖补” (Article 1).",
            "1 more support has no printed sum: 民宿经营主体的银行贷款.",
            "It names 6 departments; in the most measures (2): 县财政局.",
        ],
    ),
    (
        *(LONE, "en"),
        [
            "“溪口市家政服务若干措施” has 1 measure: 支持企业扩大规模.",
            "1 support has a printed sum: “新增就业50人以上的家政企业”: a reward of RMB 250,000 (给予25万元). "
            "The notice says: “对新增就业50人以上的家政企业，给予25万元奖励” (Article 1).",
            "It names 1 department: 市商务局.",
        ],
    ),
    # A table gives figures whose unit heads their column.
    (
        *(RATES, "zh"),
        [
            "写了金额的有4项，数额最大的是1万元：补贴项目：一次性创业补贴；补贴对象：毕业5年内高校毕业生；补贴标准（元/人）：10000。"
        ],
    ),
    # Of a letter without any parts its first sentences.
    (
        *(ONE, "zh"),
        [
            "随着社会信息化的发展和电子政务建设的不断推进，各级政府及其组成部门相继在互联网上建立了政府网站，及时发布法规规章、"
            "规范性文件及各类重要政务信息，这对于促进政务公开、改进公共服务发挥了积极作用。",
            "中央政府门户网站于2006年1月1日正式开通。",
            "网站专门开设了“法律法规”栏目，收集整理了现行的主要法律、2000年以来的行政法规，以及部分司法解释、部门规章和地方性法规、"
            "地方政府规章，供公众免费查询和下载。",
            "没有写给多少钱。",
        ],
    ),
]


@pytest.mark.parametrize(("notice_id", "language", "expected"), SUMMARIES)
def test_summaries(notice_id: str, language: str, expected: list[str], shelf: Mapping[str, Corpus]) -> None:
    assert lines(find("讲了什么", "summary", shelf[notice_id], language)) == expected


def test_a_summary_without_sums_says_so_of_all_supports(shelf: Mapping[str, Corpus]) -> None:
    """另有 would be beside those with a sum."""
    told = lines(find("讲了什么", "summary", shelf[LETTER]))[-1]
    assert told.startswith("写了6项支持，都没有写金额：农副产品加工龙头企业；")


def test_highlights_begin_with_the_money(shelf: Mapping[str, Corpus]) -> None:
    finding = find("有什么亮点", "highlights", shelf[HOME])
    assert finding is not None
    assert lines(finding)[0].startswith("写了金额的有6项，数额最大的是500万元（上限）：支持世界500强企业")
    (table,) = [p for p in finding.parts if p.kind is PartKind.TABLE]
    amounts = [row.cells[1] for row in table.rows]
    assert amounts[0] == "按年度研发投入额最高给予500万元补助"
    assert (len(amounts), amounts[-1]) == (6, "最高给予50万元奖励")
    assert lines(find("有什么亮点", "highlights", shelf[ONE]))[0].startswith("随着社会信息化的发展")


BENEFITS = [
    (
        *(HOME, "对[高校]有什么好处", "zh"),
        [
            "写明给高校的支持有1项。面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元（第（六）条）。",
            "提到“高校”的有5条：第（四）条 研究开发服务、第（六）条 知识产权服务、第（九）条 技术转移转化和推广服务、第（十二）条 科技咨询及其他服务、第（十四）条 壮大人才队伍。",
        ],
    ),
    (
        *(HOME, "对[专利池]有什么好处", "zh"),
        [
            "写明给“专利池”的支持有1项。推动相关企业建设重点产业专利池，对成效显著的最高给予300万元（第（六）条）。",
            "提到“专利池”的有1条：第（六）条 知识产权服务。",
        ],
    ),
    (
        *(HOME, "对[专利池]有什么好处", "en"),
        [
            "1 support is printed for “专利池”; it is: Relevant companies building key industry patent pools, with "
            "outstanding results: up to RMB 3 million (最高给予300万元). The notice says: "
            "“推动相关企业建设重点产业专利池，对成效显著的最高给予300万元” (Article 6).",
            "“专利池” stands in 1 measure: Article 6 (知识产权服务, unofficially “Intellectual property services”).",
        ],
    ),
    (
        *(REEF, "[博士]有什么好处", "zh"),
        [
            "写明给“博士”的支持有1项。对博士每人一次性给予5万元（第（二）条）。",
            "提到“博士”的有1条：第（二）条 海洋人才。",
        ],
    ),
    (
        *(RATES, "[高校毕业生]有什么好处", "zh"),
        [
            "写明给“高校毕业生”的支持有1项。补贴项目：一次性创业补贴；补贴对象：毕业5年内高校毕业生；补贴标准（元/人）：10000。"
        ],
    ),
    (
        *(REEF, "医院有什么好处", "zh"),
        [
            "没有写明直接给医院的支持；写明的支持是给：新建深水网箱的企业、水产加工企业、引进的海洋人才、博士、硕士。",
        ],
    ),
    (ONE, "企业有什么好处", "zh", ["没有写给多少钱。"]),
]


@pytest.mark.parametrize(("notice_id", "marked", "language", "expected"), BENEFITS)
def test_benefits(notice_id: str, marked: str, language: str, expected: list[str], shelf: Mapping[str, Corpus]) -> None:
    assert lines(find(marked, "benefits", shelf[notice_id], language)) == expected


def test_many_benefits_are_a_table(shelf: Mapping[str, Corpus]) -> None:
    finding = find("[民宿]有什么好处", "benefits", shelf[INN])
    assert finding is not None
    assert [len(p.rows) for p in finding.parts if p.kind is PartKind.TABLE] == [4]


def test_the_full_text_is_every_sentence(shelf: Mapping[str, Corpus]) -> None:
    corpus = shelf[HOME]
    finding = find("全文发我", "full_text", corpus)
    assert finding is not None
    quotes = [p.text for p in finding.parts if p.kind is PartKind.QUOTE]
    assert quotes == [p.provision.text for p in corpus.catalogue.provisions if p.provision]
    assert lines(finding) == [f"全文如下，共{len(quotes)}句："]


def test_a_long_text_leads_to_its_measures(shelf: Mapping[str, Corpus], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.listing.whole._MOST_SENTENCES", 50)
    finding, english = (find("全文发我", "full_text", shelf[TAX], language) for language in ("zh", "en"))
    assert finding is not None
    assert english is not None
    assert lines(finding) == ["全文共32条、71句，下面逐条列出，点开每条可看原文。"]
    assert lines(english) == ["The notice has 32 measures and 71 sentences; each measure opens at its text:"]
    assert (len(finding.items), finding.count) == (32, Count(32, None))
    assert verify([finding, english], shelf[TAX]).problems == ()


@pytest.mark.parametrize("shows", ["outline", "summary", "highlights", "full_text"])
def test_one_of_several_notices(shows: str, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of one notice holds although the catalogue has more."""
    monkeypatch.setattr("assistant.listing.whole._MOST_SENTENCES", 50)
    finding = find("讲了什么", shows, small_corpus)
    assert finding is not None
    assert verify([finding], small_corpus).problems == ()
