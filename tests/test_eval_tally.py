"""What a report counts, and where charts place it."""

from pathlib import Path

import pytest

from evals import charts, tally
from evals.charts import Axis
from evals.history import read_history
from evals.score import Score
from evals.stored import read_run
from evals.tally import Cell, Share
from ingest.publish import Source
from tests.eval_runs import DAY, make_outcomes, write_run


def test_kinds_worst_first(seed: Source) -> None:
    rows = tally.share_by_kind(make_outcomes(seed))
    assert [(row.kind, row.share) for row in rows] == [
        ("lists", Share(0, 1)),
        ("near_miss", Share(0, 1)),
        ("自定", Share(0, 1)),
        ("sums", Share(1, 3)),
    ]


def test_heat_tells_what_does_not_apply_from_zero(seed: Source) -> None:
    outcomes = make_outcomes(seed)
    heat = tally.make_heat(outcomes)
    assert heat.scores[:3] == ("strictly_right", "status_right", "facts_recalled")
    assert "length" not in heat.scores
    cells = {row.kind: dict(zip(heat.scores, row.cells, strict=True)) for row in heat.rows}
    assert cells["lists"]["status_right"] == Cell(0.0, 1)
    assert cells["自定"]["status_right"] == Cell(None, 0)
    assert cells["sums"]["facts_recalled"] == Cell(pytest.approx(1.0 / 3), 3)
    assert (heat.overall.cases, heat.overall.cells[0]) == (6, Cell(pytest.approx(1 / 6), 6))


def test_unknown_score_gets_a_column(seed: Source) -> None:
    one = make_outcomes(seed)[0]
    changed = type(one)(one.case, one.answer, (*one.scores, Score("new_score", 0.5)), one.milliseconds)
    assert tally.make_heat([changed]).scores[-1] == "new_score"


def test_statuses_by_what_can_be_answered(seed: Source) -> None:
    counts = tally.count_statuses(make_outcomes(seed))
    assert dict(counts[True]) == {("answered", True): 3, ("out_of_scope", False): 1, (None, True): 1}
    assert dict(counts[False]) == {("answered", False): 1}


def test_groups_and_latency(seed: Source) -> None:
    outcomes = make_outcomes(seed)
    assert [(g.name, g.share) for g in tally.find_groups(outcomes)] == [("g1", Share(1, 2))]
    latency = tally.measure_latency(outcomes, [{"verify": 1.0, "total": 9.0}, {"verify": 3.0}])
    assert latency is not None
    assert (latency.median, latency.steps) == (42.0, (("verify", 2.0),))
    assert tally.measure_latency(outcomes[-1:], []) is None


@pytest.mark.parametrize(
    ("axis", "value", "place"),
    [(Axis(0.8, 1.0), 0.9, 50.0), (Axis(0.8, 1.0), 0.5, 0.0), (Axis(0.0, 1.0, 200, 100), 0.25, 175.0)],
)
def test_place_on_an_axis(axis: Axis, value: float, place: float) -> None:
    assert axis.place(value) == place


def test_axes_hold_every_value() -> None:
    assert charts.share_axis([Share(6, 10), Share(0, 1)]) == Axis(0.0, 1.0)
    assert charts.share_axis([Share(990, 1000)]) == Axis(0.8, 1.0)
    assert charts.fault_axis([Share(0, 100)]) == Axis(0.0, 0.1)
    assert charts.share_axis([Share(99, 100)]).ticks == (0.8, 0.85, 0.9, 0.95, 1.0)


def test_bins_of_a_histogram() -> None:
    columns = charts.draw_histogram([1.0, 30.0, 30.0, 9000.0])
    assert [(c.label, c.count) for c in columns if c.count] == [("0–2", 1), ("20–50", 2), ("5000 以上", 1)]
    assert (columns[0].x, columns[-1].x + columns[-1].width) == (charts.LEFT, pytest.approx(charts.RIGHT, abs=0.1))


def test_plane_places_right_and_wrong() -> None:
    kind = tally.KindShare("meanings", Share(9, 10))
    plane = charts.draw_plane((Share(99, 100), Share(0, 100)), [kind], [tally.KindShare("meanings", Share(1, 10))])
    assert plane.overall.x == charts.LEFT
    assert plane.overall.y < plane.kinds[0].y
    assert [dot.kind for dot in plane.kinds] == ["meanings"]


def test_history_counts_the_same_cases(tmp_path: Path, seed: Source) -> None:
    outcomes = make_outcomes(seed)
    write_run(tmp_path, outcomes[:3], "old", DAY.replace(day=20))
    write_run(tmp_path, outcomes[:1], "few", DAY.replace(day=19))
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    history = read_history(read_run(write_run(tmp_path, outcomes)))
    assert [(p.commit, p.share, p.is_this) for p in history.points] == [
        ("old", Share(1, 3), False),
        ("abc1234", Share(1, 6), True),
    ]
    assert history.unread == ("other.json",)
