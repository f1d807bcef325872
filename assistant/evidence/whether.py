"""The marks by which a clause asks whether something is so: particles, A-not-A, tags."""

import re

_TAG = re.compile(
    r"(?:[，,。\s]*(?:我)?(?:(?:这个?)?(?:说法|话)?没(?:看|记|说|弄|搞|听|理解)?错|没毛病|没问题|[行成](?=吧)|可以(?=吧)|对不对|是不是(?:这样|真的)?|是这样|是真的|真的假的|有没有这回事"
    r"|(?:可以|能不能)?这么(?:说|理解|讲)|(?<!应)(?<!反)(?<!相)(?<!针)对(?=[吗么吧])|是(?=[吗么吧])|对不(?=[？?。!！\s]*$)|是不(?=[？?。!！\s]*$))(?:吧|吗|么|呢)?"
    r"|[，,。\s]+(?:对|是吧|right|correct)|[，,。\s]+is (?:that|it) (?:right|so|true|correct)|[，,。\s]+isn't (?:it|that)(?: so)?)\s*[？?。!！]*$",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"[吗么吧不][？?。!！\s]*$|(\w{1,2})[不没]\1|是否|能否|可否|有没有|^(?:is|are|does|do|did|can|will|has|have|may|must|should)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"多少|(?<!好)几(?!乎)|哪|什么|啥|谁|怎|咋|如何|何时|何地|多[久长大高]|为何|\b(?:what|which|who|whom|how|when|where|why)\b",
    re.IGNORECASE,
)

_EITHER = re.compile(r"(\w{1,2})[不没]\1|是否|能否|可否")
_HOW_MANY = frozenset({"多少", "几"})
_CHOICE = re.compile(r"(?<!，)还是(?!要|得|会|能|可以|不|没|挺|很)|\bor\b", re.IGNORECASE)


def asks_whether(text: str) -> bool:
    """It can be answered by yes or no: it has such a mark, and asks neither who, what nor how much."""
    bare = without_tag(text)
    which = _INTERROGATIVE.search(bare)
    either = _EITHER.search(bare)
    if either and which and either.start() < which.start() and which.group() in _HOW_MANY:
        # 会不会看孵化了多少企业 asks whether.
        return True
    has_mark = _TAG.search(text) or _WHETHER.search(text)
    return has_mark is not None and which is None


def asks_which(text: str) -> bool:
    """It holds a word of asking who, what, how much, when."""
    return _INTERROGATIVE.search(text) is not None


def without_tag(text: str) -> str:
    """What is claimed, without 对吧, 没看错吧 and the like behind it."""
    return _TAG.sub("", text)


def offers_choice(text: str) -> bool:
    """一次性的还是每年给: which of two, not whether."""
    return _CHOICE.search(without_tag(text)) is not None


_HOW_MANY_OF = re.compile(r"多少|几(?!乎)|多[大高]|how (?:many|much)", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:多少|几)个?(?P<unit>工作日|[件人名家个条次场天日年月倍户套台辆吨亩岁篇批项期成座处所类种回级位分步轮届只头株支米层章])(?!份|底|钱|块|亿|万|(?<=条)[件款例]|(?<=期)[限间]|(?<=类)[别型]|(?<=处)室)"
)


def unit_asked(text: str) -> str:
    """条 of 多少条, 工作日 of 几个工作日; "" where no number of anything is asked for."""
    found = _UNIT.search(text)
    return found["unit"] if found else ""


def asks_number(text: str) -> bool:
    return _HOW_MANY_OF.search(text) is not None


_MONEY = re.compile(
    r"(?<![那这一哪])块|[钱元奖补助贴款费价拿领给扣减免罚]|资金|money|fund|pay|grant|subsid|award|reward|get|receive",
    re.IGNORECASE,
)


def speaks_of_money(text: str) -> bool:
    """自己又加了多少 may ask for any number."""
    return _MONEY.search(text) is not None


_UNTIL = re.compile(
    r"有效期|失效|到期|截止|作废|终止|结束|为止|多久|几年|多长|[管用]到|到(?:哪|什么|啥|几|何)|\b(?:until|till|end|expires?|expiry|how long)\b",
    re.IGNORECASE,
)


def asks_until(text: str) -> bool:
    """Of how long something holds it asks for the end, not for the first day."""
    return _UNTIL.search(text) is not None


_OF_ALL = re.compile(
    r"合计|一共|总共|总计|共计|总额|总数|乘|加起来|预算|都(?:按|拿|算|给|能)|\b(?:total|altogether|in all|multipl)",
    re.IGNORECASE,
)


