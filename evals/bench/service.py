"""Runs commands and services of the product as processes of their own, and reads what they use."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

_ROOT = Path(__file__).parent.parent.parent
_LONGEST_SECONDS = 180.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.2


class ProcessFailed(Exception):
    """A command of the product failed or took too long; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running process that answers on this port of loopback."""

    pid: int
    port: int

    @property
    def resident_megabytes(self) -> float:
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20

    @property
    def processor_seconds(self) -> float:
        """User and system time of all its threads so far."""
        return float(sum(psutil.Process(self.pid).cpu_times()[:2]))

    def read_metric(self, name: str) -> float:
        """Raises ProcessFailed."""
        found = re.search(rf"^{re.escape(name)} (\S+)$", self._get("/metrics").text, re.MULTILINE)
        if found is None:
            raise ProcessFailed(f"/metrics 没有给出 {name}")
        return float(found[1])

    def is_ready(self) -> bool:
        try:
            return self._get("/readyz").is_success
        except httpx.TransportError:
            return False

    def _get(self, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=_STOP_SECONDS, trust_env=False)


def time_command(*arguments: str, **settings: str) -> float:
    """Processor seconds of a command and of all that it starts; raises ProcessFailed."""
    before = sum(os.times()[2:4])
    with _start(arguments, settings) as process:
        _wait(process, lambda: process.returncode == 0)
    return sum(os.times()[2:4]) - before


@contextmanager
def serve(module: str) -> Iterator[Service]:
    """Raises ProcessFailed."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    with _start(("-m", module), {"POLICY_HOST": "127.0.0.1", "POLICY_PORT": str(port)}) as process:
        service = Service(process.pid, port)
        _wait(process, service.is_ready)
        yield service


def _wait(process: subprocess.Popen[bytes], is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < deadline:
        code = process.poll()
        if is_done():
            return
        if code is not None:
            raise ProcessFailed(f"以 {code} 结束")
        time.sleep(_POLL_SECONDS)
    raise ProcessFailed(f"在 {_LONGEST_SECONDS:.0f} 秒内没有完成")


@contextmanager
def _start(arguments: tuple[str, ...], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of this Python, which ends with the context; what fails meanwhile is told with its last words."""
    command, environment = [sys.executable, *arguments], {**os.environ, **settings}
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield process
        except (ProcessFailed, psutil.Error, httpx.HTTPError) as error:
            output.seek(0)
            last_words = output.read().decode("utf-8", "replace")[-300:]
            reason = error if isinstance(error, ProcessFailed) else f"没有回答（{error}）"
            raise ProcessFailed(f"python {' '.join(arguments)} {reason} {last_words}".strip()) from error
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS)
            process.kill()
