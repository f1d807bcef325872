"""The judge against a scripted endpoint: prompts, replies, bent claims, agreement, and the command."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from corpus.notice import Measure
from evals import __main__ as command
from evals import judge_command
from evals.context import Library
from evals.judge import EndpointJudge, Grade, JudgeFailed, JudgeSettings, Verdict, read_reply
from evals.judge_command import choose_answers
from evals.judging import Answered, judge_answer, list_claims
from ingest.publish import Source
from prompts import prompt
from tests.conftest import ROOT
from tests.test_eval_scorers import CASE, OWNERS, QUOTE, answer, text

__all__ = ["answer", "text"]  # fixtures

FILLED = {
    "judge_faithfulness": {"sources", "claim"},
    "judge_completeness": {"question", "reference", "answer"},
    "judge_plainness": {"question", "answer"},
}


class _Endpoint(BaseHTTPRequestHandler):
    """Judges by script: a claim holds where its words stand in the sources, every answer is complete."""

    prompts: ClassVar[list[str]] = []
    keys: ClassVar[set[str]] = set()
    replies: ClassVar[list[str]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = body["messages"][0]["content"]
        self.prompts.append(asked)
        self.keys.add(self.headers["Authorization"])
        reply = self.replies.pop(0) if self.replies else self._judge(asked)
        message = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": reply}}
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        completion = {"id": "x", "object": "chat.completion", "created": 0, "model": body["model"]}
        self.wfile.write(json.dumps({**completion, "choices": [message]}).encode())

    @staticmethod
    def _judge(asked: str) -> str:
        if "好懂" in asked:
            return '好的。\n```json\n{"reason": "要找", "grade": 4}\n```'
        holds = "400万元" not in asked
        return json.dumps({"reason": "照原文", "holds": holds}, ensure_ascii=False)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    _Endpoint.prompts, _Endpoint.keys, _Endpoint.replies, _Endpoint.status = [], set(), [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def answered(answer: dict[str, Any]) -> Answered:
    scores = [{"name": "strictly_right", "value": 1.0}, {"name": "departments_right", "value": None}]
    return Answered.model_validate({**CASE, "answer": answer, "scores": scores})


@pytest.fixture
def measures(seed: Source) -> dict[str, Measure]:
    return {str(m.number): m for m in seed.notice.measures()}


@pytest.mark.parametrize(("name", "fields"), FILLED.items())
def test_prompt_has_exactly_the_fields_its_step_fills(name: str, fields: set[str]) -> None:
    template = Template((ROOT / "prompts" / f"{name}.md").read_text(encoding="utf-8"))
    assert template.is_valid()
    assert set(template.get_identifiers()) == fields
    filled = prompt(name, **{field: f"<{field} $claim>" for field in fields})
    assert all(f"<{field} $claim>" in filled for field in fields)
    with pytest.raises(KeyError):
        prompt(name)


def test_no_prompt_is_unused() -> None:
    assert {path.stem for path in (ROOT / "prompts").glob("*.md")} == set(FILLED)


def test_judgement_of_one_answer(endpoint: str, answered: Answered, measures: dict[str, Measure]) -> None:
    assert answered.answer is not None
    judged = judge_answer(answered, answered.answer, measures, EndpointJudge(endpoint, "m", SecretStr("k")))
    assert [(c.text, c.verdict, c.expected, c.is_bent) for c in judged.claims] == [
        ("服务突出的省级中试基地，年度最高奖补200万元。", True, True, False),
        ("服务突出的省级中试基地，年度最高奖补400万元。", False, False, True),
    ]
    assert (judged.completeness.verdict, judged.completeness.expected, judged.grade) == (True, True, 4)
    faithfulness, _, completeness, plainness = _Endpoint.prompts
    assert QUOTE in faithfulness
    assert "高水平建设山东科技大市场" in completeness
    assert all(words in plainness for words in (CASE["question"], OWNERS, "年度最高奖补200万元"))
    assert _Endpoint.keys == {"Bearer k"}


@pytest.mark.parametrize(
    ("reply", "holds"),
    [
        ('{"reason": "", "holds": true}', True),
        ('想一想 {"x": 1} 然后 {"holds": false, "reason": "多了"}。', False),
        ('{"holds": "true"}', None),
        ("true", None),
        ("", None),
        ('{"holds": true', None),
    ],
)
def test_reply_of_a_model(reply: str, holds: bool | None) -> None:
    verdict = read_reply(reply, Verdict)
    assert (verdict.holds if verdict else None) == holds


def test_grade_outside_the_scale_is_not_read() -> None:
    assert [read_reply(f'{{"grade": {n}}}', Grade) is None for n in (0, 1, 5, 6)] == [True, False, False, True]


def test_unreadable_reply_is_asked_again_once(endpoint: str) -> None:
    judge = EndpointJudge(endpoint, "m", SecretStr(""))
    _Endpoint.replies = ["我觉得可以", '{"holds": true}', "不知道", "还是不知道"]
    assert judge.judge("问", Verdict) == Verdict(holds=True)
    assert judge.judge("问", Verdict) is None
    assert len(_Endpoint.prompts) == 4


def test_broken_endpoint_is_named_without_the_key(endpoint: str) -> None:
    _Endpoint.status = 400
    with pytest.raises(JudgeFailed, match=r"没有回答.*POLICY_JUDGE_KEY") as failed:
        EndpointJudge(endpoint, "m", SecretStr("s3cret")).judge("问", Verdict)
    assert "s3cret" not in str(failed.value)
    with pytest.raises(JudgeFailed, match="没有回答"):
        EndpointJudge("http://127.0.0.1:9/v1", "m", SecretStr("")).judge("问", Verdict)


def test_key_comes_from_the_environment_and_stays_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_JUDGE_KEY", "s3cret")
    settings = JudgeSettings()
    assert settings.judge_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)


def test_claims_are_sentences_that_cite(answered: Answered) -> None:
    assert answered.answer is not None
    parts = [
        {"kind": "direct", "text": "第一句。第二句！", "citations": [1]},
        {"kind": "direct", "text": "没有引文。", "citations": []},
        {"kind": "note", "text": "说明。", "citations": [1]},
        {"kind": "correction", "text": "不是。第一句。", "citations": [1]},
    ]
    place = {"measure_label": "（九）", "measure_title": "推广", "document_number": "甲〔2025〕1号"}
    citations = [{**answered.answer.citations[0].model_dump(), **place}]
    told = {**answered.answer.model_dump(), "parts": parts, "citations": citations}
    claims = list_claims(type(answered.answer).model_validate(told))
    assert [claim.text for claim in claims] == ["第一句。", "第二句！", "不是。"]
    assert {claim.sources for claim in claims} == {f"【甲〔2025〕1号 第（九）条“推广”】{QUOTE}"}


def test_half_of_the_judged_answers_are_wrong_ones(answered: Answered) -> None:
    wrong = {"scores": ({"name": "strictly_right", "value": 0.0},)}
    answers = [
        Answered.model_validate({**answered.model_dump(), "id": str(i), **(wrong if i % 10 == 0 else {})})
        for i in range(40)
    ]
    assert [a.id for a in choose_answers(answers, 6)] == ["0", "10", "20", "1", "14", "27"]
    assert len(choose_answers(answers, 10)) == 10
    assert [a.id for a in choose_answers(answers[:1], 6)] == ["0"]


def test_command(
    endpoint: str,
    answered: Answered,
    seed: Source,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judge_command, "read_library", lambda _: Library((seed.notice,), {}))
    result = tmp_path / "result.json"
    cases = [answered.model_dump(mode="json"), {**answered.model_dump(mode="json"), "id": "none", "answer": None}]
    result.write_text(json.dumps({"commit": "abc", "cases": cases}), encoding="utf-8")
    place = ["--url", endpoint, "--model", "m"]
    assert command.main(["judge", str(result), *place]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "评判了 1 个回答，1 句话，另有 1 句故意改错金额；0 次回复读不出来",
        "忠实：评判认为属实 100%，认出改错的 100%；与打分项一致 100%，κ = 1.00",
        "答全：评判认为答全 100%；与打分项一致 100%，κ 无从计算（有一方全部相同）",
        "好懂：平均 4.0 分（1–5）",
    ]
    assert command.main(["judge", str(result), *place, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["faithful"], printed["bent_found"], printed["judgements"][0]["grade"]) == (1.0, 1.0, 4)
    _Endpoint.replies = ['{"holds": true}', '{"reason": "没看出", "holds": true}']
    assert command.main(["judge", str(result), *place]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "不一致 x 忠实：评判说成立｜服务突出的省级中试基地，年度最高奖补400万元。（改错过的）｜没看出"
    )
    assert command.main(["judge", str(result), *place, "--sample", "0"]) == 2
    assert command.main(["judge", str(tmp_path / "none.json"), *place]) == 2
    result.write_text("{}", encoding="utf-8")
    assert command.main(["judge", str(result), *place]) == 2
    assert "不是 python -m evals run 写出的结果文件" in capsys.readouterr().err


def test_what_was_judged_before_a_failure_is_kept(
    answered: Answered, measures: dict[str, Measure], capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing:
        """Answers as many prompts as one answer needs, then fails."""

        calls = 0

        def judge(self, prompt: str, form: type[Any]) -> Any:
            self.calls += 1
            if self.calls > 4:
                raise JudgeFailed("连接断了")
            return Grade(grade=3) if form is Grade else Verdict(holds=True)

    judgements = judge_command._judge_all([answered, answered], measures, Failing())
    assert [j.grade for j in judgements] == [3]
    assert "评判了 1 个回答后中断：连接断了" in capsys.readouterr().err
    with pytest.raises(JudgeFailed):
        judge_command._judge_all([answered, answered], measures, type("Never", (Failing,), {"calls": 9})())
