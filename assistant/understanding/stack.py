"""What was named and wanted before, by clauses and turns alike, and what a clause or a whole message takes over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.attributes import is_kind_of_recipient
from assistant.evidence.whether import (
    asks_for,
    asks_of_each,
    asks_whether,
    asks_which,
    checks_what_was_said,
    claims_the_same,
    only_names_topic,
    points_back,
)
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import SAID, TEXT, Act, Clause, Frame, Operation, Want
from assistant.understanding.wants import SAME, Reading
from corpus.catalogue import Catalogue
from corpus.kinds import kind_of
from corpus.notice import Role

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_LENT = _THINGS | {SubjectKind.DEPARTMENT}
WHOLE_DOCUMENT = frozenset(
    {"validity", "title", "document_number", "issuer", "issued_on", "addressee", "basis", "purpose"}
)
OF_ALL = frozenset({Operation.RANK, Operation.TOTAL, Operation.OUTLINE, Operation.COUNT})
_COMPARING = frozenset({Operation.COMPARE, Operation.RANK})
_LEANS = 0.5
_CLEAR, _FAINT = 0.6, 0.5
_BLURRED = frozenset({SAID, "name"})
"""What a stretch that asks nothing looks like."""

_SURELY_LEANS = 0.8
_SURELY_ASKS = 0.9
_PAUSES = "，,、；; "
_MOST_BESIDE_A_DATE = 2
_SHORT = 12
_NUMBERS = frozenset({"sum", "quantity", "share", "calculation"})
_BODIES = frozenset({"department", "role"})
_OF_SOMETHING = frozenset("sum share calculation payment quantity condition recipient department role meaning".split())
_OF_ONE = frozenset({Operation.STATE, Operation.CHECK})
_OF_SEVERAL = OF_ALL | {Operation.LIST}
_ONCE_MORE = frozenset({Act.REPEAT, Act.CORRECT})
_SAYING = frozenset({Act.ASK, Act.TOLD})
_NEVER = frozenset({Act.UNSAFE, Act.MANIPULATION})
_BESIDE = frozenset({Act.TOLD, Act.GREETING, Act.THANKS})
LEANS_ON_BEFORE = _ONCE_MORE | {Act.MORE}


@dataclass(frozen=True, slots=True)
class Stack:
    """The clauses said so far, oldest first, with the names that each was about."""

    clauses: tuple[Clause, ...] = ()
    said_before: str = ""
    """The last clause of an earlier message that says what it is about."""

    def push(self, *clauses: Clause) -> "Stack":
        return replace(self, clauses=(*self.clauses, *clauses))

    def end_turn(self) -> "Stack":
        """What a new message may lean on, be it said in words that are no names."""
        said = (c.text for c in reversed(self.clauses) if c.says_something and c.act in _SAYING)
        return replace(self, said_before=next(said, ""))

    @property
    def asked(self) -> tuple[Clause, ...]:
        return tuple(c for c in self.clauses if c.act is Act.ASK)

    @property
    def names(self) -> tuple[Subject, ...]:
        """Those of the last clause that was about anything."""
        for clause in reversed(self.clauses):
            if lent := tuple(s for s in clause.all_names if s.kind in _LENT):
                return lent
        return ()

    @property
    def things(self) -> tuple[Subject, ...]:
        """What 这一条 may point to, whatever bodies were named since."""
        named = ([s for s in c.all_names if s.kind in _THINGS] for c in reversed(self.clauses))
        return tuple(next(filter(None, named), ()))

    @property
    def want(self) -> Want:
        """What was wanted last."""
        return self.asked[-1].want if self.asked else Want()


def complete(clause: Clause, reading: Reading, stack: Stack, catalogue: Catalogue) -> Clause:
    """The clause with the want and the names that it leaves unsaid."""
    if clause.act is Act.MORE:
        return replace(clause, want=Want(), inherited=() if clause.names else _lend(stack.names))
    if clause.act is not Act.ASK:
        return clause
    is_of_another = len(catalogue.notices) > 1 and _only_names_document(clause)
    if reading.value == SAME or (is_of_another and stack.asked and clause.margin < _CLEAR):
        clause = replace(clause, want=stack.want)
    if clause.want.operation is Operation.COMPARE and stack.asked and claims_the_same(clause.text):
        # 印刷那块呢，也一样？ compares nothing: it asks once more.
        clause = replace(clause, want=Want(stack.want.value))
    if clause.want.operation is Operation.RANK and clause.listing.shows == TEXT and not clause.names:
        # 最高多少, which ranks nothing of the catalogue, asks it of what was named before.
        clause = replace(clause, want=Want(clause.want.value))
    if not _lacks_names(clause, reading):
        return clause
    meant = () if clause.names else _bodies_of(clause, stack, catalogue)
    lent = meant or (stack.things if points_back(clause.text) else stack.names)
    if not lent:
        says_what = bool(clause.names) and not is_of_another
        return replace(clause, about="" if says_what else stack.said_before)
    if clause.names:
        lent = tuple(s for s in lent if s.kind in _THINGS)
    return replace(clause, inherited=_lend(lent))


def join_claims(clauses: Sequence[Clause], text: str) -> list[Clause]:
    """一年最高能奖500万，我这么讲没毛病吧: what only asks whether the stretch before it is so is one claim with that."""
    joined: list[Clause] = []
    for clause in clauses:
        before = joined[-1] if joined else None
        if before is None or before.act not in _SAYING or not checks_what_was_said(clause.text):
            joined.append(clause)
            continue
        value = before.want.value if before.want.value in _NUMBERS else SAID
        joined[-1] = replace(
            before,
            text=text[before.start : clause.end],
            end=clause.end,
            act=Act.ASK,
            want=Want(value, Operation.CHECK),
            chance=max(before.chance, clause.chance),
            vector=None,
        )
    return joined


def settle_background(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside a clear ask, a stretch that is no question and hardly looks like an ask only says what it is about;
    one that wants what is said, and says nothing itself (都列给我), adds nothing."""
    clauses = _join_sides(clauses)
    serious = [c for c in clauses if c.act is not Act.TOLD]
    asking = [c for c in serious if c.act is Act.ASK]
    kept: list[Clause] = []
    for clause in clauses:
        others = [c for c in asking if c is not clause]
        if clause.act is Act.ASK and others and _only_says_when(clause):
            clause = replace(clause, act=Act.TOLD)
        if clause.act is Act.ASK and others:
            is_question = _is_question(clause)
            is_same = clause.want.operation is Operation.STATE and any(_wants_as(o, clause) for o in others)
            adds_none = clause.want.value == SAID or is_same
            if adds_none and not clause.says_something and not is_question:
                continue
            if _asks_by_words_only_after(clause, others) or _leads_to_question(clause, clauses):
                clause = replace(clause, act=Act.TOLD)
                kept.append(clause)
                continue
            needed = _CLEAR if clause.want.value in _BLURRED else _FAINT
            is_clear = clause.margin >= needed and (clause.chance >= _CLEAR or _asks_by_words(clause))
            is_of_text = clause.listing.shows == TEXT and clause.want.operation not in OF_ALL
            beside_ask = needed <= max(c.margin for c in others) or (is_of_text and any(map(_is_question, others)))
            if not is_question and not is_clear and beside_ask:
                clause = replace(clause, act=Act.TOLD)
        # Before an order to do harm, a stretch that hardly asks is the story of it.
        is_vague = clause.margin < _CLEAR and not (_is_question(clause) or _asks_by_words(clause))
        is_hardly = clause.act is Act.ASK and (clause.chance < _CLEAR or is_vague)
        if is_hardly and any(c.act in _NEVER for c in serious):
            clause = replace(clause, act=Act.TOLD)
        kept.append(clause)
    return kept or list(clauses)


