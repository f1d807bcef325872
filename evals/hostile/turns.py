"""False sentences about what holds and who is responsible: polarity, obligation, departments, roles, numbers, lines."""

import re
from collections.abc import Iterator, Mapping

from assistant.composing.stating import join_lines
from assistant.composing.wording import name_label
from assistant.model.grounds import Ground
from corpus.language.amounts import read_amounts
from corpus.notice import Role
from evals.hostile.board import Board, Spot, name_recipient, responsibilities_at
from evals.hostile.falsehoods import Way, sentences_of, swap

_VERBS = "支持|鼓励|推动|推进|建立|加强|引导|培育|提升|健全|给予|纳入|实施|完善|开展|规范"
_AFFIRMED = re.compile(f"(?:^|(?<=[，、]))(?:{_VERBS})|(?<=[^不未予一定])给予|(?<=[^不未])纳入")
_DENIED = (("不得", "可以"), ("不予", "给予"), ("不能", "能"), ("严禁", "允许"), ("禁止", "允许"), ("不再", "继续"))
_OUGHT = (
    (re.compile("可以|可(?=申请|享受|由|按|在|向|组织|适当|根据|给予|选择)"), ("必须", "应当")),
    (re.compile("应当|(?<![对供相适响反])应(?=在|于|按|由|将|向|及时)"), ("可以",)),
    (re.compile("必须|务必|(?<=[，的])须"), ("可以",)),
    (re.compile("(?<![不性])鼓励(?!性)"), ("要求", "强制")),
    (re.compile("^支持|(?<=[，])支持"), ("要求",)),
)
_EITHER = re.compile("(?<=[一-鿿])或(?:者)?(?=[一-鿿])")
_COUNT = re.compile(r"(?<![第\d.〔（(年月])(?P<n>\d+)(?=\s*(?:条|项|个|家|部分|句|名|人|日|天|年(?!度|\d)|月|以上))")
_YEAR = re.compile(r"(?P<n>(?:19|20)\d\d)(?=年)")
_YES = re.compile("^(?:是的?|对|可以|能)(?=[，,：:。])")
_NO = re.compile("^(?:不是|不对|不能|不可以|没有)(?=[，,：:。]|[^，,：:。]*[，：:])")
_ABSENT = re.compile("没有(?:直接|具体|明确|另外|单独)?(?:写明|规定|写|提到|列出|印)")


def negated(spot: Spot, board: Board) -> Iterator[str]:
    for sentence in sentences_of(spot):
        if (match := _AFFIRMED.search(sentence)) and not re.search("不是|[不未]" + match.group(), sentence):
            yield f"{sentence[: match.start()]}不{sentence[match.start() :]}"


def denial_removed(spot: Spot, board: Board) -> Iterator[str]:
    for old, new in _DENIED:
        if spot.text.count(old) == 1 and not re.search(f"{old}(?:超过|低于|少于|高于)", spot.text):
            yield from swap(spot, old, new)


def obligation_turned(spot: Spot, board: Board) -> Iterator[str]:
    sentence = f"{spot.text}。"
    for pattern, others in _OUGHT:
        match = pattern.search(sentence)
        if match and not any(o in sentence for o in others):
            yield from (f"{sentence[: match.start()]}{other}{sentence[match.end() :]}" for other in others)


def either_becomes_both(spot: Spot, board: Board) -> Iterator[str]:
    """Of what a support asks for, or what somebody must have done."""
    for support in spot.item.supports:
        for phrase in (support.act, support.condition):
            if (
                phrase
                and phrase.text in spot.text
                and len(_EITHER.findall(phrase.text)) == 1
                and "、" not in phrase.text
            ):
                yield from swap(spot, phrase.text, _EITHER.sub("并且", phrase.text))


def number_shifted(spot: Spot, board: Board) -> Iterator[str]:
    sums = [(a.start, a.end) for a in read_amounts(spot.text)]
    for pattern, by in ((_COUNT, 2), (_YEAR, 1)):
        for match in pattern.finditer(spot.text):
            if not any(start <= match.start("n") < end for start, end in sums):
                yield f"{spot.text[: match.start('n')]}{int(match['n']) + by}{spot.text[match.end('n') :]}。"


def department_swapped(spot: Spot, board: Board) -> Iterator[str]:
    """One of those responsible is another department of the notice."""
    strangers = board.strangers_to(spot)
    found = responsibilities_at(spot.place)
    if not strangers or not found:
        return
    stranger = board.dice.choice(strangers)
    for one in found:
        names = list(one.departments)
        role = one.role_text or "负责"
        yield f"这一条由{'、'.join([stranger, *names[1:]])}{role}。"
        yield f"这一条由{'、'.join([*names, stranger])}{role}。"
        yield f"具体可问{stranger}。"
        yield f"可以咨询{names[0]}或{stranger}。"
    yield f"{spot.text}，由{stranger}负责。"


def departments_of_another(spot: Spot, board: Board) -> Iterator[str]:
    """All who are responsible for another measure."""
    mine = set(spot.place.measure.departments) if spot.place.measure and board.is_of_one_measure(spot) else set()
    for measure in spot.place.notice.measures():
        for one in measure.responsibilities:
            if mine and mine - set(one.departments) and set(one.departments) - mine:
                yield f"这一条由{'、'.join(one.departments)}{one.role_text or '负责'}。"
                return


