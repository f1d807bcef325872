"""Makes the frame of a question: cleans it, finds its subjects, reads its asks, inherits from earlier turns."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asks import AskReader
from assistant.english import EnglishNames
from assistant.follow_up import Printed, inherit, repeated, step_number, without_loan
from assistant.fragments import Fragment, cut_fragments, find_spans
from assistant.masks import Masked, mask_names
from assistant.policy_terms import PolicyTerms
from assistant.query import Ask, AskReading, Query, Subject, SubjectKind, Turn
from assistant.question import LONGEST_QUESTION, language_of, normalise, strip_unseen
from assistant.read_asks import read_asks
from assistant.repair import Repairer
from assistant.settle_asks import settle_asks
from assistant.subjects import SubjectFinder
from assistant.synonyms import Synonyms
from assistant.vocabulary import QuestionVocabulary
from corpus.embedding.embed import EmbeddingFailed, Vector
from corpus.language.amounts import Amount, read_amounts
from corpus.store import Corpus

_TURNS_READ = 20
# A long story costs the model half a second; the question stands at its end.
_LONGEST_EMBEDDED = 160
_MOST_CLAUSES = 8
_LONG_WORD = 3
_YES_NO = re.compile(
    r"吗|吧|(\w{1,2})[不没]\1|对不(?![起住])|对么|真的假的|是不是|是否|对不对|对吧|是吧|有没有|能不能|可不可以|会不会|没错吧|^(?:is|are|does|do|can|will|has|have|did)\b",
    re.IGNORECASE,
)
_NAMED = frozenset({SubjectKind.TERM, SubjectKind.MEASURE})
_ABOUT_ANYTHING = frozenset({Ask.DETAIL, Ask.DEPARTMENT, Ask.ROLE, Ask.WHERE, Ask.MEANING})
_MARKED = re.compile("[◇◎№▣※]")
_OF_EACH = re.compile("分别|各[是为有归由给在]")
_NEGATED = re.compile(
    r"(?:不|没有?|未|无)(?:由|归|涉及|负责|参与|提到|包括|包含|含|属于|在|掺和|管|沾|关系|份|需要)|无关|[找看见]不到|不见|(?<!有)没有?(?=[^，。？！吗呢]{0,6}(?:厅|局|委|部|办|行|科协)(?:的)?(?:事|份|$|[？?，]))|没(?:他|它|份|关系|有?(?:挂|列|写上|出现|露|管|参与|份))|(?<!有)没有(?=省|市|◎)|除了|除[掉去开]|抛开|刨去|排除|之外|以外|\bnot\b|n't\b|except",
    re.IGNORECASE,
)


class Understander:
    """Reads questions with the names and the embedder of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.reader = AskReader(embedder=corpus.embedder.identity if corpus.embedder else "")
        self.vocabulary = QuestionVocabulary(corpus.cutter, self.reader.shared_words)
        self._printed = Printed(corpus.catalogue, corpus.keywords.knows)
        self._repairer = Repairer(corpus)
        self.synonyms = Synonyms(corpus)
        self._policy_terms = PolicyTerms(corpus, self.synonyms)
        self._english = EnglishNames(corpus, self._policy_terms.unprinted)
        self.finder = SubjectFinder(corpus, self.vocabulary, self._english.printed_terms)

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """The frame of a cleaned question; earlier turns lend what it lacks."""
        if not history:
            return self._read_asks(self._read_names(question))
        earlier = self._earlier_frames(history)
        frame = self._read_names(step_number(normalise(question), earlier))
        frame = replace(frame, asked=question)
        if (again := repeated(frame, earlier)) is not None:
            return self._read_asks(again)
        full = inherit(frame, earlier, self._printed)
        read = self._read_asks(replace(full, words=self._search_words(full.standalone)))
        return without_loan(read, frame)

    def _read_names(self, question: str) -> Query:
        repaired = self._repairer.repair(normalise(question))
        language = language_of(repaired.text)
        text = self._english.translate(repaired.text).text
        terms, amounts = self._policy_terms.find(text), read_amounts(text)
        subjects = _without_pieces(self.finder.find(text), terms, self._unprinted_words(text))
        unprinted = tuple(dict.fromkeys(text[start:end] for start, end in terms))
        return Query(
            asked=question,
            standalone=text,
            language=language,
            subjects=subjects,
            amounts=amounts,
            words=self._search_words(text),
            content=(*self._content_words(_without(text, [*_figures(subjects, amounts), *terms])), *unprinted),
            unprinted=unprinted,
            is_yes_no=bool(_YES_NO.search(text)),
            is_negated=bool(_NEGATED.search(text)),
            repairs=repaired.repairs,
        )

    def _earlier_frames(self, history: Sequence[Turn]) -> tuple[Query, ...]:
        """Frames of the user's earlier questions, read without the embedder: oldest first."""
        frames: list[Query] = []
        for turn in history[-_TURNS_READ:]:
            content = strip_unseen(turn.content[:LONGEST_QUESTION])
            if turn.role != "user" or not content:
                continue
            text = step_number(normalise(content), frames)
            frame = inherit(self._read_names(text), tuple(frames), self._printed)
            fragments = self._fragments(frame)
            asks = frame.asks or read_asks(self.reader, fragments, [None] * len(fragments))
            frames.append(replace(frame, asks=asks))
        return tuple(frames)

    def _read_asks(self, frame: Query) -> Query:
        fragments = self._fragments(frame)
        vector, *own = self._embed(frame, fragments)
        asks = frame.asks or read_asks(self.reader, fragments, own)
        if len(fragments) > 1:
            leans = len({a.text for a in asks}) == 1 and not _OF_EACH.search(asks[0].text)
            asks = tuple(self._without_loan(replace(a, words=self._words_of(a, leans))) for a in asks)
            asks = _without_echoes(asks)
        settled = settle_asks(asks, frame)
        if any(a.ask is Ask.ELIGIBILITY for a in settled):
            # Who they are is told in their own words: a 城商行 is a bank.
            bare = _without(frame.standalone, _figures(frame.subjects, frame.amounts))
            frame = replace(frame, content=self._content_words(bare, nearly=True))
        return replace(frame, asks=settled, vector=vector)

    def _unprinted_words(self, text: str) -> list[tuple[int, int]]:
        """Where long words of the dictionary stand that no notice prints: 大学老师 is not what it calls 大学."""
        cutter, knows = self._corpus.cutter, self._corpus.keywords.knows
        found, position = [], 0
        for word in cutter.cut(text):
            start = text.casefold().find(word, position)
            position = max(position, start + len(word))
            if len(word) >= _LONG_WORD and start >= 0 and cutter.knows(word) and not knows(word):
                found.append((start, position))
        return found

    def _content_words(self, text: str, nearly: bool = False) -> tuple[str, ...]:
        return self.vocabulary.content_words(self.synonyms.in_printed_words(text, nearly))

    def _fragments(self, frame: Query) -> tuple[Fragment, ...]:
        masked = _mask(frame).text
        clauses = cut_fragments(masked, frame.subjects)[-_MOST_CLAUSES:]
        return tuple(replace(f, is_telling=bool(self._own_words(f.text))) for f in clauses)

    def _words_of(self, ask: AskReading, leans: bool) -> tuple[str, ...]:
        """What an ask is searched by: its own words, else the whole question if it leans on it, else its names."""
        named = [s.text for s in ask.subjects if s.kind in _NAMED] if not leans else ()
        return self._own_words(ask.text) or (self._search_words(" ".join(named)) if named else ())

    def _without_loan(self, ask: AskReading) -> AskReading:
        """A clause with rare printed words is about these, not about what the clause before names: 造价行业又建立什么机制."""
        if ask.ask not in _ABOUT_ANYTHING or not ask.words or _MARKED.search(ask.text):
            return ask
        named = "".join(s.text for s in ask.subjects)
        own = (w for w in self.vocabulary.content_words(ask.text) if w not in named and self.vocabulary.names(w))
        return replace(ask, subjects=()) if any(map(self._corpus.keywords.is_telling, own)) else ask

    def _own_words(self, clause: str) -> tuple[str, ...]:
        """The words of a clause that names something itself; none where it leans on the rest of the question."""
        known = [
            w
            for w in self.vocabulary.content_words(clause)
            if self._corpus.keywords.knows(w) and self.vocabulary.names(w)
        ]
        return self._search_words(clause) if known else ()

    def _search_words(self, text: str) -> tuple[str, ...]:
        """The telling words, without the names of departments, and the printed words for everyday ones."""
        for mention in reversed(self._corpus.departments.find(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        printed = " ".join(self.synonyms.printed_for(text))
        return self.vocabulary.search_words(f"{text} {printed}")

    def _embed(self, frame: Query, fragments: Sequence[Fragment]) -> list[Vector | None]:
        """The vector of the question, then one for each fragment, from one run; None where they are of no use."""
        embedder, text = self._corpus.embedder, frame.standalone
        none: list[Vector | None] = [None] * len(fragments)
        if embedder is None:
            return [None, *none]
        cut_off = max(0, len(text) - _LONGEST_EMBEDDED)
        try:
            if not self.reader.uses_vectors or frame.asks:
                return [embedder.embed_questions([text[cut_off:]])[0], *none]
            masked = _mask(frame)
            spans = (masked.span_of(*span) for span in find_spans(masked.text, fragments))
            inside = [(max(0, start - cut_off), max(0, end - cut_off)) for start, end in spans]
            return list(embedder.embed_clauses(text[cut_off:], inside))
        except EmbeddingFailed:
            return [None, *none]


def _mask(frame: Query) -> Masked:
    return mask_names(frame.standalone, frame.subjects, frame.amounts)


def _without_pieces(
    subjects: Sequence[Subject], terms: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]
) -> tuple[Subject, ...]:
    """空间 in 众创空间 is not what the notice calls 空间, nor is 量子科技企业 about 科技企业."""
    spans = (*terms, *words)
    inside = [s for s in subjects if any(start <= s.start and s.end <= end for start, end in spans)]
    cut = [s for s in subjects if s.kind is SubjectKind.TERM and any(a <= s.start < b for a, b in terms)]
    return tuple(s for s in subjects if s.kind not in _NAMED or (s not in inside and s not in cut))


def _figures(subjects: Sequence[Subject], amounts: Sequence[Amount]) -> list[tuple[int, int]]:
    """Where sums and numbers of measures stand."""
    numbers = [(s.start, s.end) for s in subjects if s.kind is SubjectKind.NUMBER]
    return numbers + [(a.start, a.end) for a in amounts]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without sums, numbers of measures and unprinted terms, whose pieces name nothing."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _without_echoes(asks: Sequence[AskReading]) -> tuple[AskReading, ...]:
    """文件里怎么说 adds nothing to an ask of the same kind that names something."""
    return tuple(
        a
        for a in asks
        if a.words or a.subjects or not any(b.ask is a.ask and b is not a and (b.words or b.subjects) for b in asks)
    )
