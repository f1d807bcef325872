"""Who am I: options are what the notices print, hits show the words that matched, and nothing is concluded."""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

import pytest

from corpus.store import Corpus
from ingest.build import build
from tests.conftest import NOTICES, SEED
from tests.fake_assistant import FakeAssistant
from tests.hostile import PAYLOADS
from tests.html_reading import Reading
from tests.http_checks import serve
from ui.pages.match.hits import Hit, Sentence, find_hits, find_missing
from ui.pages.match.options import read_options
from ui.pages.match.profile import Profile, read_asker

FILES = {p.stem: p for p in (SEED, *NOTICES.rglob("*.txt"))}
CorpusOf = Callable[[str], Corpus]


@pytest.fixture(scope="module")
def corpus_of(tmp_path_factory: pytest.TempPathFactory) -> CorpusOf:
    @cache
    def of(name: str) -> Corpus:
        built = build(
            (FILES[name],), tmp_path_factory.mktemp(name) / "index", None
        ).corpus  # nothing here is found by meaning
        assert built
        return built

    return of


def find(corpus: Corpus, profile: Profile) -> tuple[Hit, ...]:
    return find_hits(read_asker(profile, read_options(corpus), corpus), corpus.catalogue)


OPTIONS = [
    ("lkz-2025-128", "kinds", ["科技服务业企业", "高校院所", "孵化器", "中试基地", "银行", "知识产权服务机构"]),
    ("lkz-2025-128", "fields", ["检验检测认证服务", "知识产权服务", "生物医药", "低空经济"]),
    ("lkz-2025-128", "places", ["青岛", "东营", "潍坊", "济南"]),
    ("lkz-2025-128", "sizes", ["规模以上", "世界500强", "专精特新", "高新技术企业"]),
    ("lkz-2025-128", "levels", ["国家级", "省级"]),
    ("gf-2018-39", "kinds", ["失业人员", "小微企业", "参保企业", "创业孵化基地"]),
    ("gf-2018-41", "kinds", ["纳税人", "子女"]),
    ("gbf-2018-124", "kinds", ["文化企业", "电影制片企业", "广播电视运营服务企业"]),
    ("gbf-2018-128", "fields", ["化工", "有色金属", "煤炭"]),
    ("lanjiang", "kinds", ["民宿", "乡村民宿"]),
    ("table", "kinds", ["见习单位", "就业困难人员", "登记失业人员"]),
    ("m-cleaning", "kinds", ["家政企业"]),
]


@pytest.mark.parametrize(("name", "field", "wanted"), OPTIONS)
def test_options_are_what_the_notice_prints(name: str, field: str, wanted: list[str], corpus_of: CorpusOf) -> None:
    options = getattr(read_options(corpus_of(name)), field)
    assert [w for w in wanted if w not in options] == []


SENTENCES = [
    "优化科技型中小企业",
    "职工关心企业",
    "企业联合高校院所",
    "充分发挥企业",
    "定向服务创新主体",
    "一流科技服务企业",
    "海口",
    "每企業",
]


@pytest.mark.parametrize("name", sorted(FILES))
def test_options_and_hits_are_printed(name: str, corpus_of: CorpusOf) -> None:
    corpus = corpus_of(name)
    options = read_options(corpus)
    text = "".join(corpus.texts.values()).replace("\n", "")
    given = (*options.kinds, *options.fields, *options.places, *options.sizes, *options.recipients)
    assert [o for o in given if o not in text or o in SENTENCES] == []
    assert not [k for k in options.kinds if corpus.departments.find(k)]
    # Every hit prints the word that it is listed for: in the sentence, in who gets it and what for, or in the title.
    profiles = [Profile(kind=k) for k in options.kinds[:12]] + [Profile(field=f) for f in options.fields[:4]]
    for profile in profiles:
        for hit in find(corpus, profile):
            for sentence in hit.sentences:
                assert "".join(text for text, _ in sentence.pieces) == _text(sentence)
                for match in sentence.matches:
                    supports = match.item.supports
                    inherited = [p.text for s in supports for p in (s.who, s.act) if p] + [
                        s.beneficiary for s in supports
                    ]
                    place = sentence.place
                    printed = " ".join((match.item.text, *inherited, place.measure.title if place.measure else ""))
                    assert match.reasons
                    assert [r for r in match.reasons if r.printed not in printed.replace("\n", "")] == []


def _text(sentence: Sentence) -> str:
    assert sentence.place.provision
    return sentence.place.provision.text


def told(hits: tuple[Hit, ...]) -> list[tuple[bool, str]]:
    return [(h.is_direct, h.place.measure.label if h.place.measure else "") for h in hits]


