"""The chat as a gradio app: what is on it, and what happens when; sole user of gradio."""

import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

# gradio reads this when it is imported, and would otherwise report every start to its vendor.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import ASGIApp, Scope

from assistant.answer import Answer
from assistant.understanding.text import LONGEST_QUESTION
from corpus.notice import Notice
from ui.callers.callers import speaking_for
from ui.callers.clients import ProxyTrust
from ui.chat.exchanges import Exchange, last_notice, pack, read_id, read_kept
from ui.chat.greeting import list_choices, pick_notice
from ui.chat.page import ROOTS, ChatDoor, Dress
from ui.chat.talking import Shown, Talking, answer_json
from ui.service.answering import AnswerDesk, NotReady
from ui.service.problems import describe_error
from ui.templating import render
from ui.words import word

_LARGEST_UPLOAD = "1kb"  # nothing is uploaded, and gradio knows no "never"
_MOST_LINES = 5
_MOST_SEEN_AT_ONCE = 20
# The desk lets one client have 128 questions and all of them 256: there must be room to tell the others so.
_MOST_EVENTS = 512
# gradio looks a thousand times a second whether somebody asks; nobody feels these.
_SECONDS_BETWEEN_LOOKS = 0.02
_NEVER = 3600.0


@dataclass(frozen=True, slots=True)
class Service:
    """What the page needs of the service; `judge` keeps whether an answer was useful, for the caller of the moment."""

    desk: AnswerDesk
    trust: ProxyTrust
    judge: Callable[[Answer, bool], None]


def mount_chat(app: FastAPI, service: Service) -> None:
    """Serves the page at `/` in both languages; whatever no route of ours takes ends at the door."""
    doors = {language: _mount(app, _Chat(service, language).build(), root) for language, root in ROOTS.items()}
    # As routes they would also swallow wrong methods on our own routes.
    app.router.default = ChatDoor(doors, Dress(lambda: _notices_of(service.desk)))


