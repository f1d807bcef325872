"""English lines are held against the item as strictly as Chinese ones: other recipients, levels and lost words fall."""

import pytest

from corpus.store import Corpus
from tests.drafts import find_item, refuse, state

INCUBATOR = "部级孵化器"
BASE = "服务突出的省级中试基地"
POOL = "重点产业专利池"
CENTRE = "高价值专利培育中心"
CONTEST = "赛孵联动"
HEADQUARTERS = "世界500强企业"
VOUCHER = "算力券"
CHAIN = "区块链"

BY_LEVEL = "recognised by the Ministry of Industry and Information Technology, according to the level of recognition"
HATCHERIES = f"Ministry-level incubators {BY_LEVEL}"
BASES = "Provincial-level pilot-scale test bases with outstanding service"

TRUE = [
    (f"《关于支持科技服务业高质量发展的若干措施》: {BASES}: an award subsidy of up to RMB 2 million per year.", BASE),
    (f"{HATCHERIES}: a subsidy of up to RMB 2 million each (每家最高200万元), one-off.", INCUBATOR),
    (f"{BASES}: an award subsidy of up to RMB 2 million per year (年度最高奖补200万元).", BASE),
    (
        "“服务突出的省级中试基地”: an award subsidy of up to RMB 2 million per year. The notice says: “年度最高奖补200万元”.",
        BASE,
    ),
    (
        "Universities and research institutes building high-value patent cultivation centres: up to RMB 2 million.",
        CENTRE,
    ),
    (
        "Science and technology service companies buying or providing AI computing power as prescribed, with outstanding "
        "results of application: a computing-power voucher; no sum is stated here.",
        VOUCHER,
    ),
    (
        "The notice supports science and technology service companies in strengthening the application of new "
        "technologies such as artificial intelligence, big data, blockchain, digital twins.",
        CHAIN,
    ),
]
FALSE = [
    ("《关于支持科技服务业高质量发展的若干措施》: Companies: an award subsidy of up to RMB 2 million per year.", BASE),
    (f"《关于支持企业孵化的若干措施》: {BASES}: an award subsidy of up to RMB 2 million per year.", BASE),
    # Somebody else.
    (f"Universities {BY_LEVEL}: a subsidy of up to RMB 2 million each (每家最高200万元), one-off.", INCUBATOR),
    ("Companies: an award subsidy of up to RMB 2 million per year (年度最高奖补200万元).", BASE),
    ("Banks building high-value patent cultivation centres: up to RMB 2 million.", CENTRE),
    ("Start-ups buying or providing AI computing power: a computing-power voucher; no sum is stated here.", VOUCHER),
    ("The notice supports hospitals in strengthening the application of new technologies.", CHAIN),
    # Another level.
    (f"{HATCHERIES.replace('Ministry', 'Provincial')}: a subsidy of up to RMB 2 million each, one-off.", INCUBATOR),
    (f"{BASES.replace('Provincial', 'National')}: an award subsidy of up to RMB 2 million per year.", BASE),
    # Something left out.
    (f"{HATCHERIES}: a subsidy of up to RMB 2 million each (每家最高200万元).", INCUBATOR),
    (f"{HATCHERIES}: a subsidy of up to RMB 2 million (最高200万元), one-off.", INCUBATOR),
    (
        f"{HATCHERIES.replace(', according to the level of recognition', '')}: a subsidy of up to RMB 2 million each, one-off.",
        INCUBATOR,
    ),
    ("Provincial-level pilot-scale test bases: an award subsidy of up to RMB 2 million per year.", BASE),
    (f"{BASES}: an award subsidy of up to RMB 2 million.", BASE),
    (f"{BASES}: up to RMB 2 million per year.", BASE),
    ("Relevant companies building key industry patent pools: up to RMB 3 million.", POOL),
    ("Relevant companies, with outstanding results: up to RMB 3 million.", POOL),
    ("Technology-based small and medium-sized enterprises: a reward of up to RMB 500,000.", CONTEST),
    ("Up to RMB 3 million. The notice says: “推动相关企业建设重点产业专利池，对成效显著的最高给予300万元”.", POOL),
    # Another figure, bound, period or form.
    (f"{BASES}: an award subsidy of up to RMB 3 million per year.", BASE),
    (f"{BASES}: an award subsidy of RMB 2 million per year.", BASE),
    (f"{BASES}: a loan of up to RMB 2 million per year.", BASE),
    (f"{BASES}: an award subsidy of up to RMB 2 million per year, one-off.", BASE),
    # Words that nobody printed.
    (f"{BASES}: an award subsidy of up to RMB 2 million per year, paid automatically.", BASE),
    (f"Yes. {BASES}: an award subsidy of up to RMB 2 million per year.", BASE),
    (f"{BASES}: an award subsidy of up to RMB 2 million per year (国家级最高200万元).", BASE),
    (
        f"{BASES}: an award subsidy of up to RMB 2 million per year. The notice says: “对服务突出的市级中试基地给予奖补”.",
        BASE,
    ),
    ("Universities and research institutes: up to RMB 2 million; no sum is stated here.", CENTRE),
]


@pytest.mark.parametrize(("text", "clause"), TRUE)
def test_keeps_what_is_printed(text: str, clause: str, real_corpus: Corpus) -> None:
    assert refuse(state(text, find_item(real_corpus, clause)), real_corpus) == ""


@pytest.mark.parametrize(("text", "clause"), FALSE)
def test_drops_what_is_not(text: str, clause: str, real_corpus: Corpus) -> None:
    assert refuse(state(text, find_item(real_corpus, clause)), real_corpus) != ""


HEADINGS = [
    ("Article 10 (企业孵化服务, unofficially “Business incubation services”) says: “每家最高200万元一次性补助”.", True),
    ("Article 10 (企业孵化服务, unofficially “Technology finance services”) says: “每家最高200万元一次性补助”.", False),
    (
        "Article 11 (企业孵化服务, unofficially “Business incubation services”) says: “每家最高200万元一次性补助”.",
        False,
    ),
]


@pytest.mark.parametrize(("text", "holds"), HEADINGS)
def test_a_heading_has_its_own_gloss(text: str, holds: bool, real_corpus: Corpus) -> None:
    text = f"{text} In figures: up to RMB 2 million (200万元), one-off."
    assert (refuse(state(text, find_item(real_corpus, INCUBATOR)), real_corpus) == "") is holds
