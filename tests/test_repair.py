"""Misspelt words in questions, and right ones that must stay."""

import pytest

from assistant.answer import Repair
from assistant.repairing.repair import Repaired, Repairer
from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_corpus

# (question, typed, understood)
MISSPELT = [
    ("算力卷怎么才能拿到？", "算力卷", "算力券"),
    ("专立池最多给多少钱", "专立池", "专利池"),
    ("科记金融归谁管", "科记金融", "科技金融"),
    ("检验检侧归谁管", "检验检侧", "检验检测"),
    ("设研发总步补多少", "研发总步", "研发总部"),
    ("部级孵化七补多少", "部级孵化七", "部级孵化器"),
    ("孵化七多久评一次", "孵化七", "孵化器"),
    ("中式基地一年最高奖多少", "中式基地", "中试基地"),
    ("省级中式基地", "省级中式基地", "省级中试基地"),
    ("中市基地有补助吗", "中市基地", "中试基地"),
    ("创新卷给多少钱一张", "创新卷", "创新券"),
    ("知识产全", "知识产全", "知识产权"),
    ("请问知识产全归谁管", "知识产全", "知识产权"),
    ("知识产全服务谁牵头", "知识产全服务", "知识产权服务"),
    ("省科计厅管几条", "省科计厅", "省科技厅"),
    ("省财正厅负责哪些措施", "省财正厅", "省财政厅"),
    ("市场坚管局参与了多少条", "市场坚管局", "市场监管局"),
    ("省工业和新息化厅管什么", "省工业和新息化厅", "省工业和信息化厅"),
    ("鲁科代归谁管", "鲁科代", "鲁科贷"),
    ("概念验正中心给多少钱", "概念验正中心", "概念验证中心"),
    ("慨念验证中心按什么给支持", "慨念验证中心", "概念验证中心"),
    ("补帖多少", "补帖", "补贴"),
    ("孵化器有哪些补帖", "补帖", "补贴"),
    ("哪个部们负责", "部们", "部门"),
    ("怎么申抱", "申抱", "申报"),
    ("申抱时间是几号", "申抱时间", "申报时间"),
    ("要满足啥条间", "条间", "条件"),
    ("文浩是多少", "文浩", "文号"),
    ("部级孵华器一次补多少", "部级孵华器", "部级孵化器"),
    ("高价直专利培育中心多少钱", "高价直专利培育中心", "高价值专利培育中心"),
    ("智蒜云服务建几个国家级试点？", "智蒜云服务", "智算云服务"),
    ("世界500墙来山东设研发总部补多少", "世界500墙", "世界500强"),
    ("工程监里往哪转型", "工程监里", "工程监理"),
    ("技术精理人有什么活动", "技术精理人", "技术经理人"),
    ("山东科技大市厂要做哪些事？", "山东科技大市厂", "山东科技大市场"),
    ("“算力卷”是什么", "算力卷", "算力券"),
    ("算利卷怎么才给", "算利卷", "算力券"),
    ("标杆示范厂景每年选多少个", "标杆示范厂景", "标杆示范场景"),
    ("大学科技元有什么动作", "大学科技元", "大学科技园"),
    ("高校院锁能拿钱吗", "高校院锁", "高校院所"),
    ("先投后古是什么意思", "先投后古", "先投后股"),
    ("创新积分治怎么打分", "创新积分治", "创新积分制"),
    # The tones differ, or the initial or the ending is heard otherwise.
    ("科融兴是什么", "科融兴", "科融信"),
    ("专利迟最多给多少", "专利迟", "专利池"),
    # One character is missing or doubled.
    ("概念验证心给多少钱", "概念验证心", "概念验证中心"),
    ("高价值专利培中心多少钱", "高价值专利培中心", "高价值专利培育中心"),
    ("概念验证中中心给多少钱", "概念验证中中心", "概念验证中心"),
    ("知识产权权服务谁牵头", "知识产权权服务", "知识产权服务"),
    ("检验检测测认证服务", "检验检测测认证服务", "检验检测认证服务"),
]

