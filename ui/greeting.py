"""What the chat page says before the first question: for which notices it speaks, what it can and cannot do."""

import json
from collections.abc import Sequence
from pathlib import Path

from corpus.notice import Notice
from ui.page import PRODUCT
from ui.render import safe

_EXAMPLES = Path(__file__).parent / "data" / "examples.json"
_SHOWN = 3
_CAN = ("查金额、条件、责任部门，逐字引用原文", "列出同类措施，一条不漏", "通知没有写的，直接告诉您没有写")
_CANNOT = ("代替主管部门解释政策或受理申报", "判断您的企业能否获批", "回答这些通知以外的政策")


def example_questions(notices: Sequence[Notice]) -> Sequence[str]:
    """Questions that fit the first notice for which some were written down."""
    written: dict[str, list[str]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return next((written[n.id] for n in notices if n.id in written), [])


def render_band(notices: Sequence[Notice]) -> str:
    """The header with a link to the full text."""
    link = f'<a class="band__link" href="/notices/{safe(notices[0].id)}">通知原文</a>' if notices else ""
    return f'<div class="band"><div class="band__row"><a class="brand" href="/">{PRODUCT}</a>{link}</div></div>'


def render_greeting(notices: Sequence[Notice]) -> str:
    return (
        '<div class="greet"><h1>问政策，看原文</h1>'
        f'<p class="greet__lead">{_scope(notices)}每句话都标明出自哪一条，点开就能看到原文。</p>'
        f'<div class="can">{_column("can__yes", "我能做", _CAN)}{_column("can__no", "我不能做", _CANNOT)}</div></div>'
    )


def _scope(notices: Sequence[Notice]) -> str:
    if not notices:
        return "我只根据已收入的通知回答。"
    names = "、".join(_link(n) for n in notices[:_SHOWN])
    rest = f"等 {len(notices)} 份通知" if len(notices) > _SHOWN else ""
    return f"我只根据{names}{rest}回答。"


def _link(notice: Notice) -> str:
    number = f"（{safe(notice.number_text)}）" if notice.document_number else ""
    return f'<a href="/notices/{safe(notice.id)}">《{safe(notice.title)}》</a>{number}'


def _column(style: str, title: str, lines: Sequence[str]) -> str:
    rows = "".join(f"<li>{line}</li>" for line in lines)
    return f'<div class="{style}"><h2>{title}</h2><ul>{rows}</ul></div>'
