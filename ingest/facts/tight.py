"""The view of an item without the white space that breaks words and numbers."""

import re
from array import array

from ingest.parsing.view import View

# 2026年 4月 20 日, 2025年6⏎月: white space beside a Chinese character or mark says nothing; that between two numbers does.
_HAN = "\u2e80-\u9fff\uff00-\uffef，。；：、（）〔〕“”《》—"
_LOOSE = re.compile(rf"(?<=[{_HAN}])[ \n]{{1,40}}|[ \n]{{1,40}}(?=[{_HAN}])|(?<=[\d.])\n(?=[\d.%])")
_LONG_NUMBERS = re.compile(r"\d{5}\n\d{5}")


def tighten(words: View) -> View:
    """Line breaks and spaces taken out where they stand inside a word, a date or a number; tabs stay."""
    text = words.text
    if " " not in text and "\n" not in text:
        return words
    kept: list[str] = []
    starts = array("q")
    begin = 0
    for gap in _LOOSE.finditer(text):
        if _LONG_NUMBERS.fullmatch(text, max(gap.start() - 5, 0), gap.end() + 5):
            continue
        kept.append(text[begin : gap.start()])
        starts.extend(words.starts[begin : gap.start()])
        begin = gap.end()
    kept.append(text[begin:])
    starts.extend(words.starts[begin:])
    return View("".join(kept), starts, words.canonical)