RIGHT = """
科技馆归谁管
科技局和科技厅
中介机构有哪些
中级职称怎么评
专利持有人能拿钱吗
专利持有
试卷
期末试卷在哪里
卷烟
卷烟零售许可证
创新劝
创新全靠企业自己吗
科技创新圈
市科技局
县财政局管吗
各市市科技局
市市场监管局
是市场监管局牵头吗
中式快餐
中式装修多少钱
中试是什么
中试熟化
孵化期多长
孵化七家企业
孵化企业有几家
孵化气氛好
第七条讲什么
七个部门
专利
专利申请费多少
算力
算力全部自建
算力怎么买
买卖算力的公司
研发重心放在山东
研发中心和研发总部
研发实验室
服务主题是什么
服务主体有哪些
职能部门
人工智能
只能企业申请吗
债权融资
科技创新债券
质量检查
检验监测
监测情况
市监局
县级部门
区财政局
山西金融监管局
陕西金融监管局
山东金融监管局
江苏省对中试基地补多少钱？
青岛市自己出的政策
省直部门
外省的龙头企业到山东开分支机构
省外龙头企业
企业建重点产业专利池有多少补贴金额
科研院所建高价值专利培育中心，最高补多少万元？
世界500强来鲁设研发总部的补助，我该去哪些部门咨询
小的科技服务公司想升规入统，省里有什么帮扶？
鼓励企业去海外设分支机构吗？
那个200万是给谁的？
大赛那笔50万的奖励，什么样的企业才够格？
小微企业可以申请吗
一个企业能报几个
啥企业能报
外地企业来设分公司的，我们行吗
创新券一张多少钱？
算力券最高能补多少？
鲁科贷单户最高能贷多少
鲁科系列品牌
拨投结合
加大企业引育力度
技术转移转化与推广
技术经纪人
工程监理
监理公司日子不好过，政策让我们往哪儿转型
脑机接口企业在这份措施里有什么说法？
跨境电商
元宇宙
量子计算
明天济南天气怎么样？
驾照到期了去哪儿换？
孩子上小学学区怎么划分？
帮我写一首关于春天的诗
今天股市涨了没有
你好呀，吃饭了没
谢谢
报销流程
公示期限
形式审查
权利要求书
部长是谁
厅长信箱
省科技厅厅长
500强 补助
AI算力
BIM
鲁科字〔2025〕128号
What does measure 8 cover?
How much is one computing power voucher worth?
""".split("\n")
RIGHT = [line for line in RIGHT if line]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return open_corpus(CorpusSettings())


@pytest.fixture(scope="module")
def repairer(corpus: Corpus) -> Repairer:
    return Repairer(corpus)


@pytest.mark.parametrize(("text", "typed", "understood"), MISSPELT)
def test_understands_misspelt_names(repairer: Repairer, text: str, typed: str, understood: str) -> None:
    assert repairer.repair(text) == Repaired(text.replace(typed, understood), (Repair(typed, understood),))


@pytest.mark.parametrize("text", RIGHT)
def test_leaves_right_words_alone(repairer: Repairer, text: str) -> None:
    assert repairer.repair(text) == Repaired(text, ())


def test_leaves_every_name_and_every_sentence_of_the_notices_alone(corpus: Corpus, repairer: Repairer) -> None:
    texts = [*corpus.lexicon.names, *(p.text for p in corpus.passages)]
    assert [t for t in texts if repairer.repair(t).repairs] == []


def test_repairs_several_words_and_four_at_most(repairer: Repairer) -> None:
    assert repairer.repair("科记金融和检验检侧有补帖吗") == Repaired(
        "科技金融和检验检测有补贴吗",
        (Repair("科记金融", "科技金融"), Repair("检验检侧", "检验检测"), Repair("补帖", "补贴")),
    )
    many = "专立池、科记金融、检验检侧、鲁科代、省科计厅"
    assert repairer.repair(many).text == "专利池、科技金融、检验检测、鲁科贷、省科计厅"


def test_a_repaired_question_needs_no_repair(repairer: Repairer) -> None:
    texts = [repairer.repair(text).text for text, _, _ in MISSPELT]
    assert [t for t in texts if repairer.repair(t).repairs] == []


def test_serves_any_corpus(small_corpus: Corpus) -> None:
    names = [n for n in small_corpus.lexicon.names if len(n) > 3]
    repairer = Repairer(small_corpus)
    assert [n for n in names if repairer.repair(n).repairs] == []


SPOKEN = [("大赛奖几多，中试基地奖好多", "大赛奖多少，中试基地奖多少"), ("好多企业都想申报", "好多企业都想申报")]


@pytest.mark.parametrize(("text", "understood"), SPOKEN)
def test_understands_how_the_south_asks_how_much(text: str, understood: str, real_corpus: Corpus) -> None:
    assert Repairer(real_corpus).repair(text) == Repaired(understood, ())
