"""Whether a sentence prints what a claim does, and to whom, and not only its nouns."""

import re

from assistant.composing.checking.verdicts import Compared
from assistant.evidence.attributes import is_kind_of_recipient
from assistant.evidence.claims import names_attitude
from assistant.evidence.difference import Aspect
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.whether import asks_mention, without_tag

_THE_DOCUMENT = frozenset("通知 文件 措施 办法 意见 规定 政策 方案 原文 条文".split())
_ANYBODY = frozenset(
    "请问 想问 我们 咱们 自己 大家 现在 以后 今年 公司 单位 人员 省里 市里 县里 区里 国家 政府 听说 据说 这个 那个 这种 那么".split()
)
_SUBJECT = re.compile(
    "(?P<who>[\u4e00-\u9fff]{2,14}?)(?:能不能|可不可以|要不要|能否|可否|是否|是不是|可以|能够|能|可|够|应当|得(?!到))"
)
_WORDS_OF_A_CLAIM = 2


def prints_the_verb(inquiry: Inquiry, match: ItemMatch) -> bool:
    """二级医院要参加考核吗 is told by no sentence that only has both nouns: what is done stands there too, or how the
    notice stands to it is asked."""
    cutter, text = inquiry.corpus.cutter, f"{match.item.text} {match.headings}"
    cut = cutter.cut(without_tag(inquiry.clause.text))
    words = [w for w in cut if len(w) > 1 and cutter.knows(w) and w not in _THE_DOCUMENT]
    done = [w for w in words if not cutter.may_name(w) and not cutter.is_functional(w)]
    told = [w for w in done[-1:] if w in text or any(c in text for c in inquiry.content if w in c)]
    asks_less = names_attitude(inquiry.clause.text) or asks_mention(inquiry.clause.text)
    return not done or bool(told) or asks_less or bool(match.item.supports)


def prints_every_word(inquiry: Inquiry, compared: Compared) -> bool:
    """考核结果公布吗, whatever kind of value that looks like: a sentence prints what is done and all that it is done to."""
    cutter, text = inquiry.corpus.cutter, f"{compared.match.item.text} {compared.match.headings}"
    words = [w for w in cutter.cut(without_tag(inquiry.clause.text)) if len(w) > 1 and not cutter.is_functional(w)]
    is_whole = len(words) >= _WORDS_OF_A_CLAIM and any(not cutter.may_name(w) for w in words)
    is_of_value = all(d.aspect is Aspect.VALUE for d in compared.differences)
    return is_whole and is_of_value and all(w in text for w in words)


def prints_the_subject(inquiry: Inquiry, match: ItemMatch) -> bool:
    """退休人员能申请贷款吗 is told by no sentence that speaks of nobody retired, however common the word is."""
    subject = _SUBJECT.match(inquiry.clause.text)
    cutter, text = inquiry.corpus.cutter, f"{match.item.text} {match.headings}"
    words = cutter.cut(subject["who"]) if subject else ()
    names = [w for w in words if len(w) > 1 and cutter.knows(w) and not cutter.is_functional(w)]
    return all(w in text or is_kind_of_recipient(w) or w in _THE_DOCUMENT or w in _ANYBODY for w in names)
