"""Terms of policy language that no notice prints are names of their own; what is too general is none."""

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.naming.policy_terms import _DATA, PolicyTerms
from assistant.naming.synonyms import Synonyms
from corpus.store import Corpus

LINES = (_DATA / "policy_terms.txt").read_text(encoding="utf-8").split()
TOO_GENERAL = [line.removeprefix("-") for line in LINES if line.startswith("-")]

UNPRINTED = [
    ("众创空间给多少补贴", ("众创空间",)),
    ("独角兽企业和独角兽有奖励吗", ("独角兽企业", "独角兽")),
    ("首台（套）奖励多少", ("首台（套）",)),
    ("PCT专利资助多少", ("PCT", "专利资助")),
    ("重点实验室归谁管，重点实验室给多少", ("重点实验室",)),
    ("新能源车有补贴吗", ("新能源车",)),
    ("瞪羚给多少", ("瞪羚",)),
    # Only a longer name with the same beginning is printed: 科学技术部.
    ("科学技术奖给多少", ("科学技术奖",)),
    # On the list or in the glossary, but marked as too general.
    ("国务院给多少", ()),
    ("民营企业的行动计划", ()),
    ("高校毕业生有什么专项资金", ()),
    # Printed, or under another word.
    ("创新券和科技馆", ()),
    ("小微企业有什么支持", ()),
    ("云计算有什么支持", ()),
]


@pytest.mark.parametrize(("question", "unprinted"), UNPRINTED)
def test_unprinted_terms_of_a_question(question: str, unprinted: tuple[str, ...], assistant: Assistant) -> None:
    frame, _ = assistant.read(question)
    assert tuple(dict.fromkeys(s.text for s in frame.unprinted)) == unprinted


@pytest.mark.parametrize(
    ("text", "spans"), [("众创空间", ((0, 4),)), ("问瞪羚企业和小升规", ((1, 5), (6, 9))), ("-国务院", ())]
)
def test_spans(text: str, spans: tuple[tuple[int, int], ...], assistant: Assistant) -> None:
    assert assistant._understander._policy_terms.find(text) == spans


def test_too_general_terms_are_never_names(real_corpus: Corpus) -> None:
    nothing_printed = replace(real_corpus, texts={})
    terms = PolicyTerms(nothing_printed, Synonyms(nothing_printed))
    assert [t for t in TOO_GENERAL if (0, len(t)) in terms.find(t)] == []
    assert terms.find("创新券") == ((0, 3),)
    assert len(TOO_GENERAL) > 50


def test_a_term_that_one_notice_prints_is_no_such_name(real_corpus: Corpus) -> None:
    printing = replace(real_corpus, texts={**real_corpus.texts, "n": "支持建设众创空间。"})
    terms = PolicyTerms(printing, Synonyms(printing))
    assert (terms.find("众创空间"), terms.find("科技特派员")) == ((), ((0, 5),))
