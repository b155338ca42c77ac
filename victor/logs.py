"""Structured logs without personal data: one JSON line for each event, with route names instead of addresses.

User input can reach a log in three ways: in addresses, in the text of exceptions, and in the arguments of a library's
message. Addresses are not logged. An exception is logged by its type and its place in the code. A library's message
with an exception is logged without its arguments.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from types import TracebackType

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor

log = structlog.get_logger("victor.request")
FRAMES = 20  # of an exception, the innermost ones: our own is among them where the database refuses


def configure(*, level: str) -> None:
    """Send everything that is logged, by us and by libraries, to standard error as JSON."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "use_get_message": False,
        "pass_foreign_args": True,
        "foreign_pre_chain": shared,
        "processors": [
            strip_personal_data,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "filters": {"exceptions": {"()": "django.utils.log.CallbackFilter", "callback": has_exception}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level.upper()},
            "loggers": {
                # Of Django's own request log, which writes whole paths, only exceptions are of use.
                "django.request": {"level": "ERROR", "filters": ["exceptions"]},
                "django.security": {"level": "CRITICAL"},  # writes paths and host names; `request` has the answer
                "django.server": {"level": "CRITICAL"},
                "PIL": {"level": "INFO"},  # logs the content of pictures at the level debug
                "pikepdf": {"level": "WARNING"},  # says at each start that its log works
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def has_exception(record: logging.LogRecord) -> bool:
    """Whether a record has an exception."""
    return bool(record.exc_info)


def strip_personal_data(logger: object, method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and place in the code. Drop the arguments of a message with an exception."""
    arguments = event.pop("positional_args", ())
    if exception := event.pop("exc_info", None):
        kind, _error, trace = exception if isinstance(exception, tuple) else sys.exc_info()
        event.update(type=kind.__name__ if kind else None, trace=_frames(trace))
    elif arguments:
        event["event"] = _fill_template(event["event"], arguments)
    return event


def _fill_template(template: str, arguments: object) -> str:
    try:
        return template % arguments
    except (TypeError, ValueError, KeyError):
        return template  # a wrong template of a library must not fail here


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-FRAMES:]]


class RequestLogMiddleware:
    """Logs each request by its route: never the path, the query, the address of the visitor or who it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=uuid.uuid4().hex[:12])
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
        return response
