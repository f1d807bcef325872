"""What a clause takes over from the clauses and turns before it, and what it never does."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import SAID, Act, Clause, Listing, Operation, Want
from assistant.understanding.stack import WHOLE_DOCUMENT, Stack, complete, repeated, settle_background
from assistant.understanding.wants import SAME, Reading
from corpus.catalogue import Catalogue
from corpus.notice import Phrase, Responsibility, Role
from tests.conftest import make_measure, make_notice

SHARED = make_measure(1, "研发服务", ["支持创新券。"], ["省科技厅", "省财政厅"])
LED = make_measure(2, "专利服务", ["支持专利池。", "支持导航。"])
LED = replace(
    LED,
    responsibilities=(
        Responsibility(Phrase("", 0, 0), Role.LEAD, "牵头", ("省市场监管局",)),
        Responsibility(Phrase("", 0, 0), Role.SHARED, "配合", ("省科技厅",)),
    ),
)
CATALOGUE = Catalogue([make_notice(SHARED, LED, make_measure(3, "无人负责", ["支持算力券。"]))])

VOUCHER = Subject(SubjectKind.TERM, "创新券", 0, 3, ("n/1.1.1",))
POOL = Subject(SubjectKind.TERM, "专利池", 0, 3, ("n/1.2.1",))
EVERYWHERE = Subject(SubjectKind.TERM, "支持", 0, 2, ("n/1.1.1", "n/1.2.1"))
NOBODYS = Subject(SubjectKind.TERM, "算力券", 0, 3, ("n/1.3.1",))
TWO = Subject(SubjectKind.NUMBER, "第二条", 0, 3, ("n/1.2",), 2)
ONE = Subject(SubjectKind.MEASURE, "研发服务", 0, 4, ("n/1.1",))
CHAPTER = Subject(SubjectKind.CHAPTER, "第一章", 0, 3, ("n/1",), 1)
FINANCE = Subject(SubjectKind.DEPARTMENT, "省财政厅", 0, 4, ("省财政厅",))
NOTICE = Subject(SubjectKind.DOCUMENT, "这份通知", 0, 4, ("n",))
CITY = Subject(SubjectKind.PLACE, "青岛", 0, 2, ("山东省",))

SUM = Want("sum")
DEPARTMENT = Want("department")


def clause(
    want: Want = SUM, *names: Subject, act: Act = Act.ASK, text: str = "多少", margin: float = 1.0, chance: float = 1.0
) -> Clause:
    return Clause(text, 0, len(text), act, want, names, margin=margin, chance=chance)


def reading(value: str = "sum", leans: float = 0.9) -> Reading:
    return Reading({Act.ASK: 1.0}, {value: 1.0}, {Operation.STATE: 1.0}, leans, elsewhere=0.0)


def lend(*names: Subject) -> tuple[Subject, ...]:
    return tuple(replace(s, is_lent=True) for s in names)


def inherited(asked: Clause, *before: Clause, leans: float = 0.9) -> list[str]:
    completed = complete(asked, reading(asked.want.value, leans), Stack(before), CATALOGUE)
    return [s.text for s in completed.inherited]


def test_a_stack_keeps_its_order_and_the_old_one() -> None:
    stack = Stack().push(clause(SUM, VOUCHER))
    longer = stack.push(clause(SUM, POOL), clause(DEPARTMENT))
    assert [c.names for c in longer.clauses] == [(VOUCHER,), (POOL,), ()]
    assert [c.names for c in stack.clauses] == [(VOUCHER,)]
    assert (Stack().names, Stack().want, Stack().asked) == ((), Want(), ())


LAST_NAMES: list[tuple[list[Clause], tuple[Subject, ...]]] = [
    ([clause(SUM, VOUCHER), clause(SUM, POOL)], (POOL,)),
    ([clause(SUM, VOUCHER), clause(DEPARTMENT)], (VOUCHER,)),
    ([clause(SUM, VOUCHER), clause(SUM, act=Act.THANKS)], (VOUCHER,)),
    ([clause(SUM, VOUCHER, TWO)], (VOUCHER, TWO)),
    ([clause(SUM, VOUCHER), clause(SUM, CITY), clause(SUM, NOTICE)], (VOUCHER,)),
    ([clause(SUM, CITY, VOUCHER)], (VOUCHER,)),
    ([clause(SUM, VOUCHER), clause(Want("clause"), FINANCE)], (FINANCE,)),
    ([clause(SUM, VOUCHER, act=Act.TOLD)], (VOUCHER,)),
    ([replace(clause(SUM, FINANCE), inherited=(VOUCHER,))], (VOUCHER, FINANCE)),
]


@pytest.mark.parametrize(("clauses", "names"), LAST_NAMES)
def test_names_of_the_last_clause_that_was_about_anything(clauses: list[Clause], names: tuple[Subject, ...]) -> None:
    assert Stack().push(*clauses).names == names


def test_the_last_want_is_that_of_a_question() -> None:
    told, asked = clause(Want("recipient"), VOUCHER, act=Act.TOLD), clause(DEPARTMENT, VOUCHER)
    stack = Stack((asked, told, clause(Want("date"), act=Act.OFF_TOPIC)))
    assert (stack.asked, stack.want) == ((asked,), DEPARTMENT)


def test_a_clause_and_a_turn_lend_alike() -> None:
    first = clause(SUM, VOUCHER)
    within = complete(clause(DEPARTMENT), reading("department"), Stack().push(first), CATALOGUE)
    across = complete(clause(DEPARTMENT), reading("department"), Stack((clause(SUM, POOL), first)), CATALOGUE)
    assert within == across == Clause("多少", 0, 2, Act.ASK, DEPARTMENT, inherited=lend(VOUCHER))


LENDING = [
    # What names no thing takes the things named before, if it leans on them.
    (clause(DEPARTMENT), 0.9, (clause(SUM, VOUCHER),), ["创新券"]),
    (clause(DEPARTMENT), 0.1, (clause(SUM, VOUCHER),), []),
    (clause(DEPARTMENT), 0.9, (clause(SUM, VOUCHER), clause(Want("date"))), ["创新券"]),
    (clause(DEPARTMENT), 0.9, (clause(SUM, VOUCHER, act=Act.TOLD),), ["创新券"]),
    (clause(DEPARTMENT), 0.9, (clause(SUM, CHAPTER),), ["第一章"]),
    (clause(DEPARTMENT), 0.9, (clause(SUM, VOUCHER, POOL),), ["创新券", "专利池"]),
    # Its own name is enough.
    (clause(DEPARTMENT, POOL), 0.9, (clause(SUM, VOUCHER),), []),
    (clause(DEPARTMENT, TWO), 0.9, (clause(SUM, VOUCHER),), []),
    (clause(DEPARTMENT, CHAPTER), 0.9, (clause(SUM, VOUCHER),), []),
    # A place or a department alone leaves what was spoken of before, but not the department before.
    (clause(SUM, CITY), 0.9, (clause(SUM, VOUCHER),), ["创新券"]),
    (clause(Want("role", Operation.CHECK), FINANCE), 0.9, (clause(SUM, VOUCHER),), ["创新券"]),
    (clause(SUM, CITY), 0.9, (clause(SUM, FINANCE, VOUCHER),), ["创新券"]),
    # Which clauses a department has is asked of the department alone.
    (clause(Want("clause", Operation.LIST), FINANCE), 0.9, (clause(SUM, VOUCHER),), []),
]


@pytest.mark.parametrize(("asked", "leans", "before", "names"), LENDING)
def test_takes_over(asked: Clause, leans: float, before: Sequence[Clause], names: list[str]) -> None:
    assert inherited(asked, *before, leans=leans) == names


def test_a_name_is_lent_once_and_marked() -> None:
    before = replace(clause(SUM, replace(VOUCHER, start=9, end=12)), inherited=lend(VOUCHER))
    lent = complete(clause(DEPARTMENT), reading(), Stack((before,)), CATALOGUE).inherited
    assert [(s.text, s.is_lent) for s in lent] == [("创新券", True)]


OF_ALL = [
    *(Want(value) for value in sorted(WHOLE_DOCUMENT)),
    *(Want("sum", operation) for operation in (Operation.RANK, Operation.TOTAL)),
    Want("clause", Operation.OUTLINE),
    Want("department", Operation.COUNT),
]


@pytest.mark.parametrize("want", OF_ALL, ids=lambda want: f"{want.value} {want.operation}")
def test_what_is_asked_of_the_whole_document_inherits_nothing(want: Want) -> None:
    before = clause(SUM, VOUCHER)
    asked = replace(clause(want), listing=Listing(shows="supports"))
    assert inherited(asked, before, leans=0.7) == []
    assert inherited(clause(DEPARTMENT), before, leans=0.7) == ["创新券"]
    # 它什么时候失效 leans too surely to be about anything else.
    assert inherited(asked, before, leans=0.95) == ["创新券"]


def test_the_highest_that_ranks_nothing_of_the_catalogue_is_that_of_the_thing_before() -> None:
    asked = clause(Want("sum", Operation.RANK))
    assert inherited(asked, clause(SUM, VOUCHER), leans=0.7) == ["创新券"]


def test_validity_is_not_lacking() -> None:
    assert complete(clause(Want("validity")), reading("validity", 0.7), Stack(), CATALOGUE) == clause(Want("validity"))


LATER_WANTS: list[tuple[list[Clause], Want]] = [
    ([clause(DEPARTMENT, VOUCHER)], DEPARTMENT),
    ([clause(Want("clause", Operation.LIST), FINANCE)], Want("clause", Operation.LIST)),
    ([clause(DEPARTMENT, VOUCHER), clause(SUM, act=Act.THANKS)], DEPARTMENT),
    ([clause(DEPARTMENT, VOUCHER), clause(SUM, VOUCHER)], SUM),
    ([clause(SUM, VOUCHER, act=Act.TOLD)], Want(SAID)),
    ([], Want(SAID)),
]


@pytest.mark.parametrize(("before", "want"), LATER_WANTS)
def test_a_clause_that_only_names_something_takes_the_want_before_it(before: list[Clause], want: Want) -> None:
    bare = clause(Want(), POOL, text="专利池呢")
    assert complete(bare, reading(SAME), Stack().push(*before), CATALOGUE) == replace(bare, want=want)


def test_a_want_taken_over_is_handed_on() -> None:
    first, second = clause(DEPARTMENT, VOUCHER), clause(Want(), POOL)
    stack = Stack((first, complete(second, reading(SAME), Stack((first,)), CATALOGUE)))
    third = complete(clause(Want(), TWO), reading(SAME), stack, CATALOGUE)
    assert (third.want, third.names, third.inherited) == (DEPARTMENT, (TWO,), ())


BODIES = [
    # The department that leads, else all that share it, of the one measure asked about.
    (clause(DEPARTMENT, POOL), ["省市场监管局"]),
    (clause(DEPARTMENT, TWO), ["省市场监管局"]),
    (clause(Want("role"), POOL), ["省市场监管局"]),
    (clause(DEPARTMENT, VOUCHER), ["省科技厅", "省财政厅"]),
    (clause(DEPARTMENT, ONE), ["省科技厅", "省财政厅"]),
    # Nobody is meant where several measures were asked about, nobody is printed, or no body was asked for.
    (clause(DEPARTMENT, EVERYWHERE), ["支持"]),
    (clause(DEPARTMENT, POOL, VOUCHER), ["专利池", "创新券"]),
    (clause(DEPARTMENT, NOBODYS), ["算力券"]),
    (clause(DEPARTMENT, CHAPTER), ["第一章"]),
    (clause(SUM, POOL), ["专利池"]),
    # A department that was named itself is meant.
    (clause(Want("role", Operation.CHECK), POOL, FINANCE), ["专利池", "省财政厅"]),
]


@pytest.mark.parametrize(("before", "names"), BODIES)
def test_its_other_clauses_are_those_of_the_department_asked_for(before: Clause, names: list[str]) -> None:
    assert inherited(clause(Want("clause", Operation.LIST), text="它还管哪几条"), before) == names


def test_a_department_asked_for_is_a_lent_department() -> None:
    asked = complete(clause(Want("clause")), reading("clause"), Stack((clause(DEPARTMENT, POOL),)), CATALOGUE)
    name = "省市场监管局"
    assert asked.inherited == (Subject(SubjectKind.DEPARTMENT, name, 0, len(name), (name,), is_lent=True),)


def test_more_wants_what_is_said_of_the_last_names() -> None:
    more = clause(SUM, act=Act.MORE, text="再详细一点")
    stack = Stack((clause(SUM, VOUCHER), clause(DEPARTMENT, CITY)))
    assert complete(more, reading(leans=0.0), stack, CATALOGUE) == replace(more, want=Want(), inherited=lend(VOUCHER))
    assert complete(more, reading(), Stack(), CATALOGUE) == replace(more, want=Want())
    named = clause(SUM, POOL, act=Act.MORE)
    assert complete(named, reading(), stack, CATALOGUE) == replace(named, want=Want())


SILENT = [a for a in Act if a not in {Act.ASK, Act.MORE}]


@pytest.mark.parametrize("act", SILENT)
def test_what_asks_nothing_takes_nothing_over(act: Act) -> None:
    silent = clause(SUM, act=act)
    assert complete(silent, reading(SAME), Stack((clause(DEPARTMENT, VOUCHER),)), CATALOGUE) == silent


def test_the_last_question_is_repeated() -> None:
    first, second = clause(SUM, VOUCHER), clause(DEPARTMENT, POOL)
    others = [clause(SUM, act=act) for act in SILENT]
    assert repeated(Stack((first, second, *others))) == (second,)
    assert repeated(Stack((*others, clause(SUM, VOUCHER, act=Act.MORE)))) == ()
    assert repeated(Stack()) == ()


LACKING = [
    (clause(DEPARTMENT), 0.9, (), True),
    (clause(DEPARTMENT), 0.1, (), False),
    (clause(SUM, CITY), 0.9, (), False),
    (clause(DEPARTMENT), 0.9, (clause(SUM, CITY),), True),
    (clause(DEPARTMENT), 0.9, (clause(SUM, VOUCHER),), False),
    (clause(DEPARTMENT, VOUCHER), 0.9, (), False),
    (replace(clause(Want("sum", Operation.RANK)), listing=Listing(shows="supports")), 0.7, (), False),
]


@pytest.mark.parametrize(("asked", "leans", "before", "is_lacking"), LACKING)
def test_leans_on_earlier_words_where_nothing_was_named(
    asked: Clause, leans: float, before: tuple[Clause, ...], is_lacking: bool
) -> None:
    stack = Stack(before, said_before="见习补贴多少？")
    about = complete(asked, reading(asked.want.value, leans), stack, CATALOGUE).about
    assert about == ("见习补贴多少？" if is_lacking else "")


def test_a_message_leans_on_the_last_that_said_something() -> None:
    said, bare = clause(SUM, text="稳岗返还给多少？"), replace(clause(SUM, text="多少？"), says_something=False)
    thanks = clause(SUM, text="谢谢", act=Act.THANKS)
    assert Stack((said, bare, thanks)).end_turn().said_before == "稳岗返还给多少？"
    assert Stack((bare,)).end_turn().said_before == ""


ONE_SIDE = [(0.9, (VOUCHER,)), (0.1, ())]


@pytest.mark.parametrize(("leans", "lent"), ONE_SIDE)
def test_a_comparison_takes_over_its_other_side(leans: float, lent: tuple[Subject, ...]) -> None:
    asked = clause(Want("sum", Operation.COMPARE), POOL, text="跟专利池比哪个多？")
    found = complete(asked, reading("sum", leans), Stack((clause(SUM, VOUCHER),)), CATALOGUE)
    assert [s.text for s in found.inherited] == [s.text for s in lent]


ASK_CLEAR = clause(DEPARTMENT, VOUCHER, text="归谁管", margin=0.9)
SETTLED = [
    # Beside a clear ask, what hardly looks like one is told.
    ([clause(SUM, POOL, text="我们做专利", margin=0.3), ASK_CLEAR], [Act.TOLD, Act.ASK]),
    ([ASK_CLEAR, clause(SUM, POOL, text="我们做专利", margin=0.3)], [Act.ASK, Act.TOLD]),
    ([clause(SUM, POOL, text="多少钱", margin=0.55), ASK_CLEAR], [Act.ASK, Act.ASK]),
    # What surely asks, by its words too, is asked, whatever its value may be.
    ([clause(SUM, POOL, text="专利池有没有经费，", margin=0.3), ASK_CLEAR], [Act.ASK, Act.ASK]),
    ([clause(SUM, POOL, text="外地户口能不能报，", margin=0.2, chance=0.95), ASK_CLEAR], [Act.ASK, Act.ASK]),
    ([clause(SUM, POOL, text="听说专利池给多少，", margin=0.3, chance=0.7), ASK_CLEAR], [Act.TOLD, Act.ASK]),
    # What hardly asks, by no word of its own, is told beside it.
    ([clause(SUM, POOL, text="这文件就是糊弄人，", margin=0.9, chance=0.54), ASK_CLEAR], [Act.TOLD, Act.ASK]),
    # A stretch that wants what is said must be clearer, for so does what asks nothing.
    ([clause(Want(SAID), POOL, text="我们做专利", margin=0.5), ASK_CLEAR], [Act.TOLD, Act.ASK]),
    ([clause(Want("name"), POOL, text="我们做专利", margin=0.5), ASK_CLEAR], [Act.TOLD, Act.ASK]),
    ([clause(Want(SAID), POOL, text="讲讲专利", margin=0.7), ASK_CLEAR], [Act.ASK, Act.ASK]),
    # A question mark asks, in either script.
    ([clause(SUM, POOL, text="专利给不给？ ", margin=0.2), ASK_CLEAR], [Act.ASK, Act.ASK]),
    ([clause(SUM, POOL, text="patents?", margin=0.2), ASK_CLEAR], [Act.ASK, Act.ASK]),
    # Nothing is told where nothing else asks clearly.
    ([clause(SUM, POOL, margin=0.2)], [Act.ASK]),
    ([clause(SUM, POOL, margin=0.2), clause(SUM, VOUCHER, margin=0.3)], [Act.ASK, Act.ASK]),
    ([clause(SUM, POOL, margin=0.2), clause(SUM, act=Act.GREETING)], [Act.ASK, Act.GREETING]),
    ([clause(SUM, act=Act.UNSAFE, margin=0.1), ASK_CLEAR], [Act.UNSAFE, Act.ASK]),
]


@pytest.mark.parametrize(("clauses", "acts"), SETTLED)
def test_background_is_told_beside_a_clear_ask(clauses: list[Clause], acts: list[Act]) -> None:
    settled = settle_background(clauses)
    assert settled == [replace(c, act=act) for c, act in zip(clauses, acts, strict=True)]


def test_an_order_to_list_adds_nothing_beside_an_ask() -> None:
    order = replace(clause(Want(SAID), text="都列给我", margin=0.9), says_something=False)
    assert settle_background([ASK_CLEAR, order]) == [ASK_CLEAR]
    assert settle_background([order]) == [order]
    assert settle_background([clause(SUM, act=Act.GREETING), order]) == [clause(SUM, act=Act.GREETING), order]


def test_nothing_is_settled_of_nothing() -> None:
    assert settle_background([]) == []


def test_two_orders_are_not_both_dropped() -> None:
    orders = [replace(clause(Want(SAID), text=text), says_something=False) for text in ("都列给我", "都讲讲")]
    assert settle_background(orders) == orders
