"""What tells one thing of a kind from the next: its level, and whether a sentence affirms or denies."""

import re

_LEVEL = re.compile("国家级|部级|[省市区县]一?级")
_RECOGNISED = re.compile("(?P<by>[国省市区县])家?[里级]?(?:认定|评定|评上|评选|命名|授牌|备案)(?:[了过]?的)")
"""市里认定的 is of 市级."""

_ENGLISH_LEVELS = {
    "国家级": re.compile(r"\b(?:national|state|ministerial|ministry)(?:-| )level|\bministerial\b", re.IGNORECASE),
    "省级": re.compile(
        r"\bprovincial(?:(?:-| )level)?(?! department| bureau| government| administration)", re.IGNORECASE
    ),
    "市级": re.compile(r"\b(?:municipal|city)(?:-| )level|\bmunicipal(?! bureau| department)", re.IGNORECASE),
    "县级": re.compile(r"\bcounty(?:-| )level", re.IGNORECASE),
}
_RANK = "[一二三四五特]"
_GRADE = re.compile(
    f"(?<![省市县区乡镇村国部校院这那哪某每同另上下本层、])(?P<grade>{_RANK}级|第{_RANK}类|[甲乙丙丁][类级等]|{_RANK}等(?=[奖功])|[首一二三]套)"
    "(?P<thing>(?!的)[\u4e00-\u9fff]{1,6})"
)
_OF_GRADE = re.compile(
    f"(?P<thing>[\u4e00-\u9fff]{{2}})(?:是|属于|属|为|算)(?P<grade>{_RANK}级|第{_RANK}类|[甲乙丙丁][类级等])"
)
_HOSPITAL = re.compile("(?P<rank>[一二三])[甲乙丙](?![类级等])")
_A_WORD = 2
_NOT_THIS = re.compile("(?:不是|并非|非|不算|没有|没到|还没评上)(?:国家|省|部|市|区|县)级")
_SAME_LEVEL = {"部级": "国家级"}
"""What a ministry recognises is of national level."""

