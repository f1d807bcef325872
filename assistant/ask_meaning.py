"""What the rules of asks look at: one ask beside the things, bodies and sums of its question."""

import re
from dataclasses import dataclass

from assistant.query import Ask, AskReading, Query, Subject, SubjectKind

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_NUMBER_ASKED = re.compile(r"文号|编号|number", re.IGNORECASE)
_OF_THE_BASIS = re.compile(r"依据|上位|国家|实施意见|based on")
# 十家都按最高奖, 五家公司各自拿了
_FOR_MANY = re.compile(
    r"(?:[三四五六七八九十百]|(?<!\d)(?![12]\D)\d{1,3})(?:家|所|座|个)[^。？]{0,14}(?:都|各自|全|每家)"
)
_BY_PAYMENT = re.compile(
    r"一次性|按年|每年|年度|(?:写|印|给|有)(?:明|出)?了?(?:具体)?的?[^，。]{0,8}(?:金额|数额|钱数)|(?:没有?|未|不)[^，。]{0,4}(?:金额|数额|钱数?|数字)|one-?off|yearly|annual|without an? (?:amount|sum)",
    re.IGNORECASE,
)
_SURE = 0.8
_MAY_BE_OF_A_TERM = frozenset({Ask.TOTAL, Ask.BUDGET, Ask.VALIDITY, Ask.BRANDS})


@dataclass(frozen=True, slots=True)
class Meaning:
    """One ask with what its rules look at."""

    ask: AskReading
    query: Query

    @property
    def things(self) -> tuple[Subject, ...]:
        return tuple(s for s in self.ask.subjects if s.kind in _THINGS)

    def is_about(self, *kinds: SubjectKind) -> bool:
        return any(s.kind in kinds for s in self.things)

    @property
    def sides(self) -> int:
        """How many things the clause sets side by side, or the question where the clause names none."""
        return len(self.things or [s for s in self.query.subjects if s.kind in _THINGS])

    @property
    def bodies(self) -> int:
        return len(self.query.of_kind(SubjectKind.DEPARTMENT))

    @property
    def is_plain(self) -> bool:
        """It names nothing of its own that the text prints."""
        return not self.ask.subjects

    @property
    def is_doubtful(self) -> bool:
        is_sure = self.ask.ask in _MAY_BE_OF_A_TERM and self.ask.margin >= _SURE
        return not (self.ask.is_cued or is_sure)

    @property
    def number_of_the_basis(self) -> bool:
        """依据的国家意见，文号是什么？ but not 文号是什么，依据哪份意见？"""
        return bool(_OF_THE_BASIS.search(_NUMBER_ASKED.split(self.query.standalone, maxsplit=1)[0]))

    @property
    def names_payment(self) -> bool:
        return self.names_sum or bool(_BY_PAYMENT.search(self.ask.text))

    @property
    def is_for_many(self) -> bool:
        return bool(_FOR_MANY.search(self.query.standalone))

    @property
    def names_sum(self) -> bool:
        return any(a.unit == "元" for a in self.query.amounts)
