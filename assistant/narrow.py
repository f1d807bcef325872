"""Narrows corpus and question to the notices that are meant, so that tables and numbers count in them alone."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.naming.subject import Subject, SubjectKind
from assistant.query import AskReading, Query
from assistant.understanding.text import BadQuestion
from corpus.catalogue import Catalogue
from corpus.store import Corpus

_IN_NOTICES = frozenset({SubjectKind.NUMBER, SubjectKind.CHAPTER, SubjectKind.MEASURE, SubjectKind.TERM})


def choose_notices(query: Query, notice_ids: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """The notices asked for, of these those that the question names; () for all."""
    known = [n.id for n in corpus.catalogue.notices]
    allowed = [i for i in known if i in notice_ids] if notice_ids else known
    if not allowed:
        raise BadQuestion(f"没有编号为 {'、'.join(notice_ids)[:100]} 的通知。")
    named = [i for i in allowed if any(i in s.targets for s in query.of_kind(SubjectKind.DOCUMENT))]
    chosen = named or allowed
    return () if len(chosen) == len(known) else tuple(chosen)


def narrow_corpus(corpus: Corpus, notice_ids: Sequence[str]) -> Corpus:
    """The same index with the tables and texts of these notices only."""
    if not notice_ids:
        return corpus
    kept = [n for n in corpus.catalogue.notices if n.id in notice_ids]
    texts = {i: text for i, text in corpus.texts.items() if i in notice_ids}
    return replace(corpus, catalogue=Catalogue(kept), texts=texts)


def narrow_query(query: Query, notice_ids: Sequence[str]) -> Query:
    """Names stand only for what these notices hold."""
    if not notice_ids:
        return query
    asks = tuple(_narrow_ask(a, notice_ids) for a in query.asks)
    return replace(query, subjects=tuple(_narrow(s, notice_ids) for s in query.subjects), asks=asks)


def _narrow_ask(ask: AskReading, notice_ids: Sequence[str]) -> AskReading:
    """An ask of nothing but names that only notices outside these print is about something unprinted."""
    subjects = tuple(_narrow(s, notice_ids) for s in ask.subjects)
    named = [s for s in subjects if s.kind in {SubjectKind.TERM, SubjectKind.MEASURE}]
    is_outside = bool(named) and not any(s.targets for s in named)
    return replace(
        ask, subjects=subjects, unprinted=max((s.text for s in named), key=len) if is_outside else ask.unprinted
    )


def _narrow(subject: Subject, notice_ids: Sequence[str]) -> Subject:
    if subject.kind not in _IN_NOTICES:
        return subject
    kept = tuple(t for t in subject.targets if t.split("/", 1)[0] in notice_ids)
    return replace(subject, targets=kept)
