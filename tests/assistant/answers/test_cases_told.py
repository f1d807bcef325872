"""What somebody tells of their case, their place and their belief, against what the notice prints: the first line."""

import pytest

from assistant.answer import Status
from assistant.understanding.frame import Turn
from tests.assistant.answers.conftest import Open

ANSWERED, RELATED = Status.ANSWERED, Status.RELATED
TOLD = [
    # Beyond a limit, within it, and of another thing.
    ("gbf-2018-124", "离法定退休还差六年半，能提前离岗吗？", ANSWERED, "不能，您说的是六年半，通知写的是五年以内："),
    ("gbf-2018-124", "干了六年半，能提前离岗吗？", ANSWERED, "通知写的是："),
    ("gbf-2018-128", "0.008毫米的地膜还让用吗？", ANSWERED, "不能，您说的是0.008毫米，通知写的是低于0.01毫米："),
    ("gf-2018-41", "我爸今年58，赡养老人能扣吗？", ANSWERED, "不能，您说的是58，通知写的是年满60岁："),
    ("gf-2018-39", "我26岁失业了，能去见习吗？", ANSWERED, "不是26岁："),
    (
        "gf-2018-39",
        "小微企业现有职工260人，今年新招了30个，够申请创业担保贷款吗？",
        ANSWERED,
        "不能，您说的是30个，通知写的是15%：",
    ),
    # What is told to be forbidden is so.
    ("gbf-2018-128", "0.008毫米的地膜不许生产也不许用，真有这规定？", ANSWERED, "通知写的是："),
    # What depends on something is neither so nor not so.
    ("gbh-2004-71", "水稻增产比较多，四川的良种补贴给不给？", None, "不是"),
    # No yes of a sentence that only has the nouns, that says it the other way round, or rules nothing out.
    ("gbf-2019-4", "二级医院要参加这次考核吗？", None, "是的"),
    ("gf-2019-3", "区外企业能接区内委托加工吗？", None, "是的"),
    ("gbf-1996-2", "未划入的地区不会有地震，对吧？", None, "是的"),
    ("gf-2019-3", "医疗器械展示要注册吗？", ANSWERED, "不是：综合保税区内企业进口的医疗器械"),
    # A sum that stands under the title of what is asked is not missing.
    ("gbh-2004-71", "康定机场给多少钱？", None, "“康定机场”的金额，通知没有写明"),
    # Of tiers the one that a number lies in.
    ("gf-2018-41", "市辖区户籍人口80万的城市，每月租金能扣多少？", ANSWERED, "市辖区户籍人口不超过100万的城市"),
    (
        "gf-2018-41",
        "市辖区户籍人口300万的普通城市，每月租金能扣多少？",
        ANSWERED,
        "（二）除第一项所列城市以外，市辖区户籍人口超过100万",
    ),
    # A place that is not named, where others are, and one that only says where somebody lives.
    ("gbf-2018-128", "绍兴进没进这批试点啊？", RELATED, "通知没有写明是否包括绍兴，写的是："),
    ("gf-2018-41", "我在成都租房，租金能扣吗？", ANSWERED, "通知写的是："),
    # It is said of all, of the exception, or of another than the notice prints.
    ("gbh-2006-71", "所有的司法解释和部门规章都收进去了，对不对？", ANSWERED, "不是，通知写的是“部分”："),
    ("gbf-2019-4", "门诊手术算进考核说的“手术”里吗？", ANSWERED, "不是：3.考核指标中的手术包括"),
    ("gf-2004-18", "总理出国访问期间是秘书长代行总理职务，没错吧？", ANSWERED, "不是秘书长："),
    ("gf-2004-18", "总理出国访问期间是副总理代行总理职务，没错吧？", ANSWERED, "是的，"),
    # Once more of another thing, which compares nothing.
    ("gbf-2018-124", "党报发行收入交不交增值税？→印刷那块的收入呢，也一样？", ANSWERED, "党报、党刊将其发行、印刷业务"),
    # A pointer back keeps to what was spoken of.
    (
        "lkz-2025-128",
        "省级中试基地年度奖补最高多少？→这笔钱对应的那条，责任单位是哪几家？",
        ANSWERED,
        "第（九）条“技术转移转化和推广服务”由",
    ),
    # Words of the asker's own order are no subject.
    ("lkz-2025-128", "请把这份文件每一条的小标题列出来。", ANSWERED, ""),
    ("lkz-2025-128", "山东大学今年研究生复试线多少分？", Status.OUT_OF_SCOPE, ""),
    ("lkz-2025-128", "济南好像整篇一个字没提，没它什么事吧？", ANSWERED, ""),
    ("lkz-2025-128", "娃明年中考，青岛二中录取线多少分？", Status.OUT_OF_SCOPE, ""),
    ("lkz-2025-128", "专利池和高价值专利培育中心哪边封顶高？高出多少？", ANSWERED, "相差100万元（300万元－200万元）："),
    ("lkz-2025-128", "“鲁科”打头的金融品牌共有几个？", ANSWERED, "通知用引号点名的品牌共5个："),
]


@pytest.mark.parametrize(("notice", "talk", "status", "words"), TOLD)
def test_first_line(notice: str, talk: str, status: Status | None, words: str, open_notice: Open) -> None:
    assistant = open_notice(notice)
    turns: tuple[Turn, ...] = ()
    *before, question = talk.split("→")
    for said in before:
        answer = assistant.ask(said, turns)
        turns = (*turns, Turn("user", said), Turn("assistant", answer.text))
    answer = assistant.ask(question, turns)
    if status is None:
        assert not answer.text.startswith(words)
        return
    assert answer.status is status
    assert answer.text.removeprefix("和前面的回答一样：").startswith(words)
