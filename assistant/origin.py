"""Names what an answer was made from: the version of the product and the hash of every notice it cites."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.answer import Citation, CitedNotice

_PACKAGE = "policy-assistant"
_PROJECT_FILE = Path(__file__).parents[1] / "pyproject.toml"


@cache
def product_version() -> str:
    """From the project file beside the code, else from the installed package."""
    if _PROJECT_FILE.is_file():
        return str(tomllib.loads(_PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return "0"


def hash_text(text: str) -> str:
    """SHA-256 in hexadecimal of the canonical text as `GET /api/v1/notices/{id}/text` sends it, in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def name_notices(citations: Iterable[Citation], texts: Mapping[str, str]) -> tuple[CitedNotice, ...]:
    """Every notice cited, in the order of the citations."""
    ids = dict.fromkeys(c.notice_id for c in citations)
    return tuple(CitedNotice(i, hash_text(texts[i])) for i in ids)
