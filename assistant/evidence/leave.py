"""What a sentence forbids, frees from or demands, where a clause asks for leave or of a duty."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.evidence.attributes import denials_in

_LEAVE = re.compile(
    "能不能|能否|可否|可不可以|可以|能(?![力源量耗够])|允不?允?许|许不许|让不让|准不准|行不行|[行成](?=[吗不么嘛]?[？?]?$)|同意|合不?合?规|接着"
)
_DUTY = re.compile("要不要|用不用|需不需要|需要|必须|得(?![到了出以])|须|应该|应当|要(?![是求么素点])")
_FREED = re.compile("可以?不(?!可)|不用|不必|不需要|无需|免(?!费)")
_FORBIDS = re.compile(
    "不得(?!不|超过|少于|低于|高于)|不能(?!不)|不可(?![抗或缺分割])|不准|不许|不予|不允许|禁止|严禁|不享受|不再(?=享受|给予|安排|发放|补助|奖励)|暂不|无法|不要(?!求)|不宜|不应(?!当?低)|无权"
)
_FREES = re.compile(
    "可以?不(?!可)|不再|无需|无须|不需|不必|不用|免于|免予|免[征收缴交除](?!税额)|不要求|不作要求|取消(?=[^，；]{0,12}要求)"
)
_DEMANDS = re.compile("必须|应当|须|务必|均(?=[应要须参纳])|一律|都[要应须]")
_HOLDS = re.compile("作数|算数|有效|管用|生效|还[能在]用|还执行|还适用")
_REPEALED = re.compile("废止|失效|停止执行|不再(?:执行|适用)")
_NOT_BOTH = re.compile("不(?:能|得|可|予|再)?(?:以)?(?:同时|重复|叠加|兼得)")
_SEGMENT = re.compile("(?<=[，；：。])")
_DEPENDS = re.compile("(?:[的时后前]|期间|情况下)[，；：]?$|^(?:如果?|若|除|未经?|经(?!济)|凡|对)")
_RELATIVE = re.compile("(?P<which>[^，；：]{3,})的")
_TOGETHER = re.compile("同时|重复|一并|兼得|叠加")
_AT_ONCE = re.compile("同时(?!期)|一起|一块|重复|兼得|叠加|一并|两头")
_OF_TWO = re.compile("同时|一起|一块|重复|两|又|还|再|(?<![成首古京国])都|也|兼|叠加|一并")
_TELLING = 0.5
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a sentence forbids or frees: what it says so of, what that depends on, and what is forbidden."""

    depends: tuple[str, ...]
    what: str


class Turn(StrEnum):
    """In what way an answer is no: it may not be, it need not be, or it holds no longer."""

    FORBIDDEN = "forbidden"
    FREED = "freed"
    REPEALED = "repealed"


def find_turn(asked: str, told: str, words: Sequence[str], text: str) -> Turn | None:
    """Leave is asked for what the text forbids, a duty of what it frees from, or freedom from what it demands.

    `asked` is the clause, `told` the message that it stands in, `words` those of the clause. What the text makes
    depend on something tells only of who has told just that.
    """
    if _HOLDS.search(asked) and _REPEALED.search(text) and prints_enough(words, text) and not denials_in(asked):
        return Turn.REPEALED
    kind, pattern = _turn_asked(asked)
    printed = [w for w in words if w in text]
    found = any(
        any(w in part.what or any(w in d for d in part.depends) for w in printed)
        and all(_share(d, told) for d in part.depends)
        and (asks_of_two(asked) or not _TOGETHER.match(part.what))
        for part in (_parts(pattern, text) if pattern else ())
    )
    return kind if found else None


def asks_of_two(text: str) -> bool:
    """能一块儿拿不, both at once or one beside the other."""
    return _OF_TWO.search(text) is not None


def denies_only_both(asked: str, text: str) -> bool:
    """不能同时享受 is no ground for a no where one of them is asked of."""
    return _NOT_BOTH.search(text) is not None and not asks_of_two(asked)


def tells_of_both(asked: str, text: str) -> bool:
    """Whether two go together is told by a sentence that says so, and by none that is of one of them."""
    return not _AT_ONCE.search(asked) or _TOGETHER.search(text) is not None


def prints_enough(words: Sequence[str], text: str) -> bool:
    """Half of what is asked about."""
    return bool(words) and sum(w in text for w in set(words)) >= _TELLING * len(set(words))


def may_turn(asked: str, text: str) -> bool:
    """The text forbids or frees from something, whatever it is, where leave or a duty is asked of, or it tells of one
    where two are asked of: no ground for a yes."""
    _, pattern = _turn_asked(asked)
    return (pattern is not None and pattern.search(text) is not None) or not tells_of_both(asked, text)


def _turn_asked(asked: str) -> tuple[Turn, re.Pattern[str] | None]:
    """What would make the answer a no; no pattern where neither leave nor a duty is asked of, or it is asked in denials."""
    asked = _asking_stretch(asked)
    denials = denials_in(asked)
    if _FREED.search(asked):
        return Turn.FORBIDDEN, _DEMANDS if denials == 1 else None
    if denials:
        return Turn.FREED, None
    if _LEAVE.search(asked):
        return Turn.FORBIDDEN, _FORBIDS
    return Turn.FREED, _FREES if _DUTY.search(asked) else None


def _asking_stretch(asked: str) -> str:
    """家里没人上班，失业金还能同时领吗 denies nothing where it asks."""
    stretches = _SEGMENT.split(asked)
    return next((s for s in reversed(stretches) if any(p.search(s) for p in (_FREED, _LEAVE, _DUTY))), asked)


def _parts(turn: re.Pattern[str], text: str) -> Iterator[_Part]:
    before: list[str] = []
    for segment in _SEGMENT.split(text):
        if found := turn.search(segment):
            which = _RELATIVE.search(segment[: found.start()])
            own = (which["which"],) if which else ()
            yield _Part((*(s for s in before if _DEPENDS.search(s)), *own), segment[found.end() :])
        before = [] if segment.endswith(("；", "。")) else [*before, segment]


def _share(one: str, other: str) -> bool:
    """Two characters in a row."""
    return any(one[i : i + _PAIR] in other for i in range(len(one) - 1))
