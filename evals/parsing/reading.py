"""What the reader of notices says of files: its JSON, asked of it as a process."""

import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_ROOT = Path(__file__).parent.parent.parent


class ReaderFailed(Exception):
    """The reader printed nothing that can be read; the message holds what it said."""


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Passage(_Read):
    """Words with their place: code points of the canonical text."""

    text: str = ""
    start: int
    end: int


class ReadResponsibility(Passage):
    role: str
    departments: tuple[str, ...]


class ReadNode(_Read):
    kind: str
    label: str | None = None
    start: int
    responsibilities: tuple[ReadResponsibility, ...] = ()


class ReadSupport(Passage):
    who: Passage | None = None
    act: Passage | None = None
    condition: Passage | None = None
    amount: Passage | None = None
    paid: Passage | None = None
    payer: Passage | None = None


class ReadValue(Passage):
    """`of` is what a share is a share of."""

    kind: str
    of: str | Passage | None = None


class ReadReference(_Read):
    title: str
    number: str | None = None
    relation: str | None = None


class ReadValidity(_Read):
    """Dates, and the words that print them."""

    since: str | Passage | None = Field(None, alias="from")
    until: str | Passage | None = None
    begins: str | Passage | None = None
    ends: str | Passage | None = None


class ReadNotice(_Read):
    file: str
    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    validity: ReadValidity | None = None
    tree: tuple[ReadNode, ...] = ()
    supports: tuple[ReadSupport, ...] = ()
    values: tuple[ReadValue, ...] = ()
    references: tuple[ReadReference, ...] = ()
    actors: tuple[ReadResponsibility, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class ReadFailure(_Read):
    path: str
    reason: str


class _Output(_Read):
    notices: tuple[ReadNotice, ...]
    failures: tuple[ReadFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Notices by the stem of their file; `seconds` of CPU, with the start of the process."""

    notices: Mapping[str, ReadNotice]
    failures: tuple[ReadFailure, ...]
    seconds: float


def run_reader(files: Sequence[Path]) -> Reading:
    """One process for all files; a file that fails is named among the failures."""
    command = [sys.executable, "-m", "ingest", "check", "--json", *(str(path.resolve()) for path in files)]
    began = _used_by_children()
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=False)
    seconds = _used_by_children() - began
    try:
        output = _Output.model_validate_json(done.stdout)
    except ValidationError as error:
        said = done.stderr.strip()[-500:] or str(error)[:500]
        raise ReaderFailed(f"python -m ingest check --json 的输出读不懂：{said}") from None
    return Reading({Path(n.file).stem: n for n in output.notices}, output.failures, seconds)


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
