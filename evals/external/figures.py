"""What a part of a measurement on other people's data comes to, beside plain BM25 and the data's own figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ir_measures import iter_calc, parse_measure

from evals.statistics import Paired, mean, pair

HITS = {"R@1": "Success@1", "R@5": "Success@5", "R@10": "Success@10", "MRR@10": "RR@10"}
"""Where any right one will do: what people call the figure, and what the library calls it."""
RECALLS = {name: name for name in ("R@1", "R@5", "R@10", "R@100")} | {"MRR@10": "RR@10"}
"""Where all right ones are wanted."""
# Of plain BM25, from the description of the data.
_PUBLISHED = {
    "文件": {"R@1": 0.800, "MRR@10": 0.867},
    "段落": {"R@1": 0.682, "R@5": 0.865, "MRR@10": 0.763},
    "法条": {"R@10": 0.464, "R@100": 0.662, "MRR@10": 0.395},
}
_BARRED = frozenset({"文件 R@1", "段落 R@5"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or a mean; `plain` is that of BM25 over pairs of characters in the same run, `published` that
    which the data's own description gives for it; `bar` is the value to stay above."""

    name: str
    ours: float
    plain: float | None = None
    published: float | None = None
    bar: float | None = None

    @property
    def is_ok(self) -> bool:
        return self.bar is None or self.ours > self.bar


@dataclass(frozen=True, slots=True)
class Part:
    """`scope` says what was asked of what; of a sample, published figures and bars say nothing."""

    name: str
    scope: str
    is_sample: bool
    figures: Sequence[Figure]
    paired: Mapping[str, Paired]
    rows: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the product and plain BM25 found for one question, best first, and what is right, found or not."""

    ours: tuple[str, ...]
    plain: tuple[str, ...]
    right: tuple[str, ...]


def rate(rankings: Sequence[Ranked], measure: str) -> tuple[list[float], list[float]]:
    """The value of each ranking of the product, and of each of plain BM25, by a measure of ir-measures, as 'RR@10'."""
    right = {str(n): dict.fromkeys((*r.ours, *r.plain), 0) | dict.fromkeys(r.right, 1) for n, r in enumerate(rankings)}

    def rate_all(lists: Iterable[Sequence[str]]) -> list[float]:
        found = {str(n): {name: -float(place) for place, name in enumerate(names)} for n, names in enumerate(lists)}
        values = {metric.query_id: float(metric.value) for metric in iter_calc([parse_measure(measure)], right, found)}
        return [values[n] for n in right]

    return rate_all(r.ours for r in rankings), rate_all(r.plain for r in rankings)


def rank_figures(kind: str, rankings: Sequence[Ranked], measures: dict[str, str], is_sample: bool) -> list[Figure]:
    published = {} if is_sample else _PUBLISHED[kind]
    figures = []
    for short, measure in measures.items():
        ours, plain = rate(rankings, measure)
        name, value = f"{kind} {short}", published.get(short)
        figures.append(Figure(name, mean(ours), mean(plain), value, value if name in _BARRED else None))
    return figures


def compare_paired(rankings: Sequence[Ranked], measure: str) -> Paired:
    """The product with plain BM25, by a measure that is 0 or 1 for each question."""
    values = zip(*rate(rankings, measure), strict=True)
    return pair([(str(number), ours - plain) for number, (ours, plain) in enumerate(values)])
