"""Holds a free English sentence against what it names: an English line that was verified, or who is responsible."""

import re

from assistant.answer import PartKind
from assistant.composing.draft import DraftPart, Source
from assistant.verifying.english import check_english
from assistant.verifying.evidences import Evidence, check_recipients
from assistant.verifying.figures import periods_of
from assistant.verifying.plain_words import words_of
from assistant.verifying.statements import check_statement
from corpus.language.amounts import read_amounts
from corpus.store import Corpus

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff（）()“”、\d]*")
_DENIES = re.compile(r"\b(?:not|no|never|neither|nor|without|except|n't)\b", re.IGNORECASE)
_YES = re.compile(r"^(?:yes|no)\b", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:leads?|leading|takes the lead)\b", re.IGNORECASE)
_TO_ASKER = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:ask|contact|check with|consult|confirm with)\b", re.IGNORECASE)
ABSENT = re.compile(
    r"\b(?:do(?:es)? not|is not|are not|not) (?:state|say|mention|explain|give|name|print|define|set|said|stated|mentioned|explained|given|named|printed|defined)\w*",
    re.IGNORECASE,
)


def is_english(statement: str) -> bool:
    return statement.lstrip(" “\"'(")[:1].isascii() and bool(_WORD.search(statement))


def check_english_sentence(statement: str, evidence: Evidence, corpus: Corpus) -> str | None:
    """Its words are those of the line, of the departments, or plain; its figures, denials and Chinese words are there too."""
    sources, around = evidence.sources, evidence.around
    own = evidence.own if evidence.part else ""
    bodies = {d for s in sources for r in s.place.responsibilities for d in r.departments}
    names = " ".join(corpus.departments.english_name(d) for d in bodies)
    is_asking = bool(_ASKS.search(statement))
    allowed = words_of("english") | (words_of("english_consulting") if is_asking else frozenset())
    known = {w.casefold() for w in _WORD.findall(f"{own} {around} {names}")} | allowed
    strange = next(
        (w for w in _WORD.findall(_without_amounts(statement)) if _stem(w) not in known | set(map(_stem, known))), None
    )
    if strange is not None:
        return f"“{strange}”不在所引的说法里"
    return (
        _check_chinese(statement, f"{own}{around}", sources)
        or _check_claims(statement, evidence, is_asking)
        or _check_sums(statement, own)
        or check_recipients(statement, () if own else sources, corpus)
    )


def _check_chinese(statement: str, printed: str, sources: tuple[Source, ...]) -> str | None:
    whole = printed + "".join(s.phrase.text + (s.place.measure.title if s.place.measure else "") for s in sources)
    whole += "".join(f"{'、'.join(r.departments)}{r.role_text}" for s in sources for r in s.place.responsibilities)
    whole = re.sub("[“”（）()\\s]", "", whole)
    for match in _CHINESE.finditer(statement):
        said = re.sub("[“”（）()\\s]", "", match.group())
        if said not in whole and not all(piece in whole for piece in said.split("、")):
            return f"“{match.group()}”不是所引的原文"
    return None


def _check_claims(statement: str, evidence: Evidence, is_asking: bool) -> str | None:
    own, around = evidence.own if evidence.part else "", evidence.around
    if _YES.match(statement) and not own.startswith(statement.split()[0].strip(",.:")):
        return "没有结论这样说是或不是"
    if bool(ABSENT.search(statement)) != bool(ABSENT.search(own)) and not is_asking:
        return "写没写明与结论不同"
    if len(_DENIES.findall(statement)) % 2 != len(_DENIES.findall(own)) % 2 and not is_asking:
        return "与结论的肯定否定不同"
    if periods_of(statement) - periods_of(own) and not is_asking:
        return "一次性还是每年与结论不同"
    if _LEADS.search(statement) and not _LEADS.search(own) and "牵头" not in f"{own}{around}":
        return "没有结论说由谁牵头"
    if _TO_ASKER.search(statement) and not _TO_ASKER.search(own) and not is_asking:
        return "没有依据说提问的人如何"
    return None


def _check_sums(statement: str, own: str) -> str | None:
    sums = read_amounts(own)
    strange = next(
        (a for a in read_amounts(statement) if not any(a.equals(b) and a.bound is b.bound for b in sums)), None
    )
    return f"{strange.text} 不在结论里" if strange else None


def _stem(word: str) -> str:
    """Plural and third person fall together."""
    low = word.casefold().rstrip("'’")
    return low[:-1] if low.endswith("s") and not low.endswith("ss") and len(low) > 3 else low


def _without_amounts(text: str) -> str:
    for amount in reversed(read_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


def check_item_in_english(statement: str, source: Source, corpus: Corpus) -> str | None:
    """A line in the glossary's own words, held as the quoting composer's are."""
    part = DraftPart(PartKind.DIRECT, statement, (source,))
    return check_english(part, statement) or check_statement(part, corpus)
