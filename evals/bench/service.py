"""Runs the product as a process of its own on loopback, for as long as it is measured, and reads what it uses."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LONGEST_SECONDS = 180.0
ANSWER_SECONDS = 30.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.2


class ProcessFailed(Exception):
    """A command of the product failed or took too long; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running process that answers on this port of loopback."""

    pid: int
    port: int


@contextmanager
def serve(arguments: list[str], port_as_argument: bool = False) -> Iterator[Service]:
    """Raises ProcessFailed."""
    port = _find_free_port()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, *arguments, *([str(port)] if port_as_argument else [])],
            cwd=ROOT,
            env={**os.environ, "POLICY_HOST": "127.0.0.1", "POLICY_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(process, port)
            yield Service(process.pid, port)
        except ProcessFailed as error:
            output.seek(0)
            last_words = output.read().decode("utf-8", "replace")[-300:]
            raise ProcessFailed(f"{error} {last_words}".strip()) from error
        finally:
            _stop(process)


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ProcessFailed(f"服务以 {process.returncode} 结束")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(_POLL_SECONDS)
    raise ProcessFailed(f"服务在 {LONGEST_SECONDS:.0f} 秒内没有就绪")


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


def read_processor_seconds(pid: int) -> float:
    """User and system time of all its threads so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError as error:
        raise ProcessFailed(f"读不到 /proc/{pid}/stat，这个系统上量不出处理器时间") from error
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
