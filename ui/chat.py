"""The chat page; sole user of gradio."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

# gradio reads this when it is imported, and would otherwise report every start to its vendor.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI

from assistant.query import Turn
from assistant.question import LONGEST_QUESTION, clean_question
from corpus.notice import Notice
from ui.answering import AnswerDesk, Inquiry, NotReady
from ui.greeting import example_questions, render_band, render_greeting
from ui.page import PRODUCT, ChatDoor
from ui.problems import describe_error
from ui.questions import TURNS_READ, mend_text
from ui.render import render_answer, render_problem, render_question, render_working

_EXCHANGES_SHOWN = 20
_LARGEST_UPLOAD = "1kb"  # nothing is uploaded, and gradio knows no "never"
_SECONDS_REMEMBERED = 3_600
_CONVERSATIONS_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said and how it was shown, newest last."""

    turns: tuple[Turn, ...] = ()
    shown: tuple[str, ...] = ()

    def with_answer(self, question: str, reply: str, shown: str) -> "Conversation":
        turns = (*self.turns, Turn("user", question), Turn("assistant", reply))
        return Conversation(turns[-TURNS_READ:], (*self.shown, shown)[-_EXCHANGES_SHOWN:])

    def render(self, latest: str = "") -> str:
        inside = "".join(self.shown) + latest
        return f'<div class="talk"><h1 class="sr">问答记录</h1>{inside}</div>' if inside else ""


class ChatPage:
    """The events of the page; they go through the same desk as every other question."""

    def __init__(self, desk: AnswerDesk) -> None:
        self._desk = desk

    async def ask(self, question: object, said: Conversation) -> AsyncIterator[tuple[Any, ...]]:
        """Yields what the question box, the conversation, the memory and the opening screen become."""
        text = mend_text(question) if isinstance(question, str) else ""
        asked = render_question(text[: LONGEST_QUESTION + 1]) if text.strip() else ""
        yield "", said.render(asked + render_working()), said, gr.update(visible=False)
        try:
            clean_question(text)
            inquiry = Inquiry(text, said.turns)
            answer = await asyncio.wrap_future(self._desk.submit(inquiry))
        except Exception as error:
            shown = said.render(asked + render_problem(describe_error(error)))
            yield text, shown, said, gr.update(visible=False)
            return
        said = said.with_answer(text, answer.text, asked + render_answer(answer))
        yield "", said.render(), said, gr.update(visible=False)

    def clear(self) -> tuple[Any, ...]:
        return "", "", Conversation(), gr.update(visible=True)


def mount_chat(app: FastAPI, desk: AnswerDesk) -> None:
    """Serves the page at `/`; everything that no route of ours takes goes through the door to gradio."""
    gr.mount_gradio_app(
        app,
        build_page(desk),
        path="/",
        footer_links=[],
        max_file_size=_LARGEST_UPLOAD,
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        ssr_mode=False,
        theme=_make_theme(),
    )
    mount: Any = app.router.routes.pop()
    mount.app.state_holder.capacity = _CONVERSATIONS_REMEMBERED
    # As a route at "/" it would also swallow wrong methods on our own routes.
    app.router.default = ChatDoor(mount.app)


def build_page(desk: AnswerDesk) -> gr.Blocks:
    notices = _notices_of(desk)
    page = ChatPage(desk)
    blocks = gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True)
    with blocks:
        said = gr.State(Conversation(), time_to_live=_SECONDS_REMEMBERED)
        _html(render_band(notices), "band-block")
        with gr.Column(elem_classes="column-main"):
            with gr.Column(elem_classes="opening") as opening:
                _html(render_greeting(notices), "greet-block")
                examples = _example_buttons(notices)
            talk = _html("", "talk-block")
            with gr.Column(elem_classes="composer"):
                box = gr.Textbox(
                    label="您的问题",
                    placeholder="请输入您的问题",
                    max_length=LONGEST_QUESTION,
                    lines=1,
                    max_lines=4,
                    autofocus=False,
                    submit_btn="提问",
                    elem_classes="question-box",
                )
                with gr.Row(elem_classes="composer-hint"):
                    _html('<div class="hint">请勿输入身份证号、手机号。最多 500 字。</div>', "hint-block")
                    clear = gr.Button("清空对话", elem_classes="tool-button", size="sm")
        outputs = [box, talk, said, opening]
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "outputs": outputs}
        box.submit(page.ask, [box, said], **hidden)
        for button in examples:
            button.click(page.ask, [button, said], **hidden)
        clear.click(page.clear, None, **hidden)
    blocks.queue(default_concurrency_limit=32, max_size=200, api_open=False)
    return blocks


def _html(html: str, style: str) -> gr.Markdown:
    """Our HTML on one line, which Markdown passes on as it is; gradio's sanitiser is a second fence behind ours.

    gr.HTML evaluates its template as JavaScript, which the content security policy forbids.
    """
    return gr.Markdown(html, sanitize_html=True, latex_delimiters=[], container=False, elem_classes=style)


def _example_buttons(notices: Sequence[Notice]) -> list[gr.Button]:
    questions = example_questions(notices)
    if not questions:
        return []
    _html('<h2 class="sec">可以这样问</h2>', "sec-block")
    with gr.Row(elem_classes="examples"):
        return [gr.Button(text, elem_classes="example") for text in questions]


def _notices_of(desk: AnswerDesk) -> Sequence[Notice]:
    try:
        return desk.opening.current().corpus.catalogue.notices
    except NotReady:
        return ()


# gradio's names for sizes of type are those of tokens.css; both must mean the same.
_TEXT_SIZES = gr.themes.Size(
    name="tokens",
    xxs="0.8125rem",
    xs="0.8125rem",
    sm="0.9375rem",
    md="1.0625rem",
    lg="1.3125rem",
    xl="1.625rem",
    xxl="2.125rem",
)


def _make_theme() -> gr.themes.Base:
    """gradio's own parts take their looks from our tokens; the dark variants too."""
    colours = {
        "body_background_fill": "var(--ground)",
        "body_text_color": "var(--ink)",
        "background_fill_primary": "var(--surface)",
        "block_background_fill": "transparent",
        "block_label_text_color": "var(--ink-2)",
        "block_info_text_color": "var(--ink-2)",
        "block_title_text_color": "var(--ink-2)",
        "input_background_fill": "var(--surface)",
        "input_border_color": "var(--line-strong)",
        "input_placeholder_color": "var(--ink-2)",
        "button_primary_background_fill": "var(--action)",
        "button_primary_background_fill_hover": "var(--action-hover)",
        "button_primary_text_color": "var(--on-action)",
        "button_secondary_background_fill": "var(--surface)",
        "button_secondary_background_fill_hover": "var(--action-soft)",
        "button_secondary_text_color": "var(--action)",
        "button_secondary_border_color": "var(--line-strong)",
    }
    both = {**colours, **{f"{name}_dark": value for name, value in colours.items()}}
    fonts = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "system-ui", "sans-serif"]
    theme = gr.themes.Base(font=fonts, font_mono=["monospace"], text_size=_TEXT_SIZES)
    return theme.set(**both, block_border_width="0px", block_padding="0px", input_radius="var(--radius-3)")
