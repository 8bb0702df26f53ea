"""A server of the Model Context Protocol (modelcontextprotocol.io) over stdio.

It answers a call at a time, and stays up whatever a call has or the site lacks.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import anyio
import anyio.to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import CallToolRequestParams, CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations

from chuyendoiso.ops.assistant_tools import TOOLS, ToolError, parse_arguments
from chuyendoiso.ops.built_site import BuiltSite
from chuyendoiso.outputs.search.reader import MixedBuilds
from chuyendoiso.system.http import TransportError, reason
from chuyendoiso.system.site_files import SiteFiles

NAME = "chuyendoiso"
TRIES = 3  # a new release may be swapped in while a call reads the old one
PAUSE = 0.25  # seconds
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, TransportError)
INSTRUCTIONS = (
    "Nội dung đã đăng trên trang web của cơ quan. Chỉ trích nguyên văn, luôn kèm url và ngày; văn bản thì nói rõ hiệu lực. "
    "Trang chưa có câu trả lời thì nói là chưa có. Mục đã gỡ thì không trích."
)


@dataclass(frozen=True)
class SiteTools:
    """The tools on a site: `now` is a clock with the site's zone."""

    files: SiteFiles
    now: Callable[[], datetime]
    sleep: Callable[[float], None]

    def call(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a tool's answer. Raise ToolError, with a message for people."""
        arguments, fault = parse_arguments(name, values), ""
        for attempt in range(TRIES):
            if attempt:
                self.sleep(PAUSE)
            try:
                return TOOLS[name].answer(BuiltSite(self.files.reader(), self.now()), **arguments)
            except UNREADABLE as error:
                fault = "các tệp không cùng một bản dựng" if isinstance(error, MixedBuilds) else reason(error)
        remedy = "thử lại sau ít phút; nếu vẫn vậy, báo người vận hành dựng lại trang hoặc xem lại --source."
        raise ToolError(f"Chưa đọc được dữ liệu của trang: {fault}. Cách sửa: {remedy}")


def serve(tools: SiteTools) -> None:
    """Serve on standard input and output until the input ends."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL)  # else what a client sends wrong is logged with a traceback
    anyio.run(_serve, make_server(tools))


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (requests, responses):
        await server.run(requests, responses, server.create_initialization_options())


def make_server(tools: SiteTools) -> Server[Any]:
    """Return a server with the tools."""
    one_by_one = anyio.CapacityLimiter(1)

    async def list_tools(context: Any, params: Any) -> ListToolsResult:
        return ListToolsResult(tools=describe_tools())

    async def call_tool(context: Any, params: CallToolRequestParams) -> CallToolResult:
        try:
            answer = await anyio.to_thread.run_sync(tools.call, params.name, params.arguments or {}, limiter=one_by_one)
        except ToolError as error:
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
        return CallToolResult(content=[TextContent(text=json.dumps(answer, ensure_ascii=False))], structured_content=answer)

    return Server(NAME, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def describe_tools() -> list[Tool]:
    """Return the tools with the JSON Schema of their arguments."""
    annotations = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    return [
        Tool(name=name, title=tool.title, description=tool.description, annotations=annotations, input_schema={
            "type": "object", "additionalProperties": False,
            "required": [key for key, parameter in tool.parameters.items() if parameter.required],
            "properties": {
                key: {"type": "string", "description": parameter.description, **({"format": "date"} if parameter.day else {})}
                for key, parameter in tool.parameters.items()
            },
        })
        for name, tool in TOOLS.items()
    ]  # fmt: skip
