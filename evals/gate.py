"""Holds a summary against the bars of `gate.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.results import HELD, Run
from evals.summary import Summary, summarise

GATE_FILE = Path(__file__).parent / "gate.toml"

Share = Annotated[float, Field(ge=0, le=1)]
Most = Annotated[float, Field(gt=0)]


class GateError(Exception):
    """The gate file cannot be read; the message names file and field."""


class _Bars(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProductBars(_Bars):
    """What the answers to a set of cases must reach; `untrue` and what follows must not be exceeded."""

    strictly_right: Share
    citations_valid: Share
    refusal_recall: Share
    untrue: Annotated[float, Field(ge=0)]
    over_refusal: Share


class SuiteBars(_Bars):
    """What the suite itself must keep: spoilt answers noticed over all and in each way, processor seconds."""

    spoilt_noticed: Share
    spoilt_every_way: Share
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


class HostileBars(_Bars):
    """Of the sentences of a hostile model: false ones shown, not to be exceeded, and the share of true ones kept."""

    false_shown: Annotated[int, Field(ge=0)]
    true_kept: Share


class Gate(_Bars):
    development: ProductBars
    held: ProductBars
    suite: SuiteBars
    bench: BenchBars
    hostile: HostileBars


def read_gate(path: Path = GATE_FILE) -> Gate:
    try:
        return Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{path} 读不出来：{error}") from error
    except ValidationError as error:
        fields = "、".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise GateError(f"{path} 的字段不对：{fields}。比例应在 0 和 1 之间，其余应大于 0。") from error


@dataclass(frozen=True, slots=True)
class _Bar:
    """`value` is None where the figure applies to no case, which falls below nothing."""

    name: str
    value: float | None
    bar: float
    is_upper: bool = False
    is_share: bool = True

    @property
    def is_kept(self) -> bool:
        return self.value is None or (self.value <= self.bar if self.is_upper else self.value >= self.bar)

    def describe(self) -> str:
        side, form = "高于上限" if self.is_upper else "低于下限", ".2%" if self.is_share else ".4g"
        return f"{self.name} {self.value:{form}} {side} {self.bar:{form}}"


def find_fallen(run: Run, gate: Gate, *, is_whole: bool) -> tuple[str, ...]:
    """Every bar that is not kept, in words; the bars of the suite only for a run over all shipped cases."""
    summary = summarise(run)
    bars = list(_product_bars(summary, gate.held if run.tier == HELD else gate.development))
    if is_whole and run.tier != HELD:
        bars += _suite_bars(run, gate.suite)
    return tuple(bar.describe() for bar in bars if not bar.is_kept)


def find_breached(false_shown: int, true_kept: float | None, bars: HostileBars) -> tuple[str, ...]:
    """The bars that a hostile model breaks, in words."""
    found = (
        _Bar("恶意模型显示的假句", false_shown, bars.false_shown, is_upper=True, is_share=False),
        _Bar("恶意模型留下的真句", true_kept, bars.true_kept),
    )
    return tuple(bar.describe() for bar in found if not bar.is_kept)


def _product_bars(summary: Summary, bars: ProductBars) -> Iterator[_Bar]:
    figures = summary.overall.figures
    yield _Bar("严格正确率", summary.overall.right.value, bars.strictly_right)
    yield _Bar("引文逐字有效率", figures["citations_valid"], bars.citations_valid)
    yield _Bar("答不出的题认出率", figures["unanswerable_recognised"], bars.refusal_recall)
    yield _Bar("每百个回答里不实的句子", summary.untrue, bars.untrue, is_upper=True, is_share=False)
    yield _Bar("误拒率", summary.over_refusal, bars.over_refusal, is_upper=True)


def _suite_bars(run: Run, bars: SuiteBars) -> Iterator[_Bar]:
    noticed, tried = (sum(counts) for counts in zip(*run.mutation.values(), strict=True)) if run.mutation else (0, 0)
    yield _Bar("弄坏的回答被认出", noticed / tried if tried else None, bars.spoilt_noticed)
    for way, (found, of) in run.mutation.items():
        yield _Bar(f"弄坏的回答被认出（{way}）", found / of, bars.spoilt_every_way)
    yield _Bar("全部题目用处理器秒数", run.seconds, bars.cpu_seconds, is_upper=True, is_share=False)
