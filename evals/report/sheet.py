"""Draws answers for people to read, sums their marks up, and holds the detector of untrue sentences against them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.corpora import Library
from evals.report.page import make_environment
from evals.report.terminal import list_marks, write_share
from evals.results import Outcome, Run
from evals.scoring.reply import read_reply
from evals.scoring.untrue import find_untruths
from evals.scoring.values import fold
from evals.statistics import Share, agreement, share_of

MARKS_FOLDER = Path(__file__).parents[1] / "marks"
_GOOD = frozenset({"excellent", "good"})
_HARMFUL = frozenset({"misleading", "wrongly_answered", "false"})


class SheetError(Exception):
    """Marks that cannot be read; the message names file, line and reason."""


class Mark(BaseModel):
    """What one reader says of one answer; `untrue` are the sentences that the notice contradicts."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    commit: str
    reader: str
    mark: Literal[
        "excellent", "good", "thin", "off_topic", "misleading", "wrongly_refused", "wrongly_answered", "false"
    ]
    untrue: tuple[str, ...] = ()
    note: str = ""

    @property
    def answer(self) -> str:
        """Which answer was read: the same case is answered anew by every commit."""
        return f"{self.commit} {self.id}"


@dataclass(frozen=True, slots=True)
class ReadByEye:
    """The marks of one or more readers; `kappa` of two readers on answers that both read, None where there are none."""

    shares: tuple[tuple[str, Share], ...]
    good: Share
    harmful: Share
    common: int
    kappa: float | None
    kappa_good: float | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One answer to be read, and the commit that gave it."""

    commit: str
    outcome: Outcome


def draw_answers(runs: Iterable[Run], number: int, seed: str) -> tuple[Drawn, ...]:
    """So many answers at random, of every status in proportion and at least one of each."""
    dice = Random(seed)
    by_status: dict[str | None, list[Drawn]] = defaultdict(list)
    for one in (Drawn(run.commit, o) for run in runs for o in run.cases if o.case and o.answer):
        by_status[one.outcome.status].append(one)
    total = sum(map(len, by_status.values()))
    drawn: list[Drawn] = []
    for _, own in sorted(by_status.items(), key=lambda one: len(one[1])):
        wanted = min(len(own), max(1, round(number * len(own) / total)), number - len(drawn))
        drawn += dice.sample(own, wanted)
    rest = [o for own in by_status.values() for o in own if o not in drawn]
    drawn += dice.sample(rest, min(len(rest), number - len(drawn)))
    dice.shuffle(drawn)
    return tuple(drawn)


def write_sheet(drawn: Sequence[Drawn], path: Path) -> tuple[Path, Path]:
    """A page to mark in a browser, and the same as lines of JSON with empty marks; golds and scores are in neither."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page, lines = path.with_suffix(".html"), path.with_suffix(".jsonl")
    template = make_environment().get_template("sheet.html")
    page.write_text(template.render(drawn=drawn, marks=list_marks(), name=path.stem), encoding="utf-8")
    rows = (json.dumps(_blank(one), ensure_ascii=False) for one in drawn)
    lines.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return page, lines


def _blank(one: Drawn) -> dict[str, object]:
    outcome = one.outcome
    case, answer = outcome.case, outcome.answer or {}
    assert case is not None
    return {
        "id": outcome.id,
        "commit": one.commit,
        "reader": "",
        "notice_id": case.notice_id,
        "notice_ids": case.notice_ids,
        "asked": [*case.history, case.question],
        "status": outcome.status,
        "answer": answer.get("answer", ""),
        "quotes": [c["quote"] for c in answer.get("citations", ())],
        "mark": "",
        "untrue": [],
        "note": "",
    }


def read_marks(paths: Iterable[Path]) -> tuple[Mark, ...]:
    marks, problems = [], []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path} 读不出来（{error}）")
            continue
        for number, line in enumerate(lines, 1):
            try:
                marks += [Mark.model_validate_json(line)] if line.strip() else []
            except ValidationError as error:
                fields = "、".join(".".join(map(str, e["loc"])) for e in error.errors())
                problems.append(f"{path} 第 {number} 行：字段 {fields} 不对")
    if problems:
        raise SheetError("\n".join(problems))
    return tuple(marks)


def sum_marks(marks: Sequence[Mark]) -> ReadByEye:
    """Each mark counts; the cases of one answer are no independent evidence, so intervals go by answer."""
    counts: Counter[str] = Counter(m.mark for m in marks)
    answers = len({m.answer for m in marks})
    by_reader: dict[str, dict[str, str]] = defaultdict(dict)
    for mark in marks:
        by_reader[mark.reader][mark.answer] = mark.mark
    common, ones, others = _find_common(list(by_reader.values()))
    return ReadByEye(
        shares=tuple((name, Share(counts[name], len(marks), answers)) for name in list_marks()),
        good=share_of((m.answer, m.mark in _GOOD) for m in marks),
        harmful=share_of((m.answer, m.mark in _HARMFUL) for m in marks),
        common=common,
        kappa=agreement(ones, others) if common else None,
        kappa_good=_agree_on_good(ones, others) if common else None,
    )


