"""The replies that ship are whole, and most of what good writers say is kept."""

import json

from evals.cases.case import find_case_files, read_cases
from evals.corpora import Library
from evals.played.command import LEAST_KEPT, REPLIES, play_all


def test_every_reply_is_of_a_case_and_rests_on_grounds() -> None:
    replies = json.loads(REPLIES.read_text(encoding="utf-8"))
    cases = {one.case.id for one in read_cases(find_case_files())}
    assert len(replies) == 150
    assert {r["id"] for r in replies} <= cases
    assert all(s["text"] and s["grounds"] for r in replies for s in r["sentences"])


def test_what_good_writers_say_is_kept() -> None:
    played = list(play_all(Library()))
    put = sum(p.put for p in played)
    assert put > 400
    assert sum(len(p.dropped) for p in played) <= (1 - LEAST_KEPT) * put
