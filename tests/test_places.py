"""Provinces and cities are found by every name, and home is where the notices speak for."""

import pytest

from assistant.naming.places import PlaceMention, Places, load_places
from corpus.store import Corpus
from ingest.publishing.publish import Source


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


FOUND = [
    ("山东省的政策", ("山东省", False)),
    ("山东的政策", ("山东省", False)),
    ("广东有吗", ("广东省", False)),
    ("北京的公司", ("北京市", False)),
    ("青岛市能享受吗", ("山东省", True)),
    ("青岛能享受吗", ("山东省", True)),
    ("深圳有这个政策吗", ("广东省", True)),
    ("内蒙古", ("内蒙古自治区", False)),
    ("Guangdong", ("广东省", False)),
    ("shandong", ("山东省", False)),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds(text: str, expected: tuple[str, bool], places: Places) -> None:
    (mention,) = places.find(text)
    assert (mention.province, mention.is_city) == expected
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["", "中试基地多少钱", "省科技厅", "市里自己的政策", "海洋服务"])
def test_names_of_no_place(text: str, places: Places) -> None:
    assert places.find(text) == ()


def test_several_in_reading_order(places: Places) -> None:
    assert [m.text for m in places.find("江苏和浙江，还有青岛")] == ["江苏", "浙江", "青岛"]


def test_home(places: Places, seed: Source) -> None:
    home = places.home_of([seed.text])
    assert len(home) == 1
    assert places.find("青岛")[0].province in home
    assert places.find("广东")[0].province not in home


def test_home_of_nothing(places: Places) -> None:
    assert places.home_of([]) == frozenset()
    assert places.home_of(["没有地名"]) == frozenset()


def test_own_rows() -> None:
    rows = [{"province": "甲省", "names": "甲|jia", "cities": "乙|丙市"}]
    found = Places(rows).find("甲省乙市、丙和JIA")
    assert found == (
        PlaceMention("甲省", "甲省", 0, 2, False),
        PlaceMention("甲省", "乙市", 2, 4, True),
        PlaceMention("甲省", "JIA", 7, 10, False),
    )


def test_several_notices_have_one_home_each_or_share_it(small_corpus: Corpus, places: Places) -> None:
    assert places.home_of(small_corpus.texts.values()) == places.home_of([small_corpus.texts["lkz-2025-128"]])
