"""A corpus of other people's documents: published by the product's own ingest, opened by its own assistant."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.narrow import choose_notices, narrow_query
from assistant.question import clean_question
from assistant.retrieve import Ranking, retrieve
from assistant.understand import Understander
from corpus.embed import Embedder
from corpus.store import open_version
from corpus.version import current_version
from evals.dataset import Document

_ROOT = Path(__file__).parent.parent
_LONGEST_BUILD_SECONDS = 3 * 3600.0
_PLAIN_NAME = re.compile(r"[a-z0-9-]+")


class BuildFailed(Exception):
    """`python -m ingest build` published nothing; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class PolicyLibrary:
    """The published documents; `docids` names the documents with the text of each notice."""

    assistant: Assistant
    understander: Understander
    docids: dict[str, tuple[str, ...]]
    refused: int

    def rank(self, question: str) -> Ranking:
        """The candidates that an answer would be made from."""
        corpus = self.assistant.corpus
        query = self.understander.understand(clean_question(question))
        chosen = choose_notices(query, (), corpus)
        return retrieve(narrow_query(query, chosen), corpus, chosen)

    def ask(self, question: str) -> Answer:
        return self.assistant.ask(question)

    @property
    def texts(self) -> dict[str, str]:
        return self.assistant.corpus.texts


def open_policy_library(documents: Sequence[Document], index_folder: Path, embedder: Embedder) -> PolicyLibrary:
    """Builds the index from the documents as files; a build embeds only what the folder's last one did not."""
    texts = {d.docid: _canonical(d.text) for d in documents}
    with tempfile.TemporaryDirectory(prefix="policy-documents-") as folder:
        for number, (docid, text) in enumerate(texts.items(), 1):
            name = docid if _PLAIN_NAME.fullmatch(docid) else str(number)
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        _build(Path(folder), index_folder)
    corpus = open_version(current_version(index_folder), embedder)
    named: dict[str, list[str]] = {}
    for docid, text in texts.items():
        named.setdefault(text, []).append(docid)
    docids = {notice_id: tuple(named.get(text, ())) for notice_id, text in corpus.texts.items()}
    reached = {d for group in docids.values() for d in group}
    return PolicyLibrary(Assistant(corpus), Understander(corpus), docids, len(texts.keys() - reached))


def _canonical(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _build(folder: Path, index_folder: Path) -> None:
    """Files that ingest refuses do not stop it; without any published version there is nothing to measure."""
    index_folder.mkdir(parents=True, exist_ok=True)
    before = _version(index_folder)
    process = subprocess.run(
        [sys.executable, "-m", "ingest", "build", "--json", str(folder)],
        cwd=_ROOT,
        env={**os.environ, "POLICY_INDEX_FOLDER": str(index_folder.resolve())},
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST_BUILD_SECONDS,
    )
    if _version(index_folder) in {None, before}:
        raise BuildFailed(f"python -m ingest build 没有发布索引：{process.stderr[-300:] or process.stdout[-300:]}")


def _version(index_folder: Path) -> str | None:
    pointer = index_folder / "current"
    return pointer.read_text(encoding="utf-8") if pointer.is_file() else None
