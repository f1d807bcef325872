"""An assistant with the real shape and prepared answers, for the tests of the service and of the command line."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import (
    Answer,
    Citation,
    CitationKind,
    CitedNotice,
    Composer,
    ListItem,
    Missing,
    Part,
    PartKind,
    Responsible,
    Row,
    Status,
    Timings,
    Understood,
    make_table,
)
from assistant.model.endpoint import Endpoint
from assistant.output.listener import Listener
from assistant.understanding.frame import Turn
from assistant.understanding.text import clean_question
from corpus import Corpus

COLUMNS = ("对象", "支持", "条件", "条款")
NOTICE_ID = "lkz-2025-128"
_QUOTE = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"


def make_citation(number: int = 1, quote: str = _QUOTE, url: str = f"/notices/{NOTICE_ID}#m9.3") -> Citation:
    return Citation(
        number=number,
        kind=CitationKind.SENTENCE,
        provision_id=f"{NOTICE_ID}/3.9.3",
        notice_id=NOTICE_ID,
        document_number="鲁科字〔2025〕128号",
        notice_title="关于支持科技服务业高质量发展的若干措施",
        chapter="三、做优专业科技服务品质",
        measure_id="3.9",
        measure_number=9,
        measure_label="（九）",
        measure_title="技术转移转化和推广服务",
        quote=quote,
        start=2813,
        end=2859,
        url=url,
    )


def make_table_answer(*cells: tuple[str, ...]) -> Answer:
    """A table of these rows between our words and the quotation, which every row cites, and an item for each row."""
    direct, quotation, *_, source = make_answer().parts
    table = make_table(COLUMNS[: len(cells[0])], [Row(row, (1,)) for row in cells])
    items = tuple(ListItem("：".join(row), (1,)) for row in cells)
    return replace(
        make_answer(parts=(direct, table, quotation, source)), status=Status.ANSWERED, missing=(), items=items
    )


def make_answer(question: str = "中试基地一年奖多少？什么时候申报？", parts: Sequence[Part] = ()) -> Answer:
    """The example of the contract, or other parts with the same citation."""
    departments = ("省科技厅", "省工业和信息化厅", "省财政厅")
    usual = (
        Part(PartKind.DIRECT, "服务突出的省级中试基地，年度最高奖补200万元。", (1,)),
        Part(PartKind.QUOTE, _QUOTE, (1,)),
        Part(PartKind.MISSING, "申报时间，原文没有写明，可向下列责任部门咨询。"),
        Part(PartKind.DEPARTMENTS, "、".join(departments) + "（按职责分工负责）", (1,)),
        Part(PartKind.SOURCE, "鲁科字〔2025〕128号 第（九）条"),
    )
    return Answer(
        id="a1",
        question=question,
        standalone_question=question,
        language="zh",
        status=Status.PARTLY_ANSWERED,
        parts=tuple(parts) or usual,
        citations=(make_citation(),),
        responsibilities=(Responsible(NOTICE_ID, "3.9", 9, "按职责分工负责", departments),),
        missing=(Missing("date", "省级中试基地", "3.9"),),
        items=None,
        count=None,
        repairs=(),
        understood=Understood(()),
        reply=None,
        composer=Composer.QUOTE,
        degraded=None,
        corpus_version="v1",
        product_version="0.1.0",
        notices=(CitedNotice(NOTICE_ID, "9011bd8a0767f6526229b9e57fc307fac190db8ec6ba848bc242b2d9001dff3d"),),
        timings_ms=Timings(0.4, 8.1, 0.2, 0.3, 9.0),
    )


class FakeAssistant:
    """Answers everything alike and remembers what it was asked; `gate` holds answers back, `fault` is raised, `prepared` is answered."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.endpoint: Endpoint | None = None
        self.forget()

    def forget(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...]]] = []
        self.gate: threading.Event | None = None
        self.prepared: Answer | None = None
        self.fault: Exception | None = None

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        listener: Listener | None = None,
    ) -> Answer:
        clean = clean_question(question)
        self.asked.append((clean, tuple(history), tuple(notice_ids)))
        for step in ("understand", "retrieve", "compose", "verify") if listener else ():
            assert listener is not None
            listener.on_step(step)
        if self.gate:
            self.gate.wait()
        if self.fault:
            raise self.fault
        return self.prepared or replace(make_answer(clean), corpus_version=self.corpus.version)