def asks_for_all(text: str) -> bool:
    """What several of them come to together."""
    return _OF_ALL.search(text) is not None


_OF_EACH = re.compile(r"各(?!地|部门|省|市|县|类|种|级|界|方|位)|分别|\beach\b|respectively", re.IGNORECASE)
_TOPIC = re.compile("(?:[那这]一?[条块项段事儿笔款句]|[那这]部分|[那这]方面|的话|来说|而言)[，,、\\s]*$")
_THE_SAME = re.compile("也(?:是)?(?:一样|同样|照样|这样|如此|算)")


def asks_of_each(text: str) -> bool:
    """分别由谁负责, of things that were named before."""
    return _OF_EACH.search(text) is not None


def only_names_topic(text: str) -> bool:
    """贴息那条, before what is asked about it."""
    return _TOPIC.search(text) is not None


def claims_the_same(text: str) -> bool:
    """也一样吗, of another thing than before."""
    return _THE_SAME.search(text) is not None


_REQUEST = re.compile(
    "把[^，。]{1,14}?(?:给|发|告诉|报|列|念|写)(?:给)?(?:我|一下|出来|全)|(?:告诉|发给|报给|念给)我|给我(?:说|讲|列|报|发|念)|请(?:列|给出|告诉|说明|写出)"
)
_BACK = re.compile("(?<!除)(?<!除[了去])[那这该此]一?(?:条|笔|项|款|句|段)(?!件|目|链)")
_DEFINITION = re.compile("解释|定义|释义|界定|什么意思")
_SUM_ASKED = re.compile(
    "(?:多少|几)(?:个?[万亿])?(?:块|元)?(?:钱|资金|经费|预算|补贴|补助|奖金|元)|多少[万亿]?[块元]|总盘子"
)


_OUTLINE = re.compile(
    "(?:分|划|包括|含|共有?|由)[^，。？]{0,4}(?:哪几|几|哪些)个?大?(?:类|块|部分|章|板块|方面|篇)(?=[，。？?！\\s都吗呢]|分别|各|$)"
    "|(?:列|写|给|拟|出|看|念|说)[^，。？]{0,6}(?:大纲|提纲|目录|框架|题目|小标题|纲目)"
    "|(?:大纲|提纲|目录|框架|题目|小标题|纲目)[^，。？]{0,8}(?:列|写|是什么|是啥|有哪些|就行)"
)


_DOCUMENT = re.compile(
    "文件|通知|意见|办法|措施|方案|规定|细则|条例|全文|正文|公告|通告|政策|这份|大纲|提纲|目录|框架|题目|小标题"
)


def names_document(text: str) -> bool:
    """The document is named, or its outline."""
    return _DOCUMENT.search(text) is not None


def asks_outline(text: str) -> bool:
    """Which parts a document has, or the titles in it."""
    return _OUTLINE.search(text) is not None


_PAPER = "(?:政策)?(?:文件|通知|公文|意见|办法|规定)"
_DOCUMENTS = re.compile(
    f"(?:哪几|哪些|几|多少|所有|全部)[份个部篇]?{_PAPER}|{_PAPER}[^，。？]{{0,6}}?(?:有哪|有几|都有|共有|一共|总共|清单|目录)"
    f"|最[新早近后][^，。？]{{0,6}}?[份个]?{_PAPER}|哪一?[份个]{_PAPER}[^，。？]{{0,8}}最[新早近]|开头的[^，。？]{{0,3}}有哪"
)
_OF_OTHERS = re.compile(
    "依据|根据|引用|参照|废止|提交|需要|要交|材料|附件|审批|批准|报送|配套|落实|核发|出具|备案|执行|分[成为]|第"
)
_STOCK = re.compile("这里|你这|你们|您这|手头|手上|库里|收录|收了|系统里")


def asks_documents(text: str) -> bool:
    """Which notices there are, and not what one of them refers to or asks for."""
    return _DOCUMENTS.search(text) is not None and _OF_OTHERS.search(text) is None


def asks_of_stock(text: str) -> bool:
    """你这里都有哪些文件."""
    return _STOCK.search(text) is not None


def asks_oldest_or_newest(text: str) -> str:
    """ "newest", "oldest" or ""."""
    found = re.search("最(?:[新近后]|晚)|最早", text)
    return "" if found is None else "oldest" if found.group() == "最早" else "newest"


