"""The command line: `ask` answers, `doctor` checks the installation."""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, Protocol

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.output.listener import Listener

_LONGEST_LINE = 64 * 1024
_BAD_INPUT = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141
# A shell hands over bytes that are no UTF-8 as halves of characters, which no output can hold.
_HALVES = re.compile(r"[\ud800-\udfff]")

USAGE = """\
用法：
  python -m assistant ask "问题"          回答一个问题
  python -m assistant ask "问题" --json   以一个 JSON 对象回答
  python -m assistant ask -               从标准输入逐行读问题，每行输出一个 JSON 对象
  python -m assistant doctor              检查安装
以“-”开头的问题请写成：ask -- "-问题"
"""


class Ask(Protocol):
    """The assistant's way of answering."""

    def __call__(self, question: str, *, listener: "Listener | None" = None) -> "Answer": ...


Opener = Callable[[], Ask]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input; `text` is None where it cannot be read, for the reason given."""

    number: int
    text: str | None
    reason: str = ""


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"错误：命令写得不对。\n{USAGE}")
        raise SystemExit(_BAD_INPUT)

    def format_help(self) -> str:
        return USAGE


def main(arguments: Sequence[str] | None = None, opener: Opener | None = None) -> int:
    """Returns 0, 1 where something is broken, 2 where the input cannot be used."""
    _prepare_streams()
    try:
        options = _parser().parse_args(arguments)
        code = _run(options, opener or _open)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Python would flush once more at exit and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m assistant")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    ask = commands.add_parser("ask")
    ask.add_argument("question", nargs="+")
    ask.add_argument("--json", action="store_true")
    commands.add_parser("doctor")
    return parser


def _run(options: argparse.Namespace, opener: Opener) -> int:
    if options.command == "doctor":
        from assistant.doctor import examine

        return examine()
    try:
        if options.question == ["-"]:
            return _ask_lines(opener)
        return _ask_once(" ".join(options.question), options.json, opener)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        return _fail(_explain(error), 1)


def _open() -> Ask:
    from assistant import open_assistant
    from corpus.settings import refuse_unknown_settings

    refuse_unknown_settings()
    return open_assistant().ask


def _ask_once(question: str, as_json: bool, opener: Opener) -> int:
    from assistant.understanding.text import BadQuestion, clean_question

    question = _mend(question)
    try:
        clean_question(question)
        ask = opener()
        if as_json:
            _print_json(_encode(ask(question)))
        else:
            _show(question, ask)
    except BadQuestion as error:
        return _fail(str(error), _BAD_INPUT)
    return 0


def _show(question: str, ask: Ask) -> None:
    from rich.console import Console

    from assistant.output.terminal import show_answer, show_writing

    console = Console(markup=False, highlight=False, emoji=False)
    with show_writing(console) as listener:
        answer = ask(question, listener=listener)
    show_answer(answer, console)


def _ask_lines(opener: Opener) -> int:
    """Each line is a question of its own; a bad one is reported in its place and the rest is answered."""
    ask = opener()
    code = 0
    for line in read_lines(sys.stdin.buffer):
        reply = _answer_line(line, ask)
        if "error" in reply:
            code = _BAD_INPUT
        _print_json(reply)
    return code


def _answer_line(line: Line, ask: Ask) -> dict[str, Any]:
    if line.text is None:
        return {"error": line.reason, "line": line.number}
    try:
        return _encode(ask(_mend(line.text)))
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        return {"error": _explain(error), "line": line.number}


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines without their ends; an endless one is skipped without keeping it in memory."""
    number = 0
    while raw := stream.readline(_LONGEST_LINE):
        number += 1
        if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, None, "这一行太长。每行写一个问题，最多 500 个字。")
            continue
        try:
            yield Line(number, raw.rstrip(b"\r\n").decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            yield Line(number, None, "这一行不是 UTF-8 编码。请把文件另存为 UTF-8。")


def _encode(answer: "Answer") -> dict[str, Any]:
    from assistant.output.encode import encode_answer

    return encode_answer(answer)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _mend(text: str) -> str:
    return _HALVES.sub(" ", text)


def _explain(error: Exception) -> str:
    """Our own errors speak for themselves; others are named, with the command that finds the cause."""
    from assistant.understanding.text import BadQuestion
    from corpus import CorpusMismatch, CorpusNotBuilt
    from corpus.settings import BadSetting

    if isinstance(error, BadQuestion | CorpusNotBuilt | CorpusMismatch | BadSetting):
        return str(error)
    first_line = str(error).strip().partition("\n")[0][:200]
    return f"没有回答成（{type(error).__name__}：{first_line}）。请运行 python -m assistant doctor 检查。"


def _fail(message: str, code: int) -> int:
    print(f"错误：{_mend(message)}", file=sys.stderr)
    return code


def _prepare_streams() -> None:
    """Chinese is written where it can be, and no character ever stops the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            holds_chinese = stream.encoding.lower().startswith(("utf", "gb", "cp936"))
            stream.reconfigure(encoding=stream.encoding if holds_chinese else "utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
