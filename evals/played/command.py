"""The command `played`: replies that people wrote as an excellent model would, and what verification keeps of them."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from assistant.model.grounds import Ground, gather
from assistant.model.writing import Assignment, Writer
from evals.cases.case import Case, find_case_files, read_cases
from evals.corpora import Library
from evals.hostile.attack import Attack, play
from evals.run import track

REPLIES = Path(__file__).parent / "replies.json"
LEAST_KEPT = 0.93
"""Of the sentences whose grounds are still shown. Written without sight of the verification; the aim is 0.95."""

_TOO_SHORT = 1.0
"""Seconds of a writer: too few for asking once more."""


@dataclass(frozen=True, slots=True)
class Played:
    """One reply: how many of its sentences were put, which were dropped and why, and whether the direct answer stands."""

    case: str
    put: int
    dropped: tuple[tuple[str, str], ...]
    stands: bool
    lost: int
    """Sentences whose grounds are shown no more since they were written."""
    seconds: float


class _Endpoint:
    """Writes the reply of one case, by the numbers that its grounds have now."""

    def __init__(self, sentences: Sequence[tuple[str, tuple[int, ...], bool]]) -> None:
        self._sentences = sentences

    def write(self, *_: object) -> Iterator[str]:
        yield from play(self._sentences)


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("played", help="由人照着提示写的 150 份好回答：核对留下多少句")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.add_argument("--dropped", action="store_true", help="列出去掉的句子和原因")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    played = list(play_all(Library()))
    put, dropped = sum(p.put for p in played), sum(len(p.dropped) for p in played)
    kept = 1 - dropped / put if put else 0.0
    figures = {
        "answers": len(played),
        "sentences": put,
        "kept": round(kept, 4),
        "direct_answers": sum(p.stands for p in played),
        "lost": sum(p.lost for p in played),
        "cpu_milliseconds": round(sum(p.seconds for p in played) / put * 1000, 2) if put else 0.0,
    }
    lines = [f"{case}：{text}（{reason}）" for p in played for case, (text, reason) in ((p.case, d) for d in p.dropped)]
    if options.json:
        sys.stdout.write(f"{json.dumps(figures, ensure_ascii=False)}\n")
    else:
        shown = lines if options.dropped else []
        sys.stdout.write("\n".join([*shown, _describe(figures), ""]))
    return int(kept < LEAST_KEPT)


def _describe(figures: Mapping[str, float]) -> str:
    return (
        f"{figures['answers']} 份回答 {figures['sentences']} 句，核对留下 {figures['kept']:.1%}；"
        f"{figures['direct_answers']} 份的第一句站得住；依据已经变了的 {figures['lost']} 句没有算。"
        f"核对一句平均用处理器 {figures['cpu_milliseconds']} 毫秒"
    )


def play_all(library: Library) -> Iterator[Played]:
    """Every reply whose question still reaches a model."""
    replies = json.loads(REPLIES.read_text(encoding="utf-8"))
    cases = {one.case.id: one.case for one in read_cases(find_case_files())}
    attack = Attack(library)
    for reply in track("好模型", replies):
        case = cases.get(reply["id"])
        if case is not None and (assignment := attack.compose(case)) is not None:
            yield _play(case, assignment, reply["sentences"])


def _play(case: Case, assignment: Assignment, sentences: Sequence[Mapping[str, object]]) -> Played:
    grounds = gather(assignment.findings, assignment.inquiries, assignment.corpus)
    found = [(s, _numbers(s["grounds"], grounds, assignment.language)) for s in sentences]
    put = [(str(s["text"]), numbers, s["kind"] == "原文") for s, numbers in found if numbers]
    began = process_time()
    written = Writer(_Endpoint(put), _TOO_SHORT).write(assignment)  # type: ignore[arg-type]
    spent = process_time() - began
    dropped = tuple((d.text, d.reason) for d in written.dropped)
    stands = bool(written.parts) or not put
    return Played(case.id, len(put), dropped, stands, len(sentences) - len(put), spent)


def _numbers(shown: object, grounds: Sequence[Ground], language: str) -> tuple[int, ...]:
    """The grounds that are shown in the same words; none where one is not."""
    assert isinstance(shown, list)
    numbers = {" ".join(g.show(language).split()).split("] ", 1)[1]: g.number for g in reversed(grounds)}
    found = tuple(numbers[words] for words in shown if words in numbers)
    return found if len(found) == len(shown) else ()
