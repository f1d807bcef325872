"""Agents list the tools and call each, over HTTP and as a process; hostile calls get an error, never a traceback."""

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import CallToolResult, TextContent

from assistant.ask import Assistant
from assistant.output.encode import encode_answer
from corpus.store import Corpus
from tests.conftest import ROOT, SEED_ID
from tests.fake_assistant import FakeAssistant
from tests.http_checks import expect_problem
from tests.ui.conftest import SHAPED_ID
from ui.api.mcp.tools import TOOLS, ToolRefused, call_tool
from ui.server import create_app
from ui.service.answering import AnswerDesk, Opening
from ui.service.fair_queue import Places
from ui.settings import UiSettings

QUESTION = "中试基地一年奖多少？什么时候申报？"
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
ACCEPT = {"accept": "application/json, text/event-stream"}


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_an_agent_calls_every_tool(site: str, assistant: Assistant) -> None:
    async def talk() -> None:
        async with Client(f"{site}/mcp") as client:
            tools = (await client.list_tools()).tools
            assert [t.name for t in tools] == ["ask", "find_measures", "read_measure"]
            assert all(t.input_schema["type"] == "object" and t.description for t in tools)

            asked = await client.call_tool("ask", {"question": QUESTION})
            answer = json.loads(json.dumps(encode_answer(assistant.ask(QUESTION))))
            assert not asked.is_error and {**asked.structured_content, "timings_ms": answer["timings_ms"]} == answer
            assert text_of(asked).startswith(answer["answer"]) and f"/notices/{SEED_ID}#m9.3" in text_of(asked)

            found = await client.call_tool("find_measures", {"department": "财政厅", "words": "中试基地"})
            assert [m["measure_id"] for m in found.structured_content["measures"]] == ["3.9"]
            assert text_of(found).startswith("共 1 条，列出 1 条。")

            read = await client.call_tool("read_measure", {"notice_id": SEED_ID, "measure": "9"})
            assert read.structured_content["departments"] == ["省科技厅", "省工业和信息化厅", "省财政厅"]
            assert "年度最高奖补200万元" in text_of(read)
            assert await client.call_tool("read_measure", {"notice_id": SEED_ID, "measure": "3.9"}) == read

            refused = await client.call_tool("read_measure", {"notice_id": SEED_ID, "measure": "99"})
            assert refused.is_error and "没有措施是这个编号" in text_of(refused)

    asyncio.run(talk())


def test_the_tools_as_a_process() -> None:
    async def talk() -> None:
        parameters = StdioServerParameters(command=sys.executable, args=["-m", "ui.api.mcp"], cwd=str(ROOT))
        async with Client(parameters) as client:
            assert len((await client.list_tools()).tools) == 3
            refused = await client.call_tool("ask", {"question": ""})
            assert refused.is_error and "question" in text_of(refused)

    asyncio.run(talk())


@pytest.fixture
def desk(small_corpus: Corpus) -> Iterator[AnswerDesk]:
    desk = AnswerDesk(Opening(FakeAssistant(small_corpus)))
    yield desk
    desk.close()


HOSTILE = [
    ("none", {}, "没有这个工具"),
    ("ask", {}, "question：缺少"),
    ("ask", {"question": 7}, "question：应当是字符串"),
    ("ask", {"question": "？！"}, "没有文字"),
    ("ask", {"question": "问" * 501}, "最多 500"),
    ("ask", {"question": "奖", "notice_ids": ["../../etc/passwd"]}, "不认识的编号"),
    ("ask", {"question": "奖", "history": "x"}, "history：应当是数组"),
    ("find_measures", {"limit": 10**9}, "limit"),
    ("find_measures", {"limit": "5"}, "limit：应当是整数"),
    ("find_measures", {"words": ["x"]}, "words：应当是字符串"),
    ("find_measures", {"notice_id": "none"}, "没有这份通知"),
    ("find_measures", {"department": "x" * 101}, "最多 100"),
    ("read_measure", {}, "notice_id：缺少"),
    ("read_measure", {"notice_id": SEED_ID, "measure": "9\u0000; DROP TABLE"}, "没有措施是这个编号"),
    ("read_measure", {"notice_id": "\ud800", "measure": "9"}, "没有这份通知"),
]


