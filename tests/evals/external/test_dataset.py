"""Other people's data is read or its fault is named, and samples are the same at every run."""

import pytest

from evals.external.dataset import DataError, Plan, Row, Sample, read_rows, take_sample
from tests.evals.external.foreign_data import PROMPTS, write_rows


def test_wrong_data_is_named(plan: Plan) -> None:
    for lacking in ({"id": "x", "category": "y"}, {"id": "x", "category": "y", "prompt": None}):
        write_rows(plan.data / "adversarial_prompts.jsonl", [PROMPTS[0], lacking])
        with pytest.raises(DataError, match=r"adversarial_prompts.jsonl .*有些行没有 prompt"):
            plan.draw("adversarial_prompts")
    (plan.data / "stard_articles.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(DataError, match=r"stard_articles.jsonl.gz 读不出来"):
        read_rows(plan.data, "stard_articles")
    (plan.data / "policy_documents.jsonl.gz").unlink()
    with pytest.raises(DataError, match=r"没有 policy_documents.jsonl 或 policy_documents.jsonl.gz"):
        read_rows(plan.data, "policy_documents")
    for content in (b"", b"\n", b"[1]\n", b'{"docid": "d"}'):
        (plan.data / "policy_documents.jsonl").write_bytes(content)
        with pytest.raises(DataError, match="是空的，或者有些行没有"):
            read_rows(plan.data, "policy_documents")
    for content in (b'{"docid": "d\n', b"\xff\xfe"):
        (plan.data / "policy_documents.jsonl").write_bytes(content)
        with pytest.raises(DataError, match="读不出来"):
            read_rows(plan.data, "policy_documents")


def test_columns_become_fields(plan: Plan) -> None:
    assert [(q.id, q.source, q.right) for q in read_rows(plan.data, "policy_questions")] == [
        ("q1", "grain", []),
        ("q2", "bikes-again", []),
        ("q3", "nowhere", ["library"]),
    ]
    first = read_rows(plan.data, "stard_questions_train")[0]
    assert first == Row("0", "醉酒开车会被吊销驾驶证吗？", right=["S2"])
    assert read_rows(plan.data, "stard_articles")[0] == Row("S0", "借款应当按期归还。", name="测试法第0条")


def test_values_are_read_as_they_stand(plan: Plan) -> None:
    """Pandas would read numbers and dates in them."""
    write_rows(plan.data / "policy_documents.jsonl", [{"docid": "007", "text": "一\r\n二\r三\n"}])
    write_rows(plan.data / "adversarial_prompts.jsonl", [{"id": "2020-01-01", "category": "1", "prompt": "2"}])
    assert read_rows(plan.data, "policy_documents") == (Row("007", "一\n二\n三\n"),)
    assert read_rows(plan.data, "adversarial_prompts") == (Row("2020-01-01", "2", name="1"),)


def names(sample: Sample) -> list[int]:
    return [int(row.id) for row in sample.rows]


def test_samples_are_the_same_at_every_run() -> None:
    rows = [Row(str(number), "文") for number in range(1000)]
    sample = names(take_sample(rows, 20))
    assert sample == names(take_sample(rows, 20)) == sorted(sample)
    assert len(sample) == 20 and set(sample) < set(names(take_sample(rows, 30)))
    assert max(sample) - min(sample) > 500
    for size in (None, 1000, 2000):
        whole = take_sample(rows, size)
        assert (whole.rows, whole.is_part) == (tuple(rows), False)


def test_a_sample_keeps_every_text_that_answers(plan: Plan) -> None:
    articles = read_rows(plan.data, "stard_articles")
    right = {name for q in plan.draw("stard_questions_train").rows for name in q.right}
    assert [[a.id for a in take_sample(articles, most, right).rows] for most in (2, 4, None)] == [
        ["S0", "S1", "S2"],
        ["S0", "S1", "S2", "S3"],
        ["S0", "S1", "S2", "S3"],
    ]


@pytest.mark.parametrize(("chosen", "words"), [(3, "抽样 3 / 4,000 条"), (4000, "4,000 条")])
def test_what_was_chosen_of_how_many_is_said(chosen: int, words: str) -> None:
    assert Sample((Row("S", "条"),) * chosen, 4000).count("条") == words
