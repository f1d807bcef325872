"""Who is answered next: clients take turns, and each holds a bounded share of a bounded queue."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class TooManyQuestions(Exception):
    """One client has as many questions waiting as one may have."""


class TooBusy(Exception):
    """More questions wait than can be answered soon."""


class QueueClosed(Exception):
    """Nothing is taken from the queue any more."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many questions may wait: in all, and of one client. An office of a hundred people may share an address.

    An answer is pure computing of some 15 ms: more of them at a time than cores would only make everybody slower. A model
    that writes one is waited for elsewhere.
    """

    at_a_time: int = 2
    in_all: int = 256
    per_client: int = 128


class FairQueue(Generic[T]):
    """Safe for threads. Remembers only clients that have something waiting, so no more than there are places."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._filled = threading.Condition()
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()  # whose turn is next stands first
        self._count = 0
        self._is_closed = False

    def __len__(self) -> int:
        return self._count

    def put(self, client: str, one: T) -> T | None:
        """Returns what had to make room for it: the newest of the client that has most waiting.

        Raises QueueClosed; TooManyQuestions; TooBusy where nobody has more waiting than this client would have.
        """
        with self._filled:
            if self._is_closed:
                raise QueueClosed
            waiting = len(self._waiting.get(client, ()))
            if waiting >= self._places.per_client:
                raise TooManyQuestions("您这里同时提出的问题太多，请等前面的回答出来再问。")
            pushed_out = self._make_room(waiting) if self._count >= self._places.in_all else None
            self._waiting.setdefault(client, deque()).append(one)
            self._count += 1
            self._filled.notify()
            return pushed_out

    def take(self) -> T | None:
        """Waits for the next; None when the queue is closed."""
        with self._filled:
            self._filled.wait_for(lambda: self._waiting or self._is_closed)
            if self._is_closed:
                return None
            client, own = self._waiting.popitem(last=False)
            one = own.popleft()
            self._count -= 1
            if own:
                self._waiting[client] = own
            return one

    def remove(self, client: str, one: T) -> bool:
        """Whether it was still waiting."""
        with self._filled:
            own = self._waiting.get(client)
            if own is None or one not in own:
                return False
            own.remove(one)
            self._count -= 1
            if not own:
                del self._waiting[client]
            return True

    def close(self) -> tuple[T, ...]:
        """Ends every wait; returns what was still waiting."""
        with self._filled:
            self._is_closed = True
            left = tuple(one for own in self._waiting.values() for one in own)
            self._waiting.clear()
            self._count = 0
            self._filled.notify_all()
            return left

    def _make_room(self, waiting: int) -> T:
        own = max(self._waiting.values(), key=len)
        if len(own) <= waiting + 1:
            raise TooBusy("现在提问的人太多，请过几秒再试。")
        self._count -= 1
        return own.pop()
