"""Which notice is asked where there are several: what is asked, kept and shown, what the address may say."""

import asyncio
import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.store import Corpus
from tests.conftest import SEED_ID, make_measure, make_notice
from tests.fake_assistant import FakeAssistant, make_answer
from tests.hostile import HOSTILE
from ui.callers.clients import NO_PROXY
from ui.chat.exchanges import Exchange, Trouble, pack, read_id, read_kept
from ui.chat.greeting import list_choices, pick_notice, render_greeting
from ui.chat.page import ChatDoor, Dress, named_notice
from ui.chat.talking import Shown, Talking
from ui.pages.shell import Visit
from ui.server import create_app
from ui.service.answering import AnswerDesk, Opening
from ui.settings import UiSettings

SCOPE = {"type": "http", "client": ("192.0.2.7", 1), "headers": []}
QUESTION = "中试基地一年奖多少？"
OTHER_ID = "gf-2018-39"
GONE = "您选的那份通知现在不在这里了"


@pytest.fixture
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture
def desk(assistant: FakeAssistant) -> Iterator[AnswerDesk]:
    desk = AnswerDesk(Opening(assistant))
    yield desk
    desk.close()


@pytest.fixture
def talk(desk: AnswerDesk) -> Talking:
    return Talking(desk, "zh", NO_PROXY)


@pytest.fixture
def client(assistant: FakeAssistant) -> TestClient:
    return TestClient(create_app(assistant, UiSettings()))


def follow(talk: Talking, wanted: Exchange, kept: object = "") -> list[Shown]:
    async def collect() -> list[Shown]:
        return [step async for step in talk.ask(wanted, kept, SCOPE)]

    return asyncio.run(collect())


def test_only_the_picked_notice_is_asked_and_named_and_kept(
    talk: Talking, assistant: FakeAssistant, small_corpus: Corpus
) -> None:
    first, *_, last = follow(talk, Exchange(QUESTION, notice_id=OTHER_ID))
    assert assistant.asked[0][2] == (OTHER_ID,)
    notice = small_corpus.catalogue.notice(OTHER_ID)
    assert notice
    for shown in (first, last):
        assert f"《{notice.title}》" in shown.messages[0]["content"]
        assert f'data-of="{OTHER_ID}"' in shown.messages[0]["content"]
    assert (first.asking, first.notice_id) == ([QUESTION, OTHER_ID], OTHER_ID)
    assert [e.notice_id for e in read_kept(last.kept)] == [OTHER_ID]
    assert talk.asked_at(last.kept, 1) == Exchange(QUESTION, notice_id=OTHER_ID)
    assert talk.bring_back(last.kept, []).notice_id == OTHER_ID


def test_all_are_asked_where_none_is_picked(talk: Talking, assistant: FakeAssistant) -> None:
    shown = follow(talk, Exchange(QUESTION))[-1]
    assert assistant.asked[0][2] == ()
    assert "question-of" not in shown.messages[0]["content"] and "data-of" not in shown.messages[0]["content"]


def test_what_was_stopped_or_not_finished_keeps_its_notice(talk: Talking) -> None:
    for shown in (talk.stop("", [QUESTION, OTHER_ID]), talk.bring_back("", [QUESTION, OTHER_ID])):
        assert [e.notice_id for e in read_kept(shown.kept)] == [OTHER_ID] == [shown.notice_id]
    for asking in ([QUESTION], [QUESTION, ""], [QUESTION, 7], [QUESTION, "../x"]):
        assert [e.notice_id for e in read_kept(talk.stop("", asking).kept)] == [""]


@pytest.mark.parametrize(("language", "said"), [("zh", GONE), ("en", "The notice you chose is no longer here.")])
def test_a_notice_that_is_gone_is_explained(desk: AnswerDesk, language: str, said: str) -> None:
    last = follow(Talking(desk, language, NO_PROXY), Exchange(QUESTION, notice_id="gone-1"))[-1]
    assert said in last.messages[1]["content"] and "notice_ids" not in str(last.messages)
    assert last.box == QUESTION


def test_a_talk_that_was_kept_before_there_was_a_choice_is_still_read() -> None:
    written = zlib.decompress(base64.b64decode(pack([Exchange(QUESTION, make_answer(QUESTION))])))
    [old] = json.loads(written)
    del old["notice_id"]
    kept = base64.b64encode(zlib.compress(json.dumps([old]).encode())).decode()
    assert [(e.question, e.notice_id) for e in read_kept(kept)] == [(QUESTION, "")]


