"""Reads printed details that people ask for (counts, dates, telephones, routes …) by rows of one table."""

import re

from corpus.notice import Value
from ingest.facts.reading import Reading

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百]{1,4}|N)"
_COUNTER = "条|个|家|项|名|人|次|批|所|座|处|类|户|件|支|套|门|期|天|岁|周岁|倍|年|个月|个工作日|工作日|小时|日"
_DATE = (
    r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初|末)?(?:前|起|止|以前|之前)?"
    r"|\d{1,2}月\d{1,2}日(?:前|起|止)?|每年\d{1,2}月|自(?:发布|印发|公布)之日起"
)

_ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "validity",
        re.compile(
            r"有效期[^，。；]{0,30}|自[^，。；]{2,20}(?:起|之日起)(?:施行|执行|实施|生效)[^。；]{0,30}|(?:施行|执行)至[^，。；]{2,20}"
        ),
    ),
    ("telephone", re.compile(r"(?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9}|12\d{3}|9[56]\d{3,4})(?!\d)")),
    ("address", re.compile(r"(?:地址|地点)[：:][^，。；\s]{4,60}")),
    (
        "route",
        re.compile(
            r"https?://[\w./%?=&#-]+|www\.[\w./-]+|(?:登录|登陆|通过|关注|进入)[^，。；]{2,40}(?:申报|申请|办理|提交|报名|预约|填报)[^，。；]{0,20}"
            r"|向[^，。；]{2,30}(?:提出申请|申请|申报|提交|报送)[^，。；]{0,20}"
        ),
    ),
    (
        "materials",
        re.compile(
            r"(?:提交|提供|出具|携带|准备|报送|上传|填写)[^，。；]{0,40}(?:材料|证明|申请表|申请书|复印件|原件|营业执照|身份证|合同|凭证)[^。；]{0,60}"
        ),
    ),
    ("date", re.compile(_DATE)),
    (
        "quantity",
        re.compile(
            rf"(?<!第)(?<![\d一二三四五六七八九十“+])(?P<count>{_NUMBER})[余多]?(?:{_COUNTER})(?:以上|以下|左右|以内)?[^，。；、“”（）]{{0,16}}"
        ),
    ),
)
_NOT_COUNTED = re.compile(r"^(?:一(?:批|个|项|类|次|家|年|支|条|定)|\d{4}年|[一二三四五六七八九十]年)")


def read_values(reading: Reading) -> tuple[Value, ...]:
    """The details an item prints, in the order of the table and without overlap."""
    found: list[Value] = []
    words = reading.words
    for kind, pattern in _ROWS:
        for match in pattern.finditer(words.text):
            if kind == "quantity" and _NOT_COUNTED.match(match.group()):
                continue
            place = words.phrase(*match.span())
            if not any(s.phrase.start < place.end and place.start < s.phrase.end for s in found):
                found.append(Value(kind, place))
    return tuple(found)
