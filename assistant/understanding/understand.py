"""Makes the frame of a message: repairs it, finds its names, cuts it into clauses and completes each from before."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence.whether import asks_whether, asks_which
from assistant.naming.english.names import EnglishNames
from assistant.naming.masks import FOREIGN, SUM, Masked, mask_names
from assistant.naming.names import SubjectFinder
from assistant.naming.numbers import find_item, list_items, name_of_item, step_number
from assistant.naming.policy_terms import PolicyTerms
from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.synonyms import Synonyms
from assistant.naming.vocabulary import QuestionVocabulary
from assistant.repairing.repair import Repairer
from assistant.understanding.clauses import ClauseReader, ReadClause
from assistant.understanding.denied import DeniedReader, denies_only_a_name, nearest_to_denials
from assistant.understanding.frame import SAID, TEXT, Act, Clause, Frame, Operation, Turn, Want
from assistant.understanding.head import CANDIDATE, HeadReader
from assistant.understanding.stack import (
    LEANS_ON_BEFORE,
    OF_ALL,
    WHOLE_DOCUMENT,
    Stack,
    complete,
    find_talk,
    join_claims,
    repeated,
    settle_background,
    share_names,
    take_over,
)
from assistant.understanding.text import LONGEST_QUESTION, language_of, normalise, strip_unseen
from assistant.understanding.wants import SAME, Reading
from corpus.language.amounts import Amount, read_amounts
from corpus.store import Corpus

_TURNS_READ = 20
_MOST_CLAUSES = 8
_LONG_WORD = 3
_SHORT_NAME = 2
_GENERAL = frozenset({SAID, SAME, "name", "recipient", "clause", "actor", "department", "meaning"})
"""Values that some sentence about a subject nearly always holds."""

_SURE_HEAD, _LIKELY_HEAD = 0.8, 0.15
_ALSO = 0.2
_KINDS = frozenset({SAID, "name"})
_LISTING = frozenset({Operation.LIST, Operation.COUNT, Operation.RANK})
_NAMED = frozenset({SubjectKind.TERM, SubjectKind.MEASURE})
_QUOTED = re.compile("[“「『](?P<word>[^”」』]{2,12})[”」』]")
_HAS_WORDS = re.compile(r"[^\W\d_]|[◇◎№¤▣※⌂]")


class Understander:
    """Reads messages with the names and the embedder of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._reader = ClauseReader(corpus.embedder)
        self._head = HeadReader()
        self._denied = DeniedReader()
        self._shared = frozenset(self._reader.wants.shared_words)
        self.vocabulary = QuestionVocabulary(corpus.cutter, self._reader.wants.shared_words)
        self._repairer = Repairer(corpus)
        self.synonyms = Synonyms(corpus)
        self._policy_terms = PolicyTerms(corpus, self.synonyms)
        self._english = EnglishNames(corpus, self._policy_terms.unprinted)
        self.finder = SubjectFinder(corpus, self.vocabulary, self._english.printed_terms)

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Frame:
        """The frame of a cleaned question; earlier turns lend what it lacks."""
        turns = history[-_TURNS_READ:]
        stack, listed, last_asked = Stack(), "", None
        for at, turn in enumerate(turns):
            content = strip_unseen(turn.content[:LONGEST_QUESTION])
            if turn.role == "user" and content:
                read = self._read(self._name_item(content, listed), stack, uses_embedder=False).clauses
                last_asked = at if any(c.asks or c.act in LEANS_ON_BEFORE for c in read) else last_asked
                stack = stack.push(*_as_asked(read, stack))
            listed = turn.content if turn.role == "assistant" and list_items(turn.content) else listed
        answers = tuple(t.content for t in turns if t.role == "assistant")
        frame = self._read(self._name_item(question, listed), stack.end_turn(), uses_embedder=True)
        frame = replace(frame, asked=question, answers=answers)
        act = find_talk(frame.clauses)
        if act is None or last_asked is None:
            return frame
        earlier = self.understand(strip_unseen(turns[last_asked].content[:LONGEST_QUESTION]), turns[:last_asked])
        return take_over(frame, earlier, act, answers) if any(c.asks for c in earlier.clauses) else frame

    def _name_item(self, text: str, answer: str) -> str:
        """第二个 after a list by what its second item is about."""
        found = find_item(text, list_items(answer)) if answer else None
        if found is None:
            return text
        item, start, end = found
        named = name_of_item(item, self.finder.find(item))
        return f"{text[:start]}{named}{text[end:]}" if named else text

    def _read(self, question: str, stack: Stack, uses_embedder: bool) -> Frame:
        repaired = self._repairer.repair(step_number(normalise(question), self._numbers_named(stack)))
        language = language_of(repaired.text)
        text = self._english.translate(repaired.text).text
        terms, amounts = self._policy_terms.find(text), read_amounts(text)
        found = self._without_wrong_cuts(self.finder.find(text), text)
        names = _without_pieces(found, terms, self._unprinted_words(text))
        masked = self._mask(text, names, amounts)
        message = self._reader.read(masked, text, uses_embedder)
        clauses: list[Clause] = []
        for read in message.clauses[-_MOST_CLAUSES:]:
            if not _HAS_WORDS.search(masked.text[read.start : read.end]):
                continue
            clause = self._find_left_out(self._find_head(_clause(read, masked, text, names), terms))
            clauses.append(complete(clause, read.reading, stack.push(*clauses), self._corpus.catalogue))
            clauses += [replace(clauses[-1], want=Want(value)) for value in _also_wanted(read, clause)]
        clauses = share_names(settle_background(join_claims(clauses, text)))
        return Frame(
            asked=question,
            text=text,
            language=language,
            clauses=tuple(clauses),
            names=names,
            amounts=amounts,
            unprinted=tuple(Subject(SubjectKind.TERM, text[a:b], a, b) for a, b in terms),
            repairs=repaired.repairs,
            vector=message.vector,
        )

    def _numbers_named(self, stack: Stack) -> list[int]:
        """Of the measures that were named before, by their number or title, the last one last."""
        places = self._corpus.catalogue.place_of_measure
        numbers: list[int] = []
        for name in (s for c in stack.clauses for s in c.names):
            if name.kind is SubjectKind.NUMBER and name.number:
                numbers.append(name.number)
            elif name.kind is SubjectKind.MEASURE and len(name.targets) == 1 and name.targets[0] in places:
                measure = places[name.targets[0]].measure
                numbers += [measure.number] if measure else []
        return numbers

    def read_pieces(self, frame: Frame, edges: Sequence[int]) -> tuple[tuple[Clause, Reading], ...]:
        """The stretches of a frame's text between these places, each with how it reads alone: nothing is taken over."""
        masked = self._mask(frame.text, frame.names, frame.amounts)
        terms = [(s.start, s.end) for s in frame.unprinted]
        # A place inside a name moves behind it.
        inside = [bisect_left(masked.places, at) for at in edges]
        pieces = self._reader.read_at(masked, frame.text, inside)
        made = (_clause(piece, masked, frame.text, frame.names) for piece in pieces)
        found = (self._find_left_out(self._find_head(clause, terms)) for clause in made)
        return tuple((clause, piece.reading) for clause, piece in zip(found, pieces, strict=True))

    def _mask(self, text: str, names: Sequence[Subject], amounts: Sequence[Amount]) -> Masked:
        home = {s for s in names if s.kind is SubjectKind.PLACE and self.finder.is_ours(s)}
        return mask_names(text, names, amounts, home)

    def _find_head(self, clause: Clause, terms: Sequence[tuple[int, int]]) -> Clause:
        """The clause with what it is surely about, if no notice prints that."""
        words = [w for w in self.vocabulary.content_words(clause.text) if self.finder.names(w)]
        is_bare = not (words or clause.names or self._says_own(clause.text) or clause.masked.count(SUM) > 1)
        says_something = bool(clause.names or any(map(self._is_word, words)) or self._says_printed(clause.text))
        clause = replace(clause, says_something=says_something, is_bare=is_bare)
        own = [s.text for s in clause.names]
        unknown = [
            clause.text[max(a - clause.start, 0) : b - clause.start] for a, b in terms if clause.start <= a < clause.end
        ]
        known = frozenset(unknown)
        unknown += [m["word"] for m in _QUOTED.finditer(clause.text) if not self.finder.is_printed(m["word"])]
        # No notice prints English words; which of them name something, the glossary knows.
        words = [] if language_of(clause.text) == "en" else words
        rare = [w for w in words if not self.finder.is_printed(w) and w not in self._shared and self._is_word(w)]
        # 买算力 is about 算力, which is a name of its own there.
        runs = (run for run in join_runs(rare, clause.text) if not any(name in run for name in own))
        unknown += [run for run in runs if self._names_something(run)]
        candidates = dict.fromkeys((*own, *(w for w in unknown if not any(w in n for n in own))))
        chances = {
            c: self._head.chance(_look_at(c, clause)) for c in candidates if c.casefold() in clause.text.casefold()
        }
        head = max(chances, key=lambda c: chances[c], default="")
        # What kind of names are listed (哪些资质) is no name itself.
        is_of_kind = clause.want.operation is Operation.LIST and clause.want.value in _KINDS
        is_of_all = clause.want.value in WHOLE_DOCUMENT or clause.want.operation in OF_ALL or is_of_kind
        # A term of policy language is a name for sure.
        needed = _SURE_HEAD if head not in known else _LIKELY_HEAD if len(chances) > 1 else 0.0
        is_certain = not is_of_all and head not in own and chances.get(head, 0.0) > needed
        is_unprinted = is_certain and not self._is_printed(head)
        return replace(clause, unprinted=head if is_unprinted else "")

    def _find_left_out(self, clause: Clause) -> Clause:
        """The clause with the names that its list leaves out."""
        if clause.listing.shows == TEXT and clause.want.operation not in _LISTING:
            return clause
        spans = [(s.start - clause.start, s.end - clause.start) for s in clause.names]
        if clause.listing.money == "unpriced" and denies_only_a_name(clause.text, spans):
            # 没有财政厅而写了金额的: nothing is left that would deny the sums.
            clause = replace(clause, listing=replace(clause.listing, money="priced"))
        pointed = nearest_to_denials(clause.text, spans, is_of_money=clause.listing.money == "unpriced")
        looks = [(name, _look_at(name.text, clause), n in pointed) for n, name in enumerate(clause.names)]
        left_out = frozenset(name for name, look, is_pointed in looks if self._denied.is_denied(look, is_pointed))
        return replace(clause, left_out=left_out)

    def _says_printed(self, text: str) -> bool:
        """Whether it holds a word that a notice prints, but for those that ask of anything (补贴, 部门)."""
        return any(map(self._corpus.keywords.knows, self._telling_words(text)))

    def _says_own(self, text: str) -> bool:
        """Whether it holds a word that a notice prints, or one of the dictionary that few questions share (合作社)."""
        cutter, knows = self._corpus.cutter, self._corpus.keywords.knows
        return any(knows(w) or (w not in self._shared and cutter.knows(w)) for w in self._telling_words(text))

    def _telling_words(self, text: str) -> Iterator[str]:
        cutter, general = self._corpus.cutter, self.vocabulary.general
        return (w for w in cutter.cut(text) if len(w) > 1 and w not in general and not cutter.is_functional(w))

    def _names_something(self, run: str) -> bool:
        """别跟我 is no name, whichever way it was cut, nor is who works under a department."""
        cutter = self._corpus.cutter
        if self._corpus.departments.find(run):
            return False
        return run.isascii() or not any(map(cutter.is_functional, cutter.cut(run)))

    def _is_word(self, word: str) -> bool:
        """Two characters that no dictionary knows, or one that holds a word of grammar, are most often a wrong cut."""
        cutter = self._corpus.cutter
        return (
            word.isascii()
            or cutter.knows(word)
            or (len(word) >= _LONG_WORD and not any(map(cutter.is_functional, word)))
        )

    def _is_printed(self, name: str) -> bool:
        """In its letters, or under another word for the same thing."""
        same = self.synonyms.in_printed_words(name, nearly=True)
        if same != name or any(name.casefold() in text.casefold() for text in self._corpus.texts.values()):
            return True
        words = [w for w in self._corpus.cutter.search_words(name) if not w.startswith("#")]
        known = [w for w in words if self._corpus.keywords.knows(w)]
        # 买算力 is about 算力, and 稳岗返还 is what is printed as 返还 under 稳岗.
        is_in_pieces = known == words and sum(map(len, words)) >= len(name)
        return is_in_pieces or max(map(len, known), default=0) * 3 >= len(name) * 2

    def _without_wrong_cuts(self, names: Sequence[Subject], text: str) -> list[Subject]:
        """合规 in 不合规矩 ends inside a word of the dictionary, and names nothing."""
        knows, words, position = self._corpus.cutter.knows, [], 0
        for word in self._corpus.cutter.cut(text):
            start = text.casefold().find(word, position)
            position = max(position, start + len(word))
            if len(word) > 1 and start >= 0 and knows(word):
                words.append((start, position))
        return [
            s
            for s in names
            if s.kind is not SubjectKind.TERM
            or s.end - s.start > _SHORT_NAME
            or not any(a < s.start < b < s.end or s.start < a < s.end < b for a, b in words)
        ]

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


