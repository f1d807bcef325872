"""Turns canonical text into a Notice: front, chapters, measures, points, closing, annexes. Facts come later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.sentences import cut_sentences
from corpus.notice import Annex, Chapter, Measure, Notice, Phrase, ProvisionKind
from ingest.identity import make_id
from ingest.parsing.back import find_after, find_annexes, find_closing, find_line, is_said, part_ends, title_of_annex
from ingest.parsing.front import Front, find_contents, read_front
from ingest.parsing.lines import view_lines
from ingest.parsing.measures import Sentence, build_annex, build_chapters, cut_sections, number_provisions, read_content
from ingest.parsing.outline import Level, Node, read_outline
from ingest.parsing.responsibilities import let_first_lead_after_note
from ingest.parsing.view import View, view_text

_ABOUT_ITSELF = re.compile("附则|其[他它]|说明|施行|实施时间|有效期|解释")


class UnknownStructure(Exception):
    """The text is not a notice that can be cited; the message says why and what was expected."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The lines of a notice by what they are; `nodes` are the headings of `body`."""

    front: tuple[View, ...]
    body: tuple[View, ...]
    nodes: tuple[Node, ...]
    closing: tuple[View, ...]
    after: tuple[View, ...]
    listed: tuple[View, ...]
    annexes: tuple[tuple[View, ...], ...]


def parse_notice(text: str, fallback_id: str) -> Notice:
    """`fallback_id` names the notice where no document number is printed."""
    return parse_view(view_text(text), fallback_id)


def parse_view(view: View, fallback_id: str) -> Notice:
    lines = part_ends(view_lines(view))
    if not lines:
        raise UnknownStructure("没有正文。请放入通知全文。")
    cut = _cut(lines)
    front = read_front(cut.front or lines[:1], cut.after)
    notice_id = make_id(front.number, fallback_id)
    if cut.nodes:
        chapters = let_first_lead_after_note(build_chapters(notice_id, cut_sections(cut.body, cut.nodes)))
    else:
        chapters = (_unnumbered(notice_id, front, [*cut.front, *cut.closing]),)
    preamble = [] if not cut.nodes else _running_text(cut.front, front)
    said = [line for line in cut.after if is_said(line)]
    closing = _plain_sentences([*(cut.closing if cut.nodes else ()), *said])
    contact = find_line([*cut.after, *cut.front], 0, contact=True)
    printed_by = find_line(cut.after, 0, contact=False)
    return Notice(
        id=notice_id,
        title=re.sub(r"\s", "", front.title),
        title_at=front.title_at,
        document_number=front.document_number,
        addressee=front.addressee,
        issuer=front.issuer,
        issued_on=front.issued_on,
        preamble=tuple(number_provisions(f"{notice_id}/p", preamble, ProvisionKind.SENTENCE, "")),
        chapters=chapters,
        closing=tuple(number_provisions(f"{notice_id}/z", closing, ProvisionKind.CLOSING, "closing")),
        annexes=_build_annexes(notice_id, cut.annexes),
        annex_list=_span(cut.listed),
        printed_by=printed_by.phrase(0, len(printed_by.text)) if printed_by else None,
        contact=contact.phrase(0, len(contact.text)) if contact else None,
        furniture=_furniture(cut, front),
    )


def _cut(lines: Sequence[View]) -> _Cut:
    contents, begin = find_contents(lines)
    nodes = read_outline(lines[begin:])
    first = nodes[0].line_index + begin if nodes else len(lines)
    annexes, listed = find_annexes(lines, first + 1 if nodes else 1)
    named = find_annexes(lines, 1)[1]
    if named and named[0] < first < named[1]:
        # The only numbers are those of the list of annexes.
        (annexes, listed), first = find_annexes(lines, 1), len(lines)
    end = min([*annexes, *(listed or ())[:1], len(lines)])
    nodes = read_outline(lines[begin:end])
    front = [*lines[:contents], *lines[begin:first], *_before(lines, nodes, first)] if nodes else lines[:end]
    body_begin = first if nodes else end
    last = nodes[-1].line_index + begin if nodes else 0
    after = find_after(lines[:end], last)
    closing = find_closing(lines[:end], last, after) if nodes else after
    if nodes and closing < after and _is_of_last_measure(lines[last], nodes, closing - last):
        closing = after
    if not nodes:
        front, body_begin = lines[:after], after
    shift = body_begin - begin
    for node in nodes:
        node.line_index -= shift
    stops = [*annexes, len(lines)][1:]
    return _Cut(
        tuple(front),
        tuple(lines[body_begin:closing]) if nodes else (),
        nodes,
        tuple(lines[closing:after]),
        (
            *lines[contents:begin],
            *lines[after:end],
            *(lines[listed[1] : min([*annexes, len(lines)])] if listed else ()),
        ),
        tuple(lines[listed[0] : listed[1]]) if listed else (),
        tuple(tuple(lines[a:b]) for a, b in zip(annexes, stops, strict=True)),
    )


