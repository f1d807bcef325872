"""The scope model learns to tell what no notice prints, and what it learnt can be loaded again."""

from pathlib import Path

from assistant.ask import Assistant
from assistant.scope import ScopeLook, load_scope_model
from assistant.training.cases import LearntCase
from assistant.training.scope import train_scope

UNPRINTED = "火锅店 游泳馆 电影票 宠物医院 幼儿园 驾驶证 养老金 房产证 火车票 足球赛 婚纱照 健身房".split()
PRINTED = "中试基地 专利池 创新券 算力券 孵化器 概念验证中心".split()


def make_cases() -> list[LearntCase]:
    unprinted = [(f"{word}有什么规定", False, "absent_terms") for word in UNPRINTED]
    printed = [(f"我邻居家的{word}问{thing}有什么规定", True, "details") for word in UNPRINTED[:4] for thing in PRINTED]
    return [LearntCase(kind=kind, question=q, answerable=is_right) for q, is_right, kind in (*unprinted, *printed)]


def test_what_is_printed_nowhere_gets_the_higher_chance(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "scope.json"
    found = train_scope(assistant.corpus, make_cases(), path)
    assert found.unprinted >= 8 and found.answerable >= 8
    model = load_scope_model(path)
    common = {"similarity": 0.88, "peak": 3.0, "asks_for_mention": 0.0, "looks_off_topic": 0.0, "unknown_words": 1.0}
    common |= {"names_policy_term": 0.0, "asks_who_may": 0.0}
    unknown = ScopeLook(has_own_subject=0.0, known_words=0.0, is_asked_about=1.0, names_nothing_known=1.0, **common)
    known = ScopeLook(has_own_subject=1.0, known_words=1.0, is_asked_about=1.0, names_nothing_known=0.0, **common)
    assert model.chance(unknown) > model.chance(known)


def test_shipped_weights_have_every_feature() -> None:
    assert 0 < load_scope_model().least < 1
