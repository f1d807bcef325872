"""The command that trains understanding from its labelled messages, and prints how right it is on unseen authors."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.training.train import NoEmbedder, Trained, train
from corpus.settings import CorpusSettings, UnknownSetting, refuse_unknown_settings
from corpus.store import CorpusMismatch, open_corpus
from corpus.version import CorpusNotBuilt

_WRONG_INPUT = 2
_TITLES = {
    "act": "在做什么",
    "value": "要什么值",
    "operation": "怎么要",
    "leans": "是否承前",
    "elsewhere": "问的是不是外地",
    "shows": "要看目录里的什么",
    "money": "写没写金额",
    "paid": "怎么给",
    "role": "什么角色",
    "join": "都要还是其一",
    "group": "按什么分",
    "order": "怎么排",
    "by": "按什么数",
    "bound": "金额怎么比",
    "table": "要不要表",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m assistant.training",
        description="由 assistant/training/data 的标注消息训练理解用的模型，写入 assistant/understanding/data，"
        "并打印对没见过的作者的正确率。",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    options = parser.parse_args(arguments)
    try:
        refuse_unknown_settings()
        trained = train(open_corpus(CorpusSettings()))
    except (CorpusMismatch, CorpusNotBuilt, NoEmbedder, UnknownSetting) as error:
        print(f"错误：{error}", file=sys.stderr)
        return _WRONG_INPUT
    print(json.dumps(_encode(trained), ensure_ascii=False, indent=1) if options.json else _describe(trained))
    return 0


def _encode(trained: Trained) -> dict[str, Any]:
    return dict(asdict(trained))


def _describe(trained: Trained) -> str:
    cuts, head = trained.cuts, trained.head
    lines = [f"{trained.messages} 条消息，{trained.authors} 位作者；以下都是对没见过的作者的正确率。"]
    for accuracy in trained.heads:
        lines.append(f"{_TITLES[accuracy.head]}：{accuracy.clauses} 个小句对 {accuracy.right:.1%}")
        lines += [f"  {right} 误作 {wrong}：{count} 次" for right, wrong, count in accuracy.confusions]
    lines.append(
        f"切分：{cuts.cuts} 处，准确 {cuts.precision:.1%}，找回 {cuts.recall:.1%}，F1 {cuts.f1:.1%}，"
        f"整条切对 {cuts.messages_right:.1%}"
    )
    left_out = trained.denied
    lines.append(f"排除的名字：{left_out.names} 个名字，准确 {left_out.precision:.1%}，找回 {left_out.recall:.1%}")
    lines.append(f"中心词：{head.clauses} 个小句找对 {head.found:.1%}，有把握的对 {head.sure:.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
