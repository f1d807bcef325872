"""The optional parameters of a request, fewer of them after an endpoint refused one."""

import re
from collections.abc import Mapping, Sequence

Schema = Mapping[str, object]

_FORMAT = re.compile(r"response_?format|json[ _]?(?:schema|object|mode)|structured|guided|grammar|requested parameters")
_OPTIONAL = ("stream_options", "temperature", "max_tokens")
_NAME = "reply"


class Parameters:
    """What one endpoint is known to refuse is not sent again; it is forgotten with the process."""

    def __init__(self, reply_tokens: int) -> None:
        self._plain: dict[str, object] = {
            "temperature": 0.0,  # the same question, the same answer, as far as a model can
            "max_tokens": reply_tokens,
            "stream_options": {"include_usage": True},
        }
        self._formats: Sequence[str] = ("json_schema", "json_object", "")

    def choose(self, schema: Schema | None) -> dict[str, object]:
        """Those of one request."""
        form = self._formats[0] if schema else ""
        if form == "json_schema":
            named = {"name": _NAME, "schema": schema, "strict": True}
            return {**self._plain, "response_format": {"type": form, "json_schema": named}}
        return {**self._plain, "response_format": {"type": form}} if form else dict(self._plain)

    def learn(self, sent: Mapping[str, object], complaint: str) -> bool:
        """Whether something was left out because of this complaint, so that asking again makes sense."""
        said = complaint.lower()
        asked = sent.get("response_format")
        if isinstance(asked, dict) and (not said.strip() or _FORMAT.search(said)):
            self._drop_format(str(asked["type"]))
            return True
        refused = [name for name in _OPTIONAL if name in sent and name in said]
        for name in refused:
            self._plain.pop(name, None)
        return bool(refused)

    def _drop_format(self, form: str) -> None:
        """Another call may have learned it first."""
        if form == self._formats[0]:
            self._formats = self._formats[1:]
