"""Offers the tools by the protocol; sole user of the mcp package, whose import takes a second: import this late."""

from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from starlette.types import Receive, Scope, Send

from assistant.origin import product_version
from ui.api.mcp.tools import TOOLS, ToolRefused, call_tool
from ui.service.answering import AnswerDesk

_NAME = "policy-assistant"
_INSTRUCTIONS = (
    "按政府通知原文回答政策问题。ask 的回答已逐句核对：引用时请保留引文和条款号，原文没有写明的不要补充。"
    "find_measures 和 read_measure 查目录和条文。"
)


class ToolServer:
    """The tools over one desk."""

    def __init__(self, desk: AnswerDesk) -> None:
        self._desk = desk
        self._server: Server[Any] = Server(
            _NAME,
            version=product_version(),
            instructions=_INSTRUCTIONS,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
        )

    async def serve_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; nothing is kept between requests and no task outlives one."""
        manager = StreamableHTTPSessionManager(self._server, json_response=True, stateless=True)
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    async def serve_stdio(self) -> None:
        async with stdio_server() as (incoming, outgoing):
            await self._server.run(incoming, outgoing, self._server.create_initialization_options())

    async def _list_tools(self, _: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=_TOOLS)

    async def _call_tool(self, _: object, params: CallToolRequestParams) -> CallToolResult:
        try:
            reply = await call_tool(self._desk, params.name, params.arguments or {})
        except ToolRefused as error:
            return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
        return CallToolResult(content=[TextContent(type="text", text=reply.text)], structured_content=reply.content)


_TOOLS = [
    Tool(
        name=tool.name,
        title=tool.title,
        description=f"{tool.title}。{tool.description}",
        input_schema=tool.arguments.model_json_schema(),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )
    for tool in TOOLS.values()
]
