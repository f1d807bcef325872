"""How a place of a notice is cited in official form, where it can be read, and the question that asks about it."""

import re
from urllib.parse import quote, urlencode

from assistant.composing.wording import name_label
from corpus.catalogue import Place
from corpus.notice import Annex, Chapter, Measure, Notice, Provision, ProvisionKind
from ui.language import address_in
from ui.words import word

_LAST_NUMBER = re.compile(r"\d+$")


def notice_address(notice: Notice, anchor: str = "") -> str:
    return f"/notices/{quote(notice.id, safe='')}" + (f"#{quote(anchor)}" if anchor else "")


def talk_address(notice_id: str) -> str:
    """The chat page, for that notice only; for all of them where it is ""."""
    return f"/?{urlencode({'notice': notice_id})}" if notice_id else "/"


def place_address(place: Place) -> str:
    """The address of a sentence, else of the measure or group."""
    return notice_address(place.notice, anchor_of(place))


def anchor_of(place: Place) -> str:
    """Sentences of the preamble are p1, p2; what opens a group is found at its heading."""
    provision = place.provision
    if provision and provision.anchor:
        return provision.anchor
    if place.measure:
        return place.measure.anchor
    if place.chapter:
        return chapter_anchor(place.chapter)
    return f"p{provision.number}" if provision else ""


def chapter_anchor(chapter: Chapter) -> str:
    """c4-2 is the second group within the fourth."""
    return f"c{chapter.id.partition('/')[2]}"


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
    where = f"{cite_notice(place.notice)}{_name(place) if place.measure else ''}"
    if place.provision is None:
        return where
    return f"{where}{name_part(place)}：“{place.provision.text}”"


def name_part(place: Place) -> str:
    """第3句, 第（2）项第1句, 附件1第3行: where a sentence stands within its measure, or outside measures in its notice."""
    measure, provision = place.measure, place.provision
    assert provision
    if measure:
        above = name_points(measure, provision.point)
    elif annex := find_annex(place.notice, provision):
        above = name_annex(annex)
    elif provision.kind is ProvisionKind.CLOSING:
        above = "文末"
    else:
        above = f"“{name_chapter(place.chapter)}”" if place.chapter else "开头"
    number = number_of(provision)
    if is_row(provision):
        return f"{above}第{number}行"
    return above if is_alone(measure, provision) else f"{above}第{number}句"


def name_scope(place: Place, path: str = "") -> str:
    """What is heard before 第3句 or 第3行: （九）, 附件1; of a point （九）（2）; "" where nothing is numbered around it."""
    if place.measure:
        return "".join((name_sentences(place), *point_labels(place.measure, path)))
    annex = find_annex(place.notice, place.provision) if place.provision else None
    return annex.label if annex else ""


def name_points(measure: Measure, path: str) -> str:
    """第（2）项, 第（2）项第①目; "" for the path of no point."""
    return "".join(f"第{label}{'目' if depth else '项'}" for depth, label in enumerate(point_labels(measure, path)))


def point_labels(measure: Measure, path: str) -> list[str]:
    """Of the points around, the outermost first."""
    steps = path.split(".") if path else []
    points = (measure.point(".".join(steps[: n + 1])) for n in range(len(steps)))
    return [p.label.strip() for p in points if p]


def say_place(place: Place, language: str) -> str:
    """（九）第3句, （九）（2）, 附件1第3行; "" where nothing is numbered around it."""
    provision = place.provision
    scope = name_scope(place, provision.point if provision else "")
    if provision is None or not is_numbered(place):
        return scope
    key = "row_of" if is_row(provision) else "sentence_of"
    return word(key, language, measure=scope, number=number_of(provision))


def is_numbered(place: Place) -> bool:
    """Whether a sentence needs a number beside the name of what it stands in."""
    provision = place.provision
    return provision is not None and name_scope(place) != "" and not is_alone(place.measure, provision)


def number_of(provision: Provision) -> int:
    """Within what its address names: its measure, point, annex or the closing clauses; of a row among the rows."""
    found = _LAST_NUMBER.search(provision.anchor)
    return int(found.group()) if found else provision.number


def is_row(provision: Provision) -> bool:
    return provision.kind is ProvisionKind.TABLE_ROW


def is_alone(measure: Measure | None, provision: Provision) -> bool:
    """Whether it is all that its point says, so that the point's name names it."""
    if measure is None or not provision.point:
        return False
    return sum(p.point == provision.point for p in measure.provisions) == 1


def find_annex(notice: Notice, provision: Provision) -> Annex | None:
    return next((a for a in notice.annexes if a.anchor == provision.anchor.partition(".")[0]), None)


def name_annex(annex: Annex) -> str:
    """附件1“就业补贴标准表”"""
    return annex.label + (f"“{annex.title}”" if annex.title else "")


def name_chapter(chapter: Chapter) -> str:
    """三、做优专业科技服务品质; 第二章 子女教育"""
    gap = " " if chapter.label.startswith("第") else ""
    return f"{chapter.label}{gap}{chapter.title}".strip()


def name_groups(notice: Notice, chapter: Chapter) -> tuple[str, ...]:
    """The groups around it as they are printed, the outermost first."""
    before = notice.chapters[: notice.chapters.index(chapter)]
    levels = ((c for c in reversed(before) if len(c.above) == depth) for depth in range(len(chapter.above)))
    return tuple(name_chapter(c) for level in levels for c in [next(level, None)] if c)


def is_repeated(measure: Measure) -> bool:
    """Whether the number alone fits several measures of the notice."""
    return measure.anchor != f"m{measure.number}"


def name_sentences(place: Place) -> str:
    """What stands before 第3句: （九）, or 二、（一） where the number repeats."""
    measure, chapter = place.measure, place.chapter
    assert measure
    is_told_apart = chapter and is_repeated(measure) and chapter.label != measure.label
    above = "".join((*chapter.above, chapter.label)) if chapter and is_told_apart else ""
    return f"{above}{measure.label}" or name_label(measure)


def _name(place: Place) -> str:
    """With its chapter where the number alone fits several measures."""
    measure, chapter = place.measure, place.chapter
    assert measure
    part = ""
    if chapter and is_repeated(measure) and chapter.title != measure.title:
        part = "".join(f"“{name}”" for name in (*name_groups(place.notice, chapter), name_chapter(chapter)))
    return f"{part}{name_label(measure)}" + (f"“{measure.title}”" if measure.title else "")
