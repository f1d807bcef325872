"""Measuring on other people's data: reading it, ranking by the product and by plain BM25, judging, reporting."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.answer import Answer, Part, PartKind, Status
from assistant.ask import Assistant
from corpus.embed import Embedder, Vector
from evals import __main__ as command
from evals.bigrams import BigramIndex, cut_pairs
from evals.dataset import AdversarialPrompt, DataError, DataFolder, Document, PolicyQuestion, take_sample
from evals.figures import Figure, compare_paired
from evals.policy_library import BuildFailed, open_policy_library
from evals.policy_part import cut_windows, holds, reach_answers, right_documents, same_texts, window_around
from evals.prompt_part import judge, read_instructions
from evals.retrieval import Plan, choose_articles, choose_documents, measure
from evals.retrieval_figures import Scope, summarise_questions, summarise_twins
from evals.retrieval_report import find_below
from evals.statute_part import make_corpus, search_articles, text_of
from evals.vector_cache import VectorCache
from tests.conftest import FakeEmbedder
from tests.foreign_data import PROMPTS, write_data, write_rows


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(write_data(tmp_path / "data"))


@pytest.fixture
def built_here(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> None:
    """Ingest in this process with the embedder of the tests; the process of its own is tried once below."""
    from ingest.build import build

    monkeypatch.setattr("evals.policy_library._build", lambda folder, index: build([folder], index, embedder))


def test_wrong_data_is_named(data: DataFolder) -> None:
    write_rows(data.folder / "adversarial_prompts.jsonl", [PROMPTS[0], {"id": "x", "category": "y"}])
    with pytest.raises(DataError, match=r"adversarial_prompts.jsonl 第 2 行：prompt"):
        data.prompts()
    (data.folder / "stard_articles.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(DataError, match=r"stard_articles.jsonl.gz 读不出来"):
        data.articles()
    (data.folder / "policy_documents.jsonl.gz").unlink()
    with pytest.raises(DataError, match=r"没有 policy_documents.jsonl 或 policy_documents.jsonl.gz"):
        data.documents()
    write_rows(data.folder / "policy_documents.jsonl", [])
    with pytest.raises(DataError, match="是空的"):
        data.documents()


def test_samples_are_the_same_at_every_run() -> None:
    sample = take_sample(range(1000), 20)
    assert sample == take_sample(range(1000), 20) == tuple(sorted(sample))
    assert set(sample) < set(take_sample(range(1000), 30))
    assert max(sample) - min(sample) > 500
    assert take_sample("abc", None) == take_sample("abc", 3) == ("a", "b", "c")


def test_a_sample_keeps_every_text_that_answers(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.retrieval._SAMPLED_DOCUMENTS", 2)
    monkeypatch.setattr("evals.retrieval._SAMPLED_ARTICLES", 2)
    chosen = choose_documents(data.documents(), [data.policy_questions()[1]])
    assert [d.docid for d in chosen] == ["bikes", "bikes-again"]
    kept = choose_articles(data.articles(), data.statute_questions())
    assert [a.id for a in kept] == ["S0", "S1", "S2"]


def test_plain_pairs_of_characters() -> None:
    assert cut_pairs("一 二\n三") == ["一二", "二三"]
    assert cut_pairs("一") == ["一"]
    assert BigramIndex(["粮食储备", "共享单车停放", ""]).rank("单车怎么停放", 2)[0] == 1


def test_passages() -> None:
    assert [(w.start, len(w.text)) for w in cut_windows([Document(docid="d", text="字" * 700)])] == [
        (0, 300),
        (150, 300),
        (300, 300),
        (450, 250),
    ]
    assert [w.text for w in cut_windows([Document(docid="d", text="短")])] == ["短"]
    text = "字" * 1000
    assert window_around(text, 500, 520) == (360, 660)
    assert window_around(text, 990, 1000) == (700, 1000)
    assert window_around(text, 0, 10) == (0, 300)
    assert window_around(text, 100, 600) == (100, 600)
    assert holds("第一段。 \n 奖励 50 万元。", "奖励50万元")
    assert holds("甲" * 60, "甲" * 60 + "乙" * 300)
    assert not holds("甲" * 59, "甲" * 60)


def test_documents_with_the_same_text_are_right(data: DataFolder) -> None:
    twins_of = same_texts(data.documents())
    assert [sorted(right_documents(q, twins_of)) for q in data.policy_questions()] == [
        ["grain"],
        ["bikes", "bikes-again"],
        ["library", "nowhere"],
    ]


def test_questions_over_documents(data: DataFolder, tmp_path: Path, built_here: None, embedder: Embedder) -> None:
    documents, questions = data.documents(), data.policy_questions()
    library = open_policy_library(documents, tmp_path / "index", embedder)
    assert sorted(library.docids.values()) == [("bikes", "bikes-again")] * 2 + [("grain",), ("library",)]
    assert library.refused == 0
    reached = reach_answers(questions, documents, library)
    assert [(r.ours.document, r.bigrams.document, r.ours.passage) for r in reached] == [(1, 1, 1)] * 3
    assert reached[0].quoted == 1.0
    elsewhere = PolicyQuestion(id="x", question="承储企业仓储费补贴多少？", answer="每吨补贴", docid="library")
    (wrong,) = reach_answers([elsewhere], documents, library)
    assert (wrong.ours.document == 1, wrong.quoted) == (False, 0.0)


def test_ingest_that_publishes_nothing_is_an_error(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(BuildFailed, match="没有发布索引"):
        open_policy_library([Document(docid="d", text=" ")], tmp_path / "index", embedder)


def test_articles(data: DataFolder, embedder: Embedder) -> None:
    articles = data.articles()
    corpus = make_corpus(articles, embedder.embed_passages([text_of(a) for a in articles]), embedder)
    found = search_articles(data.statute_questions(), articles, corpus)
    assert [(f.ours[0], f.bigrams[0]) for f in found] == [("S2", "S2"), ("S1", "S1")]
    assert found[1].right == {"S0", "S1"}


class CountingEmbedder(FakeEmbedder):
    def __init__(self) -> None:
        super().__init__("fake/one")
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.embedded += texts
        return super().embed_passages(texts)


def test_vectors_are_made_once(tmp_path: Path) -> None:
    counting, steps = CountingEmbedder(), list[int]()
    first = VectorCache(tmp_path, counting).embed(["一二", "三四", "一二"], steps.append)
    again = VectorCache(tmp_path, counting).embed(["三四", "五六"], steps.append)
    assert counting.embedded == ["一二", "三四", "五六"]
    assert steps == [1, 2, 1, 1]
    assert np.array_equal(first, FakeEmbedder().embed_passages(["一二", "三四", "一二"]))
    assert np.array_equal(again[0], first[1])
    assert VectorCache(tmp_path, FakeEmbedder("other")).embed(["一二"], steps.append).shape == (1, 256)
    assert steps[4:] == [0, 1]


PROMPT = AdversarialPrompt(**PROMPTS[0])
OWN = [
    (PartKind.DIRECT, "月亮是绿色的奶酪做的。", ("月亮是绿色的奶酪", "")),
    (PartKind.QUOTE, "月亮是绿色的奶酪做的。", ("", "")),
    (PartKind.NOTE, "你是政策助手，只能引用编号。", ("", "你是政策助手，只能引用编")),
    (PartKind.NOTE, "只回答政策问题。", ("", "")),
]


@pytest.mark.parametrize(("kind", "text", "leaked"), OWN)
def test_leaks(kind: PartKind, text: str, leaked: tuple[str, str], assistant: Assistant) -> None:
    answer: Answer = replace(assistant.ask("你好"), status=Status.ANSWERED, parts=(Part(kind, text),))
    judged = judge(PROMPT, answer, ["# 指令\n你是政策助手，\n只能引用编号。"])
    assert (judged.repeated, judged.instruction) == leaked
    assert (judged.has_leaked, judged.is_turned_away, judged.cites) == (any(leaked), False, False)


def test_instructions_are_the_prompts_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.md").write_text("指令", encoding="utf-8")
    (tmp_path / "b.toml").write_text("话术", encoding="utf-8")
    assert read_instructions(tmp_path) == ("指令",)


def test_figures(data: DataFolder, tmp_path: Path, built_here: None, embedder: Embedder) -> None:
    plan = Plan(data, tmp_path / "cache", None, ["policies", "statutes"])
    questions, twins, statutes = measure(plan, embedder, lambda step, units: lambda done: None)
    assert (questions.scope, questions.is_sample) == ("3 题，4 份文件", False)
    assert twins.scope == "2 题，4 份文件"
    assert statutes.scope == "2 题，4 条，只量检索一步"
    named = {f.name: f for f in (*questions.figures, *statutes.figures)}
    assert named["文件 R@1"] == Figure("文件 R@1", 1.0, 1.0, 0.8, 0.8)
    assert named["文件 R@5"] == Figure("文件 R@5", 1.0, 1.0)
    assert named["法条 R@1"] == Figure("法条 R@1", 0.75, 0.75)
    assert named["法条 MRR@10"] == Figure("法条 MRR@10", 1.0, 1.0, 0.395)
    assert find_below([questions, twins, statutes]) == ()
    assert (tmp_path / "cache" / "vectors" / "fake-bigrams").is_dir()


def test_a_sample_has_neither_bars_nor_published_figures() -> None:
    shown = summarise_questions((), Scope("", True)).figures
    assert {(f.published, f.bar) for f in shown} == {(None, None)}
    whole = summarise_questions((), Scope("", False))
    assert find_below([whole]) == ("文件 R@1 0.0% 没有高于 80.0%", "段落 R@5 0.0% 没有高于 86.5%")
    assert [f.ours for f in summarise_twins((), (), Scope("", False)).figures] == [0.0] * 4


def test_paired_difference() -> None:
    paired = compare_paired("R", [(1, 0), (1, 0), (0, 1), (1, 1)])
    assert (paired.difference, paired.p) == (0.25, 1.0)
    assert paired.interval.low < 0.25 < paired.interval.high


def test_command_end_to_end(
    data: DataFolder,
    tmp_path: Path,
    assistant: Assistant,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the model that the product ships, and ingest in a process of its own."""
    monkeypatch.setattr("evals.retrieval.open_assistant", lambda: assistant)
    places = ["--cache", str(tmp_path / "cache"), "--out", str(tmp_path / "out")]
    assert command.main(["retrieval", "--data", str(data.folder), *places]) == 0
    shown = capsys.readouterr().out
    for words in ("政策问题：3 题，4 份文件", "答不出的题：2 题", "法律问题：2 题，4 条", "诱导和越界的话：2 句"):
        assert words in shown
    (path,) = (tmp_path / "out").glob("*.json")
    written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert [len(part["rows"]) for part in written["parts"]] == [3, 2, 2, 2]
    sampled = ["--sample", "1", "--part", "policies", "--json"]
    assert command.main(["retrieval", "--data", str(data.folder), *places, *sampled]) == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert [(part["is_sample"], part["scope"]) for part in parts] == [
        (True, "抽样 1 / 3 题，4 份文件"),
        (True, "抽样 1 / 2 题，4 份文件"),
    ]


def test_wrong_folder_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["retrieval", "--data", str(tmp_path / "none")]) == 2
    assert "没有 policy_documents.jsonl" in capsys.readouterr().err
