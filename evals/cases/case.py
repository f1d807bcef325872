"""Reads evaluation cases: one JSON object a line, in the format the README describes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import ErrorDetails

CASES_FOLDER = Path(__file__).parent

Text = Annotated[str, Field(min_length=1)]
Number = Annotated[int, Field(gt=0)]
Status = Literal["answered", "partly_answered", "not_stated", "related", "needs_detail", "out_of_scope", "refused"]
_STATUSES_BY_ANSWERABLE: dict[bool | str, tuple[Status, ...]] = {
    True: ("answered",),
    False: ("not_stated", "related", "out_of_scope", "refused"),
    "partly": ("partly_answered",),
}

_REASONS = {
    "missing": "缺少这个字段",
    "string_type": "应当是文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长（最多 500 个字）",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "greater_than": "应当大于 0",
    "tuple_type": "应当是列表",
    "too_short": "列表不能为空",
    "bool_type": '应当是 true、false、"partly"、null 之一',
    "model_type": "一行应当是一个 JSON 对象",
    "json_invalid": "不是合法的 JSON",
}


class Case(BaseModel):
    """One question and what its answer must hold; a field that is not named here is kept but not read."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Text
    kind: Text
    question: Annotated[str, Field(min_length=1, max_length=500)]
    answerable: StrictBool | Literal["partly"] | None
    history: tuple[Text, ...] = ()
    status: tuple[Status, ...] = ()
    measures: tuple[Number, ...] = ()
    clauses: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    exact: bool = False
    facts: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    departments: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    verdict: Literal["yes", "no", "not_stated"] | None = None
    role: Literal["lead", "shared"] | None = None
    missing: tuple[Text, ...] = ()
    may_cite: tuple[Number, ...] = ()
    notice_id: Text | None = None
    notice_ids: tuple[Text, ...] = ()
    persona: Text | None = None
    author: Text | None = None
    blind: bool = False
    group: Text | None = None
    form: Text | None = None

    @property
    def required(self) -> frozenset[str]:
        """The measures that must be cited: ids where the case gives them, else numbers."""
        return frozenset(self.clauses or (str(number) for number in self.measures))

    @property
    def gold(self) -> str:
        """What two cases have in common that demand the same; questions and names do not count."""
        values = (
            self.notice_id,
            sorted(self.notice_ids),
            allowed_statuses(self),
            sorted(self.required),
            sorted(self.evidence),
            sorted(fact[0] for fact in self.facts),
            sorted(self.departments),
            (self.verdict, self.role, sorted(self.missing)),
            self.kind if not self.required else "",
        )
        return repr(values)

    @property
    def unread_fields(self) -> tuple[str, ...]:
        """Fields of the line that no scorer knows, perhaps misspelt."""
        return tuple(self.model_extra or ())


def allowed_statuses(case: Case) -> tuple[Status, ...]:
    """The statuses that are right; none where any is."""
    if case.answerable is None:
        return ()
    return case.status or _STATUSES_BY_ANSWERABLE[case.answerable]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line; `line` counts from 1 and is 0 where the file as a whole is meant."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path} 第 {self.line} 行" if self.line else str(self.path)
        return f"{place}：{self.reason}"


class CaseError(Exception):
    """Cases that cannot be read; the message lists every problem of every file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A case with the file and line it was read from."""

    case: Case
    path: Path
    line: int


def find_case_files(folder: Path = CASES_FOLDER) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.jsonl")))


def read_cases(paths: Iterable[Path]) -> tuple[PlacedCase, ...]:
    """Every case in the order of files and lines; raises CaseError with all problems at once."""
    placed: list[PlacedCase] = []
    problems: list[Problem] = []
    for path in paths:
        for found in _read_file(path):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                placed.append(found)
    problems.extend(_repeated_ids(placed))
    if not placed and not problems:
        problems.append(Problem(CASES_FOLDER, 0, "没有任何题目。请给出至少一个 .jsonl 文件。"))
    if problems:
        raise CaseError(problems)
    return tuple(placed)


def _read_file(path: Path) -> list[PlacedCase | Problem]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        return [Problem(path, 0, f"文件打不开（{error.strerror}）。请检查路径。")]
    except UnicodeDecodeError:
        return [Problem(path, 0, "不是 UTF-8 编码。请另存为 UTF-8。")]
    return [_read_line(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _read_line(path: Path, number: int, line: str) -> PlacedCase | Problem:
    try:
        return PlacedCase(Case.model_validate_json(line), path, number)
    except ValidationError as error:
        # A field that may be of several types gives a reason for each of them.
        reasons = {str(e["loc"][:2]) if e["loc"][:1] != ("answerable",) else "answerable": e for e in error.errors()}
        explained = dict.fromkeys(map(_explain, reasons.values()))
        return Problem(path, number, "；".join(explained))


def _explain(error: ErrorDetails) -> str:
    expected = error.get("ctx", {}).get("expected")
    reason = f"应当是 {expected} 之一" if expected else _REASONS.get(error["type"], f"格式不对（{error['type']}）")
    location = error["loc"]
    if location[:1] == ("answerable",) and error["type"] != "missing":
        reason, location = _REASONS["bool_type"], location[:1]
    if not location:
        return reason
    position = "".join(f"第 {part + 1} 项" for part in location[1:] if isinstance(part, int))
    return f"字段 {location[0]} {position}{reason}" if position else f"字段 {location[0]}：{reason}"


def _repeated_ids(placed: Sequence[PlacedCase]) -> list[Problem]:
    first: dict[str, PlacedCase] = {}
    problems = []
    for one in placed:
        earlier = first.setdefault(one.case.id, one)
        if earlier is not one:
            problems.append(
                Problem(one.path, one.line, f"编号 {one.case.id} 已在 {earlier.path} 第 {earlier.line} 行用过")
            )
    return problems
