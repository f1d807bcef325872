"""More says what was not shown yet, once more says it otherwise, and nothing is repeated as if it were new."""

from collections.abc import Callable

from assistant.answer import Answer, PartKind, Status

Talk = Callable[..., Answer]
Lines = Callable[[Answer], list[str]]

SHARED = "省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）"
LEADING = "先问财政部（牵头）；人力资源社会保障部、人民银行、银保监会（配合）"


def test_more_of_the_same_name(talk_of_jobs: Talk, own_lines: Lines) -> None:
    answer = talk_of_jobs("创业担保贷款最高多少", "还有呢")
    assert answer.status is Status.ANSWERED
    assert own_lines(answer) == [
        "关于“创业担保贷款”，通知还写了：",
        "各地可因地制宜适当放宽创业担保贷款申请条件，由此产生的贴息资金由地方财政承担。",
        "推动奖补政策落到实处，按各地当年新发放创业担保贷款总额的一定比例，奖励创业担保贷款基金运营管理机构等单位，"
        "引导其进一步提高服务创业就业的积极性。",
        LEADING,
    ]


def test_nothing_is_left(talk_of_jobs: Talk, own_lines: Lines) -> None:
    answer = talk_of_jobs("创业担保贷款最高多少", "还有呢", "还有别的吗")
    assert answer.status is Status.NOT_STATED
    assert own_lines(answer) == [
        "关于“创业担保贷款”，通知写到的就是前面这些。想知道更多，可以问下面的部门。",
        LEADING,
    ]


def test_then_what_stands_beside_it(talk: Talk, own_lines: Lines) -> None:
    first, second = (talk("中试基地奖多少", *["还有呢"] * n) for n in (1, 2))
    lead = "关于“中试基地”，通知写到的就是前面这些；同在第（九）条“技术转移转化和推广服务”的还有："
    assert [own_lines(first)[0], own_lines(second)[0]] == [lead, lead]
    assert (own_lines(first)[-1], own_lines(second)[-1]) == (SHARED, SHARED)
    assert len(own_lines(first)) == 5
    assert set(own_lines(first)[1:-1]).isdisjoint(own_lines(second))
    assert own_lines(talk("中试基地奖多少", *["还有呢"] * 3))[0] == (
        "关于“中试基地”，通知写到的就是前面这些。想知道更多，可以问下面的部门。"
    )


def test_more_needs_no_name(talk: Talk, own_lines: Lines) -> None:
    """What the earlier message is about is looked for again, by its words."""
    answer = talk("科技企业孵化器有什么支持", "还有呢")
    assert own_lines(answer)[0] == "这件事，通知写到的就是前面这些；同在第（十）条“企业孵化服务”的还有："
    assert "依托创新创业大赛，赛孵联动培育一批潜力大、成长快的科技型中小企业，最高给予50万元奖励。" in own_lines(answer)


def test_more_in_english(talk: Talk, own_lines: Lines) -> None:
    answer = talk("How much does a pilot base get?", "anything else?")
    assert answer.language == "en"
    assert own_lines(answer)[0] == (
        "That is all the notice says about “中试基地”; beside it, in Article 9 (技术转移转化和推广服务, "
        "unofficially “Technology transfer, commercialisation and promotion services”):"
    )


def test_a_list_is_whole(talk: Talk, own_lines: Lines) -> None:
    answer = talk("有哪些给钱的", "还有呢")
    assert (answer.status, own_lines(answer)) == (Status.ANSWERED, ["前面列出的11项就是全部，没有别的了。"])


def test_more_of_nothing(talk: Talk) -> None:
    assert [talk(q).reply for q in ("还有呢", "没看懂")] == ["needs_detail", "needs_detail"]


def test_more_of_what_was_not_ours(talk: Talk) -> None:
    assert talk("今天天气怎么样", "还有呢").reply == "needs_detail"


def test_said_simply(talk: Talk, own_lines: Lines) -> None:
    answer = talk("中试基地奖多少", "没看懂")
    assert own_lines(answer) == ["换个说法：给谁：服务突出的省级中试基地。", "多少：年度最高奖补200万元。", SHARED]
    assert [p.text for p in answer.parts if p.kind is PartKind.QUOTE] == [
        "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
    ]


