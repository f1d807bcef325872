"""How a place of a notice is cited in official form, where it can be read, and the question that asks about it."""

from urllib.parse import quote

from assistant.composing.wording import name_label
from corpus.catalogue import Place
from corpus.notice import Chapter, Measure, Notice
from ui.language import address_in
from ui.words import word


def notice_address(notice: Notice, anchor: str = "") -> str:
    return f"/notices/{quote(notice.id, safe='')}" + (f"#{quote(anchor)}" if anchor else "")


def place_address(place: Place) -> str:
    """The address of a measure or of one of its sentences."""
    assert place.measure
    sentence = f".{place.provision.number}" if place.provision else ""
    return notice_address(place.notice, f"{place.measure.anchor}{sentence}")


def department_address(department: str) -> str:
    """All measures of a department."""
    return f"/measures?department={quote(department)}"


def ask_address(place: Place, is_only_notice: bool = True, language: str = "zh") -> str:
    """The chat page with a question about the measure, not yet sent."""
    return address_in(language, f"/?ask={quote(question_about(place, is_only_notice, language))}")


def question_about(place: Place, is_only_notice: bool = True, language: str = "zh") -> str:
    """第（九）条“技术转移转化和推广服务”有哪些规定？ In English by its title, where it has one."""
    if language == "en" and place.measure and place.measure.title:
        return word("ask_measure", language, title=place.measure.title)
    which = "" if is_only_notice else f"《{place.notice.title}》"
    return f"{which}{_name(place)}有哪些规定？"


def cite_notice(notice: Notice) -> str:
    """《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）"""
    title = notice.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》（{notice.number_text}）" if notice.number_text else f"《{title}》"


def cite_place(place: Place) -> str:
    """《…》（鲁科字〔2025〕128号）第（九）条“技术转移转化和推广服务”第3句：“…”"""
    where = f"{cite_notice(place.notice)}{_name(place)}"
    if place.provision is None:
        return where
    return f"{where}第{place.provision.number}句：“{place.provision.text}”"


def name_chapter(chapter: Chapter) -> str:
    """三、做优专业科技服务品质; 第二章 子女教育"""
    gap = " " if chapter.label.startswith("第") else ""
    return f"{chapter.label}{gap}{chapter.title}".strip()


def is_repeated(measure: Measure) -> bool:
    """Whether the number alone fits several measures of the notice."""
    return measure.anchor != f"m{measure.number}"


def name_sentences(place: Place) -> str:
    """What stands before 第3句: （九）, or 二、（一） where the number repeats."""
    measure, chapter = place.measure, place.chapter
    assert measure
    above = chapter.label if chapter and is_repeated(measure) and chapter.label != measure.label else ""
    return f"{above}{measure.label}" or name_label(measure)


def _name(place: Place) -> str:
    """With its chapter where the number alone fits several measures."""
    measure, chapter = place.measure, place.chapter
    assert measure
    part = f"“{name_chapter(chapter)}”" if chapter and is_repeated(measure) and chapter.title != measure.title else ""
    return f"{part}{name_label(measure)}" + (f"“{measure.title}”" if measure.title else "")
