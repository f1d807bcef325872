"""The figures of the benchmarks are put beside their bars, and a process that fails is told with its last words."""

import json
import os
from io import StringIO

import pytest
from rich.console import Console

from evals import __main__ as main_module
from evals.bench import command
from evals.bench.measurement import Measurement, print_measurements
from evals.bench.service import ProcessFailed, Service, serve, time_command
from evals.corpora import Library

MEASURED = (
    Measurement("甲", "n5", 0.1234, most=0.5),
    Measurement("乙", "MB", 410.26, most=400.0),
    Measurement("丙", "倍", 1.5, least=1.2),
    Measurement("丁", "毫秒", 12.0),
    Measurement("戊", "秒", None, most=3.0, failure="没有起来 [1]"),
)


def test_measurements_are_shown_beside_their_bars() -> None:
    printed = StringIO()
    print_measurements(Console(width=100, file=printed), MEASURED)
    lines = [line.split() for line in printed.getvalue().splitlines()]
    assert [line for line in lines if line and line[0] in "甲乙丙丁戊"] == [
        ["甲", "0.123", "n5", "≤", "0.500", "n5", "通过"],
        ["乙", "410.3", "MB", "≤", "400.0", "MB", "不达标"],
        ["丙", "1.500", "倍", "≥", "1.200", "倍", "通过"],
        ["丁", "12.0", "毫秒"],
        ["戊", "–", "≤", "3.000", "秒", "没有量到"],
    ]
    assert ["戊：没有起来", "[1]"] in lines


@pytest.mark.parametrize(("measured", "code"), [(MEASURED[:1], 0), (MEASURED[2:4], 0), (MEASURED, 1)])
def test_the_command_ends_with_one_above_a_bar(
    measured: tuple[Measurement, ...],
    code: int,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr(command, "Library", lambda: library)
    monkeypatch.setattr(command, "measure", lambda *_: measured)
    assert main_module.main(["bench", "--json"]) == code
    printed = json.loads(capsys.readouterr().out)
    assert printed["questions"] == 60
    assert {row["name"]: row["ok"] for row in printed["measurements"]} == {m.name: m.is_ok for m in measured}


def test_a_command_is_timed_or_tells_its_last_words() -> None:
    assert time_command("-c", "sum(range(5_000_000))") > 0
    with pytest.raises(ProcessFailed, match=r"(?s)以 1 结束.*ZeroDivisionError"):
        time_command("-c", "1 / 0")


def test_a_service_that_does_not_start_tells_why() -> None:
    with pytest.raises(ProcessFailed, match=r"以 1 结束.*no_such_module"), serve("evals.no_such_module"):
        pass


def test_what_a_process_uses() -> None:
    here = Service(os.getpid(), 9)
    assert here.resident_megabytes > 10 and here.processor_seconds > 0
