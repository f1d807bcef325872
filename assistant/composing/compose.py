"""The quoting composer: one finding for each clause, made of printed words; no language model."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.composing.absent import is_grounded, is_surely_wanted
from assistant.composing.checking.checks import find_check
from assistant.composing.checking.of_another import find_of_another
from assistant.composing.comparisons import find_comparison
from assistant.composing.departments import find_actor, find_departments
from assistant.composing.details import find_annex_point, find_detail, find_meaning, find_title, find_where, state_items
from assistant.composing.document import find_document_fact, find_validity
from assistant.composing.draft import Finding
from assistant.composing.fixed import fixed_finding
from assistant.composing.money import (
    find_calculation,
    find_fund,
    find_payment,
    find_recipient,
    find_share,
    find_sum,
    find_total,
)
from assistant.composing.outside import (
    check_count,
    find_edition,
    find_out_of_range,
    find_outside,
    unknown_number,
)
from assistant.composing.sums.reckoned import find_reckoned
from assistant.composing.talk.beside import say_each
from assistant.composing.talk.next_step import find_next_step
from assistant.composing.talk.of_list import lean_on_list, without_repeated_lists
from assistant.composing.talk.retell import find_more, say_simply, show_words
from assistant.composing.talk.whose import name_notices
from assistant.composing.values import find_value
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.printed import printed_itself
from assistant.evidence.whether import (
    asks_definition,
    asks_papers,
    asks_until,
    asks_whether,
    asks_which,
    is_tagged,
    names_document,
    offers_choice,
    speaks_of_money,
)
from assistant.listing.answering import find_list, find_named_kinds
from assistant.listing.documents import find_documents
from assistant.listing.whole import find_whole
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import Act, Operation
from assistant.understanding.reach import Reply
from assistant.understanding.stack import WHOLE_DOCUMENT

Finder = Callable[[Inquiry], Finding]

_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM)

_OF_TIME = frozenset({"period", "date", "deadline"})
_STATED_ALIKE = frozenset({"contact", "address", "materials"})
"""有没有电话 asks no other than 电话多少."""

_SURE_OF_VALUE = 0.5
_SURE_OF_FEE = 0.9
"""考证给钱吗 reads much like 考证要钱吗."""

_OF_ONE = frozenset({Operation.STATE, Operation.COMPARE})
_TELEPHONE = re.compile("(?:电话|热线|座机|联系方式)(?:号码?)?(?:是|多少|几|什么|呢|给我)")
_WEB = re.compile("网址|网站地址|链接(?:是|在|发|给|多少|呢)")
_OF_CONTACT = frozenset({"contact", "telephone", "mail", "web", "address"})
_SOME = re.compile("几(?=[十百千万])")
_WHO_IS_MEANT = re.compile("包括哪|指哪|指的?是|都有谁|是哪些|是谁|范围")
_IN_SIGNS = re.compile("“(?P<term>[^“”]{2,16})”")
_PECULIAR = frozenset("stacking penalty appeal result fee actor period date quantity route contact place".split())
_OF_WHOLES = WHOLE_DOCUMENT | {"said", "name", "department", "role", "actor", "clause", "meaning", "recipient"}
"""What a measure or a notice says in other places than its sentences, or any sentence may."""

_VAGUE = 0.5
_SURELY_WANTED = 0.7
_FAR_BETTER = 0.7


def compose(inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
    """Findings in the order of the clauses; a clause that no text can fill is found absent."""
    found = [answer(i) for i in inquiries]
    listed = lean_on_list(inquiries, say_each(inquiries, without_repeated_lists(found)))
    told = name_notices(inquiries, listed)
    return tuple(replace(f, asked=i.asked) for i, f in zip(inquiries, told, strict=True))


def answer(inquiry: Inquiry) -> Finding:
    """What is found for a clause, or how a clause that leans on one before retells that."""
    retell = _BY_ACT.get(inquiry.clause.act)
    found = retell(inquiry, answer) if retell else find(inquiry)
    if inquiry.clause.act is Act.OFF_TOPIC and inquiry.is_alone and not found.is_filled:
        # 上海迪士尼 reads like another field, and the notices do not speak of it.
        return fixed_finding(Reply.OFF_TOPIC, inquiry.corpus, inquiry.language)
    return found


def find(inquiry: Inquiry) -> Finding:
    """What the notices say to one clause."""
    for find_particular in _PARTICULAR:
        if (particular := find_particular(inquiry)) is not None:
            return particular
    operation = _operation(inquiry)
    is_of_document = inquiry.value in WHOLE_DOCUMENT and inquiry.clause.margin > _SURE_OF_VALUE
    if not _is_claim(inquiry) and operation is not Operation.TOTAL and not is_of_document:
        if (of_all := find_list(inquiry) or find_whole(inquiry)) is not None:
            return of_all
    return _BY_OPERATION[operation](inquiry)


def _operation(inquiry: Inquiry) -> Operation:
    """两样都扣，行吧 checks what it says, whatever that looks like."""
    operation, text = inquiry.clause.want.operation, inquiry.clause.text
    if operation is Operation.CHECK and inquiry.value in WHOLE_DOCUMENT and asks_which(text) and not is_tagged(text):
        return Operation.STATE
    is_vague = operation is Operation.STATE and asks_whether(text) and inquiry.clause.margin < _VAGUE
    # Behind a claim 几百块 is some sum, and no question for it.
    is_checked = operation in _OF_ONE and (is_tagged(text) or is_vague) and not asks_which(_SOME.sub("", text))
    return Operation.CHECK if is_checked else operation


def _find_number(inquiry: Inquiry) -> Finding | None:
    """How many measures there are, where that is claimed, or what is reckoned from the numbers of one sentence."""
    if asks_whether(inquiry.clause.text):
        return check_count(inquiry)
    return find_reckoned(inquiry)


def _is_claim(inquiry: Inquiry) -> bool:
    return inquiry.clause.want.operation is Operation.CHECK and asks_whether(inquiry.clause.text)


def _state(inquiry: Inquiry) -> Finding:
    if _TELEPHONE.search(inquiry.clause.text) and inquiry.value not in _OF_CONTACT and not is_surely_wanted(inquiry):
        inquiry = inquiry.wanting("telephone")
    if _WEB.search(inquiry.clause.text) and inquiry.value not in _OF_CONTACT:
        inquiry = inquiry.wanting("web")
    if inquiry.value in _OF_TIME and _asks_of_document(inquiry):
        return find_validity(inquiry)
    if _fits_better_elsewhere(inquiry):
        return find_detail(inquiry.wanting("said"))
    return _BY_VALUE.get(inquiry.value, find_value)(inquiry)


def _fits_better_elsewhere(inquiry: Inquiry) -> bool:
    """It is not sure that a value is asked for, and a sentence without one fits far better than any that prints it."""
    value = inquiry.value
    # 哪两样东西 asks for papers only where it says so.
    is_sure = inquiry.clause.particular >= _SURELY_WANTED and (value != "materials" or asks_papers(inquiry.clause.text))
    if value in _OF_WHOLES or is_sure or not inquiry.items:
        return False
    if value == "sum" and speaks_of_money(inquiry.asked):
        return False
    first = inquiry.items[0]
    fitting = (m for m in inquiry.items if m.score > first.score - _FAR_BETTER)
    return is_grounded(inquiry, first) and not any(printed_itself(value, m.place, m.item) for m in fitting)


def _asks_of_document(inquiry: Inquiry) -> bool:
    """这文件能管多长时间 names nothing in it."""
    text = inquiry.clause.text
    return names_document(text) and asks_until(text) and not (inquiry.names or inquiry.claimed)


def _list(inquiry: Inquiry) -> Finding:
    """The names of one kind, else what is said of the thing whose members are asked for."""
    return find_named_kinds(inquiry) or _state(inquiry)


def _count(inquiry: Inquiry) -> Finding:
    """The names of one kind, counted, else a number that the text prints for the thing named."""
    return find_named_kinds(inquiry) or find_value(inquiry, "quantity")


def _rank(inquiry: Inquiry) -> Finding:
    """The highest that one thing gets is what it gets at most."""
    things = inquiry.of_kind(*_THINGS, SubjectKind.CHAPTER)
    return find_comparison(inquiry) if len(things) > 1 else _state(inquiry)


def _check(inquiry: Inquiry) -> Finding:
    is_of_papers = inquiry.value != "materials" or asks_papers(inquiry.clause.text)
    has_no_sides = inquiry.value in _STATED_ALIKE and not inquiry.amounts and is_of_papers
    has_no_sides = has_no_sides or (inquiry.value == "meaning" and asks_definition(inquiry.clause.text))
    if has_no_sides or offers_choice(inquiry.clause.text):
        return _state(inquiry)
    # 一个月开三回吗 is read as a sum, and asks for no money.
    is_of_money = inquiry.value not in {"sum", "recipient"} or inquiry.amounts or speaks_of_money(inquiry.asked)
    is_heard = inquiry.value not in _PECULIAR or inquiry.clause.margin >= _VAGUE or not inquiry.is_alone
    claimed = inquiry if is_of_money and is_heard else inquiry.wanting("said")
    found = replace(check_count(inquiry) or find_check(claimed), want=inquiry.clause.want)
    may_mean_money = inquiry.value == "fee" and inquiry.clause.margin < _SURE_OF_FEE
    if not found.is_filled and may_mean_money and inquiry.supports:
        return find_sum(inquiry.wanting("sum"))
    return found


def _find_out_of_range(inquiry: Inquiry) -> Finding | None:
    subject = unknown_number(inquiry)
    return find_out_of_range(inquiry, subject) if subject else None


def _find_defined(inquiry: Inquiry) -> Finding | None:
    """X到底包括哪些人, where a sentence says what is meant by X."""
    asks = asks_definition(inquiry.clause.text) or _WHO_IS_MEANT.search(inquiry.clause.text)
    quoted = _IN_SIGNS.search(inquiry.clause.text)
    if not asks or quoted is None:
        return None
    places = [p for p in inquiry.corpus.catalogue.provisions if p.provision and p.notice.id in inquiry.notice_ids]
    said = re.compile(f"所称“?{re.escape(quoted['term'])}")
    items = [ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items if said.search(i.text)]
    return state_items(inquiry, items[:1]) if items else None


_PARTICULAR: Sequence[Callable[[Inquiry], Finding | None]] = (
    find_documents,
    find_outside,
    find_edition,
    find_annex_point,
    _find_out_of_range,
    find_of_another,
    find_fund,
    _find_defined,
    _find_number,
)
"""Each is asked in turn, before what is wanted is looked at."""

_BY_OPERATION: Mapping[Operation, Finder] = {
    Operation.STATE: _state,
    Operation.CHECK: _check,
    Operation.LIST: _list,
    Operation.COUNT: _count,
    Operation.RANK: _rank,
    Operation.COMPARE: find_comparison,
    Operation.TOTAL: find_total,
    Operation.OUTLINE: _state,
}


def _find_title(inquiry: Inquiry) -> Finding:
    is_of_part = inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.CHAPTER)
    return find_title(inquiry) if is_of_part else find_document_fact(inquiry)


def _find_purpose(inquiry: Inquiry) -> Finding:
    return find_detail(inquiry) if inquiry.of_kind(*_THINGS) else find_document_fact(inquiry)


_BY_ACT = {Act.MORE: find_more, Act.REPEAT: say_simply, Act.CORRECT: show_words}
_BY_VALUE: Mapping[str, Finder] = {
    "said": find_detail,
    "name": find_detail,
    "sum": find_sum,
    "share": find_share,
    "payment": find_payment,
    "calculation": find_calculation,
    "recipient": find_recipient,
    "department": find_departments,
    "role": find_departments,
    "actor": find_actor,
    "meaning": find_meaning,
    "clause": find_where,
    "title": _find_title,
    "purpose": _find_purpose,
    "validity": find_validity,
    "route": find_next_step,
    **dict.fromkeys(("document_number", "issuer", "issued_on", "addressee", "basis"), find_document_fact),
}
