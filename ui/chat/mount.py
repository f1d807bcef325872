"""The chat page; sole user of gradio."""

import os
from collections.abc import Sequence

# gradio reads this when it is imported, and would otherwise report every start to its vendor.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.types import ASGIApp

from assistant.understanding.text import LONGEST_QUESTION
from corpus.notice import Notice
from ui.chat.page import ChatDoor, Dress
from ui.service.answering import AnswerDesk, NotReady
from ui.words import word

_LARGEST_UPLOAD = "1kb"  # nothing is uploaded, and gradio knows no "never"
_MOST_LINES = 5
_SECONDS_BETWEEN_LOOKS = 3600.0


def mount_chat(app: FastAPI, desk: AnswerDesk) -> None:
    """Serves the page at `/` in both languages; whatever no route of ours takes ends at the door."""
    doors = {language: _mount(app, language) for language in ("zh", "en")}
    # As routes they would also swallow wrong methods on our own routes.
    app.router.default = ChatDoor(doors, Dress(lambda: _notices_of(desk)))


def _mount(app: FastAPI, language: str) -> ASGIApp:
    box = build_question_box(language)
    gr.mount_gradio_app(
        app,
        box,
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
    # No event ever comes, and gradio would look for one a thousand times a second.
    box._queue.sleep_when_free = box._queue.progress_update_sleep_when_free = _SECONDS_BETWEEN_LOOKS
    mount = app.router.routes.pop()
    assert isinstance(mount, Mount)
    return mount.app


def build_question_box(language: str) -> gr.Blocks:
    """The part of the page that gradio draws. It has no event: questions go to our own route like everybody's.

    Messages are no gr.Chatbot (English labels, barriers for screen readers) and no gr.HTML (evaluates its template as
    JavaScript, which the content security policy forbids), but our own elements beside it.
    """
    blocks = gr.Blocks(title=word("heading", language), analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="question-row"):
            gr.Textbox(
                label=word("question", language),
                placeholder=word("placeholder", language),
                max_length=LONGEST_QUESTION,
                lines=1,
                max_lines=_MOST_LINES,
                autofocus=False,
                container=False,
                elem_id="question",
            )
            gr.Button(word("send", language), elem_classes="send", scale=0)
            gr.Button(word("stop", language), elem_classes="stop", scale=0)
    return blocks


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
        "button_secondary_background_fill": "var(--surface)",
        "button_secondary_background_fill_hover": "var(--action-soft)",
        "button_secondary_text_color": "var(--action)",
        "button_secondary_border_color": "var(--line-strong)",
    }
    both = {**colours, **{f"{name}_dark": value for name, value in colours.items()}}
    fonts = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "system-ui", "sans-serif"]
    theme = gr.themes.Base(font=fonts, font_mono=["monospace"], text_size=_TEXT_SIZES)
    return theme.set(**both, block_border_width="0px", block_padding="0px", input_radius="var(--radius-3)")
