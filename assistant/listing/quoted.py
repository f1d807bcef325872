"""Finds the names in quotation marks that are of one kind: “创新券”, or “A”“B”品牌."""

from corpus.catalogue import Place


def quoted_of_kind(place: Place, noun: str) -> list[str]:
    """Names that end with the noun, and those in a run right before it, as often as they are printed."""
    text = place.provision.text if place.provision else ""
    terms = [t.text for t in place.provision.terms] if place.provision else []
    ending = [t for t in dict.fromkeys(terms) for _ in range(text.count(f"“{t}”")) if t.endswith(noun)]
    return ending + [t for t in terms if not t.endswith(noun) and _stands_before(t, noun, text)]


def _stands_before(term: str, noun: str, text: str) -> bool:
    """In the run of names right before the noun: “A”、“B”等品牌."""
    end = text.find(noun)
    while end >= 0:
        run = text[:end].rstrip("、和等")
        while run.endswith("”") and "“" in run:
            start = run.rfind("“")
            if run[start + 1 : -1] == term:
                return True
            run = run[:start].rstrip("、和等")
        end = text.find(noun, end + 1)
    return False
