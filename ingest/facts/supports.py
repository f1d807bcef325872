"""Reads what an item gives: who gets it, for what act, under which condition, how much, how paid and by whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.language.amounts import Amount
from corpus.notice import Phrase, Support
from ingest.facts.giving.beneficiaries import name_beneficiary, read_qualifiers
from ingest.facts.giving.clauses import Words, cut_clauses, find_note, mask
from ingest.facts.giving.gifts import Gift, find_gifts
from ingest.facts.giving.levels import LEVEL, read_basis, read_tier, share_out
from ingest.facts.giving.payment import find_paid, find_payer
from ingest.facts.giving.recipients import Frame, complete, read_frame, read_given_to, read_heading
from ingest.facts.giving.rows import read_row
from ingest.facts.giving.wordlists import FORM, HEAD, MAY_GIVE
from ingest.facts.reading import Reading
from ingest.parsing.view import View

_FILLER = "(?:一定|适当额度|适当|相应|一次性|政府|的|财政|资金|每人|全额|数额)"
_PURPOSE = re.compile(
    rf"(?:给予|予以|享受|申请|发放|兑现|实施|元|%|标准(?!化)|{_FILLER}){_FILLER}{{0,3}}"
    r"(?P<act>(?!对|由|从|按|分别|向|列支)[^，。；、：“”的给予一定元%\d奖补每/／]{2,12}?)(?<![及和与])(?<!进行)(?:等)?(?:支持)?(?:补贴|补助|奖励|资助|贴息|补偿|减免|津贴|支持)"
)
_WAIVED = re.compile(
    r"(?:免征|免收|免缴|免除|停征|减征|减半征收|缓缴(?!期)|全额返还|全额退还|返还|退还|减免)(?P<act>(?!的)[^，。；：%\d]{2,40}?)(?=[，。；：]|的?\d|$)"
)
_LONGEST_ITEM = 1_000
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}
_HALF_WIDTH = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)")
_TOWARD_AFTER = re.compile(
    r"对(?![其该])(?P<who>[^，。；：%\d]{2,30}?)(?:进行|给予|予以)(?:一次性)?(?:奖励|补助|补贴|资助|支持|奖补)"
)
# 并资助青年教师 and 支持企业享受政策 name the recipient themselves.
_NAMES_WITHIN = re.compile(".{0,2}资助|支持")
_FIELDS = re.compile(r"在(?P<act>[^，。；]{2,40}?)等?方面(?:给予|予以)")
_PLAIN = re.compile(
    r"[一二三四五六七八九十\d]{1,2}年|(?:临时|资金|财政|专项|政府|一次性|以奖代|相应|适当|最高|企业|每|现金|引进成本|补助|奖励|支持|工作|范畴|范围|政策|全额|贴息|标准|不超过|分档)"
)


def place_amount(amount: Amount, words: View) -> Amount:
    """The amount, read from `words.text`, with its words and its place in the canonical text."""
    at = words.phrase(amount.start, amount.end)
    return replace(amount, text=at.text, start=at.start, end=at.end)


def read_supports(reading: Reading, amounts: tuple[Amount, ...]) -> tuple[Support, ...]:
    """One support for each sum or share that is given, or one without a sum where something unpriced is given.

    `amounts` were read from `reading.words.text`; those of the supports stand in the canonical text.
    """
    if reading.cells:
        return read_row(reading)
    if not amounts and MAY_GIVE.search(reading.words.text) is None:
        return ()
    if note := find_note(reading.words.text):
        return read_supports(*_leave_out(reading, amounts, note))
    if len(reading.words.text) > _LONGEST_ITEM:
        return tuple(s for part in _cut(reading, amounts) for s in read_supports(*part))
    reading = _unify_marks(reading)
    text = reading.words.text
    around = [v.text for v in (reading.before, reading.lead_in, *reading.headings[:1]) if v]
    gifts = find_gifts(text, amounts, any(FORM.search(t) for t in (text, *around)))
    given = [_Given(reading, gift, _Reach.of(text, gifts, index)) for index, gift in enumerate(gifts)]
    frames: list[Frame] = []
    for one in given:
        frames.append(one.frame(frames[-1] if frames else None))
    shared = share_out(reading.words, gifts, frames)
    return _carry_paid(given, [one.support(frame) for one, frame in zip(given, shared, strict=True)])


def _cut(reading: Reading, amounts: tuple[Amount, ...]) -> Iterator[tuple[Reading, tuple[Amount, ...]]]:
    """An endless item in parts, so that the work grows with its length; each goes on after the one before."""
    words, before, begin = reading.words, reading.before, 0
    while begin < len(words.text):
        end = begin + _LONGEST_ITEM
        mark = max(words.text.rfind(mark, begin, end) for mark in "，,；;：:、") + 1
        end = mark if begin < mark and end < len(words.text) else end
        part = words.part(begin, end)
        inside = (a for a in amounts if begin <= a.start and a.end <= end)
        moved = tuple(replace(a, start=a.start - begin, end=a.end - begin) for a in inside)
        yield replace(reading, words=part, before=before), moved
        before, begin = part, end


def _leave_out(reading: Reading, amounts: tuple[Amount, ...], note: int) -> tuple[Reading, tuple[Amount, ...]]:
    """The item without the first `note` characters, a bracket that belongs to the sentence before."""
    words = reading.words.part(note, len(reading.words.text))
    kept = tuple(replace(a, start=a.start - note, end=a.end - note) for a in amounts if a.start >= note)
    return replace(reading, words=words), kept


def _unify_marks(reading: Reading) -> Reading:
    """The same with full-width commas, semicolons and colons, except inside figures."""

    def unify(view: View) -> View:
        text = _HALF_WIDTH.sub(lambda m: _FULL_WIDTH[m.group()], view.text)
        return replace(view, text=text)

    return replace(
        reading,
        words=unify(reading.words),
        before=unify(reading.before) if reading.before else None,
        lead_in=unify(reading.lead_in) if reading.lead_in else None,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """The clause that gives, and how far from it the words reach that speak of this gift and of no other."""

    begin: int
    clause: tuple[int, int]
    end: int

    @classmethod
    def of(cls, text: str, gifts: tuple[Gift, ...], index: int) -> "_Reach":
        gift = gifts[index]
        clauses = cut_clauses(mask(text))
        clause = next(((b, e) for b, e in clauses if b <= gift.begin < e), (gift.begin, gift.end))
        begin, end = gifts[index - 1].end if index else 0, len(text)
        if index + 1 < len(gifts):
            following = gifts[index + 1].begin
            end = max(gift.end, max((b for b, _ in clauses if b <= following), default=following))
        return cls(begin, clause, end)


@dataclass(frozen=True, slots=True)
class _Given:
    """One gift of an item, to be read with what is said of it."""

    reading: Reading
    gift: Gift
    reach: _Reach

    def support(self, frame: Frame) -> Support:
        view, gift, reach = self.reading.words, self.gift, self.reach
        form = FORM.search(view.text, max(gift.begin - 4, 0)) or FORM.search(view.text)
        paid = find_paid(view, reach.clause, (reach.begin, reach.end)) or self._paid_above(form.group() if form else "")
        told = gift.told.payer if gift.told else None
        payer = (
            (Words(view, *told) if told else None)
            or find_payer(view, reach.begin, reach.end)
            or find_payer(view, 0, gift.begin)
            or find_payer(view, gift.end, len(view.text))
        )
        phrase, qualifiers = read_qualifiers(view, gift.begin)
        return Support(
            name_beneficiary(view.text, gift.begin),
            form.group().strip("“”") if form else "支持",
            place_amount(gift.amount, view) if gift.amount else None,
            qualifiers,
            phrase,
            _phrase(frame.who),
            _phrase(frame.act),
            _phrase(frame.condition),
            _phrase(paid),
            _phrase(payer),
            place_amount(gift.least, view) if gift.least else None,
        )

    def frame(self, earlier: Frame | None) -> Frame:
        """Who, act and condition; `earlier` is the frame of the gift before in the item."""
        view, gift, reach = self.reading.words, self.gift, self.reach
        anchor = gift.end if not gift.amount and _NAMES_WITHIN.match(view.text, gift.begin) else gift.begin
        own = self._name_recipient(read_frame(view, reach.begin, anchor))
        if anchor == gift.end and own.who is not None and own.act is None and own.who.end < anchor:
            own = replace(own, act=Words(view, own.who.end, anchor).trimmed())
        if earlier and _is_one(own.who, earlier.who):
            own = replace(own, act=own.act or earlier.act, condition=own.condition or earlier.condition)
        tier = self.tier()
        tier = None if tier and _ends_alike(tier, own.who) else tier
        if tier is not None and LEVEL.search(tier.text) and (own.condition is None or self._is_listed(tier)):
            own = replace(own, condition=tier)
        if own.who is None and own.act is None and not reach.begin:
            own = complete(own, read_heading(view.part(reach.clause[0], max(gift.begin, reach.clause[0] + 1))))
        has_told = own.act is not None or own.condition is not None
        fields = _FIELDS.search(view.text, *reach.clause)
        own = replace(own, act=Words(view, *fields.span("act"))) if fields else own
        if own.act is None and not (earlier and earlier.act and own.who is None and self._goes_on(tier)):
            own = replace(own, act=self._purpose())
        own = self._widen(complete(own, earlier) if earlier else own, has_told)
        if own.condition is None:
            tier = tier if tier and not any(_overlap(tier, w) for w in (own.who, own.act)) else None
            own = replace(own, condition=tier or read_basis(view, reach.begin, max(gift.end, reach.clause[1])))
        return self._tell(own)

    def _tell(self, frame: Frame) -> Frame:
        """With what the giving words themselves name; a condition ends before the act."""
        told, view = self.gift.told, self.reading.words
        if told is None:
            return frame
        who = Words(view, *told.who).trimmed() if told.who else frame.who
        act = Words(view, *told.act).trimmed() if told.act else frame.act
        condition = frame.condition
        if told.act and condition and act and _overlap(condition, act):
            condition = Words(view, condition.begin, max(condition.begin, act.begin)).trimmed()
        return replace(frame, who=who, act=act, condition=condition)

    def tier(self) -> Words | None:
        """The case that this sum is for."""
        view, gift, reach = self.reading.words, self.gift, self.reach
        if gift.amount is None or gift.told is not None:
            return None
        return read_tier(view, max(reach.begin, reach.clause[0] - 20), gift.begin, reach.begin or -99)

    def _goes_on(self, tier: Words | None) -> bool:
        """The sum stands in a row with the one before it."""
        between = self.reading.words.text[self.reach.begin : self.gift.begin]
        return tier is not None or not any(mark in between for mark in "，；。")

    def _is_listed(self, tier: Words) -> bool:
        """新建的三星级、四星级，三星级按…: one of those that were listed before."""
        return tier.text in tier.view.text[: tier.begin]

    def _name_recipient(self, own: Frame) -> Frame:
        """给予企业10万元 names the recipient unless what is said before names the same one in full."""
        view, gift, reach = self.reading.words, self.gift, self.reach
        given_to = read_given_to(view, max(reach.clause[0], reach.begin), gift.begin if gift.amount else gift.end)
        if given_to is None and gift.amount:
            given_to = read_given_to(view, gift.end, reach.end) or self._read_toward_after()
        if given_to is None or given_to.who is None or (own.who is not None and _is_same_kind(own.who, given_to.who)):
            return own
        return Frame(given_to.who, _act_for(own) or given_to.act, own.condition or given_to.condition)

    def _read_toward_after(self) -> Frame | None:
        """分别按10%对引进单位给予奖励."""
        match = _TOWARD_AFTER.search(self.reading.words.text, self.gift.end, max(self.gift.end, self.reach.clause[1]))
        return Frame(Words(self.reading.words, *match.span("who"))) if match else None

    def _widen(self, frame: Frame, has_told: bool) -> Frame:
        """From the lead-in, the heading and the sentence before, whose condition is another where one was told."""
        reading = self.reading
        if reading.lead_in:
            frame = complete(frame, read_frame(reading.lead_in, 0, len(reading.lead_in.text)))
        if reading.before and not frame.is_closed:
            outer = read_frame(reading.before, 0, len(reading.before.text))
            outer = Frame() if outer.who is None else replace(outer, condition=None) if has_told else outer
            frame = frame if frame.is_toward and outer.is_toward else complete(frame, outer)
        for heading in reading.headings[:1]:
            frame = complete(frame, read_heading(heading))
        return frame

    def _purpose(self) -> Words | None:
        """用水用电 of 用水用电补贴, 占道费 of 停征占道费."""
        view, clause, reach = self.reading.words, self.reach.clause, self.reach
        for begin, end in (clause, (clause[1], reach.end), (reach.begin, clause[0])):
            for pattern in (_WAIVED, _PURPOSE):
                for match in pattern.finditer(view.text, begin, end):
                    if not _PLAIN.match(match["act"]) and not HEAD.search(match["act"]):
                        return Words(view, *match.span("act"))
        return None

    def _paid_above(self, form: str) -> Words | None:
        """一次性 of the heading 一次性扩岗补助, where the item gives a 补助."""
        for outer in (self.reading.lead_in, *self.reading.headings[:1]):
            match = re.search(rf"一次性[^，。；]{{0,12}}{re.escape(form)}", outer.text) if outer and form else None
            if outer and match:
                return Words(outer, match.start(), match.start() + 3)
        return None


def _carry_paid(given: list[_Given], supports: list[Support]) -> tuple[Support, ...]:
    """给予一次性奖励，省级5万元，市级2万元: how the first is paid, said before the list, holds for all its cases."""
    carried = list(supports)
    for index in range(1, len(carried)):
        last, paid = carried[index - 1], carried[index - 1].paid
        if carried[index].paid is not None or paid is None or last.amount is None or given[index].tier() is None:
            continue
        if any(mark in given[index].reading.words.canonical[paid.end : last.amount.start] for mark in "，：,:"):
            carried[index] = replace(carried[index], paid=paid)
    return tuple(carried)


def _act_for(own: Frame) -> Words | None:
    """对新设立的基地，奖励企业5万元: what is named first is what the other gets it for."""
    is_part = own.who is not None and own.act is not None and own.who.begin <= own.act.begin < own.who.end
    return own.who if is_part else own.act or own.who


def _ends_alike(tier: Words, who: Words | None) -> bool:
    """What looks like a case is the recipient itself."""
    return who is not None and tier.view is who.view and tier.begin < who.end <= tier.end + 1


def _overlap(one: Words, other: Words | None) -> bool:
    return other is not None and one.view is other.view and one.begin < other.end and other.begin < one.end


def _is_one(who: Words | None, other: Words | None) -> bool:
    """Two sums of one clause name the same words."""
    return who is not None and other is not None and (who.begin, who.end) == (other.begin, other.end)


def _is_same_kind(one: Words, other: Words) -> bool:
    """对…的企业，给予企业10万元 names one recipient twice."""
    if one.text[-1] == other.text[-1]:
        return True
    return other.text in one.text and not (one.text.startswith(other.text) and "的" in one.text)


def _phrase(words: Words | None) -> Phrase | None:
    return words.phrase if words else None
