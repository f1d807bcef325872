"""What the routes send, as the OpenAPI description shows it; fields may be added, clients ignore those they do not know."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import (
    Citation,
    CitedNotice,
    Composer,
    Count,
    Degraded,
    ListItem,
    Missing,
    PartKind,
    Responsible,
    Row,
    Status,
    Timings,
    Understood,
    Wording,
)
from corpus.notice import ProvisionKind, Relation


class RepairReply(BaseModel):
    """理解得与输入不同的一个词。"""

    typed: str = Field(alias="from")
    understood: str = Field(alias="to")


class PartReply(BaseModel):
    """回答的一段。"""

    kind: PartKind = Field(description="quote 一字不差；table 是表格，text 是同一表格的 Markdown，带引用号")
    text: str
    citations: tuple[int, ...]
    columns: tuple[str, ...] = Field(default=(), description="表头，只有表格才有")
    rows: tuple[Row, ...] = Field(default=(), description="只有表格才有；每行的格数与表头相同")
    wording: Wording | None = Field(
        default=None, description="只有语言模型写的句子才有：printed 用的是原文的词句，explained 是换成平常话的解读"
    )


class PolicyReply(BaseModel):
    """一个回答，除了连成一篇的正文。"""

    id: str = Field(description="由问题、上文和资料库版本算出")
    question: str
    standalone_question: str = Field(description="补上前文所省略的")
    language: Literal["zh", "en"]
    status: Status = Field(description="related：没有直接写，给出最接近的；其余见 README 的“结论”")
    parts: tuple[PartReply, ...]
    citations: tuple[Citation, ...] = Field(
        description="quote 等于原文的 [start, end)，按字符数；kind 为 sentence 是一句，responsibility 是责任分工，contact 是文末的联系方式"
    )
    responsibilities: tuple[Responsible, ...]
    missing: tuple[Missing, ...] = Field(description="原文没有写明的")
    items: tuple[ListItem, ...] | None
    count: Count | None
    repairs: tuple[RepairReply, ...]
    understood: Understood = Field(description="问了几件事：要什么值、怎么要、指什么、从前文接来什么")
    reply: str | None = Field(description="固定答复的名称，如 greeting、other_place、unsafe")
    composer: Composer = Field(description="model 表示有语言模型写的句子，转载时请保留“人工智能生成”的标识")
    degraded: Degraded | None = Field(
        description="少用了什么：embedder_unavailable 按意思查找，model_unavailable（用不了）、model_timeout（没及时写完）、model_unverified（没通过核对）语言模型"
    )
    corpus_version: str
    product_version: str
    notices: tuple[CitedNotice, ...] = Field(description="所引各通知和原文的 SHA-256（UTF-8）")
    timings_ms: Timings


class AnswerReply(PolicyReply):
    """一个回答。"""

    answer: str = Field(description="parts 连成的 Markdown，带 [n] 引用号")


class StepEvent(BaseModel):
    """事件 step：正在做哪一步。"""

    step: str
    label: str


class PartEvent(PartReply):
    """事件 part：核对过的一段；以 done 里的为准。"""


class FirstLineEvent(PartReply):
    """事件 first_line：语言模型动笔之前，程序按原文整理的第一句；有 part 之后就不用了。"""


class FieldReply(BaseModel):
    field: str
    message: str


class ProblemReply(BaseModel):
    """RFC 9457：发生了什么，怎么办。"""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldReply, ...] = Field(default=(), description="哪几项不对")
    retry_after: int | None = Field(default=None, description="秒")
    error_number: str | None = Field(default=None, description="服务日志里的错误编号")
    request_id: str = Field(default="", description="同响应头 X-Request-Id")


class SpanReply(BaseModel):
    """原文里的一段，位置按字符数。"""

    text: str
    start: int
    end: int


class CellReply(SpanReply):
    """表格里的一格。"""

    head: str = Field(description="这一栏的表头，没有则为空")


class ProvisionReply(SpanReply):
    """一句，或者表格的一行。"""

    id: str
    number: int
    anchor: str | None = Field(description="原文页上的地址，前言和各部分的引语为空")
    kind: ProvisionKind
    point: str | None = Field(description="所在的项，如 2 或 2.1")
    lead_in: str | None = Field(description="引出这一项的那句的编号")
    cells: tuple[CellReply, ...] = Field(description="只有表格的一行才有")


class DutyReply(SpanReply):
    """责任分工。"""

    role: str
    departments: tuple[str, ...]
    anchor: str


class AmountReply(BaseModel):
    """金额。"""

    text: str
    value: float
    unit: str
    bound: str
    period: str | None


class SupportReply(SpanReply):
    """支持：给谁什么。"""

    provision_id: str
    beneficiary: str
    form: str
    amount: AmountReply | None
    qualifiers: tuple[str, ...]


class PointReply(BaseModel):
    """一条措施里的一项；各句在措施的 provisions 里，以 point 指向它。"""

    path: str
    label: str
    title: str
    anchor: str
    heading: SpanReply
    departments: tuple[str, ...]
    responsibilities: tuple[DutyReply, ...]


class MeasureReply(BaseModel):
    """一条措施。"""

    id: str
    number: int
    label: str
    title: str
    anchor: str
    heading: SpanReply
    provisions: tuple[ProvisionReply, ...]
    departments: tuple[str, ...] = Field(description="整条的责任部门；各项自己的在 points 里")
    responsibilities: tuple[DutyReply, ...]
    points: tuple[PointReply, ...]
    supports: tuple[SupportReply, ...]


class ChapterReply(BaseModel):
    """一个部分。"""

    id: str
    number: int
    label: str
    title: str
    above: tuple[str, ...] = Field(description="外面各层的序号，最外一层在前，如 四、")
    heading: SpanReply | None
    provisions: tuple[ProvisionReply, ...]
    measures: tuple[MeasureReply, ...]


class AnnexReply(BaseModel):
    """一个附件。"""

    id: str
    number: int
    label: str
    title: str
    anchor: str
    heading: SpanReply
    provisions: tuple[ProvisionReply, ...]


class ValidityReply(BaseModel):
    """何时起、何时止：原文的话，以及能算出的日期。"""

    from_words: SpanReply | None
    until_words: SpanReply | None
    begins: date | None
    ends: date | None
    repealed_by: str | None = Field(description="废止它的另一份通知的编号")
    replaced_by: str | None = Field(description="同一系列里最新一份的编号")


class ReferenceReply(BaseModel):
    """提到的其他文件。"""

    title: str
    number: str | None
    is_basis: bool
    relation: Relation


class NoticeSummary(BaseModel):
    id: str
    title: str
    document_number: str | None
    url: str


class NoticeRow(NoticeSummary):
    """目录里的一份通知。"""

    chapters: int
    measures: int
    sentences: int


class NoticesReply(BaseModel):
    """全部通知。"""

    notices: tuple[NoticeRow, ...]
    corpus_version: str


class CorrectionReply(BaseModel):
    """原文里印错的字。"""

    printed: str
    right: str
    reason: str


class OperatorReply(BaseModel):
    """运营方提供，非原文；没有提供的是空或 null。"""

    title: str
    issuer: str
    issued: str | None = Field(description="发文日期，如 2025-01-31")
    in_force: bool | None = Field(description="是否现行有效")
    expires: str | None = Field(description="有效期至，如 2027-12-31")
    repealed_by: str = Field(description="废止它的文件")
    telephone: str = Field(description="咨询电话")
    corrections: tuple[CorrectionReply, ...]


class NoticeReply(NoticeSummary):
    """一份通知的结构。"""

    measures: int
    sentences: int
    addressee: SpanReply | None
    issuer: SpanReply | None
    issued_on: SpanReply | None
    printed_by: SpanReply | None = Field(description="印发机关和日期的那一行")
    contact: SpanReply | None
    validity: ValidityReply
    preamble: tuple[ProvisionReply, ...]
    chapters: tuple[ChapterReply, ...]
    closing: tuple[ProvisionReply, ...]
    annex_list: SpanReply | None
    annexes: tuple[AnnexReply, ...]
    references: tuple[ReferenceReply, ...]
    operator: OperatorReply | None = None


class FeedbackReply(BaseModel):
    """反馈已保存。"""

    kept_days: int
    question_kept: bool


class HealthReply(BaseModel):
    status: Literal["ok"]


class ReadyReply(BaseModel):
    status: Literal["ready"]
    corpus_version: str
    notices: int
    embedder: Literal["available", "unavailable"]
    model: Literal["none", "ready", "failing", "open"] = Field(
        description="语言模型：`none` 没有设置；`failing` 最近出过错；`open` 连续出错，暂停请求，隔几秒再试，其间按原文引用作答"
    )
    degraded: Degraded | None


class VersionReply(BaseModel):
    version: str
    python: str
    corpus_version: str | None
