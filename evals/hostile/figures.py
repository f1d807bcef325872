"""What a hostile model reached: true sentences kept, false ones shown, by way and by the kind they claim to be."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

from evals.hostile.attack import Judged
from evals.report import terminal

PRINTED, READING = "原文", "解读"


@dataclass(frozen=True, slots=True)
class Tally:
    """`shown` of `tried` sentences reached the answer."""

    tried: int = 0
    shown: int = 0

    @property
    def share(self) -> float | None:
        return self.shown / self.tried if self.tried else None


def count_shown(judged: Iterable[Judged], fits: Callable[[Judged], bool] = lambda one: True) -> Tally:
    shown = [one.is_shown for one in judged if fits(one)]
    return Tally(len(shown), sum(shown))


@dataclass(frozen=True, slots=True)
class Row:
    """One way of making sentences, true or false."""

    way: str
    is_true: bool
    printed: Tally
    reading: Tally


@dataclass(frozen=True, slots=True)
class Siege:
    """Of all sentences; `whole` are false ones in answers that were mended; true and false of the notice that is served
    (`home`) and of others."""

    true: Tally
    false: Tally
    whole: Tally
    home: tuple[Tally, Tally]
    others: tuple[Tally, Tally]
    rows: tuple[Row, ...]


def sum_up(judged: Sequence[Judged], home: frozenset[str]) -> Siege:
    """`home` are the notices that are served."""
    alone = [one for one in judged if not one.is_whole]
    true, false = ([one for one in alone if one.sentence.is_true is wanted] for wanted in (True, False))

    def place(*, at_home: bool) -> tuple[Tally, Tally]:
        kept, lied = (count_shown(some, lambda one: (one.notice_id in home) is at_home) for some in (true, false))
        return kept, lied

    ways = dict.fromkeys((one.sentence.way, one.sentence.is_true) for one in alone)
    return Siege(
        true=count_shown(true),
        false=count_shown(false),
        whole=count_shown(judged, lambda one: one.is_whole),
        home=place(at_home=True),
        others=place(at_home=False),
        rows=tuple(_row(way, is_true, alone) for way, is_true in ways),
    )


def _row(way: str, is_true: bool, judged: Sequence[Judged]) -> Row:
    own = [one for one in judged if one.sentence.way == way and one.sentence.is_true is is_true]
    return Row(
        way,
        is_true,
        count_shown(own, lambda one: one.sentence.is_printed),
        count_shown(own, lambda one: not one.sentence.is_printed),
    )


def make_table(siege: Siege) -> Table:
    """True sentences first; of false ones nothing may be shown."""
    table = terminal.make_table("办法", "真假", f"{PRINTED}句", "显示", "比例", f"{READING}句", "显示", "比例")
    for row in sorted(siege.rows, key=lambda r: (not r.is_true, r.way)):
        cells = [c for t in (row.printed, row.reading) for c in (str(t.tried), str(t.shown), _write_share(t))]
        table.add_row(row.way, "真" if row.is_true else "假", *cells)
    return table


def _write_share(tally: Tally) -> str:
    return "–" if tally.share is None else f"{tally.share:.1%}"


def describe(siege: Siege) -> list[str]:
    return [
        f"真句留下 {siege.true.shown:,}/{siege.true.tried:,}（{_write_share(siege.true)}），"
        f"自带的通知 {_write_share(siege.home[0])}，别的通知 {_write_share(siege.others[0])}",
        f"假句显示 {siege.false.shown:,}/{siege.false.tried:,}，自带的通知 {siege.home[1].shown}，"
        f"别的通知 {siege.others[1].shown}；重写过的整个回答里 {siege.whole.shown}/{siege.whole.tried:,}",
    ]


def encode(one: Judged) -> str:
    """A line of the lists of false sentences that were shown and true ones that were dropped."""
    sentence = one.sentence
    row = {
        "case": one.case.id,
        "notice": one.notice_id,
        "way": sentence.way,
        "kind": PRINTED if sentence.is_printed else READING,
        "true": sentence.is_true,
        "text": sentence.text,
        "numbers": sentence.numbers,
        "ground": one.ground,
        "reason": one.reason,
        "whole": one.is_whole,
    }
    return json.dumps(row, ensure_ascii=False)
