"""The table of kinds: whole, in step with how its values are said, and clear about its faults."""

from pathlib import Path

import pytest

from corpus.kinds import BadKind, kind_keys, kind_of, load_kinds
from ingest.publishing.publish import Source
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
    "[date]\npatterns = ['x']\nnear = ['(']": "date",
    "[date]\npatterns = ['x']\nnear = 'x'": "near",
    "[date]\npatterns = ['x']\nshown_by = 'sum'": "shown_by",
    "[date]\npatterns = ['x']\non_demand = 'yes'": "on_demand",
    "date = 1": "date",
    "[date": "kinds.toml",
}


def test_every_value_is_said_in_both_languages() -> None:
    assert label_keys("kinds") == kind_keys()
    for key in kind_keys():
        assert all(label("kinds", key, form).strip() for form in ("zh", "en", "absent_zh", "absent_en"))


def test_every_pattern_finds_nothing_in_nothing() -> None:
    assert [k.key for k in load_kinds() for p in (*k.patterns, *k.near) if p.search("")] == []


def test_a_value_is_shown_by_other_known_values() -> None:
    shown = {kind.key: kind.shown_by for kind in load_kinds() if kind.shown_by}
    assert {key: [k for k in others if k not in kind_keys() or k == key] for key, others in shown.items()} == {
        key: [] for key in shown
    }
    assert (shown["sum"], shown["contact"]) == (("share",), ("telephone", "mail", "web"))


def test_what_is_looked_for_on_demand_is_kept_by_no_notice(seed: Source) -> None:
    on_demand = {kind.key for kind in load_kinds() if kind.is_on_demand}
    assert on_demand == {"calculation", "payment", "fee", "penalty", "appeal", "result", "stacking"}
    assert {v.kind for item in seed.notice.items for v in item.values} & on_demand == set()


NEAR = [
    ("share", "减半征收", True),
    ("share", "给予一次性补助", False),
    ("route", "由省科技厅受理", True),
    ("route", "由省科技厅牵头负责", False),
    ("materials", "凭营业执照", True),
    ("materials", "凭实力", False),
    ("condition", "达到升规纳统标准的", True),
    ("condition", "优先给予支持", False),
    ("sum", "最高给予200万元", False),
]


@pytest.mark.parametrize(("key", "text", "is_near"), NEAR)
def test_what_is_printed_nearly_is_not_called_missing(key: str, text: str, is_near: bool) -> None:
    assert any(p.search(text) for p in kind_of(key).near) is is_near


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        kind_of("colour")


def test_rows_keep_their_order_and_share_pieces(tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    table.write_text(
        "[pieces]\na = '[ab]'\nb = '«a»{2}'\n[two]\npatterns = ['«b»c']\nwide = true\n"
        "near = ['«a»d']\nshown_by = ['one']\non_demand = true\n[one]\ntyped = 'terms'\n"
    )
    two, one = load_kinds(table)
    assert (two.key, two.is_wide, one.key, one.typed) == ("two", True, "one", "terms")
    assert two.patterns[0].fullmatch("abc") and two.near[0].fullmatch("bd")
    assert (two.shown_by, two.is_on_demand) == (("one",), True)
    assert (one.patterns, one.near, one.shown_by, one.is_on_demand) == ((), (), (), False)


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
