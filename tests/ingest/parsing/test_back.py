"""What stands after the body of a notice."""

import pytest

from ingest.parsing.back import closes, find_after, find_annexes
from ingest.parsing.lines import view_lines
from ingest.parsing.view import view_text

CLOSING = [
    "本措施自2025年6月1日起施行，有效期三年。",
    "本通知执行自2025年9月1日至2026年8月31日。",
    "有效期至2027年12月31日。",
    "《关于供暖价格的通知》（溪发改〔2019〕8号）同时废止。",
    "本办法由市财政局负责解释。",
    "此前规定与本办法不一致的，以本办法为准。",
    "特此通知。",
    "自印发之日起施行。",
]
GOES_ON = ["本市企业可以申请。", "自行车停放由街道管理。", "本措施所称企业是指小微企业。", "由市科技局负责实施。"]
# What follows the body, with > where the signature or a note begins, A where an annex does and = for the list of annexes.
BACKS = {
    "signature and date": "  末条。\n> 市财政局\n  2025年1月2日",
    "two bodies": "  末条。\n> 市财政局 市科技局\n  市商务局\n  2025年1月2日",
    "a note": "  末条。\n> （此件公开发布）",
    "a list of annexes": "  末条。\n= 附件：1.清单\n= 2.表格\n  市财政局\n  2025年1月2日",
    "an annex": "  末条。\n> 市财政局\n  2025年1月2日\nA 附件1\n  清单\nA 附件2\n  表格",
    "a list and its annexes": "  末条。\n= 附件：1.清单\n= 2.表格\n  市财政局\n  2025年1月2日\nA 附件1\n  清单\nA 附件2 表格\n  甲",
    "annexes that begin with the titles of the list": "  末条。\n= 附件：1.新建民宿补助标准表\n= 2.申请材料清单和说明\n  市财政局\n  2025年1月2日\nA 新建民宿补助标准表（2025年）\n  甲",
    "an annex without a signature": "  末条。\nA 附件：清单\n  甲\n  乙",
}


@pytest.mark.parametrize(("text", "expected"), [*((t, True) for t in CLOSING), *((t, False) for t in GOES_ON)])
def test_knows_what_closes_a_notice(text: str, expected: bool) -> None:
    assert closes(text) is expected


@pytest.mark.parametrize("back", BACKS.values(), ids=BACKS.keys())
def test_finds_what_stands_after_the_body(back: str) -> None:
    rows = back.split("\n")
    lines = view_lines(view_text("\n".join(row[2:] for row in rows)))
    annexes, listed = find_annexes(lines, 1)
    end = min([*annexes, *(listed or ())[:1], len(lines)])
    after = find_after(lines[:end], 0)
    signs = [" "] * len(rows)
    if after < end:
        signs[after] = ">"
    for index in annexes:
        signs[index] = "A"
    for index in range(*(listed or (0, 0))):
        signs[index] = "="
    assert "".join(signs) == "".join(row[0] for row in rows)
