"""Inquiries as the path makes them of a question, bare ones that only hold a text, and some with names by hand."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask import Assistant, Steps
from assistant.composing.compose import compose
from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemIndex, Sought, measures_named, rank_items
from assistant.naming.masks import mask_names
from assistant.naming.subject import Subject, SubjectKind
from assistant.retrieving.retrieve import FoundBy, Match, Ranking
from assistant.understanding.frame import NOTHING_LISTED, Act, Clause, Frame, Listing, Want
from corpus.language.amounts import read_amounts
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


_MARKED = re.compile(r"\[(?P<denied>!?)(?P<kind>[dtnpm]?):?(?P<name>[^\]]+)\]")
KINDS = {
    "": SubjectKind.TERM,
    "t": SubjectKind.TERM,
    "d": SubjectKind.DEPARTMENT,
    "n": SubjectKind.NUMBER,
    "p": SubjectKind.CHAPTER,
    "m": SubjectKind.MEASURE,
}


def read_marks(marked: str) -> tuple[str, list[Subject], frozenset[str]]:
    """没有[!财政厅]的: the text, its names, and those that are left out; [d:财政厅] is a department."""
    text, names, denied, last = "", [], [], 0
    for match in _MARKED.finditer(marked):
        text += marked[last : match.start()]
        name, _, target = match["name"].partition("=")
        kind = KINDS[match["kind"]]
        names.append(Subject(kind, name, len(text), len(text) + len(name), (target or name,)))
        denied += [name] if match["denied"] else []
        text, last = text + name, match.end()
    return text + marked[last:], names, frozenset(denied)


def ask_marked(marked: str, inquiry: Inquiry, listing: Listing = NOTHING_LISTED, want: Want | None = None) -> Inquiry:
    """The inquiry for a clause with its names and sums, read as these labels; items are ranked by its words."""
    text, names, denied = read_marks(marked)
    left_out = frozenset(s for s in names if s.text in denied)
    clause = replace(inquiry.clause, text=text, end=len(text), names=tuple(names), left_out=left_out)
    clause = replace(clause, masked=mask_names(text, names).text)
    clause = replace(clause, listing=listing, want=want or Want())
    frame = replace(
        inquiry.frame, asked=text, text=text, clauses=(clause,), names=tuple(names), amounts=read_amounts(text)
    )
    words = tuple(inquiry.corpus.cutter.search_words(text))
    matches = tuple(Match(p, 0.0, FoundBy.WORDS) for p in inquiry.corpus.catalogue.provisions)
    ranking = Ranking(matches, (), None, None)
    sought = Sought(words, tuple(names), clause.want.value, measures_named(names))
    items = rank_items(sought, ranking, inquiry.index)
    return replace(inquiry, clause=clause, frame=frame, ranking=ranking, items=items, words=words)
