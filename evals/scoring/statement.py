"""The sentences of an answer that state something, each with the words of the notice that it rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evals.cases.case import Case
from evals.context import Annotation, Context, NotedResponsibility, NotedSupport
from evals.scoring.first_line import says_not_stated, split_sentences
from evals.scoring.reply import OWN_KINDS, Reply, ReplyCitation
from evals.scoring.values import Value, find_counts, fold, holds_wording

HOME = "lkz-2025-128"
"""The notice that a case means which names none: the one that is shipped."""
_DENIAL = re.compile(r"(?:不是|并非|没有|不会|不能|不得|而非|不足|\bnot\b|\bno\b)[^，,；;。：:]*$", re.IGNORECASE)

_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Untruth:
    """A sentence that the notice contradicts; where rules cannot decide, `is_sure` is false and a person must read."""

    kind: str
    sentence: str
    reason: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """What the sentences of one answer are held against."""

    case: Case
    reply: Reply
    context: Context

    @property
    def asked(self) -> str:
        return fold("\n".join((*self.case.history, self.case.question)))

    @property
    def notices(self) -> tuple[str, ...]:
        """The notices that the answer cites; where it cites none, those that the question is about."""
        cited = tuple(dict.fromkeys(c.notice_id for c in self.reply.citations))
        named = (self.case.notice_id,) if self.case.notice_id else self.case.notice_ids or (HOME,)
        return tuple(n for n in cited or named if n in self.context.texts)

    @property
    def text(self) -> str:
        return "\n".join(self.context.texts[n] for n in self.notices)

    def annotations(self) -> tuple[Annotation, ...]:
        known = self.context.annotations
        return tuple(known[n] for n in self.notices if n in known)

    def supports(self) -> tuple[NotedSupport, ...]:
        return tuple(s for noted in self.annotations() for s in noted.supports)

    def holds_gold(self, value: Value) -> bool:
        """The case itself demands the value."""
        return any(holds_wording(wording, value.text) for fact in self.case.facts for wording in fact)

    def names_document(self, statement: "Statement", start: int) -> bool:
        """What stands at `start` belongs to the title of a document that some notice prints."""
        title = _WHITE.sub("", statement.title_at(start))
        return bool(title) and any(title in _WHITE.sub("", text) for text in self.context.texts.values())

    def is_echo(self, value: Value) -> bool:
        """The question names the value, in whatever numerals."""
        return holds_wording(self.asked, value.text) or any(value.equals(v) for v in find_counts(self.asked))


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of ours in its part; `citations` are those of the part, or all where the part has none."""

    kind: str
    text: str
    part: str
    citations: tuple[ReplyCitation, ...]

    @property
    def is_gap(self) -> bool:
        return says_not_stated(self.text)

    def measures(self) -> tuple[tuple[str, str], ...]:
        """Notice and measure ids of what is cited."""
        return tuple(dict.fromkeys((c.notice_id, c.measure_id) for c in self.citations if c.measure_id))

    def cited_text(self, context: Context) -> str:
        """The measures that are cited, and what is cited outside them."""
        measures = (context.text_of_measure(*place) for place in self.measures())
        return "\n".join((*measures, *(c.quote for c in self.citations)))

    def responsibilities(self, context: Context) -> tuple[NotedResponsibility, ...]:
        """What people noted of the measures that are cited."""
        places = set(self.measures())
        return tuple(
            noted
            for notice_id in dict.fromkeys(notice_id for notice_id, _ in places)
            if notice_id in context.annotations
            for noted in context.annotations[notice_id].responsibilities
            if (notice_id, noted.measure) in places
        )

    def denies(self, start: int) -> bool:
        """What stands at `start` is named only to be denied."""
        return bool(_DENIAL.search(self.text[:start]))

    def names_only(self, start: int) -> bool:
        """What stands at `start` is denied, or stands between quotation marks."""
        before = self.text[:start]
        return self.denies(start) or before.count("“") > before.count("”")

    def title_at(self, start: int) -> str:
        """The title of a document that `start` stands in, "" for none."""
        begin, end = self.text.rfind("《", 0, start) + 1, self.text.find("》", start)
        return self.text[begin:end] if begin and end > 0 and "》" not in self.text[begin:start] else ""


def read_statements(reply: Reply) -> Iterator[Statement]:
    for part in reply.parts:
        if part.kind in OWN_KINDS or part.kind == "departments":
            cited = reply.cited_by(part.citations) or reply.citations
            yield from (Statement(part.kind, s, part.text, cited) for s in split_sentences(part.text))
        for row in part.rows:
            yield Statement("table", " ".join(row.cells), " ".join(row.cells), reply.cited_by(row.citations))
    for item in reply.items or ():
        yield Statement("item", item.text, item.text, reply.cited_by(item.citations))
