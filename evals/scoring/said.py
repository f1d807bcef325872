"""Scores what an answer says in its own words: status, facts, what is missing, what is forbidden, lists."""

import re
from collections.abc import Iterator
from itertools import combinations

from evals.cases.case import Case, allowed_statuses
from evals.scoring.first_line import read_marks, says_not_stated, share_words, split_sentences
from evals.scoring.reply import OWN_KINDS, Reply, Score, share
from evals.scoring.values import fold, holds_wording

_QUOTING_KINDS = frozenset({"details", "detail", "meanings", "meaning", "clause_numbers"})
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 2


def score_status(case: Case, reply: Reply) -> Score:
    allowed = allowed_statuses(case)
    if not allowed:
        return Score("status_right", None)
    if reply.status in allowed:
        return Score("status_right", 1.0)
    return Score("status_right", 0.0, f"结论应为 {'/'.join(allowed)}，实为 {reply.status}")


def score_facts(case: Case, reply: Reply) -> Score:
    """In our own words; a quotation says what a clause says only to those who ask just that."""
    texts = reply.own_texts() + (reply.texts_of("quote") if case.kind in _QUOTING_KINDS else ())
    lacking = [f"没有说“{fact[0]}”" for fact in case.facts if not _holds_any(texts, fact)]
    return share("facts_said", len(case.facts), lacking)


def score_facts_shown(case: Case, reply: Reply) -> Score:
    """Anywhere in the answer, quotations too: what a plain search engine would be right by."""
    texts = reply.own_texts() + reply.texts_of("quote", "missing", "note")
    lacking = [f"没有“{fact[0]}”" for fact in case.facts if not _holds_any(texts, fact)]
    return share("facts_shown", len(case.facts), lacking)


def _holds_any(texts: tuple[str, ...], fact: tuple[str, ...]) -> bool:
    return any(holds_wording(text, wording) for wording in fact for text in texts)


def score_forbidden(case: Case, reply: Reply) -> Score:
    if not case.forbidden:
        return Score("nothing_forbidden", None)
    texts = (*reply.own_texts(), *reply.texts_of("missing", "note"))
    said = [w for w in case.forbidden if any(_states(sentence, w) for t in texts for sentence in split_sentences(t))]
    return Score("nothing_forbidden", 0.0 if said else 1.0, "、".join(f"不应说“{w}”" for w in said))


def _states(sentence: str, wording: str) -> bool:
    """The sentence says it, and does not name it only to deny it right before."""
    if not holds_wording(sentence, wording):
        return False
    before = fold(sentence).partition(fold(wording))[0]
    return not re.search(r"(?:不是|并非|没有|而不是|而非|\bnot\b)[^，,；;。]*$", before)


def score_missing(case: Case, reply: Reply) -> Score:
    """Each thing that is asked and not printed is named as not stated."""
    if not case.missing:
        return Score("missing_named", None)
    gaps = [s for t in reply.texts_of(*OWN_KINDS) for s in split_sentences(t) if says_not_stated(s)]
    lacking = [f"没有说没写明“{ask}”" for ask in case.missing if not any(_names(ask, s, case) for s in gaps)]
    return share("missing_named", len(case.missing), lacking)


def _names(ask: str, sentence: str, case: Case) -> bool:
    """By a word for that kind of value, or, where only one thing is asked for, by words of the question."""
    kinds = read_marks()["kinds"]
    if ask in kinds and kinds[ask].search(sentence):
        return True
    return (len(case.missing) == 1 or ask not in kinds) and bool(share_words(sentence, case.question))


def score_list(case: Case, reply: Reply) -> Score:
    """Every item says something, is cited and stands once; the count is theirs and is what our own words say."""
    if reply.items is None:
        return Score("list_whole", None)
    faults = list(_find_list_faults(reply))
    return Score("list_whole", 0.0 if faults else 1.0, "、".join(faults))


def _find_list_faults(reply: Reply) -> Iterator[str]:
    items = reply.items or ()
    for number, item in enumerate(items, 1):
        if len(_LETTERS.findall(item.text)) < _LEAST_LETTERS:
            yield f"清单第 {number} 项是空的"
        if not item.citations:
            yield f"清单第 {number} 项没有引文"
    if len({item.text for item in items}) < len(items):
        yield "清单里有重复的项"
    if reply.count is None:
        return
    own = " ".join(reply.texts_of("direct", "correction"))
    if not _counts_all(own, reply.count.value, len(items)):
        yield f"计数 {reply.count.value} 与列出的 {len(items)} 项不符"
    if own and not _says_number(own, reply.count.value) and not _counts_all(own, 0, len(items)):
        yield f"自己的话里没有计数 {reply.count.value}"
    if own and reply.count.of and not _says_number(own, reply.count.of):
        yield f"自己的话里没有总数 {reply.count.of}"


def _counts_all(text: str, count: int, items: int) -> bool:
    """The count is of all items; where several lists were asked for, the counts that are said are together."""
    said = [int(n) for n in re.findall(r"\d+", text)]
    return count == items or any(sum(some) == items for n in (2, 3) for some in combinations(said, n))


def _says_number(text: str, number: int) -> bool:
    return holds_wording(text, str(number)) or any(int(n) == number for n in re.findall(r"\d+", text))
