"""The reader: a notice as a page with contents, permanent addresses and tools; everything but copying needs no script."""

from ui.answers.citing import cite_notice, talk_address
from ui.pages.article import Shown, render_article
from ui.pages.contents import list_contents, list_notices
from ui.pages.operator import render_operator
from ui.pages.shell import Page, Section, Visit, render_page
from ui.printed_facts import say_validity
from ui.templating import render

SAID_BY_READER = (
    "citation_copied",
    "copied",
    "copy_failed",
    "duty_of",
    "no_voice",
    "quiet",
    "reading",
    "speak",
)


def render_reader(shown: Shown, visit: Visit) -> str:
    """The whole document."""
    notice, language = shown.notice, visit.language
    article = render_article(shown, language)
    content = render(
        "pages/reader",
        language,
        notice=notice,
        cited=cite_notice(notice),
        notices=visit.notices,
        talk=talk_address(notice.id),
        groups=list_contents(notice),
        validity=say_validity(notice, language),
        has_title='class="printed printed--title' in article,
        operator=render_operator(notice.operator, language),
        article=article,
    )
    title = visit.word("reader_title", title=notice.title)
    return render_page(Page(title, Section.READER, content, ("pages",), ("reader",), SAID_BY_READER), visit)


def render_notice_list(visit: Visit) -> str:
    """The page that leads to each notice."""
    content = render("pages/notices", visit.language, listed=tuple(list_notices(visit.notices, visit.language)))
    return render_page(Page(visit.word("section_reader"), Section.READER, content, ("pages",)), visit)
