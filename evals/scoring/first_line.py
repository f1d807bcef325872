"""Reads what the first line of an answer makes people believe: yes, no, not stated, or nothing but where to look."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from evals.cases.case import Case, allowed_statuses
from evals.scoring.reply import OWN_KINDS, Reply, Score
from evals.scoring.values import holds_wording

_MARKS = Path(__file__).parent / "marks.toml"
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[a-z)”\"])\. +(?=[A-Z])")
_REFERENCE = re.compile(
    r"《[^《》]*》|第[（(]?[\d零一二三四五六七八九十百]+[)）]?[条项款]|(?<![:：] )(?<![:：])[“\"‘][^“”\"‘’]*[”\"’]|[（(][^（）()]*[)）]|\d+|\[\d+\]"
)
_LETTER = re.compile(r"[\w]")
_QUOTING_KINDS = frozenset({"details", "detail", "meanings", "clause_numbers"})
"""Kinds that ask what a clause says: a pointer with the quotation below it is an answer to them."""
_EMPTY_WORDS = frozenset("通知 原文 没有 写明 提到 说明 有没 什么 文件 的是 notice that this what does".split())
_NO_ANSWER = frozenset({"out_of_scope", "refused", "needs_detail"})


@cache
def read_marks() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Every mark as one pattern, by table and name."""
    tables = tomllib.loads(_MARKS.read_text(encoding="utf-8"))
    return {
        table: {name: re.compile(_join(marks), re.IGNORECASE) for name, marks in names.items()}
        for table, names in tables.items()
    }


def _join(marks: str | list[str]) -> str:
    return marks if isinstance(marks, str) else "|".join(marks)


def split_sentences(text: str) -> list[str]:
    """Sentences and what stands between semicolons, without blank ones."""
    return [s.strip() for s in _SENTENCE_END.split(text) if s and s.strip()]


def first_line(reply: Reply) -> str:
    """The first sentence of our own words; empty where there are none."""
    texts = [part.text for part in reply.parts if part.kind in OWN_KINDS or part.kind == "table"]
    sentences = (s for text in texts for s in split_sentences(text))
    return next(sentences, "")


def says_not_stated(sentence: str) -> bool:
    return bool(read_marks()["says"]["not_stated"].search(sentence))


def read_verdict(sentence: str) -> str | None:
    """What the sentence says to a yes/no question: "yes", "no", "not_stated", or None where it only states."""
    says = read_marks()["says"]
    opened = sentence.lstrip('“"*# ')
    if says["yes"].match(opened):
        return "yes"
    found = {name: match.start() for name in ("no", "not_stated") if (match := says[name].search(opened))}
    # 没有写明 begins like a no.
    return min(found, key=lambda name: (found[name], name != "not_stated")) if found else None


def is_pointer(reply: Reply) -> bool:
    """The first line says nothing but where something is written."""
    if reply.is_listed:
        return False
    rest = _REFERENCE.sub("", first_line(reply))
    return not _LETTER.search(read_marks()["pointer"]["words"].sub("", rest))


def score_first_line(case: Case, reply: Reply) -> Score:
    """It answers, says what a yes/no question asks, and fits the status."""
    line = first_line(reply)
    faults = [*_find_faults(case, reply, line)]
    return Score("first_line_right", 0.0 if faults else 1.0, "；".join(faults))


def _find_faults(case: Case, reply: Reply, line: str) -> Iterable[str]:
    if case.answerable is None:
        return
    if not line:
        yield "没有自己的话"
        return
    marks = read_marks()["fits"]
    if reply.status in _NO_ANSWER and reply.status in allowed_statuses(case):
        if not marks[reply.status].search(line):
            yield f"首句没有说出“{reply.status}”：{line[:40]}"
        return
    if is_pointer(reply) and case.kind not in _QUOTING_KINDS:
        yield f"首句只是指路：{line[:40]}"
    elif not is_pointer(reply) and not _is_on_topic(case, reply, line):
        yield f"首句与所问和所引无关：{line[:40]}"
    if (
        case.answerable is True
        and case.verdict in (None, "yes")
        and says_not_stated(line)
        and not _says_fact(case, line)
    ):
        yield f"答得出，首句却说没写明：{line[:40]}"
    if case.verdict and (fault := _judge_verdict(case, reply, line)):
        yield fault
    elif not case.verdict and case.answerable is False and not _names_a_gap(reply):
        yield f"没有说没写明：{line[:40]}"


def _judge_verdict(case: Case, reply: Reply, line: str) -> str | None:
    said = read_verdict(line)
    if said == case.verdict or (case.verdict == "not_stated" and said is None and _names_a_gap(reply)):
        return None
    # A plain statement of what was asked is a yes; the right value in place of a wrong one is a no.
    if said is None and case.verdict == "yes" and case.facts and _all_said(case, reply):
        return None
    if case.verdict == "no" and said is None and next(reply.parts_of("correction"), None) is not None:
        return None
    return f"首句应为 {case.verdict}，实为 {said or '不置可否'}：{line[:40]}"


def _is_on_topic(case: Case, reply: Reply, line: str) -> bool:
    """The line has a number, names a gap, or shares words with the question or with what is cited."""
    if re.search(r"\d", line) or says_not_stated(line) or reply.status in _NO_ANSWER:
        return True
    around = "\n".join((*case.history, case.question, *(c.quote for c in reply.citations)))
    return bool(share_words(line, around))


def share_words(one: str, other: str) -> set[str]:
    """Neighbouring characters, and words of other scripts, that both hold and that say something."""
    return (_words_of(one) & _words_of(other)) - _EMPTY_WORDS


def _words_of(text: str) -> set[str]:
    latin = re.findall(r"[a-z]{4,}", text.casefold())
    chinese = re.findall(r"[\u4e00-\u9fff]+", text)
    return {*latin, *(run[i : i + 2] for run in chinese for i in range(len(run) - 1))}


def _says_fact(case: Case, line: str) -> bool:
    return any(holds_wording(line, wording) for fact in case.facts for wording in fact)


def _all_said(case: Case, reply: Reply) -> bool:
    return all(any(holds_wording(t, w) for w in fact for t in reply.own_texts()) for fact in case.facts)


def _names_a_gap(reply: Reply) -> bool:
    return any(says_not_stated(s) for text in reply.texts_of(*OWN_KINDS) for s in split_sentences(text))
