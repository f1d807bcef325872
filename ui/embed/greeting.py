"""What the page in the frame says before the first question: for which notice it speaks, and what can be asked."""

from collections.abc import Iterator

from markupsafe import Markup

from ui.answers.citations import on_one_line
from ui.answers.citing import notice_address, place_address, question_about
from ui.chat.greeting import example_questions
from ui.embed.preset import Preset
from ui.language import address_in
from ui.markup import element, icon
from ui.pages.shell import Visit, reader_address
from ui.words import word

_MOST_EXAMPLES = 3


def name_notices(visit: Visit) -> str:
    """鲁科字〔2025〕128号 where there is one notice, else how many there are."""
    if len(visit.notices) == 1:
        return on_one_line(visit.notices[0].number_text or visit.notices[0].title)
    return visit.word("these_notices", count=len(visit.notices)) if visit.notices else ""


def render_greeting(visit: Visit, preset: Preset) -> Markup:
    """Buttons are for a form around them."""
    lead = element("p", _lead(visit), class_="lead")
    # What stands in the box needs no button.
    asked = [q for q in dict.fromkeys(_questions(visit, preset)) if q != preset.draft][:_MOST_EXAMPLES]
    buttons = (element("li", _ask(question)) for question in asked)
    examples = (element("h2", visit.word("examples")), element("ul", *buttons, class_="examples")) if asked else ()
    return element("div", lead, _card(visit, preset), *examples, class_="greet")


def _lead(visit: Visit) -> str:
    if not visit.notices:
        return visit.word("greeting_none")
    several = visit.word("these_notices", count=len(visit.notices))
    return visit.word("greeting_one", notice=_title(visit) if len(visit.notices) == 1 else several)


def _title(visit: Visit) -> str:
    return f"《{on_one_line(visit.notices[0].title)}》"


def _card(visit: Visit, preset: Preset) -> Markup:
    """The measure that the address names, else the notice; both on paper, with a link to all of it."""
    language = visit.language
    place = preset.place
    if place and place.measure:
        said = visit.word("embed_about_measure", measure=f"{place.measure.label}{on_one_line(place.measure.title)}")
        link = (visit.word("embed_see_place"), address_in(language, place_address(place)))
    elif len(visit.notices) == 1:
        said = _title(visit)
        link = (visit.word("whole_notice"), address_in(language, notice_address(visit.notices[0])))
    elif visit.notices:
        said = visit.word("these_notices", count=len(visit.notices))
        link = (visit.word("whole_notice"), address_in(language, reader_address(visit.notices)))
    else:
        return Markup("")
    whole = element("a", icon("book"), link[0], class_="tool", href=link[1])
    return element("div", element("p", said, class_="paper-text", lang="zh-CN"), element("p", whole), class_="quote")


def _questions(visit: Visit, preset: Preset) -> Iterator[str]:
    place = preset.place
    if place and place.measure:
        yield question_about(place, len(visit.notices) == 1, visit.language)
        if place.measure.title:
            yield word("ask_responsible", visit.language, title=place.measure.title)
    yield from (e.question for e in example_questions(visit.notices, visit.language))


def _ask(question: str) -> Markup:
    return element("button", question, type="submit", class_="ask", name="question", value=question)
