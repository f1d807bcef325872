"""What the steps leave behind is kept beside the answer, and the answer is not changed by it."""

from dataclasses import replace

from assistant.ask import Assistant, Steps
from assistant.encode import encode_answer
from assistant.verify import Problem, Verified, verify
from corpus.store import Corpus
from evals.entry import LocalEntry
from evals.witness import Witness

QUESTION = "中试基地一年奖多少？归谁管？"


def test_local_entry_tells_how_it_came_to_the_answer(real_corpus: Corpus) -> None:
    told = LocalEntry(corpus=real_corpus).ask(QUESTION, ())
    plain = encode_answer(Assistant(real_corpus).ask(QUESTION))
    assert {k: v for k, v in told.items() if k in plain and k != "timings_ms"} == {
        k: v for k, v in plain.items() if k != "timings_ms"
    }
    assert told["understood"] == {"asks": ["sum", "department"], "subjects": ["中试基地"]}
    assert (told["matches"][0]["measure_id"], told["dropped"]) == ("3.9", [])


def test_parts_taken_out_are_told(real_corpus: Corpus) -> None:
    def drop_more(*arguments: object) -> Verified:
        verified = verify(*arguments)  # type: ignore[arg-type]
        return replace(verified, problems=(Problem("写出的", "不符"),))

    told = LocalEntry(corpus=real_corpus, steps=Steps(verify=drop_more)).ask(QUESTION, ())
    assert told["dropped"] == [{"part": "写出的", "reason": "不符"}]


def test_nothing_is_told_before_a_question() -> None:
    assert Witness(Steps()).tell() == {}
