"""Times and weighs the product as processes of its own: first answer, index from nothing, memory of the service."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from evals.entry import EntryFailed, HttpEntry

_ROOT = Path(__file__).parent.parent
_LONGEST_SECONDS = 180.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.2


class ProcessFailed(Exception):
    """A command of the product failed or took too long; the message holds its last words."""


def time_first_answer(question: str) -> float:
    """Seconds from the start of a process to its first answer."""
    return _time_command(["-m", "assistant", "ask", question, "--json"], {})


def time_index_from_nothing() -> float:
    """Seconds to build the index of the shipped notices in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="policy-index-") as folder:
        return _time_command(["-m", "ingest", "build", "--json"], {"POLICY_INDEX_FOLDER": folder})


def _time_command(arguments: list[str], settings: Mapping[str, str]) -> float:
    began = time.perf_counter()
    try:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=_ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
            timeout=_LONGEST_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise ProcessFailed(
            f"python {' '.join(arguments)} 以 {error.returncode} 结束：{error.stderr[-300:]}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ProcessFailed(f"python {' '.join(arguments)} 超过 {_LONGEST_SECONDS:.0f} 秒") from error
    return time.perf_counter() - began


def weigh_service(question: str) -> float:
    """Resident megabytes of a serving process after one answer."""
    port = _find_free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui"],
            cwd=_ROOT,
            env={**os.environ, "POLICY_HOST": "127.0.0.1", "POLICY_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(process, HttpEntry(url))
            HttpEntry(url).ask(question, ())
            return read_resident_megabytes(process.pid)
        except (EntryFailed, ProcessFailed) as error:
            output.seek(0)
            last_words = output.read().decode("utf-8", "replace")[-300:]
            raise ProcessFailed(f"{error} {last_words}".strip()) from error
        finally:
            _stop(process)


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], entry: HttpEntry) -> None:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ProcessFailed(f"python -m ui 以 {process.returncode} 结束")
        try:
            entry.read_texts()
            return
        except EntryFailed:
            time.sleep(_POLL_SECONDS)
    raise ProcessFailed(f"python -m ui 在 {_LONGEST_SECONDS:.0f} 秒内没有就绪")


def read_resident_megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise ProcessFailed(f"读不到 /proc/{pid}/status，这个系统上量不出内存") from error
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return kilobytes / 1024


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_STOP_SECONDS)
