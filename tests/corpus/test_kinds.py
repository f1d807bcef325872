"""The table of kinds: whole, in step with how its values are said, and clear about its faults."""

from pathlib import Path

import pytest

from corpus.kinds import BadKind, kind_keys, load_kinds
from prompts import label, label_keys

FAULTS = {
    "[date]\npatterns = ['(']": "date",
    "[date]\npatterns = ['«nothing»']": "date",
    "[pieces]\na = '«a»'\n[date]\npatterns = ['«a»']": "date",
    "[date]\ntyped = 'nothing'": "date",
    "[date]\npatterns = 'x'": "patterns",
    "[date]\npatterns = [1]": "patterns",
    "[date]\npatterns = ['x']\ncolour = 'red'": "colour",
    "[date]\nwide = 'yes'\npatterns = ['x']": "wide",
    "[date]\nsigns = ['x']": "date",
    "[date]\ntyped = 'terms'\npatterns = ['x']": "date",
    "date = 1": "date",
    "[date": "kinds.toml",
}


def test_every_value_is_said_in_both_languages() -> None:
    assert label_keys("kinds") == kind_keys()
    for key in kind_keys():
        assert all(label("kinds", key, form).strip() for form in ("zh", "en", "absent_zh", "absent_en"))


def test_every_pattern_finds_nothing_in_nothing() -> None:
    assert all(p.search("") is None for kind in load_kinds() for p in kind.patterns)


def test_rows_keep_their_order_and_share_pieces(tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    table.write_text(
        "[pieces]\na = '[ab]'\nb = '«a»{2}'\n[two]\npatterns = ['«b»c']\nwide = true\n[one]\ntyped = 'terms'\n"
    )
    two, one = load_kinds(table)
    assert (two.key, two.is_wide, one.key, one.typed) == ("two", True, "one", "terms")
    assert two.patterns[0].fullmatch("abc")


@pytest.mark.parametrize(("text", "named"), FAULTS.items())
def test_a_fault_names_file_and_key(text: str, named: str, tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(BadKind) as error:
        load_kinds(table)
    assert str(table) in str(error.value)
    assert named in str(error.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKind, match=r"none\.toml"):
        load_kinds(tmp_path / "none.toml")
