"""What a scorer says about one answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """`value` runs from 0 to 1, None where the score does not apply; `reason` says what was missing or wrong."""

    name: str
    value: float | None
    reason: str = ""

    @property
    def is_full(self) -> bool:
        """True also where the score does not apply: nothing was demanded."""
        return self.value is None or self.value >= 1.0


def share(name: str, wanted: int, lacking: list[str]) -> Score:
    """The share of what is wanted that is not lacking."""
    if not wanted:
        return Score(name, None)
    return Score(name, (wanted - len(lacking)) / wanted, "、".join(lacking))
