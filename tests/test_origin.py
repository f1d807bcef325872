"""An answer names the product, the corpus and the notices it was made from, so that it can be checked later."""

import hashlib
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from assistant.origin import hash_text, product_version
from assistant.output.encode import encode_answer
from corpus.store import Corpus
from corpus.version import current_version, read_manifest
from tests.conftest import SEED_ID
from ui.server import create_app
from ui.settings import UiSettings

CITING = "中试基地一年奖多少？"


def test_the_hash_is_that_of_the_text_anybody_can_fetch(assistant: Assistant) -> None:
    answer = encode_answer(assistant.ask(CITING))
    with TestClient(create_app(assistant, UiSettings())) as client:
        sent = client.get(f"/api/v1/notices/{SEED_ID}/text").content
        assert client.get("/version").json()["version"] == answer["product_version"]
    assert json.loads(json.dumps(answer["notices"])) == [{"id": SEED_ID, "hash": hashlib.sha256(sent).hexdigest()}]


def test_the_manifest_has_the_same_hash_where_the_file_is_its_canonical_text(
    small_index: Path, small_corpus: Corpus
) -> None:
    sources = read_manifest(current_version(small_index)).sources
    assert sources[f"{SEED_ID}.txt"] == hash_text(small_corpus.texts[SEED_ID])


@pytest.mark.parametrize("question", ["你好", "今天天气怎么样"])
def test_what_cites_nothing_names_no_notice(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.citations, answer.notices) == ((), ())
    assert answer.product_version == product_version()


def test_every_cited_notice_is_named_once(small_corpus: Corpus) -> None:
    answer = Assistant(small_corpus).ask("一共有哪些部门")
    assert [n.id for n in answer.notices] == list(dict.fromkeys(c.notice_id for c in answer.citations))
    assert all(n.hash == hash_text(small_corpus.texts[n.id]) for n in answer.notices)
