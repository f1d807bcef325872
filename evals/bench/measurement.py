"""One figure of the benchmarks and the bars it is held against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure; `least` and `most` are its bars, `value` None where it could not be had, for `failure`."""

    name: str
    unit: str
    value: float | None
    most: float | None = None
    least: float | None = None
    failure: str = ""

    @property
    def is_ok(self) -> bool:
        if self.failure:
            return False
        too_much = self.most is not None and (self.value is None or self.value > self.most)
        too_little = self.least is not None and (self.value is None or self.value < self.least)
        return not (too_much or too_little)
