"""What is asked of another place, grade or year than whatever the notice prints of it."""

import re
from collections.abc import Iterator, Sequence

from assistant.composing.checking.verdicts import Compared, nearest_of_other, nearest_of_place
from assistant.composing.draft import Finding
from assistant.composing.values import evidence_for
from assistant.evidence.attributes import grades_printed
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, terms_of
from assistant.evidence.printed import printed
from assistant.naming.places import load_places
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import TEXT, Operation
from assistant.understanding.stack import OF_ALL, WHOLE_DOCUMENT

_WHERE_SOMEBODY_IS = re.compile("(?:在|到|来|去|从|往|住|于|家|是|回)$")
_EVERYWHERE = re.compile("全国|各[省市地区县]|所有[省市地]|任何")
_CHOSEN = re.compile(
    "在不在|在[^，。？]{0,12}(?:名单|范围|之列|里头|里面)|[列划编]没?[列划编]?[入进成]|入选|选[上中]|进没进|有没有[^，。？]{0,4}[选划列]"
)
"""Some were chosen, and whether a place is one of them is asked: it may be where somebody lives, and 各省 names none."""

_OF_SOMEBODY = re.compile("(?:[省市县区])?(?:的|人|籍|户口|户籍|本地|当地|企业|公司|这边|那边|这儿|那儿)")
_YEAR_ASKED = re.compile(
    r"(?:^|[，。；？?！!]|那么?|请问|到|在)\s*(?P<year>(?:19|20)\d{2})年度?(?!\d|以?[前后]|[^，。？]{0,6}了)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_OPEN_ENDED = re.compile("年[^，。；]{0,8}(?:前|起|后|以来)")
_FIGURES = frozenset({"sum", "share", "quantity"})
_LOOKED_AT = 4
_FULL_NAME = 4


def find_of_another(inquiry: Inquiry) -> Finding | None:
    """The nearest item with what it is of, where none that comes near is of what the clause names."""
    want = inquiry.clause.want
    if want.operation in OF_ALL or want.value in WHOLE_DOCUMENT:
        return None
    evidence = list(evidence_for(inquiry, any_level=True))
    near = ([m for m in evidence if printed(inquiry.value, m.place, m.item)] or evidence)[:_LOOKED_AT]
    if not near or inquiry.clause.listing.shows != TEXT:
        return None
    first = Compared(near[0], ())
    if grade := _unprinted_grade(inquiry, near):
        return nearest_of_other(inquiry, first, grade)
    if all(map(_names_place, near)) and (place := unprinted_place(inquiry, near)):
        return nearest_of_place(inquiry, first, place)
    is_figure = want.value in _FIGURES and want.operation is Operation.STATE
    if is_figure and (year := _unprinted_year(inquiry, near)):
        return nearest_of_other(inquiry, first, year)
    return None


def other_city(inquiry: Inquiry, match: ItemMatch) -> str:
    """青岛 of 试验区是摆在青岛搞的, where 济南 stands right before the 试验区 that the sentence prints; "" else."""
    text = inquiry.clause.text
    # Of a province the city that is printed may be one.
    cities = [p.text for p in load_places().find(text) if p.is_city]
    is_put_there = len(cities) == 1 and re.search(f"[在到于是]{cities[0]}", text) is not None
    if not is_put_there or cities[0] in match.sentence:
        return ""
    things = [s.text for s in terms_of(inquiry.names) if len(s.text) >= _FULL_NAME]
    printed = [p.text for p in load_places().find(match.item.text) if p.is_city]
    return cities[0] if any(f"{city}{thing}" in match.item.text for city in printed for thing in things) else ""


def _unprinted_grade(inquiry: Inquiry, near: Sequence[ItemMatch]) -> str:
    """二级 of 二级医院 where what fits best, or else the title of the notice, is of 三级医院, and nothing near of 二级."""
    title = f"{near[0].headings} {near[0].place.notice.title}"
    for said in (inquiry.clause.text, inquiry.frame.text[: inquiry.clause.end]):
        found = [grades_printed(said, m.item.text) for m in near]
        first = found[0] or grades_printed(said, title)
        if first and not any(f and f[0] in f[1] for f in (first, *found)):
            return first[0]
    return ""


def _names_place(match: ItemMatch) -> bool:
    return bool(load_places().find(match.item.text) or load_places().find(match.place.notice.title))


def unprinted_place(inquiry: Inquiry, matches: Sequence[ItemMatch]) -> str:
    """绍兴 of 绍兴进没进这批试点, where no sentence about them prints it; "" for where somebody lives or comes from."""
    clause, texts = inquiry.clause, [f"{m.item.text} {m.headings}" for m in matches]
    is_of_some = _CHOSEN.search(clause.text) is not None
    if _EVERYWHERE.search(matches[0].item.text) and not is_of_some:
        return ""
    # A reply to 四川省人民政府 speaks of it as 你省.
    notices = [m.place.notice for m in matches]
    texts += [f"{n.title} {n.addressee.text if n.addressee else ''}" for n in notices]
    for named in (s for s in clause.names if s.kind is SubjectKind.PLACE and s.text not in inquiry.home):
        before, after = clause.text[: named.start - clause.start], clause.text[named.end - clause.start :]
        is_where = _WHERE_SOMEBODY_IS.search(before) or _OF_SOMEBODY.match(after)
        if (is_of_some or not is_where) and not any(named.text in text for text in texts):
            return named.text
    return ""


def _unprinted_year(inquiry: Inquiry, near: Sequence[ItemMatch]) -> str:
    """2025年 where the figure is printed for 2020, and no range holds it."""
    for asked in (m["year"] for m in _YEAR_ASKED.finditer(inquiry.clause.text)):
        if all(_is_of_other_year(int(asked), m) for m in near[:1]) and not any(asked in m.item.text for m in near):
            return f"{asked}年"
    return ""


def _is_of_other_year(asked: int, match: ItemMatch) -> bool:
    years = sorted(_years_in(match.item.text))
    return bool(years) and not years[0] <= asked <= years[-1] and not _OPEN_ENDED.search(match.item.text)


def _years_in(text: str) -> Iterator[int]:
    return (int(y) for y in _YEAR.findall(text))