PROFILES = [
    ("lkz-2025-128", Profile(kind="中试基地"), [(True, "（九）")]),
    ("lkz-2025-128", Profile(kind="中试基地", level="省级"), [(True, "（九）")]),
    # What is printed is of another level.
    ("lkz-2025-128", Profile(kind="中试基地", level="国家级"), [(False, "（九）")]),
    ("lkz-2025-128", Profile(kind="孵化器"), [(True, "（十）"), (True, "（十四）")]),
    ("lkz-2025-128", Profile(place="青岛"), [(False, "（三）")]),
    # The whole province is in the names of much that is no place.
    ("lkz-2025-128", Profile(place="山东"), []),
    ("lkz-2025-128", Profile(told="律所，十来个人"), [(True, "（十二）")]),
    ("lkz-2025-128", Profile(kind="没有这样的单位"), []),
    # A 大学科技园 is no 大学.
    ("lkz-2025-128", Profile(kind="大学"), [(False, "（六）")]),
    ("lanjiang", Profile(field="消防改造"), [(True, "（三）")]),
    ("lanjiang", Profile(told="我开民宿的"), [(True, "（一）"), (True, "（二）"), (True, "（三）")]),
    (
        "gf-2018-39",
        Profile(kind="失业人员"),
        [(True, f"（{n}）") for n in ("四", "七", "十", "十一", "九", "十四")],
    ),
    ("table", Profile(kind="登记失业人员"), [(True, "")]),
    ("eh", Profile(kind="高龄老年人"), [(True, "（四）")]),
]


@pytest.mark.parametrize(("name", "profile", "found"), PROFILES)
def test_measures_that_name_the_visitor(
    name: str, profile: Profile, found: list[tuple[bool, str]], corpus_of: CorpusOf
) -> None:
    assert told(find(corpus_of(name), profile)) == found


def test_a_told_profile(corpus_of: CorpusOf) -> None:
    corpus = corpus_of("lkz-2025-128")
    hits = find(corpus, Profile(told="我们是青岛一家做检测的高新技术企业, 30人"))
    assert [label for is_direct, label in told(hits) if is_direct] == ["（一）", "（七）"]
    assert [label for is_direct, label in told(hits) if not is_direct][:2] == ["（六）", "（十）"]
    assert [(r.said, r.printed) for r in hits[0].reasons] == [("高新技术企业", "高新技术企业")]
    # What is only for those from elsewhere is not for a firm of the province.
    assert not [s for h in hits for s in h.sentences if "省外龙头企业" in _text(s)]
    asker = read_asker(Profile(told="做检测的，30人，在火星"), read_options(corpus), corpus)
    assert asker.unprinted == ("30人", "火星")


def test_a_firm_from_elsewhere(corpus_of: CorpusOf) -> None:
    hits = find(corpus_of("lkz-2025-128"), Profile(told="深圳的龙头企业，想来山东设研发中心"))
    second = next(h for h in hits if h.place.measure and h.place.measure.label == "（二）")
    assert second.is_direct and [g.sum for g in second.gains] == ["最高给予500万元补助"]
    assert ("act", "来鲁设立研发总部、研发中心、分支机构") in second.open


OPEN = [
    (Profile(kind="中试基地"), [("level", "省级"), ("condition", "服务突出")]),
    (Profile(kind="中试基地", level="省级"), [("condition", "服务突出")]),
    (Profile(kind="科技型中小企业"), []),
    (Profile(kind="高校院所"), [("act", "建设高价值专利培育中心")]),
]


@pytest.mark.parametrize(("profile", "still"), OPEN)
def test_what_was_not_said_is_to_be_confirmed(
    profile: Profile, still: list[tuple[str, str]], corpus_of: CorpusOf
) -> None:
    first = find(corpus_of("lkz-2025-128"), profile)[0]
    assert [*first.open] == still


MISSING = [
    ("lkz-2025-128", ("deadline", "contact")),
    ("lanjiang", ("route", "materials", "deadline", "contact")),
    ("table", ("materials",)),
]


@pytest.mark.parametrize(("name", "missing"), MISSING)
def test_what_the_notice_does_not_state(name: str, missing: tuple[str, ...], corpus_of: CorpusOf) -> None:
    assert find_missing(corpus_of(name).catalogue.notices[0]) == missing


def test_the_page_shows_each_hit_with_its_sentence(small_corpus: Corpus) -> None:
    page = serve(FakeAssistant(small_corpus)).get(f"/match?{urlencode({'kind': '中试基地'})}").text
    assert "找到1项有关措施" in page and "<option selected>中试基地</option>" in page
    assert 'href="/notices/lkz-2025-128#m9.3"' in page and "<mark>中试基地</mark>" in page
    assert "年度最高奖补200万元" in page and "服务突出的省级中试基地" in page
    assert page.count("正文未写明施行日期和有效期") == 1
    assert "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）" in page
    assert not re.search("符合(?!条件)|能获批|有资格|您可以(?:领|拿)", Reading(page).text)


def test_nothing_is_found_before_anything_is_said(small_corpus: Corpus) -> None:
    page = serve(FakeAssistant(small_corpus)).get("/match").text
    assert "先说说您是谁" in page and "hit-card" not in page and "通知本身" not in page


@pytest.mark.parametrize("payload", PAYLOADS[::5])
def test_hostile_profiles_stay_text(payload: str, small_corpus: Corpus) -> None:
    client = serve(FakeAssistant(small_corpus))
    harmless = Reading(client.get(f"/match?{urlencode({'told': '火星', 'kind': '火星'})}").text)
    response = client.get(f"/match?{urlencode({'told': payload, 'kind': payload, 'field': payload, 'place': payload})}")
    found = Reading(response.text)
    assert response.status_code == 200 and found.tags <= harmless.tags | {"mark", "figure", "article", "aside", "em"}
    assert [link for link in found.links if not re.match(r"[/?#](?!/)|$", link)] == []
