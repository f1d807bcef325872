"""True sentences: what the notice prints, the same in another order or in plainer words, and the lines found in it."""

import re
from collections.abc import Iterator

from assistant.composing.wording import name_label
from corpus.language.amounts import Bound
from corpus.notice import Support
from evals.hostile.board import Board, Labelled, Spot, name_recipient, responsibilities_at

_LONGEST = 200
_PLAIN = (("年度最高", "每年最高"), ("最高", "最多"), ("企业", "公司"), ("按职责分工负责", "按分工负责"))
_MANNER = re.compile("^(?:择优|按|依据|根据|视)")
_EACH = re.compile("每[家个户人件项]")
_ROLE_ENDS = ("负责", "牵头", "配合", "参与")


def write_truths(board: Board) -> Iterator[Labelled]:
    """Of every line and clause in front of the model."""
    yield from tell_lines(board)
    for spot in board.spots:
        if len(spot.text) <= _LONGEST and spot.is_sentence:
            if _stands_alone(spot):
                yield from _repeat(spot)
            yield from _rearrange(spot)
        yield from _name_departments(spot)


def tell_lines(board: Board) -> Iterator[Labelled]:
    """The lines of the quoting composer as they are."""
    for ground in board.lines:
        assert ground.part is not None
        yield from _tell_line(ground.number, ground.part.text)


def _tell_line(number: int, text: str) -> Iterator[Labelled]:
    if len(text) <= _LONGEST:
        way = "没有写明的结论" if "没有" in text else "结论"
        yield Labelled(text, (number,), way, True, is_printed=True)
        yield Labelled(text, (number,), way, True)


def _stands_alone(spot: Spot) -> bool:
    """It says itself who gets what it gives."""
    return all(name_recipient(s, spot.text) or not s.amount for s in spot.item.supports)


def _repeat(spot: Spot) -> Iterator[Labelled]:
    text, measure = f"{spot.text}。", spot.place.measure
    yield Labelled(text, (spot.number,), "照抄", True, is_printed=True)
    yield Labelled(text, (spot.number,), "照抄", True)
    yield Labelled(f"通知写明：{text}", (spot.number,), "通知写明", True)
    if measure is not None and measure.label and spot.place.provision and spot.place.annex is None:
        yield Labelled(f"{name_label(measure)}写明，{text}", (spot.number,), "第几条写明", True)


def _rearrange(spot: Spot) -> Iterator[Labelled]:
    """Who, for what, under which condition, how much, how paid: each as printed in this clause."""
    for support in spot.item.supports:
        sentence = say_support(spot, support)
        if sentence is None:
            continue
        yield Labelled(sentence, (spot.number,), "换次序", True)
        plain = sentence
        for printed, word in _PLAIN:
            plain = plain.replace(printed, word)
        if plain != sentence:
            yield Labelled(plain, (spot.number,), "换平常的词", True)


def say_support(spot: Spot, support: Support) -> str | None:
    """{who}{act}，{condition}的，最高给{sum}, one-off or each year; None where that is not all that is printed."""
    who = name_recipient(support, spot.text)
    if not who or not _is_whole(spot, support):
        return None
    assert support.amount is not None
    act, condition = _beside(support.act, spot.text, who), _beside(support.condition, spot.text, who)
    manner = condition if _MANNER.match(condition) else ""
    state = f"，{condition}的" if condition and not manner else ""
    measure = "".join(q for q in support.qualifiers if q.startswith("按") and q not in manner)
    each = next((q for q in support.qualifiers if _EACH.fullmatch(q)), "")
    paid = support.paid.text if support.paid else ""
    yearly, once = (paid, "") if paid != "一次性" else ("", "，一次性给")
    most = "最高" if support.amount.bound is Bound.AT_MOST else ""
    return f"{who}{act}{state}，{manner}{measure}{each}{yearly}{most}给{support.amount.text}{once}。"


def _is_whole(spot: Spot, support: Support) -> bool:
    """One sum of money in one clause that gives nothing else, so that no word of it is left out."""
    amount = support.amount
    if amount is None or amount.unit != "元" or support.least or not amount.text.endswith("元"):
        return False
    return len(spot.item.amounts) == 1 and amount.text in spot.text and not _LEFT_OUT.search(spot.text)


_LEFT_OUT = re.compile("扣除|贷款|缴|罚|除外|其中|不超过|以内|标准")


def _beside(phrase: object, text: str, who: str) -> str:
    """The words of a phrase that this clause prints and the recipient does not hold already."""
    words = getattr(phrase, "text", "")
    return words if words and words in text and words not in who and who not in words else ""


def _name_departments(spot: Spot) -> Iterator[Labelled]:
    found = responsibilities_at(spot.place)
    for one in found:
        names = "、".join(one.departments)
        role = one.role_text if one.role_text.endswith(_ROLE_ENDS) else "负责"
        if len(found) == 1:
            yield Labelled(f"这一条由{names}{role}。", (spot.number,), "部门和角色", True)
        yield Labelled(f"具体可问{one.departments[0]}。", (spot.number,), "问谁", True)
        if len(one.departments) > 1:
            yield Labelled(f"可以咨询{'或'.join(one.departments[:2])}。", (spot.number,), "问谁", True)
