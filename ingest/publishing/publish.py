"""Writes a new version beside the old ones, checks it, and only then points to it."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath

import numpy as np
from filelock import FileLock, Timeout

import corpus
from corpus.embedding.embed import Embedder, Vector
from corpus.language.departments import load_departments
from corpus.language.words import WordCutter
from corpus.lexicon import Lexicon
from corpus.notice import Notice
from corpus.search.keywords import KeywordsDamaged, write_keywords
from corpus.search.rows import number_rows
from corpus.search.vectors import Passage, VectorIndex, VectorsDamaged, write_vectors
from corpus.store import Corpus, departments_of, open_version
from corpus.version import (
    CorpusNotBuilt,
    Manifest,
    RefusedFile,
    VersionFiles,
    compute_identity,
    hash_files,
    list_versions,
    switch_version,
    write_json,
    write_manifest,
    write_notices,
)
from ingest.publishing.passages import find_terms, make_passages
from ingest.publishing.readings import make_readings
from ingest.publishing.reuse import embed_new

_DRAFT = ".draft-"
_KEEP_VERSIONS = 3
_LOCK_WAIT_SECONDS = 60
_CANARY_RANK = 3
# Notices of one template share whole sentences, and BM25 puts the shortest of them first.
_CANARY_SHARE_OF_BEST = 0.7
_MOST_CANARIES = 12


class PublishFailed(Exception):
    """The new version was not published and the old one still serves; the message says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file: its canonical text and the hash of its bytes; `notes_hash` is "" where no file stands beside it.

    `remark` is what the clerk should look at before publishing it beside the others, "" for nothing.
    """

    notice: Notice
    text: str
    file_name: str
    file_hash: str
    notes_hash: str = ""
    remark: str = ""

    def hashes(self) -> dict[str, str]:
        """By file name, that of the operator's notes too."""
        return {self.file_name: self.file_hash, **name_notes(self.file_name, self.notes_hash)}


def name_notes(file_name: str, notes_hash: str) -> dict[str, str]:
    """The hash of the file beside a notice by its name; nothing where there is none."""
    return {PurePosixPath(file_name).with_suffix(".toml").as_posix(): notes_hash} if notes_hash else {}


@dataclass(frozen=True, slots=True)
class _Edition:
    """What a version is made of: its sources, and the files beside them that could not be used."""

    sources: tuple[Source, ...]
    refused: tuple[RefusedFile, ...] = ()


def publish(
    index_folder: Path, sources: Sequence[Source], embedder: Embedder | None, refused: Sequence[RefusedFile] = ()
) -> Corpus:
    """The corpus as published; on any failure nothing that was published changes."""
    edition = _Edition(tuple(sources), tuple(refused))
    index_folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index_folder / ".lock", timeout=_LOCK_WAIT_SECONDS):
            return _publish_locked(index_folder, edition, embedder)
    except Timeout as error:
        raise PublishFailed("另一个 ingest build 正在写入索引。请等它结束后再试。") from error
    except (VectorsDamaged, KeywordsDamaged, CorpusNotBuilt, OSError) as error:
        raise PublishFailed(f"新索引没有写成（{error}），没有发布。请检查磁盘和权限后重试。") from error


