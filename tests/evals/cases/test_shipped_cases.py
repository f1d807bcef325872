"""The cases that ship: how many, of what, from where, and that nobody has seen those that nobody may see."""

import json
import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from evals.cases.case import Case, PlacedCase, find_case_files, read_cases
from evals.cases.check import check_cases
from evals.cases.tiers import BLIND_FOLDER, find_held_files, is_home
from evals.corpora import Library
from evals.report.terminal import NAMES_FILE
from evals.scoring.values import fold
from tests.conftest import NOTICES, ROOT

OFFICIAL = {path.stem for path in NOTICES.glob("*.txt")}
LEARNT = ROOT / "assistant" / "training" / "data"


def normalise(question: str) -> str:
    return re.sub(r"\W", "", fold(question))


@pytest.fixture(scope="module")
def development() -> tuple[Case, ...]:
    return tuple(placed.case for placed in read_cases(find_case_files()))


@pytest.fixture(scope="module")
def held() -> tuple[PlacedCase, ...]:
    return read_cases(find_held_files())


@pytest.fixture(scope="module")
def blind() -> tuple[PlacedCase, ...]:
    """Those that were asked already: the others are not here."""
    files = find_case_files(BLIND_FOLDER)
    return read_cases(files) if files else ()


def test_there_are_enough_and_different_ones(development: tuple[Case, ...]) -> None:
    assert len(development) >= 700
    assert len({case.gold for case in development}) >= 450


def test_every_official_notice_is_asked_about(development: tuple[Case, ...], held: tuple[PlacedCase, ...]) -> None:
    shipped = (*development, *(placed.case for placed in held))
    named = Counter(name for case in shipped for name in {case.notice_id, *case.notice_ids} - {None})
    assert len(OFFICIAL) == 12
    assert {name: named[name] for name in OFFICIAL if named[name] < 15} == {}
    assert sum(map(is_home, shipped)) >= 15


def test_cases_are_about_many_notices(development: tuple[Case, ...], parsed: Library) -> None:
    named = {name for case in development for name in (case.notice_id, *case.notice_ids)}
    assert len(named & set(parsed.kept.texts) - set(parsed.served.texts)) >= 13


def test_two_files_are_held_back(held: tuple[PlacedCase, ...]) -> None:
    counts = Counter(placed.path for placed in held)
    assert len(counts) == 2
    assert min(counts.values()) >= 150
    assert {is_home(placed.case) for placed in held} == {True, False}


def test_no_held_question_is_worked_with(development: tuple[Case, ...], held: tuple[PlacedCase, ...]) -> None:
    def asked(case: Case) -> tuple[object, ...]:
        return (case.notice_id, *map(normalise, (*case.history, case.question)))

    open_to_all = {asked(case) for case in development}
    assert [placed.case.id for placed in held if asked(placed.case) in open_to_all] == []


def test_no_id_is_used_twice(held: tuple[PlacedCase, ...]) -> None:
    """Reading all tiers at once would raise."""
    everything = read_cases([*find_case_files(), *find_held_files(), *find_case_files(BLIND_FOLDER)])
    assert len(everything) > len(held)


def test_every_kind_has_a_name(
    development: tuple[Case, ...], held: tuple[PlacedCase, ...], blind: tuple[PlacedCase, ...]
) -> None:
    named = set(tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))["kinds"])
    kinds = {case.kind for case in (*development, *(placed.case for placed in (*held, *blind)))}
    assert kinds - named == set()
    assert named - kinds == set()


def test_the_kind_is_the_name_of_the_file() -> None:
    placed = read_cases(find_case_files())
    assert {f"{one.path.name}: {one.case.id}" for one in placed if one.case.kind != one.path.stem} == set()


def test_no_field_is_misspelt(development: tuple[Case, ...], held: tuple[PlacedCase, ...]) -> None:
    assert {c.id for c in (*development, *(placed.case for placed in held)) if c.unread_fields} == set()


def test_golds_agree_with_the_notices(parsed: Library) -> None:
    placed = read_cases([*find_case_files(), *find_held_files(), *find_case_files(BLIND_FOLDER)])
    assert [str(remark) for remark in check_cases(placed, parsed) if remark.is_error] == []


def read_learnt() -> set[str]:
    """Every message, clause and masked clause that models learn from."""
    messages, singles = (
        [json.loads(line) for line in (LEARNT / name).read_text(encoding="utf-8").splitlines() if line.strip()]
        for name in ("messages.jsonl", "clauses.jsonl")
    )
    clauses = [[clause["text"] for clause in message["clauses"]] for message in messages]
    texts = [*map("".join, clauses), *chain.from_iterable(clauses), *(single["text"] for single in singles)]
    return {normalise(text) for text in texts}


def test_models_learn_from_no_question_of_the_cases(
    development: tuple[Case, ...], held: tuple[PlacedCase, ...], blind: tuple[PlacedCase, ...]
) -> None:
    learnt = read_learnt()
    assert len(learnt) > 15_000
    asked = {c.id: normalise(c.question) for c in (*development, *(placed.case for placed in (*held, *blind)))}
    assert [name for name, question in asked.items() if question in learnt] == []


def test_cases_stand_in_their_folders_only() -> None:
    """Nothing else in the repository keeps cases, where they could be read by chance."""
    kept = {path.relative_to(ROOT) for path in (ROOT / "evals").rglob("*.jsonl")}
    known = {Path("evals/cases"), Path("evals/cases/held"), Path("evals/cases/blind"), Path("evals/marks")}
    assert {path for path in kept if path.parent not in known and "results" not in path.parts} == set()
