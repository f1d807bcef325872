"""OpenAI's own client, llama-index and LangChain use the service unchanged, over a real connection."""

from collections.abc import Iterator

import httpx2
import openai
import pytest
from langchain_openai import ChatOpenAI
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from pydantic import SecretStr

from assistant.ask import Assistant
from assistant.output.encode import encode_answer
from tests.conftest import ROOT, SEED_ID

MODEL = "policy-assistant"
QUESTION = "中试基地一年奖多少？什么时候申报？"
ASKED: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "You are a pirate."},
    {"role": "user", "content": QUESTION},
]
FOLLOW_UP: list[ChatCompletionMessageParam] = [
    {"role": "user", "content": "中试基地一年奖多少？"},
    {"role": "assistant", "content": "年度最高奖补200万元。"},
    {"role": "user", "content": [{"type": "text", "text": "那它由"}, {"type": "text", "text": "谁负责？"}]},
]


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{site}/v1", api_key="sk-any", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def expected(assistant: Assistant) -> dict[str, object]:
    answer = encode_answer(assistant.ask(QUESTION))
    answer.pop("timings_ms")
    return answer


def plain(value: object) -> object:
    """Tuples become lists on the way."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "timings_ms"}
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def test_a_completion(client: openai.OpenAI, expected: dict[str, object]) -> None:
    done = client.chat.completions.create(model=MODEL, messages=ASKED, temperature=0.2, seed=7, extra_body={"x": 1})
    assert (done.object, done.model, done.id[:9]) == ("chat.completion", MODEL, "chatcmpl-")
    (choice,) = done.choices
    assert (choice.finish_reason, choice.message.role) == ("stop", "assistant")
    assert choice.message.content == expected["answer"]
    assert choice.message.model_extra == {"citations": plain(expected["citations"])}
    assert done.model_extra is not None
    assert plain(done.model_extra["policy"]) == plain({k: v for k, v in expected.items() if k != "answer"})
    assert done.usage is not None and done.usage.prompt_tokens == len(QUESTION)
    assert done.usage.total_tokens == len(QUESTION) + len(choice.message.content or "")


def test_a_stream(client: openai.OpenAI, expected: dict[str, object]) -> None:
    chunks = list(client.chat.completions.create(model=MODEL, messages=ASKED, stream=True))
    assert len({c.id for c in chunks}) == 1
    deltas = [c.choices[0].delta for c in chunks]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert len(deltas) > 3
    assert "".join(d.content or "" for d in deltas) == expected["answer"]
    assert [c.choices[0].finish_reason for c in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert [d.model_extra for d in deltas] == [{}] * (len(chunks) - 2) + [
        {"citations": plain(expected["citations"])},
        {},
    ]
    assert [bool((c.model_extra or {}).get("policy")) for c in chunks] == [False] * (len(chunks) - 2) + [True, False]
    assert all(c.usage is None for c in chunks)


def test_a_stream_with_usage(client: openai.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(model=MODEL, messages=ASKED, stream=True, stream_options={"include_usage": True})
    )
    assert chunks[-1].choices == [] and chunks[-1].usage is not None
    assert chunks[-1].usage.prompt_tokens == len(QUESTION)
    assert chunks[-2].choices[0].finish_reason == "stop"


def test_earlier_messages_are_the_history(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model=MODEL, messages=FOLLOW_UP)
    assert "省工业和信息化厅" in (done.choices[0].message.content or "")
    assert (done.model_extra or {})["policy"]["standalone_question"] != "那它由谁负责？"


def test_notices_can_be_chosen(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model=MODEL, messages=ASKED, extra_body={"notice_ids": [SEED_ID]})
    assert [n["id"] for n in (done.model_extra or {})["policy"]["notices"]] == [SEED_ID]
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model=MODEL, messages=ASKED, extra_body={"notice_ids": ["none"]})
    assert refused.value.param == "notice_ids"


def test_the_models(client: openai.OpenAI) -> None:
    assert [m.id for m in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).owned_by == MODEL
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4o")


def test_errors_are_the_client_s_own(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="gpt-4o", messages=ASKED)
    assert (missing.value.code, missing.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.BadRequestError) as wrong:
        client.chat.completions.create(model=MODEL, messages=[])
    assert (wrong.value.type, wrong.value.param) == ("invalid_request_error", "messages")
    assert wrong.value.request_id


def test_a_stream_may_be_left(client: openai.OpenAI) -> None:
    with client.chat.completions.create(model=MODEL, messages=ASKED, stream=True) as stream:
        assert next(iter(stream)).choices[0].delta.role == "assistant"
    assert client.chat.completions.create(model=MODEL, messages=ASKED).choices


def test_llama_index(site: str, expected: dict[str, object]) -> None:
    llm = OpenAILike(model=MODEL, api_base=f"{site}/v1", api_key="any", is_chat_model=True, max_retries=0)
    messages = [ChatMessage(role="system", content="Answer in English."), ChatMessage(role="user", content=QUESTION)]
    reply = llm.chat(messages)
    assert reply.message.content == expected["answer"]
    assert isinstance(reply.raw, ChatCompletion) and reply.raw.model_extra
    assert reply.raw.model_extra["policy"]["status"] == expected["status"]
    assert next(r.delta for r in llm.stream_chat(messages)) == ""
    assert list(llm.stream_chat(messages))[-1].message.content == expected["answer"]
    assert llm.complete(QUESTION).text == expected["answer"]


def test_langchain(site: str, expected: dict[str, object]) -> None:
    llm = ChatOpenAI(model=MODEL, base_url=f"{site}/v1", api_key=SecretStr("any"), max_retries=0)
    asked = [("system", "Answer in English."), ("human", QUESTION)]
    reply = llm.invoke(asked)
    assert reply.content == expected["answer"]
    assert reply.usage_metadata is not None and reply.usage_metadata["input_tokens"] == len(QUESTION)
    chunks = list(llm.stream(asked))
    assert "".join(str(c.content) for c in chunks) == expected["answer"]
    assert [c.response_metadata["finish_reason"] for c in chunks if "finish_reason" in c.response_metadata] == ["stop"]


def test_the_stream_is_plain_server_sent_events(site: str) -> None:
    body = {"model": MODEL, "messages": ASKED, "stream": True}
    answered = httpx2.post(f"{site}/v1/chat/completions", json=body, timeout=None)
    frames = answered.text.split("\n\n")
    assert answered.headers["content-type"].startswith("text/event-stream")
    assert answered.headers["x-accel-buffering"] == "no"
    assert all(f.startswith("data: ") and "\n" not in f for f in frames[:-1])
    assert frames[-2:] == ["data: [DONE]", ""]


def test_the_example_in_the_readme(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8").partition("```python\nfrom openai")[2].partition("```")[0]
    exec("from openai" + shown.replace("http://127.0.0.1:7860", site), {})
    assert "年度最高奖补200万元" in capsys.readouterr().out
