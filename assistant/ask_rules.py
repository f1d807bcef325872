"""What an ask means beside the things that its question names: one table of rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.ask_meaning import Meaning
from assistant.ask_signs import lacks_sign
from assistant.mentions import asks_how_often
from assistant.query import DOCUMENT_ASKS, Ask, AskReading, Query, SubjectKind
from corpus.language.numerals import NUMERAL

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_LISTS_OF_A_DEPARTMENT = frozenset({Ask.DETAIL, Ask.MORE, Ask.WHERE, Ask.DEPARTMENT, Ask.ELIGIBILITY, Ask.QUANTITY})
_NOT_OF_A_TERM = DOCUMENT_ASKS | {
    Ask.CHAPTERS,
    Ask.BRANDS,
    Ask.DEPARTMENTS_LIST,
    Ask.COUNT,
    Ask.TOTAL,
    Ask.MEASURE_TITLE,
}
_OF_A_PAYMENT = frozenset(
    {Ask.DETAIL, Ask.SUM, Ask.PERIOD, Ask.WHERE, Ask.CONDITION, Ask.MEASURES, Ask.QUANTITY, Ask.MEANING}
    | {Ask.ELIGIBILITY}
)
_OF_TWO_THINGS = frozenset({Ask.DETAIL, Ask.SUM, Ask.PERIOD, Ask.CONDITION, Ask.MEANING, Ask.SUPPORTS})
_OF_A_SUM = frozenset({Ask.DETAIL, Ask.CONDITION, Ask.MEANING, Ask.WHERE, Ask.ADDRESSEE, Ask.MEASURES, Ask.PURPOSE})
_COMPARING = re.compile(
    r"比|[多少]还是|(?:谁|哪个|哪家).{0,10}(?:多|少)|区别|不同|差别|more|fewer|compare", re.IGNORECASE
)
_ALIKE = re.compile(
    r"(?:相同|一样|一致|同一[种类回]|一[码回]事)(?:吗|么|嘛|不|吧|[？?]|$)|是不是(?:一样|一[码回]事|同一)|the same",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"^(?:我|俺|咱)(?:们|公司|厂|单位|这边|家)?.{0,6}(?:是|做|搞|开|从事)|^(?:本|我)?公司(?:主要|是|做)|^I am|^We are|^Our company"
)
# How long, how old, how much from which on: yardsticks, of which notices print hardly any.
_THRESHOLD = re.compile(
    r"(?:满|干|经营|成立|工作|注册|要)[^，。？几多]{0,4}(?:几|多少)年|(?:几|多少)年(?:以上|工作|经验|经营)|年龄|多大(?:年纪|岁)|(?:多少|几)(?:钱|万|人|家)?才(?:够|行|算)"
)
_JOINTLY_ISSUED = re.compile(
    r"联合(?:发|出|印)|国家(?:那份|的)?[^，。？]{0,8}(?:意见|文件)[^。？]{0,6}(?:几|哪)[个些家]?(?:部门|部委)"
)
_WHICH_IS_MOST = re.compile(
    r"(?:最高|最多|最大).*哪|哪.*(?:最高|最多|最大)|第[二三]高|单项最高|highest|largest", re.IGNORECASE
)
_INSIDE = re.compile(r"(?:提到|说|写|讲|里)的?(?:那|这)?个?[^，。]{1,6}(?:叫|名)")
_WHAT_FOR = re.compile(r"干嘛|干什么|干啥|做什么|用来|作用|有什么用|哪[几两三四五六]|what .* for\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"如果|假如|要是|假设|都(?:拿|按|能|给)|每家|乘|\bif\b", re.IGNORECASE)
_WHETHER_ONE_MAY = re.compile(r"(?:能不能|能否|可不可以|可以|能).{0,6}(?:申请|领|拿|报|享受)")
_ADDED_UP = re.compile(
    r"平均|合|总|加|共|累计|[两三四五几]笔|[都全]拿|一块|一起|减|乘|除|差|拢|凑|汇|¤|total|together|sum|add|multipl|times",
    re.IGNORECASE,
)
_ONE_BESIDE_THE_OTHER = re.compile(r"(?:和|跟|与|同)[^，。？]{2,20}(?:相比|比)[，,？?]|比起")
_SET_SIDE_BY_SIDE = re.compile(
    r"对比|相比|比起|(?<![参相共协会])(?:和|跟|与|同)(?:[^，。？]{2,24}(?:比|哪个|谁|哪一?[个项边])|[^。？]{2,40}谁(?:更|最)?[高低多少])"
)
_WHETHER = re.compile(r"会不会|看不看|是不是|有没有|能不能|是否")
_WILL_MAKE = re.compile(r"(?:会不会|是否|要不要|有没有|会|要).{0,4}(?:出|编|发布|建|公布|做)")
_TAKES_STEPS = re.compile(r"(?:采取|推出|出台|提出|实施)(?:了|过)?(?:哪[些几]|什么|啥)")
_WHICH_MEASURE = re.compile("哪一?[几些]?(?:条|项|个措施)|which (?:measure|article|clause)", re.IGNORECASE)
_COUNTS_TIME = re.compile(
    r"(?:多少|几)个?(?:天|日|月|年|小时|工作日)|how many (?:working )?(?:days|months|years)", re.IGNORECASE
)
_BY_WHEN = re.compile(r"(?:到|至)\s?(?:\d{4}年|20\d\d|.{1,4}年底)|by 20\d\d", re.IGNORECASE)
_COUNTS_AS = re.compile("算不算|属不属于|是否属于|算是?[^，。？]{0,12}吗")
_OF_PAYING = re.compile("钱|款|卡|账户|帐户|银行")
_A_NUMBER_OF_BODIES = re.compile(
    rf"(?:{NUMERAL}|\d+)\s*(?:个|家)(?:责任)?(?:部门|单位)|(?:部门|单位)[^，。？]{{0,4}}(?:{NUMERAL}|\d+)(?:个|家)"
)
_EXPLAINS = re.compile("解释|反映")
_OF_TIMES = re.compile(r"(?:几|多少)[次回]|how often|how many times", re.IGNORECASE)
_OF_A_PAPER = re.compile("文件|意见|联合|上位|国家")
_OF_PAPER = re.compile(r"(?:多少|几)个?(?:字|页|张)|how many (?:words|pages)", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?:多少|几)(?:家|个(?:部门|单位)|条|项|章|部分)(?!.*[钱万元])")
_HOW_MUCH = re.compile(r"多少(?:万|钱|元)|几(?:十|百)?万|how much", re.IGNORECASE)
_BY_WHAT = re.compile(r"(?:看|凭|要|靠|满足|符合|达到)(?:什么|啥|哪些)")
_CITIES = re.compile(r"哪[几些]个?(?:市|城市|地方)")
_LIST_OF_BODIES = re.compile(r"(?:责任|部门|单位)[^。？]{0,16}名单|名单[^。？]{0,6}(?:部门|单位)")
_BRAND = re.compile(r"品牌|牌子|brand", re.IGNORECASE)
_WHICH_ONES = re.compile(r"哪[些几]|有几[项条笔个]|列|which|list", re.IGNORECASE)
_WHICH = re.compile(r"哪[一]?[个项种]|谁|which", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Asks that mean another ask where the condition holds; the first rule that fits decides."""

    asks: frozenset[Ask]
    condition: Callable[[Meaning], bool]
    meant: Ask


