"""Programs built on llama-index search our sentences and answer from them with a model of their own."""

import asyncio

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer

from assistant.ask import Assistant
from assistant.understanding.text import BadQuestion
from corpus.store import Corpus
from tests.conftest import SEED_ID
from ui.api.llama_retriever import PolicyRetriever

QUESTION = "中试基地一年奖多少？"


def test_nodes_are_sentences_at_their_place(assistant: Assistant) -> None:
    found = PolicyRetriever(assistant, similarity_top_k=4).retrieve(QUESTION)
    assert len(found) == 4
    assert [f.score for f in found] == sorted((f.score or 0.0 for f in found), reverse=True)
    text = assistant.corpus.texts[SEED_ID]
    for node in (f.node for f in found):
        assert node.get_content() == text[node.metadata["start"] : node.metadata["end"]]
    best = found[0].node
    assert best.node_id == "lkz-2025-128/3.9.3"
    assert best.metadata == {
        "notice_id": SEED_ID,
        "document_number": "鲁科字〔2025〕128号",
        "notice_title": "关于支持科技服务业高质量发展的若干措施",
        "chapter": "三、做优专业科技服务品质",
        "measure_id": "3.9",
        "label": "（九）",
        "title": "技术转移转化和推广服务",
        "departments": ["省科技厅", "省工业和信息化厅", "省财政厅"],
        "start": 2813,
        "end": 2859,
        "url": f"/notices/{SEED_ID}#m9.3",
    }


def test_a_query_engine_answers_from_them(assistant: Assistant) -> None:
    llm = MockLLM()
    engine = RetrieverQueryEngine(PolicyRetriever(assistant), get_response_synthesizer(llm=llm))
    reply = engine.query(QUESTION)
    # The mock repeats its prompt, so the sentence has reached the model.
    assert "年度最高奖补200万元" in str(reply) and "title: 技术转移转化和推广服务" in str(reply)
    assert "start: 2813" not in str(reply)
    assert reply.source_nodes[0].node.node_id == "lkz-2025-128/3.9.3"


def test_it_can_be_awaited(assistant: Assistant) -> None:
    retriever = PolicyRetriever(assistant, similarity_top_k=1)
    assert asyncio.run(retriever.aretrieve(QUESTION)) == retriever.retrieve(QUESTION)


def test_notices_can_be_chosen(small_corpus: Corpus) -> None:
    assistant = Assistant(small_corpus)
    for notice in small_corpus.catalogue.notices:
        found = PolicyRetriever(assistant, notice_ids=[notice.id]).retrieve("由哪个部门负责")
        assert {f.node.metadata["notice_id"] for f in found} == {notice.id}


@pytest.mark.parametrize("question", ["", " ？", "问" * 501])
def test_what_cannot_be_read_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(BadQuestion):
        PolicyRetriever(assistant).retrieve(question)
