"""Writes the log as one JSON object a line, for whatever collects it."""

import json
import logging
import logging.config
from datetime import UTC, datetime
from typing import Any

from assistant.masking import mask_personal


class JsonLines(logging.Formatter):
    """Lines of the journal hold their fields, all others their message, both the time in UTC, level and event."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "message"),
        }
        fields: dict[str, Any] | None = getattr(record, "fields", None)
        if fields is None:
            fields = {"logger": record.name, "message": mask_personal(record.getMessage())}
        line.update((name, value) for name, value in fields.items() if value is not None)
        if record.exc_info:
            line["traceback"] = mask_personal(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def log_as_json_lines() -> None:
    """On the standard error; what others write only where something is wrong."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": JsonLines}},
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "loggers": {
                "ui.records.journal": {"level": "INFO"},
                # At a warning for every request that is no HTTP, rubbish would fill the log.
                "uvicorn.error": {"level": "ERROR"},
            },
            "root": {"handlers": ["lines"], "level": "WARNING"},
        }
    )
