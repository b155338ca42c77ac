"""Every route of the site, with an address that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from victor.access import Access

SAMPLES = {
    "code": "gr",
    "trainings:verified code": "00000-00000-00000-00000",
    "slug": "smile",
    "token": "no-such-token",
    "key": "no-such-key",
    "uidb36": "1",
    "pk": 1,
    "object_id": "1",
    "content_type_id": 1,
    "app_label": "partners",
    "url": "nothing/",
    "kind": "pages.page",
    "language": "el",
    "number": 1,
    "move": "submit",
    "country": "gr",
    "size": "a4",
    "ceremony": UUID(int=1),
    "step": "confirm",
    "picture": "smile",
    "width": 320,
    "form": "webp",
    "other": "R00002",
    "reference": "R00001",
    "referral": "7KQ-2MD",
    "stage": "after",
    "indicator": "participants",
    "envelope": UUID(int=1),
    "alert_id": UUID(int=1),
    "section": "timeline",
    "part": "safety",
    "audience": "child",
    "meeting": 1,
    "version": 1,
    "item": 1,
    "text": 1,
    "choice": "use",
}


@dataclass(frozen=True)
class Route:
    """A route: its full name, where it leads, and what it declares."""

    name: str
    arguments: tuple[str, ...]
    access: Access | None
    login_required: bool
    asks_first: bool = False
    view: str = ""  # by its dotted name

    @property
    def address(self) -> str:
        """An address of this route, to something that exists where the database holds one."""
        return reverse(self.name, kwargs={name: self._sample(name) for name in self.arguments})

    def _sample(self, argument: str) -> Any:
        app, _, rest = self.name.removeprefix("admin:").partition("_")
        if argument == "object_id" and app in apps.app_configs:
            model = rest.partition("_")[0]
            first = apps.get_model(app, model)._base_manager.order_by("pk").first()
            return str(first.pk) if first else "1"
        return SAMPLES.get(f"{self.name} {argument}", SAMPLES[argument])


def routes() -> Iterator[Route]:
    """All of them, the admin's and the libraries' included."""
    yield from _walk(get_resolver().url_patterns, "", ())


def _walk(patterns: list[Any], namespace: str, arguments: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        given = arguments + _arguments(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern.url_patterns, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""), given
            )
        elif pattern.name:
            callback = pattern.callback
            access, login_required = getattr(callback, "access", None), getattr(callback, "login_required", True)
            asks_first = getattr(callback, "asks_first", False)
            view = f"{callback.__module__}.{getattr(callback, '__qualname__', '')}"
            yield Route(namespace + pattern.name, given, access, login_required, asks_first, view)


def _arguments(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    if isinstance(pattern.pattern, RoutePattern):
        return tuple(pattern.pattern.converters)
    return tuple(getattr(getattr(pattern.pattern, "regex", None), "groupindex", {}))
