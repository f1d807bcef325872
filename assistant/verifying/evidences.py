"""What a free statement may rest on: the clauses of a sentence with what stands over them, and lines that were verified."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.composing.draft import DraftPart, Source
from assistant.composing.wording import name_label
from assistant.evidence.attributes import denials_in
from assistant.evidence.items import ItemMatch
from assistant.verifying.plain_words import words_of
from corpus.language.amounts import read_amounts
from corpus.language.numerals import write_chinese
from corpus.notice import Item, Measure, Support
from corpus.store import Corpus

ABSENT = re.compile(
    "(?:没有?|未)(?:直接|具体|明确|另外|单独|再|细)?(?:写|说|提|印|列|规定|作出规定|载|标|给出|公布|交代|交待|明确|展开)|未明确|不明确|找不到|查不到|看不到|无(?:具体|相关|明确)?(?:规定|说明)"
)
"""That something is not written."""

_A_WORD = 2

_HEAD = re.compile("的(?!话)")
_ENDS_OF_LIST = re.compile("[、和与及]|以及")
_VAGUE = ("相关", "有关")
_MOST = 0.6
_ASKS = re.compile(
    "(?:咨询|询问|请教|去?问(?:问|一问|清楚?|起)?|联系|找|打听)[^，]{0,6}[◇它]|(?:向|从|跟|和|到|找|带着?[^，]{0,20}[去找])[^，]{0,2}[◇它][^，]{0,14}(?:咨询|询问|请教|问|打听|了解|核实|核对|确认)|(?:咨询|请教|去问|可问|可以问|问问)(?:这|上述|责任|有关|相关|哪)[^，]{0,6}(?:部门|家|单位)"
)
_UNSURE = re.compile("不(?:清楚|明白|确定|放心)|拿不准|算不算|能不能|是不是|行不行|有没有|够不够|合不合")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a statement may rest on: `own` is what it says, `around` what stands over it and who is responsible.

    An item has one source; a verified line has its `part` with all that it rests on.
    """

    own: str
    around: str
    sources: tuple[Source, ...]
    part: DraftPart | None = None


def of_item(source: Source) -> Evidence:
    """A clause of a sentence, or a sentence without clauses, or a bracket with departments."""
    item, place = source.item, source.place
    own = item.text if item else source.phrase.text
    taken = [p.text for s in item.supports for p in (s.who, s.act, s.condition) if p] if item else []
    cells = [f"{c.head} {c.phrase.text}" for c in place.provision.cells] if place.provision else []
    return Evidence("\n".join((own, *taken, *cells)), _around(source), (source,))


def _around(source: Source) -> str:
    """Labels, titles and departments, as they may be named."""
    place = source.place
    measure, chapter = place.measure, place.chapter
    words = [ItemMatch(place, source.item, 0.0).headings if source.item else "", place.notice.title]
    words += [f"{label_measure(measure)} {measure.title}"] if measure else []
    if chapter:
        number = write_chinese(chapter.number)
        words.append(f"{chapter.label}{chapter.title} 第{number}部分 第{number}章")
    words += [f"{'、'.join(r.departments)}{r.role_text}" for r in place.responsibilities]
    return "\n".join((*words, place.notice.number_text))


def label_measure(measure: Measure) -> str:
    """第（九）条, 第九条, 第9条: as people write it."""
    named = name_label(measure)
    return f"{measure.label} {named} 第{measure.number}条 第{write_chinese(measure.number)}条"


def of_part(part: DraftPart, asked: str, words: str) -> Iterator[Evidence]:
    """Each sentence of a verified line, in the words it answers (`words` may stand too); then the items it rests on."""
    for sentence in (p for s in re.split(r"[。；;]|\.(?=\s|$)", part.text) for p in _apart(s) if p.strip()):
        yield Evidence(sentence, f"{asked}\n{words}" if ABSENT.search(sentence) else words, part.sources, part)
    for source in part.sources:
        yield of_item(source)


def _apart(sentence: str) -> tuple[str, ...]:
    """What is not written, and behind it what is: 通知没有写给个人，写的是：高校院所."""
    found = list(ABSENT.finditer(sentence))
    end = re.search("[，,：:]", sentence[found[-1].end() :]) if found else None
    if not found or end is None or (end.start() < _A_WORD and end.group() in "：:"):
        return (sentence,)
    at = found[-1].end() + end.start()
    return (sentence[:at], sentence[at + 1 :])


def says_whom_to_ask(statement: str, corpus: Corpus) -> bool:
    """It names a department to be asked, and no sum."""
    marked = _UNSURE.sub("", statement)
    for mention in sorted(corpus.departments.find(marked), key=lambda m: -len(m.text)):
        marked = marked.replace(mention.text, "◇")
    return bool(_ASKS.search(marked)) and not denials_in(marked) and not read_amounts(statement)


def check_recipients(statement: str, sources: Iterable[Source], corpus: Corpus) -> str | None:
    """Every sum goes with whom and what it is printed for."""
    supports = [(s, source.item) for source in sources if source.item for s in source.item.supports]
    for amount in read_amounts(statement):
        given = [(s, item) for s, item in supports if s.amount and s.amount.equals(amount)]
        if given and not any(names_recipient(statement, s, item, corpus) for s, item in given):
            return f"{amount.text} 没有说给谁、为了什么"
    return None


def names_recipient(statement: str, support: Support, item: Item, corpus: Corpus) -> bool:
    """One of those it is for by their whole name, and what they do for it where that is printed apart.

    Where the clause itself only prints what they do, most of that is enough.
    """
    who, act = support.who.text if support.who else support.beneficiary, support.act.text if support.act else ""
    words = [w for w in corpus.cutter.cut(act) if len(w) >= _A_WORD and w not in words_of("function")]
    told = [w for w in words if w in statement]
    heads = [_trim_vague(_HEAD.split(name)[-1].removesuffix("等")) for name in _ENDS_OF_LIST.split(who)]
    if not any(h and h in statement for h in heads):
        return who not in item.text and bool(words) and len(told) >= _MOST * len(words)
    return not act or act in who or not words or bool(told)


def _trim_vague(name: str) -> str:
    for word in _VAGUE:
        name = name.removeprefix(word)
    return name
