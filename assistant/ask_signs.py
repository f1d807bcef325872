"""Words without which a guess at certain asks is not believed, and words that ask for a number."""

import re

from assistant.query import Ask, AskReading

_OF_MEANING = re.compile(
    r"意思|含义|定义|解释|概念|指|何谓|叫|理解|什么是|啥是|是(?:个|一个)?(?:什么|啥)|怎么回事|说法|mean|defin|what|stand|explain",
    re.IGNORECASE,
)
_OF_APPLYING = re.compile(
    r"申|报|办|领|注册|登录|开通|网|平台|手续|流程|程序|提交|弄|拿|入口|渠道|窗口|跑|找|填|步骤|appl|submit|claim|regist|get|obtain|go about",
    re.IGNORECASE,
)
_OF_WINNERS = re.compile(
    r"评委|评审|专家|入选|入围|名单|公示|公布|获|拿到|得到|结果|中选|评上|通过|win|won|select|award|result|list",
    re.IGNORECASE,
)
_OF_TIME = re.compile(
    r"时间|日期|日子|有效|期|生效|施行|实施|执行|失效|废止|作废|算数|管用|年|valid|effect|expire|force", re.IGNORECASE
)
_OF_NUMBERS = re.compile(
    r"多少|几|数|多[大高长]|名额|指标|限|满|只|[一二两三四五六七八九十]个|\d|◇.{0,6}个|how (?:many|much)|number|limit|max|only|more|just|ten|percent|equal",
    re.IGNORECASE,
)
_OF_PLACES = re.compile(
    r"哪(?!一?[块条项些])|地|位置|窗口|楼|层|址|路|街|栋|号|编|远|近|车|信封|导航|怎么[去走]|院|where|address|office|locat|place|floor|venue|street|building|room|town|envelope|get to",
    re.IGNORECASE,
)
_OF_FEES = re.compile(
    r"费|钱|[收交缴付花掏押贴租票买]|元|块|毛|金|价|免|白给|fee|charge|cost|pay|free|price|deposit|rent|tariff|tuition",
    re.IGNORECASE,
)
_OF_PAPERS = re.compile(
    r"料|表|证|章|(?<!文)件|执照|几份|票|合同|流水|印|册|封皮|考|名单|报告|书|范本|模板|格式|账|户口|签字|[带交备提开拿填出]|document|form|paper|submit|bring|cop(?:y|ies)|plan|report|attach|prepare|certif|proof|package|statement|licen|hand in|list|need|template|annex|evidence|stamp|scan|enclos|card|file",
    re.IGNORECASE,
)
_OF_CALLS = re.compile(
    r"电话|号码|联系|打|拨|热线|邮箱|邮件|微信(?![上里公])|客服|咨询|问谁|call|phone|contact|mail|number|hotline|reach",
    re.IGNORECASE,
)
_SIGNS = {
    Ask.TELEPHONE: _OF_CALLS,
    Ask.MATERIALS: _OF_PAPERS,
    Ask.MEANING: _OF_MEANING,
    Ask.ROUTE: _OF_APPLYING,
    Ask.RESULT: _OF_WINNERS,
    Ask.VALIDITY: _OF_TIME,
    Ask.QUANTITY: _OF_NUMBERS,
    Ask.ADDRESS: _OF_PLACES,
    Ask.FEE: _OF_FEES,
}

_FIGURE_ASKED = re.compile(
    r"(?<![哪前这好过])(?:多少|几)个?(?:岁|年|月|天|日|小时|人(?!才)|名|成|倍|平|亩|公里|次|场|件|%)|(?:多少|几)[^，。？]{0,4}才|多少(?:以[上内下])?[？?呀啊呢]*$"
    r"|(?<!差距有)(?<!差别有)(?<!区别有)多[大高长久]|百分之几|how (?:many|much|long|old)\b|what is the (?:area|number|size|length|population|percentage|rate|proportion)\b",
    re.IGNORECASE,
)
# 会看它孵出来多少家规上企业吗 asks whether, not how many.
_WHETHER_COUNTED = re.compile(r"(?:会|要|看|算|考|按|是)[^，。？]{0,12}(?:多少|几)[^，。？]{0,14}(?:吗|么|不)[？?]*$")


def lacks_sign(ask: AskReading) -> bool:
    """Whether an ask that is only guessed shows in none of its words."""
    sign = _SIGNS.get(ask.ask)
    return sign is not None and not ask.is_cued and not sign.search(ask.text)


def asks_figure(clause: str) -> bool:
    """Whether a clause asks for a number: 年龄卡到多少, 进库要几年工作经验."""
    return _FIGURE_ASKED.search(clause) is not None and not _WHETHER_COUNTED.search(clause)


def is_of_figure(reading: AskReading) -> bool:
    """It asks for a number other than the sum: each such clause wants its own answer."""
    return reading.ask is not Ask.SUM and asks_figure(reading.text)
