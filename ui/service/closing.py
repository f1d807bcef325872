"""The switch that stops all answering without a restart: a file whose words are the reason."""

from pathlib import Path

_LONGEST_REASON = 300
_WITHOUT_REASON = "系统维护中，暂时不能提问，请稍后再来。"


class Closed(Exception):
    """Whoever runs the service has stopped it from answering; the message is their reason."""


class ClosingFile:
    """Looked at anew for every question; where the file is, the service is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def reason(self) -> str | None:
        """None where the service is open."""
        try:
            text = self._path.read_text(encoding="utf-8-sig", errors="replace")
        except FileNotFoundError:
            return None
        except OSError:
            # It is there, so somebody wants the service closed.
            return _WITHOUT_REASON
        return " ".join(text.split())[:_LONGEST_REASON] or _WITHOUT_REASON
