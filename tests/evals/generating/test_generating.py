"""One reply for each question: kept, played again, and scored with and without verification."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from assistant.model.endpoint import Counts, Fault, Message, ModelError
from assistant.model.settings import ModelSettings
from corpus.store import Corpus
from evals.entry import EntryFailed
from evals.generating import comparing
from evals.generating.comparing import (
    BELIEVED,
    QUOTE,
    VERIFIED,
    ModelComparison,
    describe_writing,
    encode,
    make_runs,
    make_table,
    measure,
    write_sheet,
)
from evals.generating.generations import Generations, KeptEndpoint
from evals.results import ResultsError
from tests.evals.answers import make_case, make_library

ASKED = (Message("system", "规则"), Message("user", "问题"))
PILOT = make_case(question="省级中试基地一年最多奖多少？", facts=[["200万元"]])
TALK = make_case(id="b", question="你好", answerable=False)
SETTINGS = ModelSettings(model_base_url="http://127.0.0.1:1/v1", model_name="m")
TRUE, FALSE = "服务突出的省级中试基地，年度最高奖补200万元。", "服务突出的省级中试基地，年度最高奖补900万元。"


def say(*texts: str) -> str:
    sentences = [{"text": text, "sources": [1], "kind": "解读"} for text in texts]
    return json.dumps({"held": True, "sentences": sentences}, ensure_ascii=False)


class FakeEndpoint:
    """Counts its requests; breaks off where a fault is given."""

    def __init__(self, reply: str, fault: Fault | None = None) -> None:
        self.reply = reply
        self.fault = fault
        self.asked = 0

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]:
        self.asked += 1
        yield self.reply[:9]
        if self.fault is not None:
            raise ModelError(self.fault, "坏了")
        yield self.reply[9:]

    @property
    def counts(self) -> Counts:
        return Counts(prompt_tokens=700 * self.asked, reply_tokens=60 * self.asked)


def open_kept(path: Path, endpoint: FakeEndpoint | None) -> KeptEndpoint:
    return KeptEndpoint(endpoint, Generations(path), "m")


def test_a_reply_is_asked_for_once(tmp_path: Path) -> None:
    endpoint, path = FakeEndpoint(say(TRUE)), tmp_path / "kept.jsonl"
    assert "".join(open_kept(path, endpoint).write(ASKED)) == say(TRUE)
    again = open_kept(path, endpoint)
    assert "".join(again.write(ASKED)) == say(TRUE)
    assert "".join(open_kept(path, None).write((Message("system", "新规则"), ASKED[1]))) == say(TRUE)
    assert endpoint.asked == 1
    assert again.last is not None
    assert again.last.tokens == (700, 60)


def test_what_broke_off_is_asked_for_by_the_next_run(tmp_path: Path) -> None:
    endpoint, path = FakeEndpoint(say(TRUE), Fault.TIMEOUT), tmp_path / "kept.jsonl"
    kept = open_kept(path, endpoint)
    for _ in range(2):
        with pytest.raises(ModelError):
            list(kept.write(ASKED))
    assert endpoint.asked == 1
    endpoint.fault = None
    assert "".join(open_kept(path, endpoint).write(ASKED)) == say(TRUE)


def test_nothing_is_mended(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="只问一次"):
        list(open_kept(tmp_path / "a", FakeEndpoint("")).write((*ASKED, Message("assistant", ""), Message("user", ""))))


def test_a_line_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    list(open_kept(path, FakeEndpoint(say(TRUE))).write(ASKED))
    path.write_text(path.read_text(encoding="utf-8") + '{"prompt": "', encoding="utf-8")
    assert "".join(open_kept(path, None).write(ASKED)) == say(TRUE)
    path.write_text("{}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ResultsError, match="第 1 行"):
        open_kept(path, None)


class Opens(Protocol):
    def __call__(self, endpoint: FakeEndpoint, *, asks: bool = True) -> ModelComparison: ...


@pytest.fixture
def open_comparison(small_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opens:
    def opened(endpoint: FakeEndpoint, *, asks: bool = True) -> ModelComparison:
        monkeypatch.setattr(comparing, "Endpoint", lambda settings: endpoint)
        library = make_library(small_corpus, small_corpus)
        return ModelComparison(library, SETTINGS, tmp_path / "kept.jsonl", asks=asks)

    return opened


def test_one_reply_is_scored_three_ways(open_comparison: Opens, tmp_path: Path) -> None:
    endpoint = FakeEndpoint(say(TRUE, FALSE))
    comparison = open_comparison(endpoint)
    asked = comparison.ask([PILOT, TALK])
    answers: dict[str, dict[str, Any]] = {
        name: next(one.answer or {} for one in found if one.id == "a") for name, found in asked.outcomes.items()
    }
    assert endpoint.asked == 1
    assert "900万元" not in answers[QUOTE]["answer"] + answers[VERIFIED]["answer"]
    assert FALSE in answers[BELIEVED]["answer"]
    assert answers[VERIFIED]["composer"] == "model"
    writing = describe_writing(asked)
    assert (writing.asked, writing.sentences, writing.explained) == (1, 2, (1, 2))
    assert (writing.prompt_tokens, writing.reply_tokens) == (700, 60)
    figures = measure(asked, make_runs(asked, datetime.now(UTC)))
    assert [one.way for one in figures] == [QUOTE, BELIEVED, VERIFIED]
    assert make_table(figures).row_count == 3
    assert encode(asked, figures, SETTINGS)["deadlines"]["model_seconds"] == 20
    write_sheet(tmp_path / "sheet.jsonl", asked)
    assert len((tmp_path / "sheet.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_without_asking_only_kept_replies_are_scored(open_comparison: Opens) -> None:
    assert open_comparison(FakeEndpoint(""), asks=False).ask([PILOT]).outcomes[QUOTE] == []
    open_comparison(FakeEndpoint(say(TRUE))).ask([PILOT])
    assert len(open_comparison(FakeEndpoint(""), asks=False).ask([PILOT]).outcomes[QUOTE]) == 1


def test_a_model_must_be_set(small_corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(EntryFailed, match="POLICY_MODEL_BASE_URL"):
        ModelComparison(make_library(small_corpus, small_corpus), ModelSettings(), tmp_path / "kept")
