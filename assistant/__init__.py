"""Answers questions about the published notices."""

from assistant.ask import Assistant, open_assistant

__all__ = ["Assistant", "open_assistant"]
