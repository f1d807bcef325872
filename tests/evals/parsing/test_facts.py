import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.parsing.facts import Annotation, gather_noted, gather_read
from evals.parsing.matching import Tally, compare, merge
from evals.parsing.reading import ReadNotice
from evals.parsing.words import compact
from tests.evals.parsing.conftest import TEXT, span

Change = Callable[[dict[str, Any]], object]


def tally(one: dict[str, Any], output: dict[str, Any], other: dict[str, Any] | None = None) -> dict[str, Tally]:
    text, notice = compact(TEXT), output["notices"][0]
    noted = [gather_noted(Annotation.model_validate(person), text) for person in (one, other) if person]
    wanted = merge(noted[0], noted[1] if other else None)
    return compare(wanted, gather_read(ReadNotice.model_validate(notice), text))


def figures(tallies: dict[str, Tally], name: str) -> tuple[int, int, int, int]:
    one = tallies[name]
    return one.right, one.given, one.found, one.demanded


def test_all_that_was_noted_is_found(noted: dict[str, Any], output: dict[str, Any]) -> None:
    tallies = tally(noted, output)
    assert {name: (t.missed, t.surplus) for name, t in tallies.items() if t.missed or t.surplus} == {}
    assert figures(tallies, "measure") == (2, 2, 2, 2)
    assert figures(tallies, "amount") == (2, 2, 2, 2)
    assert figures(tallies, "dates") == (1, 1, 1, 1)
    assert figures(tallies, "valid_until") == (1, 1, 1, 1)


def _kind(notice: dict[str, Any]) -> None:
    notice["tree"][2]["kind"] = "point"


def _role(notice: dict[str, Any]) -> None:
    notice["tree"][1]["responsibilities"][0]["role"] = "lead"


def _amount(notice: dict[str, Any]) -> None:
    notice["supports"][0]["amount"] = None


def _who(notice: dict[str, Any]) -> None:
    notice["supports"][0]["who"] = span("小微企业")


def _condition(notice: dict[str, Any]) -> None:
    notice["supports"][0]["condition"] = span("对农民合作社")


def _date(notice: dict[str, Any]) -> None:
    notice["values"][0].update(span("9月30日"))


def _again(notice: dict[str, Any]) -> None:
    notice["values"].append(notice["values"][0])


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        (_kind, "measure", (1, 1, 1, 2)),
        (_kind, "point", (0, 1, 0, 0)),
        (_role, "responsibilities", (0, 1, 0, 1)),
        (_amount, "amount", (1, 1, 1, 2)),
        (_amount, "support", (2, 2, 2, 2)),
        (_who, "who", (1, 2, 1, 2)),
        (_condition, "condition", (0, 1, 0, 0)),
        (_date, "dates", (0, 1, 0, 1)),
        (_again, "dates", (1, 1, 1, 1)),
    ],
)
def test_faults(
    noted: dict[str, Any], output: dict[str, Any], change: Change, name: str, expected: tuple[int, ...]
) -> None:
    change(output["notices"][0])
    assert figures(tally(noted, output), name) == expected


def test_what_only_one_person_noted_may_be_read_but_need_not(noted: dict[str, Any], output: dict[str, Any]) -> None:
    other = json.loads(json.dumps(noted))
    other["supports"].pop()
    other["supports"][0]["act"] = None
    other["responsibilities"][0]["role"] = "supporting"
    tallies = tally(noted, output, other)
    assert figures(tallies, "support") == (2, 2, 1, 1)
    assert figures(tallies, "act") == (1, 1, 0, 0)
    assert figures(tallies, "responsibilities") == (1, 1, 1, 1)
    output["notices"][0]["supports"] = []
    assert figures(tally(noted, output, other), "support") == (0, 0, 0, 1)


def test_command_prints_figures_and_differences(
    folders: Path, output: dict[str, Any], fake_reader: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    fake_reader(output)
    options = ["facts", "--annotations", str(folders / "one"), "--notices", str(folders / "notices")]
    assert main(options) == 0
    _amount(output["notices"][0])
    fake_reader(output)
    assert main([*options, "--verbose"]) == 1
    printed = capsys.readouterr().out
    assert "made amount 漏：每人500元 〔给予每人500元补贴〕" in printed
    assert "未达下限：amount召回率 50.0%，应不低于 85%" in printed
    assert main([*options, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert (shown["total"]["structure"]["f1"], shown["total"]["amount"]["recall"]) == (1, 0.5)


def test_command_compares_two_persons(
    folders: Path, output: dict[str, Any], fake_reader: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    other = json.loads((folders / "one/made.json").read_text(encoding="utf-8"))
    other["dates"] = []
    (folders / "two").mkdir()
    (folders / "two/made.json").write_text(json.dumps(other), encoding="utf-8")
    fake_reader(output)
    both = ["--annotations", str(folders / "one"), str(folders / "two")]
    assert main(["facts", *both, "--notices", str(folders / "notices"), "--disagreements"]) == 0
    assert "made dates 只有一：2024年9月30日前" in capsys.readouterr().out


def test_a_reader_that_says_nothing_is_named(
    folders: Path, fake_reader: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    fake_reader({"notices": [{"title": "没有文件名"}]})
    assert main(["facts", "--annotations", str(folders / "one"), "--notices", str(folders / "notices")]) == 2
    assert "读不懂" in capsys.readouterr().err
