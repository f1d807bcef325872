"""Names are found under every reading of their characters: 银航 for 银行, 从组 for 重组."""

import pytest

from assistant.repairing.spellings import Name, Sounds, Spellings
from ingest.publishing.readings import make_readings

SAME = [
    ("行", "航", True),
    ("行", "形", True),
    ("重", "虫", True),
    ("重", "种", True),
    ("长", "常", True),
    ("会", "快", True),
    ("池", "迟", True),
    ("力", "丽", True),
    ("行", "心", False),
    ("金", "精", False),
    ("长", "张", True),
    ("A", "A", True),
    ("A", "B", False),
]


@pytest.mark.parametrize(("one", "other", "are_same"), SAME)
def test_characters_with_a_common_reading_sound_the_same(one: str, other: str, are_same: bool) -> None:
    assert Sounds(make_readings([])).are_same(one, other) is are_same
    assert Sounds(make_readings([])).are_same(other, one) is are_same


CODES = [
    ("种子", ("zong", "zi")),
    ("算力", ("suan", "li")),
    ("南方", ("lan", "fan")),
    ("精心", ("jin", "xin")),
]


@pytest.mark.parametrize(("text", "syllables"), CODES)
def test_alike_syllables_have_one_code(text: str, syllables: tuple[str, ...]) -> None:
    sounds = Sounds(make_readings([]))
    assert sounds.code(text) == "".join(map(sounds.code_of_syllable, syllables))


NAMES = [
    Name("兼并重组", ("兼并", "重组")),
    Name("银行", ("银行",)),
    Name("增长", ("增长",)),
    Name("专利池", ("专利", "池")),
]
FOUND = [
    ("银航", ["银行"]),
    ("银形", ["银行"]),
    ("兼并从组", ["兼并重组"]),
    ("兼并种组", ["兼并重组"]),
    ("增掌", ["增长"]),
    ("专利迟", ["专利池"]),
    ("银号", []),
    ("兼并祖", []),
]


@pytest.mark.parametrize(("typed", "names"), FOUND)
def test_names_are_found_as_read_alone_and_as_read_inside_the_name(typed: str, names: list[str]) -> None:
    spellings = Spellings(NAMES, make_readings(n.text for n in NAMES))
    assert [n.text for n in spellings.by_sound.get(spellings.sounds.code(typed), ())] == names


def test_departments_are_found_as_their_characters_are_read_alone() -> None:
    spellings = Spellings([Name("省银行局", ("省银行局",), is_department=True)], make_readings(["省银行局"]))
    found = {t: spellings.sounds.code(t) in spellings.by_sound for t in ("省银形局", "省银航局")}
    assert found == {"省银形局": True, "省银航局": False}
