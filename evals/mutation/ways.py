"""The ways in which a right answer is spoilt; each gives the spoilt answer, or None where it cannot be done."""

import re
from collections.abc import Callable, Mapping

from evals.mutation.spoil import (
    Answer,
    Specimen,
    change_first,
    change_told,
    foreign_citation,
    own_parts,
    replace_told,
    shift_number,
    told_text,
    without_parts,
)
from evals.scoring.clauses import FREE_KINDS
from evals.scoring.first_line import read_verdict, says_not_stated, split_sentences
from evals.scoring.values import find_sums

_QUALIFIERS = re.compile(
    r"最高不?超?过?|不超过|至多|上限为?|年度(?=最高|奖补|[^研])|一次性|每年|每月|up to |annually|yearly|per year|per month|one-off|one-time|, one-off",
    re.IGNORECASE,
)
_OPENERS = re.compile(r"^(?:是的|不是|对的|不对|没错|可以|不可以|不能|Yes|No)[，,。.：:]?\s*", re.IGNORECASE)
_YEAR, _DAY = re.compile(r"(?P<n>(?:19|20)\d\d)年"), re.compile(r"(?P<n>\d{1,2})(?:日|个工作日|天|个月|月)")
_COUNTED = re.compile(r"(?<![第\d.〔（(])(?P<n>\d+)(?=\s*(?:条|项|个|家|部分|of \d|measures|departments))")
_ROLES = (("牵头负责", "按职责分工负责"), ("按职责分工负责", "牵头负责"), ("(lead)", "(shared by division of duties)"))
_NEGATED = (("给予", "不予"), ("支持", "不支持"), ("可以", "不可以"), ("可申请", "不可申请"), ("鼓励", "不鼓励"))
_STRANGER = "普通居民"
_ELSEWHERE = ("out_of_scope", "refused", "needs_detail")
_STATUS_SWAPS = {
    "answered": "not_stated",
    "partly_answered": "answered",
    "not_stated": "answered",
    "related": "answered",
    "needs_detail": "not_stated",
    "out_of_scope": "answered",
    "refused": "answered",
}


def other_own_words(s: Specimen) -> Answer | None:
    """Our own words of the right answer to another question, with this one's quotations."""
    mine = told_text(s.answer)
    other = s.pick_other(lambda a: bool(own_parts(a)) and own_parts(a)[0]["text"] not in mine)
    if other is None or not own_parts(s.answer):
        return None
    answer, words = s.copy(), own_parts(other)
    for number, part in enumerate(own_parts(answer)):
        part["text"] = words[min(number, len(words) - 1)]["text"]
    return {**answer, "items": None, "count": None}


def nonsense(s: Specimen) -> Answer | None:
    words = "The weather is fine today." if s.is_english else "今天天气很好。"
    answer = s.copy()
    for part in own_parts(answer):
        part["text"] = words
    return answer if own_parts(answer) else None


def verdict_flipped(s: Specimen) -> Answer | None:
    """Yes for no, and no for yes."""
    if s.case.verdict is None or not own_parts(s.answer):
        return None
    yes, no = ("Yes, ", "No, ") if s.is_english else ("是的，", "不是，")
    answer = s.copy()
    first = own_parts(answer)[0]
    rest = _OPENERS.sub("", first["text"])
    first["text"] = (no if s.case.verdict == "yes" else yes) + rest
    return answer if read_verdict(first["text"]) != s.case.verdict else None


def role_swapped(s: Specimen) -> Answer | None:
    """牵头 for 分工, and the other way."""
    for old, new in _ROLES:
        if answer := replace_told(s, old, new):
            for one in answer.get("responsibilities") or ():
                one["role"] = one["role"].replace(old, new)
            return answer
    return None


def recipient_swapped(s: Specimen) -> Answer | None:
    """Who gets the sum is somebody else, of the same notice or not."""
    supports = s.annotation.supports if s.annotation else ()
    told = told_text(s.answer)
    for support in supports:
        who = max((w for w in support.who if w in told and len(w) > 2), key=len, default="")
        if who and support.amount.rstrip("元") in told:
            strangers = [w for o in supports for w in o.who if w not in told and len(w) > 2 and w not in support.quote]
            return replace_told(s, who, s.dice.choice([*strangers, _STRANGER]))
    return None


