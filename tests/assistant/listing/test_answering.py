"""Whatever is selected is answered with a line, rows and a count that all stand the check."""

from collections.abc import Mapping

import pytest

from assistant.evidence.items import ItemIndex
from assistant.listing.answering import answer_selection
from assistant.listing.selection import Order, Rows, select
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, JOBS, LETTER, LONE, RATES, REEF, TAX
from tests.assistant.inquiries import make_inquiry
from tests.assistant.listing.test_brute import Chooser

MANY = 120


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("notice_id", [HOME, JOBS, TAX, LETTER, RATES, INN, REEF, LONE])
def test_answers_stand_the_check(notice_id: str, language: str, shelf: Mapping[str, Corpus]) -> None:
    corpus = shelf[notice_id]
    (notice,) = corpus.catalogue.notices
    chooser, inquiry = Chooser(notice), make_inquiry("", corpus, ItemIndex(corpus), language)
    for n in range(MANY):
        selection = chooser.choose(list(Rows)[n % len(Rows)])
        table = select(selection, corpus.catalogue)
        finding = answer_selection(inquiry, selection)
        verified = verify([finding], corpus, language)
        assert verified.problems == (), selection
        assert verified.findings == (finding,), selection
        if finding.recount is not None:
            assert (len(finding.items), finding.recount.keys) == (len(table.members), table.keys)
            # Of the highest nobody asks how many.
            is_of_all = selection.order in {Order.PRINTED, Order.SORTED}
            assert (finding.count is not None) is is_of_all
            if finding.count is not None:
                assert (finding.count.value, finding.count.of in (None, table.whole)) == (len(table.members), True)
