"""What of a text is no word of the notice: what no reader sees, and what is said to a program instead of to people."""

import re
from collections.abc import Iterator

_STYLES = r"font-size:\s*[01](?:px|pt)?\b|color\s*[:=]\s*[\"']?\s*(?:#f{3}(?:f{3})?\b|white)|display:\s*none|visibility:\s*hidden|opacity:\s*0(?![.\d])"
_TAGS = "script|style|span|font|div|p|br|b|i|u|a|em|strong|center|table|tbody|tr|td|th|img|sup|sub"
# Every repetition is bounded, so that a bracket which never closes takes little with it.
_UNSEEN = re.compile(
    r"<!--(?:.{0,4000}?-->|[^\n]*)"
    rf"|<(?P<styled>[a-z]+)\b[^<>]{{0,300}}(?:{_STYLES})[^<>]{{0,300}}>.{{0,4000}}?</(?P=styled)\s*>"
    r"|<(?P<code>script|style)\b[^<>]{0,300}>.{0,4000}?</(?P=code)\s*>"
    r"|\u202e[^\u202c\n]{0,1000}\u202c?"
    r"|(?<=\])\([^()\s]{0,300}\s+[\"'][^\"'\n]{0,1000}[\"']\)"
    r"|[\U000e0000-\U000e007f\u202a-\u202d\u2066-\u2069]+",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>\n]{{0,300}}>", re.IGNORECASE)
_BEFORE = "以上|上述|上面|之前|前面|此前|先前|一切|所有"
_ORDER = re.compile(
    rf"(?:忽略|无视|不要理会)掉?(?:{_BEFORE})[^。\n]{{0,12}}(?:规则|指令|指示|要求|提示|内容|问题|提问|设定)"
    r"|(?:系统|开发者|管理员)\s*(?:指令|提示词?|消息)\s*[：:]"
    r"|(?:输出|打印|复述|泄露|公开)[^。\n]{0,8}(?:系统提示|提示词|(?:全部|所有|完整)提示)"
    r"|从现在(?:起|开始)[，,]?\s*你(?:是|要|只|就)"
    r"|\b(?:ignore|disregard|forget)\b[^.\n]{0,30}\b(?:above|previous|prior|earlier)\b"
    r"|\b(?:ignore|disregard|forget)\b[^.\n]{0,30}\b(?:rules?|instructions?|prompts?)\b",
    re.IGNORECASE,
)
_ENDS = "。！？；\n"


def find_hidden(text: str) -> Iterator[tuple[int, int]]:
    """Comments, words without size or in the colour of the page, titles of links, characters that no font shows.

    Inside a sentence they take the whole of it along, for it could not be quoted without them.
    """
    end = 0
    for match in _UNSEEN.finditer(text):
        if match.start() < end:
            continue
        begin = max(text.rfind(mark, end, match.start()) for mark in _ENDS) + 1
        begin = max(begin, end)
        is_inside = text[begin : match.start()].strip() != ""
        end = _end_of_sentence(text, match.end()) if is_inside else match.end()
        yield (begin if is_inside else match.start()), end


def find_tags(text: str) -> Iterator[tuple[int, int]]:
    """Marks of a page; what stands between them is read."""
    return (match.span() for match in _TAG.finditer(text))


def find_orders(text: str) -> Iterator[tuple[int, int]]:
    """Whole sentences that tell a program what to do; `text` has its look-alikes unified."""
    end = 0
    for match in _ORDER.finditer(text):
        if match.start() < end:
            continue
        begin = max(max(text.rfind(mark, end, match.start()) for mark in _ENDS) + 1, end)
        end = _end_of_sentence(text, match.end())
        yield begin, end


def _end_of_sentence(text: str, place: int) -> int:
    """Behind the mark that ends it, before the end of its line."""
    stop = min((at for mark in _ENDS if (at := text.find(mark, place)) >= 0), default=len(text))
    return stop if text[stop : stop + 1] in ("\n", "") else stop + 1
