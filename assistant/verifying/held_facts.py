"""The facts of a free statement against one clause or one verified line: sums, whom for, who, roles, yes or no."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Source, responsibility_sources
from assistant.evidence.attributes import denials_at, denials_in, levels_of, recipients_of
from assistant.evidence.claims import compare
from assistant.evidence.difference import Aspect, Claim, Difference
from assistant.evidence.items import ItemMatch
from assistant.naming.numbers import find_number_references
from assistant.verifying.evidences import Evidence, check_recipients, names_recipient, says_whom_to_ask
from assistant.verifying.figures import check_figures
from assistant.verifying.plain_words import stand_for, words_of
from assistant.verifying.statements import check_statement
from corpus.language.amounts import read_amounts
from corpus.language.numerals import in_digits
from corpus.notice import Item, Role
from corpus.store import Corpus

DENIAL_FIRST = re.compile("^(?:不是|不对|没有|不能|并非)[^，,：:。]*[，,：:。]?")
_CLAUSES = re.compile("[，,：:]")
_EITHER = re.compile("或者?")
_BOTH = re.compile("且|和|与|及|同时")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_PERIOD = re.compile(
    r"(\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)[^，。；\d]{0,2}(?:至|到|—+|―+|-)(\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
)
_LEVEL = re.compile("国家级|部级|省级|市级|县级|区级")
_PER = re.compile("每[家个人户名项次月年亩件台套例处座村](?:每[年月])?")
_DUTY = re.compile("必须|应当|应(?![用对届该])|务必|须")
_MAY = re.compile("可以?|允许|能")
_MOST_OF_ALL = re.compile("最[\u4e00-\u9fff]")
_TITLED = re.compile("(?P<label>第[^，。：条]{1,8})条(?:是|叫|为)?“?(?P<title>[\u4e00-\u9fff]{4,24})(?=”|[；。，、]|$)")
_SO_MANY_OF = re.compile(r"(?:全文)?(\d+)条中([^\d条]{0,16})(\d+)条")
_ACTS = re.compile(
    "(?:负责)?(?:来|直接|统一)?(?:给|发|拨|支付|提供|实施|审批|审核|受理|认定|评审|组织|公布|办理|奖|补)"
)
_CLAUSES_OF_ITEM = re.compile("[，；：]")
_FORBIDS = re.compile("不得|不予|不可|不能|不再|不准|不许|禁止|严禁|免于|无需|不需|不(?=[\u4e00-\u9fff])")
_DENIES = re.compile("不|没|未|无|禁|免|非")
_ALONE = re.compile("只|仅|单独|独家|唯一")
_LEAD = re.compile(
    "^(?:通知|原文|文件|办法|意见)?(?:第[^，。：]{1,8}条(?:之[一二三四五六七八九十])?)?(?:中|里)?(?:写明|规定|明确|提出|写的是|说的是|写着)[，,：:]?"
)
_TOTAL = re.compile("相加|合计|加起来|总共|一共|总额")
_QUOTES = re.compile('[“”‘’"]')
_LEADS = re.compile("牵头|领头")
_HELPS = re.compile("分工|配合|参与|协助|协同")
_GETS = re.compile("拿|领|获|得到|享受")
_TAKES = re.compile("拿|领[取到]|得到|享受")
_SUBJECT = re.compile(
    "(?:对于?|向)?(?P<who>[\u4e00-\u9fff]{2,20}(?:单位|机构|企业|公司|人员|人|户|者|院校|学校|高校))，"
)
_LATIN = re.compile("[a-z0-9]", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ENDS_OF_LIST = re.compile("[、和与及]|以及")
_THIS = frozenset(("这项", "这笔", "这个", "该", "此", "该项", "此项", "那笔", "上述"))
"""Money that was spoken of before."""

_A_WORD = 2
_AROUND_DENIAL = 2
_OF_LEVEL = 3
_NEAR = 8


def check_line(statement: str, evidence: Evidence, corpus: Corpus) -> str | None:
    """The figures of a verified line in its order, as many denials, its measures and departments."""
    own, around, part = evidence.own, evidence.around, evidence.part
    denial = DENIAL_FIRST.match(own) if part and part.claim is ClaimKind.DENIED else None
    if denial and denials_in(statement) and denial.group().strip("，,：:。") not in statement:
        return "否定的说法与结论不符"
    opening = DENIAL_FIRST.match(own) if part and part.kind is PartKind.CORRECTION else None
    if opening and not DENIAL_FIRST.match(statement):
        # 不是：支持…… told without its 不是 denies nothing, and nothing that is denied is told.
        own = own[opening.end() :]
    if denials_in(statement) % 2 != denials_in(own) % 2:
        return "与结论的肯定否定不同"
    if levels_of(statement) - levels_of(f"{own}{around}"):
        return "级别不在结论里"
    return (
        _check_subject(statement, own)
        or _check_numbers(statement, own)
        or _check_said_roles(statement, own)
        or _check_choice(statement, own, corpus)
        or _check_names(statement, own, around, corpus)
        or _check_dates(statement, own)
        or _check_levels(statement, own)
        or _check_duty(statement, own)
        or _check_acting(statement, own, corpus)
        or _check_given(statement, [s.item for s in evidence.sources if s.item])
        or check_recipients(statement, evidence.sources, corpus)
    )


def _check_subject(statement: str, own: str) -> str | None:
    """Whom the line speaks of is not left out for somebody whom it does not name: 事业单位 for 企业."""
    subject = _SUBJECT.match(statement)
    lost = recipients_of(own)["kind"] - recipients_of(statement)["kind"]
    is_other = subject is not None and subject["who"] not in own
    return f"“{subject['who']}”不是结论里的对象" if subject and is_other and lost else None


def _check_said_roles(statement: str, own: str) -> str | None:
    """Leading and helping are said where the line says so."""
    for role in (_LEADS, _HELPS):
        if (said := role.search(statement)) and not role.search(own):
            return f"“{said.group()}”不在结论里"
    return None


def _check_numbers(statement: str, own: str) -> str | None:
    """Sums as they are bound there, a total called one, other figures in the same order, and measures that are named."""
    sums = read_amounts(own)
    for amount in read_amounts(statement):
        if not any(amount.equals(a) and amount.bound is a.bound for a in sums):
            return f"{amount.text} 不在结论里"
        if _TOTAL.search(own) and amount.equals(sums[0]) and not _TOTAL.search(statement):
            return f"{amount.text} 是相加得出的"
    rest = iter(_FIGURE.findall(_part_first(own)))
    strange = next((n for n in _FIGURE.findall(_part_first(statement)) if n not in rest), None)
    return f"{strange} 不在结论里，或次序不同" if strange is not None else None


def _part_first(text: str) -> str:
    """全文16条中有5条 as 5条全文16条, so that two ways of saying it compare."""
    return _SO_MANY_OF.sub(r"\2\3条全文\1条", in_digits(text))


def _check_names(statement: str, own: str, around: str, corpus: Corpus) -> str | None:
    """Departments and numbers of measures that the line names."""
    for reference in find_number_references(statement):
        if reference.text not in own and reference.text not in around:
            return f"{reference.text} 不是结论里的条款"
    for match in _TITLED.finditer(statement):
        lines = (line for line in around.splitlines() if f"{match['label']}条" in line)
        if match["title"] not in own and not any(match["title"] in line for line in lines):
            return f"“{match['title']}”不是{match['label']}条"
    named = (m.text for m in corpus.departments.find(statement))
    strange = next((n for n in named if n not in own and n not in around), None)
    return f"{strange} 不在结论里" if strange else None


def check_item(statement: str, evidence: Evidence, corpus: Corpus) -> str | None:
    """Figures with their qualifiers and recipients, departments with their roles, and every aspect that may differ."""
    source = evidence.sources[0]
    is_asking = says_whom_to_ask(statement, corpus)
    part = DraftPart(PartKind.DIRECT, statement, (source, *responsibility_sources(source.place)))
    if (reason := check_statement(part, corpus, is_member=is_asking)) is not None:
        return reason
    if (reason := _check_each_role(statement, source) or _check_place(statement, source)) is not None:
        return reason
    item = source.item
    if item is None:
        return check_figures(statement, (source,), corpus.lexicon)
    if _is_of_heading(statement, evidence.around, corpus):
        return None
    reason = None if _is_verbatim(statement, item.text) else _check_claims(statement, source, item, corpus)
    return reason or _check_acting(statement, item.text, corpus) or check_recipients(statement, (source,), corpus)


def _check_place(statement: str, source: Source) -> str | None:
    """第（九）条 is the measure it stands in, or one that it prints."""
    measure = source.place.measure
    for reference in find_number_references(statement):
        is_own = measure is not None and reference.number == measure.number and not reference.is_chapter
        if not is_own and not reference.is_chapter and reference.text not in source.phrase.text:
            return f"{reference.text} 不是这一句所在的条"
    return None


def _is_verbatim(statement: str, own: str) -> bool:
    """Whole clauses of the item, behind 第（九）条写明."""
    said, printed = "".join(_LEAD.sub("", statement).split()), "".join(own.split())
    at = printed.find(said) if said else -1
    ends = {"", *"，,；;。：:、（）"}
    return at >= 0 and printed[max(0, at - 1) : at] in ends and printed[at + len(said) : at + len(said) + 1] in ends


def _check_claims(statement: str, source: Source, item: Item, corpus: Corpus) -> str | None:
    own = item.text
    return (
        None
        if says_whom_to_ask(statement, corpus)
        else (
            _check_subject(statement, own)
            or _check_aspects(statement, source, item, corpus)
            or _check_choice(statement, own, corpus)
            or _check_dates(statement, own)
            or _check_superlatives(statement, own)
            or _check_levels(statement, own)
            or _check_per(statement, own)
            or _check_duty(statement, own)
            or _check_denials(statement, own)
            or _check_money(statement, item, corpus)
            or _check_given(statement, [item])
        )
    )


def _check_aspects(statement: str, source: Source, item: Item, corpus: Corpus) -> str | None:
    """Nothing the item prints otherwise; names of departments are no recipients and no levels."""
    said = _LEAD.sub("", statement)
    for mention in corpus.departments.find(statement):
        said = said.replace(mention.text, " ")
    words = (w for w in corpus.cutter.cut(said) if len(w) >= _A_WORD and not _LATIN.search(w))
    claim = Claim(said, "said", tuple(read_amounts(said)), tuple(w for w in words if w in item.text))
    found = compare(claim, source.place, item, ItemMatch(source.place, item, 0.0).headings)
    strange = next((d for d in found if d.said not in item.text and not _is_printed_denial(d, said, item)), None)
    return f"“{strange.said}”不是所引的说法" if strange else None


def _is_printed_denial(difference: Difference, statement: str, item: Item) -> bool:
    """Every denial of the statement is printed with the words behind it."""
    spans = denials_at(statement)
    of_denial = difference.aspect in {Aspect.POLARITY, Aspect.SCOPE} and difference.said == statement
    return of_denial and bool(spans) and all(statement[a : b + _AROUND_DENIAL] in item.text for a, b in spans)


def _check_each_role(statement: str, source: Source) -> str | None:
    """Who leads and who helps, department by department."""
    roles: dict[str, set[Role]] = {}
    for responsibility in source.place.responsibilities:
        for name in responsibility.departments:
            roles.setdefault(name, set()).add(responsibility.role)
    for piece in _role_pieces(statement):
        leads, helps = bool(_LEADS.search(piece)), bool(_HELPS.search(piece))
        for name in (d for d in roles if d in piece and leads is not helps):
            if (Role.LEAD not in roles[name]) if leads else (roles[name] == {Role.LEAD}):
                return f"{name} 的分工不是这样"
    if _ALONE.search(statement) and 0 < sum(name in statement for name in roles) < len(roles):
        return "不是只由这些部门负责"
    return None


def _role_pieces(statement: str) -> Iterator[str]:
    """Stretches that give one role."""
    for piece in _CLAUSES.split(statement):
        yield from _ENDS_OF_LIST.split(piece) if _LEADS.search(piece) and _HELPS.search(piece) else (piece,)


def _is_of_heading(statement: str, around: str, corpus: Corpus) -> bool:
    """It tells only where the item stands and who is responsible for it."""
    words = [w for w in corpus.cutter.cut(statement) if len(w) >= _A_WORD and w not in words_of("function")]
    return bool(words) and all(w in around for w in words) and not read_amounts(statement)


def _check_choice(statement: str, own: str, corpus: Corpus) -> str | None:
    """Either of two is not both, and both are not either."""
    for match in _EITHER.finditer(own):
        one, other = corpus.cutter.cut(own[: match.start()])[-1:], corpus.cutter.cut(own[match.end() :])[:1]
        between = _between(statement, one[0], other[0]) if one and other else ""
        if _BOTH.search(between):
            return f"原文是“{one[0]}或{other[0]}”"
    if _EITHER.search(statement) and not re.search("或|、|任一|之一|等", own):
        return "原文没有说任选其一"
    return None


def _between(text: str, one: str, other: str) -> str:
    end = text.find(other)
    start = text.rfind(one, 0, max(end, 0))
    return text[start + len(one) : end] if 0 <= start < end else ""


def _check_superlatives(statement: str, own: str) -> str | None:
    """最高 of anything but a sum stands as it is printed."""
    for match in _MOST_OF_ALL.finditer(statement):
        near = statement[match.start() : match.end() + _NEAR + 6]
        if not read_amounts(near) and statement[match.start() : match.end() + _A_WORD] not in own:
            return f"“{near[: _A_WORD + 2]}”不是所引的说法"
    return None


def _check_dates(statement: str, own: str) -> str | None:
    """Each date whole, and the ends of a period in their order."""
    tight = "".join(own.split())
    for match in _DATE.finditer("".join(statement.split())):
        if match.group() not in tight:
            return f"{match.group()} 不是所引的日期"
    for match in _PERIOD.finditer("".join(statement.split())):
        if not 0 <= tight.find(match[1]) < tight.rfind(match[2]):
            return f"{match.group()} 不是所引的期限"
    return None


def _check_levels(statement: str, own: str) -> str | None:
    """省级概念验证中心 is not any 概念验证中心."""
    for match in _LEVEL.finditer(own):
        thing = own[match.end() : match.end() + _OF_LEVEL]
        if len(thing) == _OF_LEVEL and own.count(thing) == 1 and thing in statement and match.group() not in statement:
            return f"少了“{match.group()}”"
    return None


def _check_per(statement: str, own: str) -> str | None:
    """每月1000元 and 每家最高200万元 keep what they are counted by."""
    for amount in read_amounts(statement):
        for match in _PER.finditer(own):
            behind = own[match.end() : match.end() + _NEAR + len(amount.text)]
            if amount.text in behind and match.group() not in statement and own.count(amount.text) == 1:
                return f"{amount.text} 少了“{match.group()}”"
    return None


def _check_duty(statement: str, own: str) -> str | None:
    """A duty is said where the item says one, and no leave in its place; clause is held against the likest clause."""
    printed = [c for c in _CLAUSES_OF_ITEM.split(own) if c]
    for clause in _CLAUSES.split(statement):
        likest = max(printed, key=lambda c: _alike(clause, c), default="")
        says, prints = _DUTY.search(clause), _DUTY.search(likest)
        if says and not re.search("应|须|必|要|不得", likest):
            return f"原文没有说“{says.group()}”"
        if prints and not says and _MAY.search(clause) and not _MAY.search(likest):
            return f"原文是“{prints.group()}”"
    return None


def _alike(one: str, other: str) -> int:
    return sum(one[i : i + 2] in other for i in range(len(one) - 1))


def _check_denials(statement: str, own: str) -> str | None:
    """What the item denies or forbids is denied here."""
    for match, done, before in _told_behind(_FORBIDS.finditer(own), statement, own):
        if not _DENIES.search(before):
            return f"原文是“{match.group()}{done}”"
    return None


def _check_acting(statement: str, own: str, corpus: Corpus) -> str | None:
    """A department that pays, decides or receives is printed as doing so; being responsible says less."""
    for mention in corpus.departments.find(statement):
        behind = statement[mention.start + len(mention.text) :]
        if mention.text not in own and _ACTS.match(behind):
            return f"{mention.text}：原文没有说由它来做"
    return None


def _told_behind(
    matches: Iterable[re.Match[str]], statement: str, own: str
) -> Iterator[tuple[re.Match[str], str, str]]:
    """Each match with the word behind it, where that is said too, and what the statement says before it."""
    for match in matches:
        short, long = own[match.end() : match.end() + _A_WORD], own[match.end() : match.end() + 2 * _A_WORD]
        done = short if own.count(short) == 1 else long
        if len(done) >= _A_WORD and own.count(done) == 1 and done in statement:
            yield match, done, re.split("[，,；;。]", statement.split(done)[0])[-1]


def _check_money(statement: str, item: Item, corpus: Corpus) -> str | None:
    """Who is said to get money gets it there; a compound like 保费补贴 is told as it is printed."""
    gets = bool(_GETS.search(statement))
    own, said = _QUOTES.sub("", item.text), _QUOTES.sub("", statement)
    words = corpus.cutter.cut(said)
    for before, word in zip(("", *words), words, strict=False):
        is_told = before in _THIS or (before and f"{before}{word}" in own and not gets)
        if word not in words_of("money") or is_told:
            continue
        forms = {word, *stand_for(word)}
        given = [s for s in item.supports if s.form in forms or s.form.endswith("券") or s.amount]
        if not any(names_recipient(statement, s, item, corpus) for s in given):
            return f"“{word}”：原文没有说给他们"
    return None


def _check_given(statement: str, items: Sequence[Item]) -> str | None:
    """Nobody is said to get a share or a sum that the clauses give to nobody."""
    given = [s.amount for item in items for s in item.supports if s.amount]
    for amount in read_amounts(statement) if items and _TAKES.search(statement) else ():
        if not any(amount.equals(a) for a in given):
            return f"{amount.text}：原文没有说给谁"
    return None
