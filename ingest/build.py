"""The path of a document: load, parse, facts, publish; one bad file never stops the others."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.embedding.embed import Embedder
from corpus.notice import Notice
from corpus.store import Corpus
from corpus.version import CorpusNotBuilt, Manifest, RefusedFile, current_version, read_manifest
from ingest.facts.add import add_facts
from ingest.facts.validity import link_validity
from ingest.load import UnreadableFile, load_text
from ingest.parsing.parse import UnknownStructure, parse_view
from ingest.parsing.view import view_text
from ingest.publishing.publish import Source, hash_reader, publish

_log = logging.getLogger(__name__)

_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a notice, and why."""

    path: Path
    reason: str

    def as_refused(self) -> RefusedFile:
        return RefusedFile(self.path.name, hash_file(self.path), self.reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the files: sources to publish and failures to report."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """The outcome of a build; `corpus` is None where nothing was published."""

    reading: Reading
    corpus: Corpus | None


def read_notice(path: Path) -> Source:
    """One file, parsed with its facts."""
    text = load_text(path)
    view = view_text(text)
    notice: Notice = add_facts(parse_view(view, path.stem), view)
    return Source(notice, text, path.name, hash_file(path))


def hash_file(path: Path) -> str:
    """Of what it holds; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The notices among files and folders, sorted by name."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return tuple(found)


def read_notices(paths: Sequence[Path]) -> Reading:
    sources: dict[str, Source] = {}
    failures: list[Failure] = []
    for path in paths:
        try:
            source = read_notice(path)
        except (UnreadableFile, UnknownStructure) as error:
            failures.append(Failure(path, str(error)))
            continue
        except Exception as error:  # a fault of ours; the other notices must not suffer for it
            _log.exception("%s", path)
            failures.append(Failure(path, f"{path}：程序没能读懂（{type(error).__name__}）。请把文件交给维护者。"))
            continue
        if source.notice.id in sources:
            twin = sources[source.notice.id].file_name
            failures.append(Failure(path, f"与 {twin} 是同一份通知（{source.notice.id}）。请只保留一份。"))
            continue
        sources[source.notice.id] = source
    linked = link_validity([source.notice for source in sources.values()])
    return Reading(tuple(map(_with_notice, sources.values(), linked)), tuple(failures))


def _with_notice(source: Source, notice: Notice) -> Source:
    return replace(source, notice=notice)


def build(paths: Sequence[Path], index_folder: Path, embedder: Embedder | None) -> Build:
    """Publishes every readable notice; failures are reported, never published."""
    reading = read_notices(find_files(paths))
    if not reading.sources:
        return Build(reading, None)
    refused = [failure.as_refused() for failure in reading.failures]
    return Build(reading, publish(index_folder, reading.sources, embedder, refused))


def find_current(paths: Sequence[Path], index_folder: Path, embedder: Embedder | None) -> Manifest | None:
    """The published version, if it was built from exactly these files, with this embedder, by this reader."""
    try:
        manifest = read_manifest(current_version(index_folder))
    except CorpusNotBuilt:
        return None
    files = {p.name: hash_file(p) for p in find_files(paths)}
    seen = {**manifest.sources, **{file.name: file.digest for file in manifest.refused}}
    made_by = (manifest.reader, manifest.embedder)
    return manifest if files == seen and made_by == (hash_reader(), embedder.identity if embedder else "") else None
