"""The path of a document: load, parse, facts, publish; one bad file never stops the others."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.embedding.embed import Embedder
from corpus.notice import Notice
from corpus.store import Corpus
from corpus.version import CorpusNotBuilt, Manifest, RefusedFile, current_version, read_whole_manifest
from ingest.facts.add import add_facts
from ingest.identity import Claim, Twin, tell_apart
from ingest.load import UnreadableFile, load_text
from ingest.parsing.parse import UnknownStructure, parse_view
from ingest.parsing.view import view_text
from ingest.publishing.publish import Source, hash_reader, publish

_log = logging.getLogger(__name__)

_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a notice, and why; `name` is that of the file among the others."""

    path: Path
    reason: str
    name: str = ""

    def as_refused(self) -> RefusedFile:
        return RefusedFile(self.name or self.path.name, hash_file(self.path), self.reason)


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
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return tuple(found)


def name_files(paths: Sequence[Path]) -> dict[Path, str]:
    """The shortest end of each path that no other has: its name, or its name with the folders around it."""
    names: dict[Path, str] = {}
    waiting, depth = list(dict.fromkeys(paths)), 1
    while waiting:
        ends = {p: "/".join(p.parts[-depth:]) for p in waiting}
        counts = Counter(ends.values())
        done = {p: end for p, end in ends.items() if counts[end] == 1 or depth >= len(p.parts)}
        names.update(done)
        waiting = [p for p in waiting if p not in done]
        depth += 1
    return {p: names[p] for p in paths}


def read_notices(paths: Sequence[Path]) -> Reading:
    """Every file as a notice with an id of its own, or the reason why there is none; in the order of the paths."""
    read: list[tuple[Path, Source]] = []
    failures: dict[Path, Failure] = {}
    names = name_files(paths)
    for path in names:
        try:
            read.append((path, replace(read_notice(path), file_name=names[path])))
        except (UnreadableFile, UnknownStructure) as error:
            failures[path] = Failure(path, str(error), names[path])
        except Exception as error:  # a fault of ours; the other notices must not suffer for it
            _log.exception("%s", path)
            reason = f"{path}：程序没能读懂（{type(error).__name__}）。请把文件交给维护者。"
            failures[path] = Failure(path, reason, names[path])
    sources: list[Source] = []
    told_apart = tell_apart([Claim(source.notice, source.text, source.file_name) for _, source in read])
    for (path, source), outcome in zip(read, told_apart, strict=True):
        if isinstance(outcome, Twin):
            failures[path] = Failure(path, outcome.reason, source.file_name)
        else:
            sources.append(replace(source, notice=outcome))
    return Reading(tuple(sources), tuple(failures[p] for p in names if p in failures))


def build(paths: Sequence[Path], index_folder: Path, embedder: Embedder | None) -> Build:
    """Publishes every readable notice; failures are reported, never published."""
    reading = read_notices(find_files(paths))
    if not reading.sources:
        return Build(reading, None)
    refused = [failure.as_refused() for failure in reading.failures]
    return Build(reading, publish(index_folder, reading.sources, embedder, refused))


def find_current(paths: Sequence[Path], index_folder: Path, embedder: Embedder | None) -> Manifest | None:
    """The published version, if it is whole and was built from exactly these files, with this embedder, by this reader."""
    try:
        manifest = read_whole_manifest(current_version(index_folder))
    except CorpusNotBuilt:
        return None
    files = {name: hash_file(p) for p, name in name_files(find_files(paths)).items()}
    seen = {**manifest.sources, **{file.name: file.digest for file in manifest.refused}}
    made_by = (manifest.reader, manifest.embedder)
    return manifest if files == seen and made_by == (hash_reader(), embedder.identity if embedder else "") else None
