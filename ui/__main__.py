"""Starts the service: `python -m ui`; prints what visitors said of it: `python -m ui feedback`."""

import argparse
import errno
import socket
import sys
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from corpus import CorpusMismatch, CorpusNotBuilt
from corpus.settings import BadSetting, refuse_unknown_settings
from ui.feedback.report import write_report, write_table
from ui.feedback.store import FeedbackNotKept, FeedbackStore
from ui.records.logs import log_as_json_lines
from ui.service.connections import ConnectionLimits, configure_server
from ui.settings import UiSettings

_SECONDS_TO_FINISH = 3
_FEEDBACK = "feedback"
_MOST_DAYS = 3650
_WARM_UP = "第一条由哪些部门负责？"


class PortTaken(Exception):
    """The address cannot be listened on; the message says why and what to do."""


class _Server(uvicorn.Server):
    """Says where it listens as soon as it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets and not self.should_exit:
            print(f"政策问答已启动：{_address(sockets[0])}（按 Ctrl+C 停止）", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        refuse_unknown_settings()
        given = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
        settings = UiSettings(**given)
        if options.command == _FEEDBACK:
            return _print_feedback(settings, options.since or settings.feedback_days, as_table=options.csv)
        with _listen(settings.host, settings.port) as listener:
            _serve(_make_app(settings), settings, listener)
    except ValidationError as error:
        names = "、".join(f"POLICY_{'_'.join(map(str, e['loc'])).upper()}" for e in error.errors())
        return _fail(f"设置不对：{names}。请改正后重新启动。")
    except (CorpusNotBuilt, CorpusMismatch, PortTaken, BadSetting, FeedbackNotKept) as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui", description="启动政策问答网页和接口。")
    parser.add_argument("--host", help="监听地址，也可用 POLICY_HOST 设置（默认 127.0.0.1）")
    parser.add_argument("--port", help="端口，也可用 POLICY_PORT 设置（默认 7860）")
    parser.set_defaults(csv=False, since=None)
    told = "打印访客的反馈：按部门列出问到而没有写明的内容、认为有问题的回答"
    feedback = parser.add_subparsers(title="另有命令", dest="command", metavar="").add_parser(_FEEDBACK, help=told)
    feedback.add_argument(
        "--csv", action="store_true", help="写成 CSV 表格，例如：python -m ui feedback --csv > 反馈.csv"
    )
    feedback.add_argument("--since", type=_days, metavar="天数", help="只看最近这些天的（默认为保存的全部）")
    return parser


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"请写 1 到 {_MOST_DAYS} 之间的整数")
    return int(text[:5])


def _print_feedback(settings: UiSettings, days: int, *, as_table: bool) -> int:
    kept = FeedbackStore(settings.feedback_file, settings.feedback_days).read(days)
    text = write_table(kept) if as_table else write_report(kept, days)
    # A table is read by programs, whatever the terminal writes.
    sys.stdout.buffer.write(text.encode("utf-8")) if as_table else print(text, end="")
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"端口 {port} 已被占用。请停止占用它的程序，或换一个端口，例如：PORT={port + 1} make serve。"
        elif error.errno == errno.EACCES:
            reason = f"没有权限使用端口 {port}。请换一个 1024 以上的端口，例如：PORT=7860 make serve。"
        else:
            reason = f"地址 {host}:{port} 不能使用（{error.strerror or error}）。请检查 HOST 和 PORT。"
        raise PortTaken(reason) from error


def _make_app(settings: UiSettings) -> FastAPI:
    """Imported late, so that a taken port is reported at once."""
    from assistant import open_assistant
    from assistant.output.listener import Listener
    from ui.site import read_site

    read_site(settings.site_file)  # what is wrong with it is said at once, too
    assistant = open_assistant()
    # The first question reads what later ones find in memory. A model is not asked: nobody would read it.
    unread = Listener()
    unread.stopped.set()
    assistant.ask(_WARM_UP, listener=unread)
    from ui.server import create_app

    return create_app(assistant, settings)


def _serve(app: FastAPI, settings: UiSettings, listener: socket.socket) -> None:
    log_as_json_lines()
    config = configure_server(app, ConnectionLimits(trust=settings.trusted_proxies), _SECONDS_TO_FINISH)
    _Server(config).run(sockets=[listener])


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _fail(message: str) -> int:
    print(f"错误：{message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
