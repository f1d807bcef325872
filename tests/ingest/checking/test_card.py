"""The card as a clerk sees it, whatever stands in the notice."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from corpus.notice import Relation, Validity
from ingest.checking.card import print_card
from ingest.checking.operator import list_operator_notes
from ingest.publishing.publish import Source
from tests.hostile import IN_A_NOTICE
from tests.ingest.checking.sources import BACK, FRONT, WHOLE, read_source

Output = pytest.CaptureFixture[str]


def draw(source: Source, capsys: Output) -> str:
    """Lines without the space at their ends and without rules."""
    print_card(source)
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip(" ─"))


def test_shows_the_whole_card(capsys: Output) -> None:
    assert draw(read_source(WHOLE), capsys).startswith(f"{CARD}\n责任部门\n")


CARD = """\
《关于支持茶产业的若干措施》
  编号      qcz-2025-3
  文号      青测字〔2025〕3号
  发文机关  青云市人民政府
  主送      各区人民政府
  成文日期  2025年1月2日
  施行      2025年2月1日起（2025-02-01）
  有效期    未印
  印发      未印
  文件      a.txt
结构
  3 部分 · 3 条 · 2 项 · 10 句
  ├── 一、扩大种植  4 句
  │   ├── （一）新建茶园  1 句  牵头：市农业农村局；配合：市财政局
  │   └── （二）改造老茶园  3 句  未印责任部门
  │       ├── 1.连片面积50亩以上；  1 句
  │       └── 2.补助不超过投资的30%。  1 句
  ├── 二、扩大销售  1 句
  │   └── （三）开设门店  1 句  负责：市商务局
  ├── 三、附则  0 句
  ├── 结尾：本措施自2025年2月1日起施行。
  ├── 附件 补助标准表  3 句
  │   └── 表格 2 行：种类 · 标准 · 期限
  └── 附件清单：附件：补助标准表"""


def test_shows_tables(capsys: Output) -> None:
    card = draw(read_source(WHOLE), capsys)
    rows = [re.split(r"\s{2,}", line.strip()) for line in card.splitlines()]
    assert ["市农业农村局", "（一）"] in rows
    assert ["谁", "做什么", "条件", "多少", "怎么给", "谁出", "在哪一条"] in rows
    assert ["品牌管理办法", "青测发〔2024〕5号", "提到", "（三）"] in rows
    assert card.splitlines()[-1] == "请核对  没有发现问题。"


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_words(relation: Relation, capsys: Output) -> None:
    source = read_source(WHOLE)
    references = tuple(replace(r, relation=relation) for r in source.notice.references)
    assert "品牌管理办法" in draw(replace(source, notice=replace(source.notice, references=references)), capsys)


def test_shows_validity_as_printed_and_as_dates(capsys: Output) -> None:
    source = read_source(WHOLE)
    words = replace(source.notice.title_at, text="三年")
    validity = Validity(until_words=words, begins=date(2025, 2, 1), ends=date(2028, 1, 31), repealed_by="qcz-2026-1")
    card = draw(replace(source, notice=replace(source.notice, validity=validity)), capsys)
    assert "  施行      2025-02-01\n  有效期    三年（2028-01-31）；已被 qcz-2026-1 废止\n" in card


def test_shows_warnings_with_their_lines(capsys: Output) -> None:
    card = draw(read_source(f"{FRONT}一、种植\n新建茶园。（市商务局负责）\n三、销售\n开设门店。\n{BACK}"), capsys)
    assert "  7    “一、”之后是“三、”，中间缺 2。请对照原件：" in card


def test_says_that_no_title_is_printed(capsys: Output) -> None:
    card = draw(read_source("一、种植\n新建茶园。\n二、销售\n开设门店。\n"), capsys)
    assert card.startswith("（未印标题，暂用“一、种植”）\n")


@pytest.mark.parametrize("words", [*IN_A_NOTICE, "\x1b[31m红", "[bold]粗", "[/]", "\u202e倒", ":smile:"])
def test_nothing_printed_reaches_the_terminal_as_an_order(words: str, capsys: Output) -> None:
    print_card(
        read_source(f"关于{words}的通知\n一、{words}\n说明{words}，给予最高1万元补助。\n二、其他{words}\n其他。\n")
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", capsys.readouterr().out)


def test_brackets_are_shown_as_printed(capsys: Output) -> None:
    card = draw(read_source("关于[bold]茶[/bold]产业的通知\n一、种植\n新建。\n二、销售\n开店。\n"), capsys)
    assert card.startswith("《关于[bold]茶[/bold]产业的通知》\n")


@dataclass(frozen=True)
class Correction:
    printed: str = "茶员"
    right: str = "茶园"


@dataclass(frozen=True)
class Notes:
    title: str = ""
    telephone: str = "12345"
    in_force: bool | None = False
    expires: date | None = date(2026, 1, 1)
    corrections: tuple[Correction, ...] = (Correction(),)
    keywords: tuple[str, ...] = field(default=("茶",))


@dataclass(frozen=True)
class NoticeWithNotes:
    operator: Notes | None


def test_lists_what_the_operator_says() -> None:
    notice = NoticeWithNotes(Notes())
    assert list_operator_notes(notice) == [  # type: ignore[arg-type]
        ("咨询电话", "12345"),
        ("是否有效", "否"),
        ("有效期至", "2026-01-01"),
        ("更正", "茶员 → 茶园"),
        ("keywords", "茶"),
    ]
    assert list_operator_notes(NoticeWithNotes(None)) == []  # type: ignore[arg-type]
