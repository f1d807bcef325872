"""Holds a free sentence of a model against what it names: every claim of it is in one item, or in one verified line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composing.draft import ClaimKind
from assistant.verifying.english_sentences import check_english_sentence, check_item_in_english, is_english
from assistant.verifying.evidences import ABSENT, Evidence, says_whom_to_ask
from assistant.verifying.held_facts import DENIAL_FIRST, check_item, check_line
from assistant.verifying.plain_words import Printed, asked_for, words_of
from corpus.language.amounts import read_amounts
from corpus.store import Corpus

_STATEMENTS = re.compile(r"[。；！？;!?\n]+|\.(?=\s|$)")
_STRANGE = re.compile(
    r"[<>{}|`*#_\\\[\]]|https?:|www\.|依据\s*\d|结论\s*\d|[\w.-]+\.(?:com|cn|net|org|gov)\b|@", re.ASCII
)
"""Markup, addresses, and words of a prompt."""

_VERDICT = re.compile("^(?:是的?|对的?|没错|可以的?|能的?|行|不是|不能|不可以|不行|不对|不)(?=[，,：:。]|$)")
_YES = re.compile("^(?:是|对|没错|可以|能|行)")
_TO_ASKER = re.compile("您|你|贵(?:公司|单位|企业|校|院)|咱们?")
_MAY = re.compile("可以?|允许|能")
_MUST = re.compile("必须|应当|应(?![用对届])|务必|不得|严禁|禁止|不予|须")
_LEAVES = re.compile("鼓励|支持|可(?!靠|行|持)|引导|允许|自愿")
_UNNAMED_BODY = re.compile("(?:相关|有关)(?:部门|单位|机构|方面)")
_BARE_LEAD = re.compile("(?:通知|原文|文件)?(?:第[^，。：]{1,8}条)?[^，。]{0,6}")
_LEAST_PIECE = 8
_ASKING = re.compile("(?:哪|哪里|哪儿|哪些|哪条|哪家|多少|多少钱|什么|怎么办|怎么|如何|吗|呢|几|几条)$")
_ENUMERATES = re.compile("[、和与及].*都")
_ALL_OF_THEM = frozenset(("都", "都是", "都在", "都由"))
_LONGEST = 220
_LONGEST_ENGLISH = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that holds, with the evidence of each of its statements."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence that does not, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a model wrote in answer to a question; `is_printed` says that it claims to be in the words of the notice."""

    text: str
    is_printed: bool = False
    question: str = ""


def check_sentence(sentence: Sentence, evidence: Sequence[Sequence[Evidence]], corpus: Corpus) -> Held | Failed:
    """Each statement of the sentence in one item or line of the grounds it names; a ground is all evidence it gives.

    In printed words no word may stand for another. The words of the question may stand where a sentence says whom to
    ask about it.
    """
    text = sentence.text
    if len(text) > (_LONGEST_ENGLISH if is_english(text) else _LONGEST) or _STRANGE.search(text):
        return Failed("不是一句平常的话")
    if not evidence:
        return Failed("没有写依据的编号")
    if "？" in text or "?" in text:
        return Failed("是一个问题")
    check = _Check(sentence, tuple(e for ground in evidence for e in ground), corpus)
    used: list[Evidence] = []
    for statement in filter(None, map(str.strip, _STATEMENTS.split(text))):
        held = Failed("是一个问题") if _ASKING.search(statement) else check.find(statement)
        if isinstance(held, Failed):
            return held
        used += held.evidence
    return Held(tuple(used)) if used else Failed("什么也没有说")


@dataclass(frozen=True, slots=True)
class _Check:
    """What one sentence is held against."""

    sentence: Sentence
    evidence: tuple[Evidence, ...]
    corpus: Corpus

    def find(self, statement: str) -> Held | Failed:
        """The first evidence that says all of it, or one for each of the sums it strings together."""
        whole = self._rest(statement)
        if isinstance(whole, Held):
            return whole
        for pieces in (self._apart_from_asking(statement), _by_sums(statement), _by_openings(statement)):
            held = [self.find(piece) for piece in pieces] if len(pieces) > 1 else []
            if held and not any(isinstance(h, Failed) for h in held):
                return Held(tuple(e for h in held if isinstance(h, Held) for e in h.evidence))
        return whole

    def _apart_from_asking(self, statement: str) -> list[str]:
        """What is said, and the clauses that say whom to ask; nothing where there is only one of them."""
        clauses = re.split("[，,]", statement)
        asking = [c for c in clauses if says_whom_to_ask(c, self.corpus)]
        said = "，".join(c for c in clauses if c not in asking)
        return [said, *asking] if said and asking else []

    def _rest(self, statement: str) -> Held | Failed:
        reasons: list[tuple[int, str]] = []
        is_asking = says_whom_to_ask(statement, self.corpus)
        for one in self.evidence:
            reason = self._check(statement, is_asking, one)
            if reason is None:
                return Held((one,))
            reasons.append((_shared(statement, one.own), reason))
        return Failed(max(reasons, key=lambda r: r[0])[1] if reasons else "没有这个编号的依据")

    def _check(self, statement: str, is_asking: bool, evidence: Evidence) -> str | None:
        """None where the evidence says the statement; `is_asking` says that it names whom to ask."""
        if is_english(statement):
            return self._check_english(statement, evidence)
        affirmed = _without_denial(statement, evidence)
        if affirmed is None:
            return "否定的说法与结论不符"
        text = f"{evidence.own}\n{evidence.around}".casefold()
        printed = Printed(text, self.corpus.cutter.word_set(text), self.sentence.is_printed)
        is_denied = affirmed != statement
        affirmed = printed.translate(affirmed, self.corpus.cutter)
        if (reason := _check_manner(statement, affirmed, evidence, is_asking)) is not None:
            return reason
        if strange := printed.find_strange(affirmed, self._allowed(affirmed, evidence), self.corpus.cutter):
            return f"“{strange}”不在所引的原文里"
        if not printed.says_something(affirmed, self.corpus.cutter):
            return "什么也没有说"
        if evidence.part is not None:
            own = DENIAL_FIRST.sub("", evidence.own) if is_denied else evidence.own
            return check_line(affirmed, replace(evidence, own=own), self.corpus)
        return check_item(affirmed, evidence, self.corpus)

    def _check_english(self, statement: str, evidence: Evidence) -> str | None:
        reason = check_english_sentence(statement, evidence, self.corpus)
        if reason is None or evidence.part is not None or evidence.sources[0].item is None:
            return reason
        return check_item_in_english(statement, evidence.sources[0], self.corpus)

    def _allowed(self, statement: str, evidence: Evidence) -> frozenset[str]:
        """Plain words; of asking where it says whom to ask, of what is asked for where it says that is not written."""
        allowed = words_of("function")
        if ABSENT.search(statement):
            return allowed | _ALL_OF_THEM | asked_for(f"{evidence.own}\n{evidence.around}")
        allowed |= words_of("values")
        if _ENUMERATES.search(statement):
            allowed |= _ALL_OF_THEM
        if says_whom_to_ask(statement, self.corpus):
            allowed |= words_of("consulting") | frozenset(self.corpus.cutter.cut(self.sentence.question))
        return allowed


