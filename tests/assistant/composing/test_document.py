"""Answers that rest on what ingest read: validity, repeal, actors, lists, table rows, inserted articles."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import PartKind
from assistant.ask import Assistant, Steps
from corpus.embedding.embed import Embedder
from ingest.build import build

WriteNotice = Callable[[str, str], Path]


MEASURES = "一、补贴标准。每户补贴500元。（市财政局负责）\n二、办理。到窗口办理。（市民政局负责）\n"
LISTED = "一、材料。申请应当提交下列材料：\n（1）申请书；\n（2）身份证明。\n二、时限。三日内办结。\n三、机构。市民政局负责审批。\n"
TABLE = (
    "一、标准见附件。\n二、期限为一年。\n三、市民政局负责审核。\n附件\n海湾市补贴标准表\n补贴项目\t补贴对象\t补贴标准（元/人）\n"
    "开店补贴\t返乡青年\t8000\n租金补贴\t退役军人\t3000\n"
)
ARTICLES = "第一条 为了规范广告，制定本规定。\n第二条 许可期限为三年。\n第二条之一 临时广告的押金为五千元。\n第三条 公益广告免费。\n"
HEAD = "关于发放海湾市生活补贴的通知\n海民发〔2024〕3号\n各区民政局：\n"
# The body of a notice, a question, and what the first line and the whole answer hold.
ANSWERS = {
    "from and until": (
        f"{MEASURES}本通知自2024年5月1日起施行，有效期三年。",
        "这个通知有效期多久？",
        "自2024年5月1日起施行，有效期三年",
    ),
    "repeal": (
        f"{MEASURES}本通知自2024年5月1日起施行。《海湾市旧补贴办法》（海民发〔2019〕8号）同时废止。",
        "这个通知从什么时候起施行？",
        "同时废止《海湾市旧补贴办法》（海民发〔2019〕8号）",
    ),
    "expired": (
        f"{MEASURES}本通知自2024年5月1日起施行，有效期一年。",
        "第一条说了什么？",
        "有效期到2025年4月30日为止，已经过期",
    ),
    "an actor in a sentence": (LISTED, "哪个部门审批？", "市民政局负责审批"),
    "a list of materials": (LISTED, "申请要提交哪些材料？", "列出2项：（1）申请书；（2）身份证明"),
    "a row of a table": (
        TABLE,
        "开店补贴每人多少元？",
        "补贴项目：开店补贴；补贴对象：返乡青年；补贴标准（元/人）：8000",
    ),
    "a clause without a title": (ARTICLES, "第三条是什么？", "公益广告免费"),
    "an inserted article": (ARTICLES, "第二条之一规定什么？", "第二条之一共1句"),
}


@pytest.fixture
def ask(tmp_path: Path, write_notice: WriteNotice, embedder: Embedder) -> Iterator[Callable[[str, str], str]]:
    def answer(body: str, question: str) -> str:
        built = build([write_notice("a.txt", HEAD + body)], tmp_path / "index", embedder)
        assert built.corpus is not None
        return Assistant(built.corpus, Steps(today=lambda: date(2026, 1, 1))).ask(question).text

    yield answer


@pytest.mark.parametrize(("body", "question", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_says_what_was_read(body: str, question: str, expected: str, ask: Callable[[str, str], str]) -> None:
    assert expected in ask(body, question)


def test_a_notice_in_force_brings_no_warning(ask: Callable[[str, str], str]) -> None:
    assert "注意：" not in ask(f"{MEASURES}本通知自2024年5月1日起施行，有效期三年。", "第一条说了什么？")


def test_an_older_year_is_named_as_such(tmp_path: Path, write_notice: WriteNotice, embedder: Embedder) -> None:
    years = [
        write_notice(
            f"{year}.txt",
            f"海湾市{year}年度生活补贴办法\n海民发〔{year}〕3号\n第一条 每户{year}元。\n第二条 每年发放。\n",
        )
        for year in (2024, 2025)
    ]
    built = build(years, tmp_path / "index", embedder)
    assert built.corpus is not None
    answer = (
        Assistant(built.corpus, Steps(today=lambda: date(2026, 1, 1))).ask("海民发〔2024〕3号第一条说了什么？").text
    )
    assert "注意：《海湾市2024年度生活补贴办法》之后还有更新的《海湾市2025年度生活补贴办法》。" in answer


@pytest.mark.parametrize(
    ("notice", "question", "lines"),
    [
        (
            "gbf-1996-2",
            "地震局写给国务院的那份报告，落款是哪一天呀",
            [
                "被转发的报告落款日期是1996年1月25日（一九九六年一月二十五日）。",
                "成文日期是1996年2月5日（一九九六年二月五日）。",
            ],
        ),
        ("gbf-1996-2", "国办是哪天转发的", ["成文日期是1996年2月5日（一九九六年二月五日）。"]),
    ],
)
def test_what_is_passed_on_bears_a_date_of_its_own(
    notice: str, question: str, lines: list[str], everything: Assistant
) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    assert [p.text for p in answer.parts if p.kind is PartKind.DIRECT] == lines
