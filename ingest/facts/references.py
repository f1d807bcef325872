"""Reads which other documents a notice names, and what it does with them: follow, repeal, amend, pass on."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.notice import Notice, Provision, Reference, Relation
from ingest.facts.tight import tighten
from ingest.parsing.view import View

NUMBER = (
    r"(?:[\u4e00-\u9fff]{1,16}(?:（[\u4e00-\u9fff]{1,6}）)?[\u4e00-\u9fff]{0,4}[〔（【]\s?(?:19|20)\d{2}年?\s?[〕）】]\s?第?\s?\d{1,5}\s?号"
    r"|[\u4e00-\u9fff]{1,12}(?:令|公告)(?:（?(?:19|20)\d{2}年）?)?第?\s?[\d一二三四五六七八九十百〇○零]{1,6}\s?号"
    r"|(?:19|20)\d{2}年?第\s?\d{1,5}\s?号)"
)
_TITLE = r"《(?P<title>[^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,60})?)》"
_BRACKET = r"(?:（(?P<bracket>[^（）《》]{2,60}(?:（[^（）《》]{1,20}）[^（）《》]{0,40})?)）)?"
_NAMED = re.compile(_TITLE + _BRACKET)
_NUMBER = re.compile(NUMBER)
# A number begins after the words that cite it: 按照财教〔2020〕3号执行.
_CITING = re.compile(
    "^.*(?:根据|按照|依据|依照|落实|贯彻|执行|遵照|参照|原|以及|及|和|与|的|通知|意见|措施|办法|方案|规定|细则|决定|公告|废止|修改|修订|印发|转发)"
)
# A number alone is a document only where something is said of it; else it is a line of the front.
_CITED_BEFORE = re.compile(
    "(?:根据|按照|依据|依照|落实|贯彻|遵照|参照|执行|废止|修改|修订|原|和|及|与|、|见)[^，。；]{0,12}$"
)
_CITED_AFTER = re.compile("^[^，。；]{0,12}(?:废止|停止|失效|规定|执行|文件|要求|精神|修改|修订|通知|中)")
_JOINT = re.compile(r"(?:（[^（）]{0,60}）|等(?:文件|规定)?|、|，|；|和|及|以及|与|并|\s){0,8}")
_BASIS = re.compile("(?:根据|依据|依照|按照|落实|遵照)(?P<issuers>[^《》。；]{0,80})$")
_ISSUERS = re.compile("(?:[^，。；、]{0,20}、){0,8}[^，。；]{0,30}(?:部|委|院|厅|局|办|会|政府|中央)[^，。；、]{0,12}$")
_MAKES = re.compile("制[定订]|提出|出台|印发|发布|现(?:将|就)|结合|特(?:此)?")
_REPEALED_AFTER = re.compile(
    r"^(?:[^。；《》，]{0,24}，)?[^。；《》，]{0,24}?(?<!不)(?:废止|停止(?:执行|施行|实施)|失效|不再(?:执行|施行|有效|适用)|终止执行)"
)
_REPEALED_BEFORE = re.compile("(?:废止|停止(?:执行|施行|实施)|替代|代替|取代)[^。；《》，]{0,16}$")
_AMENDED_AFTER = re.compile(
    r"^(?:（[^（）]{0,60}）)?[^。；《》，]{0,12}(?:(?:作|做)(?:出)?(?:如下|以下|部分)?(?:修改|修订)|(?:进行(?:了)?|予以|组织)(?:修改|修订|修正)|(?:修改|修订|修正)(?:为|如下))"
)
_AMENDED_BEFORE = re.compile("(?<!新)(?:修改|修订|修正|调整)(?:了|后的?)?(?:[^。；《》，]{0,4})$")
_ANNEXED_BEFORE = re.compile(
    r"(?:现将|制[定订]了?|附件[一二三四五六七八九十\d]{0,3}[：:.、]?\s?|附[：:]?\s?|(?:^|现)(?:印发|转发|发布|公布))(?:修[订改]后的)?$"
)
_ANNEXED_AFTER = re.compile(
    "^(?:（[^（）]{0,60}）)?[^。；《》]{0,10}(?:现(?:予以?|随文)?(?:印发|转发|发布|公布|下发)|(?:印发|转发|下发)给你们|予以?(?:印发|公布|发布))"
)
_NEAR = 120
_SHORT_FOR = re.compile("(?:以下|下)?(?:简称|称|统称)(?:为)?[“]?$")


@dataclass(frozen=True, slots=True)
class _Named:
    """A document as it is named in a text; `end` is behind the bracket that holds its number."""

    title: str
    number: str | None
    begin: int
    end: int


def read_references(notice: Notice, view: View) -> tuple[Reference, ...]:
    """Other documents in the order they are first named, once each; the most telling relation wins."""
    own_number = _plain(notice.number_text)
    found: dict[str, Reference] = {}
    shorts: set[str] = set()
    for source in _sources(notice, view):
        for reference in _read(source, shorts):
            if reference.title == reference.number and _plain(reference.title) == own_number:
                continue
            if (kept := _own(reference, notice)) is not None:
                _add(found, kept)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Source:
    """A sentence or heading that may name documents; `opens` are the words that open its list."""

    words: View
    opens: str = ""
    is_preamble: bool = False
    may_found: bool = False


def _sources(notice: Notice, view: View) -> Iterator[_Source]:
    by_id = {p.id: p for p in notice.provisions()}
    preamble = {p.id for p in notice.preamble}
    first = next((m for m in notice.measures()), None)
    opening = {p.id for p in first.provisions} if first else set()
    yield _Source(view.within(notice.title_at.start, notice.title_at.end))
    for provision in notice.provisions():
        if "《" not in provision.text and "号" not in provision.text:
            continue
        lead_in = by_id.get(provision.lead_in)
        yield _Source(
            view.within(provision.start, provision.end),
            _words_of(view, lead_in) if lead_in else "",
            provision.id in preamble,
            provision.id in opening,
        )


def _words_of(view: View, provision: Provision) -> str:
    return tighten(view.within(provision.start, provision.end)).text


def _read(source: _Source, shorts: set[str]) -> Iterator[Reference]:
    words = tighten(source.words)
    named = _find_named(words)
    for run in _runs(words.text, named):
        before = words.text[max(0, run[0].begin - _NEAR) : run[0].begin]
        after = words.text[run[-1].end : run[-1].end + _NEAR]
        basis = _BASIS.search(before)
        relation = _relate(source, before, after)
        issuers = _ISSUERS.search(basis["issuers"]) if basis else None
        for one in run:
            if _SHORT_FOR.search(words.text[max(0, one.begin - _NEAR) : one.begin]):
                shorts.add(one.title)
            if one.title in shorts:
                continue
            is_basis = basis is not None and source.is_preamble
            place = words.phrase(one.begin, one.end)
            yield Reference(one.title, one.number, issuers.group() if issuers else None, is_basis, place, relation)


def _find_named(words: View) -> list[_Named]:
    text = words.text
    found: list[_Named] = []
    for match in _NAMED.finditer(text):
        inside = _NUMBER.search(text, *match.span("bracket")) if match["bracket"] else None
        number = _print(words, *inside.span()) if inside else None
        end = match.end() if inside else match.end("title") + 1
        found.append(_Named(_print(words, *match.span("title")), number, match.start(), end))
    for match in _NUMBER.finditer(_NAMED.sub(lambda m: "《" * len(m.group()), text)):
        bracket = match.group().find("〔")
        citing = _CITING.match(match.group()[: max(bracket, 0)])
        begin = match.start() + (citing.end() if citing else 0)
        before, after = text[max(0, begin - 24) : begin], text[match.end() : match.end() + 24]
        is_cited = _CITED_BEFORE.search(before) or _CITED_AFTER.match(after)
        if is_cited and text.find("〔", begin, match.end()) > begin and not _stands_in_bracket(text, begin):
            title = _print(words, begin, match.end())
            found.append(_Named(title, title, begin, match.end()))
    return sorted(found, key=lambda n: n.begin)


def _print(words: View, begin: int, end: int) -> str:
    """As printed, without white space."""
    return re.sub(r"\s", "", words.phrase(begin, end).text)


def _stands_in_bracket(text: str, begin: int) -> bool:
    """Such as the number of another document in a bracket that says more: it belongs to the words before it."""
    return text.rfind("（", max(0, begin - 60), begin) > text.rfind("）", max(0, begin - 60), begin)


def _runs(text: str, named: list[_Named]) -> Iterator[list[_Named]]:
    """Documents in a row (《甲》《乙》和《丙》) share what is said of them."""
    run: list[_Named] = []
    for one in named:
        if run and not _JOINT.fullmatch(text, run[-1].end, one.begin):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _relate(source: _Source, before: str, after: str) -> Relation:
    if _REPEALED_AFTER.search(after) or _REPEALED_BEFORE.search(before) or _REPEALED_BEFORE.search(source.opens[:-1]):
        return Relation.REPEALED
    if _AMENDED_AFTER.search(after) or _AMENDED_BEFORE.search(before):
        return Relation.AMENDED
    if _ANNEXED_AFTER.search(after) or _ANNEXED_BEFORE.search(before):
        return Relation.ANNEXED
    is_founded = source.is_preamble or (source.may_found and _MAKES.search(after) is not None)
    return Relation.BASIS if is_founded and _BASIS.search(before) else Relation.NAMED


def _own(reference: Reference, notice: Notice) -> Reference | None:
    """None for the notice itself or a part of its title."""
    title, named = _plain(notice.title), _plain(reference.title)
    if reference.relation in {Relation.REPEALED, Relation.AMENDED}:
        return reference
    return None if named in title or title in named else reference


def _add(found: dict[str, Reference], new: Reference) -> None:
    """A document named again says more only by its number or by what is done with it."""
    key = _plain(new.title)
    old = found.get(key)
    if old is None:
        found[key] = new
        return
    relation = new.relation if old.relation is Relation.NAMED else old.relation
    found[key] = replace(old, number=old.number or new.number, relation=relation)


def _plain(text: str) -> str:
    """Without white space, brackets and 第, which are printed in many ways."""
    return re.sub(r"[\s〔〕﹝﹞（）()\[\]［］【】〈〉第]", "", unicodedata.normalize("NFKC", text))


def same_number(one: str, other: str) -> bool:
    """鲁科字〔2025〕128号, whatever its brackets."""
    return bool(one) and _plain(one) == _plain(other)
