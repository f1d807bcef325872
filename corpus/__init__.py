"""What both sides share: the notices, their types, the catalogue and the index."""

from corpus.store import Corpus, CorpusMismatch, open_corpus
from corpus.version import CorpusNotBuilt

__all__ = ["Corpus", "CorpusMismatch", "CorpusNotBuilt", "open_corpus"]
