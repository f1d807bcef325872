"""Words without which a guess at certain asks is not believed."""

import re

from assistant.query import Ask, AskReading

_OF_MEANING = re.compile(
    r"意思|含义|定义|解释|概念|指|何谓|叫|理解|什么是|啥是|是(?:个|一个)?(?:什么|啥)|怎么回事|说法|mean|defin|what|stand|explain",
    re.IGNORECASE,
)
_OF_APPLYING = re.compile(
    r"申|报|办|领|网|平台|手续|流程|程序|提交|弄|拿|入口|渠道|窗口|跑|找|填|步骤|appl|submit|claim|regist|get|obtain|go about",
    re.IGNORECASE,
)
_OF_WINNERS = re.compile(
    r"评委|评审|专家|入选|入围|名单|公示|公布|获|拿到|得到|结果|中选|评上|通过|win|select|award|result|list",
    re.IGNORECASE,
)
_OF_TIME = re.compile(
    r"时间|日期|日子|有效|期|生效|施行|实施|执行|失效|废止|作废|算数|管用|年|valid|effect|expire|force", re.IGNORECASE
)
_SIGNS = {Ask.MEANING: _OF_MEANING, Ask.ROUTE: _OF_APPLYING, Ask.RESULT: _OF_WINNERS, Ask.VALIDITY: _OF_TIME}


def lacks_sign(ask: AskReading) -> bool:
    """Whether an ask that is only guessed shows in none of its words."""
    sign = _SIGNS.get(ask.ask)
    return sign is not None and not ask.is_cued and not sign.search(ask.text)
