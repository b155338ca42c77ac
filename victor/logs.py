"""Structured logs without personal data: one JSON line an event, route names instead of addresses."""

from __future__ import annotations

import logging.config
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

log = structlog.get_logger("victor.request")


def configure(*, level: str) -> None:
    """Send everything that is logged, by us and by libraries, to standard error as JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level.upper()},
            # Django's own request log writes the whole path, and its mail of errors the whole request.
            "loggers": {"django.request": {"level": "CRITICAL"}, "django.server": {"level": "CRITICAL"}},
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLog:
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

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log where it failed; the message of an exception may quote what a person typed, so it stays out."""
        if isinstance(exception, PermissionDenied | Http404):
            return  # an answer, not a failure
        trace = exception.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else None
        log.error("exception", type=type(exception).__name__, place=place)
