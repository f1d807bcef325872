"""Phrases, replies and what lists say: both languages with the same fields, filled exactly by their callers, none unused."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Template

import pytest

from assistant.composing import fixed, money
from assistant.composing.sums import multiples
from assistant.evidence import attributes
from prompts import label, label_keys, listed, phrase, phrase_keys, reply
from tests.conftest import ROOT

PROMPTS = ROOT / "prompts"
TABLES = {
    name: tomllib.loads((PROMPTS / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("phrases", "replies", "recipients", "lists")
}
ENTRIES = [(name, key) for name, table in TABLES.items() for key in table]
COUNTED = ("measures", "chapters", "departments")
# Keys that are computed or chosen where the phrase is filled; key/zh is filled in Chinese only.
CHOSEN: Mapping[tuple[str, str], set[str]] = {
    ("assistant/composing/absent.py", "find_absent"): {"missing_of"},
    ("assistant/composing/checking/verdicts.py", "_verdict"): {"yes", "no", "no_charge", "no_leave", "no_longer"},
    ("assistant/composing/checking/verdicts.py", "contradicted"): {
        *("not_that", "figure_not_printed", "figure_not_of_it", "not_so_far")
    },
    ("assistant/composing/checking/verdicts.py", "beyond_limit"): {"beyond_limit", "not_within_limit"},
    ("assistant/composing/sums/reckoned.py", "_told"): {
        "reckoned_difference",
        "reckoned_share",
        "reckoned_months",
        "reckoned_each",
    },
    ("assistant/composing/outside.py", "_count_part"): {
        f"{v}_number_of_{t}" for v in ("right", "wrong") for t in COUNTED
    },
    ("assistant/composing/document.py", "check_validity"): {"not_in_force_then", "in_force_then"},
    ("assistant/composing/talk/beside.py", "_say_beside"): {"value_unsaid", "value_above"},
    ("assistant/composing/document.py", "find_document_fact"): {
        *("document_number", "title", "addressee", "issuer", "issued_on")
    },
    ("assistant/composing/sums/multiples.py", "find_multiple"): set(multiples._HIGHEST.values()),
    ("assistant/composing/money.py", "find_payment"): set(money._PAID.values()),
    ("assistant/composing/outside.py", "find_out_of_range"): {"chapter_out_of_range", "out_of_range"},
    ("assistant/composing/talk/retell.py", "_say"): {
        f"more_{key}{of}" for key in ("of", "beside", "none") for of in ("", "_it")
    },
    ("assistant/composing/talk/simply.py", "take_apart"): {
        f"simple_{fact}" for fact in ("who", "act", "sum", "form", "basis", "paid", "condition", "stretch")
    },
    ("assistant/composing/values.py", "_contact_line"): {"clause_stated/zh", "clause_quoted/en"},
}
# The same for lists.toml, by the function of assistant/listing or composing and the key as it stands there.
ROWS = ("measures", "supports", "departments", "chapters", "sums")
SIZES = ("measures", "supports", "departments", "times")
LISTED: Mapping[tuple[str, str], set[str]] = {
    ("columns", "f'column_{key}'"): {
        f"column_{c}"
        for c in ("who", "sum", "condition", "clause", "departments", "name", "count", "title", "number", "date")
    },
    ("_count", "key"): {
        *(f"all_{rows}" for rows in ROWS),
        *("all_priced", "all_priced_limits", "all_supports_priced"),
    },
    ("_notices", "f'notice_{kind}'"): {f"notice_{kind}" for kind in ("issuer", "number", "year", "word")},
    ("_rank", "key"): {"most", "least", "next_most", "next_least"},
    ("_rank_supports", "key"): {"highest", "lowest", "next_highest", "next_lowest"},
    ("_sizes", "key"): {"each", "each_sums", "each_largest"},
    ("_size", "f'{number}_{unit}'"): {f"{number}_{unit}" for number in ("one", "unit") for unit in SIZES},
    ("_by", "f'{self._counted()}'"): {"measures", "supports", "departments", "sums"},
    ("_unit", "f'unit_{self.selection.rows}'"): {f"unit_{rows}" for rows in (*ROWS, "names")},
    ("subject", "f'{where.role}_{rows}' if is_of_role else f'{rows}'"): {
        *ROWS,
        *(f"{role}_departments" for role in ("lead", "shared", "alone")),
    },
    ("subject", "f'{Rows.MEASURES}'"): {"measures"},
    ("_conditions", "key"): {"prints", "prints_any"},
    ("_of_supports", "where.bound.value"): {"equal", "at_least", "above", "at_most", "below"},
    ("_of_departments", "f'{key}_by'"): {"led_by", "shared_by", "alone_by"},
    ("_of_departments", "key"): {"led", "shared", "alone"},
    ("_outline", "key or 'outline_flat'"): {"outline", "outline_chapters", "outline_flat"},
    ("_counted", "f'counted_{name}'"): {"counted_chapters", "counted_measures"},
    ("_given", "key"): {"not_for_whom", "no_money"},
    ("_about", "key"): {"about_parts", "about_measures"},
    ("_money", "key"): {"money_unpriced", "money_none_priced"},
}
# English gives the sum a second time, the number of a measure beside its label or for it, and no number that is wrong.
OTHER_FIELDS = {
    # 4家: only Chinese counts in words.
    *("multiple_of_limit", "multiple_of_sum"),
    "clause_stated",
    "open_above",
    "source",
    "whole_chapter",
    *(f"wrong_number_of_{table}" for table in COUNTED),
}
# It needs no word that counts, and one of a kind stands without its count or with it alone.
UNCOUNTED = {"share", "amount", "none", "each_of_many"}


def fields_of(text: str) -> set[str]:
    return set(Template(text).get_identifiers())


@pytest.mark.parametrize(("table", "key"), ENTRIES)
def test_both_languages_with_the_same_fields(table: str, key: str) -> None:
    entry = TABLES[table][key]
    assert set(entry) - {"one"} == {"zh", "en"}
    assert all(text.strip() and Template(text).is_valid() for text in entry.values())
    assert key in OTHER_FIELDS | UNCOUNTED or fields_of(entry["zh"]) == fields_of(entry["en"])
    assert fields_of(entry.get("one", "")) <= fields_of(entry["en"])


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
        languages = _strings(self.call.args[1]) if len(self.call.args) > 1 else set()
        chosen = _strings(self.call.args[0]) or CHOSEN[self.module, self.function]
        languages = languages or {"zh", "en"}
        return {key if "/" in key else f"{key}/{language}" for key in chosen for language in languages}


def _strings(node: ast.expr) -> set[str]:
    """A literal, or the two of `"yes" if … else "no"`; none for a name."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body) | _strings(node.orelse)
    return {str(node.value)} if isinstance(node, ast.Constant) else set()


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def calls(name: str) -> Iterator[Filled]:
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _name(node.func) == name:
                    yield Filled(path.relative_to(ROOT).as_posix(), function.name, node, tree)


