"""Thoughts are taken out of a reply wherever it was cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.calling.thoughts import ThoughtFilter
from assistant.model.endpoint import ModelError

REPLIES = [
    ("<think>\n想</think>好", "好"),
    ("甲<Thinking>想 < 3</Thinking>乙<reasoning></reasoning>丙", "甲乙丙"),
    ('{"a": "1 < 2 <b> </b> <t"}', '{"a": "1 < 2 <b> </b> <t"}'),
    ("<think>没有想完", ""),
    ("好<", "好<"),
    ("好<think", "好<think"),
    ("", ""),
]


@given(st.sampled_from(REPLIES), st.lists(st.integers(0, 60), max_size=8))
def test_cuts_make_no_difference(reply: tuple[str, str], cuts: list[int]) -> None:
    text, shown = reply
    thoughts = ThoughtFilter()
    edges = [0, *sorted(cuts), len(text)]
    pieces = [thoughts.feed(text[a:b]) for a, b in pairwise(edges)]
    assert "".join(pieces) + thoughts.end() == shown


def test_words_before_the_end_of_thoughts_were_no_reply() -> None:
    with pytest.raises(ModelError):
        ThoughtFilter().feed("想一想</think>好")