def _before(lines: Sequence[View], nodes: Sequence[Node], first: int) -> tuple[View, ...]:
    """What stands before the first heading in its own line."""
    above = lines[first].part(0, nodes[0].at).trimmed()
    return (above,) if above else ()


def _is_of_last_measure(line: View, nodes: Sequence[Node], lines_between: int) -> bool:
    """Whether clauses about the notice itself are what the last heading announces, such as 五、其他规定.

    附则 beside chapters with measures of their own announces nothing that people would quote.
    """
    node, own = nodes[-1], cut_sentences(line.text[nodes[-1].at :])
    stands_beside = node.parent is None and any(n.level is Level.CHAPTER for n in nodes)
    is_only_title = len(own) == 1 and line.text[-1] not in "。；"
    if lines_between == 1:
        return is_only_title and not stands_beside
    return is_only_title and _ABOUT_ITSELF.search(line.text) is not None


def _plain_sentences(lines: Sequence[View]) -> list[Sentence]:
    """Sentences and rows; brackets that name departments stay sentences."""
    found: list[Sentence] = []
    for line in lines:
        for begin, end in cut_sentences(line.text):
            phrase, shown = line.phrase(begin, end), line.text[begin:end]
            found.append(Sentence(phrase, "" if shown == phrase.text else shown))
    return found


def _running_text(lines: Sequence[View], front: Front) -> list[Sentence]:
    return _plain_sentences([line for i, line in enumerate(lines) if i not in front.used])


def _unnumbered(notice_id: str, front: Front, lines: Sequence[View]) -> Chapter:
    """A letter or announcement without headings is one measure, so that its sentences can be cited."""
    chapter_id = f"{notice_id}/1"
    text = read_content([line for i, line in enumerate(lines) if i not in front.used])
    provisions = number_provisions(f"{chapter_id}.1", text.sentences, ProvisionKind.SENTENCE, "m1")
    measure = Measure("1.1", 1, "", "正文", "m1", front.title_at, tuple(provisions), text.responsibilities)
    return Chapter(chapter_id, 0, "", "", None, (), (measure,))


def _build_annexes(notice_id: str, annexes: Sequence[Sequence[View]]) -> tuple[Annex, ...]:
    found: list[Annex] = []
    for number, lines in enumerate(annexes, 1):
        label, printed, title = title_of_annex(lines[0])
        heading, below = lines[0].phrase(0, len(lines[0].text)), lines[1:]
        if (
            not title
            and below
            and len(below[0].text) <= 60
            and below[0].text[-1] not in "。；："
            and "\t" not in below[0].text
        ):
            title, below = re.sub(r"\s", "", below[0].phrase(0, len(below[0].text)).text), below[1:]
            heading = Phrase(*_joined(lines[:2]))
        key = f"a{printed if len(annexes) == 1 or printed == number else number}"
        provisions, points = build_annex(f"{notice_id}/{key}", key, below)
        found.append(Annex(key, printed, label, title, key, heading, provisions, points=points))
    return tuple(found)


def _joined(lines: Sequence[View]) -> tuple[str, int, int]:
    start, end = lines[0].start, lines[-1].end
    return lines[0].canonical[start:end], start, end


def _span(lines: Sequence[View]) -> Phrase | None:
    return Phrase(*_joined(lines)) if lines else None


def _furniture(cut: _Cut, front: Front) -> tuple[Phrase, ...]:
    """Lines around the document that are none of its words: metadata, page furniture, contents, signature, notes."""
    around = [line for i, line in enumerate(cut.front) if i in front.used]
    return tuple(line.phrase(0, len(line.text)) for line in (*around, *(a for a in cut.after if not is_said(a))))
