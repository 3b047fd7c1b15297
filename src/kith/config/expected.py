"""Answers that belong to everyday work are no warnings in the log."""

import logging

EVERYDAY = (404, 409, 422)
"""Somebody mistyped an address, was overtaken by somebody else, has to look at a form again."""


class EverydayAnswers(logging.Filter):
    """Django warns of them: here they are only told, or left out where the log says less."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) not in EVERYDAY:
            return True
        record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return logging.getLogger().isEnabledFor(logging.INFO)