def _mount(app: FastAPI, page: gr.Blocks, root: str) -> ASGIApp:
    gr.mount_gradio_app(
        app,
        page,
        path=root or "/",
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
    mount = app.router.routes.pop()
    assert isinstance(mount, Mount)
    return mount.app


class _Chat:
    """The page in one language."""

    def __init__(self, service: Service, language: str) -> None:
        self._desk = desk = service.desk
        self._language = language
        self._trust = trust = service.trust
        self._judge = service.judge
        self._talking = Talking(desk, language, trust)

    def _word(self, key: str) -> str:
        return word(key, self._language)

    def build(self) -> gr.Blocks:
        """Everything that is said goes through gradio's events; what the browser keeps is this tab's (chat/tab.js)."""
        page = gr.Blocks(title=self._word("heading"), analytics_enabled=False, fill_width=True)
        page.max_threads = _MOST_EVENTS
        with page:
            if self._language == "zh":
                api(self._answer, api_name="ask", concurrency_limit=None)
            self._place()
            self._connect(page)
        page.queue(max_size=_MOST_EVENTS, api_open=False, default_concurrency_limit=None)
        page._queue.sleep_when_free = _SECONDS_BETWEEN_LOOKS
        page._queue.progress_update_sleep_when_free = _NEVER  # no progress is ever told that way
        return page

    def _place(self) -> None:
        # With a secret and a key of their own a restart would lose every talk. They protect nothing: the talk is the visitor's.
        self.kept = gr.BrowserState("", storage_key="policy.talk", secret="policy")
        self.asking = gr.BrowserState([], storage_key="policy.asking", secret="policy")
        self.chat = gr.Chatbot(
            label=self._word("conversation"),
            show_label=False,
            container=False,
            height="auto",
            layout="panel",
            buttons=[],
            sanitize_html=False,  # our own renderer wrote it; gradio's would drop every aria-* and data-*
            latex_delimiters=[],
            group_consecutive_messages=False,
            autoscroll=False,  # chat.js brings up the question, not the end of its answer
            elem_id="talk",
        )
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="cleared", visible=False) as self.strip:
                gr.Markdown(self._word("cleared"))
                self.undo = gr.Button(self._word("undo"), elem_classes="plain", scale=0)
                self.before = gr.State("")
            self._place_question()
            with gr.Row(elem_id="below"):
                gr.Markdown(render("chat/hint", self._language, longest=LONGEST_QUESTION), sanitize_html=False)
                self.empty = gr.Button(self._word("clear"), elem_id="clear", elem_classes="plain", scale=0)

    def _place_question(self) -> None:
        """Of which notice, and what."""
        # Filled and shown where there is a choice. What of its choices is not shown gradio counts in English: it shows all.
        self.picker = gr.Dropdown(
            label=self._word("which_notice"),
            choices=[],
            value=None,
            num_choices_shown=None,
            container=False,
            visible=False,
            elem_id="notice",
        )
        with gr.Row(elem_id="question-row"):
            self.box = gr.Textbox(
                label=self._word("question"),
                placeholder=self._word("placeholder"),
                max_length=LONGEST_QUESTION,
                lines=1,
                max_lines=_MOST_LINES,
                autofocus=False,
                container=False,
                elem_id="question",
            )
            self.send = gr.Button(self._word("send"), elem_id="send", scale=0)
            self.halt = gr.Button(self._word("stop"), elem_id="stop", scale=0)
            # Pressed by chat.js for a question that is shared, or asked once more without what was inherited.
            self.alone = gr.Button(self._word("alone"), elem_id="alone", scale=0)

    def _connect(self, page: gr.Blocks) -> None:
        kept, asking, chat, box = self.kept, self.asking, self.chat, self.box
        all_of_it = [chat, kept, asking, box, self.strip, self.picker]
        asks: dict[str, Any] = {
            "outputs": all_of_it,
            "concurrency_id": "ask",
            "concurrency_limit": None,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        quick: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        runs = [
            # A choice that is gone gradio would refuse in English, before anything here is asked.
            gr.on([box.submit, self.send.click], self._ask, [box, kept, self.picker], preprocess=False, **asks),
            self.alone.click(self._ask_alone, [box, kept], **asks),
            chat.option_select(self._follow, kept, **asks),
            chat.retry(self._again, kept, **asks),
        ]
        chat.like(self._rate, kept, None, **quick)
        self.halt.click(self._stop, [kept, asking], all_of_it, cancels=runs, **quick)
        self.empty.click(self._clear, kept, [*all_of_it, self.before], cancels=runs, **quick)
        self.undo.click(self._bring_back, [self.before, asking], all_of_it, **quick)
        page.load(self._open, [kept, asking], [*all_of_it, self.send], **quick)

    async def _ask(
        self, question: object, kept: str, notice_id: object, request: gr.Request
    ) -> AsyncGenerator[list[Any]]:
        wanted = Exchange(question if isinstance(question, str) else "", notice_id=read_id(notice_id))
        async for step in self._talk(wanted, kept, request):
            yield step

    async def _ask_alone(self, question: str, kept: str, request: gr.Request) -> AsyncGenerator[list[Any]]:
        """Of the notice that the address names, wherever the picker stands."""
        wanted = Exchange(question, is_alone=True, notice_id=_named(request))
        async for step in self._talk(wanted, kept, request):
            yield step

    async def _follow(self, kept: str, request: gr.Request, chosen: gr.SelectData) -> AsyncGenerator[list[Any]]:
        if not chosen.value:
            yield self._as_outputs(self._talking.take_back(kept))
            return
        # What is offered below an answer goes on with its notice.
        wanted = Exchange(str(chosen.value), notice_id=last_notice(read_kept(kept)))
        async for step in self._talk(wanted, kept, request):
            yield step

    async def _again(self, kept: str, request: gr.Request, again: gr.RetryData) -> AsyncGenerator[list[Any]]:
        async for step in self._talk(self._talking.asked_at(kept, _position(again.index)), kept, request):
            yield step

    async def _talk(self, wanted: Exchange, kept: str, request: gr.Request) -> AsyncGenerator[list[Any]]:
        if not wanted.question.strip():
            yield [gr.skip()] * 6
            return
        async with aclosing(self._talking.ask(wanted, kept, _scope_of(request))) as steps:
            async for step in steps:
                yield self._as_outputs(step)
        # gradio sends the last step once more when it is done: late, it would bring back a talk that was taken away, or
        # take away what is being typed.
        yield [gr.skip()] * 6

    def _stop(self, kept: str, asking: list[str]) -> list[Any]:
        return self._as_outputs(self._talking.stop(kept, asking))

    def _bring_back(self, kept: str, asking: list[str]) -> list[Any]:
        return self._as_outputs(self._talking.bring_back(kept, asking))

    def _open(self, kept: str, asking: list[str], request: gr.Request) -> list[Any]:
        """Where nothing was said nothing is drawn: somebody may have asked already."""
        shown = self._talking.bring_back(kept, asking)
        named = pick_notice(_notices_of(self._desk), _named(request))
        picker = self._pick(named.id if named else last_notice(read_kept(shown.kept)))
        brought = self._as_outputs(shown)[:-1] if shown.messages else [gr.skip()] * 5
        return [*brought, picker, gr.Button(elem_classes="ready")]

    def _pick(self, notice_id: str) -> gr.Dropdown:
        """The picker with the notices of now; who serves may open others while the page stands there."""
        notices = _notices_of(self._desk)
        picked = pick_notice(notices, notice_id)
        return gr.Dropdown(
            choices=list_choices(notices, notice_id, self._language),
            value=picked.id if picked else "",
            filterable=len(notices) > _MOST_SEEN_AT_ONCE,
            visible=len(notices) > 1,
        )

    def _clear(self, kept: str) -> list[Any]:
        return [*self._as_outputs(Shown([], pack(()), []), is_cleared=bool(read_kept(kept))), kept]

    def _as_outputs(self, shown: Shown, is_cleared: bool = False) -> list[Any]:
        others = (gr.skip() if value is None else value for value in (shown.kept, shown.asking, shown.box))
        picker = gr.skip() if shown.notice_id is None else self._pick(shown.notice_id)
        return [shown.messages, *others, gr.Row(visible=is_cleared), picker]

    async def _rate(self, kept: str, request: gr.Request, like: gr.LikeData) -> None:
        answer = self._talking.answer_at(kept, _position(like.index))
        if answer:
            with speaking_for(_scope_of(request), self._trust):
                await run_in_threadpool(self._judge, answer, bool(like.liked))

    async def _answer(
        self,
        question: str,
        history: list[dict[str, str]] | None = None,
        notice_ids: list[str] | None = None,
        request: gr.Request = None,  # type: ignore[assignment]  # gradio gives it
    ) -> dict[str, Any]:
        """Answer a question about the notices: what applies, for whom, how much, the exact clause, who is responsible.

        The same JSON as POST /api/v1/ask.
        """
        body: Mapping[str, Any] = {"question": question, "history": history or [], "notice_ids": notice_ids or []}
        try:
            return await answer_json(self._desk, body, (_scope_of(request), self._trust))
        except Exception as error:
            raise gr.Error(describe_error(error).detail, print_exception=False) from None


def _position(index: int | tuple[int, int]) -> int:
    """Of a message in the talk."""
    return index[0] if isinstance(index, tuple | list) else index


def _named(request: gr.Request) -> str:
    """The notice in the address of the page."""
    return read_id(request.query_params.get("notice"))


def _scope_of(request: gr.Request) -> Scope:
    """Of the request that put the event into gradio's queue."""
    assert request.request
    return request.request.scope


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
