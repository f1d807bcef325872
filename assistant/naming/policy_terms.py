"""Knows terms of policy language, so that one no notice prints (众创空间, 科技特派员) is a name and not its pieces."""

from collections.abc import Iterable
from pathlib import Path

from assistant.naming.english.names import read_glossary
from assistant.naming.synonyms import Synonyms
from corpus.language.matching import NameMatcher
from corpus.store import Corpus

_DATA = Path(__file__).parent / "data"
_LEAST = 3
_ENDINGS = "金费款者员"


class PolicyTerms:
    """The terms that no notice of the corpus prints, under no other word for the same thing either."""

    def __init__(self, corpus: Corpus, synonyms: Synonyms) -> None:
        texts = "\n".join(corpus.texts.values())
        self.unprinted = frozenset(
            t for t in _read_terms(corpus) if not _is_printed(t, texts) and synonyms.in_printed_words(t) == t
        )
        self._matcher = NameMatcher(self.unprinted)

    def find(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where a question names such terms."""
        return tuple((m.start, m.end) for m in self._matcher.find(text))


def _is_printed(term: str, texts: str) -> bool:
    """失业保险金 is printed where 失业保险 is; 科学技术奖 is not where only 科学技术部 is."""
    return term in texts or (term[-1] in _ENDINGS and term[:-1] in texts)


def _read_terms(corpus: Corpus) -> Iterable[str]:
    """The Chinese terms of the glossary and those of the list, but for what the list marks as too general."""
    glossary = {term.chinese for term in read_glossary(corpus)}
    listed = (_DATA / "policy_terms.txt").read_text(encoding="utf-8").split()
    too_general = {t.removeprefix("-") for t in listed if t.startswith("-")}
    own = {t for t in listed if not t.startswith("-")}
    return sorted(({t for t in glossary if len(t) >= _LEAST} | own) - too_general)
