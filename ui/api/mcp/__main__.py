"""Offers the tools to an agent that starts us as a process: `python -m ui.api.mcp`."""

import asyncio
import sys

from corpus.settings import BadSetting, refuse_unknown_settings


def main() -> int:
    """Standard output belongs to the protocol; what goes wrong is said on standard error."""
    try:
        refuse_unknown_settings()
    except BadSetting as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    from assistant import open_assistant
    from ui.api.mcp.server import ToolServer
    from ui.service.answering import AnswerDesk, Opening

    desk = AnswerDesk(Opening(open_assistant))
    try:
        asyncio.run(ToolServer(desk).serve_stdio())
    except KeyboardInterrupt:
        pass
    finally:
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
