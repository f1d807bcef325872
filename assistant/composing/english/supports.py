"""States a support in English: who gets it for what under which condition, what and how much, beside its printed words."""

import re
from dataclasses import dataclass

from assistant.composing.wording import english_number
from assistant.naming.english.glossary import Glossary, glossary_of
from corpus.catalogue import SupportRow
from corpus.language.amounts import Amount, Bound, Period
from corpus.notice import Item, Phrase, Support
from prompts import english

_MOST_WORDS = 80
_MOST_PRINTED = 24
_MOST_QUOTED = 16
_ENDS = "，；。：,;:"
_GIVEN = re.compile("(?:给予|予以|实施|发放|享受|申请|申领|支付)")
_BOUND = re.compile("最高|最低|不超过|至多|最多|上限|不高于|不低于|至少|不少于|以内|以下|以上|封顶")
_PERIODS = frozenset({"一次性", "年度", "每年", "按年度", "每年度"})
_NOT_THE_SUM = "限额"
_SHARE = re.compile(r"按(?:照)?(?P<of>.+?)的(?P<share>[\d.０-９]+[%％])")
_EXEMPTED = ("免",)
_ANY_FORM = ("支持",)
_QUALIFIERS = (
    re.compile("每|最高|最低|不超过|年度(?:最高|奖|补)|按(?=照?每)|一次性"),
    re.compile("给予|奖励|补助|补贴"),
)


@dataclass(frozen=True, slots=True)
class _Teller:
    """A support with the glossary of its notice."""

    row: SupportRow
    glossary: Glossary

    @property
    def support(self) -> Support:
        return self.row.support


def state_support_english(row: SupportRow) -> str | None:
    """Incubators recognised by …: a subsidy of up to RMB 2 million each (每家最高200万元), one-off. The notice says: “…”.

    None where the support prints nobody whom it is for, or cannot be told in few words: then its words are quoted.
    """
    statement = tell_support(row)
    return english("said", statement=statement, clause=printed_clause(row)) if statement else None


def tell_support(row: SupportRow) -> str | None:
    """The English statement without the printed words behind it."""
    teller = _Teller(row, glossary_of(row.place.notice))
    if row.support.who is None or (row.place.provision and row.place.provision.cells):
        return None
    if row.support.form.startswith(_EXEMPTED):
        return _exemption(teller)
    told = _sums(teller) if row.support.amount else _form_alone(teller)
    if not told:
        return None
    recipient = _recipient(teller)
    if recipient.endswith(english("on_terms", recipient="")) and not _quotes_terms(row):
        return None
    statement = english("statement", recipient=_capitalise(recipient), sum=told)
    return statement if len(re.findall("[A-Za-z&-]+", statement)) <= _MOST_WORDS else None


def _quotes_terms(row: SupportRow) -> bool:
    """What it is for and on which condition stands in the item itself, and not in words before it."""
    return all(_holds(row.item, p) for p in (row.support.act, row.support.condition) if p is not None)


def printed_clause(row: SupportRow) -> str:
    """The clauses of the item that print the support, from a comma to a comma."""
    item = row.item
    inside = [p for p in (*_phrases(row.support), row.support.phrase) if item.start <= p.start and p.end <= item.end]
    starts = [p.start - item.start for p in inside]
    ends = [p.end - item.start for p in inside] + [s.amount.end - item.start for s in siblings(row) if s.amount]
    if not starts or row.place.provision is None:
        return trimmed(item.text)
    first, last = min(starts), max(ends)
    begin = max((item.text.rfind(mark, 0, first) for mark in _ENDS), default=-1) + 1
    after = [at for mark in _ENDS if (at := item.text.find(mark, last)) >= 0]
    return trimmed(item.text[begin : min(after, default=len(item.text))])


def trimmed(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines()).strip(f"{_ENDS}、 ")


def siblings(row: SupportRow) -> tuple[Support, ...]:
    """The supports of the item that give the same to the same: 每件2万元，最高20万元."""
    own = row.support
    same = (
        (s.who, s.act, s.condition, s.form) == (own.who, own.act, own.condition, own.form) for s in row.item.supports
    )
    return tuple(s for s, is_same in zip(row.item.supports, same, strict=True) if is_same and s.amount)


def _recipient(teller: _Teller) -> str:
    """Whom it is for, what for and on what condition; a long phrase that no gloss covers stands in the words behind."""
    support, glossary = teller.support, teller.glossary
    who, act = support.who, support.act
    if who is None:
        raise ValueError("a support for nobody")
    if act and _holds(who, act):
        act = None
    joined = f"{who.text}{act.text}" if act and who.end == act.start else ""
    said = glossary.clause(joined) or glossary.noun(joined) if joined else None
    if said is None:
        said = glossary.noun(who.text) or _quote(who) or english("those")
        said = _with_act(said, act, glossary) if act else said
    return _with_condition(said, teller)


def _with_act(recipient: str, act: Phrase, glossary: Glossary) -> str:
    thing = glossary.whole(act.text)
    if thing is None and (done := glossary.act(act.text) or glossary.after(act.text)):
        return english("doing", recipient=recipient, act=done)
    if thing := thing or glossary.noun(act.text) or _quote(act):
        return english("for_act", recipient=recipient, act=thing)
    return english("on_terms", recipient=recipient)


def _with_condition(recipient: str, teller: _Teller) -> str:
    support = teller.support
    condition = support.condition
    if condition is None or any(_holds(p, condition) for p in (support.who, support.act) if p):
        return recipient
    if said := teller.glossary.after(condition.text):
        return english("under", recipient=recipient, condition=said)
    if said := _quote(condition):
        return english("condition", recipient=recipient, condition=said)
    on_terms = english("on_terms", recipient="")
    return recipient if recipient.endswith(on_terms) else f"{recipient}{on_terms}"


