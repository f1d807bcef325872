"""Phrases and replies: both languages with the same fields, filled exactly by their callers, none unused."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

from assistant.composing import fixed
from assistant.query import Ask
from prompts import label, label_keys, phrase, phrase_keys, reply
from tests.conftest import ROOT

PROMPTS = ROOT / "prompts"
TABLES = {
    name: tomllib.loads((PROMPTS / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("phrases", "replies", "asks")
}
ENTRIES = [(name, key) for name, table in TABLES.items() for key in table]
# The key is the ask itself, or one of two, chosen where the phrase is filled.
CHOSEN = {
    "assistant/composing/document.py": {"document_number", "title", "addressee", "issuer", "issued_on"},
    "assistant/composing/out_of_range.py": {"chapter_out_of_range", "out_of_range"},
    "assistant/composing/premises.py": {"department_lead", "department_shared"},
}
# English gives the sum a second time, and the number of a measure beside its label.
OTHER_FIELDS = {"clause_stated", "source"}


def fields_of(text: str) -> set[str]:
    return set(Template(text).get_identifiers())


@pytest.mark.parametrize(("table", "key"), ENTRIES)
def test_both_languages_with_the_same_fields(table: str, key: str) -> None:
    entry = TABLES[table][key]
    assert set(entry) == {"zh", "en"}
    assert all(text.strip() and Template(text).is_valid() for text in entry.values())
    assert key in OTHER_FIELDS or fields_of(entry["zh"]) == fields_of(entry["en"])


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of `phrase` or `reply` in the product, with its module."""
    for path in sorted(Path(ROOT / "assistant").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield path.relative_to(ROOT).as_posix(), node


def keys_of(module: str, call: ast.Call) -> set[str]:
    key = call.args[0]
    if isinstance(key, ast.Constant):
        return {str(key.value)}
    return CHOSEN[module]


def languages_of(call: ast.Call) -> list[str]:
    language = call.args[1]
    return [str(language.value)] if isinstance(language, ast.Constant) else ["zh", "en"]


PHRASE_CALLS = list(calls("phrase"))


@pytest.mark.parametrize(("module", "call"), PHRASE_CALLS, ids=[f"{m}:{c.lineno}" for m, c in PHRASE_CALLS])
def test_callers_fill_exactly_the_fields(module: str, call: ast.Call) -> None:
    given = {str(k.arg) for k in call.keywords}
    texts = [TABLES["phrases"][key][language] for key in keys_of(module, call) for language in languages_of(call)]
    assert all(fields_of(text) <= given for text in texts)
    assert given == {field for text in texts for field in fields_of(text)}


def test_no_phrase_is_unused() -> None:
    used = {key for module, call in PHRASE_CALLS for key in keys_of(module, call)}
    assert phrase_keys() - used == set()


def test_replies_are_those_with_a_status() -> None:
    assert set(TABLES["replies"]) == set(fixed.STATUS_OF)
    ((_, call),) = calls("reply")
    given = {str(k.arg) for k in call.keywords}
    assert all(fields_of(text) <= given for entry in TABLES["replies"].values() for text in entry.values())


def test_labels_are_asks() -> None:
    assert label_keys("asks") <= {ask.value for ask in Ask}
    assert label("asks", "detail", "en")


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("detail", "zh")
    with pytest.raises(KeyError):
        reply("greeting", "zh")
    with pytest.raises(KeyError):
        phrase("no such phrase", "zh")


def test_fields_are_not_read_a_second_time() -> None:
    """A question that holds $fields stays as typed."""
    assert phrase("unknown", "zh", words="$words ${x}") == "通知没有提到“$words ${x}”，对此没有作出规定。"