def _by_sums(statement: str) -> list[str]:
    """Stretches between commas with a sum each: whom one is for is said of each of them."""
    pieces: list[str] = []
    waiting = ""
    for clause in re.split("[，,]", statement):
        waiting = f"{waiting}，{clause}" if waiting else clause
        if read_amounts(clause):
            pieces.append(waiting)
            waiting = ""
    if waiting and pieces:
        pieces[-1] = f"{pieces[-1]}，{waiting}"
    return pieces


def _by_openings(statement: str) -> list[str]:
    """Stretches that each open with whom they are for."""
    pieces = re.split("[，,](?=对|给予?|支持|鼓励|推动)", statement)
    return [] if any(len(p) < _LEAST_PIECE or _BARE_LEAD.fullmatch(p) for p in pieces) else pieces


def _shared(statement: str, own: str) -> int:
    return sum(statement[i : i + 2] in own for i in range(len(statement) - 1))


def _without_denial(statement: str, evidence: Evidence) -> str | None:
    """What is affirmed behind 不是500万：, where the line denies just that; None where the denial is the model's own."""
    match = DENIAL_FIRST.match(statement)
    part = evidence.part
    if match is None or ABSENT.match(statement):
        return statement
    denial = match.group().strip("，,：:。")
    if part is None:
        return statement if denial in evidence.own else None
    if denial in part.text:
        return statement[match.end() :] or statement
    if part.claim is not ClaimKind.DENIED or not DENIAL_FIRST.match(part.text):
        return None
    own = [a for words in (part.denied, (part.text,)) for w in words for a in read_amounts(w)]
    strange = [a for a in read_amounts(denial) if not any(a.equals(b) for b in own)]
    return None if strange else statement[match.end() :] or statement


def _check_manner(statement: str, affirmed: str, evidence: Evidence, is_asking: bool) -> str | None:
    """Whether it is written, yes or no, to whom it speaks, and what may or must be."""
    return (
        _check_absence(statement, evidence)
        or _check_unnamed(statement, evidence)
        or _check_verdict(statement, evidence)
        or (None if is_asking else _check_asker(statement, evidence) or _check_leave(affirmed, evidence))
    )


def _check_absence(statement: str, evidence: Evidence) -> str | None:
    """That something is not printed is said only where a verified line says so, and the other way round."""
    says, found = bool(ABSENT.search(statement)), bool(ABSENT.search(evidence.own))
    if says and not (found and evidence.part):
        return "没有写明的说法没有结论支持"
    return "把没有写明说成了写明" if found and not says else None


def _check_unnamed(statement: str, evidence: Evidence) -> str | None:
    """有关部门 does not stand for a body that is printed by its name."""
    match = _UNNAMED_BODY.search(statement)
    return f"“{match.group()}”不是所引的说法" if match and match.group() not in evidence.own else None


def _check_verdict(statement: str, evidence: Evidence) -> str | None:
    """Yes and no are those of the line."""
    match = _VERDICT.match(statement)
    if match is None:
        return None
    part = evidence.part
    wanted = ClaimKind.AFFIRMED if _YES.match(statement) else ClaimKind.DENIED
    is_same = part is not None and (
        part.claim is wanted or (wanted is ClaimKind.AFFIRMED and part.affirmed is not None)
    )
    return None if is_same else f"“{match.group()}”没有结论支持"


def _check_asker(statement: str, evidence: Evidence) -> str | None:
    """Nobody is told what they get; they are told whom to ask."""
    match = _TO_ASKER.search(statement)
    if match is None or match.group() in evidence.own:
        return None
    return f"“{match.group()}”：没有依据说提问的人如何"


def _check_leave(statement: str, evidence: Evidence) -> str | None:
    """What must be, or must not, is not called allowed, and what is only encouraged is not called a duty."""
    may, must = _MAY.search(statement), _MUST.search(evidence.own)
    if may and must and not _MAY.search(evidence.own) and not _MUST.search(statement):
        return f"“{may.group()}”不是所引的说法，原文是“{must.group()}”"
    leaves = _LEAVES.search(evidence.own)
    if "要" in statement and leaves and leaves.group() not in statement and not re.search("要|应|须", evidence.own):
        return f"“要”不是所引的说法，原文是“{leaves.group()}”"
    return None
