"""The same sentences meet the same end where a server sends them as a model would."""

from assistant.model.writing import Writer
from corpus.store import Corpus
from evals.hostile.attack import Attack, ScriptedEndpoint, write_with
from evals.hostile.board import Board
from evals.hostile.writing import write_all
from tests.evals.answers import make_case, make_library
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.server import ModelServer, say


def test_dropped_over_http_as_in_this_process(small_corpus: Corpus) -> None:
    case = make_case(question="省级中试基地一年最多奖多少？")
    assignment = Attack(make_library(small_corpus, small_corpus)).compose(case)
    assert assignment is not None
    sentences = write_all(Board(assignment), case.id)[::40]
    here = write_with(ScriptedEndpoint(sentences), 1.0, assignment)
    reply = "".join(ScriptedEndpoint(sentences).write(()))
    with ModelServer(say(reply)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        # When it looks again its time is over, so that it does not ask once more.
        clock = iter((0.0, 20.0)).__next__
        sent = Writer(endpoint, 20.0, clock).write(assignment)
    assert (sent.parts, sent.dropped, sent.sentences) == (here.parts, here.dropped, here.sentences)
