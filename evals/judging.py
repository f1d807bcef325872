"""Has answers judged: claim by claim for faithfulness, as a whole for completeness and plainness."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from assistant.answer import PartKind
from corpus.amounts import Amount, read_amounts
from corpus.notice import Measure
from evals.judge import Grade, Judge, Verdict
from evals.reply import Reply
from evals.results import EarlierScore
from prompts import prompt

_OWN_KINDS = (PartKind.DIRECT, PartKind.CORRECTION)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_TRUTHS = ("citations_valid", "figures_faithful", "nothing_forbidden")
_MOST_CLAIMS = 4


class Answered(BaseModel):
    """One case of a result, with the answer that it got."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str
    history: tuple[str, ...] = ()
    measures: tuple[int, ...] = ()
    clauses: tuple[str, ...] = ()
    answer: Reply | None
    scores: tuple[EarlierScore, ...]

    def is_full(self, *names: str) -> bool:
        """None of these scores is lowered; one that does not apply is not."""
        return all(s.value is None or s.value >= 1.0 for s in self.scores if s.name in names)

    @property
    def is_right(self) -> bool:
        return any(s.name == "strictly_right" and s.value == 1.0 for s in self.scores)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of our own with the words it cites; a bent one has another sum than they have."""

    text: str
    sources: str
    is_bent: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge and the scorers say of one thing; `verdict` None where the judge's reply could not be read."""

    id: str
    text: str
    verdict: bool | None
    expected: bool
    reason: str
    is_bent: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one answer; `grade` from 1 to 5."""

    claims: tuple[Judged, ...]
    completeness: Judged
    grade: int | None


def judge_answer(one: Answered, reply: Reply, measures: Mapping[str, Measure], judge: Judge) -> Judgement:
    """`measures` by number and id; the answer's own claims, and one of them bent, so that the judge is judged too."""
    question = " → ".join((*one.history, one.question))
    claims = tuple(_judge_claim(one, claim, judge) for claim in with_a_bent_one(list_claims(reply)))
    wanted = [measures[key] for key in (*one.clauses, *map(str, one.measures)) if key in measures]
    fields = {"question": question, "answer": _plain_text(reply)}
    reference = "\n".join("".join(p.text for p in m.provisions) for m in wanted) or "（通知里没有）"
    complete = judge.judge(prompt("judge_completeness", reference=reference, **fields), Verdict)
    plain = judge.judge(prompt("judge_plainness", **fields), Grade)
    return Judgement(
        claims=claims,
        completeness=Judged(
            one.id,
            one.question,
            complete.holds if complete else None,
            one.is_full("status_right", "facts_recalled", "clauses_cited", "departments_right"),
            complete.reason if complete else "",
        ),
        grade=plain.grade if plain else None,
    )


def _judge_claim(one: Answered, claim: Claim, judge: Judge) -> Judged:
    verdict = judge.judge(prompt("judge_faithfulness", sources=claim.sources, claim=claim.text), Verdict)
    return Judged(
        one.id,
        claim.text,
        verdict.holds if verdict else None,
        not claim.is_bent and one.is_full(*_TRUTHS),
        verdict.reason if verdict else "",
        claim.is_bent,
    )


def list_claims(reply: Reply) -> tuple[Claim, ...]:
    """Sentences of the direct answer and of corrections that cite something, the first few of an answer."""
    claims = (
        Claim(sentence, sources)
        for part in reply.parts
        if part.kind in _OWN_KINDS and (sources := _list_sources(reply, part.citations))
        for sentence in _sentences(part.text)
    )
    return tuple(dict.fromkeys(claims))[:_MOST_CLAIMS]


def _list_sources(reply: Reply, numbers: Sequence[int]) -> str:
    """The cited words, each after its place: a claim may name that too."""
    return "\n".join(f"【{c.place}】{c.quote}" for c in reply.citations if c.number in numbers)


def with_a_bent_one(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, and the first one that states a sum once more with the sum doubled."""
    for claim in claims:
        amounts = [a for a in read_amounts(claim.text) if a.text in claim.sources]
        if amounts and (bent := _double(claim.text, amounts[0])):
            return (*claims, replace(claim, text=bent, is_bent=True))
    return tuple(claims)


def _double(text: str, amount: Amount) -> str | None:
    """The text with the sum twice as high; None where it is not written in Arabic digits."""
    digits = re.match(r"\d+", amount.text)
    if digits is None:
        return None
    return text[: amount.start] + str(int(digits[0]) * 2) + text[amount.start + digits.end() :]


def _sentences(text: str) -> Iterator[str]:
    return (match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip())


def _plain_text(reply: Reply) -> str:
    """The parts as a person reads them, a list after the first."""
    lines = [part.text for part in reply.parts]
    lines[1:1] = [f"{number}. {text}" for number, text in enumerate(reply.item_texts(), 1)]
    return "\n".join(lines)
