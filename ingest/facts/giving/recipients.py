"""Reads who gets something, for what act and under which condition, from the words before what is given."""

import re
from dataclasses import dataclass, replace

from ingest.facts.giving.clauses import Words, cut_clauses, find_last, mask, span_all
from ingest.facts.giving.wordlists import (
    ACTION,
    ATTRIBUTE_DOES,
    ATTRIBUTE_VERBS,
    BUILT,
    CASE,
    CONDITION,
    DOES,
    FORM,
    GIVEN_TO,
    GROWN,
    HEAD,
    HEADING,
    IDLE,
    LEAD,
    MADE,
    NO_SUBJECT,
    POINTING,
    QUALITY,
    SHORT_QUALITY,
    SIZE_REACHED,
    SPLIT,
    STOP,
    SUBJECT,
    TITLED,
    TO_PAY,
    TOWARD,
    WANTED,
    WISH,
)
from ingest.parsing.view import View

_LONGEST_NAME = 120
_SHORT_NAME = 6
_SHORTEST_ACT = 4
# 招用4人以上的每增加1人
_TOLD = re.compile(r"[^，。；]{2,60}(?:的|后|期间)(?=每|按|由|将|再|一次|最高|给|奖|分别|可)")
# 符合条件的贷款 and 已付展位费 are what is paid for.
_COST = re.compile("(?:贷款|费用?|租金|保费|税款?|支出|投入|部分|工资|薪酬|利息|本金|房租|收入)$")
# 减免租金的企业: a word of giving inside the recipient's name.
_GOES_ON = re.compile("的[^，的]{1,30}$")
# 招用4人以上 and 投资500万元以上 are sizes to be reached.
_SIZE = re.compile(r"^[^，]{0,6}\d[^，]{0,6}(?:以上|以下|以内)$")
_FULFILLED = re.compile(CONDITION.pattern.replace("|具有|具备", ""))
# 对当地发展有突出贡献的企业: 对 inside an attribute.
_EFFECT = re.compile(
    r"对[^，。；：]{2,60}?(?:(?:有|[作做]出|具有|起到|产生)[^，。；：]{0,8}(?:贡献|作用|影响|成效)|贡献突出)"
)
_LONGEST_NOUN = 8
_BOUGHT = re.compile(
    "(?:设备|仪器|软件|系统|材料|机械|机具|车辆|证书|奖项|荣誉|称号|成果|专利|技术|差额|增量|金额|余额|总额|额度|业务|活动|服务|行为|损失|情况|工作|"
    "政策|债券|标准|知识产权|合同|岗位|培训|建设|研发|内容|方面|[税费款])$"
)
_GIVES_FIRST = re.compile("(?:奖励|补贴|补助|给予|予以|返还|资助)(?!资金|政策|标准)|标准[为按]")
# 由企业提出申请 must be done first.
_APPLIES = re.compile(
    "由[^，]{1,8}?(?:企业|单位|本人|个人|当事人|纳税人|[户者])(?:向[^，]{1,12})?(?:自愿|提出|自行)?申请"
)
_HAS_OBJECT = re.compile(rf"[^，]{{0,12}}?(?:{ATTRIBUTE_VERBS})[^，]{{2}}")
_LISTED = re.compile(rf"(?P<quality>[^，。；：]{{2,40}})的(?:(?:{CASE})[、和及]?){{2,6}}$")
# 参加防疫的企业和受灾的农户: two recipients, each with its own attribute.
_TWO = re.compile("的[^的，、]{0,8}(?:企业|单位|机构|公司|人员|农户|项目|学校|合作社)(?:和|及|以及|与)")
# 无力缴纳税款的企业: a plight, nothing that must be fulfilled.
# 因灾发生重大损失的 and 纳税确有困难的 tell what befell somebody.
_PLIGHT = re.compile(
    r"^因[^，]{1,20}(?:导致|造成|影响)|受到?[^，]{1,16}(?:影响|冲击|损失)|(?:确有|存在|遇到?|面临|出现|导致)[^，]{0,10}困难|发生[^，]{0,8}损失"
)
_UNABLE = re.compile("无力|不能|无法|难以")
_MEASURE = re.compile(
    r"(?:且|并)?(?:每[月年])?(?:视|结合|根据|依据|按)(?!照?(?:有关|相关)?(?:规定|政策))[^，]{0,60}$|[^，]{0,12}鼓励"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said of a recipient; `is_vague` where it only points back (符合条件的企业), `is_closed` where the
    sentence has a subject of its own that receives nothing, so that the sentence before has no say, `is_toward` where it
    is told by 对….
    """

    who: Words | None = None
    act: Words | None = None
    condition: Words | None = None
    is_vague: bool = False
    is_closed: bool = False
    is_toward: bool = False


def read_frame(view: View, begin: int, end: int) -> Frame:
    """Of the words from `begin` to `end`; the last of them stand right before what is given."""
    text = mask(view.text[:end])
    toward = _read_toward(view, text, begin)
    grown = find_last(GROWN, text, begin, end)
    wider = None if grown else _read_subject(view, text, begin)
    wider = wider or _read_wish(view, text, begin)
    if toward is None:
        return wider or _read_headless(view, text, begin)
    if wider is not None and (toward.who is None or toward.is_vague):
        toward = complete(toward, wider)
    elif wider is not None and _stands_before(wider, toward) and toward.act is None and toward.condition is None:
        # 毕业生参加培训并取得证书的，对培训机构给予: what one does is the condition for the other.
        toward = replace(toward, condition=wider.condition or wider.act)
    return replace(toward, is_toward=True)


def _stands_before(one: Frame, other: Frame) -> bool:
    return one.who is not None and other.who is not None and one.who.end <= other.who.begin


def complete(frame: Frame, wider: Frame | None) -> Frame:
    """With what a wider frame says where this one is silent."""
    if wider is None or (frame.who is not None and not frame.is_vague):
        return frame
    return replace(
        frame,
        who=wider.who or frame.who,
        act=frame.act or wider.act,
        condition=frame.condition or wider.condition,
        is_vague=wider.who is None,
        is_closed=frame.is_closed or wider.is_closed,
    )


def read_heading(view: View) -> Frame:
    """失能老年人补贴: a heading names a recipient only right before what is given."""
    match = HEADING.search(mask(view.text))
    return Frame(Words(view, *match.span("who"))) if match else Frame()


def read_given_to(view: View, begin: int, end: int) -> Frame | None:
    """The recipient that the giving words name: 给予企业10万元, 补助给承训单位, 向承办机构支付."""
    text = mask(view.text[:end])
    for pattern in (GIVEN_TO, TO_PAY):
        match = find_last(pattern, text, begin, end)
        if match is not None and not POINTING.match(match["who"]):
            return qualify(Words(view, *match.span("who")))
    return None


def _read_toward(view: View, text: str, begin: int) -> Frame | None:
    """对…的企业, the nearest that does not only point back; with it the clauses between it and what is given."""
    matches = [m for m in TOWARD.finditer(text, begin) if not _is_measure(text, m.start())]
    matches = [m for m in matches if not _EFFECT.match(text, m.start())] or matches
    named = [m for m in matches if not POINTING.match(m["who"])]
    if not matches:
        return None
    frame = _read_name(view, text, (named or matches)[-1].start("who"))
    if frame is not None and frame.who is None and len(named) > 1:
        # 对…的企业，对已付展位费给予: the nearer names the act.
        frame = complete(frame, _read_name(view, text, named[-2].start("who")))
    return frame


def _read_name(view: View, text: str, start: int) -> Frame | None:
    clauses = [c for c in cut_clauses(text) if c[1] > start]
    stop = _find_end(text, start, clauses)
    who = Words(view, start, stop).trimmed()
    if who is None:
        return None
    later = _told_clauses(view, text, stop)
    is_named = HEAD.search(mask(who.text)) or _is_name(who.text) or _is_noun_with_attribute(who.text)
    if text[start:stop].rstrip("，、 ").endswith("的") or not is_named:
        return _split_party(who, later)
    if made := MADE.fullmatch(mask(who.text)):
        return _add(_read_made(who, made), later)
    return _add(qualify(who), later)


def _is_measure(text: str, place: int) -> bool:
    """视其对县域经济的作用: 对 inside the words that say by what a sum is set."""
    first = max(text.rfind(mark, 0, place) for mark in "，；。：") + 1
    return _MEASURE.match(text, first, place) is not None


def _is_noun_with_attribute(words: str) -> bool:
    """对新开通的航线给予: whatever the noun, unless it is a cost or a thing that is bought."""
    masked = mask(words)
    noun = masked[masked.rfind("的") + 1 :]
    tells = _COST.search(noun) or _BOUGHT.search(noun) or CONDITION.search(noun) or DOES.match(noun)
    return ATTRIBUTE_DOES.match(masked) is not None and "的" in masked and len(noun) <= _LONGEST_NOUN and not tells


def _read_made(who: Words, made: re.Match[str]) -> Frame:
    """企业, 经批准 and 发行的产品 of 企业经批准发行的产品."""

    def part(name: str) -> Words | None:
        begin, end = made.span(name)
        return Words(who.view, who.begin + begin, who.begin + end) if begin >= 0 else None

    return Frame(part("who"), part("act"), part("told"))


def _is_name(words: str) -> bool:
    """对剧场给予: a short noun that is neither a cost nor something done."""
    tells = _COST.search(words) or DOES.match(words) or ACTION.match(words) or CONDITION.search(words)
    return len(words) <= _SHORT_NAME and tells is None and "的" not in words and WANTED.match(words) is None


def _split_party(who: Words, later: list[Words]) -> Frame:
    """企业研发活动, 企业取得专利的, 成效显著的: a recipient with its act, or an act or a condition alone."""
    party = WANTED.match(mask(who.text))
    if party is None and _COST.search(who.text):
        return _add(Frame(None, who, qualify(who).condition), later)
    if party is None or ACTION.match(who.text) or BUILT.match(party["who"]):
        return _add(Frame(), [*_pieces(who), *later])
    split = who.begin + party.end()
    rest = Words(who.view, split, who.end).trimmed()
    return _add(qualify(Words(who.view, who.begin, split)), [*(_pieces(rest) if rest else []), *later])


def _find_end(text: str, start: int, clauses: list[tuple[int, int]]) -> int:
    """Where the recipient's name ends: before the giving words, over commas only to reach its head noun."""
    first = None
    for begin, end in clauses:
        stop = STOP.search(text, max(begin, start + 2), end)
        limit = stop.start() if stop else end
        if limit - start > _LONGEST_NAME:
            break
        if stop and _GOES_ON.search(text, stop.end(), end) and HEAD.search(text[max(begin, start) : end]):
            return end
        name = text[max(begin, start) : limit].rstrip("可再，")
        if HEAD.search(name) or (name.endswith("的") and first is None):
            return max(begin, start) + len(name)
        first = limit if first is None else first
        if stop:
            break
    return first if first is not None else clauses[0][1]


def qualify(who: Words) -> Frame:
    """A recipient whose attribute says what was done or must be fulfilled: 获得国家级认定的孵化器."""
    masked = mask(who.text)
    is_vague = (
        POINTING.match(masked) is not None
        or re.fullmatch(r"符合(?:上述|以上|相关|规定|申请|申报)?(?:条件|要求)的.{2,4}", masked) is not None
    )
    match = QUALITY.match(masked) or SHORT_QUALITY.match(masked)
    if match is None or _TWO.search(match["quality"]):
        return Frame(who, is_vague=is_vague)
    part = Words(who.view, who.begin + match.start("quality"), who.begin + match.end("quality"))
    told = [
        p
        for p in _pieces(part)
        if DOES.match(p.text) or (_FULFILLED.search(mask(p.text)) and not _UNABLE.search(p.text))
    ]
    if not told and ATTRIBUTE_DOES.match(mask(part.text)):
        told = _pieces(part)
    return replace(_add(Frame(), told), who=who, is_vague=is_vague)


def _pieces(words: Words) -> list[Words]:
    """A quality in parts: 购买算力 and 成效显著 of 购买算力并且成效显著."""
    places = [0, *(p for m in SPLIT.finditer(mask(words.text)) for p in m.span()), words.end - words.begin]
    cut = (Words(words.view, words.begin + b, words.begin + e) for b, e in zip(places[::2], places[1::2], strict=True))
    return [short for part in cut if (short := part.trimmed()) is not None]


def _part_size(piece: Words) -> tuple[Words, ...]:
    """开展续贷业务 and 超过20笔: an act, then the size it must reach."""
    masked = mask(piece.text)
    match = SIZE_REACHED.search(masked, _SHORTEST_ACT)
    if match is None or not (match["more"] or match["end"]) or not _HAS_OBJECT.match(masked[: match.start()]):
        return (piece,)
    # 在基层工作满1年 is done for a year; 引进老店，经营满二年 is a condition.
    if re.match("个?[年月天日]", match["unit"]) and not match["time"]:
        return (piece,)
    act = Words(piece.view, piece.begin, piece.begin + match.start())
    if CONDITION.search(mask(act.text)) or act.text.endswith(("收入", "投资", "资产", "额", "率")):
        return (piece,)
    return act, Words(piece.view, act.end, piece.end)


def _read_subject(view: View, text: str, begin: int) -> Frame | None:
    """小微企业招用毕业生，与其签订合同的: who, what is done, and what must be fulfilled."""
    for first, end in (c for c in cut_clauses(text) if c[0] >= begin):
        lead = LEAD.match(text, max(first, begin), end)
        start = lead.end() if lead else first
        match = SUBJECT.match(text, start, end) or WANTED.match(text, start, end)
        if match and not NO_SUBJECT.match(text, start) and not TITLED.match(match["who"]):
            return _add(qualify(Words(view, start, match.end())), _told_clauses(view, text, match.end()))
    return None


def _read_wish(view: View, text: str, begin: int) -> Frame | None:
    """支持高校建设中心: who and for what act."""
    wish, grown = find_last(WISH, text, begin, len(text)), find_last(GROWN, text, begin, len(text))
    if grown and (wish is None or grown.start() >= wish.start()):
        return _add(Frame(Words(view, *grown.span("who"))), _told_clauses(view, text, grown.end("who")))
    if wish is None:
        return None
    start, end = wish.span("rest")
    party = WANTED.match(text, start, end)
    if party is None:
        return replace(_add(Frame(), _told_clauses(view, text, start)), is_closed=True)
    frame = _add(qualify(Words(view, start, party.end())), _told_clauses(view, text, party.end()))
    return replace(frame, is_vague=frame.is_vague and not (frame.act or frame.condition))


def _read_headless(view: View, text: str, begin: int) -> Frame:
    """获得国家级认定的，给予: what was done or must be fulfilled, without who."""
    frame = _add(Frame(), _told_clauses(view, text, begin))
    listed = _find_attribute(frame.act) if frame.act else None
    if frame.act is None or listed is None:
        # 为企业介绍员工的: whoever does so, not somebody named before.
        return replace(frame, is_closed=frame.is_closed or bool(frame.act and frame.act.text.startswith("为")))
    done = Words(view, frame.act.begin, frame.act.begin + listed.end("quality"))
    return replace(frame, who=frame.act, act=done)


def _find_attribute(words: Words) -> re.Match[str] | None:
    """新评定为二级的文化站 is somebody; of 新建的三星级、四星级 the noun is left out."""
    masked = mask(words.text)
    named = QUALITY.match(masked) if DOES.match(masked) and HEAD.search(masked) else None
    return _LISTED.match(masked) or named


def _told_clauses(view: View, text: str, begin: int) -> list[Words]:
    """What is told from `begin` on, clause by clause; of the clause that gives only what ends with 的 or a time."""
    kept: list[Words] = []
    for first, end in (c for c in cut_clauses(text) if c[1] > begin):
        start = max(first, begin)
        is_whole = end < len(text) and text[end - 1] == "的"
        stop = None if is_whole else STOP.search(text, start, end)
        limit = stop.start() if stop else end
        is_giving = end == len(text) or stop is not None
        if is_giving and not re.search(
            r"(?:的|[后後]|期间|以上|以下|经[^，]{2,30}(?:审核|认定|评定|验收|评审|考核|评估|批准|备案)(?:通过|合格|同意)?)(?:可|再|，|分别)?$",
            text[start:limit],
        ):
            told = _TOLD.match(text, start, limit)
            limit = (
                told.end()
                if told
                else start
                if stop is None or first > begin or not text[start:limit].strip("，可再对")
                else limit
            )
        words = Words(view, start, limit).trimmed()
        if first > begin and not is_giving and not is_whole and FORM.search(text, start, end):
            break
        if words is not None and len(words.text) > 1 and not _is_idle(view.text[start:limit], words.text):
            kept.append(words)
    return kept


def _is_idle(printed: str, words: str) -> bool:
    """A clause that gives, or that tells neither an act nor a condition."""
    if _GIVES_FIRST.match(words):
        return True
    if printed.rstrip("，").endswith("的"):
        return False
    if _APPLIES.fullmatch(words):
        return False
    return (
        IDLE.search(words) is not None
        or FORM.search(mask(words)) is not None
        or (words.startswith(("可", "将")) and not ACTION.match(words))
    )


def _add(frame: Frame, clauses: list[Words]) -> Frame:
    """With the clauses after the recipient: the one that does something is the act, the others are conditions."""
    clauses = [part for clause in clauses for piece in _pieces(clause) for part in _part_size(piece)]
    is_plight = [_PLIGHT.search(mask(c.text)) is not None for c in clauses]
    is_condition = [p or CONDITION.search(mask(c.text)) is not None for p, c in zip(is_plight, clauses, strict=True)]
    is_condition = [c or _APPLIES.fullmatch(w.text) is not None for c, w in zip(is_condition, clauses, strict=True)]
    acting = (
        (not is_plight[i] and ACTION.match(c.text)) or (DOES.match(c.text) and not is_condition[i])
        for i, c in enumerate(clauses)
    )
    first = next((i for i, acts in enumerate(acting) if acts and not _SIZE.search(clauses[i].text)), None)
    if first is None and clauses and not is_condition[0]:
        first = 0
    if first is None or frame.act is not None:
        return replace(frame, condition=span_all(clauses) or frame.condition)
    last = first
    while last + 1 < len(clauses) and not is_condition[last + 1] and clauses[last + 1].view is clauses[first].view:
        last += 1
    act = span_all(clauses[first : last + 1])
    return replace(frame, act=act, condition=span_all(clauses[last + 1 :] or clauses[:first]) or frame.condition)
