"""`doctor` tries the model and says what to do; settings that are wrong are said by every command."""

import dataclasses

import pytest

from assistant import doctor
from assistant.__main__ import main as run_command
from assistant.model.settings import read_model_settings
from corpus.settings import BadSetting
from tests.model_server.asking import SECRET
from tests.model_server.refusals import CONNECTING, STATUSES, say_nothing
from tests.model_server.server import ModelServer, Script, say
from ui.__main__ import main as serve

_WAYS = {way.name: way for way in (*CONNECTING, *STATUSES)}


def set_model(patch: pytest.MonkeyPatch, url: str, **more: str) -> None:
    for name, value in {"base_url": url, "name": "qwen", "api_key": SECRET, **more}.items():
        patch.setenv(f"POLICY_MODEL_{name.upper()}", value)


def test_no_model_is_fine() -> None:
    assert doctor.check_model() == doctor.Finding(True, "没有设置，按原文引用作答")


def test_a_model_that_speaks_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(say("好")) as server:
        set_model(monkeypatch, server.url, first_token_seconds="20")
        found = doctor.check_model()
    assert found.is_good and found.text.startswith("qwen，0.") and found.text.endswith(" 秒答完")
    assert server.prompts == ["请只回答一个字：好"]


ADVICE = [
    ("refused", "连不上模型服务，或连接中断", "POLICY_MODEL_BASE_URL"),
    ("host name unknown", "找不到模型服务的主机名", "POLICY_MODEL_BASE_URL"),
    ("certificate that nobody trusts", "模型服务的证书或加密连接不对", "POLICY_MODEL_BASE_URL"),
    ("401 that repeats the key", "模型服务返回 401：密钥不对", "POLICY_MODEL_API_KEY"),
    ("404", "模型服务返回 404：没有这个地址或模型", "POLICY_MODEL_NAME"),
    ("302", "模型服务返回 302：它要求转到别的地址", "POLICY_MODEL_BASE_URL"),
]


@pytest.mark.parametrize(("name", "text", "advice"), ADVICE)
def test_a_model_that_does_not_is_explained(monkeypatch: pytest.MonkeyPatch, name: str, text: str, advice: str) -> None:
    with _WAYS[name].serve("好") as served:
        set_model(monkeypatch, served.url)
        found = doctor.check_model()
    assert not found.is_good and found.text.startswith(text) and advice in found.advice
    assert SECRET not in str(dataclasses.astuple(found))


def test_a_model_that_is_slow_may_be_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    script: Script = say_nothing
    with ModelServer(script) as server:
        set_model(monkeypatch, server.url, first_token_seconds="0.2")
        found = doctor.check_model()
    assert not found.is_good and "过一分钟再试" in found.advice


WRONG = [
    ({"url": "ftp://model/v1"}, "POLICY_MODEL_BASE_URL 只能以 http:// 或 https:// 开头"),
    ({"url": "http://model/v1", "name": ""}, "设了 POLICY_MODEL_BASE_URL，还要设 POLICY_MODEL_NAME（模型的名称）"),
    ({"url": "http://model/v1", "seconds": "long"}, "POLICY_MODEL_SECONDS 要是大于 0、不超过 300 的数（秒）"),
    ({"url": "http://model/v1", "tokens": "1"}, "POLICY_MODEL_TOKENS 要是 512 到 2000000 的整数"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_wrong_settings_are_said(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str) -> None:
    set_model(monkeypatch, **given)
    with pytest.raises(BadSetting) as refused:
        read_model_settings()
    assert str(refused.value) == f"设置不对：{said}。请改正后重新运行。"


@pytest.mark.parametrize("start", [lambda: serve(["--port", "0"]), lambda: run_command(["ask", "奖多少"])])
def test_every_command_says_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], start: object
) -> None:
    set_model(monkeypatch, "http://me:secret@model/v1")
    assert callable(start) and start() == 1
    said = capsys.readouterr().err
    assert said.startswith("错误：设置不对：POLICY_MODEL_BASE_URL 网址里不能写用户名和密码") and "secret" not in said
    assert said.count("\n") == 1
