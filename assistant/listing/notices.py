"""Notices as rows of a list: by who issued them, their number, the year, or a word that they print."""

import re
from collections.abc import Iterable
from decimal import Decimal

from corpus.catalogue import Catalogue
from corpus.language.numerals import in_digits
from corpus.notice import Notice

ISSUER, NUMBER, YEAR, WORD = "issuer", "number", "year", "word"
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?")
_YEAR_OF_NUMBER = re.compile(r"(?:19|20)\d{2}")


def issued_on(notice: Notice) -> Decimal | None:
    """20181116 for the printed 2018年11月16日; None where no date is printed."""
    found = _DATE.search(in_digits(notice.issued_on.text)) if notice.issued_on else None
    if found is None:
        return None
    return Decimal(f"{found['year']}{int(found['month'] or 0):02d}{int(found['day'] or 0):02d}")


def date_of(notice: Notice) -> str:
    """The printed date in digits; "" where none is printed."""
    return in_digits(notice.issued_on.text) if notice.issued_on else ""


def meets(notice: Notice, conditions: Iterable[tuple[str, str]], catalogue: Catalogue) -> bool:
    return all(_meets(notice, kind, value, catalogue) for kind, value in conditions)


def _meets(notice: Notice, kind: str, value: str, catalogue: Catalogue) -> bool:
    if kind == ISSUER:
        return notice.issuer is not None and notice.issuer.text == value
    if kind == NUMBER:
        return notice.number_text.startswith(value)
    if kind == YEAR:
        return value in {date_of(notice)[:4], *_YEAR_OF_NUMBER.findall(notice.number_text)[:1]}
    own = (p for p in catalogue.provisions if p.notice is notice and p.provision)
    return value in notice.title or any(p.provision and value in p.provision.text for p in own)
