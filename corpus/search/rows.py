"""Where each passage stands in the index, and to which notice it belongs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.search.vectors import Passage


@dataclass(frozen=True, slots=True)
class Rows:
    """`of_passage` by passage id; `notice` holds for each row the number of its notice in `notice_ids`."""

    of_passage: dict[str, int]
    notice: NDArray[np.intp]
    notice_ids: tuple[str, ...]

    def are_of(self, notice_ids: Iterable[str]) -> NDArray[np.bool_]:
        """For each row whether it belongs to one of these notices."""
        wanted = set(notice_ids)
        return np.isin(self.notice, [n for n, i in enumerate(self.notice_ids) if i in wanted])


def number_rows(passages: Sequence[Passage]) -> Rows:
    """Notices are numbered as they first appear."""
    numbers: dict[str, int] = {}
    notice = [numbers.setdefault(p.notice_id, len(numbers)) for p in passages]
    return Rows({p.id: row for row, p in enumerate(passages)}, np.asarray(notice, dtype=np.intp), tuple(numbers))
