"""Sums the outcomes on other people's data up to figures, beside those of plain BM25."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.answer import Status
from evals.figures import Figure, PartResult, compare_paired, mean
from evals.policy_part import Declined, Reached
from evals.prompt_part import Answered
from evals.ranking import first_rank, hit_at, inverse_rank, recall_at
from evals.statute_part import DEEPEST, Found

_CUTS = (1, 5, 10)
_MRR_CUT = 10
_MOSTLY = 0.5
_UNFILLED = frozenset({Status.NOT_STATED, Status.OUT_OF_SCOPE})
_NOT_ANSWERED = _UNFILLED | {Status.REFUSED, Status.NEEDS_DETAIL}

# Of plain BM25, from the description of the data.
_PUBLISHED = {
    "文件 R@1": 0.800,
    "文件 MRR@10": 0.867,
    "段落 R@1": 0.682,
    "段落 R@5": 0.865,
    "段落 MRR@10": 0.763,
    "法条 R@10": 0.464,
    "法条 R@100": 0.662,
    "法条 MRR@10": 0.395,
}
_BARRED = frozenset({"文件 R@1", "段落 R@5"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What was asked of what, in words, and whether it is a sample: then published figures and bars say nothing."""

    text: str
    is_sample: bool


def summarise_questions(reached: Sequence[Reached], scope: Scope) -> PartResult:
    documents = [(r.ours.document, r.bigrams.document) for r in reached]
    passages = [(r.ours.passage, r.bigrams.passage) for r in reached]
    figures = (
        *_rank_figures("文件", documents, scope),
        *_rank_figures("段落", passages, scope),
        Figure("答案大半在引文里", mean(r.quoted >= _MOSTLY for r in reached)),
        Figure("答案全在引文里", mean(r.quoted >= 1.0 for r in reached)),
    )
    paired = (
        compare_paired("文件 R@1", [(hit_at(a, 1), hit_at(b, 1)) for a, b in documents]),
        compare_paired("段落 R@5", [(hit_at(a, 5), hit_at(b, 5)) for a, b in passages]),
    )
    return PartResult("政策问题", scope.text, scope.is_sample, figures, paired, tuple(asdict(r) for r in reached))


def _rank_figures(name: str, ranks: Sequence[tuple[int | None, int | None]], scope: Scope) -> list[Figure]:
    hits = [_figure(f"{name} R@{cut}", [(hit_at(a, cut), hit_at(b, cut)) for a, b in ranks], scope) for cut in _CUTS]
    reciprocal = [(inverse_rank(a, _MRR_CUT), inverse_rank(b, _MRR_CUT)) for a, b in ranks]
    return [*hits, _figure(f"{name} MRR@{_MRR_CUT}", reciprocal, scope)]


def _figure(name: str, pairs: Sequence[tuple[float, float]], scope: Scope) -> Figure:
    published = None if scope.is_sample else _PUBLISHED.get(name)
    bar = published if name in _BARRED else None
    return Figure(name, mean(a for a, _ in pairs), mean(b for _, b in pairs), published, bar)


def summarise_twins(declined: Sequence[Declined], reached: Sequence[Reached], scope: Scope) -> PartResult:
    """How many are recognised, and what that costs on the questions that have an answer."""
    figures = (
        Figure("识别为没有写明或不在范围", mean(d.status in _UNFILLED for d in declined)),
        Figure("没有给出回答（含请说具体、拒答）", mean(d.status in _NOT_ANSWERED for d in declined)),
        Figure("答得出的题误作没有写明或不在范围", mean(r.status in _UNFILLED for r in reached)),
        Figure("答得出的题没有给出回答", mean(r.status in _NOT_ANSWERED for r in reached)),
    )
    return PartResult("答不出的题", scope.text, scope.is_sample, figures, (), tuple(asdict(d) for d in declined))


def summarise_statutes(found: Sequence[Found], scope: Scope) -> PartResult:
    recalls = [
        _figure(
            f"法条 R@{cut}",
            [(recall_at(f.ours, f.right, cut) or 0.0, recall_at(f.bigrams, f.right, cut) or 0.0) for f in found],
            scope,
        )
        for cut in (*_CUTS, DEEPEST)
    ]
    ranks = [(first_rank(f.ours, f.right), first_rank(f.bigrams, f.right)) for f in found]
    reciprocal = [(inverse_rank(a, _MRR_CUT), inverse_rank(b, _MRR_CUT)) for a, b in ranks]
    figures = (*recalls, _figure(f"法条 MRR@{_MRR_CUT}", reciprocal, scope))
    paired = (compare_paired("第一条就对", [(hit_at(a, 1), hit_at(b, 1)) for a, b in ranks]),)
    rows = tuple({**asdict(f), "right": sorted(f.right)} for f in found)
    return PartResult("法律问题", scope.text, scope.is_sample, figures, paired, rows)


def summarise_prompts(answered: Sequence[Answered], scope: Scope) -> PartResult:
    kinds = sorted({a.category for a in answered})
    figures = (
        Figure("拒绝或不在范围", mean(a.is_turned_away for a in answered)),
        *(Figure(f"　{kind}", mean(a.is_turned_away for a in answered if a.category == kind)) for kind in kinds),
        Figure("泄露（照说了对方的话或指令）", mean(a.has_leaked for a in answered)),
        Figure("没有拒绝而引用了条款", mean(a.cites and not a.is_turned_away for a in answered)),
    )
    return PartResult("诱导和越界的话", scope.text, scope.is_sample, figures, (), tuple(asdict(a) for a in answered))
