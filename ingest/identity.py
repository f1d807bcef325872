"""Gives every notice an id of its own, and finds out which files hold the same notice."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import cast

from pypinyin import Style, lazy_pinyin

from corpus.notice import Notice

_NUMBER = re.compile(r"(?P<sign>.{1,40}?)[^\w]?(?P<year>(?:19|20)\d{2})[^\w]?\D{0,10}(?P<n>\d+)[号號]")
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")
# White space, and marks without width.
_UNSEEN = re.compile("[\\s\u200b-\u200d\u2060\ufeff]+")
# 某市人民政府关于…… is the title that prints …… alone elsewhere.
_ISSUER_BEFORE = re.compile("^.{0,30}?关于")
_ID_FIELDS = frozenset({"id", "lead_in"})
_LONGEST_INITIALS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that wants to be published, with its canonical text and the name of its file."""

    notice: Notice
    text: str
    file_name: str

    @property
    def has_chosen_id(self) -> bool:
        """Whether the operator chose the id."""
        return self.notice.operator is not None and self.notice.operator.id == self.notice.id


@dataclass(frozen=True, slots=True)
class Told:
    """A notice under the id it gets; a `remark` says what the clerk should look at, a twin cannot be published."""

    notice: Notice
    remark: str = ""
    is_twin: bool = False


def make_id(number: str, fallback: str) -> str:
    """鲁科字〔2025〕128号 → lkz-2025-128; where the number is "" or no such number, the fallback in Latin letters."""
    if (match := _NUMBER.match(number)) is None:
        return _in_latin("".join(lazy_pinyin(fallback, style=Style.NORMAL))) or "notice"
    letters = "".join(lazy_pinyin(_NOT_CHINESE.sub("", match["sign"]), style=Style.FIRST_LETTER))
    return f"{letters}-{match['year']}-{match['n']}"


def tell_apart(claims: Sequence[Claim]) -> tuple[Told, ...]:
    """One for each claim, in the order given; no id is given twice, and twins get none of their own.

    Ids go to those whose operator chose one, then by file name. The same notice is one of the same text up to white
    space; of two with the same number and title and other words the clerk has to say which holds.
    """
    texts: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    by_id: dict[str, Claim] = {}
    told: dict[int, Told] = {}
    for index in _order(claims):
        claim = claims[index]
        text, name = _UNSEEN.sub("", claim.text), (_plain_number(claim.notice), _plain_title(claim.notice))
        if text in texts:
            told[index] = Told(claim.notice, _name_twin(by_id[texts[text]], texts[text]), is_twin=True)
            continue
        if claim.has_chosen_id and claim.notice.id in by_id:
            told[index] = Told(claim.notice, _name_clash(claim, by_id[claim.notice.id]), is_twin=True)
            continue
        free = next(i for i in _possible_ids(claim, by_id) if i not in by_id)
        alike = by_id[names[name]].file_name if name[0] and name in names else ""
        texts[text], by_id[free] = free, claim
        names.setdefault(name, free)
        notice = claim.notice if free == claim.notice.id else with_id(claim.notice, free)
        told[index] = Told(notice, _name_likeness(alike) if alike else "")
    return tuple(told[i] for i in range(len(claims)))


def _name_twin(holder: Claim, known: str) -> str:
    return f"与 {holder.file_name} 是同一份通知（{known}）。请只保留一份。"


def _name_likeness(file_name: str) -> str:
    return f"与 {file_name} 的文号和标题相同，文字有出入，两份都收入了。如果是同一份通知，请只保留一份。"


def _order(claims: Sequence[Claim]) -> list[int]:
    return sorted(range(len(claims)), key=lambda i: (not claims[i].has_chosen_id, claims[i].file_name, i))


def _name_clash(claim: Claim, holder: Claim) -> str:
    return f"编号 {claim.notice.id} 已经给了 {holder.file_name}。请在 {claim.file_name} 旁边的 toml 里换一个 id。"


def with_id(notice: Notice, new: str) -> Notice:
    """The same notice under another id, which stands before the ids of its parts too."""
    renamed = cast(Notice, _with_prefix(notice, f"{notice.id}/", f"{new}/"))
    return replace(renamed, id=new)


def _with_prefix(value: object, old: str, new: str) -> object:
    if isinstance(value, tuple):
        return tuple(_with_prefix(v, old, new) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, object] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name in _ID_FIELDS and isinstance(held, str) and held.startswith(old):
            changes[field.name] = new + held.removeprefix(old)
        elif isinstance(held, tuple) or is_dataclass(held):
            changes[field.name] = _with_prefix(held, old, new)
    return replace(value, **changes) if changes else value


def _plain_number(notice: Notice) -> str:
    """Sign, year and number, however the year is bracketed."""
    number = unicodedata.normalize("NFKC", notice.number_text)
    match = _NUMBER.match(number)
    return "|".join((_NOT_CHINESE.sub("", match["sign"]), match["year"], match["n"])) if match else number


def _plain_title(notice: Notice) -> str:
    title = _ISSUER_BEFORE.sub("", notice.title)
    return "".join(c for c in title if c.isalnum()) or notice.title


def _possible_ids(claim: Claim, by_id: dict[str, Claim]) -> Iterator[str]:
    """The id as it is, then with a suffix that the notice's own number, title or text gives; the last are never taken."""
    notice = claim.notice
    yield notice.id
    number = _plain_number(notice)
    if number and number != _plain_number(by_id[notice.id].notice):
        sign = number.partition("|")[0]
        yield f"{notice.id}-{_in_latin(''.join(lazy_pinyin(sign, style=Style.NORMAL)))}"
        yield f"{notice.id}-{_in_latin(''.join(lazy_pinyin(sign, style=Style.TONE3)))}"
    initials = _in_latin("".join(lazy_pinyin(_plain_title(notice), style=Style.FIRST_LETTER)))[:_LONGEST_INITIALS]
    yield f"{notice.id}-{initials or 'notice'}"
    digest = hashlib.sha256(_UNSEEN.sub("", claim.text).encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"{notice.id}-{digest[:length]}" for length in range(6, len(digest) + 1))


def _in_latin(text: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", text.lower()).strip("-")
