"""What a terminal shows while a model writes, and of what it wrote."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from assistant.answer import Composer, Degraded, Part, PartKind, Wording
from assistant.output.listener import Listener, Told
from assistant.output.terminal import show_answer, show_writing
from prompts import label, label_keys
from tests.fake_assistant import make_answer

_FIRST_LINE = Part(PartKind.DIRECT, "年度最高奖补200万元。", (1,))
_SAID = (
    Part(PartKind.DIRECT, "一年最高能拿200万元。\x1b[2J", (1,), wording=Wording.EXPLAINED),
    Part(PartKind.MISSING, "申报时间，通知没有写明。", (), wording=Wording.PRINTED),
)


def make_console(is_terminal: bool) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=is_terminal, width=80, color_system=None, markup=False), out


def test_sentences_are_shown_as_they_come_and_then_taken_back() -> None:
    console, out = make_console(is_terminal=True)
    with show_writing(console) as listener:
        listener.on_first_line(Told(_FIRST_LINE, (), "zh"))
        assert _FIRST_LINE.text in out.getvalue()
        for part in _SAID:
            listener.on_part(Told(part, (), "zh"))
    shown = out.getvalue()
    last = shown[shown.rindex(label("labels", "ai", "zh")) :]
    assert "一年最高能拿200万元。[2J[1] [解读]" in last and "申报时间，通知没有写明。 [原文]" in last
    assert _FIRST_LINE.text not in last
    # The label and both sentences.
    assert shown.endswith("\x1b[?25h\r" + "\x1b[1A\x1b[2K" * 3)


@pytest.mark.parametrize("terminal", ["dumb", None])
def test_what_cannot_take_back_gets_only_the_answer(terminal: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    console, out = make_console(is_terminal=terminal is not None)
    if terminal:
        monkeypatch.setattr(console, "_environ", {"TERM": terminal})
    with show_writing(console) as listener:
        assert isinstance(listener, Listener)
        listener.on_part(Told(_SAID[0], (), "zh"))
    assert out.getvalue() == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_of_a_model_is_labelled(language: str) -> None:
    console, out = make_console(is_terminal=False)
    written = replace(make_answer(parts=_SAID), composer=Composer.MODEL, language=language)
    show_answer(written, console)
    _, first, *said = out.getvalue().splitlines()
    names = [label("labels", w, language) for w in ("explained", "printed")]
    assert first == label("labels", "ai", language)
    assert said == [f"一年最高能拿200万元。[2J[1] [{names[0]}]", f"申报时间，通知没有写明。 [{names[1]}]"]


def test_every_wording_and_every_reason_has_words() -> None:
    assert label_keys("labels") == {"ai", *Wording, *Degraded}
    console, out = make_console(is_terminal=False)
    for degraded in Degraded:
        show_answer(replace(make_answer(), degraded=degraded), console)
        assert label("labels", degraded, "zh") in out.getvalue()