_RULES = (
    _Rule(frozenset({Ask.RESULT}), lambda m: m.bodies > 0 and not m.things, Ask.MEASURES),
    _Rule(frozenset(Ask), lambda m: lacks_sign(m.ask), Ask.DETAIL),
    _Rule(
        frozenset(Ask),
        lambda m: m.bodies > 1 and not m.things and bool(_COMPARING.search(m.query.standalone)),
        Ask.COMPARE,
    ),
    _Rule(
        _LISTS_OF_A_DEPARTMENT,
        lambda m: m.bodies > 0 and not m.things and not _COUNTS_TIME.search(m.ask.text),
        Ask.MEASURES,
    ),
    _Rule(
        frozenset({Ask.ROLE}),
        lambda m: m.bodies > 0 and not m.things and bool(_WHICH_MEASURE.search(m.ask.text)),
        Ask.MEASURES,
    ),
    _Rule(frozenset({Ask.PURPOSE}), lambda m: bool(_BY_WHEN.search(m.ask.text)), Ask.DETAIL),
    _Rule(
        frozenset({Ask.PERIOD, Ask.SUM, Ask.HIGHEST, Ask.LOWEST}),
        lambda m: m.sides > 1 and bool(_WHICH.search(m.ask.text)),
        Ask.COMPARE,
    ),
    _Rule(_OF_TWO_THINGS, lambda m: m.sides > 1 and bool(_ALIKE.search(m.ask.text)), Ask.COMPARE),
    _Rule(
        frozenset({Ask.DEPARTMENTS_LIST}),
        lambda m: bool(m.things) and not m.is_about(SubjectKind.CHAPTER),
        Ask.DEPARTMENT,
    ),
    _Rule(frozenset({Ask.TITLE}), lambda m: m.is_about(SubjectKind.CHAPTER, SubjectKind.NUMBER), Ask.MEASURE_TITLE),
    _Rule(
        frozenset({Ask.DOCUMENT_NUMBER, Ask.DETAIL, Ask.MEANING}),
        lambda m: not m.things and _names_only_a_number(m.query),
        Ask.TITLE,
    ),
    _Rule(frozenset({Ask.ADDRESSEE}), lambda m: bool(_OF_PAYING.search(m.ask.text)), Ask.ROUTE),
    _Rule(frozenset({Ask.ADDRESSEE}), lambda m: m.is_about(SubjectKind.TERM), Ask.CONDITION),
    _Rule(
        frozenset({Ask.BASIS}),
        lambda m: m.is_about(SubjectKind.TERM) and not _OF_A_PAPER.search(m.ask.text),
        Ask.BASIS_OF_SUM,
    ),
    _Rule(frozenset({Ask.CHAPTERS}), lambda m: m.is_about(SubjectKind.TERM), Ask.DETAIL),
    _Rule(frozenset({Ask.DOCUMENT_NUMBER}), lambda m: m.number_of_the_basis, Ask.BASIS),
    _Rule(frozenset({Ask.MEASURE_TITLE}), lambda m: not m.things, Ask.MEASURES),
    _Rule(frozenset({Ask.MEASURE_TITLE}), lambda m: bool(_INSIDE.search(m.ask.text)), Ask.DETAIL),
    _Rule(frozenset({Ask.SUM, Ask.BUDGET}), lambda m: m.is_for_many, Ask.TOTAL),
    _Rule(
        frozenset({Ask.TOTAL}),
        lambda m: bool(_ONE_BESIDE_THE_OTHER.search(m.query.standalone)) and not _ADDED_UP.search(m.ask.text),
        Ask.COMPARE,
    ),
    _Rule(frozenset({Ask.TOTAL}), lambda m: not _ADDED_UP.search(m.ask.text) and not m.is_for_many, Ask.SUM),
    _Rule(frozenset({Ask.MEANING}), lambda m: bool(_WHAT_FOR.search(m.ask.text)), Ask.DETAIL),
    _Rule(frozenset({Ask.BUDGET}), lambda m: bool(_SUPPOSED.search(m.query.standalone)), Ask.TOTAL),
    _Rule(
        frozenset({Ask.ROUTE}),
        lambda m: not m.ask.is_cued and bool(_WHETHER_ONE_MAY.search(m.ask.text)),
        Ask.ELIGIBILITY,
    ),
    _Rule(frozenset({Ask.ELIGIBILITY}), lambda m: bool(m.things) and bool(_HOW_MUCH.search(m.ask.text)), Ask.SUM),
    _Rule(frozenset({Ask.ELIGIBILITY}), lambda m: bool(m.things) and bool(_BY_WHAT.search(m.ask.text)), Ask.CONDITION),
    _Rule(
        frozenset({Ask.HIGHEST, Ask.LOWEST, Ask.SUM}),
        lambda m: bool(_SET_SIDE_BY_SIDE.search(m.query.standalone)),
        Ask.COMPARE,
    ),
    _Rule(
        frozenset({Ask.HIGHEST, Ask.LOWEST}),
        lambda m: (
            m.is_about(SubjectKind.TERM) and not _WHICH.search(m.ask.text) and not _WHICH_IS_MOST.search(m.ask.text)
        ),
        Ask.SUM,
    ),
    _Rule(
        frozenset({Ask.QUANTITY, Ask.QUOTA}), lambda m: bool(m.things) and bool(_WHETHER.search(m.ask.text)), Ask.DETAIL
    ),
    _Rule(
        frozenset({Ask.RESULT}),
        lambda m: bool(_WILL_MAKE.search(m.ask.text)) or (not m.ask.is_cued and bool(_CITIES.search(m.ask.text))),
        Ask.DETAIL,
    ),
    _Rule(
        frozenset({Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.ISSUER, Ask.DEPARTMENT, Ask.QUANTITY}),
        lambda m: not m.things and bool(_JOINTLY_ISSUED.search(m.query.standalone)),
        Ask.BASIS,
    ),
    _Rule(
        frozenset({Ask.CONDITION, Ask.DETAIL, Ask.QUANTITY, Ask.ELIGIBILITY, Ask.SUM, Ask.STATEMENT}),
        lambda m: bool(_THRESHOLD.search(m.ask.text)),
        Ask.CRITERIA,
    ),
    _Rule(
        frozenset({Ask.MEASURES}),
        lambda m: m.is_about(SubjectKind.TERM) and bool(_TAKES_STEPS.search(m.ask.text)),
        Ask.DETAIL,
    ),
    _Rule(frozenset({Ask.RESULT}), lambda m: bool(_LIST_OF_BODIES.search(m.query.standalone)), Ask.DEPARTMENTS_LIST),
    _Rule(frozenset({Ask.QUANTITY, Ask.DETAIL, Ask.COUNT}), lambda m: asks_how_often(m.ask.text), Ask.MEASURES),
    _Rule(frozenset({Ask.CONDITION}), lambda m: not m.ask.is_cued and bool(_COUNTS_AS.search(m.ask.text)), Ask.DETAIL),
    _Rule(
        frozenset({Ask.DEPARTMENT, Ask.ROLE}),
        lambda m: not m.things and not m.bodies and bool(_A_NUMBER_OF_BODIES.search(m.ask.text)),
        Ask.COUNT,
    ),
    _Rule(frozenset({Ask.DEPARTMENT, Ask.ROLE}), lambda m: bool(_EXPLAINS.search(m.ask.text)), Ask.DETAIL),
    _Rule(frozenset({Ask.COUNT}), lambda m: bool(_OF_PAPER.search(m.ask.text)), Ask.QUANTITY),
    _Rule(frozenset({Ask.COUNT}), lambda m: bool(_OF_TIMES.search(m.ask.text)), Ask.QUANTITY),
    _Rule(frozenset({Ask.TOTAL}), lambda m: bool(_HOW_MANY.search(m.ask.text)), Ask.COUNT),
    _Rule(frozenset({Ask.SUM}), lambda m: "多少◇" in m.ask.text, Ask.QUANTITY),
    _Rule(frozenset({Ask.BRANDS}), lambda m: not _BRAND.search(m.query.standalone), Ask.DETAIL),
    _Rule(_NOT_OF_A_TERM, lambda m: m.is_doubtful and m.is_about(SubjectKind.TERM), Ask.DETAIL),
    _Rule(
        frozenset({Ask.DETAIL, Ask.CONDITION}),
        lambda m: not m.ask.is_cued and m.is_about(SubjectKind.TERM) and bool(_PROFILE.search(m.query.standalone)),
        Ask.ELIGIBILITY,
    ),
    _Rule(frozenset({Ask.HIGHEST}), lambda m: m.names_sum and not m.query.is_negated, Ask.SUPPORTS),
    _Rule(
        _OF_A_PAYMENT,
        lambda m: (
            not m.things and not m.bodies and m.is_plain and bool(_WHICH_ONES.search(m.ask.text)) and m.names_payment
        ),
        Ask.SUPPORTS,
    ),
    _Rule(
        _OF_A_SUM,
        lambda m: m.names_sum and not m.things and not m.query.content and not m.query.is_yes_no,
        Ask.SUPPORTS,
    ),
    _Rule(
        frozenset({Ask.SUM}), lambda m: not m.things and bool(_WHICH_IS_MOST.search(m.query.standalone)), Ask.HIGHEST
    ),
)


def mean(ask: AskReading, query: Query) -> AskReading:
    """The ask as it is meant; the first rule that fits decides."""
    meaning = Meaning(ask, query)
    fitting = (rule.meant for rule in _RULES if ask.ask in rule.asks and rule.condition(meaning))
    return replace(ask, ask=next(fitting, ask.ask))


def _names_only_a_number(query: Query) -> bool:
    """The question gives a document number and nothing else, so it asks which document that is."""
    numbers = [s.text for s in query.of_kind(SubjectKind.DOCUMENT) if any(c.isdigit() for c in s.text)]
    return bool(numbers) and all(any(w in n for n in numbers) for w in query.content)
