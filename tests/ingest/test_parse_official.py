"""Official notices of many shapes, parsed: their shape, their offsets, and that nothing is lost."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.notice import Notice, Phrase
from ingest.build import read_notice
from tests.conftest import NOTICES, SEED

FIXTURES = (SEED, *sorted(NOTICES.rglob("*.txt")))

# Chapters, measures, departments, and the title of the first and the last measure.
SHAPES = {
    "gbf-1996-2": (
        3,
        8,
        0,
        "关于我国地震重点监视防御区的确定",
        "要进一步加强防震减灾宣传教育，提高全社会的防震减灾意识和自觉性",
    ),
    "gbf-1997-11": (5, 16, 0, "清理整顿工作的指导思想", "清理整顿工作结束后，登记管理机关和业务主管部门要做好检查验收"),
    "gbf-2018-124": (13, 51, 0, "", ""),
    "gbf-2018-128": (4, 19, 20, "重大意义", "强化宣传引导"),
    "gbf-2019-4": (5, 19, 0, "指导思想", "做好督导总结宣传"),
    "gbh-2004-71": (0, 11, 0, "关于60万吨乙烯项目问题", "关于水淹区贫困群众生产生活问题"),
    "gbh-2006-71": (0, 1, 0, "正文", "正文"),
    "gf-2004-18": (10, 54, 0, "", ""),
    "gf-2018-38": (5, 54, 26, "", "切实做好组织实施"),
    "gf-2018-39": (5, 15, 14, "加大稳岗支持力度", "指导企业等各方履行社会责任"),
    "gf-2018-41": (9, 32, 0, "", ""),
    "gf-2019-3": (10, 25, 13, "指导思想", "有关要求"),
}


@pytest.mark.parametrize("path", sorted(NOTICES.glob("*.txt")), ids=lambda path: path.stem)
def test_reads_the_shape_of_official_notices(path: Path) -> None:
    notice = read_notice(path).notice
    measures = list(notice.measures())
    chapters = sum(1 for c in notice.chapters if c.heading)
    departments = {d for m in measures for d in m.departments}
    shape = (chapters, len(measures), len(departments), measures[0].title, measures[-1].title)
    assert (notice.id, shape) == (path.stem, SHAPES[path.stem])


def _phrases(notice: Notice) -> Iterator[Phrase]:
    """Everything that claims a place in the text."""
    front = (notice.title_at, notice.document_number, notice.addressee, notice.issuer, notice.issued_on)
    yield from (phrase for phrase in front if phrase)
    yield from (chapter.heading for chapter in notice.chapters if chapter.heading)
    yield from (r.phrase for r in notice.references)
    for measure in notice.measures():
        yield measure.heading
        yield from (r.phrase for r in measure.all_responsibilities)
    for provision in notice.provisions():
        yield Phrase(provision.text, provision.start, provision.end)
        yield from provision.terms
        for item in provision.items:
            yield Phrase(item.text, item.start, item.end)
            yield from (s.phrase for s in item.values)
            yield from (s.phrase for s in item.supports)
            yield from (Phrase(a.text, a.start, a.end) for a in item.amounts)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_phrase_stands_where_it_says(path: Path) -> None:
    source = read_notice(path)
    wrong = [p for p in _phrases(source.notice) if source.text[p.start : p.end] != p.text]
    assert wrong == []


def _kept(notice: Notice) -> Iterator[Phrase]:
    """Everything that was kept as something."""
    yield from _phrases(notice)
    yield from notice.furniture
    for annex in notice.annexes:
        yield annex.heading
    yield from (phrase for phrase in (notice.annex_list, notice.printed_by, notice.contact) if phrase)
    yield from (point.heading for measure in notice.measures() for point in measure.points)
    yield from (point.heading for annex in notice.annexes for point in annex.points)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nothing_is_lost(path: Path) -> None:
    source = read_notice(path)
    covered = {i for phrase in _kept(source.notice) for i in range(phrase.start, phrase.end)}
    lost = [char for i, char in enumerate(source.text) if i not in covered and not char.isspace()]
    assert "".join(lost).strip("：") == ""


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_sentences_follow_each_other_without_overlap(path: Path) -> None:
    notice = read_notice(path).notice
    places = [(p.start, p.end) for p in notice.provisions()]
    assert places == sorted(places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    ids = [p.id for p in notice.provisions()]
    assert len(ids) == len(set(ids))
    assert {i.split("/")[0] for i in ids} == {notice.id}
