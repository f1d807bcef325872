"""Places figures on the drawing area of a chart; the template draws them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from evals.intervals import Interval
from evals.tally import THIN, KindShare, Share

WIDTH, HEIGHT = 400, 240
LEFT, RIGHT, TOP, BOTTOM = 50.0, 386.0, 18.0, 196.0
_STEP = 0.05
_ENOUGH = 10
_EDGES = (0.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values between `low` and `high`, drawn from `start` to `end`."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def place(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return round(self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start), 2)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round values, at most six."""
        step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if (self.high - self.low) / s <= 5.001)
        first = ceil(self.low / step - 1e-9)
        last = floor(self.high / step + 1e-9)
        return tuple(round(n * step, 4) for n in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval with its value, and the bar of the gate where there is one, as places on an axis."""

    low: float
    value: float
    high: float
    gate: float | None = None


def share_axis(shares: Sequence[Share]) -> Axis:
    """From a round value below every value, and the interval of every large enough kind, to 100 %."""
    lowest = min((s.interval.low for s in shares if s.of >= _ENOUGH), default=0.0)
    lowest = min([lowest, *(s.value or 0.0 for s in shares)])
    return Axis(min(0.8, floor(lowest / 0.1 + 1e-9) * 0.1), 1.0)


def fault_axis(shares: Sequence[Share]) -> Axis:
    """From 0 to a round value above every value, and the interval of every large enough kind."""
    highest = max((s.interval.high for s in shares if s.of >= _ENOUGH), default=1.0)
    highest = max([highest, *(s.value or 0.0 for s in shares)])
    return Axis(0.0, min(1.0, max(0.1, ceil(highest / 0.1 - 1e-9) * 0.1)))


def draw_bar(share: Share, axis: Axis, gate: float | None = None) -> Bar:
    interval, value = share.interval, share.value or 0.0
    return Bar(
        axis.place(interval.low),
        axis.place(value),
        axis.place(interval.high),
        None if gate is None else axis.place(gate),
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with its whiskers in drawing units; those of kinds have none."""

    x: float
    y: float
    kind: str = ""
    wide: Interval | None = None
    tall: Interval | None = None


@dataclass(frozen=True, slots=True)
class Plane:
    """The refusal trade-off: across what was wrongly refused, upwards what was rightly recognised."""

    across: Axis
    upwards: Axis
    overall: Dot
    kinds: tuple[Dot, ...]

    def corner(self, recognised: float, refused: float) -> Dot:
        """Of the area above the one bar and left of the other."""
        return Dot(self.across.place(refused), self.upwards.place(recognised))


def draw_plane(overall: tuple[Share, Share], recognised: Sequence[KindShare], refused: Sequence[KindShare]) -> Plane:
    """`overall` is recognised and wrongly refused; kinds appear that hold enough of both sorts of question."""
    refused_by_kind = {one.kind: one.share.value or 0.0 for one in refused if one.share.of >= THIN}
    enough = [k for k in recognised if k.kind in refused_by_kind and k.share.of >= THIN]
    both = [(k.kind, refused_by_kind[k.kind], k.share.value or 0.0) for k in enough]
    right, wrong = overall
    most = max([wrong.interval.high, *(x for _, x, _ in both)])
    least = min([right.interval.low, *(y for _, _, y in both)])
    across = Axis(0.0, max(_STEP, ceil(most / _STEP - 1e-9) * _STEP), LEFT, RIGHT)
    upwards = Axis(max(0.0, floor(min(least, 0.9) / _STEP + 1e-9) * _STEP), 1.0, BOTTOM, TOP)
    centre = Dot(
        x=across.place(wrong.value or 0.0),
        y=upwards.place(right.value or 0.0),
        wide=Interval(across.place(wrong.interval.low), across.place(wrong.interval.high)),
        tall=Interval(upwards.place(right.interval.low), upwards.place(right.interval.high)),
    )
    return Plane(across, upwards, centre, tuple(Dot(across.place(x), upwards.place(y), kind) for kind, x, y in both))


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a histogram: its place, the values it holds in words, and the value at its left edge."""

    x: float
    top: float
    width: float
    count: int
    label: str
    edge: str


def draw_histogram(values: Sequence[float]) -> tuple[Column, ...]:
    """Milliseconds in bins that widen; bins without cases at both ends are left out."""
    counts = [0] * len(_EDGES)
    for value in values:
        counts[bisect_right(_EDGES, max(value, 0.0)) - 1] += 1
    used = [n for n, count in enumerate(counts) if count]
    shown = range(used[0], used[-1] + 1)
    width, most = (RIGHT - LEFT) / len(shown), max(counts)
    return tuple(
        Column(
            x=round(LEFT + place * width, 2),
            top=round(BOTTOM - counts[n] / most * (BOTTOM - TOP - 14), 2),
            width=round(width, 2),
            count=counts[n],
            label=_name_bin(n),
            edge=f"{_EDGES[n]:.0f}",
        )
        for place, n in enumerate(shown)
    )


def _name_bin(number: int) -> str:
    if number + 1 == len(_EDGES):
        return f"{_EDGES[number]:.0f} 以上"
    return f"{_EDGES[number]:.0f}–{_EDGES[number + 1]:.0f}"


@dataclass(frozen=True, slots=True)
class Trend:
    """Shares in the order of time."""

    upwards: Axis
    dots: tuple[Dot, ...]

    @property
    def line(self) -> str:
        """The points as an SVG polyline wants them."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def draw_trend(shares: Sequence[Share]) -> Trend:
    least = min(s.interval.low for s in shares)
    upwards = Axis(max(0.0, floor(min(least, 0.95) / _STEP + 1e-9) * _STEP), 1.0, BOTTOM, TOP)
    gap = (RIGHT - LEFT) / len(shares)
    return Trend(
        upwards,
        tuple(
            Dot(
                x=round(LEFT + (place + 0.5) * gap, 2),
                y=upwards.place(share.value or 0.0),
                tall=Interval(upwards.place(share.interval.low), upwards.place(share.interval.high)),
            )
            for place, share in enumerate(shares)
        ),
    )