@pytest.mark.parametrize(("name", "arguments", "said"), HOSTILE)
def test_hostile_calls(desk: AnswerDesk, name: str, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(ToolRefused, match=re.escape(said)):
        asyncio.run(call_tool(desk, name, arguments))


def test_unexpected_failures_have_a_number_only(small_corpus: Corpus) -> None:
    assistant = FakeAssistant(small_corpus)
    assistant.fault = RuntimeError("secret")
    desk = AnswerDesk(Opening(assistant))
    with pytest.raises(ToolRefused, match="错误编号") as refused:
        asyncio.run(call_tool(desk, "ask", {"question": "奖"}))
    assert "secret" not in str(refused.value)
    desk.close()


def test_the_desk_s_limits_apply(small_corpus: Corpus) -> None:
    assistant = FakeAssistant(small_corpus)
    assistant.gate = threading.Event()
    desk = AnswerDesk(Opening(assistant), places=Places(at_a_time=1, in_all=1, per_client=1))

    async def crowd() -> list[object]:
        calls = [asyncio.create_task(call_tool(desk, "ask", {"question": "奖"}))]
        while not desk.running:
            await asyncio.sleep(0.01)
        calls += [asyncio.create_task(call_tool(desk, "ask", {"question": "奖"})) for _ in range(2)]
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        assert assistant.gate is not None
        assistant.gate.set()
        await asyncio.wait(calls)
        return [c.exception() for c in calls]

    outcomes = asyncio.run(crowd())
    refused = [o for o in outcomes if o is not None]
    assert len(outcomes) == 3 and len(refused) == 1
    assert isinstance(refused[0], ToolRefused) and "提出的问题太多" in str(refused[0])
    desk.close()


def test_measures_of_several_notices(desk: AnswerDesk, small_corpus: Corpus) -> None:
    everything = asyncio.run(call_tool(desk, "find_measures", {"limit": 50}))
    assert everything.content["total"] == len(small_corpus.catalogue.measures)
    for shown in everything.content["measures"][::7]:
        wanted = {"notice_id": shown["notice_id"], "measure": shown["measure_id"]}
        assert asyncio.run(call_tool(desk, "read_measure", wanted)).content["title"] == shown["title"]
    assert asyncio.run(call_tool(desk, "find_measures", {"words": "没有这样的词"})).content["measures"] == []
    assert list(TOOLS) == ["ask", "find_measures", "read_measure"]


def test_departments_of_points_stand_with_their_point(shaped: Corpus) -> None:
    desk = AnswerDesk(Opening(FakeAssistant(shaped)))
    found = asyncio.run(call_tool(desk, "find_measures", {"department": "财政局"}))
    read = asyncio.run(call_tool(desk, "read_measure", {"notice_id": SHAPED_ID, "measure": "1.2"}))
    desk.close()
    assert found.text.endswith("（二）开展示范（1.市工业和信息化局；2.（2）市商务局、市财政局）")
    (measure,) = found.content["measures"]
    assert measure["departments"] == []
    assert [(p["path"], p["departments"]) for p in measure["points"]] == [
        ("1", ["市工业和信息化局"]),
        ("2.2", ["市商务局", "市财政局"]),
    ]
    assert read.content["above"] == ["一、支持企业上云"]
    assert read.text.splitlines()[-5:] == [
        "（市工业和信息化局负责）",
        "2.场景示范。",
        "（1）开放政务场景。",
        "（2）开放商业场景，每个奖励5万元。",
        "（市商务局、市财政局负责）",
    ]


DOORS = [
    ({}, 200),
    ({"host": "127.0.0.1:7860"}, 200),
    ({"host": "[::1]:7860"}, 200),
    ({"host": "10.1.2.3"}, 200),
    ({"host": "www.example.gov.cn"}, 200),
    ({"host": "rebound.example"}, 421),
    ({"host": "127.0.0.1.rebound.example"}, 421),
    ({"host": "["}, 421),
    ({"origin": "https://www.example.gov.cn"}, 200),
    ({"host": "localhost:7860", "origin": "http://localhost:7860"}, 200),
    ({"origin": "https://evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({"host": "localhost:7860", "origin": "http://localhost:9999"}, 403),
]


@pytest.fixture(scope="module")
def guarded(small_corpus: Corpus) -> Iterator[TestClient]:
    settings = UiSettings(allowed_origins=("https://www.example.gov.cn",))
    with TestClient(create_app(FakeAssistant(small_corpus), settings), base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize(("headers", "status"), DOORS)
def test_other_sites_are_turned_away(guarded: TestClient, headers: dict[str, str], status: int) -> None:
    response = guarded.post("/mcp", json=PING, headers={**ACCEPT, **headers})
    assert response.status_code == status, response.text
    if status != 200:
        expect_problem(response, status)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '"x"', '{"jsonrpc": "2.0", "id": 1, "method": "tools/call"}', "\x00"]
)
def test_bad_bodies(site: str, content: str) -> None:
    response = httpx2.post(
        f"{site}/mcp", content=content, headers={**ACCEPT, "content-type": "application/json"}, timeout=None
    )
    assert response.status_code < 500 and "Traceback" not in response.text
    assert "error" in response.json()


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "HEAD"])
def test_nothing_but_calls_is_taken(site: str, method: str) -> None:
    refused = httpx2.request(method, f"{site}/mcp", headers={"accept": "text/event-stream"}, timeout=None)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_the_protocol_is_not_loaded_at_the_start() -> None:
    """The package itself is loaded by gradio in any case."""
    names = ("ui.api.mcp.server", "llama_index", "openai")
    code = f"import sys, ui.server; print(*(m for m in {names} if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
