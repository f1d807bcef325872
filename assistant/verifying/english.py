"""Holds an English line against the one item it cites: every word of it is ours or the gloss of printed words there."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Source
from assistant.naming.english.glossary import Glossary, glossary_of
from assistant.naming.english.inflection import does, doing
from corpus.catalogue import Place
from corpus.language.amounts import Amount, Period, read_amounts
from corpus.notice import Item, Support
from prompts import english_lines, label, label_keys, phrase_words

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_OF_NOTICE = re.compile("^《[^》]*》: ")
_FIELD = re.compile(r"\$\w+")
_WORD = re.compile(r"[A-Za-z][A-Za-z&'’-]*")
_MARKS = re.compile(r"[\s，。；：、,;:“”（）()]")
_ENDS = re.compile("[，；。：,;:]")
_MEASURE_NAMED = re.compile(r"\bArticle \d+")
_ALL_QUOTED = "In figures:"
_TERMS = ("the terms quoted here", "those named in the words quoted here")
_NO_SUM = "no sum is stated here"
_ONE_OFF = "one-off"
_EXEMPTED = "免"
_ANY_FORM = "支持"
_SHARE = re.compile(r"按(?:照)?(?P<of>.+?)的[\d.０-９]+[%％]")
_FRAMES = (
    "yes",
    "no",
    "not_that",
    "figure_not_printed",
    "figure_not_of_it",
    "other_recipient",
    "place_not_named",
    "of_another",
    "beyond_limit",
    "not_within_limit",
    "not_for",
    "asker_not_named",
    "paid_once",
    "paid_yearly",
    "whole_measure",
)
_OF_A_NO = frozenset({"no", "not", "mention"})


def check_english(part: DraftPart, text: str) -> str | None:
    """None where all that the line says in English and Chinese is printed, and no one whom a sum is for is left out."""
    source = part.sources[0]
    item = source.item
    if item is None:
        return None
    quotes, said = _split_quotes(_OF_NOTICE.sub("", text))
    printed = _tight(_printed_around(source, item))
    brackets = _BRACKETS.findall(said)
    strange = next((q for q in (*quotes, *brackets) if _CHINESE.search(q) and not _is_printed(q, printed)), None)
    if strange is not None:
        return f"“{strange}”不是所引的说法"
    said = _BRACKETS.sub(" ", said)
    return _check_words(part, said, source) or _check_whole(said, quotes, source)


def glossed_headings(sources: tuple[Source, ...]) -> Iterator[str]:
    """What the titles around the cited places, and those that they name, are in English."""
    for source in sources:
        place = source.place
        glossary = glossary_of(place.notice)
        titles = [place.notice.title, *(r.title for r in place.notice.references)]
        titles += [place.chapter.title] if place.chapter else []
        titles += [m.title for m in place.chapter.measures] if place.chapter and not place.measure else []
        titles += [place.measure.title] if place.measure else []
        yield from (said[:1].upper() + said[1:] for t in titles if t and (said := glossary.gloss(t)))


def _check_words(part: DraftPart, said: str, source: Source) -> str | None:
    """The glosses taken away, the longest first, only words of our own lines are left."""
    allowed = sorted(_glosses(source), key=len, reverse=True)
    if part.claim is ClaimKind.DENIED:
        allowed += [*part.denied, *(label("recipients", k, "en") for k in label_keys("recipients"))]
    rest = _MEASURE_NAMED.sub(" ", said)
    for gloss in allowed:
        rest = re.sub(rf"(?<![\w-]){re.escape(gloss)}(?![\w-])", " ", rest, flags=re.IGNORECASE)
    own = _own_words()
    if part.claim is not ClaimKind.AFFIRMED:
        own -= {"yes"}
    if part.claim is not ClaimKind.DENIED and part.kind is not PartKind.CORRECTION:
        own -= _OF_A_NO - ({"no"} if _NO_SUM in said else set())
    if part.claim is ClaimKind.DENIED:
        own |= {w.casefold() for d in part.denied for w in _WORD.findall(d)}
    words = (w for w in _WORD.findall(_without_amounts(rest)) if w.casefold() not in own)
    strange = next(words, None)
    return f"“{strange}”不是所引条款的说法" if strange else None


def _check_whole(said: str, quotes: list[str], source: Source) -> str | None:
    """Whoever states a sum states whom it is for, for what, on what condition, how often and in which form."""
    item = source.item
    if item is None or _ALL_QUOTED in said:
        return None
    if _NO_SUM in said and item.amounts:
        return "所引条款写了金额"
    for amount in read_amounts(said):
        given = [s for s in item.supports if s.amount and s.amount.equals(amount)]
        if not given:
            if any(amount.equals(a) for a in item.amounts):
                return f"{amount.text} 没有说给谁"
            continue
        lacking = [_lacking(s, said, quotes, source) for s in given]
        if all(lacking):
            return f"{amount.text} 少了：{lacking[0]}"
    return None


def _lacking(support: Support, said: str, quotes: list[str], source: Source) -> str:
    """The first printed fact of the support that the line leaves out, "" for none."""
    glossary = glossary_of(source.place.notice)
    tells = _Tells(said, quotes)
    who, act, condition = support.who, support.act, support.condition
    told_together = bool(
        who and act and tells.any_of(glossary.clause(who.text + act.text), glossary.noun(who.text + act.text))
    )
    inside = "".join(p.text for p in (who, act) if p)
    facts: list[tuple[str, tuple[str | None, ...]]] = []
    if who and not told_together:
        facts.append((who.text, (glossary.noun(who.text),)))
    if act and not told_together and (who is None or act.text not in who.text):
        facts.append((act.text, _ways(act.text, glossary)))
    if condition and condition.text not in inside:
        facts.append((condition.text, (glossary.after(condition.text),)))
    if support.form != _ANY_FORM and not support.form.startswith(_EXEMPTED):
        facts.append((support.form, (glossary.one(support.form),)))
    if support.amount and support.amount.per and (rate := glossary.rate(_each(support.amount))):
        facts.append((support.amount.per, (rate,)))
    if support.amount and support.amount.period is Period.ONCE:
        facts.append((_ONE_OFF, (_ONE_OFF,)))
    if support.amount and support.amount.period is Period.YEARLY:
        facts.append(("per year", ("per year",)))
    return next((chinese for chinese, ways in facts if not tells.any_of(*ways) and not tells.quotes(chinese)), "")


def _each(amount: Amount) -> str:
    per = amount.per or ""
    return per if per.startswith("每") else f"每{per}"


def _ways(text: str, glossary: Glossary) -> tuple[str | None, ...]:
    return glossary.whole(text), glossary.act(text), glossary.after(text), glossary.noun(text)


class _Tells:
    """What a line says in English, and in the words that it quotes."""

    def __init__(self, said: str, quotes: list[str]) -> None:
        self._said = said.casefold()
        self._quotes = quotes
        self._refers = any(t in said for t in _TERMS)

    def any_of(self, *ways: str | None) -> bool:
        return any(w is not None and w.casefold() in self._said for w in ways)

    def quotes(self, chinese: str) -> bool:
        """Inside the sentence, or in the words behind it that the sentence refers to."""
        inside = self._quotes if self._refers else self._quotes[:-1]
        return any(_tight(chinese) in _tight(q) for q in inside)


def _glosses(source: Source) -> Iterator[str]:
    """Everything of the item, and of the titles around it, that the glossary says in English."""
    item, glossary = source.item, glossary_of(source.place.notice)
    if item is None:
        return
    for support in item.supports:
        yield from _glosses_of_support(support, glossary)
    for piece in _ENDS.split(item.text):
        yield from filter(None, (glossary.helped(piece, does), glossary.act(piece, doing)))
    for amount in item.amounts:
        yield from filter(None, (glossary.rate(r) for r in _rates(amount, item)))
    yield from glossed_headings((source,))


def _glosses_of_support(support: Support, glossary: Glossary) -> Iterator[str]:
    phrases = [p.text for p in (support.who, support.act, support.condition) if p]
    if support.who and support.act:
        phrases.append(support.who.text + support.act.text)
    for text in phrases:
        yield from filter(None, (glossary.noun(text), glossary.clause(text), *_ways(text, glossary)))
    for words in support.qualifiers:
        share = _SHARE.fullmatch(words)
        of = glossary.noun(share["of"]) if share else None
        yield from filter(None, (glossary.after(words), glossary.rate(words), of))
    yield from filter(None, (glossary.one(support.form),))


def _rates(amount: Amount, item: Item) -> Iterator[str]:
    """每人每月 before the sum, or the part of it from each 每."""
    before = item.text[: amount.start - item.start]
    for found in re.finditer("每", before):
        stretch = _ENDS.split(before[found.start() :])[0]
        yield from (stretch[:n] for n in range(2, min(len(stretch), 12) + 1))
    if amount.per:
        yield _each(amount)


def _printed_around(source: Source, item: Item) -> str:
    """The item, with what its supports take from around it, its headings and the heads of its columns."""
    place: Place = source.place
    supports = [p.text for s in item.supports for p in (s.who, s.act, s.condition) if p is not None]
    cells = [f"{c.head} {c.phrase.text}" for c in place.provision.cells] if place.provision else []
    headings = [place.measure.title] if place.measure else []
    headings += [place.chapter.title] if place.chapter else []
    forms = [s.form for s in item.supports]
    return "\x00".join((item.text, *supports, *cells, *headings, *forms, *_joined(item), place.notice.title))


def _joined(item: Item) -> list[str]:
    return [s.who.text + s.act.text for s in item.supports if s.who and s.act]


def _is_printed(words: str, printed: str) -> bool:
    """Whole, or title by title and cell by cell."""
    pieces = (p for p in re.split("……|[：；]|《[^》]*》：|, ", words) if _CHINESE.search(p))
    return all(_tight(p) in printed for p in pieces)


def _split_quotes(text: str) -> tuple[list[str], str]:
    """The quotations, the outermost ones, and the line without them."""
    quotes: list[str] = []
    outside: list[str] = []
    depth, start = 0, 0
    for at, character in enumerate(text):
        if character == "“":
            start = start if depth else at + 1
            depth += 1
        elif character == "”" and depth:
            depth -= 1
            if not depth:
                quotes.append(text[start:at])
                outside.append(" ")
        elif not depth:
            outside.append(character)
    return quotes, "".join(outside)


def _without_amounts(text: str) -> str:
    for amount in reversed(read_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


def _tight(text: str) -> str:
    return _MARKS.sub("", text)


@cache
def _own_words() -> frozenset[str]:
    """Of the English lines, and of the sentences that open or deny."""
    lines = (*english_lines(), *(w for key in _FRAMES for w in phrase_words(key, "en")))
    return frozenset(w.casefold() for line in lines for w in _WORD.findall(_FIELD.sub(" ", line))) | {"rmb"}