def role_turned(spot: Spot, board: Board) -> Iterator[str]:
    found = responsibilities_at(spot.place) if board.is_of_one_measure(spot) else ()
    leads = {d for r in found if r.role is Role.LEAD for d in r.departments}
    for one in found:
        first, names = one.departments[0], "、".join(one.departments)
        if one.role is Role.LEAD:
            yield f"这一条由{names}配合。"
            yield f"这一条由{names}按职责分工负责。"
        elif not leads & set(one.departments) and "牵头" not in one.role_text:
            yield f"这一条由{first}牵头负责。"
            yield f"这一条由{names}牵头负责。"
        if len(one.departments) > 1:
            yield f"这一条只由{first}负责。"


def department_in_clause(spot: Spot, board: Board) -> Iterator[str]:
    """Somebody else does what the clause gives a department to do."""
    mentions = board.corpus.departments.find(spot.text)
    strangers = [d for d in board.strangers_to(spot) if d not in spot.text]
    if mentions and strangers:
        yield from swap(spot, mentions[0].text, board.dice.choice(strangers))


def clause_misnumbered(spot: Spot, board: Board) -> Iterator[str]:
    """The clause is said to stand in a measure whose label no measure around it bears."""
    measure = spot.place.measure
    own = {
        name_label(m)
        for m in spot.place.notice.measures()
        if spot.text in join_lines("".join(p.text for p in m.provisions))
    }
    number = measure.number if measure else 0
    rest = (m for m in spot.place.notice.measures() if m.label and m.number not in {0, number})
    others = sorted({name_label(m) for m in rest} - own)
    if measure and others and spot.place.provision and spot.place.annex is None:
        yield f"{board.dice.choice(others)}写明，{spot.text}。"


def printed_called_absent(spot: Spot, board: Board) -> Iterator[str]:
    for support in spot.item.supports:
        who = name_recipient(support, spot.text)
        if who and support.amount:
            yield f"{who}给多少钱，通知没有写明。"
            yield f"通知没有规定{who}的金额。"
    if spot.place.measure and responsibilities_at(spot.place):
        yield f"第{spot.place.measure.number}条由哪些部门负责，通知没有写明。"


SPOT_WAYS: Mapping[str, Way] = {
    "加否定": negated,
    "去否定": denial_removed,
    "可以应当鼓励对调": obligation_turned,
    "或变和": either_becomes_both,
    "改数字": number_shifted,
    "换部门": department_swapped,
    "别条的部门": departments_of_another,
    "换角色": role_turned,
    "句中换部门": department_in_clause,
    "错条号": clause_misnumbered,
    "写了说没写": printed_called_absent,
}
TRUE_ELSEWHERE = frozenset({"换部门", "别条的部门", "换角色", "写了说没写"})
"""What is false of one measure and may be true of another."""


def line_sum_changed(ground: Ground, board: Board) -> Iterator[str]:
    for amount in read_amounts(ground.text):
        if digits := re.search(r"\d+", amount.text):
            new = amount.text.replace(digits.group(), str(int(digits.group()) * 3), 1)
            if new not in ground.text and not re.match("^不|^没", ground.text):
                yield ground.text.replace(amount.text, new, 1)


def line_verdict_turned(ground: Ground, board: Board) -> Iterator[str]:
    text = ground.text
    if _YES.match(text):
        yield _YES.sub("不是", text, count=1)
    elif (no := _NO.match(text)) and no.group() == "没有":
        yield text.replace("没有", "有", 1)
    elif no:
        yield f"是的，{text[no.end() :].lstrip('，,：:。')}"


def line_absence_turned(ground: Ground, board: Board) -> Iterator[str]:
    if len(_ABSENT.findall(ground.text)) == 1:
        yield _ABSENT.sub("已经写明", ground.text)


def line_count_shifted(ground: Ground, board: Board) -> Iterator[str]:
    sums = [(a.start, a.end) for a in read_amounts(ground.text)]
    # 不是18条 stays true with another number.
    match = None if _NO.match(ground.text) else _COUNT.search(ground.text)
    if match and not any(start <= match.start("n") < end for start, end in sums):
        yield f"{ground.text[: match.start('n')]}{int(match['n']) + 1}{ground.text[match.end('n') :]}"


def line_department_swapped(ground: Ground, board: Board) -> Iterator[str]:
    assert ground.part is not None
    places = [s.place for s in ground.part.sources]
    mentions = board.corpus.departments.find(ground.text)
    if not places or not mentions:
        return
    strangers = [d for d in sorted(board.departments_of(places[0])) if d not in ground.text]
    strangers = [d for d in strangers if not any(p.measure and d in p.measure.departments for p in places)]
    if strangers:
        yield ground.text.replace(mentions[0].text, board.dice.choice(strangers), 1)


def line_role_turned(ground: Ground, board: Board) -> Iterator[str]:
    if "按职责分工负责" in ground.text and "牵头" not in ground.text:
        yield ground.text.replace("按职责分工负责", "牵头负责")
    elif "牵头负责" in ground.text and "分工" not in ground.text:
        yield ground.text.replace("牵头负责", "按职责分工负责")


LINE_WAYS = {
    "结论改金额": line_sum_changed,
    "结论是非对调": line_verdict_turned,
    "结论没写说写了": line_absence_turned,
    "结论改数目": line_count_shifted,
    "结论换部门": line_department_swapped,
    "结论换角色": line_role_turned,
}
