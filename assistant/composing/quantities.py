"""Compares a number that a question claims (每年最多10个) with the number the text prints for the same thing."""

import re

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding, quote_part, sentence_source
from assistant.composing.wording import unique_places
from assistant.evidence import Evidence, ItemMatch
from assistant.query import AskReading
from corpus.language.numerals import NUMERAL, read_number

_COUNTED = re.compile(rf"(?P<n>{NUMERAL})\s*(?P<unit>个(?!月)|家|项|场|名|批|座|条|件)(?P<after>以上|以下|以内|左右)?")
_AT_MOST = re.compile(r"(?:最多|不超过|至多|顶多|只有?|仅|限|上限)[^，。]{0,6}$")
_ONLY = re.compile(r"(?:只|仅|就|才|不止|单)[^，。]{0,2}$")
_LOOKED_AT = 3
_NOUN = 2
_FIGURE = re.compile(rf"\d|{NUMERAL}(?:年|个月|天|日|小时|人|名|倍|成|岁|场|次|件|家|个)")
# What is counted: an amount of money answers no question for years.
_UNITS = (
    (
        re.compile(r"(?:多少|几)个?(?:年|月|天|日|小时)|多[长久]|how long", re.IGNORECASE),
        r"(?<!每)(?:年|月|天|日|小时)",
    ),
    (re.compile(r"(?:多少|几)岁|年[龄纪]|多大|how old", re.IGNORECASE), "岁"),
    (re.compile(r"(?:多少|几)(?:人|名|号人)", re.IGNORECASE), "[人名]"),
    (re.compile(r"(?:多少|几)(?:件|次|场|成|倍|亩|平)", re.IGNORECASE), "[件次场成倍亩平]"),
)
_FIGURE_ASKED = re.compile(
    r"(?<![哪前这好过])(?:多少|几)个?(?:岁|年|月|天|日|小时|人(?!才)|名|成|倍|平|亩|公里|次|场|件|%)|(?:多少|几)[^，。？]{0,4}才|多少(?:以[上内下])?[？?呀啊呢]*$"
    r"|(?<!差距有)(?<!差别有)(?<!区别有)多[大高长久]|百分之几|how (?:many|much|long|old)\b|what is the (?:area|number|size|length|population|percentage|rate|proportion)\b",
    re.IGNORECASE,
)
# 会看它孵出来多少家规上企业吗 asks whether, not how many.
_WHETHER_COUNTED = re.compile(r"(?:会|要|看|算|考|按|是)[^，。？]{0,12}(?:多少|几)[^，。？]{0,14}(?:吗|么|不)[？?]*$")


def asks_figure(clause: str) -> bool:
    """Whether a clause asks for a number: 年龄卡到多少, 进库要几年工作经验."""
    return _FIGURE_ASKED.search(clause) is not None and not _WHETHER_COUNTED.search(clause)


def check_quantity(ask: AskReading, evidence: Evidence) -> Finding | None:
    """A correction or a confirmation where the best clauses count the same unit; None where nothing can be compared."""
    text = evidence.query.standalone
    if not evidence.query.is_yes_no or evidence.query.amounts:
        return None
    for claim in _COUNTED.finditer(text):
        if not _is_claim(claim, text[: claim.start()]):
            continue
        for match in evidence.items_for(ask)[:_LOOKED_AT]:
            for slot in match.item.values:
                printed = _COUNTED.match(slot.phrase.text)
                if slot.kind != "quantity" or printed is None or printed["unit"] != claim["unit"]:
                    continue
                if read_number(claim["n"]) == read_number(printed["n"]) or not _is_of_another(claim, evidence):
                    return _compare(ask, evidence, match, (claim, printed))
    return None


def _is_of_another(claim: re.Match[str], evidence: Evidence) -> bool:
    """55个指标 is printed, so that 26个 of something else does not contradict it."""
    counted = claim.string[claim.start() : claim.end() + _NOUN]
    return len(counted) == len(claim.group()) + _NOUN and any(counted in t for t in evidence.corpus.texts.values())


def lacks_figure(ask: AskReading, finding: Finding) -> bool:
    """A number is asked for, and what is quoted prints none: 年龄卡到多少."""
    if not asks_figure(ask.text):
        return False
    unit = next((unit for asked, unit in _UNITS if asked.search(ask.text)), "")
    counted = re.compile(rf"{NUMERAL}个?{unit}") if unit else _FIGURE
    return not any(counted.search(source.phrase.text) for part in finding.parts for source in part.sources)


def _is_claim(claim: re.Match[str], before: str) -> bool:
    """第一个 is an ordinal, 开了一个公司 an article."""
    return not before.endswith("第") and (read_number(claim["n"]) != 1 or _ONLY.search(before) is not None)


def _compare(
    ask: AskReading, evidence: Evidence, match: ItemMatch, figures: tuple[re.Match[str], re.Match[str]]
) -> Finding:
    claim, printed = figures
    before = evidence.query.standalone[: claim.start()]
    at_most = bool(_AT_MOST.search(before)) or claim["after"] in {"以下", "以内"}
    is_right = read_number(claim["n"]) == read_number(printed["n"]) and not (at_most and printed["after"] == "以上")
    source = sentence_source(match.place, match.item)
    text = (
        f"是的，通知写明：{printed.group()}。" if is_right else f"不是{claim.group()}：通知写明的是{printed.group()}。"
    )
    if at_most and not is_right:
        text = f"不是最多{claim.group()}：通知写明的是{printed.group()}。"
    if evidence.language == "en":
        text = f"{'Yes' if is_right else 'No'}: the notice states “{printed.group()}”."
    kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
    claim_kind = ClaimKind.STATED if is_right else ClaimKind.DENIED
    part = DraftPart(kind, text, (source,), claim_kind, (evidence.query.standalone,))
    return Finding(ask.ask, True, (part, quote_part(source)), unique_places([match.place]))
