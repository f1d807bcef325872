"""What was said in one tab: questions with their answers, packed into one text that the browser keeps until then."""

import base64
import binascii
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer
from assistant.understanding.frame import Turn
from assistant.understanding.text import LONGEST_QUESTION
from ui.api.questions import shorten_turn

MOST_KEPT = 20
_MOST_READ = 10
# Twenty long lists are some 400 kB; whatever is larger does not come from here.
_LARGEST_TALK = 2_000_000
_NOTICE_ID = re.compile("[a-z0-9-]{1,400}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer, in the language of the page; `is_stopped` where nobody wanted one any more."""

    detail: str
    number: str = ""
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the reason why there is none.

    `is_alone` where it was asked without what was said before, which from then on is not read any more; `notice_id` where
    one notice was asked, "" where all were.
    """

    question: str
    answer: Answer | None = None
    trouble: Trouble | None = None
    is_alone: bool = False
    notice_id: str = ""


_EXCHANGES = TypeAdapter(tuple[Exchange, ...])


def pack(exchanges: Sequence[Exchange]) -> str:
    """The last of them; together they take a tenth of their size as JSON."""
    written = _EXCHANGES.dump_json(tuple(exchanges)[-MOST_KEPT:])
    return base64.b64encode(zlib.compress(written, 9)).decode()


@lru_cache(32)
def unpack(packed: str) -> tuple[Exchange, ...]:
    """Empty for what was not packed here: whoever owns the browser may have written anything."""
    try:
        inflating = zlib.decompressobj()
        written = inflating.decompress(base64.b64decode(packed, validate=True), _LARGEST_TALK)
        exchanges = _EXCHANGES.validate_json(written) if inflating.eof else ()
    except (binascii.Error, zlib.error, ValidationError, ValueError):
        return ()
    return exchanges[-MOST_KEPT:] if all(map(_is_ours, exchanges)) else ()


def _is_ours(exchange: Exchange) -> bool:
    is_whole = bool(exchange.answer or exchange.trouble)
    return is_whole and len(exchange.question) <= LONGEST_QUESTION and exchange.notice_id == read_id(exchange.notice_id)


def read_kept(kept: object) -> tuple[Exchange, ...]:
    """What a browser sent back."""
    return unpack(kept) if isinstance(kept, str) else ()


def read_id(given: object) -> str:
    """What may be the id of a notice, whether there is such a notice or not; "" for anything else."""
    return given if isinstance(given, str) and _NOTICE_ID.fullmatch(given) else ""


def last_notice(exchanges: Sequence[Exchange]) -> str:
    """The one that was asked last, "" for all of them."""
    return exchanges[-1].notice_id if exchanges else ""


def history_of(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What the service reads to understand a follow-up: since something was last asked alone."""
    alone = [n for n, e in enumerate(exchanges) if e.is_alone]
    turns: list[Turn] = []
    for exchange in exchanges[alone[-1] if alone else 0 :][-_MOST_READ:]:
        if exchange.answer:
            turns += [shorten_turn("user", exchange.question), shorten_turn("assistant", exchange.answer.text)]
    return tuple(turns)


def without_failed(exchanges: tuple[Exchange, ...], question: str) -> tuple[Exchange, ...]:
    """A question that failed is not kept beside its repetition."""
    has_failed = exchanges and exchanges[-1].trouble and exchanges[-1].question == question
    return exchanges[:-1] if has_failed else exchanges
