"""The command that trains: which models, from which cases, and how right they are on what they have not seen."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.training.asks import AskAccuracy, train_asks
from assistant.training.cases import CasesRefused, read_cases
from assistant.training.scope import ScopeAccuracy, train_scope
from corpus.settings import CorpusSettings, UnknownSetting, refuse_unknown_settings
from corpus.store import Corpus, CorpusMismatch, open_corpus
from corpus.version import CorpusNotBuilt

ASKS, SCOPE = "asks", "scope"
_TITLES = {"words": "只用字词", "both": "字词加向量"}
_WRONG_INPUT = 2


class NoEmbedder(Exception):
    """The model that reads asks is trained on vectors too."""


_EXPECTED = (CasesRefused, CorpusMismatch, CorpusNotBuilt, NoEmbedder, UnknownSetting)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    trains_asks, trains_scope = options.only != SCOPE, options.only != ASKS
    if trains_scope and not options.cases:
        parser.error("训练范围的模型要有题目：请加 --cases 文件…，或只训练所问：--only asks")
    try:
        refuse_unknown_settings()
        cases = read_cases(options.cases) if trains_scope else ()
        corpus = open_corpus(CorpusSettings())
        scope = train_scope(corpus, cases) if trains_scope else None
        asks = _train_asks(corpus) if trains_asks else {}
    except _EXPECTED as error:
        print(f"错误：{error}", file=sys.stderr)
        return _WRONG_INPUT
    print(json.dumps(_encode(scope, asks), ensure_ascii=False, indent=1) if options.json else _describe(scope, asks))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant.training",
        description="由例句和题目训练所问和范围的模型，打印留出部分的正确率和混淆表。",
    )
    parser.add_argument("--only", choices=(ASKS, SCOPE), help="只训练其中一个模型")
    parser.add_argument("--cases", nargs="+", type=Path, metavar="文件", help="训练范围用的题目（JSON Lines）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _train_asks(corpus: Corpus) -> dict[str, AskAccuracy]:
    if corpus.embedder is None:
        raise NoEmbedder("没有向量模型，不能训练。请先运行 python -m assistant doctor。")
    return train_asks(corpus, corpus.embedder)


def _encode(scope: ScopeAccuracy | None, asks: dict[str, AskAccuracy]) -> dict[str, Any]:
    return {SCOPE: asdict(scope) if scope else None, ASKS: {name: asdict(found) for name, found in asks.items()}}


def _describe(scope: ScopeAccuracy | None, asks: dict[str, AskAccuracy]) -> str:
    lines = [] if scope is None else [_describe_scope(scope)]
    for name, found in asks.items():
        beside = "" if found.clauses_right is None else f"，与别的话并列时对 {found.clauses_right:.1%}"
        lines.append(
            f"{_TITLES[name]}：第一所问对 {found.first_right:.1%}，前两个里有 {found.first_two_right:.1%}{beside}"
        )
        lines += [f"  {right} 误作 {wrong}：{count} 次" for right, wrong, count in found.confusions]
    return "\n".join(lines)


def _describe_scope(scope: ScopeAccuracy) -> str:
    return (
        f"通知没有印出的对象：{scope.unprinted} 题认出 {scope.recognised:.1%}；"
        f"有生词而答得出的 {scope.answerable} 题误拒 {scope.refused:.1%}"
    )


if __name__ == "__main__":
    sys.exit(main())
