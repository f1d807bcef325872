"""What two people noted of the shipped notice and three others, against what is read of them now."""

import json

import pytest

from evals.__main__ import main


def test_structure_and_facts_are_read_as_people_noted_them(capsys: pytest.CaptureFixture[str]) -> None:
    main(["facts", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["failures"] == []
    assert set(found["notices"]) == {"lkz-2025-128", "gf-2019-3", "gf-2018-39", "table"}
    # A field of a handful of notes swings by tens of per cent; structure and mean do not.
    assert [bar for bar in found["below"] if bar.startswith(("结构", "各项事实平均"))] == []