_FUND_ASKED = re.compile(
    "(?:钱|款|费用?|资金|经费|补助|补贴|奖金)[^，。？]{0,6}(?:(?:从|由|在)?(?:哪|什么)[^，。？]{0,8}?(?:出|掏|付|列支|来)|谁(?:来)?(?:出|掏|付|买单))"
    "|从哪(?:个|儿|里|笔)?[^，。？]{0,6}(?:出|掏|付|列支)|(?:哪|什么)个?(?:资金|基金|账户)[^，。？]{0,3}(?:出|掏|付|列支|里)"
)


def asks_fund(text: str) -> bool:
    """钱从哪个基金出."""
    return _FUND_ASKED.search(text) is not None


def asks_for(text: str) -> bool:
    """把电话给我, which asks as well as any question."""
    return _REQUEST.search(text) is not None


def points_back(text: str) -> bool:
    """那条, 这笔钱: what was spoken of before."""
    return _BACK.search(text) is not None


def asks_definition(text: str) -> bool:
    """Whether words are explained, and not whether something is so."""
    return _DEFINITION.search(text) is not None


def asks_sum(text: str) -> bool:
    """多少钱 and 多少资金, which no number of anything else answers."""
    return _SUM_ASKED.search(text) is not None


_WHO_LEADS = re.compile(
    "(?:谁|哪|什么|啥)[^，。？]{0,8}(?:牵头|挑头|打头|主抓)|(?:牵头|挑头|打头|主抓)[^，。？]{0,8}(?:谁|哪|什么|啥)|牵头(?:单位|部门)是?[？?]?$|who leads|which .{0,30} leads",
    re.IGNORECASE,
)


_WHO_ELSE = re.compile("配合|参与|参加|协助|还有|一起|分别|其他|都有|support|take part", re.IGNORECASE)


def asks_who_leads(text: str) -> bool:
    """牵头的是谁, and not who else takes part."""
    return _WHO_LEADS.search(text) is not None and _WHO_ELSE.search(text) is None


def is_tagged(text: str) -> bool:
    """…，没错吧: what stands before it is claimed."""
    return _TAG.search(text) is not None


_OF_WHAT_WAS_SAID = re.compile(
    "(?:这[么样]|那[么样])(?:说|讲|写|理解|认为|告诉|报|答复|回)|[这那上]个?(?:数字?|数目|说法|表述|理解|写法|口径|讲法|话)|上[述面]"
)
_SHORT_CHECK = 20


def checks_what_was_said(text: str) -> bool:
    """这个数字没错吧, 我跟客户这么讲没毛病吧: it holds no claim of its own."""
    is_check = is_tagged(text) or asks_whether(text)
    return is_check and len(text) <= _SHORT_CHECK and _OF_WHAT_WAS_SAID.search(text) is not None


_LEAVE = re.compile(
    "[能可行够准让许]|符合|合格|资格|接着|还(?:要|是)|\\b(?:may|can|eligible|allowed)\\b", re.IGNORECASE
)


def asks_leave(text: str) -> bool:
    """能不能, 够不够 and 让不让, of what somebody means to do or to get."""
    return _LEAVE.search(text) is not None


_SHARE_ASKED = re.compile(
    "比例|占|成(?![立功本员长都果])|率|百分|[%％]|几折|几个点|percent|share|rate|proportion", re.IGNORECASE
)


def asks_share(text: str) -> bool:
    """百分之几 and 几成; 能扣多少 may as well ask for a sum."""
    return _SHARE_ASKED.search(text) is not None


_MENTION = re.compile("提[到及]|提没提|写没写|写[到进]|有没有[写提讲]|涉及|出现|\\bmention", re.IGNORECASE)


def asks_mention(text: str) -> bool:
    """提到养老院了吗: whether a word stands there at all."""
    return _MENTION.search(text) is not None


_FORBIDDEN = re.compile("不许|不准|不得|禁止|(?<!让)不让|(?<!能)不能(?!不)")


def says_forbidden(text: str) -> bool:
    """不许生产也不许用, which a limit confirms where it forbids."""
    return _FORBIDDEN.search(text) is not None


_PAPERS = re.compile("材料|资料|证|表|复印|单据|票|合同|paper|document", re.IGNORECASE)


def asks_papers(text: str) -> bool:
    """带什么证件, and not whether something must be registered."""
    return _PAPERS.search(text) is not None


_HOME_BEFORE = re.compile("(?:老家|户口|户籍|籍贯|家)(?:是|在|还在)?$")
_HOME_BEHIND = re.compile("[省市县]?(?:的[，,。]|人[，,。]|籍|户口|户籍|过来|回来|来的)")


def is_home_of_somebody(before: str, after: str) -> bool:
    """老家安徽的，正月初十才回来: the place between is where somebody comes from."""
    return _HOME_BEFORE.search(before) is not None or _HOME_BEHIND.match(after) is not None
