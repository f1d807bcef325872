"""Every kind of row under every condition is exactly what plain loops over the parsed notice give."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from assistant.evidence.attributes import RECIPIENTS
from assistant.listing.selection import Bound, Order, Rows, Selection, Where, select
from corpus.language.amounts import Period
from corpus.notice import Notice
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, JOBS, LETTER, RATES, REEF, TAX
from tests.assistant.listing.brute import brute

T = TypeVar("T")
MANY = 300
OF_A_NOTICE = [r for r in Rows if r is not Rows.NOTICES]
KINDS = ("券", "贷", "品牌", "中心", "平台", "计划", "企业")
GROUPS = sorted(g for groups in RECIPIENTS.values() for g in groups)

COUNTED: dict[Rows, tuple[Rows, ...]] = {
    Rows.MEASURES: (Rows.DEPARTMENTS, Rows.SUPPORTS, Rows.SUMS),
    Rows.DEPARTMENTS: (Rows.MEASURES, Rows.SUPPORTS),
    Rows.CHAPTERS: (Rows.MEASURES, Rows.DEPARTMENTS, Rows.SUPPORTS),
    Rows.SUMS: (Rows.SUPPORTS, Rows.MEASURES),
    Rows.SUPPORTS: (),
    Rows.NAMES: (),
    Rows.NOTICES: (),
}
"""What rows are counted by in any clause."""


class Chooser:
    """Selections of one notice by chance, always the same."""

    def __init__(self, notice: Notice) -> None:
        self._random = random.Random(notice.id)
        measures = [m for c in notice.chapters for m in c.measures]
        self._keys = [f"{notice.id}/{m.id}" for m in measures] + [c.id for c in notice.chapters]
        self._bodies = [*dict.fromkeys(d for m in measures for d in m.departments), "省司法厅"]
        words = [w for m in measures for p in m.provisions for w in re.findall("[\u4e00-\u9fff]{2,4}", p.text)]
        titles = [t for m in measures for t in (m.title, *(p.title for p in m.points)) if t]
        self._terms = [*dict.fromkeys((*words[:: max(1, len(words) // 60)], *titles)), "企业", "补贴", "元宇宙"]
        supports = [s for p in notice.provisions() for i in p.items for s in i.supports]
        self._sums = [*dict.fromkeys(s.amount.value for s in supports if s.amount), Decimal(1)]

    def choose(self, rows: Rows) -> Selection:
        order = self._one(list(Order)) if self._now(0.4) else Order.PRINTED
        counted = self._one([*COUNTED[rows]]) if COUNTED[rows] and self._now(0.6) else None
        where = Where(terms=self._some(KINDS)) if rows is Rows.NAMES else self._where()
        among = self._some(self._keys + self._bodies) if self._now(0.1) else ()
        return Selection(rows, where, counted, order, self._one([1, 1, 2, 3]), among)

    def _where(self) -> Where:
        """One condition or two, seldom three or none."""
        conditions: dict[str, Callable[[], Any]] = {
            "inside": lambda: self._some(self._keys),
            "departments": lambda: self._some(self._bodies),
            "not_departments": lambda: self._some(self._bodies),
            "terms": lambda: self._some(self._terms),
            "not_terms": lambda: self._some(self._terms),
            "role": lambda: self._one(["lead", "shared", "alone"]),
            "is_priced": lambda: self._one([True, False]),
            "paid": lambda: self._one(list(Period)),
            "sums": lambda: self._some(self._sums),
            "recipients": lambda: self._some(GROUPS),
            "not_recipients": lambda: self._some(GROUPS),
            "outside": lambda: self._some(self._keys),
            "is_timed": lambda: True,
        }
        chosen = self._random.sample(list(conditions), self._one([0, 1, 1, 1, 2, 2, 3]))
        where = Where(is_any=self._now(0.4), bound=self._one(list(Bound)))
        return replace(where, **{name: conditions[name]() for name in chosen})

    def _now(self, chance: float) -> bool:
        return self._random.random() < chance

    def _one(self, choices: list[T]) -> T:
        return self._random.choice(choices)

    def _some(self, choices: list[T] | tuple[T, ...]) -> tuple[T, ...]:
        return tuple(self._random.sample(choices, min(self._one([1, 1, 2]), len(choices))))


@pytest.mark.parametrize("notice_id", [HOME, JOBS, TAX, LETTER, RATES, INN, REEF])
def test_selections_by_chance(notice_id: str, shelf: Mapping[str, Corpus]) -> None:
    catalogue = shelf[notice_id].catalogue
    (notice,) = catalogue.notices
    chooser, filled = Chooser(notice), 0
    for n in range(MANY):
        selection = chooser.choose(OF_A_NOTICE[n % len(OF_A_NOTICE)])
        table = select(selection, catalogue)
        rows = [(m.key, m.size) for m in table.members]
        assert (rows, table.whole) == brute(selection, notice), selection
        filled += bool(rows)
    assert filled >= MANY // 20
