"""Inquiries as the path makes them of a question, and bare ones that only hold a text."""

from collections.abc import Sequence

from assistant.ask import Assistant, Steps
from assistant.composing.compose import compose
from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemIndex
from assistant.retrieving.retrieve import Ranking
from assistant.understanding.frame import Act, Clause, Frame, Want
from corpus.store import Corpus


class Listener:
    """An assistant whose inquiries can be looked at."""

    def __init__(self, corpus: Corpus) -> None:
        self._heard: list[Inquiry] = []
        self._assistant = Assistant(corpus, Steps(compose=self._hear))

    def inquire(self, question: str) -> list[Inquiry]:
        """What each clause of the question is answered from."""
        self._heard = []
        self._assistant.ask(question)
        return self._heard

    def _hear(self, inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
        self._heard = list(inquiries)
        return compose(inquiries)


def make_inquiry(text: str, corpus: Corpus, index: ItemIndex, language: str = "zh") -> Inquiry:
    """One clause that names nothing and for which nothing was found."""
    clause = Clause(text, 0, len(text), Act.ASK, Want())
    frame = Frame(text, text, language, (clause,))
    return Inquiry(clause, frame, corpus, index, Ranking((), (), None, None), ())
