"""What a model wrote is labelled in both languages, where it is shown and where it is copied."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Composer, Degraded, ListItem, Part, PartKind, Status, Wording
from assistant.output.listener import Told
from tests.fake_assistant import make_answer, make_citation
from tests.html_reading import Reading
from ui.answers.labels import label_answer, write_answer
from ui.answers.render import render_answer, render_told
from ui.words import word

_SAID = {"zh": "最高能拿200万元。", "en": "Up to RMB 2 million (200万元)."}
_ABSENT = {"zh": "什么时候报，通知没有写。", "en": "The notice does not say when."}


def make_written(language: str = "zh", status: Status = Status.PARTLY_ANSWERED) -> Answer:
    """A sentence in plain words, one in printed ones, then what the quoting composer adds."""
    _, quote, _, departments, source = make_answer().parts
    written = (
        Part(PartKind.DIRECT, _SAID[language], (1,), wording=Wording.EXPLAINED),
        Part(PartKind.MISSING, _ABSENT[language], (), wording=Wording.PRINTED),
    )
    return replace(
        make_answer(parts=(*written, quote, departments, source)),
        language=language,
        status=status,
        composer=Composer.MODEL,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_card_says_that_a_model_wrote_and_whose_words(language: str) -> None:
    text = Reading(render_answer(make_written(language))).text
    tags = [word(f"wording_{w}", language) + word(f"wording_{w}_said", language) for w in ("explained", "printed")]
    said = [word("ai_label", language), _SAID[language], tags[0], _ABSENT[language], tags[1], make_citation().quote]
    at = [text.index(words) for words in said]
    assert at == sorted(at)
    assert word("ai_label", language) not in Reading(render_answer(make_answer())).text


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.PARTLY_ANSWERED])
def test_what_a_model_said_is_not_said_again(status: Status) -> None:
    """Without a gap of our own there is no heading for one, and the quotations are those of what is stated."""
    text = Reading(render_answer(make_written(status=status))).text
    assert word("hint_partly", "zh") not in text and word("stated_head", "zh") not in text
    assert word("nearest", "zh") not in text and word("departments", "zh") in text


@pytest.mark.parametrize("status", [Status.NOT_STATED, Status.RELATED])
def test_words_near_what_is_not_stated_are_called_so(status: Status) -> None:
    text = Reading(render_answer(make_written(status=status))).text
    assert word("nearest", "zh") in text and word("ask_departments", "zh") in text
    assert word("stated_head", "zh") not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_copy_carries_the_label(language: str) -> None:
    lines = write_answer(make_written(language)).split("\n")
    tag, other = ("（解读）", "（原文）") if language == "zh" else (" (in plain words)", " (as printed)")
    assert lines[2:5] == [word("ai_label", language), f"{_SAID[language]}{tag}[1]", f"{_ABSENT[language]}{other}"]


def test_a_list_stands_below_what_a_model_wrote() -> None:
    answer = replace(make_written(), items=(ListItem("甲", (1,)), ListItem("乙", (1,))))
    blocks = label_answer(answer).text.split("\n\n")
    assert blocks[:4] == [
        word("ai_label", "zh"),
        f"{_SAID['zh']}（解读）[1]",
        f"{_ABSENT['zh']}（原文）",
        "1. 甲[1]\n2. 乙[1]",
    ]


def test_an_answer_without_a_model_stays_as_it_is() -> None:
    assert label_answer(make_answer()) == make_answer()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("degraded", Degraded)
def test_every_reason_for_less_has_words(degraded: Degraded, language: str) -> None:
    answer = replace(make_answer(), degraded=degraded, language=language)
    assert Reading(render_answer(answer)).text.count(word(f"degraded_{degraded}", language)) == 1


def test_a_sentence_that_comes_early_has_its_marks() -> None:
    part = make_written().parts[0]
    html = render_told(Told(part, (make_citation(),), "zh"))
    assert Reading(html).text == "最高能拿200万元。[1]解读（本句是换成平常话的解读）"
    assert html.startswith('<p class="direct">') and "/notices/lkz-2025-128#m9.3" in html