def _wants_as(one: Clause, other: Clause) -> bool:
    """The same, or both any number."""
    return one.want == other.want or {one.want.value, other.want.value} <= _NUMBERS


def _asks_by_words_only_after(clause: Clause, others: Sequence[Clause]) -> bool:
    """创业担保贷款贴息那条，牵头的是谁: the stretch only says what is asked about."""
    is_topic = only_names_topic(clause.text) and not _asks_by_words(clause)
    return is_topic and any(o.start >= clause.end and _asks_by_words(o) for o in others)


def _leads_to_question(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """协会想保留下来，会员起码要多少: a stretch that holds no word of asking, right before one that does."""
    after = next((c for c in clauses if c.start >= clause.end and c.act is Act.ASK), None)
    is_of_text = clause.listing.shows == TEXT and clause.want.value not in WHOLE_DOCUMENT | _BODIES
    is_plain = clause.want.operation in _OF_ONE and is_of_text
    # 属实吗 asks of the stretch before it all that it says.
    if after is None or (not after.says_something and not asks_which(after.text)):
        return False
    return is_plain and not _asks_by_words(clause) and _asks_by_words(after)


def _only_says_when(clause: Clause) -> bool:
    """到2020年, which names nothing, asks nothing and is a date but for a word or two."""
    text = clause.text.strip(_PAUSES)
    found = next((m for p in kind_of("date").patterns if (m := p.search(text))), None)
    is_date = found is not None and len(text) - len(found.group()) <= _MOST_BESIDE_A_DATE
    return is_date and not clause.names and not _asks_by_words(clause)


def lacks_thing(clause: Clause) -> bool:
    """It names nothing and says nothing of its own, and what it wants is always that of something."""
    is_bare = not clause.all_names and not clause.about and clause.is_bare and len(clause.masked) <= _SHORT
    return is_bare and clause.want.value in _OF_SOMETHING and clause.want.operation not in _OF_SEVERAL


def share_names(clauses: Sequence[Clause]) -> list[Clause]:
    """补助多少钱, which says nothing of its own, is asked of what the nearest clause beside it names or says."""
    if any(c.act not in _SAYING | _BESIDE for c in clauses):
        return list(clauses)
    shared: list[Clause] = []
    for at, clause in enumerate(clauses):
        is_alone = lacks_thing(clause) and clause.act is Act.ASK
        beside = [c for c in (*reversed(clauses[:at]), *clauses[at + 1 :]) if c.act in _SAYING] if is_alone else []
        named = next((own for c in beside if (own := [s for s in c.all_names if s.kind in _THINGS])), [])
        # Of a story that names nothing only what no notice prints surely tells what is meant.
        may_tell = not named and clause.want.value not in _BODIES
        said = next(
            (c.text for c in beside if may_tell and (c.unprinted or (c.says_something and c.act is Act.ASK))), ""
        )
        if is_alone and not named and not said and asks_of_each(clause.text):
            said = next((c.text for c in reversed(clauses[:at]) if c.want.operation in _OF_SEVERAL), "")
        shared.append(replace(clause, inherited=_lend(named), about=said) if named or said else clause)
    return shared


def _is_question(clause: Clause) -> bool:
    """By its mark, or by its words where it surely asks: 有没有贴息，贴几个点 are two questions, whatever the first is of."""
    if clause.text.rstrip().endswith(("？", "?")):
        return True
    return clause.chance > _SURELY_ASKS and _asks_by_words(clause)


def _asks_by_words(clause: Clause) -> bool:
    words = clause.text.rstrip(_PAUSES)
    return asks_whether(words) or asks_which(words) or asks_for(words)


def _join_sides(clauses: Sequence[Clause]) -> list[Clause]:
    """哪个给得多：专利池还是研发总部: what is compared stands behind the question."""
    joined: list[Clause] = []
    for clause in clauses:
        before = joined[-1] if joined else None
        compares = before is not None and before.want.operation in _COMPARING and before.act is Act.ASK
        if compares and before and not before.names and len(clause.names) > 1 and clause.margin < _CLEAR:
            joined[-1] = replace(before, inherited=_lend(clause.names))
        else:
            joined.append(clause)
    return joined


def repeated(stack: Stack) -> tuple[Clause, ...]:
    """The last thing asked, to be answered again."""
    return stack.asked[-1:]


def _lacks_names(clause: Clause, reading: Reading) -> bool:
    """Whether the clause is about something that it does not name itself."""
    kinds = {s.kind for s in clause.names if not is_kind_of_recipient(s.text)}
    says_who_only = bool(clause.names) and not kinds
    if says_who_only and len(clause.text) <= _SHORT:
        return True
    if kinds & _THINGS:
        # 跟中试基地比哪个多 names the other side.
        is_one_side = clause.want.operation is Operation.COMPARE and len({s.text for s in clause.names}) == 1
        return is_one_side and reading.leans > _LEANS
    if reading.value == SAME or points_back(clause.text):
        return True
    if clause.want.value in WHOLE_DOCUMENT or clause.want.operation in OF_ALL:
        return reading.leans > _SURELY_LEANS
    # Whether a department answers for it is asked of what was named before.
    if kinds == {SubjectKind.DEPARTMENT} and clause.want.operation is Operation.CHECK and clause.want.value in _BODIES:
        return True
    # Which clauses a department has is asked of the department alone.
    if SubjectKind.DEPARTMENT in kinds and clause.want.value == "clause":
        return False
    return reading.leans > _LEANS


def _only_names_document(clause: Clause) -> bool:
    """换成石鼓县的呢 asks the same of another notice."""
    kinds = {s.kind for s in clause.names}
    return kinds == {SubjectKind.DOCUMENT} and len(clause.text) <= _SHORT


def _lend(names: Sequence[Subject]) -> tuple[Subject, ...]:
    return tuple({s.text: replace(s, is_lent=True) for s in names}.values())


def _bodies_of(clause: Clause, stack: Stack, catalogue: Catalogue) -> tuple[Subject, ...]:
    """它还管哪几条, after who is responsible for one measure: the department that leads it, else all that share it."""
    of_bodies = stack.want.value in {"department", "role"} and clause.want.value == "clause"
    if not of_bodies or any(s.kind is SubjectKind.DEPARTMENT for s in stack.names):
        return ()
    keys = {key for s in stack.names for key in _measures_of(s, catalogue)}
    if len(keys) != 1:
        return ()
    measure = catalogue.place_of_measure[keys.pop()].measure
    responsibilities = measure.all_responsibilities if measure else ()
    leading = [d for r in responsibilities if r.role is Role.LEAD for d in r.departments]
    names = dict.fromkeys(leading or [d for r in responsibilities for d in r.departments])
    return tuple(Subject(SubjectKind.DEPARTMENT, name, 0, len(name), (name,)) for name in names)


def _measures_of(subject: Subject, catalogue: Catalogue) -> tuple[str, ...]:
    if subject.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE}:
        return subject.targets
    places = [catalogue.place_of_provision.get(t) for t in subject.targets if subject.kind is SubjectKind.TERM]
    return tuple(p.measure_key for p in places if p)


def find_talk(clauses: Sequence[Clause]) -> Act | None:
    """MORE, REPEAT or CORRECT where the message does nothing else and names nothing to have more of."""
    acts = [c.act for c in clauses if c.act not in _BESIDE]
    if not acts or not LEANS_ON_BEFORE.issuperset(acts) or any(c.act is Act.MORE and c.names for c in clauses):
        return None
    return acts[-1]


def take_over(frame: Frame, earlier: Frame, act: Act, answers: Sequence[str]) -> Frame:
    """The earlier message, to be answered by more of it, once more, or against its words."""
    clauses = tuple(_lean_on(c, act) for c in earlier.clauses if c.asks)
    said = tuple(answers) if act is Act.MORE else earlier.answers
    kept = replace(earlier, asked=frame.asked, language=frame.language, repairs=frame.repairs)
    return replace(kept, clauses=clauses, answers=said)


def _lean_on(clause: Clause, act: Act) -> Clause:
    """More is wanted of what was asked first; once more, of what was answered last, be that more of it."""
    before = clause
    while before.before and (act is Act.MORE or before.act in _ONCE_MORE):
        before = before.before
    want = Want() if act is Act.MORE else before.want
    return replace(clause, act=act, want=want, before=before)
