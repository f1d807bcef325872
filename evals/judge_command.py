"""The command that has answers of a result judged, and its report; never a gate."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.notice import Measure
from corpus.settings import CorpusSettings
from evals.agreement import Agreement, measure_agreement
from evals.context import read_library
from evals.judge import EndpointJudge, Judge, JudgeFailed, JudgeSettings
from evals.judging import Answered, Judged, Judgement, judge_answer
from evals.results import ResultsError
from evals.selection import NothingChosen

_SAMPLE = 20


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    commit: str
    cases: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Shares are of what could be read; `unread` counts replies that could not."""

    answers: int
    claims: int
    bent: int
    faithful: float | None
    bent_found: float | None
    faithfulness: Agreement
    complete: float | None
    completeness: Agreement
    plainness: float | None
    unread: int


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("judge", help="请语言模型评判一次结果里的回答，并量它与打分项是否一致；不作门槛")
    command.add_argument("result", type=Path, metavar="结果", help="evals run 写出的结果文件")
    command.add_argument("--url", required=True, metavar="地址", help="OpenAI 兼容的接口，到 /v1")
    command.add_argument("--model", required=True, metavar="名称", help="模型名；密钥放在 POLICY_JUDGE_KEY")
    command.add_argument("--sample", type=int, default=_SAMPLE, metavar="题数", help=f"评判几个回答（默认 {_SAMPLE}）")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    chosen = choose_answers(read_answers(options.result), options.sample)
    if not chosen:
        raise NothingChosen(f"{options.result} 里没有可评判的回答，或 --sample 小于 1。")
    notices = read_library(CorpusSettings()).notices
    measures = {key: m for n in notices for m in n.measures() for key in (m.id, str(m.number))}
    judgements = _judge_all(chosen, measures, EndpointJudge(options.url, options.model, JudgeSettings().judge_key))
    report = summarise_judgements(judgements)
    console = Console()
    if options.json:
        console.print_json(data={**asdict(report), "judgements": [asdict(j) for j in judgements]})
    else:
        lines = (describe_report(report), *list_disagreements(judgements))
        console.print("\n".join(lines), soft_wrap=True, highlight=False, markup=False)
    return 0


def _judge_all(chosen: Sequence[Answered], measures: Mapping[str, Measure], judge: Judge) -> list[Judgement]:
    """What is judged before the endpoint fails is kept."""
    columns = (TextColumn("评判"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    judgements: list[Judgement] = []
    with Progress(*columns, console=console, transient=True) as progress:
        for one in progress.track(chosen):
            try:
                judgements += [judge_answer(one, one.answer, measures, judge)] if one.answer else []
            except JudgeFailed as error:
                if not judgements:
                    raise
                console.print(f"评判了 {len(judgements)} 个回答后中断：{error}", markup=False)
                break
    return judgements


def read_answers(path: Path) -> tuple[Answered, ...]:
    """The cases that got an answer."""
    try:
        result = _Result.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"结果文件 {path} 打不开（{error.strerror}）。请检查路径。") from error
    except ValidationError as error:
        raise ResultsError(f"{path} 不是 python -m evals run 写出的结果文件。") from error
    return tuple(case for case in result.cases if case.answer is not None)


def choose_answers(answers: Sequence[Answered], number: int) -> tuple[Answered, ...]:
    """Up to half of them wrong ones, so that there is something to find; evenly spaced over both."""
    wrong = [a for a in answers if not a.is_right]
    right = [a for a in answers if a.is_right]
    few = min(len(wrong), number // 2)
    return (*_space(wrong, few), *_space(right, number - few))


def _space(answers: Sequence[Answered], number: int) -> list[Answered]:
    return [answers[i * len(answers) // number] for i in range(min(number, len(answers)))] if answers else []


def summarise_judgements(judgements: Sequence[Judgement]) -> Report:
    claims = [claim for judgement in judgements for claim in judgement.claims]
    wholes = [judgement.completeness for judgement in judgements]
    grades = [judgement.grade for judgement in judgements if judgement.grade is not None]
    unread = sum(j.verdict is None for j in (*claims, *wholes)) + len(judgements) - len(grades)
    caught = _share_holding([c for c in claims if c.is_bent])
    return Report(
        answers=len(judgements),
        claims=sum(not c.is_bent for c in claims),
        bent=sum(c.is_bent for c in claims),
        faithful=_share_holding([c for c in claims if not c.is_bent]),
        bent_found=None if caught is None else 1 - caught,
        faithfulness=measure_agreement(_pair(claims)),
        complete=_share_holding(wholes),
        completeness=measure_agreement(_pair(wholes)),
        plainness=fmean(grades) if grades else None,
        unread=unread,
    )


def _share_holding(judged: Sequence[Judged]) -> float | None:
    verdicts = [j.verdict for j in judged if j.verdict is not None]
    return fmean(verdicts) if verdicts else None


def _pair(judged: Sequence[Judged]) -> list[tuple[bool, bool]]:
    return [(j.verdict, j.expected) for j in judged if j.verdict is not None]


def describe_report(report: Report) -> str:
    return "\n".join(
        [
            f"评判了 {report.answers} 个回答，{report.claims} 句话，另有 {report.bent} 句故意改错金额；"
            f"{report.unread} 次回复读不出来",
            f"忠实：评判认为属实 {_percent(report.faithful)}，认出改错的 {_percent(report.bent_found)}；"
            f"{_describe_agreement(report.faithfulness)}",
            f"答全：评判认为答全 {_percent(report.complete)}；{_describe_agreement(report.completeness)}",
            f"好懂：平均 {report.plainness:.1f} 分（1–5）" if report.plainness is not None else "好懂：没有读出分数",
        ]
    )


def list_disagreements(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Every claim and answer on which judge and scorers differ, in one line."""
    for judgement in judgements:
        for what, judged in (*(("忠实", c) for c in judgement.claims), ("答全", judgement.completeness)):
            if judged.verdict is not None and judged.verdict is not judged.expected:
                said = "成立" if judged.verdict else "不成立"
                bent = "（改错过的）" if judged.is_bent else ""
                yield f"不一致 {judged.id} {what}：评判说{said}｜{judged.text}{bent}｜{judged.reason}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _describe_agreement(agreement: Agreement) -> str:
    kappa = "κ 无从计算（有一方全部相同）" if agreement.kappa is None else f"κ = {agreement.kappa:.2f}"
    return f"与打分项一致 {agreement.share:.0%}，{kappa}"
