"""When a text holds an expected wording."""

import pytest

from evals.wording import holds_wording


@pytest.mark.parametrize(
    ("text", "wording", "holds"),
    [
        ("最高给予500万元补助", "500万元", True),
        ("最高给予五百万元补助", "500万元", True),
        ("最高给予5,000,000元补助", "500万元", True),
        ("最高 500 万元", "500万元", True),
        ("up to RMB 2 million", "200万元", True),
        ("最高1500万元", "500万元", False),
        ("最高一千五百万元", "500万元", False),
        ("共 7 条措施", "7条", True),
        ("共17条措施", "7条", False),
        ("第7条", "7条", False),
        ("第七条", "七条", False),
        ("十四条", "四条", False),
        ("1.2 million", "2 million", False),
        ("There are 16 measures", "16", True),
        ("160", "16", False),
        ("五百万元", "万元", True),
        ("电话05318888", "0531", True),
        ("“技术经理人山东行”活动", "“技术经理人山东行”", True),
        ('"技术经理人山东行"活动', "“技术经理人山东行”", True),
        ("ＡＩ＋检验检测", "AI+检验检测", True),
        ("One-Off payment", "one-off", True),
        ("一次 性", "一次性", True),
    ],
)
def test_wording(text: str, wording: str, holds: bool) -> None:
    assert holds_wording(text, wording) is holds
