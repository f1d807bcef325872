"""Answers who is responsible, in which role, from the printed responsibility of a measure."""

import re
from dataclasses import replace

from assistant.answer import PartKind
from assistant.composing.absent import find_absent, is_grounded, is_surely_wanted
from assistant.composing.details import find_detail
from assistant.composing.draft import (
    DraftPart,
    Finding,
    quote_part,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.values import state_matches
from assistant.composing.wording import english_role, join_names, name_measure
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.whether import asks_who_leads
from assistant.naming.subject import SubjectKind
from corpus.catalogue import Place
from corpus.notice import Responsibility, Role
from prompts import phrase

_A_BODY = re.compile("[\u4e00-\u9fff]{2,10}(?:部门|机关|街道办事处|人民政府)")
_IN_CHARGE = re.compile("主管|牵头|归口|(?<![对高])负责")
_EXPLAINS = re.compile("由[^，。；]{2,30}(?:负责|进行)?[^，。；]{0,4}解释")
_MOST_ACTORS = 3
_AS_GOOD = 0.5


def find_departments(inquiry: Inquiry) -> Finding:
    """The departments of every measure named, or of the one that fits best; without any, who is given something to do."""
    if "解释" in inquiry.clause.text and (explaining := _who_explains(inquiry)):
        return state_matches(inquiry, [explaining], [])
    places = [p for p in _measures_asked(inquiry) if p.responsibilities]
    if not places:
        return _find_acting(inquiry) or _not_printed(inquiry)
    parts = [part for place in places for part in state_departments(place, inquiry)]
    return Finding(inquiry.clause.want, True, (*parts, *_why_this_measure(inquiry, places)), tuple(places))


def _who_explains(inquiry: Inquiry) -> ItemMatch | None:
    """本措施由市农业农村局负责解释, which closes a notice."""
    places = [p for p in inquiry.corpus.catalogue.provisions if p.notice.id in inquiry.notice_ids and p.provision]
    items = (ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items)
    return next((m for m in items if _EXPLAINS.search(m.item.text)), None)


def find_actor(inquiry: Inquiry) -> Finding:
    """The clause that gives somebody to do what is asked about, else who is responsible for it, else what is said."""
    if acting := _find_acting(inquiry):
        return acting
    best = inquiry.best_measure
    if not best or not best.responsibilities:
        return find_detail(inquiry)
    in_charge = find_departments(inquiry)
    if not is_surely_wanted(inquiry):
        return in_charge
    # Who is in charge of a measure need not be who judges or pays.
    absent = find_absent(inquiry, nearest=False)
    return replace(in_charge, parts=(*in_charge.parts, *absent.parts), missing=absent.missing)


def _find_acting(inquiry: Inquiry) -> Finding | None:
    """An item near the best one in which somebody acts."""
    for match in inquiry.items[:_MOST_ACTORS]:
        if match.item.actors and match.place.measure and match.score >= inquiry.items[0].score - _AS_GOOD:
            return state_matches(inquiry, [match], [a.name.text for a in match.item.actors])
    return None


def _not_printed(inquiry: Inquiry) -> Finding:
    best = next((m for m in inquiry.items[:1] if is_grounded(inquiry, m) or _is_in_charge(inquiry, m)), None)
    if best and (inquiry.corpus.departments.find(best.item.text) or _A_BODY.search(best.item.text)):
        # 自然资源部门按规定划拨用地 tells who does it, in whatever role.
        return state_matches(inquiry, [best], [])
    return find_absent(inquiry, "department") if is_surely_wanted(inquiry) else find_detail(inquiry)


def _is_in_charge(inquiry: Inquiry, match: ItemMatch) -> bool:
    """国务院办公厅是主管单位, for who asks 归哪家管 in words that no notice has."""
    return not inquiry.names and _IN_CHARGE.search(match.item.text) is not None


def _why_this_measure(inquiry: Inquiry, places: list[Place]) -> list[DraftPart]:
    """The sentence that speaks of the subject, where the measure was not named itself."""
    if any(s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for s in inquiry.names):
        return []
    items = [m for m in inquiry.items if m.place.measure_key == places[0].measure_key]
    return [quote_part(sentence_source(items[0].place, items[0].item))] if items else []


def _measures_asked(inquiry: Inquiry) -> list[Place]:
    numbered = [s for s in inquiry.names if s.kind is SubjectKind.NUMBER]
    titled = [s for s in inquiry.names if s.kind is SubjectKind.MEASURE]
    keys = [t for s in (numbered or titled) for t in s.targets]
    if keys:
        return [inquiry.corpus.catalogue.place_of_measure[k] for k in dict.fromkeys(keys)]
    best = inquiry.best_measure
    return [best] if best and best.measure else []


def state_departments(place: Place, inquiry: Inquiry) -> list[DraftPart]:
    measure, language = place.measure, inquiry.language
    if measure is None:
        return []
    name = name_measure(place, language)
    name = phrase("passage", language, measure=name) if place.provision else name
    sources = responsibility_sources(place)
    leading = [r for r in place.responsibilities if r.role is Role.LEAD] if asks_who_leads(inquiry.frame.text) else []
    return [
        DraftPart(PartKind.DIRECT, _sentence(name, responsibility, inquiry), sources)
        for responsibility in leading or place.responsibilities
    ]


def _sentence(name: str, responsibility: Responsibility, inquiry: Inquiry) -> str:
    language = inquiry.language
    names = join_names(responsibility.departments, language, inquiry.corpus.departments)
    if responsibility.role is Role.LEAD:
        return phrase("department_lead", language, measure=name, departments=names)
    if responsibility.role is Role.SHARED and "分工" in responsibility.role_text:
        return phrase("department_shared", language, measure=name, departments=names)
    role = responsibility.role_text if language == "zh" else english_role(responsibility.role_text)
    return phrase("department_other", language, measure=name, departments=names, role=role)