@pytest.mark.parametrize("hostile", [*HOSTILE[::5], "a" * 401, "A", "鲁"])
def test_what_is_no_id_is_none(hostile: str) -> None:
    assert read_id(hostile) == "" == named_notice(f"notice={hostile.split('&')[0]}")
    assert read_kept(pack([Exchange("问", trouble=Trouble("甲"), notice_id=hostile)])) == ()


@pytest.mark.parametrize("given", [None, 7, [OTHER_ID], {}, ""])
def test_what_is_no_text_is_no_id(given: Any) -> None:
    assert read_id(given) == ""


def test_there_is_a_choice_where_there_are_several() -> None:
    one, two = make_notice(title="甲通知", number="鲁科字〔2025〕1号"), make_notice(notice_id="m", title="乙通知")
    assert list_choices([one, two], "", "zh") == [
        ("全部2份通知", ""),
        ("《甲通知》（鲁科字〔2025〕1号）", "n"),
        ("《乙通知》", "m"),
    ]
    assert list_choices([one, two], "", "en")[0] == ("All 2 notices", "")
    assert pick_notice([one, two], "m") is two and pick_notice([one, two], "x") is None
    assert pick_notice([one], "n") is None


def test_of_thousands_the_picked_one_can_still_be_chosen() -> None:
    many = [make_notice(notice_id=f"n-{n}") for n in range(3000)]
    choices = list_choices(many, "n-2999", "zh")
    assert len(choices) < 300 and choices[0] == ("全部3000份通知", "") and choices[-1][1] == "n-2999"


def test_the_greeting_of_a_notice_speaks_of_it_alone() -> None:
    one = make_notice(make_measure(1, "甲事", ("给予补助。",), ("甲厅",)), title="甲通知")
    two = make_notice(make_measure(1, "乙事", ("给予补助。",), ("乙厅",)), notice_id="m", title="乙通知")
    of_all, of_two = render_greeting(Visit([one, two])), render_greeting(Visit([one, two]), two)
    assert 'href="/?notice=m"' in of_all and "这里的2份通知" in of_all
    assert "我只根据《乙通知》回答" in of_two and "“乙事”讲什么？" in of_two
    assert "甲" not in of_two
    assert 'href="/"' in of_two and 'href="/notices"' in of_two and "也可以问全部2份通知" in of_two
    assert 'href="/?notice=m&amp;lang=en"' in render_greeting(Visit([one, two], "en"))
    assert "?notice=" not in render_greeting(Visit([one]))


def test_the_page_of_a_notice_is_about_it_alone(client: TestClient, small_corpus: Corpus) -> None:
    whole = client.get("/", headers={"accept-language": "zh"}).text
    page = client.get(f"/?notice={OTHER_ID}", headers={"accept-language": "zh"}).text
    mine, *others = sorted(small_corpus.catalogue.notices, key=lambda n: n.id != OTHER_ID)
    assert mine.title in page and [n.title for n in others if n.title in page] == []
    assert all(n.title in whole for n in (mine, *others))
    assert 'href="/notices"' in page


@pytest.mark.parametrize("query", ["notice=gone-1", "notice=", "notice=%00", "notice=<b>", "notice=a&notice="])
def test_a_notice_that_is_not_there_is_as_if_none_was_named(client: TestClient, query: str) -> None:
    page = client.get(f"/?{query}", headers={"accept-language": "zh"})
    assert page.status_code == 200 and "我只根据这里的3份通知回答" in page.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (f"notice={SEED_ID}&deep_link=x&lang=en", f"notice={SEED_ID}"),
        ("deep_link=x", ""),
        ("notice=../etc", ""),
        ("notice=%E4%B8%80", ""),
    ],
)
def test_of_the_address_gradio_is_told_the_notice_only(query: str, told: str) -> None:
    heard: list[bytes] = []

    async def hear(scope: Any, receive: Any, send: Any) -> None:
        heard.append(scope["query_string"])

    door = ChatDoor({"zh": hear, "en": hear}, Dress(lambda: ()))
    for method, name in (("POST", "queue/join"), ("GET", "info"), ("POST", "cancel")):
        path = f"/gradio_api/{name}"
        scope = {**SCOPE, "method": method, "path": path, "query_string": query.encode()}
        asyncio.run(door(scope, None, None))  # type: ignore[arg-type]
    assert heard == [told.encode(), b"", b""]


def test_other_pages_lead_to_the_page_of_a_notice(client: TestClient) -> None:
    link = f'href="/?notice={OTHER_ID}"'
    assert all(
        link in client.get(path, headers={"accept-language": "zh"}).text
        for path in ("/notices", f"/notices/{OTHER_ID}")
    )