def _as_asked(clauses: Sequence[Clause], stack: Stack) -> Sequence[Clause]:
    """What a later message leans on: in place of a message that only asks once more, what was asked before it."""
    if find_talk(clauses) in {Act.REPEAT, Act.CORRECT}:
        return [replace(c, inherited=c.all_names, names=()) for c in repeated(stack)] or clauses
    return clauses


def _look_at(candidate: str, clause: Clause) -> str:
    """The clause with its other names masked, and the candidate for the model of heads."""
    start = clause.text.casefold().find(candidate.casefold())
    end = start + len(candidate)
    moved = [replace(s, start=s.start - clause.start, end=s.end - clause.start) for s in clause.names]
    before = [s for s in moved if s.end <= start]
    after = [replace(s, start=s.start - end, end=s.end - end) for s in moved if s.start >= end]
    return mask_names(clause.text[:start], before).text + CANDIDATE + mask_names(clause.text[end:], after).text


def join_runs(words: Sequence[str], text: str) -> list[str]:
    """Words that stand side by side are one name."""
    runs: list[str] = []
    for word in words:
        if runs and runs[-1] + word in text.casefold():
            runs[-1] += word
        else:
            runs.append(word)
    return runs


def _also_wanted(read: ReadClause, clause: Clause) -> list[str]:
    """文号和发文日期: facts of the document that are asked for in one breath."""
    if clause.act is not Act.ASK or clause.want.value not in WHOLE_DOCUMENT:
        return []
    chances = read.reading.values
    return [v for v in sorted(WHOLE_DOCUMENT - {clause.want.value}) if chances.get(v, 0.0) > _ALSO]


