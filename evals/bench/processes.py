"""Times and weighs the product as processes of its own: first answer, index from nothing, a service under load."""

import http.client
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock

from evals.bench.service import ANSWER_SECONDS, LONGEST_SECONDS, ROOT, ProcessFailed, read_resident_megabytes, serve

_CLIENTS = 8
_ROUNDS = 5
_SECONDS_A_ROUND = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """Answers a second in each round of the service, embeddings a second of the bare one; megabytes at the end."""

    answers: tuple[float, ...]
    embeddings: tuple[float, ...]
    clients: int
    asked: int
    megabytes: float


def time_first_answer(question: str) -> float:
    """Processor seconds from the start of a process to its first answer."""
    return _time_command(["-m", "assistant", "ask", question, "--json"], {})


def time_index_from_nothing() -> float:
    """Processor seconds to build the index of the shipped notices, and all that it needs, in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="policy-index-") as folder:
        return _time_command(["-m", "ingest", "build", "--json"], {"POLICY_INDEX_FOLDER": folder})


def _time_command(arguments: list[str], settings: Mapping[str, str]) -> float:
    before = _children_seconds()
    try:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise ProcessFailed(
            f"python {' '.join(arguments)} 以 {error.returncode} 结束：{error.stderr[-300:]}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ProcessFailed(f"python {' '.join(arguments)} 超过 {LONGEST_SECONDS:.0f} 秒") from error
    return _children_seconds() - before


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure_load(questions: Sequence[str]) -> Load:
    """The service and the bare one in turn, round by round, each asked by clients that wait for every answer."""
    with ExitStack() as stack:
        ours = stack.enter_context(serve(["-m", "ui"]))
        bare = stack.enter_context(serve(["-m", "evals.bench.bare_service"], port_as_argument=True))
        clients = Clients(questions)
        answers: list[float] = []
        embeddings: list[float] = []
        for _ in range(_ROUNDS):
            answers.append(clients.count_a_second(ours.port))
            embeddings.append(clients.count_a_second(bare.port))
        asked = clients.count_asked(ours.port)
        return Load(tuple(answers), tuple(embeddings), _CLIENTS, asked, read_resident_megabytes(ours.pid))


class Clients:
    """Programs that ask different questions side by side, each on a connection of its own."""

    def __init__(self, questions: Sequence[str]) -> None:
        # A running number makes every question new, so that nothing can be remembered.
        numbered = zip(itertools.count(), itertools.cycle(questions), strict=False)
        self._questions = (f"{question}（{number}）" for number, question in numbered)
        self._lock = Lock()
        self._asked: dict[int, int] = {}

    def count_a_second(self, port: int) -> float:
        began = time.monotonic()
        asked = self._ask(port, began + _SECONDS_A_ROUND)
        return asked / (time.monotonic() - began)

    def count_asked(self, port: int) -> int:
        """How many the service on this port has answered."""
        return self._asked[port]

    def _ask(self, port: int, until: float) -> int:
        with ThreadPoolExecutor(_CLIENTS) as threads:
            asked = sum(threads.map(lambda _: self._ask_alone(port, until), range(_CLIENTS)))
        self._asked[port] = self._asked.get(port, 0) + asked
        return asked

    def _ask_alone(self, port: int, until: float) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        asked = 0
        try:
            while time.monotonic() < until:
                with self._lock:
                    body = json.dumps({"question": next(self._questions)})
                connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                content = response.read()
                if response.status != http.client.OK:
                    raise ProcessFailed(f"服务回答 {response.status}：{content[:200]!r}")
                asked += 1
        except (OSError, http.client.HTTPException) as error:
            raise ProcessFailed(f"服务没有回答（{error}）") from error
        finally:
            connection.close()
        return asked
