"""The notices that questions are put to: those that are served, and the real and made ones that the tests keep."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.embedding.embed import Embedder, Vector
from corpus.language.departments import DepartmentTable
from corpus.language.readings import Readings
from corpus.language.words import WordCutter
from corpus.lexicon import Lexicon
from corpus.notice import Chapter, Measure, Notice, Phrase
from corpus.search.keywords import KeywordIndex, write_keywords
from corpus.search.rows import number_rows
from corpus.search.vectors import Passage, VectorIndex, write_vectors
from corpus.settings import CorpusSettings
from corpus.store import Corpus, make_embedder, open_corpus, open_version
from corpus.version import current_version
from evals.cases.case import Case
from evals.context import Context, make_context
from evals.results import RESULTS_FOLDER

_NOTICES = Path(__file__).parent.parent / "tests" / "notices"
_SHAPES = "shapes"
"""Made to show one shape each; none of them is meant by a question over all notices."""
EVERYTHING = "all"


class BuildFailed(Exception):
    """No index of the notices could be built; the message holds what ingest said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is asked: a corpus, None for that of a service, and the notices of it at hand; none named are all."""

    corpus: Corpus | None
    notice_ids: tuple[str, ...] = ()


class Library:
    """Opens each corpus when a case first needs it."""

    def __init__(self, change: Callable[[Corpus], Corpus] = lambda corpus: corpus) -> None:
        """An experiment changes every corpus that is opened."""
        self._change = change

    @cached_property
    def served(self) -> Corpus:
        return self._change(open_corpus(CorpusSettings()))

    @cached_property
    def kept(self) -> Corpus:
        """All notices at once, the shipped ones too."""
        folder = RESULTS_FOLDER / "notices"
        files = sorted(p for p in _NOTICES.rglob("*") if p.suffix == ".txt")
        shipped = sorted(CorpusSettings().notices_folder.glob("*.txt"))
        return self._change(open_built([*shipped, *files], folder, make_embedder(CorpusSettings())))

    @cached_property
    def _asked_together(self) -> tuple[str, ...]:
        shapes = {path.read_text(encoding="utf-8-sig").strip() for path in (_NOTICES / _SHAPES).glob("*.txt")}
        return tuple(name for name, text in self.kept.texts.items() if text.strip() not in shapes)

    def find_place(self, case: Case) -> Place:
        """A case that names a notice which is not served is asked of that notice alone."""
        if case.notice_ids:
            everything = EVERYTHING in case.notice_ids
            return Place(self.kept, self._asked_together if everything else case.notice_ids)
        if case.notice_id is not None and self.served.catalogue.notice(case.notice_id) is None:
            return Place(self.kept, (case.notice_id,))
        return Place(self.served)

    def names_at_hand(self, place: Place) -> tuple[str, ...]:
        return place.notice_ids or tuple((place.corpus or self.served).texts)

    def open_context(self, cases: Sequence[Case]) -> Context:
        """The context for scoring these cases."""
        corpora = {id(corpus): corpus for case in cases if (corpus := self.find_place(case).corpus)}
        return make_context(corpora.values() or (self.served,))


def open_built(paths: Sequence[Path], folder: Path, embedder: Embedder) -> Corpus:
    """Built by the product's own command, so that notices are read here as anywhere; files that it refuses are left out."""
    command = [sys.executable, "-m", "ingest", "build", "--if-changed", "--json", *map(str, paths)]
    environment = {**os.environ, "POLICY_INDEX_FOLDER": str(folder.resolve())}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=_NOTICES.parent.parent)
    if not (done.stdout and json.loads(done.stdout)["version"]):
        raise BuildFailed(f"通知没有建成索引：{(done.stderr or done.stdout).strip()[-500:]}")
    return open_version(current_version(folder), embedder)


def open_texts(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> Corpus:
    """The same of texts by the names of their files."""
    with tempfile.TemporaryDirectory(prefix="policy-notices-") as notices:
        for name, text in texts.items():
            (Path(notices) / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        return open_built([Path(notices)], folder, embedder)


def open_passages(texts: Mapping[str, str], vectors: Vector) -> Corpus:
    """The texts by their ids as the measures of one notice, for retrieval alone; by the product's own writers and readers."""
    nowhere, nobody, cutter = Phrase("", 0, 0), DepartmentTable(()), WordCutter()
    measures = tuple(Measure(name, n, "", "", "", nowhere, ()) for n, name in enumerate(texts, 1))
    chapter = Chapter("passages/1", 0, "", "", None, (), measures)
    notice = Notice("passages", "", nowhere, None, None, None, None, (), (chapter,))
    passages = tuple(Passage(f"{notice.id}/{name}", notice.id, text) for name, text in texts.items())
    with tempfile.TemporaryDirectory(prefix="policy-passages-") as folder:
        words, meaning = Path(folder) / "keywords", Path(folder) / "vectors"
        write_keywords(words, [cutter.search_words(p.text) for p in passages])
        write_vectors(meaning, passages, vectors)
        keywords, nearest = KeywordIndex(words), VectorIndex(meaning)
    return Corpus(
        version="",
        texts={},
        catalogue=Catalogue((notice,)),
        departments=nobody,
        lexicon=Lexicon((), nobody, {}),
        readings=Readings({}, {}),
        cutter=cutter,
        passages=passages,
        rows=number_rows(passages),
        keywords=keywords,
        notice_keywords=keywords,
        vectors=nearest,
        embedder=None,
    )
