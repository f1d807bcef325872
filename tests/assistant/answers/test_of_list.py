"""What each of a list has, parts and measures counted together, and the measure beside one."""

from assistant.ask import Assistant
from assistant.understanding.frame import Turn


def test_departments_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("写了金额的措施有几条？分别由谁负责？")
    assert answer.parts[0].text.startswith("写了金额的措施，全文16条中有4条")
    told = [p.text for p in answer.parts if "按职责分工负责" in p.text or "牵头负责" in p.text]
    assert [t.split("“")[0] for t in told] == ["第（二）条", "第（六）条", "第（九）条", "第（十）条"]


def test_what_the_list_tells_already(assistant: Assistant) -> None:
    answer = assistant.ask("省科协参与的有几条？分别叫什么？")
    assert [i.text for i in answer.items or ()] == ["第（十二）条 科技咨询及其他服务"]
    assert not any("统筹协调机制" in p.text for p in answer.parts)


def test_parts_and_measures(assistant: Assistant) -> None:
    both = {"正文共5个部分。", "全文共16条。"}
    for question in ("这份措施总共几个部分、多少条？", "全文多少条，分成几大块？"):
        parts = assistant.ask(question).parts[:2]
        assert ({p.text for p in parts}, [p.citations for p in parts]) == (both, [(), ()])


def test_the_measure_behind_one_that_was_named_by_its_title(assistant: Assistant) -> None:
    first = assistant.ask("知识产权服务那条由谁负责？")
    turns = (Turn("user", "知识产权服务那条由谁负责？"), Turn("assistant", first.text))
    for question in ("那下一条呢，由谁负责？", "后面紧挨着的那一条由谁负责？"):
        assert assistant.ask(question, turns).parts[0].text.startswith("第（七）条")
    assert assistant.ask("上一条由谁负责？", turns).parts[0].text.startswith("第（五）条")