# A不A, 有没有, 不超过 and the like deny nothing.
_NO_DENIAL = re.compile(
    r"(\w{1,2})[不没]\1|有没有?|是不是|能不能|可不可以|会不会|要不要|是否|能否|可否|对不对|好不好|不超过|不低于|不高于|不少于|不得超过|不仅|不断|不同|不限|不只"
    r"|没(?:看|记|说|弄|搞|听)?错|没毛病|没问题|不够|不到|不足|不满|不少|不论|不管(?!的)|无论|不好意思|不知道?|不清楚|不懂|不明白|未来|无人|差不多|不(?:完全|能|可)?排除|不错|不过|没错|不客气|[，,]?不[？?]?$|[吗没][？?]?$|\bnot only\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(r"(?:难道)?不[也就都]?是(?=[^，。？?]*吗)|难道(?:不是)?|非得|非要")
_DENIAL = re.compile(
    r"没有?|[不未无免]|禁止|严禁|剔除|废止|取消|停止|除外|拒绝|except|\bnot\b|n't\b|\bno\b|without|never|\bneither\b|\bexclud(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
_NAME_WITH_DENIAL = re.compile(
    "未就业|未婚|无业|不合格|不良|无人机|无线|无废|免费|不动产|未成年人?|未来|未必|无障碍|无形|无锡|无害|无缝|无纸化|无偿|无限|无党派|不定期|不可抗力|不正当|不锈钢|任免|罢免|免职|免疫|避免|以免|难免|免得"
    "|(?:禁止|限制)(?=[、和与性]|规定|事项|行为|条款)"
)
DENIED_NAME = re.compile("[没无未不非][有含]?(?=[◇◎№▣])")
"""A masked name that is denied leaves nothing else denied: 没有财政厅而写了金额的."""

JOINED = re.compile(r"\s*(?:[、和或与跟及]|and|or|nor)\s*", re.IGNORECASE)
"""Between two names that are denied together."""


_REQUESTED = re.compile("请求|恳请|希望(?:国家|中央|国务院)|建议(?:国家|中央|国务院)")
_WORKS = "(?:企业|公司|厂商?|单位|机构|店|户|商户|主体)"
_SIZES = {
    "大": re.compile(
        f"(?<!强)(?<!中)(?<!做)(?:大型?|超大|特大|巨头){_WORKS}|大厂|大集团|\\blarge (?:companies|enterprises|firms)"
    ),
    "小": re.compile(
        f"中小微?型?{_WORKS}|小微?型?{_WORKS}|微型?{_WORKS}|个体工商?户|小店|夫妻店|科技型中小企业|\\bsmall (?:companies|enterprises|firms|businesses)"
    ),
}
FROM_ELSEWHERE = "外来"
_SIDES = {
    "本地": re.compile(
        f"本[地省市]的?[^，。；]{{0,4}}?{_WORKS}|(?:当地|省内|市内|境内|我省|本省|本地)的?[^，。；]{{0,4}}?{_WORKS}|本地人|本省人"
    ),
    FROM_ELSEWHERE: re.compile(
        f"(?:省外|外地|外省|市外|境外|海外|国外|外资|外商)[^，。；]{{0,6}}?{_WORKS}|来[^，。；]{{1,3}}(?:设立|投资|落户)"
    ),
}
_KINDS = {
    "企业": re.compile("企业|公司|厂(?!房)|集团|商家|商户|(?<!开)(?<!开[个家间])店铺?"),
    "高校": re.compile("高校|大学(?!生|科技园)|院校|高职|学校"),
    "院所": re.compile("科研院所|研究院|研究所|院所|科研机构|科研单位"),
    "个人": re.compile(
        "(?<![一每两几])个人(?![来去])|\\bindividuals?\\b|\\bresidents?\\b|\\bfarmers?\\b|\\bemployees?\\b|\\bstudents?\\b|自然人|老百姓|居民|村民|农民(?!合作社)|市民|人员|职工|员工|学生|毕业生|大学生|教师|老师|打工"
    ),
    "金融机构": re.compile("银行|金融机构|保险(?:公司|机构)|担保(?:公司|机构)|券商"),
    "社会组织": re.compile("协会|商会|社会组织|社会团体|学会|社团|联盟|基金会"),
    "合作社": re.compile("合作社|农户|家庭农场|种植户|养殖户"),
    "医院": re.compile("医院|卫生院|诊所"),
}


RECIPIENTS = {by: frozenset(table) for by, table in (("size", _SIZES), ("origin", _SIDES), ("kind", _KINDS))}
"""The groups by which recipients differ."""


def recipients_of(text: str) -> dict[str, frozenset[str]]:
    """By what recipients may differ (size, origin, kind): the groups that a text names."""
    groups = {"size": _SIZES, "origin": _SIDES, "kind": _KINDS}
    return {by: frozenset(k for k, p in table.items() if p.search(text)) for by, table in groups.items()}


def is_kind_of_recipient(name: str) -> bool:
    """高校 and 企业 say who, and name nothing that is given."""
    return any(p.fullmatch(name) for p in _KINDS.values())


def levels_of(text: str) -> frozenset[str]:
    """The levels that a text names, without those it says it is not about."""
    named = (x.replace("一级", "级") for x in _LEVEL.findall(_NOT_THIS.sub("", text)))
    found = (*named, *(f"{m['by'].replace('国', '国家')}级" for m in _RECOGNISED.finditer(_NOT_THIS.sub("", text))))
    english = (level for level, pattern in _ENGLISH_LEVELS.items() if pattern.search(text))
    return frozenset((*(_SAME_LEVEL.get(x, x) for x in found), *english))


def grades_printed(asked: str, printed: str) -> tuple[str, frozenset[str]] | None:
    """二级 and {三级}, of 二级医院 where 三级公立医院 is printed: the grade asked of, and all that are printed of the same
    thing; None where either is of no grade."""
    for grade, thing in _grades_of(asked):
        of_it = frozenset(
            grade if _is_one_grade(grade, g) else g for g, t in _grades_of(printed) if _share_word(thing, t)
        )
        if of_it:
            return grade, of_it
    return None


def _grades_of(text: str) -> list[tuple[str, str]]:
    """Grades in one spelling, each with the words of the thing that is graded."""
    found = [(m["grade"], m["thing"]) for m in _GRADE.finditer(text)]
    found += [(m["grade"], m["thing"]) for m in _OF_GRADE.finditer(text)]
    return found + [(f"{m['rank']}级", "医院") for m in _HOSPITAL.finditer(text)]


def _is_one_grade(one: str, other: str) -> bool:
    """首套 is 一套."""
    return one.replace("首", "一") == other.replace("首", "一")


def _share_word(one: str, other: str) -> bool:
    """A character of a short name, two in a row of longer ones."""
    size = min(_A_WORD, len(one), len(other))
    return any(one[i : i + size] in other for i in range(len(one) - size + 1))


def is_denied(text: str) -> bool:
    """Whether what is said, or asked, is that something is not so."""
    return denials_in(text) % 2 == 1


def denials_in(text: str) -> int:
    """How many words of a text deny something."""
    return len(denials_at(text))


def denials_at(text: str) -> tuple[tuple[int, int], ...]:
    """Where they stand."""
    for pattern in (_RHETORICAL, _NO_DENIAL, _NAME_WITH_DENIAL):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return tuple(found.span() for found in _DENIAL.finditer(text))


def is_requested(text: str) -> bool:
    """A sentence tells what somebody asks for, which is not yet so."""
    return _REQUESTED.search(text) is not None


def is_rhetorical(text: str) -> bool:
    """不是…吗, which claims that it is so."""
    return _RHETORICAL.search(text) is not None