def _publish_locked(index_folder: Path, edition: _Edition, embedder: Embedder | None) -> Corpus:
    for left_over in index_folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    stamp = datetime.now(UTC)
    draft = index_folder / f"{_DRAFT}{stamp:%Y%m%dT%H%M%S%f}"
    draft.mkdir()
    try:
        manifest = _write_version(VersionFiles(draft), edition, embedder, stamp.isoformat(timespec="seconds"))
        _check_version(draft, embedder, manifest)
        final = index_folder / f"{stamp:%Y%m%dT%H%M%S%f}-{manifest.identity}"
        draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    switch_version(index_folder, final.name)
    for old in list_versions(index_folder)[:-_KEEP_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
    return open_version(final, embedder)


def _write_version(files: VersionFiles, edition: _Edition, embedder: Embedder | None, built_at: str) -> Manifest:
    sources = edition.sources
    notices = [s.notice for s in sources]
    texts = {s.notice.id: s.text for s in sources}
    passages = make_passages(notices)
    own_words = _own_words(notices)
    cutter = WordCutter(own_words)
    terms = find_terms(notices, cutter)
    write_notices(files.notices, notices)
    write_json(files.texts, texts)
    write_json(files.terms, terms)
    write_json(files.words, list(own_words))
    readings = make_readings(Lexicon(notices, departments_of(notices), terms).names)
    write_json(files.readings, {"characters": readings.characters, "names": readings.names})
    write_json(files.passages, [asdict(p) for p in passages])
    write_keywords(files.keywords, [cutter.search_words(p.text) for p in passages])
    notice_ids = number_rows(passages).notice_ids
    write_keywords(files.notice_keywords, [cutter.search_words(texts[i]) for i in notice_ids])
    vectors = _store_vectors(files, passages, embedder) if embedder else None
    manifest = Manifest(
        identity=compute_identity(passages, texts, vectors, notices),
        embedder=embedder.identity if embedder else "",
        sources={name: digest for s in sources for name, digest in s.hashes().items()},
        passages=len(passages),
        built_at=built_at,
        reader=hash_reader(),
        refused=edition.refused,
        files=hash_files(files.folder),
    )
    write_manifest(files.manifest, manifest)
    return manifest


@cache
def hash_reader() -> str:
    """Names the code and tables that turn files into an index; when they change, an index is out of date."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parents[1], Path(corpus.__file__).parent):
        for file in sorted((*folder.rglob("*.py"), *(folder / "data").glob("*"))):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _store_vectors(files: VersionFiles, passages: Sequence[Passage], embedder: Embedder) -> Vector:
    """The vectors as Chroma keeps them, which is what the version's identity is made of."""
    vectors = embed_new(passages, files.folder.parent, embedder)
    write_vectors(files.vectors, passages, vectors)
    # Chroma stores them rescaled by a last bit; the next build takes these over.
    np.save(files.embedded, vectors)
    return VectorIndex(files.vectors).read([p.id for p in passages])


def _own_words(notices: Sequence[Notice]) -> tuple[str, ...]:
    """Departments and quoted names, so that jieba keeps them whole."""
    quoted = (t.text for n in notices for p in n.provisions() for t in p.terms if 2 <= len(t.text) <= 10)
    printed = (d for n in notices for m in n.measures() for d in m.departments)
    return tuple(sorted({*load_departments().names(), *printed, *(q for q in quoted if q.isalnum())}))


def _check_version(folder: Path, embedder: Embedder | None, manifest: Manifest) -> None:
    """Opens the draft as a reader would, counts, and asks canary questions whose answers are known."""
    corpus = open_version(folder, embedder)
    vectors = corpus.vectors.read([p.id for p in corpus.passages]) if corpus.vectors else None
    if compute_identity(corpus.passages, corpus.texts, vectors, corpus.catalogue.notices) != manifest.identity:
        raise PublishFailed("新索引与清单不一致，没有发布。请重试；若再次出现，请检查磁盘。")
    missed = [p.id for p in _canaries(corpus.passages) if not _finds(corpus, p)]
    if missed:
        raise PublishFailed(f"新索引找不到自己的条款（{'、'.join(missed[:3])}），没有发布。请重试。")


def _canaries(passages: Sequence[Passage]) -> Sequence[Passage]:
    step = max(1, len(passages) // _MOST_CANARIES)
    return passages[::step]


def _finds(corpus: Corpus, passage: Passage) -> bool:
    same = {p.id for p in corpus.passages if p.text == passage.text}
    scores = corpus.keywords.score(corpus.cutter.search_words(passage.text))
    own = scores[corpus.rows.of_passage[passage.id]]
    if own <= 0 or own < _CANARY_SHARE_OF_BEST * scores.max():
        return False
    if corpus.vectors is None or corpus.embedder is None:
        return True
    vector = corpus.embedder.embed_passages([passage.text])[0]
    return bool({n.id for n in corpus.vectors.nearest(vector, _CANARY_RANK)} & same)
