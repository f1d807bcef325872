"""A sample host page that shows the widget: somebody else's plain site, with one line of ours."""

from markupsafe import Markup

from ui.language import query_in
from ui.pages.shell import Visit
from ui.templating import render

_MODES = ("bubble", "inline", "full")


def render_demo(visit: Visit, mode: str, measure: str) -> Markup:
    """`mode` and `measure` go to the widget; what it does not know it leaves aside."""
    modes = [{"name": name, "address": query_in(visit.language, f"mode={name}")} for name in _MODES]
    title = visit.notices[0].title if visit.notices else ""
    return render("embed/demo", visit.language, mode=mode, measure=measure, modes=modes, title=title)
