"""Holds a summary against the bars of `gate.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.summary import Summary

GATE_FILE = Path(__file__).parent / "gate.toml"

Share = Annotated[float, Field(ge=0, le=1)]
Most = Annotated[float, Field(gt=0)]


class GateError(Exception):
    """The gate file cannot be read; the message names file and field."""


class _Bars(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Least(_Bars):
    """The least shares that a run must reach."""

    strictly_right: Share
    every_kind: Share
    citations_valid: Share
    catalogue_exact: Share
    figures_faithful: Share
    refusal_recall: Share


class Greatest(_Bars):
    """What a run must not exceed; `cpu_seconds` is processor time, which others on the machine do not lengthen."""

    over_refusal: Share
    flip_rate: Share
    cpu_seconds: Most


class BenchBars(_Bars):
    """What the benchmarks must not exceed, `answers_to_bare_service` and `polite_answered` what they must reach.

    n5 is one question through the own engine of the embedding package, in the same run.
    """

    question_in_n5: Most
    passage_share: Most
    answer_in_n5: Most
    answers_to_bare_service: Most
    seconds_to_first_answer: Most
    index_in_n5: Most
    megabytes: Most
    http_milliseconds: Most
    http_errors: Annotated[float, Field(ge=0)]
    seconds_to_normal: Most
    polite_answered: Share
    polite_seconds: Most
    first_event_milliseconds: Most
    start_megabytes: Most
    memory_drift: Share


class Gate(_Bars):
    at_least: Least
    at_most: Greatest
    bench: BenchBars


@dataclass(frozen=True, slots=True)
class _Bar:
    """`value` is None where the figure applies to no case, which falls below nothing."""

    name: str
    value: float | None
    bar: float
    is_upper: bool = False

    @property
    def is_kept(self) -> bool:
        return self.value is None or (self.value <= self.bar if self.is_upper else self.value >= self.bar)


def read_gate(path: Path = GATE_FILE) -> Gate:
    try:
        return Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{path} 读不出来：{error}") from error
    except ValidationError as error:
        fields = "、".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise GateError(f"{path} 的字段不对：{fields}。比例应在 0 和 1 之间，其余应大于 0。") from error


def find_fallen(summary: Summary, gate: Gate, cpu_seconds: float | None = None) -> tuple[str, ...]:
    """Every bar that is not kept, in words; `cpu_seconds` only of a run over all shipped cases."""
    fallen = [_describe(bar) for bar in (*_lower_bars(summary, gate), *_upper_bars(summary, gate)) if not bar.is_kept]
    if cpu_seconds is not None and cpu_seconds > gate.at_most.cpu_seconds:
        fallen.append(f"全部题目用处理器 {cpu_seconds:.0f} 秒，高于上限 {gate.at_most.cpu_seconds:.0f} 秒")
    return tuple(fallen)


def _lower_bars(summary: Summary, gate: Gate) -> Iterator[_Bar]:
    figures, least = summary.overall.figures, gate.at_least
    yield _Bar("严格正确率", figures["strictly_right"], least.strictly_right)
    for row in summary.kinds:
        yield _Bar(f"{row.kind} 的严格正确率", row.figures["strictly_right"], least.every_kind)
    yield _Bar("引文逐字有效率", figures["citations_valid"], least.citations_valid)
    yield _Bar("目录回答（名单、计数）全对率", figures["list_exact"], least.catalogue_exact)
    yield _Bar("金额与限定语属实率", figures["figures_faithful"], least.figures_faithful)
    yield _Bar("答不出的题认出率", figures["unanswerable_recognised"], least.refusal_recall)


def _upper_bars(summary: Summary, gate: Gate) -> Iterator[_Bar]:
    flip_rate = summary.robustness.flip_rate if summary.robustness else None
    yield _Bar("误拒率", summary.over_refusal, gate.at_most.over_refusal, is_upper=True)
    yield _Bar("换说法时对错不一的组", flip_rate, gate.at_most.flip_rate, is_upper=True)


def _describe(bar: _Bar) -> str:
    side = "高于上限" if bar.is_upper else "低于下限"
    return f"{bar.name} {bar.value:.2%} {side} {bar.bar:.2%}"
