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
from ingest.facts.validity import link_validity
from ingest.identity import Claim, tell_apart, with_id
from ingest.load import UnreadableFile, load_text
from ingest.notes import SUFFIX, find_notes, read_notes
from ingest.parsing.parse import UnknownStructure, parse_view
from ingest.parsing.view import view_text
from ingest.publishing.publish import Source, hash_reader, name_notes, publish

_log = logging.getLogger(__name__)

_SUFFIXES = (".txt", ".md")
_READ = (*_SUFFIXES, SUFFIX)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a notice, and why; `name` is that of the file among the others.

    `source` is what was read of it all the same, where another file holds the same notice.
    """

    path: Path
    reason: str
    name: str = ""
    source: Source | None = None

    def as_refused(self) -> RefusedFile:
        name = self.name or self.path.name
        return RefusedFile(name, hash_file(self.path), self.reason, _hash_notes(self.path))


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
    """One file, parsed with its facts and with what the operator says about it."""
    if path.suffix == SUFFIX:
        raise UnreadableFile(f"{path}：旁边没有同名的通知（.txt 或 .md）。请把文件名改成与通知相同。")
    text = load_text(path)
    view = view_text(text)
    notice: Notice = add_facts(parse_view(view, path.stem), view)
    if (beside := find_notes(path)) is not None:
        notes = read_notes(beside, text)
        notice = replace(with_id(notice, notes.id or notice.id), operator=notes)
    return Source(notice, text, path.name, hash_file(path), _hash_notes(path))


def hash_file(path: Path) -> str:
    """Of what it holds; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _hash_notes(notice: Path) -> str:
    """Of the file beside a notice; "" where there is none."""
    beside = find_notes(notice)
    return hash_file(beside) if beside is not None and beside != notice else ""


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The notices among files and folders, sorted by name; of the operator's files those that stand beside none."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in _READ) if path.is_dir() else [path]
        for file in inside:
            found.update(dict.fromkeys(_find_notices_beside(file) if file.suffix == SUFFIX else [file]))
    return tuple(found)


def _find_notices_beside(notes: Path) -> list[Path]:
    return [p for s in _SUFFIXES if (p := notes.with_suffix(s)).is_file()] or [notes]


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
    for (path, source), told in zip(read, told_apart, strict=True):
        named = replace(source, notice=told.notice, remark=told.remark)
        if told.is_twin:
            failures[path] = Failure(path, told.remark, source.file_name, named)
        else:
            sources.append(named)
    linked = link_validity([source.notice for source in sources])
    sources = [replace(source, notice=notice) for source, notice in zip(sources, linked, strict=True)]
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
    files: dict[str, str] = {}
    for path, name in name_files(find_files(paths)).items():
        files |= {name: hash_file(path), **name_notes(name, _hash_notes(path))}
    seen = dict(manifest.sources)
    for file in manifest.refused:
        seen |= {file.name: file.digest, **name_notes(file.name, file.notes_digest)}
    made_by = (manifest.reader, manifest.embedder)
    return manifest if files == seen and made_by == (hash_reader(), embedder.identity if embedder else "") else None
