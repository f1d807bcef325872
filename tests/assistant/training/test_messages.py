"""What understanding is learned from: how labelled messages are read and masked, and what the shipped ones hold."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.naming.masks import mask_spans
from assistant.training.messages import (
    MESSAGES,
    SINGLES,
    LabelledClause,
    Masking,
    Message,
    Single,
    hash_examples,
    load_messages,
    load_singles,
    mask,
)
from assistant.understanding.frame import Act, Operation
from assistant.understanding.text import LONGEST_QUESTION
from assistant.understanding.wants import SAME
from corpus.kinds import kind_keys
from corpus.language.departments import DepartmentTable, load_departments

MARKS = "◇◎№▣※⌂¤"
Row = dict[str, Any]


def write_rows(path: Path, *rows: Row) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def departments() -> DepartmentTable:
    return load_departments()


def test_reads_a_message(tmp_path: Path, departments: DepartmentTable) -> None:
    clauses = [
        {"text": "我们在中试基地上班，", "act": "told"},
        {"text": "专利池能补200万元吗，", "act": "ask", "value": "sum", "operation": "check", "names": ["专利池"]},
        {"text": "归谁管", "act": "ask", "value": "department", "operation": "state", "inherited": ["专利池"]},
    ]
    (message,) = load_messages(departments, write_rows(tmp_path / "a.jsonl", {"author": "a", "clauses": clauses}))
    told = LabelledClause("我们在中试基地上班，", mask_spans("我们在中试基地上班，", ()), "told", "", "", (), (), False)
    asked = LabelledClause(
        "专利池能补200万元吗，",
        mask_spans("专利池能补200万元吗，", [(0, 3, "◇"), (5, 10, "¤")]),
        "ask",
        "sum",
        "check",
        ("专利池",),
        (),
        True,
    )
    leaning = LabelledClause("归谁管", mask_spans("归谁管", ()), "ask", "department", "state", (), ("专利池",), True)
    assert message == Message("a", (), (told, asked, leaning))
    assert (message.text, message.masked) == (
        "我们在中试基地上班，专利池能补200万元吗，归谁管",
        "我们在中试基地上班，◇能补¤吗，归谁管",
    )
    assert [c.asks for c in message.clauses] == [False, True, True]


def test_reads_what_is_to_be_listed(tmp_path: Path, departments: DepartmentTable) -> None:
    text = "没有财政厅的条款列成表"
    labels = {"shows": "measures", "table": True, "without": ["财政厅"]}
    clause = {"text": text, "act": "ask", "value": "clause", "operation": "list", "names": ["财政厅"], "list": labels}
    row = {"author": "a", "clauses": [clause]}
    ((asked,),) = [m.clauses for m in load_messages(departments, write_rows(tmp_path / "a.jsonl", row))]
    assert (asked.listing, asked.without) == ({"shows": "measures", "table": "True"}, ("财政厅",))
    assert asked.masked == "没有◎的条款列成表"


def test_what_was_said_before_makes_the_first_clause_a_later_one(tmp_path: Path, departments: DepartmentTable) -> None:
    clause = {"text": "多少钱", "act": "ask", "value": "sum", "operation": "state"}
    rows = [{"author": "a", "clauses": [clause]}, {"author": "b", "history": ["专利池归谁管"], "clauses": [clause]}]
    first, second = load_messages(departments, write_rows(tmp_path / "a.jsonl", *rows))
    assert (first.history, first.clauses[0].is_later) == ((), False)
    assert (second.history, second.clauses[0].is_later) == (("专利池归谁管",), True)


def test_reads_singles(tmp_path: Path) -> None:
    rows = [
        {"text": "◇多少钱", "act": "ask", "value": "sum", "operation": "state"},
        {"text": "你好", "act": "greeting"},
    ]
    singles = load_singles(write_rows(tmp_path / "a.jsonl", *rows))
    assert singles == (Single("◇多少钱", "ask", "sum", "state"), Single("你好", "greeting", "", ""))


def test_other_examples_have_another_hash(tmp_path: Path) -> None:
    one, other = write_rows(tmp_path / "a.jsonl", {"text": "你好"}), write_rows(tmp_path / "b.jsonl", {"text": "您好"})
    hashes = [hash_examples(paths) for paths in ((one,), (other,), (one, other), (other, one), (one,))]
    assert len(set(hashes)) == 4 and hashes[0] == hashes[4]


MASKED = [
    ("中试基地给多少", ["中试基地"], "◇给多少"),
    ("省科技厅管吗", ["省科技厅"], "◎管吗"),
    ("县残联管吗", ["县残联"], "◎管吗"),
    ("does the Housing Bureau decide", ["Housing Bureau"], "does the ◎ decide"),
    ("第九条讲什么", ["第九条"], "№讲什么"),
    ("《创新券管理办法》什么时候印发", ["《创新券管理办法》"], "▣什么时候印发"),
    ("鲁科字〔2025〕128号讲什么", ["鲁科字〔2025〕128号"], "▣讲什么"),
    ("青岛有创新券吗", ["青岛", "创新券"], "⌂有◇吗"),
    ("给200万元还是30%", [], "给¤还是¤"),
    # The longer name wins, and a sum inside a name stays with the name.
    ("省级中试基地和中试基地", ["中试基地", "省级中试基地"], "◇和◇"),
    ("200万元补助怎么拿", ["200万元补助"], "◇怎么拿"),
    ("专利池，专利池，专利池", ["专利池"], "◇，◇，◇"),
    ("专利池给多少", ["创新券"], "专利池给多少"),
    ("归谁管", [], "归谁管"),
]


@pytest.mark.parametrize(("text", "names", "masked"), MASKED)
def test_each_name_becomes_its_mark(text: str, names: list[str], masked: str, departments: DepartmentTable) -> None:
    assert mask(text, names, departments).text == masked


class Drawn(random.Random):
    """Draws what it was given."""

    def __init__(self, *chances: float) -> None:
        super().__init__(0)
        self.chances = iter(chances)

    def random(self) -> float:
        return next(self.chances)


KEPT = [
    ((0.0,), "专利池归◎管，在⌂给¤吗"),
    ((0.33,), "专利池归◎管，在⌂给¤吗"),
    ((0.34,), "◇归◎管，在⌂给¤吗"),
]


@pytest.mark.parametrize(("chances", "masked"), KEPT)
def test_only_things_stay_as_said(chances: tuple[float, ...], masked: str, departments: DepartmentTable) -> None:
    names = ["专利池", "省科技厅", "青岛"]
    assert mask("专利池归省科技厅管，在青岛给200万元吗", names, departments, Masking(Drawn(*chances))).text == masked


PLACES = [
    ("济南", "ask", "青岛也给吗", "⌂也给吗"),
    ("济南", "ask", "杭州也给吗", "※也给吗"),
    ("山东", "elsewhere", "青岛和杭州都给吗", "⌂和※都给吗"),
    ("杭州", "ask", "青岛给，宁波也给吗", "※给，⌂也给吗"),
    # Nobody said where the notices hold.
    ("", "ask", "杭州也给吗", "⌂也给吗"),
    ("", "elsewhere", "杭州也给吗", "※也给吗"),
    ("", "told", "我在杭州，", "我在⌂，"),
]


@pytest.mark.parametrize(("home", "act", "text", "masked"), PLACES)
def test_a_place_is_ours_or_foreign(
    home: str, act: str, text: str, masked: str, tmp_path: Path, departments: DepartmentTable
) -> None:
    row = {"author": "a", "clauses": [{"text": text, "act": act}]} | ({"home": home} if home else {})
    (message,) = load_messages(departments, write_rows(tmp_path / "a.jsonl", row))
    assert message.masked == masked


LEARNT = [
    ("那中试基地呢？", ["中试基地"], True, SAME),
    ("中试基地呢", ["中试基地"], True, SAME),
    ("专利池、中试基地？", ["专利池", "中试基地"], True, SAME),
    ("换青岛呢", ["青岛"], True, SAME),
    # Its own words show what is wanted.
    ("中试基地最高给多少", ["中试基地"], True, "sum"),
    # Nothing was wanted before.
    ("那中试基地呢？", ["中试基地"], False, "sum"),
    # It names nothing.
    ("多少？", [], True, "sum"),
]


@pytest.mark.parametrize(("text", "names", "is_later", "value"), LEARNT)
def test_a_clause_that_only_names_something_wants_the_same(
    text: str, names: list[str], is_later: bool, value: str, tmp_path: Path, departments: DepartmentTable
) -> None:
    clause = {"text": text, "act": "ask", "value": "sum", "operation": "state", "names": names}
    row = {"author": "a", "history": ["创新券多少钱"] if is_later else [], "clauses": [clause]}
    (message,) = load_messages(departments, write_rows(tmp_path / "a.jsonl", row))
    assert (message.clauses[0].value, message.clauses[0].learnt_value) == ("sum", value)


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows(MESSAGES)


@pytest.fixture(scope="module")
def messages(departments: DepartmentTable) -> tuple[Message, ...]:
    return load_messages(departments)


ROWS = ("measures", "supports", "departments", "chapters")
WHOLE = ("outline", "summary", "highlights", "benefits", "full_text", "text")
LISTED: Mapping[str, tuple[object, ...]] = {
    "shows": (*ROWS, *WHOLE),
    "money": ("priced", "unpriced"),
    "paid": ("once", "yearly", "each"),
    "role": ("lead", "shared", "alone"),
    "join": ("any",),
    "group": ("chapters", "departments", "sums", "recipients", "measures"),
    "order": ("most", "least", "sorted"),
    "by": ("sum", "measures", "departments", "supports"),
    "bound": ("at_least", "at_most", "equal"),
    "table": (True,),
}
"""The labels of what a clause wants to see of the catalogue, as `docs/labelling.md` gives them."""


def find_faults(row: Row) -> Iterator[str]:
    """What is wrong with a shipped message."""
    said = "".join(row.get("history", ()))
    for clause in row["clauses"]:
        asks, labels = clause["act"] in {Act.ASK, Act.ELSEWHERE}, {"value", "operation", "names", "inherited"}
        if not clause["text"]:
            yield "an empty clause"
        if (asks and not (clause.get("value") or clause.get("list"))) or (not asks and labels & set(clause)):
            yield f"wrong labels: {clause}"
        listing = clause.get("list", {})
        yield from (
            f"not a label of lists: {k} {v}"
            for k, v in listing.items()
            if k != "without" and v not in LISTED.get(k, ())
        )
        yield from (f"leaves out {n}, not said" for n in listing.get("without", ()) if n not in clause["text"])
        yield from (f"does not name {n}" for n in clause.get("names", ()) if n not in clause["text"])
        yield from (f"takes over {n}, never said" for n in clause.get("inherited", ()) if n not in said)
        said += clause["text"]
    if len("".join(clause["text"] for clause in row["clauses"])) > LONGEST_QUESTION:
        yield "longer than a question may be"


ASKED = {"text": "专利池给多少", "act": "ask", "value": "sum", "operation": "state"}
FAULTY: list[tuple[Row, list[str]]] = [
    ({"clauses": [{**ASKED, "names": ["专利池"]}]}, []),
    ({"history": ["创新券呢"], "clauses": [{**ASKED, "inherited": ["创新券"]}]}, []),
    ({"clauses": [ASKED, {**ASKED, "text": "多少", "inherited": ["专利池"]}]}, []),
    ({"clauses": [{**ASKED, "names": ["专利库"]}]}, ["does not name 专利库"]),
    ({"clauses": [{**ASKED, "inherited": ["专利池"]}]}, ["takes over 专利池, never said"]),
    ({"clauses": [{"text": "", "act": "told"}]}, ["an empty clause"]),
    ({"clauses": [{**ASKED, "text": "给多少" * 167}]}, ["longer than a question may be"]),
    (
        {"clauses": [{"text": "你好", "act": "greeting", "value": "sum"}]},
        ["wrong labels: {'text': '你好', 'act': 'greeting', 'value': 'sum'}"],
    ),
    ({"clauses": [{"text": "都列出来", "act": "ask", "value": "", "list": {"shows": "measures"}}]}, []),
    (
        {"clauses": [{**ASKED, "list": {"shows": "sums", "paid": "once", "role": ""}}]},
        ["not a label of lists: shows sums", "not a label of lists: role "],
    ),
    ({"clauses": [{**ASKED, "list": {"without": ["专利池", "创新券"]}}]}, ["leaves out 创新券, not said"]),
    ({"clauses": [{"text": "多少", "act": "ask"}]}, ["wrong labels: {'text': '多少', 'act': 'ask'}"]),
]


@pytest.mark.parametrize(("row", "faults"), FAULTY)
def test_faults_are_found(row: Row, faults: list[str]) -> None:
    assert list(find_faults(row)) == faults


def test_shipped_messages_are_without_fault(rows: Sequence[Row]) -> None:
    assert [(n, fault) for n, row in enumerate(rows, 1) for fault in find_faults(row)] == []


def test_acts_and_operations_are_all_labelled(rows: Sequence[Row]) -> None:
    clauses = [clause for row in rows for clause in row["clauses"]]
    assert {clause["act"] for clause in clauses} == set(Act)
    assert {clause["operation"] for clause in clauses if "operation" in clause} == set(Operation)
    singles = read_rows(SINGLES)
    assert {single["act"] for single in singles} <= set(Act)
    assert {single["operation"] for single in singles if "operation" in single} == set(Operation)


# Nobody asks for these by name: contact, route, validity and the others are answered by them, too.
UNASKED = {"web", "mail", "telephone", "deadline", "place", "in_force", "reference"}


def test_every_value_is_a_kind_with_enough_examples(rows: Sequence[Row]) -> None:
    labelled = [*(clause for row in rows for clause in row["clauses"]), *read_rows(SINGLES)]
    values = Counter(one["value"] for one in labelled if "value" in one)
    assert {value: n for value, n in values.items() if n < 100} == {}
    assert kind_keys() - set(values) == UNASKED
    # What is to be listed may be of no value: a kind of its own, or all that there is.
    assert set(values) <= kind_keys() | {""}


def test_every_label_of_lists_is_learned_from_enough_examples(rows: Sequence[Row]) -> None:
    listed = [clause["list"] for row in rows for clause in row["clauses"] if "list" in clause]
    counts = {k: Counter(one[k] for one in listed if k in one) for k in LISTED}
    assert {k: set(values) for k, values in counts.items()} == {k: set(values) for k, values in LISTED.items()}
    assert [(k, v, n) for k, values in counts.items() for v, n in values.items() if n < 15] == []
    assert sum("without" in one for one in listed) >= 700


def test_there_are_enough_messages(messages: Sequence[Message]) -> None:
    several = [sum(c.asks for c in m.clauses) > 1 or bool(m.history) for m in messages]
    assert len(messages) >= 10_000
    assert sum(several) >= 2_500


def test_no_author_wrote_more_than_a_tenth(messages: Sequence[Message]) -> None:
    counts = Counter(m.author for m in messages)
    assert {author: n for author, n in counts.items() if not author or n > len(messages) / 10} == {}


def test_messages_that_differ_in_names_and_digits_only_are_labelled_alike_and_few(messages: Sequence[Message]) -> None:
    """With something said before, the same words are another example."""
    bare: dict[tuple[bool, str], list[Message]] = {}
    for m in messages:
        key = bool(m.history), re.sub(r"[\d\W]", "", re.sub(rf"[{MARKS}]", "N", m.masked))
        bare.setdefault(key, []).append(m)
    wants = {k: {tuple((c.act, c.value, c.operation) for c in m.clauses) for m in same} for k, same in bare.items()}
    # Who is asked of a thing acts, of a measure answers for it.
    assert [key[1] for key, found in wants.items() if len(found) > 1] == ["N谁管"]
    assert len(messages) - len(bare) <= len(messages) / 200


def test_no_single_stands_twice() -> None:
    counts = Counter(single.masked for single in load_singles())
    assert len(counts) >= 10_000
    assert [text for text, n in counts.items() if n > 1] == []
