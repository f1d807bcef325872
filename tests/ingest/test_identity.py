"""Which files hold the same notice, and what every other one is called."""

from dataclasses import replace

import pytest

from corpus.operator import OperatorNotes
from ingest.identity import Claim, tell_apart, with_id
from ingest.parsing.parse import parse_notice
from ingest.publishing.publish import Source
from tests.conftest import SEED_ID, make_notice

TITLE = "关于做好今年工作的通知"
CAPITALS = [f"{place}政办发〔2020〕99号" for place in "京津冀晋"]


def claim(file_name: str, number: str, title: str = TITLE, text: str = "") -> Claim:
    body = text or f"{title}\n{number}\n一、总则\n（一）目的。为了{file_name}的事情。\n"
    return Claim(parse_notice(body, file_name.removesuffix(".txt")), body, file_name)


def ids_of(*claims: Claim) -> list[str]:
    return [told.remark if told.is_twin else told.notice.id for told in tell_apart(claims)]


def test_signs_of_the_same_initials_are_different_notices() -> None:
    assert ids_of(*(claim(f"{n}.txt", number) for n, number in enumerate(CAPITALS))) == [
        "jzbf-2020-99",
        "jzbf-2020-99-jinzhengbanfa",
        "jzbf-2020-99-jizhengbanfa",
        "jzbf-2020-99-jin4zheng4ban4fa1",
    ]


def test_ids_follow_the_names_of_files_not_the_order_given() -> None:
    one, two = claim("a.txt", CAPITALS[0]), claim("b.txt", CAPITALS[1])
    assert ids_of(two, one) == ["jzbf-2020-99-jinzhengbanfa", "jzbf-2020-99"]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        # The same number and title in other words.
        (claim("a.txt", "青科发〔2024〕5号"), claim("b.txt", "青科发[2024]第5号"), "qkf-2024-5-zhjngzdt"),
        # The same text up to white space, with a number and without.
        (claim("a.txt", "", text=f"{TITLE}\n一、总则。"), claim("b.txt", "", text=f"{TITLE}\n\n　一、\n总则。\u200b"), "与 a.txt 是"),
        # One number, two titles.
        (claim("a.txt", "青科发〔2024〕5号"), claim("b.txt", "青科发〔2024〕5号", "关于表彰先进的决定"), "qkf-2024-5-bzxjdjd"),
        # No number: the same name of a file in two folders.
        (claim("x/a.txt", ""), claim("y/a.txt", "", "关于别的事的通知"), "y-a"),
    ],
)  # fmt: skip
def test_tells_the_second_from_the_first(one: Claim, two: Claim, expected: str) -> None:
    first, second = ids_of(one, two)
    assert first == one.notice.id
    assert second.startswith(expected)


def test_the_same_stem_is_told_apart_by_title_and_then_by_text() -> None:
    texts = [f"关于救灾的通知\n第{n}批。" for n in range(3)]
    claims = [Claim(parse_notice(text, "n"), text, f"{n}/n.txt") for n, text in enumerate(texts)]
    first, second, third = ids_of(*claims)
    assert (first, second) == ("n", "n-jzdtz")
    assert third.startswith("n-") and len(third) == len("n-") + 6


def test_a_third_copy_names_the_first() -> None:
    text = f"{TITLE}\n青科发〔2024〕5号\n一、总则。"
    *_, third = ids_of(*(claim(f"{name}.txt", "", text=text) for name in "abc"))
    assert third == "与 a.txt 是同一份通知（qkf-2024-5）。请只保留一份。"


@pytest.mark.parametrize(
    "second",
    [
        claim("b.txt", "青科发〔2024〕5号"),
        claim("b.txt", "青科发[2024]第5号"),
        claim("b.txt", "青科发〔2024〕5号", f"青屿市科学技术局{TITLE}"),
    ],
)
def test_the_clerk_hears_of_the_same_number_and_title(second: Claim) -> None:
    one, two = tell_apart([claim("a.txt", "青科发〔2024〕5号"), second])
    assert (one.remark, one.is_twin, two.is_twin) == ("", False, False)
    assert two.remark.startswith("与 a.txt 的文号和标题相同，文字有出入")


def chosen(file_name: str, notice_id: str, title: str) -> Claim:
    made = claim(file_name, "青科发〔2024〕5号", title)
    notes = OperatorNotes(id=notice_id)
    return replace(made, notice=replace(with_id(made.notice, notice_id), operator=notes))


def test_an_id_that_the_operator_chose_goes_before_the_names_of_files() -> None:
    own, other = chosen("b.txt", "qkf-2024-5", "关于表彰先进的决定"), claim("a.txt", "青科发〔2024〕5号")
    assert ids_of(other, own) == ["qkf-2024-5-zhjngzdt", "qkf-2024-5"]


def test_an_id_that_two_operators_chose_is_refused() -> None:
    one, two = chosen("a.txt", "x", TITLE), chosen("b.txt", "x", "关于表彰先进的决定")
    assert ids_of(one, two) == ["x", "编号 x 已经给了 a.txt。请在 b.txt 旁边的 toml 里换一个 id。"]


def test_another_id_stands_before_every_part(seed: Source) -> None:
    seed_notice = seed.notice
    renamed = with_id(seed_notice, "other")
    assert [p.id for p in renamed.provisions()] == [
        p.id.replace(f"{SEED_ID}/", "other/") for p in seed_notice.provisions()
    ]
    assert {c.id.partition("/")[0] for c in renamed.chapters} == {"other"}
    assert [m.id for m in renamed.measures()] == [m.id for m in seed_notice.measures()]
    assert with_id(renamed, SEED_ID) == seed_notice


def test_another_id_stands_before_a_lead_in_too() -> None:
    notice = make_notice()
    listed = replace(notice, preamble=(replace(notice.preamble[0], lead_in="n/p.1"),))
    assert with_id(listed, "m").preamble[0].lead_in == "m/p.1"