def sum_swapped(s: Specimen) -> Answer | None:
    """Another sum of the same notice, of the same sentence where there is one."""
    told = told_text(s.answer)
    sums = [v for v in find_sums(told) if v.text.endswith("元")]
    if not sums or s.annotation is None:
        return None
    mine = sums[0]
    near = [v for c in s.answer["citations"] for v in find_sums(c["quote"])]
    printed = [v for row in s.annotation.supports for v in find_sums(row.amount)]
    others = [v.text for v in (*near, *printed) if v.value not in {one.value for one in sums} and v.text.endswith("元")]
    return replace_told(s, mine.text, others[0] if others else f"9{mine.text}")


def qualifier_lost(s: Specimen) -> Answer | None:
    """最高, 年度 or 一次性 is left out of the sentence that states the sum, where the question does not say it."""
    asked = " ".join((*s.case.history, s.case.question))
    if _QUALIFIERS.search(asked) or re.search("最多|封顶|上限|顶格|maximum|at most", asked):
        return None

    def strip(text: str) -> str:
        kept = (_QUALIFIERS.sub("", one) if find_sums(one) else one for one in split_sentences(text))
        return "".join(kept)

    answer = change_told(s.copy(), strip)
    is_lost = len(_QUALIFIERS.findall(told_text(answer))) < len(_QUALIFIERS.findall(told_text(s.answer)))
    return answer if is_lost else None


def date_shifted(s: Specimen) -> Answer | None:
    return change_first(s, lambda text: shift_number(text, _YEAR, 3) or shift_number(text, _DAY, 7))


def missing_deleted(s: Specimen) -> Answer | None:
    """What is not stated is no longer said."""
    is_told = any(says_not_stated(p["text"]) for p in own_parts(s.answer)) and s.answer["status"] not in _ELSEWHERE
    if not is_told or not (s.case.missing or not s.case.answerable):
        return None
    answer = s.copy()
    for part in own_parts(answer):
        part["text"] = "".join(one for one in split_sentences(part["text"]) if not says_not_stated(one))
    return {**answer, "parts": [p for p in answer["parts"] if p["text"]], "missing": []}


def item_emptied(s: Specimen) -> Answer | None:
    answer = s.copy()
    items = answer.get("items") or []
    if items:
        s.dice.choice(items)["text"] = ""
    return answer if items else None


def item_dropped(s: Specimen) -> Answer | None:
    """One item is gone with its citations, and the count agrees."""
    answer = s.copy()
    items = answer.get("items") or []
    if len(items) < 2:
        return None
    gone = items.pop(s.dice.randrange(len(items)))
    answer["citations"] = [c for c in answer["citations"] if c["number"] not in gone["citations"]]
    for part in answer["parts"]:
        part["citations"] = [n for n in part["citations"] if n not in gone["citations"]]
    return _recount(answer, -1)


def item_added(s: Specimen) -> Answer | None:
    """One item too many, cited, and the count agrees."""
    citation = foreign_citation(s)
    if not s.answer.get("items") or citation is None:
        return None
    answer = s.copy()
    answer["citations"].append(citation)
    answer["items"].append({"text": citation["quote"][:30], "citations": [citation["number"]]})
    return _recount(answer, 1)


def _recount(answer: Answer, by: int) -> Answer:
    count = answer.get("count")
    if count:
        old = str(count["value"])
        count["value"] += by
        for part in own_parts(answer):
            part["text"] = re.sub(rf"(?<!\d){old}(?!\d)", str(count["value"]), part["text"])
    return answer


def clause_added(s: Specimen) -> Answer | None:
    """The first line rests on a clause too many."""
    direct = [p for p in s.answer["parts"] if p["kind"] == "direct"]
    citation = foreign_citation(s)
    is_bound = s.case.exact or (s.case.facts and s.case.measures and s.case.kind not in FREE_KINDS)
    if not direct or citation is None or not is_bound:
        return None
    answer = s.copy()
    answer["citations"].append(citation)
    next(p for p in answer["parts"] if p["kind"] == "direct")["citations"].append(citation["number"])
    return answer


