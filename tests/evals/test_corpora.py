"""Where a case is asked: of what is served, of one notice alone, of several, of all but those made to show a shape."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.store import Corpus
from evals import corpora as module
from evals.corpora import BuildFailed, Library, Place, open_built
from tests.conftest import NOTICES, SEED, SEED_ID, FakeEmbedder
from tests.evals.answers import make_case, make_library
from tests.evals.conftest import Shelf, put_on_shelf

SHAPES = frozenset(put_on_shelf(*sorted((NOTICES / "shapes").glob("*.txt"))).texts)


@pytest.mark.parametrize(
    ("fields", "is_kept", "notice_ids"),
    [
        ({}, False, ()),
        ({"notice_id": SEED_ID}, False, ()),
        ({"notice_id": "gf-2018-39"}, True, ("gf-2018-39",)),
        ({"notice_id": "fw"}, True, ("fw",)),
        ({"notice_id": "nowhere"}, True, ("nowhere",)),
        ({"notice_ids": ["gf-2018-39", SEED_ID]}, True, ("gf-2018-39", SEED_ID)),
        ({"notice_id": SEED_ID, "notice_ids": ["gf-2018-39"]}, True, ("gf-2018-39",)),
    ],
)
def test_where_a_case_is_asked(
    parsed: Library, fields: dict[str, Any], is_kept: bool, notice_ids: tuple[str, ...]
) -> None:
    corpus = parsed.kept if is_kept else parsed.served
    assert parsed.find_place(make_case(**fields)) == Place(corpus, notice_ids)


def test_a_case_over_all_notices_leaves_the_shapes_out(parsed: Library) -> None:
    place = parsed.find_place(make_case(notice_ids=["all"]))
    assert place.corpus is parsed.kept
    assert len(SHAPES) == 15
    assert set(place.notice_ids) == set(parsed.kept.texts) - SHAPES
    assert set(place.notice_ids) >= {SEED_ID, "hkf-2023-9", *(path.stem for path in NOTICES.glob("*.txt"))}


def test_names_at_hand(parsed: Library) -> None:
    assert parsed.names_at_hand(Place(parsed.kept, ("fw",))) == ("fw",)
    assert parsed.names_at_hand(Place(parsed.served)) == parsed.names_at_hand(Place(None)) == (SEED_ID,)


def test_a_context_holds_what_the_cases_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is not opened, or even built, for questions about what is served."""
    served, other = put_on_shelf(SEED), put_on_shelf(NOTICES / "gf-2018-39.txt")
    library = Library()
    library.__dict__["served"] = served
    monkeypatch.setattr(module, "open_built", lambda *_: pytest.fail("built"))
    assert set(library.open_context([make_case()]).texts) == {SEED_ID}
    assert set(library.open_context([]).texts) == {SEED_ID}
    both = make_library(served, other).open_context([make_case(), make_case(notice_id="gf-2018-39")])
    assert set(both.texts) == set(both.spans) == {SEED_ID, "gf-2018-39"}
    assert both.numbers[SEED_ID] == frozenset(range(1, 17))
    assert set(both.annotations) == {SEED_ID, "gf-2018-39"}


def test_all_notices_are_built_into_an_index_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built: list[tuple[Sequence[Path], Path]] = []

    def open_built(paths: Sequence[Path], folder: Path, embedder: None) -> Shelf:
        built.append((paths, folder))
        return Shelf({}, put_on_shelf(SEED).catalogue)

    monkeypatch.setattr(module, "RESULTS_FOLDER", tmp_path)
    monkeypatch.setattr(module, "make_embedder", lambda settings: None)
    monkeypatch.setattr(module, "open_built", open_built)
    changed = Library(lambda corpus: cast("Corpus", Shelf({"changed": ""}, corpus.catalogue)))
    assert changed.kept.texts == {"changed": ""}
    assert changed.kept is changed.kept
    ((paths, folder),) = built
    assert folder == tmp_path / "notices"
    assert {path.name for path in paths} == {SEED.name, *(path.name for path in NOTICES.rglob("*.txt"))}


@pytest.mark.parametrize("said", ["", '{"version": null}'], ids=["it failed", "no notice could be read"])
def test_ingest_is_run_as_the_product_runs_it(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        assert command == [sys.executable, "-m", "ingest", "build", "--if-changed", "--json", str(SEED)]
        assert options["env"]["POLICY_INDEX_FOLDER"] == str(tmp_path)
        return subprocess.CompletedProcess(command, 0, outputs.pop(0), "坏了\n")

    outputs = ['{"version": "v1"}', said]
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(module, "current_version", lambda folder: folder / "v1")
    monkeypatch.setattr(module, "open_version", lambda path, embedder: path)
    opened: Any = open_built([SEED], tmp_path, FakeEmbedder())
    assert opened == tmp_path / "v1"
    with pytest.raises(BuildFailed, match=r"通知没有建成索引：坏了$"):
        open_built([SEED], tmp_path, FakeEmbedder())
