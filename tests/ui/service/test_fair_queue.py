"""Clients take turns, and none can fill the queue."""

import threading

import pytest

from ui.service.fair_queue import FairQueue, Places, TooBusy, TooManyQuestions


def make_queue(in_all: int = 6, per_client: int = 4, **waiting: int) -> FairQueue[str]:
    queue: FairQueue[str] = FairQueue(Places(1, in_all, per_client))
    for client, number in waiting.items():
        for n in range(1, number + 1):
            queue.put(client, f"{client}{n}")
    return queue


def take_all(queue: FairQueue[str]) -> list[str | None]:
    return [queue.take() for _ in range(len(queue))]


def test_clients_take_turns() -> None:
    assert take_all(make_queue(in_all=8, a=4, b=1, c=2)) == ["a1", "b1", "c1", "a2", "c2", "a3", "a4"]


def test_who_comes_back_stands_behind_those_who_wait() -> None:
    queue = make_queue(a=2, b=1)
    assert [queue.take(), queue.take()] == ["a1", "b1"]
    queue.put("b", "b2")
    assert take_all(queue) == ["a2", "b2"]


def test_one_client_has_a_share() -> None:
    queue = make_queue(a=4)
    with pytest.raises(TooManyQuestions):
        queue.put("a", "a5")
    assert queue.put("b", "b1") is None
    assert take_all(queue) == ["a1", "b1", "a2", "a3", "a4"]


def test_in_a_full_queue_the_newest_of_whoever_waits_most_makes_room() -> None:
    queue = make_queue(a=4, b=2)
    assert queue.put("c", "c1") == "a4"
    assert queue.put("c", "c2") == "a3"
    with pytest.raises(TooBusy):
        queue.put("c", "c3")
    assert take_all(queue) == ["a1", "b1", "c1", "a2", "b2", "c2"]


def test_what_is_removed_is_not_taken() -> None:
    queue = make_queue(a=2, b=1)
    assert [queue.remove("b", "b1"), queue.remove("b", "b1"), queue.remove("a", "a1")] == [True, False, True]
    assert take_all(queue) == ["a2"]
    assert not queue._waiting


def test_a_closed_queue_ends_the_wait() -> None:
    queue = make_queue(a=1)
    assert queue.close() == ("a1",)
    taken: list[str | None] = ["unset"]
    thread = threading.Thread(target=lambda: taken.append(queue.take()))
    thread.start()
    thread.join()
    assert taken == ["unset", None]