PHRASE_CALLS = list(calls("phrase"))
LISTED_CALLS = [
    c
    for name in ("listed", "_say")
    for c in calls(name)
    if c.function != "_say" and (name == "listed" or c.module.startswith("assistant/listing/"))
]


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


def listed_keys(filled: Filled) -> set[str]:
    """Literal keys, or those listed above for what stands there."""
    key = filled.call.args[0]
    return _strings(key) or LISTED[filled.function, ast.unparse(key)]


@pytest.mark.parametrize("filled", LISTED_CALLS, ids=[f"{f.module}:{f.call.lineno}" for f in LISTED_CALLS])
def test_what_lists_say_is_filled_exactly(filled: Filled) -> None:
    """Where fields are given as a table, what is missing is an error whenever it is said."""
    texts = [text for key in listed_keys(filled) for text in TABLES["lists"][key].values()]
    given = {str(k.arg) for k in filled.call.keywords if k.arg}
    needed = {field for text in texts for field in fields_of(text)}
    if all(k.arg for k in filled.call.keywords):
        assert needed <= given
    assert given <= needed | {"count"}


def test_nothing_that_lists_say_is_unused() -> None:
    assert set(TABLES["lists"]) == {key for filled in LISTED_CALLS for key in listed_keys(filled)}
    asked = {(f.function, ast.unparse(f.call.args[0])) for f in LISTED_CALLS if not _strings(f.call.args[0])}
    assert asked == set(LISTED)


NUMBERS = [
    ("all_measures", 1, "The notice has 1 measure."),
    ("all_measures", 2, "The notice has 2 measures."),
    ("all_priced", 1, "1 support has a printed sum."),
    ("all_sums", 1, "The notice prints 1 sum."),
    ("counted_chapters", 1, "1 chapter"),
    ("counted_chapters", 11, "11 chapters"),
]


@pytest.mark.parametrize(("key", "count", "text"), NUMBERS)
def test_one_is_singular(key: str, count: int, text: str) -> None:
    assert listed(key, "en", count=count) == text
    assert str(count) in listed(key, "zh", count=count)


def test_replies_are_those_with_a_status() -> None:
    assert set(TABLES["replies"]) == set(fixed.STATUS_OF)
    (filled,) = calls("reply")
    given = {str(k.arg) for k in filled.call.keywords}
    assert all(fields_of(text) <= given for entry in TABLES["replies"].values() for text in entry.values())


def test_recipients_are_the_groups_that_a_text_may_name() -> None:
    groups = [*attributes._SIZES, *attributes._SIDES, *attributes._KINDS]
    assert label_keys("recipients") == set(groups)
    assert len(groups) == len(set(groups))


def test_english_lines_are_filled_exactly_and_none_is_unused() -> None:
    """A line whose key is chosen by `if … else` counts for both."""
    lines = tomllib.loads((PROMPTS / "english.toml").read_text(encoding="utf-8"))["lines"]
    filled = [
        (key, {str(k.arg) for k in f.call.keywords}) for f in calls("english") for key in _strings(f.call.args[0])
    ]
    assert {key: fields_of(lines[key]) for key, _ in filled} == {key: given for key, given in filled}
    assert set(lines) == {key for key, _ in filled}


def test_labels_come_from_tables_that_exist() -> None:
    asked = {table for filled in calls("label") for table in _strings(filled.call.args[0])}
    assert asked == {"kinds", "recipients", "labels", "model"}
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
