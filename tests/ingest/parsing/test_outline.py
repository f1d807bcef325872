"""Which lines open chapters and measures, decided from a notice's own order."""

import pytest

from ingest.parsing.lines import view_lines
from ingest.parsing.outline import Level, read_outline
from ingest.parsing.view import view_text

# Each line of a notice with what it is: # opens a chapter, - a measure, + a point, anything else is running text.
OUTLINES = {
    "nothing numbered": "  来信收悉。\n  现答复如下：\n  谢谢。",
    "chapters and measures": "  通知\n# 一、总则\n- （一）目的\n- （二）范围\n# 二、附则\n- （一）解释\n- （二）施行",
    "measures numbered through": "# 一、总则\n- （一）目的\n- （二）范围\n# 二、附则\n- （三）解释\n- （四）施行",
    "only one level": "  各单位：\n- 一、目的\n- 二、范围\n  说明。\n- 三、施行",
    "articles": "- 第一条 目的\n- 第二条 范围\n+ （一）甲；\n+ （二）乙。\n- 第三条 施行",
    "chapters and articles": "# 第一章 总则\n- 第一条 目的\n- 第二条 范围\n+ （一）甲\n# 第二章 附则\n- 第三条 施行",
    "chapters with sections": "# 第一章 总则\n# 第一节 甲\n- 第一条 目的\n# 第二节 乙\n- 第二条 范围\n# 第二章 附\n- 第三条 施行",
    "chapters and commas": "# 第一章 总则\n- 一、目的\n- 二、范围\n# 第二章 附则\n- 三、施行",
    "three levels": "# 一、总则\n- （一）目的\n+ 1.甲\n+ 2.乙\n- （二）范围\n# 二、附则\n- （一）施行\n+ 1.丙",
    "arabic measures": "# 一、总则\n- 1.目的\n- 2.范围\n# 二、附则\n- 3.施行",
    "a chapter without measures": "# 一、总则\n- （一）目的\n- 二、范围\n  说明。\n# 三、附则\n- （一）施行",
    "measures below in one of many": "- 一、甲\n- 二、乙\n- 三、丙\n- 四、丁\n+ （一）戊\n+ （二）己",
    "a number left out": "- 一、甲\n- 二、乙\n- 四、丁",
    "a number out of order": "- 一、甲\n- 二、乙\n  七、不是标题\n- 三、丙",
    "a second list starts again": "# 一、甲\n- （一）乙\n# 二、丙\n- （一）丁\n# 一、附件甲\n- （一）戊",
    "an excerpt": "- 第二条 范围\n+ （一）甲\n- 第三条 施行",
    "articles before the first chapter": "- 第一条 目的\n# 第二章 细则\n- 第二条 范围\n# 第三章 附则\n- 第三条 施行",
    "measures numbered through two groups": "# 一、甲\n# （一）乙\n- 1.丙\n- 2.丁\n# （二）戊\n- 3.己\n# 二、庚\n# （一）辛\n- 4.壬",
    "a list that something led in to": "- 一、材料。提交下列材料：\n+ （1）表；\n+ （2）证。\n- 二、时限\n- 三、机构",
    "lists in one group, measures in the others": "# 一、甲\n- （一）乙\n# 二、丙\n  分两步：\n- （一）丁\n- （二）戊",
    "decimals": "# 1 总则\n- 1.1 目的\n- 1.2 范围\n# 2 支持\n- 2.1 补贴\n+ 2.1.1 标准\n- 2.2 奖励",
    "inserted articles": "- 第一条 甲\n- 第一条之一 乙\n- 第一条之二 丙\n- 第二条 丁",
    "brackets whose upper headings were lost": "- （一）甲\n+ 1.乙\n+ 2.丙\n- （二）丁\n+ 1.戊",
    "questions": "- 问1：谁能申请？\n  答：企业。\n- 问2：怎样申请？\n  答：网上。",
    "circled points": "- 一、甲\n+ ①乙；\n+ ②丙。\n- 二、丁",
    "text before the first number": "  2018年印发\n  三、不从一开始\n- 一、甲\n- 二、乙",
}


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES.keys())
def test_reads_the_outline(outline: str) -> None:
    rows = [(row[0], row[2:]) for row in outline.split("\n")]
    levels = {h.line_index: h.level for h in read_outline(view_lines(view_text("\n".join(text for _, text in rows))))}
    signs = {Level.CHAPTER: "#", Level.MEASURE: "-", Level.POINT: "+", None: " "}
    found = [signs[levels.get(index)] for index in range(len(rows))]
    assert "".join(found) == "".join(sign for sign, _ in rows)


def test_no_lines_have_no_headings() -> None:
    assert read_outline(()) == ()
