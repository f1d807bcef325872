"""One thing spoiled in a finding of the real composer: only the spoiled part falls, for what was spoiled."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest

from assistant.ask import Assistant, Steps
from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding
from assistant.evidence.difference import Claim
from assistant.verifying.verify import Problem, Verified, verify
from corpus.embedding.embed import Embedder
from corpus.language.amounts import read_amounts
from corpus.store import Corpus
from ingest.build import build
from prompts import phrase
from tests.conftest import NOTICES
from tests.drafts import find_item

Find = Callable[[str, str], tuple[Finding, Corpus]]

TEXTS = {"jobs": NOTICES / "gf-2018-39.txt", "tax": NOTICES / "gf-2018-41.txt"}

CENTRE = "高校院所建设高价值专利培育中心给多少"
POOL = "重点产业专利池最高给多少"
IS_POOL = "重点产业专利池最高300万元吗"
BASE = "省级中试基地最高给多少钱"
INCUBATOR = "部级孵化器的补助是一次性的吗"
INCUBATOR_FOR = "部级孵化器补助给谁"
INCUBATOR_BY = "孵化器补助怎么算"
HEADQUARTERS = "世界500强企业来鲁设研发总部给多少补助"
CONTEST = "创新创业大赛奖励多少钱"
ABROAD = "鼓励企业海外设立分支机构吗"
PARK = "省级大学科技园怎么支持"
SCIENCE = "国家级科普教育基地怎么创建"
PROOF = "省级概念验证中心按什么给支持"
COMPUTING = "算力券哪些人能领"
CLOUD = "国家级智算云服务试点建几个"
SCENES = "遴选标杆示范场景每年多少"
SIX, NINE = "知识产权服务谁牵头", "技术转移转化和推广服务由谁负责"
TWELVE, SIXTEEN = "科技咨询服务由哪些部门负责", "谁来牵头组织保障"
NUMBER, BASIS = "文号是多少", "依据什么文件制定的"

REFUND = "稳岗返还比例是多少"
SMALL = "小微企业创业担保贷款最高多少"
REGISTER = "失业登记可以在常住地办吗"
SPACE = "失业人员创业免费提供经营场地吗"
EASE = "可以适当放宽创业担保贷款条件吗"
HELP = "就业困难人员能享受就业援助吗"
RELIEF = "谁可以申请临时生活补助"
ONCE = "生活费补贴每年能享受几次"
TRAINEES = "见习几个月"
STARTS = "见习计划从什么时候开始"
LIVING = "生活费补贴的时间"
TRAINING = "困难企业在岗培训到什么时候"
SKILLS = "技术技能提升补贴要参保几年"
WITHIN = "各省多少天内制定实施办法"
MONTHS = "返还标准按几个月"
ISSUED = "什么时候印发的"
TRAINERS, INSURERS = "困难企业在岗培训谁负责", "失业保险待遇由谁负责"
FOUNDERS, LENDERS = "创业孵化基地奖补由哪些部门负责", "创业担保贷款贴息由谁承担"
PROVINCES = "落实地方政府主体责任谁负责"

STUDY, CHILD = "继续教育扣除最长多久", "子女教育每月扣多少"
MORTGAGE, FROM = "首套住房贷款最长扣除几个月", "这个办法从什么时候开始施行"


@pytest.fixture(scope="module")
def find(real_corpus: Corpus, local_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Find:
    """What the real composer finds for a question about one of the notices, before it is verified; and the corpus."""

    @cache
    def open_corpus(notice: str) -> Corpus:
        published = build((TEXTS[notice],), tmp_path_factory.mktemp(notice) / "index", local_embedder).corpus
        assert published is not None
        return published

    @cache
    def ask(notice: str, question: str) -> tuple[Finding, Corpus]:
        corpus = real_corpus if notice == "home" else open_corpus(notice)
        found: list[Finding] = []

        def keep(findings: Sequence[Finding], corpus: Corpus, language: str) -> Verified:
            found.extend(findings)
            return verify(findings, corpus, language)

        Assistant(corpus, Steps(verify=keep)).ask(question)
        (finding,) = found
        return finding, corpus

    return ask


def kept(finding: Finding, corpus: Corpus) -> bool:
    return verify([finding], corpus) == Verified((finding,), ())


def swap(finding: Finding, old: DraftPart, new: DraftPart) -> Finding:
    return replace(finding, parts=tuple(new if p is old else p for p in finding.parts))


def falls_alone(spoiled: DraftPart, finding: Finding, corpus: Corpus) -> str:
    """Why the spoiled part falls; all other parts must be kept, and that nothing is left must be said."""
    verified = verify([finding], corpus)
    others = [p.text for p in finding.parts if p is not spoiled]
    assert [p.part for p in verified.problems] == [spoiled.text]
    assert [p.text for p in verified.findings[0].parts] == (others or [phrase("unverified", "zh")])
    return verified.problems[0].reason


WORDS = [
    # (what is spoiled, notice, question, printed, spoiled, what the reason names)
    ("polarity", "home", BASE, "年度最高奖补", "年度不奖补", "200万元"),
    ("polarity", "home", CENTRE, "最高给予", "不给予", "200万元"),
    ("polarity", "home", HEADQUARTERS, "最高给予", "不予", "500万元"),
    ("polarity", "jobs", SMALL, "可申请最高不超过", "不可申请", "300万元"),
    ("polarity", "tax", STUDY, "不能超过", "可以超过", "可以超过48个月"),
    ("polarity", "tax", STUDY, "不能超过", "超过", "扣除期限超过48个月"),
    ("recipient", "home", CENTRE, "高校院所", "企业", "200万元"),
    ("recipient", "home", CENTRE, "高校院所", "协会", "社会组织"),
    ("recipient", "home", POOL, "相关企业", "高校院所", "300万元"),
    ("recipient", "home", POOL, "相关企业", "个人", "个人"),
    ("recipient", "home", HEADQUARTERS, "世界500强企业、省外龙头企业", "小微企业", "小"),
    ("recipient", "home", CONTEST, "科技型中小企业", "大型企业", "大"),
    ("recipient", "home", CONTEST, "科技型中小企业", "高校", "高校"),
    ("recipient", "home", ABROAD, "企业", "高校", "高校"),
    ("recipient", "jobs", SMALL, "小微企业", "大型企业", "大"),
    ("recipient", "jobs", REGISTER, "失业人员", "企业", "企业"),
    ("recipient", "jobs", SPACE, "失业人员", "企业", "企业"),
    ("recipient", "jobs", RELIEF, "下岗失业人员", "企业", "企业"),
    ("recipient", "jobs", REFUND, "参保企业", "参保职工", "个人"),
    ("recipient", "jobs", REFUND, "参保企业", "高校", "高校"),
    ("level", "home", BASE, "省级", "部级", "国家级"),
    ("level", "home", BASE, "省级", "市级", "市级"),
    ("level", "home", INCUBATOR, "部级", "省级", "省级"),
    ("level", "home", INCUBATOR, "部级", "市级", "市级"),
    ("level", "home", PARK, "省级", "部级", "国家级"),
    ("level", "home", PARK, "省级", "市级", "市级"),
    ("level", "home", SCIENCE, "国家级", "省级", "省级"),
    ("level", "home", SCIENCE, "国家级", "区级", "区级"),
    ("level", "jobs", WITHIN, "各省、自治区、直辖市人民政府", "各县级人民政府", "县级人民政府"),
    ("act", "home", CENTRE, "建设高价值专利培育中心", "建设重点产业专利池", "200万元"),
    ("act", "home", CENTRE, "建设高价值专利培育中心", "建设共性技术平台", "200万元"),
    ("act", "home", POOL, "建设重点产业专利池", "加入省大型科研仪器共享服务网", "300万元"),
    ("act", "home", HEADQUARTERS, "设立研发总部、研发中心、分支机构", "建设概念验证中心", "500万元"),
    ("act", "jobs", SMALL, "签订1年以上劳动合同", "缴纳失业保险费", "300万元"),
    ("act", "jobs", REFUND, "不裁员或少裁员", "开展职工在岗培训", "50%"),
    ("payment", "home", BASE, "年度", "一次性", "200万元"),
    ("payment", "home", INCUBATOR, "一次性", "年度", "200万元"),
    ("payment", "home", INCUBATOR, "一次性", "每年", "200万元"),
    ("payment", "home", POOL, "最高给予", "每年最高给予", "300万元"),
    ("payment", "home", CENTRE, "最高给予", "一次性最高给予", "200万元"),
    ("payment", "home", CONTEST, "最高给予", "年度最高给予", "50万元"),
    ("payment", "jobs", REFUND, "可返还", "每年可返还", "50%"),
    ("payment", "jobs", SMALL, "可申请", "可一次性申请", "300万元"),
    ("payment", "tax", CHILD, "每月", "每年", "1000元"),
    ("role", "home", SIX, "牵头负责", "按职责分工负责", "按职责分工"),
    ("role", "home", NINE, "按职责分工负责", "牵头负责", "不是牵头"),
    ("role", "home", SIXTEEN, "牵头负责", "配合", "是牵头"),
    ("role", "jobs", TRAINERS, "牵头负责", "配合", "是牵头"),
    ("role", "jobs", TRAINERS, "财政部（配合）", "财政部（牵头负责）", "不是牵头"),
    ("role", "jobs", FOUNDERS, "按职责分工负责", "牵头负责", "不是牵头"),
    ("role", "jobs", INSURERS, "配合", "牵头负责", "不是牵头"),
    ("department", "home", SIX, "省市场监管局", "省科技厅", "省科技厅"),
    ("department", "home", NINE, "省财政厅", "省教育厅", "省教育厅"),
    ("department", "home", NINE, "省财政厅", "省财政厅、省教育厅", "省教育厅"),
    ("department", "home", NINE, "省科技厅、", "", "不全"),
    ("department", "home", TWELVE, "省科协、", "", "不全"),
    ("department", "home", SIXTEEN, "省科技厅", "省财政厅", "省财政厅"),
    ("department", "jobs", TRAINERS, "人力资源社会保障部", "财政部", "不是牵头"),
    ("department", "jobs", TRAINERS, "财政部", "教育部", "教育部"),
    ("department", "jobs", INSURERS, "人力资源社会保障部", "医保局", "不是牵头"),
    ("department", "jobs", FOUNDERS, "人力资源社会保障部", "科技部", "不全"),
    ("department", "jobs", FOUNDERS, "科技部、", "", "不全"),
    ("department", "jobs", LENDERS, "财政部", "人民银行", "不全"),
    ("department", "jobs", PROVINCES, "各省级人民政府", "财政部", "财政部"),
    ("measure", "home", TWELVE, "第（十二）条", "第（十一）条", "第（十一）条"),
    ("measure", "home", SIXTEEN, "第（十六）条", "第（十五）条", "第（十五）条"),
    ("measure", "jobs", TRAINERS, "第（六）条“支持困难企业开展职工在岗培训”由", "第（七）条由", "第（七）条"),
    ("date", "jobs", ISSUED, "2018年11月16日", "2018年12月05日", "12"),
    ("date", "jobs", ISSUED, "2018年11月16日", "2019年1月1日", "2019"),
    ("date", "jobs", ISSUED, "2018年", "2019年", "2019"),
    ("date", "jobs", STARTS, "2019年1月1日", "2018年11月16日", "2018"),
    ("date", "jobs", TRAINING, "12月31日", "6月30日", "30"),
    ("date", "jobs", TRAINING, "2019年", "2020年", "2020"),
    ("date", "jobs", LIVING, "2020年12月31日", "2021年12月31日", "2021"),
    ("date", "jobs", SKILLS, "2020年12月31日", "2019年12月31日", "2019年12月31日"),
    ("date", "jobs", WITHIN, "30日内", "60日内", "60"),
    ("date", "tax", FROM, "2019年", "2018年", "2018"),
    ("date", "home", NUMBER, "2025", "2024", "2024"),
    ("date", "home", BASIS, "2025", "2023", "2023"),
    ("date", "home", SCENES, "每年遴选", "2026年遴选", "2026"),
    ("quotation", "home", BASE, "省级中试基地", "“龙头中试基地”", "“龙头中试基地”"),
    ("quotation", "home", COMPUTING, "“算力券”", "“智算券”", "“智算券”"),
    ("quotation", "home", NINE, "“技术转移转化和推广服务”", "“技术转让服务”", "“技术转让服务”"),
    ("quotation", "home", CLOUD, "“1+N”", "“2+N”", "“2+N”"),
    ("quotation", "home", INCUBATOR, "一次性补助", "一次性补助，即“免申即享”", "“免申即享”"),
    ("quotation", "home", BASIS, "《关于加快推进科技服务业高质量发展的实施意见》", "《中试意见》", "“中试意见”"),
    ("quotation", "jobs", REFUND, "50%", "50%，即“全额返还”", "“全额返还”"),
    ("quotation", "jobs", REGISTER, "失业登记", "“失业登记卡”", "“失业登记卡”"),
    ("quotation", "jobs", INSURERS, "“落实失业保险待遇”", "“提高失业保险待遇”", "“提高失业保险待遇”"),
    ("quotation", "jobs", ONCE, "只享受一次", "“终身享受”", "“终身享受”"),
    ("neighbour", "home", CENTRE, "200万元", "300万元", "300万元"),
    ("neighbour", "home", POOL, "300万元", "200万元", "200万元"),
    ("neighbour", "home", BASE, "服务突出的省级中试基地", "省级概念验证中心", "200万元"),
    ("neighbour", "home", CONTEST, "50万元", "200万元", "200万元"),
    ("neighbour", "home", SCENES, "10个", "19个", "19"),
    ("neighbour", "jobs", SMALL, "300万元", "15万元", "15万元"),
    ("neighbour", "jobs", REFUND, "50%", "25%", "25%"),
    ("neighbour", "jobs", SKILLS, "3年以上放宽至参保1年", "1年以上放宽至参保3年", "1年以上放宽至参保3年"),
    ("neighbour", "jobs", MONTHS, "6个月", "12个月", "12个月"),
    ("neighbour", "jobs", TRAINEES, "3—12个月", "6个月", "6"),
    ("neighbour", "tax", CHILD, "1000元", "2000元", "2000元"),
    ("neighbour", "tax", MORTGAGE, "240个月", "48个月", "48"),
]


@pytest.mark.parametrize(("kind", "notice", "question", "printed", "spoiled", "named"), WORDS)
def test_a_spoiled_word(
    kind: str, notice: str, question: str, printed: str, spoiled: str, named: str, find: Find
) -> None:
    finding, corpus = find(notice, question)
    assert kept(finding, corpus)
    part = next(p for p in finding.parts if printed in p.text)
    wrong = replace(part, text=part.text.replace(printed, spoiled))
    reason = falls_alone(wrong, swap(finding, part, wrong), corpus)
    assert named in reason or spoiled in reason, kind


NEIGHBOURS = [
    # (notice, question, words of the clause that is cited instead)
    ("home", CENTRE, "重点产业专利池"),
    ("home", POOL, "高价值专利培育中心"),
    ("home", BASE, "省级概念验证中心"),
    ("home", INCUBATOR, "增强孵化育成能力"),
    ("home", COMPUTING, "鼓励科技服务业企业向制造环节拓展"),
    ("jobs", SMALL, "可申请最高不超过15万元"),
]


@pytest.mark.parametrize(("notice", "question", "words"), NEIGHBOURS)
def test_the_clause_beside_it_cited(notice: str, question: str, words: str, find: Find) -> None:
    finding, corpus = find(notice, question)
    assert kept(finding, corpus)
    part = finding.parts[0]
    wrong = replace(part, sources=(find_item(corpus, words),))
    assert falls_alone(wrong, swap(finding, part, wrong), corpus)


NO_SUM, NO_SUM_OF_PROOF = "创新券补多少钱", "省级概念验证中心给多少钱"
NO_SUM_OF_HATCHERY, NO_TELEPHONE = "创业孵化基地奖补多少钱", "住房租金的咨询电话是多少"
PRINTED = [
    # (notice, question whose answer is not printed, a value that is, of what, words of the clause that prints it)
    ("home", NO_SUM, "sum", ("专利池",), "推动相关企业建设重点产业专利池"),
    ("home", NO_SUM, "sum", ("部级孵化器",), "加强科技型企业孵化器培育管理"),
    ("home", NO_SUM_OF_PROOF, "sum", ("中试基地",), "对服务突出的省级中试基地"),
    ("jobs", NO_SUM_OF_HATCHERY, "sum", ("创业担保贷款",), "符合创业担保贷款申请条件的人员自主创业的"),
    ("jobs", NO_SUM_OF_HATCHERY, "share", ("失业保险费",), "对不裁员或少裁员的参保企业"),
    ("tax", NO_TELEPHONE, "validity", (), "本办法自2019年1月1日起施行"),
    ("tax", NO_TELEPHONE, "meaning", ("首套住房贷款",), "本办法所称首套住房贷款"),
]


@pytest.mark.parametrize(("notice", "question", "value", "names", "clause"), PRINTED)
def test_an_absence_of_what_is_printed(
    notice: str, question: str, value: str, names: tuple[str, ...], clause: str, find: Find
) -> None:
    """The absence falls, and what was shown as nearest to it becomes the answer."""
    finding, corpus = find(notice, question)
    assert kept(finding, corpus)
    absent = next(p for p in finding.parts if p.absent)
    wrong = replace(absent, absent=Absence(value, names))
    reason = falls_alone(wrong, swap(finding, absent, wrong), corpus)
    assert reason.startswith(f"原文写明了：{clause}")
    (verified,) = verify([swap(finding, absent, wrong)], corpus).findings
    assert (verified.is_filled, verified.missing) == (True, None)


OTHER_LEVELS = [
    # (question, asked instead, the two levels)
    (BASE, "国家级中试基地最高给多少钱", "国家级", "省级"),
    (BASE, "市级中试基地最高给多少钱", "市级", "省级"),
    (INCUBATOR_FOR, "省级孵化器补助给谁", "省级", "国家级"),
    (INCUBATOR_BY, "区级孵化器补助怎么算", "区级", "国家级"),
    (INCUBATOR, "省级孵化器的补助是一次性的吗", "省级", "国家级"),
    (PROOF, "市级概念验证中心按什么给支持", "市级", "省级"),
]


@pytest.mark.parametrize(("question", "asked", "level", "printed"), OTHER_LEVELS)
def test_a_difference_that_is_not_named(question: str, asked: str, level: str, printed: str, find: Find) -> None:
    finding, corpus = find("home", question)
    assert kept(finding, corpus)
    reason = f"所问是{level}，所引是{printed}，没有说明"
    verified = verify([replace(finding, asked=asked)], corpus)
    assert verified.problems == tuple(Problem(p.text, reason) for p in finding.parts)
    assert verified.findings[0].is_filled is False


@pytest.mark.parametrize("question", ["国家级中试基地每年给多少", "市级中试基地给多少钱"])
def test_a_difference_that_is_named(question: str, find: Find) -> None:
    assert kept(*find("home", question))


YES = [
    # (notice, question that gets a yes, another claim, the words it stands on, what differs)
    ("home", INCUBATOR, "部级孵化器最高300万元", ("部级孵化器",), "300万元"),
    ("home", INCUBATOR, "省级孵化器最高200万元", ("孵化器",), "省级"),
    ("home", INCUBATOR, "部级孵化器每年补助200万元", ("部级孵化器",), "每年"),
    ("home", INCUBATOR, "部级孵化器固定给200万元", ("部级孵化器",), "固定"),
    ("home", INCUBATOR, "高校每家最高200万元", (), "高校"),
    ("home", INCUBATOR, "部级孵化器不给补助", ("部级孵化器", "补助"), "部级孵化器不给补助"),
    ("home", ABROAD, "必须在海外设立分支机构", ("海外", "分支机构"), "必须"),
    ("home", ABROAD, "禁止企业在海外设立分支机构", ("海外", "分支机构"), "禁止企业在海外设立分支机构"),
    ("home", ABROAD, "鼓励所有企业在海外设立分支机构", ("海外", "分支机构"), "所有"),
    ("home", ABROAD, "鼓励高校在海外设立分支机构", ("海外", "分支机构"), "高校"),
    ("home", ABROAD, "海外设立分校", ("海外", "分校"), "分校"),
    ("home", IS_POOL, "重点产业专利池最高200万元", ("重点产业专利池",), "200万元"),
    ("home", IS_POOL, "重点产业专利池一次性给300万元", ("重点产业专利池",), "一次性"),
    ("home", IS_POOL, "高校院所建专利池最高300万元", ("专利池",), "院所、高校"),
    ("jobs", REGISTER, "失业登记只能在户籍地办", ("失业登记",), "只"),
    ("jobs", REGISTER, "失业登记必须在常住地办", ("失业登记", "常住"), "必须"),
    ("jobs", REGISTER, "失业登记不能在常住地办", ("失业登记", "常住"), "失业登记不能在常住地办"),
    ("jobs", REGISTER, "企业可在常住地办理失业登记", ("失业登记", "常住"), "企业"),
    ("jobs", REGISTER, "2019年起可在常住地办失业登记", ("失业登记", "常住"), "2019年"),
    ("jobs", SPACE, "免费提供经营场地三年", ("免费", "场地"), "三年"),
    ("jobs", EASE, "贴息由中央财政承担", ("贴息", "中央财政"), "中央财政"),
    ("jobs", HELP, "就业困难人员享受就业援助三年", ("就业困难人员", "援助"), "三年"),
]


@pytest.mark.parametrize(("notice", "question", "text", "content", "differs"), YES)
def test_a_yes_to_a_claim_that_differs(
    notice: str, question: str, text: str, content: tuple[str, ...], differs: str, find: Find
) -> None:
    finding, corpus = find(notice, question)
    assert kept(finding, corpus)
    part = finding.parts[0]
    assert part.claim is ClaimKind.AFFIRMED
    wrong = replace(part, affirmed=Claim(text, "said", tuple(read_amounts(text)), content))
    assert falls_alone(wrong, swap(finding, part, wrong), corpus) == f"所问与所引不同：{differs}"