def quotation_only(s: Specimen) -> Answer | None:
    if not any(p["kind"] == "quote" for p in s.answer["parts"]) or not own_parts(s.answer):
        return None
    return {**without_parts(s.copy(), ("direct", "correction", "missing", "note")), "items": None, "count": None}


def status_swapped(s: Specimen) -> Answer | None:
    swapped = _STATUS_SWAPS[s.answer["status"]]
    return None if swapped in s.case.status or s.case.answerable is None else {**s.copy(), "status": swapped}


def department_swapped(s: Specimen) -> Answer | None:
    """A department that is not responsible stands for one that is."""
    noted = s.annotation.responsibilities if s.annotation else ()
    told = told_text(s.answer)
    everybody = sorted({d for n in noted for d in n.departments if d.endswith(tuple("厅局委部办会行院科协"))})
    named = [d for one in s.answer.get("responsibilities") or () for d in one["departments"] if d in told]
    strangers = [d for d in everybody if d not in told]
    return replace_told(s, named[0], s.dice.choice(strangers)) if named and strangers else None


def department_dropped(s: Specimen) -> Answer | None:
    named = [d for d in s.case.departments if d in told_text(s.answer)]
    if len(named) < 2:
        return None
    return change_told(s.copy(), lambda text: text.replace(f"、{named[1]}", "").replace(named[1], ""))


def count_shifted(s: Specimen) -> Answer | None:
    return change_first(s, lambda text: shift_number(text, _COUNTED))


def pointer_only(s: Specimen) -> Answer | None:
    """The first line says only where something is written."""
    if s.case.kind in ("details", "meanings", "clause_numbers") or not own_parts(s.answer) or s.answer.get("items"):
        return None
    answer = s.copy()
    words = "The notice says on this:" if s.is_english else "通知对此有规定："
    for part in own_parts(answer):
        part["text"] = words
    return answer


def quotation_altered(s: Specimen) -> Answer | None:
    answer = s.copy()
    quotes = [c for c in answer["citations"] if len(c["quote"]) > 1]
    if not quotes:
        return None
    quotes[0]["quote"] = quotes[0]["quote"][:-1] + "等"
    return answer


def citation_moved(s: Specimen) -> Answer | None:
    """The mark leads to another clause."""
    citation = foreign_citation(s)
    moved = [c for c in s.answer["citations"] if c["measure_id"]]
    is_bound = s.case.measures or s.case.clauses
    if citation is None or not moved or not is_bound:
        return None
    answer = s.copy()
    wanted = moved[0]["measure_id"]
    answer["citations"] = [
        {**citation, "number": c["number"]} if c["measure_id"] == wanted else c for c in answer["citations"]
    ]
    return {**answer, "parts": [p for p in answer["parts"] if p["kind"] != "quote"]}


def absence_claimed(s: Specimen) -> Answer | None:
    """What is printed is said not to be stated."""
    if s.answer["status"] != "answered" or not s.case.facts or not own_parts(s.answer):
        return None
    answer = s.copy()
    for part in own_parts(answer):
        part["text"] = "The notice does not state this." if s.is_english else "这一点，通知没有写明。"
    return {**answer, "items": None, "count": None}


def meaning_negated(s: Specimen) -> Answer | None:
    """What is given is said not to be given."""
    told = " ".join(p["text"] for p in s.answer["parts"] if p["kind"] in ("direct", "correction"))
    if "“" in told or s.answer["status"] != "answered":
        return None
    found = next(((old, new) for old, new in _NEGATED if old in told and new not in told), None)
    return change_first(s, lambda text: text.replace(*found, 1)) if found else None


WAYS: Mapping[str, Callable[[Specimen], Answer | None]] = {
    way.__name__: way
    for way in (
        *(other_own_words, nonsense, verdict_flipped, role_swapped, recipient_swapped, sum_swapped, qualifier_lost),
        *(date_shifted, missing_deleted, item_emptied, item_dropped, item_added, clause_added, quotation_only),
        *(status_swapped, department_swapped, department_dropped, count_shifted, pointer_only, quotation_altered),
        *(citation_moved, absence_claimed, meaning_negated),
    )
}
