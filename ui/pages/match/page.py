"""The page: a form that says who asks, and the measures that name them; it works by its address, without scripts."""

from functools import partial

from corpus import Corpus
from ui.answers.citing import ask_address, cite_notice, name_annex, notice_address, place_address, say_place
from ui.pages.match.hits import Hit, find_hits, find_missing
from ui.pages.match.options import read_options
from ui.pages.match.profile import LONGEST_SAID, Profile, read_asker
from ui.pages.shell import Page, Section, Visit, render_page
from ui.printed_facts import say_validity
from ui.templating import render

_CHOICES = ("kind", "field", "place", "size", "level")


def render_match(corpus: Corpus, profile: Profile, visit: Visit) -> str:
    """The whole document."""
    options = read_options(corpus)
    asker = read_asker(profile, options, corpus)
    hits = find_hits(asker, corpus.catalogue)
    notices = {hit.place.notice.id: hit.place.notice for hit in hits}.values()
    choices = ((name, getattr(profile, name), getattr(options, f"{name}s")) for name in _CHOICES)
    content = render(
        "pages/match",
        visit.language,
        # What was chosen stays, even where no notice prints it.
        choices=tuple(c for c in choices if c[1] or c[2]),
        profile=profile,
        longest=LONGEST_SAID,
        said=tuple(filter(None, (profile.told, *profile.chosen))),
        unprinted=asker.unprinted,
        groups=tuple(
            (key, tuple(hit for hit in hits if hit.is_direct is is_direct))
            for key, is_direct in (("match_direct", True), ("match_may", False))
        ),
        count=len(hits),
        notices=tuple((cite_notice(n), say_validity(n, visit.language), find_missing(n)) for n in notices),
        is_several=len(visit.notices) > 1,
        cite=cite_notice,
        named=_name,
        address=_address,
        ask=lambda place: ask_address(place, len(visit.notices) == 1, visit.language),
        call=str if visit.language == "zh" else corpus.departments.english_name,
        departments=_departments,
        place_address=place_address,
        say=partial(say_place, language=visit.language),
    )
    return render_page(Page(visit.word("section_match"), Section.MATCH, content, ("pages", "match"), ("print",)), visit)


def _name(hit: Hit) -> str:
    measure, annex = hit.place.measure, hit.place.annex
    return f"{measure.label}{measure.title}" if measure else name_annex(annex) if annex else ""


def _address(hit: Hit) -> str:
    part = hit.place.measure or hit.place.annex
    return notice_address(hit.place.notice, part.anchor if part else "")


def _departments(hit: Hit) -> tuple[str, ...]:
    """Whoever answers for the sentences that are shown."""
    return tuple(dict.fromkeys(d for s in hit.sentences for r in s.place.responsibilities for d in r.departments))
