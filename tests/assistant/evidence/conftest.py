"""Items of real notices, by words that only one of them prints."""

from collections.abc import Callable
from functools import cache

import pytest

from assistant.evidence.items import ItemMatch
from corpus.catalogue import Catalogue
from ingest.build import read_notice
from tests.conftest import NOTICES, SEED

FindItem = Callable[[str, str], ItemMatch]


@pytest.fixture(scope="session")
def find_item() -> FindItem:
    """The only item of a notice that prints the words."""

    @cache
    def items(notice_id: str) -> tuple[ItemMatch, ...]:
        path = SEED if notice_id == SEED.stem else NOTICES / f"{notice_id}.txt"
        places = Catalogue([read_notice(path).notice]).provisions
        return tuple(ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items)

    def find(notice_id: str, words: str) -> ItemMatch:
        found = [m for m in items(notice_id) if words in m.item.text]
        assert len(found) == 1, (words, [m.item.text for m in found])
        return found[0]

    return find