def _quote(words: Phrase) -> str:
    """As printed; "" where that is too long to stand inside a sentence."""
    text = trimmed(words.text)
    return english("quoted", words=text) if len(text) <= _MOST_QUOTED else ""


def _sums(teller: _Teller) -> str:
    """A subsidy of up to RMB 2 million each (每家最高200万元), one-off, according to …; "" where one cannot be told."""
    support, item = teller.support, teller.row.item
    sums = [tell_sum(s, item, teller.glossary) for s in siblings(teller.row)]
    if None in sums or not sums:
        return ""
    told = ", ".join(s for s in sums if s)
    if support.form not in _ANY_FORM:
        form = teller.glossary.one(support.form) or english("quoted", words=support.form)
        told = english("of", form=form, sum=told)
    return _with_qualifiers(told, teller)


def _form_alone(teller: _Teller) -> str:
    """A computing-power voucher; no sum is stated. Only of what is given outright, to somebody whom a gloss names."""
    support, item, glossary = teller.support, teller.row.item, teller.glossary
    phrases = [p for p in _phrases(support) if p is not support.act or not (support.who and _holds(support.who, p))]
    is_glossed = all(glossary.noun(p.text) or glossary.act(p.text) or glossary.after(p.text) for p in phrases)
    form = glossary.one(support.form)
    if not form or not is_glossed or item.amounts or not _GIVEN.search(item.text):
        return ""
    return english("no_sum", form=_with_qualifiers(form, teller))


def tell_sum(support: Support, item: Item, glossary: Glossary) -> str | None:
    """up to RMB 2 million each (每家最高200万元), one-off; None for what is neither one sum nor a share."""
    amount = support.amount
    is_limit = amount is not None and item.text[amount.end - item.start :].startswith(_NOT_THE_SUM)
    if amount is None or is_limit or support.least is not None or not (figure := _figure(amount, support, glossary)):
        return None
    if amount.bound is not Bound.EXACT:
        figure = english("at_most" if amount.bound is Bound.AT_MOST else "at_least", sum=figure)
    if rate := rate_of(amount, item):
        figure = english("each", sum=figure, rate=glossary.rate(rate) or english("quoted", words=rate))
    if amount.period is Period.YEARLY and "年" not in rate:
        figure = english("yearly", sum=figure)
    figure = english("printed", sum=figure, words=_printed(amount, item))
    return english("once", sum=figure) if amount.period is Period.ONCE else figure


def rate_of(amount: Amount, item: Item) -> str:
    """每人每月; 每个子女每月; 每亩 of 元/亩; "" where none is printed."""
    per = amount.per or ""
    before = item.text[_clause_start(amount, item) : amount.start - item.start]
    if (at := before.rfind(per)) >= 0 and per.startswith("每"):
        return before[before.find("每") : at + len(per)]
    return per if not per or per.startswith("每") else f"每{per}"


def _clause_start(amount: Amount, item: Item) -> int:
    return max(item.text.rfind(mark, 0, amount.start - item.start) for mark in _ENDS) + 1


def _figure(amount: Amount, support: Support, glossary: Glossary) -> str:
    if amount.unit != "%":
        return f"RMB {english_number(amount.value)}" if amount.unit == "元" else ""
    of = next((m for q in support.qualifiers if (m := _SHARE.fullmatch(q))), None)
    thing = glossary.noun(of["of"]) if of else None
    share = f"{amount.value.normalize():f}%"
    return english("share", share=share, thing=thing) if thing else share


def _printed(amount: Amount, item: Item) -> str:
    """The sum as printed with what qualifies it, the base of a share too, as far as that is short."""
    start, end = amount.start - item.start, amount.end - item.start
    clause = _clause_start(amount, item)
    qualified = [m.start() for pattern in _QUALIFIERS for m in pattern.finditer(item.text, clause, start)]
    begins = (clause, *qualified) if amount.unit == "%" else (*qualified, clause)
    begin = next((b for b in begins if end - b <= _MOST_PRINTED), start)
    return trimmed(item.text[begin:end])


def _with_qualifiers(told: str, teller: _Teller) -> str:
    """What else is printed of it: a yardstick, 一次性 without a sum, and as printed what no gloss covers."""
    support = teller.support
    known = f"{''.join(p.text for p in _phrases(support))}{support.form}"
    rates = "".join(rate_of(s.amount, teller.row.item) for s in siblings(teller.row) if s.amount)
    for words in support.qualifiers:
        if words in known or words in rates or _BOUND.fullmatch(words) or _SHARE.fullmatch(words):
            continue
        if words in _PERIODS and support.amount:
            # Its sum tells the period; 年度 may be of 上年度.
            continue
        said = teller.glossary.after(words) or teller.glossary.rate(words) or english("quoted", words=trimmed(words))
        told = english("by", sum=told, yardstick=said)
    return told


def _exemption(teller: _Teller) -> str | None:
    """Night-market stalls: exemption from management fees."""
    support, glossary = teller.support, teller.glossary
    who = glossary.noun(support.who.text) if support.who else None
    thing = glossary.whole(support.act.text) if support.act else None
    if who is None or thing is None or support.amount or support.condition:
        return None
    return english("exempted", recipient=_capitalise(who), thing=thing)


def _phrases(support: Support) -> tuple[Phrase, ...]:
    return tuple(p for p in (support.who, support.act, support.condition) if p is not None)


def _holds(outer: Phrase | Item, inner: Phrase) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