def _clause(read: ReadClause, masked: Masked, text: str, names: Sequence[Subject]) -> Clause:
    start, end = masked.span_of(read.start, read.end)
    reading = read.reading
    want = Want() if reading.value == SAME else Want(reading.value, reading.operation)
    if (
        want.operation is Operation.STATE
        and want.value == "sum"
        and any(a.unit == "元" for a in read_amounts(text[start:end]))
    ):
        # Who names the sum asks for something else of it, or only says which one is meant.
        others = {v: c for v, c in reading.values.items() if v not in {"sum", SAME}}
        want = Want(max(others, key=lambda v: others[v])) if asks_which(text[start:end]) else Want()
    if want.operation is Operation.STATE and asks_whether(text[start:end]):
        want = Want(want.value, Operation.CHECK)
    return Clause(
        text=text[start:end],
        start=start,
        end=end,
        act=reading.act,
        want=want,
        names=tuple(s for s in names if start <= s.start < end),
        chance=reading.acts[reading.act],
        elsewhere=reading.elsewhere if FOREIGN in masked.text[read.start : read.end] else reading.acts[Act.ELSEWHERE],
        margin=reading.values[reading.value],
        particular=1 - sum(reading.values.get(v, 0.0) for v in _GENERAL),
        of_money=reading.values.get("sum", 0.0),
        masked=masked.text[read.start : read.end],
        listing=reading.listing,
        vector=read.vector,
    )


def _without_pieces(
    names: Sequence[Subject], terms: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]
) -> tuple[Subject, ...]:
    """空间 in 众创空间 is not what the notice calls 空间, nor is 量子科技企业 about 科技企业."""
    spans = (*terms, *words)
    inside = [s for s in names if any(start <= s.start and s.end <= end for start, end in spans)]
    cut = [s for s in names if s.kind is SubjectKind.TERM and any(a <= s.start < b for a, b in terms)]
    return tuple(s for s in names if s.kind not in _NAMED or (s not in inside and s not in cut))
