"""Counts what is asked for and not stated, by department and kind; no word of a question is in it."""

import threading
from collections import Counter
from collections.abc import Iterable

from assistant.answer import Answer, Status
from ui.feedback.store import FeedbackStore, Gap

_WITH_GAPS = frozenset({Status.NOT_STATED, Status.RELATED, Status.PARTLY_ANSWERED})


class GapCounts:
    """In memory until they are written: an answer waits for no disk."""

    def __init__(self) -> None:
        self._counts: Counter[Gap] = Counter()
        self._lock = threading.Lock()

    def note(self, answer: Answer) -> None:
        found = find_gaps(answer) if answer.status in _WITH_GAPS else ()
        with self._lock:
            self._counts.update(found)

    def write_to(self, store: FeedbackStore) -> None:
        """Raises FeedbackNotKept; then they are kept for the next time."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        if not taken:
            return
        try:
            store.add_gaps(taken)
        except Exception:
            with self._lock:
                self._counts.update(taken)
            raise


def find_gaps(answer: Answer) -> Iterable[Gap]:
    """Each kind once for every department of the measure that comes nearest, or of all that carry the answer."""
    asked = [(m.ask, m.measure_id) for m in answer.missing]
    if not asked and answer.status is not Status.PARTLY_ANSWERED:
        asked = [(clause.value, None) for clause in answer.understood.clauses]
    carrying = answer.responsibilities
    for ask, measure in dict.fromkeys(asked):
        nearest = [r for r in carrying if r.measure_id == measure] or carrying
        departments = dict.fromkeys(d for r in nearest for d in r.departments)
        yield from (Gap(department, ask) for department in departments or ("",))