def _find_common(readers: list[dict[str, str]]) -> tuple[int, list[str], list[str]]:
    if len(readers) != 2:
        return 0, [], []
    ids = sorted(readers[0].keys() & readers[1].keys())
    return len(ids), [readers[0][i] for i in ids], [readers[1][i] for i in ids]


def describe_reading(marks: Sequence[Mark]) -> list[str]:
    """Lines of a table of the marks, with how far two readers agree; none where nothing was read."""
    if not marks:
        return []
    read, readers = sum_marks(marks), len({m.reader for m in marks})
    rows = [(list_marks()[name], share) for name, share in read.shares]
    rows += [("**很好或好**", read.good), ("**误导、不该答而答、不实**", read.harmful)]
    lines = [
        f"{readers} 位没看过代码的读者读了 {len({m.answer for m in marks})} 个盲测的回答（{len(marks)} 个判断）：",
        "",
        "| 读者的判断 | 个 | 比例 | 95% 区间 |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, share in rows:
        low, high = write_share(share.interval.low), write_share(share.interval.high)
        lines.append(f"| {name} | {share.count} | {write_share(share.value)} | {low}–{high} |")
    if read.kappa is not None and read.kappa_good is not None:
        lines += ["", f"两人都读的 {read.common} 个：κ = {read.kappa:.2f}，只分好与不好 κ = {read.kappa_good:.2f}。"]
    return lines


def _agree_on_good(ones: Sequence[str], others: Sequence[str]) -> float | None:
    return agreement([str(m in _GOOD) for m in ones], [str(m in _GOOD) for m in others])


@dataclass(frozen=True, slots=True)
class DetectorFigures:
    """Sentences that readers call untrue and that the detector found, calls doubtful, or missed; and its false alarms."""

    read: int
    found: int
    doubtful: int
    missed: tuple[str, ...]
    alarms: int
    false_alarms: tuple[str, ...]

    def figures(self) -> dict[str, float | None]:
        noted, right = self.found + len(self.missed), self.alarms - len(self.false_alarms)
        return {
            "recall": self.found / noted if noted else None,
            "precision": right / self.alarms if self.alarms else None,
        }

    def describe(self) -> list[str]:
        figures = self.figures()
        noted = self.found + len(self.missed)
        return [
            f"不实句检测（{self.read} 个读过的回答）：召回 {write_share(figures['recall'])}（{self.found}/{noted}，"
            f"另有 {self.doubtful} 句列出待读），精确 {write_share(figures['precision'])}（共报 {self.alarms} 句）",
            *(f"  漏：{sentence}" for sentence in self.missed),
            *(f"  误报：{sentence}" for sentence in self.false_alarms),
        ]


def measure_detector(marks: Sequence[Mark], runs: Sequence[Run], library: Library) -> DetectorFigures:
    """A sentence counts as untrue where any reader noted it; only answers that were read are looked at."""
    outcomes = {f"{run.commit} {o.id}": o for run in runs for o in run.cases if o.case and o.answer}
    context = library.open_context([o.case for o in outcomes.values() if o.case])
    found, doubtful, alarms = 0, 0, 0
    missed: list[str] = []
    false_alarms: list[str] = []
    read = {m.answer for m in marks} & outcomes.keys()
    for name in sorted(read):
        case, answer = outcomes[name].case, outcomes[name].answer
        assert case is not None and answer is not None
        untruths = find_untruths(case, read_reply(answer), context)
        sure = {u.sentence for u in untruths if u.is_sure}
        unsure = {u.sentence for u in untruths} - sure
        noted = {s for m in marks if m.answer == name for s in m.untrue}
        alarms += len(sure)
        false_alarms += [f"{outcomes[name].id}：{s}" for s in sorted(sure) if not any(_is_same(s, n) for n in noted)]
        for sentence in sorted(noted):
            if any(_is_same(s, sentence) for s in sure):
                found += 1
            else:
                doubtful += any(_is_same(s, sentence) for s in unsure)
                missed.append(f"{outcomes[name].id}：{sentence}")
    return DetectorFigures(len(read), found, doubtful, tuple(missed), alarms, tuple(false_alarms))


def _is_same(one: str, other: str) -> bool:
    """One holds the other: readers copy more or less of a sentence."""
    return fold(one) in fold(other) or fold(other) in fold(one)
