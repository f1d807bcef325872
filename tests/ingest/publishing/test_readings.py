"""Readings as the index stores them."""

import pytest

from ingest.publishing.readings import make_readings

CHARACTERS = [("行", "xing hang heng"), ("会", "hui kuai gui"), ("券", "quan xuan")]


@pytest.mark.parametrize(("character", "some"), CHARACTERS)
def test_characters_have_all_their_readings_the_usual_one_first(character: str, some: str) -> None:
    readings = make_readings([]).of_character(character)
    assert readings[0] == some.split()[0]
    assert len(readings) == len(set(readings))


def test_what_has_no_reading_stands_for_itself() -> None:
    assert [make_readings([]).of_character(c) for c in "A1，"] == [("A",), ("1",), ("，",)]


NAMES = [
    ("省银行局", ("sheng", "yin", "hang", "ju")),
    ("500强银行", ("qiang", "yin", "hang")),
    ("算力券", None),
    ("AI银行", None),
    ("bank", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "reading"), NAMES)
def test_names_are_kept_where_a_character_is_not_read_as_usual(name: str, reading: tuple[str, ...] | None) -> None:
    assert make_readings([name]).of_name(name) == reading
