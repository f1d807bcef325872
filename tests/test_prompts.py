"""Phrases and replies: both languages with the same fields, filled exactly by their callers, none unused."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Template

import pytest

from assistant.composing import fixed, money
from assistant.evidence import attributes
from prompts import label, label_keys, phrase, phrase_keys, reply
from tests.conftest import ROOT

PROMPTS = ROOT / "prompts"
TABLES = {
    name: tomllib.loads((PROMPTS / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("phrases", "replies", "recipients")
}
ENTRIES = [(name, key) for name, table in TABLES.items() for key in table]
COUNTED = ("measures", "chapters", "departments")
# Keys that are computed or chosen where the phrase is filled; key/zh is filled in Chinese only.
CHOSEN: Mapping[tuple[str, str], set[str]] = {
    ("assistant/composing/absent.py", "find_absent"): {"missing_of"},
    ("assistant/composing/checks.py", "_verdict"): {"yes", "no"},
    ("assistant/composing/checks.py", "_contradicted"): {"not_that", "figure_not_printed"},
    ("assistant/composing/checks.py", "_count_part"): {
        f"{v}_number_of_{t}" for v in ("right", "wrong") for t in COUNTED
    },
    ("assistant/composing/document.py", "find_document_fact"): {
        *("document_number", "title", "addressee", "issuer", "issued_on")
    },
    ("assistant/composing/money.py", "find_payment"): set(money._PAID.values()),
    ("assistant/composing/out_of_range.py", "find_out_of_range"): {"chapter_out_of_range", "out_of_range"},
    ("assistant/composing/values.py", "_contact_line"): {"clause_stated/zh", "clause_quoted/en"},
}
# English gives the sum a second time, the number of a measure beside its label or for it, and no number that is wrong.
OTHER_FIELDS = {"clause_stated", "source", "whole_chapter", *(f"wrong_number_of_{table}" for table in COUNTED)}


def fields_of(text: str) -> set[str]:
    return set(Template(text).get_identifiers())


@pytest.mark.parametrize(("table", "key"), ENTRIES)
def test_both_languages_with_the_same_fields(table: str, key: str) -> None:
    entry = TABLES[table][key]
    assert set(entry) == {"zh", "en"}
    assert all(text.strip() and Template(text).is_valid() for text in entry.values())
    assert key in OTHER_FIELDS or fields_of(entry["zh"]) == fields_of(entry["en"])


@dataclass(frozen=True)
class Filled:
    """A call of `phrase`, `reply` or `label`: where it stands, and the tree of its module."""

    module: str
    function: str
    call: ast.Call
    tree: ast.Module

    @property
    def keys(self) -> set[str]:
        """`key/language` of every text that may be filled here."""
        languages = _strings(self.call.args[1]) or {"zh", "en"}
        chosen = _strings(self.call.args[0]) or CHOSEN[self.module, self.function]
        return {key if "/" in key else f"{key}/{language}" for key in chosen for language in languages}


def _strings(node: ast.expr) -> set[str]:
    """A literal, or the two of `"yes" if … else "no"`; none for a name."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body) | _strings(node.orelse)
    return {str(node.value)} if isinstance(node, ast.Constant) else set()


def calls(name: str) -> Iterator[Filled]:
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield Filled(path.relative_to(ROOT).as_posix(), function.name, node, tree)


PHRASE_CALLS = list(calls("phrase"))


@pytest.mark.parametrize("filled", PHRASE_CALLS, ids=[f"{f.module}:{f.call.lineno}" for f in PHRASE_CALLS])
def test_callers_fill_exactly_the_fields(filled: Filled) -> None:
    given = {str(k.arg) for k in filled.call.keywords}
    texts = [TABLES["phrases"][key][language] for key, language in (k.split("/") for k in filled.keys)]
    assert all(fields_of(text) <= given for text in texts)
    assert given == {field for text in texts for field in fields_of(text)}


def test_what_is_chosen_stands_in_its_module() -> None:
    """A family such as right_number_of_… by its stem."""
    absent = []
    for (module, function), keys in CHOSEN.items():
        (tree, *_) = [f.tree for f in PHRASE_CALLS if (f.module, f.function) == (module, function)]
        said = {str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        stems = {key.split("/")[0] for key in keys}
        absent += [k for k in stems if k not in said and not any(s and s in k for s in said if "_number_of_" in s)]
    assert absent == []


def test_no_phrase_is_unused() -> None:
    assert phrase_keys() == {key.split("/")[0] for filled in PHRASE_CALLS for key in filled.keys}


def test_replies_are_those_with_a_status() -> None:
    assert set(TABLES["replies"]) == set(fixed.STATUS_OF)
    (filled,) = calls("reply")
    given = {str(k.arg) for k in filled.call.keywords}
    assert all(fields_of(text) <= given for entry in TABLES["replies"].values() for text in entry.values())


def test_recipients_are_the_groups_that_a_text_may_name() -> None:
    groups = [*attributes._SIZES, *attributes._SIDES, *attributes._KINDS]
    assert label_keys("recipients") == set(groups)
    assert len(groups) == len(set(groups))


def test_labels_come_from_tables_that_exist() -> None:
    asked = {table for filled in calls("label") for table in _strings(filled.call.args[0])}
    assert asked == {"kinds", "recipients"}
    assert (label("kinds", "sum", "zh"), label("recipients", "大", "en")) == ("金额", "large enterprises")


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("unknown", "zh")
    with pytest.raises(KeyError):
        reply("greeting", "zh")
    with pytest.raises(KeyError):
        phrase("no such phrase", "zh")


def test_fields_are_not_read_a_second_time() -> None:
    """A question that holds $fields stays as typed."""
    assert phrase("unknown", "zh", words="$words ${x}") == "通知没有提到“$words ${x}”，对此没有作出规定。"
