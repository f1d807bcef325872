"""What is said of a selection: the line that answers, in both languages, and every row with what it rests on."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.listing.selection import Bound, Order, Rows, Selection, Where, select
from assistant.listing.telling import Teller
from corpus.language.amounts import Period
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, LETTER, RATES, REEF, TAX

HEADLINES = [json.loads(line) for line in (Path(__file__).parent / "headlines.jsonl").read_text("utf-8").splitlines()]


def read_selection(row: Mapping[str, Any]) -> Selection:
    """From its row in headlines.jsonl."""
    where: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in row.get("where", {}).items()}
    where["sums"] = tuple(map(Decimal, where.get("sums", ())))
    where["bound"] = Bound(where.get("bound", "equal"))
    where["paid"] = Period(where["paid"]) if "paid" in where else None
    counted = Rows(row["counted"]) if "counted" in row else None
    among = tuple(row.get("among", ()))
    return Selection(Rows(row["rows"]), Where(**where), counted, Order(row.get("order", "")), row.get("rank", 1), among)


def tell(selection: Selection, corpus: Corpus, language: str) -> Teller:
    return Teller(selection, select(selection, corpus.catalogue), corpus, language)


@pytest.mark.parametrize("row", HEADLINES, ids=[f"{r['notice']}-{r['zh'][:12]}" for r in HEADLINES])
def test_headlines(row: Mapping[str, Any], shelf: Mapping[str, Corpus]) -> None:
    """Of the shipped notice, and of others without chapters or titles, with points, with a table, with one of all."""
    selection = read_selection(row)
    told = {language: tell(selection, shelf[row["notice"]], language).headline() for language in ("zh", "en")}
    assert told == {"zh": row["zh"], "en": row["en"]}


SAFEGUARDS = "Article 16 (加强组织保障, unofficially “Strengthening organisational safeguards”)"
ITEMS = [
    # (notice, selection, language, the last row: its line, its cells, the kinds of its sources)
    (
        HOME,
        Selection(Rows.MEASURES),
        "zh",
        "第（十六）条 加强组织保障",
        ("第（十六）条 加强组织保障", "省科技厅"),
        "heading",
    ),
    (
        *(HOME, Selection(Rows.MEASURES), "en", SAFEGUARDS),
        *((SAFEGUARDS, "Provincial Department of Science and Technology (省科技厅)"), "heading"),
    ),
    (
        *(HOME, Selection(Rows.MEASURES, Where(role="lead")), "zh", "第（十六）条 加强组织保障：省科技厅"),
        *(("第（十六）条 加强组织保障：省科技厅", "省科技厅"), "responsibility"),
    ),
    (
        *(HOME, Selection(Rows.MEASURES, Where(terms=("人工智能",))), "zh", "第（十三）条 加快转型升级"),
        *(("第（十三）条 加快转型升级", "省科技厅、省工业和信息化厅、省财政厅、省大数据局"), "sentence"),
    ),
    (
        *(HOME, Selection(Rows.MEASURES, counted=Rows.DEPARTMENTS, order=Order.LEAST), "zh"),
        *("第（十六）条 加强组织保障：1个", ("第（十六）条 加强组织保障", "省科技厅"), "responsibility"),
    ),
    (
        *(HOME, Selection(Rows.SUPPORTS), "zh"),
        "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补（第（十三）条）",
        # The sentence before says who gets it.
        *(
            ("科技服务业企业按规定购买或提供人工智能算力", "没写金额", "应用成果显著", "第（十三）条"),
            "sentence sentence",
        ),
    ),
    (
        *(HOME, Selection(Rows.SUPPORTS, Where(is_priced=True)), "en"),
        "A number of technology-based small and medium-sized enterprises with great potential and with fast growth: "
        "a reward of up to RMB 500,000 (最高给予50万元). The notice says: "
        "“赛孵联动培育一批潜力大、成长快的科技型中小企业，最高给予50万元奖励” (Article 10)",
        *(("一批潜力大、成长快的科技型中小企业", "最高给予50万元奖励", "none printed", "Article 10"), "sentence"),
    ),
    (
        *(HOME, Selection(Rows.CHAPTERS, Where(is_priced=True)), "zh", "四、做强应用科技服务品牌（第（十）条）"),
        *(("四、做强应用科技服务品牌", "1", "第（十）条"), "heading"),
    ),
    (
        *(HOME, Selection(Rows.CHAPTERS, Where(role="lead"), counted=Rows.MEASURES), "en"),
        *(
            "五、优化科技服务业生态: 1 measure (Article 16)",
            ("五、优化科技服务业生态", "1 measure", "Article 16"),
            "heading",
        ),
    ),
    (HOME, Selection(Rows.DEPARTMENTS), "zh", "山东证监局", ("山东证监局", "1条", "第（十五）条"), "responsibility"),
    (HOME, Selection(Rows.SUMS), "zh", "50万元：1次（第（十）条）", ("50万元", "1次", "第（十）条"), "sentence"),
    (HOME, Selection(Rows.SUMS), "en", "50万元: 1 time (Article 10)", ("50万元", "1 time", "Article 10"), "sentence"),
    (HOME, Selection(Rows.NAMES, Where(terms=("券",))), "zh", "算力券", ("算力券", "", "第（十三）条"), "sentence"),
    # Without a title by its first words.
    (
        *(TAX, Selection(Rows.MEASURES), "zh", "第三十二条 本办法自2019年1月1日起施行"),
        *(("第三十二条 本办法自2019年1月1日起施行", ""), "heading sentence"),
    ),
    (
        *(TAX, Selection(Rows.SUPPORTS), "zh", "（一）纳税人为独生子女的，按照每月2000元的标准定额扣除（第二十二条）"),
        *(("纳税人为独生子女", "每月2000元", "没写", "第二十二条"), "point"),
    ),
    (
        *(LETTER, Selection(Rows.MEASURES), "zh", "第十一条 关于水淹区贫困群众生产生活问题"),
        *(("第十一条 关于水淹区贫困群众生产生活问题", ""), "heading"),
    ),
    # Outside of all measures, and a figure without its unit.
    (
        *(RATES, Selection(Rows.SUPPORTS), "zh"),
        "补贴项目：职业培训补贴；补贴对象：登记失业人员；补贴标准（元/人）：1500",
        *(("登记失业人员职业培训", "1500", "没写", ""), "table_row"),
    ),
    (RATES, Selection(Rows.SUMS), "en", "1500元: 1 time", ("1500元", "1 time", ""), "table_row"),
    (
        *(REEF, Selection(Rows.MEASURES, Where(departments=("市财政局",))), "zh", "第（一）条 深水网箱"),
        *(("第（一）条 深水网箱", "市海洋局、市财政局"), "responsibility responsibility"),
    ),
    (
        REEF,
        Selection(Rows.SUPPORTS),
        "zh",
        "对硕士给予购房补贴（第（二）条）",
        ("硕士购房", "没写金额", "", "第（二）条"),
        "point",
    ),
    (
        *(INN, Selection(Rows.SUPPORTS, Where(is_priced=False)), "zh"),
        "对民宿经营主体的银行贷款，按实际利息的40%给予贴息（第（二）条）",
        *(("民宿经营主体的银行贷款", "没写金额", "", "第（二）条"), "sentence"),
    ),
]


@pytest.mark.parametrize(("notice_id", "selection", "language", "line", "cells", "kinds"), ITEMS)
def test_rows(
    notice_id: str,
    selection: Selection,
    language: str,
    line: str,
    cells: tuple[str, ...],
    kinds: str,
    shelf: Mapping[str, Corpus],
) -> None:
    teller = tell(selection, shelf[notice_id], language)
    item = teller.item(teller.table.members[-1])
    assert (item.text, item.cells, " ".join(s.kind for s in item.sources)) == (line, cells, kinds)
    assert len(teller.columns()) == len(cells)
