"""Prints what visitors missed and what they marked wrong, by department: `python -m ui feedback`."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answer import Status
from assistant.output.asks import name_ask
from ui.feedback.store import Feedback, Kept
from ui.markup import undisguise
from ui.words import word

_UNANSWERED = (Status.NOT_STATED, Status.RELATED, Status.PARTLY_ANSWERED)
_HEADINGS = ("类别", "部门", "日期", "内容", "次数", "补充说明", "问题", "条款", "结论", "回答编号")
# A table program takes a cell that begins like this for a formula, in some languages with wide signs too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def write_table(kept: Kept) -> str:
    """CSV with a byte order mark, without which some programs do not read Chinese."""
    out = io.StringIO()
    rest = ("",) * 5
    gaps = (("没有写明", g.department, "", name_ask(g.ask, "zh"), str(n), *rest) for g, n in kept.gaps.items())
    told = (_cells(day, feedback) for day, feedback in kept.received)
    csv.writer(out).writerows([guard_cell(cell) for cell in row] for row in (_HEADINGS, *gaps, *told))
    return f"\ufeff{out.getvalue()}"


def guard_cell(text: str) -> str:
    """On one line, and nothing that is computed when the table is opened."""
    shown = _on_one_line(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def write_report(kept: Kept, days: int) -> str:
    """For reading in a terminal; the departments with most to do come first, what belongs to none last."""
    verdicts = Counter(said.verdict for _, said in kept.received)
    load: Counter[str] = Counter()
    for gap, count in kept.gaps.items():
        load[gap.department] += count
    for _, said in kept.received:
        load.update(_owners(said) if said.verdict == "down" or _is_unanswered(said) else ())
    counted = f"认为有用 {verdicts['up']} 次，有问题 {verdicts['down']} 次"
    lines = [f"最近 {days} 天，{counted}。以下按部门列出；一次涉及几个部门的，每个部门都计。"]
    for department in sorted(load, key=lambda name: (not name, -load[name], name)):
        lines += ["", department or "没有对应的部门", *_section(department, kept)]
    return "\n".join(map(_on_one_line, lines)) + "\n"


def _section(department: str, kept: Kept) -> Iterator[str]:
    if asked := [f"{name_ask(g.ask, 'zh')} {n} 次" for g, n in kept.gaps.items() if g.department == department]:
        yield f"  问到而没有写明：{'，'.join(asked)}"
    own = [(day, said) for day, said in kept.received if department in _owners(said)]
    for day, said in own:
        if _is_unanswered(said) and said.verdict == "up":
            yield f"  {day} 没有答全的问题：{said.question}"
    wrong = [(day, said) for day, said in own if said.verdict == "down"]
    if reasons := Counter(_name_reason(said) for _, said in wrong):
        yield f"  有问题：{'，'.join(f'{reason} {n} 次' for reason, n in reasons.most_common())}"
    for day, said in wrong:
        told = [f"{name}“{text}”" for name, text in (("说明", said.comment), ("问题", said.question)) if text]
        yield "  ".join(("", day, _name_reason(said), *told, *said.provision_ids[:3]))


def _cells(day: str, said: Feedback) -> tuple[str, ...]:
    category = word("useful" if said.verdict == "up" else "faulty", "zh")
    reason = _name_reason(said) if said.verdict == "down" else ""
    counted = (category, "、".join(said.departments), day, reason, "1")
    return (
        *counted,
        said.comment or "",
        said.question or "",
        "、".join(said.provision_ids),
        said.status,
        said.answer_id,
    )


def _is_unanswered(said: Feedback) -> bool:
    """With a question that may be shown."""
    return bool(said.question) and said.status in _UNANSWERED


def _owners(said: Feedback) -> Sequence[str]:
    return said.departments or ("",)


def _name_reason(said: Feedback) -> str:
    return word(f"reason_{said.reason or 'other'}", "zh")


def _on_one_line(text: str) -> str:
    """A terminal obeys characters that are not seen."""
    return " ".join(undisguise(text).splitlines())
