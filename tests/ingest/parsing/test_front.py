"""What stands around the body of a notice."""

import pytest

from ingest.parsing.front import DOCUMENT_NUMBER, read_front
from ingest.parsing.lines import view_lines
from ingest.parsing.view import view_text

NUMBERS = [
    ("鲁科字〔2025〕128号", "鲁科字〔2025〕128号"),
    ("工信部联科〔2025〕110号", "工信部联科〔2025〕110号"),
    ("国办发[2018]3号", "国办发〔2018〕3号"),
    ("京政办发（2020）7号", "京政办发（2020）7号"),
    ("财教〔 2020〕 3号", "财教〔 2020〕 3号"),
    ("某某〔2025〕第3号", "某某〔2025〕第3号"),
    ("第128号", None),
    ("〔2020〕7号", None),
    ("2020年第4号", None),
]
# Title, number, addressee, issuer and date of what stands before and after the body.
FRONTS = {
    "a notice and the document it passes on": (
        "关于印发《关于支持发展的若干措施》的通知\n鲁科字〔2025〕128号\n各有关单位：\n现印发给你们。\n"
        "关于支持发展的\n若干措施\n为了发展，制定本措施。",
        "省科技厅\n2025年1月2日",
        ("关于支持发展的若干措施", "鲁科字〔2025〕128号", "各有关单位", "省科技厅", "2025年1月2日"),
        ["现印发给你们。", "为了发展，制定本措施。"],
    ),
    "a title over several lines": (
        "国务院办公厅转发国家地震局\n关于我国地震重点监视防御区的确定和\n加强防震减灾工作意见报告的通知\n"
        "国办发〔1996〕2号\n各省、自治区、直辖市人民政府：\n请认真贯彻执行。",
        "国家地震局\n一九九六年一月二十五日\n（此件公开发布）",
        (
            "国务院办公厅转发国家地震局关于我国地震重点监视防御区的确定和加强防震减灾工作意见报告的通知",
            "国办发〔1996〕2号",
            "各省、自治区、直辖市人民政府",
            "国家地震局",
            "一九九六年一月二十五日",
        ),
        ["请认真贯彻执行。"],
    ),
    "a table of metadata": (
        "索 引 号：\tx\t主题分类：\ty\n标　　题：\t某某意见\n发文字号：\t国发〔2018〕3号\n主 题 词：\n"
        "国务院关于\n某某意见\n国发〔2018〕3号\n各省：\n正文。",
        "",
        ("某某意见", "国发〔2018〕3号", "各省", None, None),
        ["正文。"],
    ),
    "an ornament first": (
        "- - - - -\n关于受理申请的公告\n根据有关规定，公告如下：",
        "市住房局\n二〇二五年三月五日",
        ("关于受理申请的公告", None, None, "市住房局", "二〇二五年三月五日"),
        ["根据有关规定，公告如下："],
    ),
    "the furniture of a page, which names the notice only where it is explained": (
        "关注 · 某市政府网\n【文字解读】《某市民政局关于提高救助标准的通知》政策解读\n某民规字〔2025〕2号\n各区人民政府：\n现公布标准。",
        "",
        ("某市民政局关于提高救助标准的通知", "某民规字〔2025〕2号", "各区人民政府", None, None),
        ["现公布标准。"],
    ),
    "breaks lost after the title": (
        "关于阶段性减免社会保险费的通知 各省人民政府： 为了发展，现就有关事项通知如下：",
        "",
        ("关于阶段性减免社会保险费的通知", None, None, None, None),
        ["关于阶段性减免社会保险费的通知 各省人民政府： 为了发展，现就有关事项通知如下："],
    ),
    "no title at all": (
        "来信收悉。\n现答复如下：",
        "",
        ("来信收悉", None, None, None, None),
        ["来信收悉。", "现答复如下："],
    ),
    "another document's number": (
        "关于开展申报的通知\n各单位：\n按照鲁科字〔2025〕128号文件，现开展申报。",
        "",
        ("关于开展申报的通知", None, "各单位", None, None),
        ["按照鲁科字〔2025〕128号文件，现开展申报。"],
    ),
    "a date without an issuer": (
        "关于开展申报的通知\n请申报。",
        "以上请遵照执行。\n2025年3月5日",
        ("关于开展申报的通知", None, None, None, "2025年3月5日"),
        ["请申报。"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_knows_document_numbers(text: str, expected: str | None) -> None:
    match = DOCUMENT_NUMBER.search(view_text(text).text)
    assert (match and match.group()) == expected


@pytest.mark.parametrize(("before", "after", "expected", "running"), FRONTS.values(), ids=FRONTS.keys())
def test_reads_the_front(before: str, after: str, expected: tuple[str | None, ...], running: list[str]) -> None:
    lines = view_lines(view_text(before))
    front = read_front(lines, view_lines(view_text(after)))
    phrases = (front.document_number, front.addressee, front.issuer, front.issued_on)
    assert (front.title, *(p and p.text for p in phrases)) == expected
    assert [line.text for i, line in enumerate(lines) if i not in front.used] == running


def test_phrases_stand_where_they_say() -> None:
    text = FRONTS["a notice and the document it passes on"][0]
    front = read_front(view_lines(view_text(text)), ())
    for phrase in (front.title_at, front.document_number, front.addressee):
        assert phrase is not None
        assert text[phrase.start : phrase.end] == phrase.text
