"""Narrows corpus and question to the notices that are meant, so that tables and numbers count in them alone."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import Clause
from assistant.understanding.text import BadQuestion
from corpus.catalogue import Catalogue
from corpus.store import Corpus

_IN_NOTICES = frozenset({SubjectKind.NUMBER, SubjectKind.CHAPTER, SubjectKind.MEASURE, SubjectKind.TERM})

_A_PIECE = 2
"""Two characters may be a piece of other words."""


def choose_notices(names: Sequence[Subject], notice_ids: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """The notices asked for, of these those that the question names; () for all."""
    known = [n.id for n in corpus.catalogue.notices]
    allowed = [i for i in known if i in notice_ids] if notice_ids else known
    if not allowed:
        raise BadQuestion(f"没有编号为 {'、'.join(notice_ids)[:100]} 的通知。")
    named = [i for i in allowed if any(i in s.targets for s in names if s.kind is SubjectKind.DOCUMENT)]
    chosen = named or allowed
    return () if len(chosen) == len(known) else tuple(chosen)


def narrow_corpus(corpus: Corpus, notice_ids: Sequence[str]) -> Corpus:
    """The same index with the tables and texts of these notices only."""
    if not notice_ids:
        return corpus
    kept = [n for n in corpus.catalogue.notices if n.id in notice_ids]
    texts = {i: text for i, text in corpus.texts.items() if i in notice_ids}
    return replace(corpus, catalogue=Catalogue(kept), texts=texts)


def narrow_clause(clause: Clause, notice_ids: Sequence[str]) -> Clause:
    """Names stand only for what these notices hold; a clause of nothing but names that they lack is about something
    unprinted."""
    if not notice_ids:
        return clause
    names = tuple(_narrow(s, notice_ids) for s in clause.names)
    inherited = tuple(_narrow(s, notice_ids) for s in clause.inherited)
    named = [s for s in (*inherited, *names) if s.kind in {SubjectKind.TERM, SubjectKind.MEASURE}]
    is_outside = bool(named) and not any(s.targets for s in named)
    longest = max((s.text for s in named), key=len, default="")
    unprinted = longest if is_outside and len(longest) > _A_PIECE else clause.unprinted
    return replace(clause, names=names, inherited=inherited, unprinted=unprinted)


def _narrow(subject: Subject, notice_ids: Sequence[str]) -> Subject:
    if subject.kind not in _IN_NOTICES:
        return subject
    kept = tuple(t for t in subject.targets if t.split("/", 1)[0] in notice_ids)
    return replace(subject, targets=kept)
