"""Says whom to ask about a measure: who leads or acts first, then everybody else it names."""

from collections.abc import Iterable, Sequence

from assistant.composing.wording import english_role, join_names
from corpus.catalogue import Place
from corpus.language.departments import DepartmentTable
from corpus.notice import Item, Responsibility, Role
from prompts import phrase


def say_whom(place: Place, acting: Sequence[str], language: str, table: DepartmentTable) -> str:
    """The departments of a measure or point with their roles; `acting` are those to whom the cited words give a task."""
    in_order = sorted(place.responsibilities, key=lambda r: r.role is not Role.LEAD)
    said = [_say(r, language, table) for r in in_order]
    leads = any(r.role is Role.LEAD for r in in_order)
    if acting and not leads:
        said.insert(0, phrase("departments_acting", language, departments=join_names(acting, language, table)))
    return ("；" if language == "zh" else "; ").join(said)


def find_acting(place: Place, items: Iterable[Item], table: DepartmentTable) -> tuple[str, ...]:
    """The departments to whom one of the items gives a task: of those that answer for the place, else any known one."""
    responsible = [d for r in place.responsibilities for d in r.departments]
    names = dict.fromkeys(a.name.text for item in items for a in item.actors)
    if responsible:
        return tuple(n for n in names if n in responsible and len(responsible) > 1)
    return tuple(n for n in names if table.named(n) is not None)


def _say(responsibility: Responsibility, language: str, table: DepartmentTable) -> str:
    return phrase(
        "departments_first" if responsibility.role is Role.LEAD else "departments_part",
        language,
        departments=join_names(responsibility.departments, language, table),
        role=responsibility.role_text if language == "zh" else english_role(responsibility.role_text),
    )
