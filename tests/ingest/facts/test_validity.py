"""From when and until when a notice holds, and which other one took its place."""

from datetime import date

import pytest

from corpus.notice import Notice
from ingest.facts.add import add_facts
from ingest.facts.dates import Duration, add_duration, read_date, read_duration
from ingest.facts.validity import link_validity
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text

ISSUED = date(2025, 3, 20)
SENTENCES = [
    ("本办法自2025年7月1日起施行。", date(2025, 7, 1), None),
    ("本办法自2025年7月1日起施行，有效期5年。", date(2025, 7, 1), date(2030, 6, 30)),
    ("本措施自印发之日起施行，有效期三年。", ISSUED, date(2028, 3, 19)),
    ("本措施自印发之日起30日后施行，有效期至2027年12月31日。", date(2025, 4, 19), date(2027, 12, 31)),
    ("本通知自发布之日起实施，有效期至2026年底。", ISSUED, date(2026, 12, 31)),
    ("本通知执行自2025年9月1日至2026年8月31日。", date(2025, 9, 1), date(2026, 8, 31)),
    ("以上政策执行期限为2025年1月1日至2026年12月31日。", date(2025, 1, 1), date(2026, 12, 31)),
    ("本办法自二〇二五年六月一日起试行，试行二年。", date(2025, 6, 1), date(2027, 5, 31)),
    ("本办法自２０２５年９月１日起施行。", date(2025, 9, 1), None),
    ("本政策执行期暂定为6个月。", None, date(2025, 9, 19)),
    ("有效期五年。", None, date(2030, 3, 19)),
    ("居住证自签发之日起生效，有效期5年。", None, None),
    ("许可证有效期5年。", None, None),
    ("项目自2025年7月1日起实施监测。", None, None),
    ("按规定执行。", None, None),
]
DATES = [
    ("2025年7月1日", False, date(2025, 7, 1)),
    ("2025年", True, date(2025, 12, 31)),
    ("2024年2月", True, date(2024, 2, 29)),
    ("2020年底", False, date(2020, 12, 31)),
    ("二〇二五年十二月三十一日", False, date(2025, 12, 31)),
    ("2025年13月1日", False, None),
    ("2025年2月30日", False, None),
    ("0000年1月1日", False, None),
    ("不久", False, None),
]


def _read(text: str, name: str = "n") -> Notice:
    return add_facts(parse_notice(text, name), view_text(text))


@pytest.mark.parametrize(("sentence", "begins", "ends"), SENTENCES)
def test_reads_from_when_until_when(sentence: str, begins: date | None, ends: date | None) -> None:
    text = f"关于测试的通知\n一、总则\n（一）目的。为了测试。\n（二）附则。{sentence}\n某市人民政府\n2025年3月20日"
    validity = _read(text).validity
    assert (validity.begins, validity.ends) == (begins, ends)
    words = [w for w in (validity.from_words, validity.until_words) if w]
    assert all(text[w.start : w.end] == w.text for w in words)


def test_counts_nothing_from_a_day_that_is_not_printed() -> None:
    validity = _read("关于测试的通知\n一、总则\n（一）附则。本措施自印发之日起施行，有效期三年。").validity
    assert (validity.begins, validity.ends) == (None, None)
    assert (validity.from_words and validity.from_words.text) == "印发之日起"
    assert (validity.until_words and validity.until_words.text) == "三年"


@pytest.mark.parametrize(("text", "is_end", "expected"), DATES)
def test_reads_dates(text: str, is_end: bool, expected: date | None) -> None:
    assert read_date(text, is_end) == expected


def test_adds_durations() -> None:
    assert read_duration("有效期一年") == Duration(12, 0)
    assert read_duration("为期30日") == Duration(0, 30)
    assert read_duration("长期") is None
    assert add_duration(date(2024, 2, 29), Duration(12, 0)) == date(2025, 2, 28)
    assert add_duration(date(2025, 11, 30), Duration(3, 0)) == date(2026, 2, 28)
    assert add_duration(date(2990, 1, 1), Duration(999, 0)) is None


def _link(*texts: str) -> list[tuple[str, str]]:
    notices = [_read(text, f"n{number}") for number, text in enumerate(texts, 1)]
    return [(n.validity.repealed_by, n.validity.replaced_by) for n in link_validity(notices)]


REPEALING = "关于调整停车收费的通知\n溪发改〔2025〕9号\n一、标准\n（一）收费。每小时5元。{sentence}"
OLD = "关于停车收费的通知\n溪发改﹝2019﹞8号\n一、标准\n（一）收费。每小时3元。"


@pytest.mark.parametrize(
    ("sentence", "is_repealed"),
    [
        ("《关于停车收费的通知》同时废止。", True),
        ("《停车收费办法》（溪发改〔2019〕8号）同时废止。", True),
        ("溪发改〔2019〕8号同时废止。", True),
        ("《关于停车收费的通知》（溪发改〔2020〕8号）同时废止。", False),
        ("按照《关于停车收费的通知》执行。", False),
    ],
)
def test_knows_what_repeals_a_notice(sentence: str, is_repealed: bool) -> None:
    new = _read(REPEALING.format(sentence=sentence), "new")
    old = _read(OLD.replace("﹝", "〔").replace("﹞", "〕"), "old")
    linked = link_validity([old, new])
    assert linked[0].validity.repealed_by == (new.id if is_repealed else "")
    assert linked[1].validity.repealed_by == ""


def test_knows_the_newest_of_a_yearly_series() -> None:
    texts = [
        f"海州市{year}年度企业奖励办法\n海科发〔{year}〕9号\n第一条 奖励{year}元。\n第二条 施行。"
        for year in (2023, 2025, 2024)
    ]
    other = "海州市2026年度企业奖励办法\n江科发〔2026〕9号\n第一条 奖励1元。\n第二条 施行。"
    newest = _read(texts[1]).id
    assert _link(*texts, other) == [("", newest), ("", ""), ("", newest), ("", "")]
