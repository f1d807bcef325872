"""Reads who does what inside a sentence: 由某公司报送, 某局负责审核, 某局会同某局制定."""

import re
from collections.abc import Iterator

from corpus.notice import Actor
from ingest.facts.tight import tighten
from ingest.parsing.view import View

_CLAUSE = re.compile(r"(?:[^，。；：\n\t]|(?<=\d)：(?=\d)){4,200}")
_LAST = (
    "部门|单位|机构|公司|企业|集团|[厅局委办署院处会司队站所]|办公厅|办公室|中心|政府|银行|分行|街道|社区|学校|高校|协会|部(?!分|署|门)|"
    "委员会|组织部|宣传部|法院|检察院|平台|专班|领导小组|工作组|大队|支队|各(?:市|区|县)(?:（[^（）]{1,12}）)?|小组"
)
_ENDS_LIKE_A_BODY = re.compile(f"(?:{_LAST})(?:（[^（）]{{1,12}}）)?$")
_HOW = "(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体|统一|依法|定期|及时)?"
_ASSIGNED = (
    "负责|牵头|主管|承担|审核|审批|核定|核准|审定|审查|制[定订]|报送|拨付|发放|办理|受理|统筹|协调|组织|出具|公布|发布|汇总|解释|"
    "评估|考核|认定|上报|公示|验收|核实|编制"
)
_ANY = "监督|指导|配合|实施|落实|管理|开展|建立|提出|完成|推进|保障|提供|确定|做好|加强|支付|承办|按要求|按规定"
# Without 由 or a modal verb before it, 加强 or 开展 is what everybody is told, no task of somebody.
# 审核机构 and 制定的文件 are no tasks.
_NO_TASK = "(?!的|过的|厅|局|委|办|机构|部门|单位|人员|委员会|中心|小组|办法|方案|领导|主体|情况|意见|同志|标准|可|人(?!民)|部)"
_DUTY = re.compile(f"{_HOW}(?:{_ASSIGNED}|(?<=[应当须需要])(?:{_ANY})){_NO_TASK}")
_DUTY_BY = re.compile(f"{_HOW}(?:{_ASSIGNED}|{_ANY}){_NO_TASK}")
_OTHERS = re.compile("等(?:省级|市级|县级)?(?:有关|相关|主管)?(?:部门|单位|主管部门)?(?:（单位）|（部门）)?$|等$")
_VERBAL = re.compile(
    "应当?$|须$|需$|必须$|要$|可以?$|将$|共同$|分别$|进行$|予以$|统一$|会$(?<!委员会)(?<!协会)(?<!办公会)"
)
_ROLES = re.compile("(?:主管|牵头)$")
_BY = re.compile("(?<![自理缘因事来])由(?!于|此)")
_BETWEEN = re.compile(
    "、|以及|会同|会商|商(?=[省市县国财])|(?<=[厅局委部办院会署司心府行])[和及与](?=[省市县国财各其])"
)
_ATTRIBUTE = re.compile("(?:（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、]|所涉及的?|相应的?|经|请|其中|对口的?)")
_WITH_TIME = re.compile(
    "(?P<name>[^于，。；]{2,60})于(?=[^，。；]{2,40}(?:前|内|底)[^，。；]{0,40}(?:报送|报|上报|提交|完成|组织))"
)
_LONGEST_NAME = 24
_NOT_A_BODY = re.compile(
    "[“”《》0-9\\d]|对|将|按|根据|通过|支持|鼓励|引导|申请|的(?!.{0,6}部门)|在|为|向|给|可|和(?=支持)|不|设立|明确|^要|直接|选定|委托|建立|做好|必须|指导|帮助|确保|配合|全力|提交|负责|前往|^(?:（|或|上报|转送|报|交|汇总|完善|健全|推动|督促|协助)"
)


def read_actors(words: View) -> tuple[Actor, ...]:
    """In the order they are named, each with the words that say what it does."""
    tight = tighten(words)
    if not _DUTY_BY.search(tight.text):
        return ()
    found: list[Actor] = []
    for clause in _CLAUSE.finditer(tight.text):
        for begin, end, task in _in_clause(tight.text, *clause.span()):
            found.append(Actor(tight.phrase(begin, end), tight.phrase(task, clause.end())))
    return tuple(found)


def _in_clause(text: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each name begins and ends, and where the task begins."""
    by = _BY.search(text, begin, end)
    start = by.end() if by else begin
    timed = _WITH_TIME.match(text, start, end)
    duties = (_DUTY_BY if by else _DUTY).finditer(text, start, end)
    duty = next((m for m in duties if _ends_names(text, start, m.start())), None)
    if timed and (duty is None or timed.end() < duty.start()):
        task, stop = timed.end(), timed.end("name")
    elif duty:
        task, stop = duty.start(), duty.start()
    else:
        return
    names = list(_split(text, start, stop))
    if names and all(_is_body(text[b:e]) for b, e in names):
        yield from ((b, e, task) for b, e in names)


def _ends_names(text: str, start: int, end: int) -> bool:
    b, e = _strip(text, start, end)
    return e - b >= 2 and _ENDS_LIKE_A_BODY.search(text, b, e) is not None


def _strip(text: str, begin: int, end: int) -> tuple[int, int]:
    """Without a modal verb behind it (应当, 等有关部门) and an attribute before it."""
    for pattern in (_VERBAL, _OTHERS, _VERBAL, _ROLES):
        cut = pattern.search(text, begin, end)
        if cut and cut.start() > begin:
            end = cut.start()
    attribute = _ATTRIBUTE.match(text, begin, end)
    return (attribute.end() if attribute else begin), end


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    begin, end = _strip(text, begin, end)
    position = begin
    for joint in _BETWEEN.finditer(text, begin, end):
        if text.rfind("（", position, joint.start()) > text.rfind("）", position, joint.start()):
            continue
        if joint.start() > position:
            yield _strip(text, position, joint.start())
        position = joint.end()
    if position < end:
        yield position, end


def _is_body(name: str) -> bool:
    return 2 <= len(name) <= _LONGEST_NAME and bool(_ENDS_LIKE_A_BODY.search(name)) and not _NOT_A_BODY.search(name)
