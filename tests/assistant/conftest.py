"""Notices of every shape, each published alone: chapters or none, titles or none, points with departments, a table."""

from collections.abc import Mapping

import pytest

from assistant.ask import Assistant
from assistant.retrieving.scope import narrow_corpus
from corpus.embedding.embed import Embedder
from corpus.store import Corpus
from ingest.build import build
from tests.conftest import NOTICES, SEED, FakeEmbedder

POINTS = """蓝湾市支持海洋产业若干措施
蓝海发〔2025〕7号
各县区人民政府：
现将若干措施印发给你们。
一、支持项目建设
（一）深水网箱。对海洋产业项目给予支持：
1.建设补助。对新建深水网箱的企业，每个最高给予30万元补助。（市海洋局负责）
2.贷款贴息。对水产加工企业，每家每年最高给予20万元贴息。（市财政局牵头，市海洋局配合）
二、支持人才引进
（二）海洋人才。对引进的海洋人才给予补贴：
1.生活补贴。对博士每人一次性给予5万元。（市人力资源和社会保障局负责）
2.购房补贴。对硕士给予购房补贴。（市住房和城乡建设局、市人力资源和社会保障局按职责分工负责）
三、附则
（三）施行。本措施自2025年8月1日起施行。（市海洋局负责）
"""

BONDED, PRIZE = "gf-2019-3", "hkf-2024-9"
HOME, JOBS, TAX, LETTER, RATES, INN, REEF, ONE, LONE = (
    "lkz-2025-128",
    "gf-2018-39",
    "gf-2018-41",
    "gbh-2004-71",
    "xrsf-2025-22",
    "lzbf-2025-5",
    "lhf-2025-7",
    "gbh-2006-71",
    "xsf-2025-4",
)
"""By the ids of the notices: titled measures in chapters; the same with leads and shares; articles without titles or
departments; no chapters; a table in an annex; two chapters of two; points with departments of their own; one measure;
one of everything."""


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Corpus]:
    """A corpus for each notice, by its id."""
    folder = tmp_path_factory.mktemp("shelf")
    points = folder / "points.txt"
    points.write_text(POINTS, encoding="utf-8")
    names = ("gf-2018-39", "gf-2018-41", "gbh-2004-71", "gbh-2006-71", "shapes/table", "shapes/m-cleaning")
    paths = (SEED, points, *(NOTICES / f"{name}.txt" for name in names), NOTICES / "several" / "lanjiang.txt")
    whole = build(paths, folder / "index", FakeEmbedder()).corpus
    assert whole is not None
    return {n.id: narrow_corpus(whole, (n.id,)) for n in whole.catalogue.notices}


@pytest.fixture(scope="session")
def alone(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder
) -> Mapping[str, Assistant]:
    """Answers from one notice each, by its id, with the model that the product ships."""
    served = {HOME: assistant}
    for path in ("gf-2018-39", "gf-2018-41", "gf-2019-3", "several/2024", "several/lanjiang"):
        corpus = build((NOTICES / f"{path}.txt",), tmp_path_factory.mktemp("alone") / "index", local_embedder).corpus
        assert corpus is not None
        served[corpus.catalogue.notices[0].id] = Assistant(corpus)
    return served


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Assistant:
    """Answers from all notices that are tests, with the model that the product ships."""
    paths = (SEED, *sorted(NOTICES.glob("*.txt")), *sorted((NOTICES / "several").glob("20*.txt")))
    corpus = build(paths, tmp_path_factory.mktemp("everything") / "index", local_embedder).corpus
    assert corpus is not None
    return Assistant(corpus)
