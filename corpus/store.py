"""Opens the published version: notices, texts, catalogue, lexicon, words, keywords, vectors."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.embedding.embed import Embedder, EmbeddingFailed, EndpointEmbedder, open_local_embedder
from corpus.language.departments import DepartmentTable, load_departments
from corpus.language.readings import Readings
from corpus.language.words import WordCutter
from corpus.lexicon import Lexicon
from corpus.notice import Notice
from corpus.search.keywords import KeywordIndex, KeywordsDamaged
from corpus.search.rows import Rows, number_rows
from corpus.search.vectors import Passage, VectorIndex, VectorsDamaged
from corpus.settings import CorpusSettings
from corpus.version import (
    PASSAGES,
    READINGS,
    REBUILD,
    TERMS,
    TEXTS,
    WORDS,
    CorpusNotBuilt,
    VersionFiles,
    check_files,
    current_version,
    read_as,
    read_manifest,
    read_notices,
)

_log = logging.getLogger(__name__)


class CorpusMismatch(Exception):
    """The index was built with another embedder; the message gives the command that rebuilds it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that answers are made from; `embedder` and `vectors` are None in words-only operation.

    `keywords` ranks the passages in their order, `notice_keywords` whole notices in the order of `rows.notice_ids`;
    `built_at` is in ISO 8601, "" where that is not known.
    """

    version: str
    texts: dict[str, str]
    catalogue: Catalogue
    departments: DepartmentTable
    lexicon: Lexicon
    readings: Readings
    cutter: WordCutter
    passages: tuple[Passage, ...]
    rows: Rows
    keywords: KeywordIndex
    notice_keywords: KeywordIndex
    vectors: VectorIndex | None
    embedder: Embedder | None
    built_at: str = ""


def make_embedder(settings: CorpusSettings) -> Embedder:
    if settings.embedding_url:
        key = settings.embedding_key.get_secret_value()
        return EndpointEmbedder(settings.embedding_url, settings.embedding_model, key)
    return open_local_embedder()


def open_corpus(settings: CorpusSettings) -> Corpus:
    """The current version; without a working embedder it opens for words only."""
    return open_version(current_version(settings.index_folder), _try_embedder(settings))


def open_version(folder: Path, embedder: Embedder | None) -> Corpus:
    files = VersionFiles(folder)
    manifest = read_manifest(folder)
    if embedder is not None and manifest.embedder and embedder.identity != manifest.embedder:
        raise CorpusMismatch(f"索引由 {manifest.embedder} 建立，当前设置是 {embedder.identity}。{REBUILD}")
    has_vectors = embedder is not None and bool(manifest.embedder)
    check_files(folder, manifest, has_vectors)
    notices = read_notices(files.notices)
    passages = read_as(files.passages, PASSAGES)
    try:
        keywords, notice_keywords = KeywordIndex(files.keywords), KeywordIndex(files.notice_keywords)
        vectors = VectorIndex(files.vectors) if has_vectors else None
    except (KeywordsDamaged, VectorsDamaged) as error:
        raise CorpusNotBuilt(str(error)) from error
    rows = number_rows(passages)
    counts = {keywords.count, *([vectors.count] if vectors is not None else [])}
    if counts != {len(passages)} or notice_keywords.count != len(rows.notice_ids):
        raise CorpusNotBuilt(f"索引 {folder.name} 不完整。{REBUILD}")
    departments = departments_of(notices)
    terms, words = read_as(files.terms, TERMS), read_as(files.words, WORDS)
    return Corpus(
        version=manifest.identity,
        texts=read_as(files.texts, TEXTS),
        catalogue=Catalogue(notices),
        departments=departments,
        lexicon=Lexicon(notices, departments, terms),
        readings=read_as(files.readings, READINGS),
        cutter=WordCutter(words),
        passages=passages,
        rows=rows,
        keywords=keywords,
        notice_keywords=notice_keywords,
        vectors=vectors,
        embedder=embedder if vectors is not None else None,
        built_at=manifest.built_at,
    )


def departments_of(notices: Sequence[Notice]) -> DepartmentTable:
    """The table of departments with those that the notices print."""
    return load_departments().with_printed(d for n in notices for m in n.measures() for d in m.departments)


def _try_embedder(settings: CorpusSettings) -> Embedder | None:
    try:
        return make_embedder(settings)
    except EmbeddingFailed as error:
        _log.warning("向量模型不可用，只按关键词检索：%s", error)
        return None
