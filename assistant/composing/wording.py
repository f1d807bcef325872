"""How measures, sums and departments are named in our own words, Chinese and English."""

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.composing.english.titles import name_place
from corpus.catalogue import Place
from corpus.language.amounts import Amount, Bound, Period
from corpus.language.departments import DepartmentTable
from corpus.notice import Measure, Provision, ProvisionKind, Responsibility

_ENDS = "。；，、：;, "

_COUNTS_ROWS = re.compile("^(?:序号|编号|No)")


def name_label(measure: Measure) -> str:
    """（九） → 第（九）条, 九、 → 第九条, 1. → 第1条; a label that says 条 itself stays."""
    label = measure.label.strip()
    if not label or label.startswith("第"):
        return label or "正文"
    return f"第{label.rstrip('、．. ')}条"


def name_measure(place: Place, language: str) -> str:
    """第（九）条“技术转移转化和推广服务”."""
    if language == "en":
        return name_place(place)
    measure = place.measure
    if measure is None:
        return _name_outside(place)
    title = f"“{measure.title}”" if measure.title else ""
    return f"{name_label(measure)}{title}"


def _name_outside(place: Place) -> str:
    if annex := place.annex:
        return annex.label
    return "文末" if place.provision and place.provision.kind is ProvisionKind.CLOSING else "前言"


def trim(text: str) -> str:
    """A clause without the punctuation at its ends."""
    return text.strip(_ENDS)


def state_row(provision: Provision) -> str:
    """Each cell of a table row after the head of its column; numbers of rows say nothing."""
    cells = ((c.head, c.phrase.text) for c in provision.cells)
    return "；".join(f"{head}：{text}" if head else text for head, text in cells if not _COUNTS_ROWS.search(head))


def english_sum(amount: Amount) -> str:
    """up to RMB 2 million (200万元) per year; what is no sum in yuan stays as printed."""
    bound = {Bound.AT_MOST: "up to ", Bound.AT_LEAST: "at least ", Bound.EXACT: ""}[amount.bound]
    period = {Period.ONCE: ", one-off", Period.YEARLY: " per year", None: ""}[amount.period]
    if amount.unit != "元":
        return f"{bound}{amount.text}{period}"
    return f"{bound}RMB {english_number(amount.value)} ({amount.text}){period}"


def english_number(value: Decimal) -> str:
    for size, word in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
        if value >= size:
            return f"{(value / size).normalize():f} {word}"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value.normalize():,f}"


def join_names(names: Iterable[str], language: str, table: DepartmentTable) -> str:
    """Departments as printed; in English with their English names before the printed ones."""
    if language == "zh":
        return "、".join(names)
    return ", ".join(f"{table.english_name(n)} ({n})" if table.english_name(n) != n else n for n in names)


def english_role(role: str) -> str:
    if "牵头" in role:
        return "lead"
    return "supporting" if re.search("配合|参", role) else "shared by division of duties"


def unique_places(places: Iterable[Place]) -> tuple[Place, ...]:
    """Measures once each, in the order given; points and passages with departments of their own count as such."""
    found: dict[tuple[str, str, tuple[Responsibility, ...]], Place] = {}
    for place in (p.in_charge for p in places if p.measure):
        found.setdefault((place.measure_key, place.point, place.responsibilities), place)
    return tuple(found.values())
