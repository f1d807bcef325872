"""Passages ranked by shared words."""

from pathlib import Path

import numpy as np
import pytest

from corpus.search.keywords import KeywordIndex, KeywordsDamaged, write_keywords

LISTS = [["中试", "基地", "奖补"], ["概念", "验证", "中心"], [], ["中试", "平台"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_keywords(tmp_path / "keywords", LISTS)
    return tmp_path / "keywords"


def test_scores_every_passage_in_order(folder: Path) -> None:
    index = KeywordIndex(folder)
    scores = index.score(["中试", "基地", "没有这个词"])
    assert (index.count, scores.shape, scores.dtype) == (4, (4,), np.dtype(np.float32))
    assert scores.argsort()[::-1][:2].tolist() == [0, 3]
    assert (scores > 0).tolist() == [True, False, False, True]


@pytest.mark.parametrize("words", [[], ["没有这个词"]])
def test_scores_zero_where_no_word_is_known(folder: Path, words: list[str]) -> None:
    assert KeywordIndex(folder).score(words).tolist() == [0.0] * 4


def test_tells_which_words_are_known(folder: Path) -> None:
    index = KeywordIndex(folder)
    assert (index.knows("中试"), index.knows("算力券")) == (True, False)


def test_tells_which_words_say_which_passage_is_meant(tmp_path: Path) -> None:
    write_keywords(tmp_path / "keywords", [["企业", "中试"], *[["企业"]] * 5])
    index = KeywordIndex(tmp_path / "keywords")
    assert [index.is_telling(w) for w in ("中试", "企业", "算力券")] == [True, False, False]


@pytest.mark.parametrize("content", [b"", b"{", b"nonsense", b"[]", b"null"])
@pytest.mark.parametrize("name", ["params.index.json", "vocab.index.json", "data.csc.index.npy"])
def test_a_damaged_file_is_named_with_the_way_out(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(KeywordsDamaged, match=r"关键词索引无法读取.*python -m ingest build"):
        KeywordIndex(folder).score(["中试"])


def test_a_missing_folder_is_damage(tmp_path: Path) -> None:
    with pytest.raises(KeywordsDamaged, match="python -m ingest build"):
        KeywordIndex(tmp_path / "nowhere")
