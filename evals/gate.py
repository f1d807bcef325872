"""Holds a summary against the bars of `gate.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.summary import Summary

GATE_FILE = Path(__file__).parent / "gate.toml"

Share = Annotated[float, Field(ge=0, le=1)]


class GateError(Exception):
    """The gate file cannot be read; the message names file and field."""


class Gate(BaseModel):
    """The least shares that a run must reach; `kinds` are of strictly right answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    strictly_right: Share
    citations_valid: Share
    kinds: dict[str, Share] = {}


def read_gate(path: Path = GATE_FILE) -> Gate:
    try:
        return Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{path} 读不出来：{error}") from error
    except ValidationError as error:
        fields = "、".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise GateError(f"{path} 的字段不对：{fields}。下限应在 0 和 1 之间。") from error


def find_fallen(summary: Summary, gate: Gate) -> tuple[str, ...]:
    """Every bar that is not reached, in words; a figure that applies to no case falls below nothing."""
    figures = [
        ("严格正确率", summary.overall.figures["strictly_right"], gate.strictly_right),
        ("引文逐字有效率", summary.overall.figures["citations_valid"], gate.citations_valid),
        *(
            (f"{row.kind} 的严格正确率", row.figures["strictly_right"], gate.kinds.get(row.kind, 0.0))
            for row in summary.kinds
        ),
    ]
    return tuple(
        f"{name} {value:.2%} 低于下限 {bar:.2%}" for name, value, bar in figures if value is not None and value < bar
    )