def test_a_share_keeps_what_it_is_a_share_of(talk_of_jobs: Talk, own_lines: Lines) -> None:
    assert own_lines(talk_of_jobs("失业保险费返还多少", "没看懂")) == [
        "换个说法：给谁：不裁员或少裁员的参保企业。",
        "多少：可返还其上年度实际缴纳失业保险费的50%。",
        "先问人力资源社会保障部（牵头）；财政部（配合）",
    ]


def test_a_verdict_stays(talk: Talk, own_lines: Lines) -> None:
    lines = own_lines(talk("研发总部能给500万吗", "没看懂"))
    assert lines[0] == "换个说法："
    assert lines[1].startswith("是的，支持世界500强企业")
    assert lines[2:5] == [
        "给谁：世界500强企业、省外龙头企业等。",
        "做什么：来鲁设立研发总部、研发中心、分支机构。",
        "多少：最高给予500万元补助。",
    ]


def test_what_is_missing_stays(talk: Talk, own_lines: Lines) -> None:
    answer = talk("创新券多少钱", "没听懂，再说一遍")
    assert answer.status is Status.NOT_STATED
    assert own_lines(answer)[:5] == [
        "换个说法：",
        "“创新券”的金额，通知没有写明。",
        "给谁：科技服务业企业。",
        "做什么：研发活动。",
        "给什么：创新券。",
    ]


def test_a_list_said_simply(talk: Talk) -> None:
    answer = talk("有哪些给钱的", "没看懂，说简单点")
    assert [p.text for p in answer.parts[:2]] == [
        "换个说法：",
        "通知共写了11项支持，其中6项写了金额，最高的是500万元（上限）。",
    ]
    assert [i.text for i in answer.items or () if "200万元" in i.text or "300万元" in i.text] == [
        "高校院所建设高价值专利培育中心：最高给予200万元（第（六）条）",
        "相关企业建设重点产业专利池：最高给予300万元，成效显著（第（六）条）",
        "服务突出的省级中试基地：年度最高奖补200万元（第（九）条）",
        "获得工业和信息化部认定的部级孵化器：每家最高200万元一次性补助，依据认定层级（第（十）条）",
    ]


def test_said_simply_in_english(talk: Talk, own_lines: Lines) -> None:
    """An English line is plain already, and said to be the same."""
    lines = own_lines(talk("How much does a pilot base get?", "Say that again in simpler words"))
    assert lines[0] == (
        "The same as before: Provincial-level pilot-scale test bases with outstanding service: an award subsidy of up to "
        "RMB 2 million per year (年度最高奖补200万元). The notice says: “对服务突出的省级中试基地，年度最高奖补200万元”."
    )


def test_more_is_said_once_more(talk_of_jobs: Talk, own_lines: Lines) -> None:
    """没看懂 after 还有呢 means what was said last."""
    lines = own_lines(talk_of_jobs("创业担保贷款最高多少", "还有呢", "没看懂"))
    assert lines[0] == "关于“创业担保贷款”，通知还写了："
    assert "15万元" not in "".join(lines)


def test_the_words_it_rests_on(talk: Talk, own_lines: Lines) -> None:
    answer = talk("研发总部能给500万吗", "你说错了吧")
    assert own_lines(answer)[0].startswith("和前面的回答一样：是的，支持世界500强企业")
    assert own_lines(answer)[1] == "如果问的是别的事，请说出它的名称或第几条。"
    assert [p.kind for p in answer.parts].count(PartKind.QUOTE) == 1


def test_the_same_is_said_to_be_the_same(talk: Talk, own_lines: Lines) -> None:
    line = "对服务突出的省级中试基地，年度最高奖补200万元。"
    assert own_lines(talk("中试基地奖多少", "专利池呢", "中试基地奖多少"))[0] == f"和前面的回答一样：{line}"
    assert own_lines(talk(*["中试基地奖多少"] * 3))[0] == f"和前面的回答一样：{line}"
    assert own_lines(talk("中试基地奖多少", "没看懂", "没看懂"))[0] == (
        "和前面的回答一样：给谁：服务突出的省级中试基地。"
    )
    assert own_lines(talk("专利池奖多少", "中试基地奖多少"))[0] == line


def test_what_was_taken_over_is_told(talk: Talk) -> None:
    answer = talk("中试基地奖多少", "还有呢")
    (clause,) = answer.understood.clauses
    assert (clause.text, clause.value, clause.names, clause.inherited) == ("还有呢", "said", (), ("中试基地",))
    assert answer.standalone_question == "中试基地：还有呢"
