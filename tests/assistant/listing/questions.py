"""Questions put together from conditions and wordings, each with what the raw text says must be listed."""

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answer import Answer
from tests.assistant.listing.gold import (
    NUMERALS,
    Given,
    Listed,
    Measure,
    chosen_chapters,
    listed_chapters,
    listed_counts,
    listed_measures,
    listed_names,
    listed_sums,
    write_numeral,
)

Measures = Sequence[Measure]
Holds = Callable[[Measure], bool]
Compares = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Question:
    """How it is asked, what must be listed, and how that is read from an answer."""

    said: str
    gold: Callable[[Measures], Listed]
    read: Callable[[Answer], Listed]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a condition is asked for before 的, and which measures meet it."""

    said: str
    holds: Holds


BODIES = ("省科技厅", "省财政厅", "省市场监管局", "省发展改革委", "省能源局", "省农业农村厅", "省大数据局", "省教育厅")
TERMS = ("人工智能", "高校院所", "孵化器", "海洋")
WITH = ("{}参与的", "{}负责的", "责任部门里有{}的", "{}管的")
WITHOUT = ("没有{}的", "{}没参与的", "{}没有参与的", "不含{}的")
BOTH = ("{}和{}都参与的", "{}、{}共同负责的", "{}跟{}都管的")
EITHER = ("{}或者{}参与的", "{}或{}负责的")
BUT = ("有{}没有{}的", "{}参与但{}没参与的")
MENTIONS = ("提到{}的", "写到{}的")
SILENT = ("没提到{}的", "没有提到{}的")
PRICED = ("写了金额的", "写明了金额的", "有具体金额的")
UNPRICED = ("没写金额的", "没有写明金额的")
FRAMES = ("{}条款有哪些？", "哪几条是{}？", "{}有几条", "把{}措施都列出来", "{}一共有多少条？", "请列出{}条款")
FRAMES_OF_SUPPORTS = ("{}支持有哪些？", "{}补助一共有几项", "把{}支持都列出来")
CHAPTERS = range(1, 6)
SUMS = (50, 100, 200, 300, 500)
BOUNDS: tuple[tuple[str, Compares], ...] = (
    ("超过{}万元的", operator.gt),
    ("不低于{}万元的", operator.ge),
    ("低于{}万元的", operator.lt),
    ("不超过{}万元的", operator.le),
    ("正好{}万元的", operator.eq),
)


def questions() -> tuple[Question, ...]:
    return (*of_measures(), *in_chapters(), *at_one_end(), *of_supports(), *of_departments(), *of_chapters())


def pick(wordings: Sequence[str], number: int) -> str:
    return wordings[number % len(wordings)]


def has(*bodies: str) -> Holds:
    return lambda m: set(bodies) <= set(m.departments)


def has_any(*bodies: str) -> Holds:
    return lambda m: bool(set(bodies) & set(m.departments))


def prints(term: str) -> Holds:
    return lambda m: term in m.text


def stands_in(chapter: int) -> Holds:
    return lambda m: m.chapter == chapter


def is_priced(measure: Measure) -> bool:
    return bool(measure.given)


def lacks(holds: Holds) -> Holds:
    return lambda m: not holds(m)


def all_of(*conditions: Holds) -> Holds:
    return lambda m: all(holds(m) for holds in conditions)


def ask_measures(said: str, holds: Holds) -> Question:
    return Question(said, lambda measures: frozenset(m.number for m in measures if holds(m)), listed_measures)


def of_measures() -> Iterator[Question]:
    """Under one condition or two."""
    for n, found in enumerate((*of_two_bodies(), *of_one(), *of_pairs())):
        said = pick(FRAMES, n).format("".join(c.said for c in found))
        yield ask_measures(said, all_of(*(c.holds for c in found)))


def of_two_bodies() -> Iterator[tuple[Condition, ...]]:
    for n, (a, b) in enumerate(combinations(BODIES[:7], 2)):
        yield (Condition(pick(BOTH, n).format(a, b), has(a, b)),)
        yield (Condition(pick(EITHER, n).format(a, b), has_any(a, b)),)
        yield (Condition(pick(BUT, n).format(a, b), all_of(has(a), lacks(has(b)))),)


def with_bodies() -> list[Condition]:
    those = [Condition(pick(WITH, n).format(d), has(d)) for n, d in enumerate(BODIES)]
    return those + [Condition(pick(WITHOUT, n).format(d), lacks(has(d))) for n, d in enumerate(BODIES)]


def with_terms() -> tuple[list[Condition], list[Condition]]:
    """Those that print a term, and those that do not."""
    return (
        [Condition(pick(MENTIONS, n).format(t), prints(t)) for n, t in enumerate(TERMS)],
        [Condition(pick(SILENT, n).format(t), lacks(prints(t))) for n, t in enumerate(TERMS)],
    )


def of_one() -> Iterator[tuple[Condition, ...]]:
    yield from ((c,) for c in with_bodies())
    printing, silent = with_terms()
    yield from ((c,) for c in (*printing, *silent))
    yield from ((Condition(w, is_priced),) for w in PRICED)
    yield from ((Condition(w, lacks(is_priced)),) for w in UNPRICED)
    yield Condition("提到企业", prints("企业")), Condition("但没写金额的", lacks(is_priced))
    yield (Condition("有部门牵头的", lambda m: m.role == "lead"),)
    yield (Condition("按职责分工的", lambda m: m.role == "shared"),)
    alone = Condition("只有一个责任部门的", lambda m: len(m.departments) == 1)
    yield (alone,)
    yield alone, Condition("、没写金额的", lacks(is_priced))
    yield (Condition("没有部门牵头的", lambda m: m.role == "shared"),)


def of_pairs() -> Iterator[tuple[Condition, ...]]:
    printing, silent = with_terms()
    for n, first in enumerate(with_bodies()):
        joined = Condition(first.said.removesuffix("的") + "而且", first.holds)
        yield joined, Condition(pick(PRICED, n), is_priced)
        yield joined, Condition(pick(UNPRICED, n), lacks(is_priced))
        yield joined, printing[n % 4]
        yield joined, silent[(n + 1) % 4]
    for n, first in enumerate((*printing, *silent)):
        joined = Condition(first.said.removesuffix("的") + "、", first.holds)
        yield joined, Condition(pick(PRICED, n), is_priced)
        yield joined, Condition(pick(UNPRICED, n), lacks(is_priced))


def in_chapters() -> Iterator[Question]:
    for chapter in CHAPTERS:
        part = f"第{NUMERALS[chapter - 1]}部分"
        for n, body in enumerate(BODIES[:3]):
            said = f"{part}里{pick(WITH, n).format(body)}有哪几条？"
            yield ask_measures(said, all_of(stands_in(chapter), has(body)))
        yield ask_measures(f"{part}写了金额的是哪几条？", all_of(stands_in(chapter), is_priced))
        yield ask_measures(f"{part}没写金额的是哪几条？", all_of(stands_in(chapter), lacks(is_priced)))
        yield ask_measures(f"{part}一共有几条？", stands_in(chapter))


def at_one_end() -> Iterator[Question]:
    """Of all measures, by how many departments or how much money."""
    for words, size in (("责任部门最多的", 6), ("责任部门最少的", 1)):
        yield ask_measures(f"{words}是哪几条？", has_so_many(size))
    yield ask_measures("金额最高的是哪一条？", lambda m: any(g.sum.value == 500 for g in m.given))


def has_so_many(size: int) -> Holds:
    return lambda m: len(m.departments) == size


def of_supports() -> Iterator[Question]:
    """Under a bound, in a chapter, of a department, paid in one way, at one end."""
    for place, (value, (bound, compares)) in enumerate((v, b) for v in SUMS for b in BOUNDS):
        said = pick(FRAMES_OF_SUPPORTS, place).format(bound.format(value))
        yield ask_supports(said, is_bound(compares, value))
    for n, words in enumerate(PRICED):
        yield ask_supports(pick(FRAMES_OF_SUPPORTS, n).format(words), lambda m, g: True)
    for chapter in CHAPTERS:
        said = f"第{NUMERALS[chapter - 1]}部分里{pick(PRICED, chapter)}支持有哪些？"
        yield ask_supports(said, is_where(stands_in(chapter)))
    for n, body in enumerate(BODIES):
        yield ask_supports(f"{body}参与的、{pick(PRICED, n)}支持有哪些？", is_where(has(body)))
    for words in ("一次性的支持有哪些？", "哪些补助是一次性给的", "一次性发放的有几项"):
        yield ask_supports(words, lambda m, g: "一次性" in g.words)
    for words in ("按年度给的支持有哪些？", "哪些补助是每年给的"):
        yield ask_supports(words, lambda m, g: "年度最高" in g.words)
    for words, value in (("最高的", 500), ("第二高的", 300), ("第三高的", 200), ("最低的", 50), ("第二低的", 200)):
        yield ask_supports(f"金额{words}支持是哪项？", is_bound(operator.eq, value))


Fits = Callable[[Measure, Given], bool]


def ask_supports(said: str, fits: Fits) -> Question:
    return Question(said, lambda ms: frozenset(g.sum for m in ms for g in m.given if fits(m, g)), listed_sums)


def is_bound(compares: Compares, value: int) -> Fits:
    return lambda m, g: compares(g.sum.value, value)


def is_where(holds: Holds) -> Fits:
    return lambda m, g: holds(m)


def of_departments() -> Iterator[Question]:
    """Of two measures in common or altogether, of a chapter, of those that meet a condition; the busiest."""
    for a, b in ((1, 2), (9, 10), (11, 15), (3, 8), (6, 7), (5, 13), (4, 14), (12, 16)):
        pair = f"第{write_numeral(a)}条和第{write_numeral(b)}条"
        yield Question(f"{pair}共同的责任部门有哪些？", shared_by(a, b), listed_names)
        yield ask_departments(f"{pair}一共涉及哪些部门？", is_one_of(a, b))
    for chapter in CHAPTERS:
        yield ask_departments(f"第{NUMERALS[chapter - 1]}部分涉及哪些责任部门？", stands_in(chapter))
    yield ask_departments("一共有哪些责任部门？", lambda m: True)
    yield ask_departments("牵头部门有哪些？", lambda m: m.role == "lead")
    yield ask_departments("写了金额的条款涉及哪些部门？", is_priced)
    yield Question("哪个部门负责的条款最多？", busiest, listed_counts)
    yield Question("哪些部门只负责一条？", once_only, listed_names)
    yield Question("各部门分别负责几条？", lambda ms: frozenset(count_measures(ms).items()), listed_counts)


def ask_departments(said: str, holds: Holds) -> Question:
    return Question(said, lambda ms: frozenset(d for m in ms if holds(m) for d in m.departments), listed_names)


def is_one_of(*numbers: int) -> Holds:
    return lambda m: m.number in numbers


def shared_by(first: int, second: int) -> Callable[[Measures], Listed]:
    def gold(measures: Measures) -> Listed:
        a, b = (set(m.departments) for m in measures if m.number in {first, second})
        return frozenset(a & b)

    return gold


def count_measures(measures: Measures) -> Counter[str]:
    return Counter(d for m in measures for d in m.departments)


def busiest(measures: Measures) -> Listed:
    counts = count_measures(measures)
    return frozenset((d, n) for d, n in counts.items() if n == max(counts.values()))


def once_only(measures: Measures) -> Listed:
    return frozenset(d for d, n in count_measures(measures).items() if n == 1)


def of_chapters() -> Iterator[Question]:
    """How much stands in each, which has the most."""
    yield Question("各部分分别有几条？", chapters_by(lambda ms: len(ms)), listed_chapters)
    yield Question("每个部分各有多少条措施？", chapters_by(lambda ms: len(ms)), listed_chapters)
    yield Question("各部分分别有多少个责任部门？", chapters_by(count_bodies), listed_chapters)
    yield Question("哪个部分的条款最多？", most_of(lambda ms: len(ms)), chosen_chapters)
    yield Question("哪个部分涉及的部门最多？", most_of(count_bodies), chosen_chapters)
    yield Question("哪个部分涉及的部门最少？", most_of(lambda ms: -count_bodies(ms)), chosen_chapters)
    yield Question("哪几个部分写了金额？", priced_chapters, chosen_chapters)
    for body in BODIES[:4]:
        yield Question(f"{body}负责的条款分布在哪几个部分？", chapters_with(has(body)), chosen_chapters)


def count_bodies(measures: Measures) -> int:
    return len({d for m in measures for d in m.departments})


def sizes(measures: Measures, size: Callable[[Measures], int]) -> dict[int, int]:
    return {c: size([m for m in measures if m.chapter == c]) for c in CHAPTERS}


def chapters_by(size: Callable[[Measures], int]) -> Callable[[Measures], Listed]:
    return lambda measures: frozenset(sizes(measures, size).items())


def most_of(size: Callable[[Measures], int]) -> Callable[[Measures], Listed]:
    def gold(measures: Measures) -> Listed:
        found = sizes(measures, size)
        return frozenset(c for c, n in found.items() if n == max(found.values()))

    return gold


def chapters_with(holds: Holds) -> Callable[[Measures], Listed]:
    return lambda measures: frozenset(m.chapter for m in measures if holds(m))


def priced_chapters(measures: Measures) -> Listed:
    return chapters_with(is_priced)(measures)
