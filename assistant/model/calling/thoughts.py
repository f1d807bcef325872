"""Takes the thoughts out of a reply that arrives in pieces, however a tag is cut between them."""

import re

from assistant.model.calling.exchange import Cause, Fault, ModelError

_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_CUT_TAG = re.compile(r"</?[a-z]{0,9}$", re.IGNORECASE)
# A lone surrogate cannot be written anywhere; NUL and its like are no text.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class ThoughtFilter:
    """Feed it every piece; what it returns, joined, is the reply without `<think>…</think>`."""

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False

    def feed(self, text: str) -> str:
        """What can be shown by now."""
        rest, shown = self._held + text, []
        while tag := _TAG.search(rest):
            shown.append(self._spoken(rest[: tag.start()]))
            self._turn(closes=bool(tag[1]))
            rest = rest[tag.end() :]
        cut = _CUT_TAG.search(rest)
        self._held = cut[0] if cut else ""
        shown.append(self._spoken(rest[: len(rest) - len(self._held)]))
        return _NO_TEXT.sub("", "".join(shown))

    def end(self) -> str:
        """What was held back because it might have been the beginning of a tag."""
        return self._spoken(self._held)

    def _spoken(self, text: str) -> str:
        return "" if self._thinks else text

    def _turn(self, closes: bool) -> None:
        if closes and not self._thinks:
            # The beginning was written by the model's template: what came before was thought, and is shown already.
            raise ModelError(
                Fault.UNAVAILABLE, "模型把思考写进了回答。请换一个不思考的模型。", Cause(of_endpoint=False)
            )
        self._thinks = not closes
