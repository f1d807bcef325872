"""English names in questions become the Chinese names that the notices print."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import assistant.naming.english
from assistant.naming.english.names import EnglishName, EnglishNames, Translated
from assistant.naming.synonyms import Synonyms
from corpus.catalogue import Catalogue
from corpus.operator import EverydayWord, OperatorNotes
from corpus.store import Corpus

TERMS = [
    ("innovation voucher", "创新券"),
    ("computing power voucher", "算力券"),
    ("compute voucher", "算力券"),
    ("pilot-scale test base", "中试基地"),
    ("pilot test base", "中试基地"),
    ("pilot production base", "中试基地"),
    ("provincial pilot-scale testing base", "省级中试基地"),
    ("provincial-level pilot base", "省级中试基地"),
    ("pilot-scale platform", "中试平台"),
    ("proof-of-concept center", "概念验证中心"),
    ("provincial proof of concept centre", "省级概念验证中心"),
    ("incubator", "孵化器"),
    ("ministry-level incubator", "部级孵化器"),
    ("business incubation services", "企业孵化服务"),
    ("national university science park", "国家大学科技园"),
    ("provincial university science park", "省级大学科技园"),
    ("patent pool", "专利池"),
    ("key-industry patent pool", "重点产业专利池"),
    ("high-value patent cultivation centre", "高价值专利培育中心"),
    ("technology manager", "技术经理人"),
    ("technology broker", "技术经理人"),
    ("Fortune Global 500", "世界500强"),
    ("Global 500 company", "世界500强企业"),
    ("R&D headquarters", "研发总部"),
    ("research and development headquarters", "研发总部"),
    ("R&D center", "研发中心"),
    ("inspection and testing", "检验检测"),
    ("inspection, testing and certification services", "检验检测认证服务"),
    ("intellectual property services", "知识产权服务"),
    ("IP services", "知识产权服务"),
    ("science and technology finance", "科技金融"),
    ("sci-tech finance", "科技金融"),
    ("S&T finance", "科技金融"),
    ("tech SME", "科技型中小企业"),
    ("technology-based small and medium-sized enterprise", "科技型中小企业"),
    ("innovation and entrepreneurship competition", "创新创业大赛"),
    ("building information modelling", "建筑信息模型"),
    ("city information model", "城市信息模型"),
    ("science and technology service industry", "科技服务业"),
    ("engineering services", "工程技术服务"),
    ("technology transfer services", "技术转移转化和推广服务"),
    ("Shandong science and technology market", "山东科技大市场"),
    ("catalogue of recommended innovative products", "创新产品示范推荐目录"),
    ("benchmark demonstration scenario", "标杆示范场景"),
    ("low-altitude economy", "低空经济"),
    ("loan interest subsidy", "贷款贴息"),
    ("risk compensation", "风险补偿"),
    ("premium subsidy", "保费补贴"),
    ("patient capital", "耐心资本"),
    ("Jinan sci-tech finance reform pilot zone", "济南科创金融改革试验区"),
    ("Ke Rong Xin", "科融信"),
    ("innovation points system", "创新积分制"),
    ("Lukedai", "鲁科贷"),
    ("Lu Ke Dan", "鲁科担"),
    ("Luke Bao", "鲁科保"),
    ("Luketou", "鲁科投"),
    ("Lukerong", "鲁科融"),
    ("invest first, equity later", "先投后股"),
    ("combination of grants and investment", "拨投结合"),
    ("science and technology innovation bond", "科技创新债券"),
    ("Taishan Talent Programme", "泰山人才工程"),
    ("science popularization education base", "科普教育基地"),
    ("think tank", "智库"),
    ("blockchain", "区块链"),
    ("digital twin", "数字孪生"),
    ("new quality productive forces", "新质生产力"),
    ("large research instrument sharing network", "大型科研仪器共享服务网"),
    ("intelligent computing cloud service center", "智算云服务中心"),
    ("landmark industrial chain", "标志性产业链"),
]
DEPARTMENTS = [
    ("Provincial Department of Science and Technology", "省科技厅"),
    ("Science and Technology Department", "省科技厅"),
    ("Department of Science & Technology", "省科技厅"),
    ("Provincial Association for Science and Technology", "省科协"),
    ("Big Data Bureau", "省大数据局"),
    ("Department of Finance", "省财政厅"),
    ("Finance Department", "省财政厅"),
    ("finance bureau", "省财政厅"),
    ("DRC", "省发展改革委"),
    ("Development and Reform Commission", "省发展改革委"),
    ("Provincial Department of Industry and Information Technology", "省工业和信息化厅"),
    ("Department of Industry & IT", "省工业和信息化厅"),
    ("Market Regulation Administration", "省市场监管局"),
    ("Market Supervision Bureau", "省市场监管局"),
    ("Agriculture Department", "省农业农村厅"),
    ("Human Resources Department", "省人力资源社会保障厅"),
    ("Housing Department", "省住房和城乡建设厅"),
    ("Energy Bureau", "省能源局"),
    ("Ocean Bureau", "省海洋局"),
    ("Education Department", "省教育厅"),
    ("Organization Department of the Provincial Party Committee", "省委组织部"),
    ("Office of the Financial Commission of the Provincial Party Committee", "省委金融办"),
    ("Shandong Branch of the People's Bank of China", "人民银行山东省分行"),
    ("People's Bank of China", "人民银行山东省分行"),
    ("Shandong Financial Regulatory Bureau", "山东金融监管局"),
    ("Securities Regulatory Bureau", "山东证监局"),
    ("Provincial Department of Transport", "省交通运输厅"),
    ("Municipal Bureau of Science and Technology", "市科技局"),
    ("city finance bureau", "市财政局"),
    ("National Development and Reform Commission", "国家发展改革委"),
    ("Ministry of Industry and Information Technology", "工业和信息化部"),
]
VARIANTS = [
    ("Innovation Vouchers", "创新券"),
    ("innovation coupons", "创新券"),
    ("INCUBATORS", "孵化器"),
    ("proof of concept centres", "概念验证中心"),
    ("proof-of-concept centers", "概念验证中心"),
    ("technology companies", "科技型企业"),
    ("universities", "高校院所"),
    ("Taishan talents programs", "泰山人才工程"),
    ("innovative products catalog", "创新产品示范推荐目录"),
    ("high value patents cultivation centers", "高价值专利培育中心"),
    ("block-chain", "区块链"),
    ("commercialisation of scientific achievements", "科技成果转化"),
    ("building-information modeling", "建筑信息模型"),
]
ORDINARY = [
    "test",
    "base",
    "pool",
    "interest",
    "Is a test done on the base of the pool, with interest?",
    "How many measures are there in total?",
    "What is the document number of this notice?",
    "Which departments are responsible?",
    "Which government department do I ask?",
    "Which organization, department or office handles it?",
    "Does the office accept applications?",
    "Is it a government office?",
    "What is the maximum subsidy, and who pays it?",
    "What is the deadline? Department of what?",
    "Is there a pilot. Test base not named",
    "What will the weather be like tomorrow?",
    "Does the notice mention a swimming pool or social security?",
]
QUESTIONS = [
    ("How much is 中试基地 奖补?", "How much is 中试基地 奖补?"),
    ("How much does a pilot base get?", "How much does a 中试基地 get?"),
    ("incubators?", "孵化器 ?"),
    ("Who handles the incubator's subsidy?", "Who handles the 孵化器 subsidy?"),
    ("中试基地怎么申请，Lukedai是什么", "中试基地怎么申请， 鲁科贷 是什么"),
    (
        "What do the Department of Finance and the Big Data Bureau lead?",
        "What do the 省财政厅 and the 省大数据局 lead?",
    ),
    ("Department of Transport, Department of Commerce", "省交通运输厅 , 省商务厅"),
    ("Jiangsu Provincial Department of Finance", "Jiangsu 省财政厅"),
    ("Which department for science and technology finance?", "Which department for 科技金融 ?"),
    ("Which departments lead intellectual property services?", "Which departments lead 知识产权服务 ?"),
    ("MIIT-recognized incubators in Shandong", "部级孵化器 in Shandong"),
]


@pytest.fixture(scope="module")
def names(small_corpus: Corpus) -> EnglishNames:
    return EnglishNames(small_corpus)


@pytest.mark.parametrize(("english", "chinese"), [*TERMS, *DEPARTMENTS, *VARIANTS])
def test_replaces_a_name(names: EnglishNames, english: str, chinese: str) -> None:
    expected = (EnglishName(english, chinese),)
    assert names.translate(f"What about the {english} here?") == Translated(f"What about the {chinese} here?", expected)
    assert names.translate(english) == Translated(chinese, expected)


@pytest.mark.parametrize("text", ORDINARY)
def test_leaves_ordinary_words(names: EnglishNames, text: str) -> None:
    assert names.translate(text) == Translated(text, ())


@pytest.mark.parametrize(("question", "text"), QUESTIONS)
def test_replaces_names_within_a_question(names: EnglishNames, question: str, text: str) -> None:
    assert names.translate(question).text == text


@pytest.mark.parametrize(
    "text", ["", "中试基地一年奖多少？", "AI+检验检测怎么支持", " 省财政厅  负责什么 ", "R&D 投入"]
)
def test_leaves_chinese_questions(names: EnglishNames, text: str) -> None:
    assert names.translate(text) == Translated(text, ())


def test_leaves_terms_that_no_notice_prints(names: EnglishNames) -> None:
    assert names.translate("What about consumption vouchers?").names == ()


def test_glossary_holds_every_pair_once() -> None:
    path = Path(assistant.naming.english.__file__).parents[1] / "data" / "english_terms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["english"].casefold(), row["chinese"]) for row in csv.DictReader(file)]
    assert len(rows) >= 400
    assert sorted({row for row in rows if rows.count(row) > 1}) == []
    assert all(english.strip() and chinese.strip() for english, chinese in rows)


def test_terms_beside_a_published_notice_are_read_with_the_general_ones(real_corpus: Corpus) -> None:
    notice = real_corpus.catalogue.notices[0]
    assert notice.operator is not None
    assert EnglishNames(real_corpus).translate("Is there an innovation voucher?").names == (
        EnglishName("innovation voucher", "创新券"),
    )
    silent = replace(real_corpus, catalogue=Catalogue([replace(notice, operator=None)]))
    assert EnglishNames(silent).translate("Is there an innovation voucher?").names == ()
    assert EnglishNames(silent).translate("What about banks?").names == (EnglishName("banks", "银行"),)


def test_words_beside_a_published_notice_are_read_with_the_general_ones(real_corpus: Corpus) -> None:
    notice = replace(
        real_corpus.catalogue.notices[0],
        operator=OperatorNotes(words=(EverydayWord("钱袋子", "融资"), EverydayWord("租电脑", "算力券", is_same=False))),
    )
    words = Synonyms(replace(real_corpus, catalogue=Catalogue([notice])))
    assert words.in_printed_words("钱袋子和租电脑") == " 融资 和租电脑"
    assert words.in_printed_words("钱袋子和租电脑", nearly=True) == " 融资 和 算力券 "
    assert Synonyms(real_corpus).in_printed_words("钱袋子", nearly=True) == "钱袋子"
