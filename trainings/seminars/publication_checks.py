from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.seminars.models import Seminar
from victor.publishing.publication_checks import publication_condition


@publication_condition
def seminar_can_be_joined(obj: Any, language: str) -> Iterator[str | Promise]:
    """No seminar goes public of which nobody could say when it is, or for which one could register afterwards."""
    if not isinstance(obj, Seminar):
        return
    if obj.starts is None or obj.ends is None:
        yield _("a session with its hours")
    elif obj.closes > obj.ends:
        yield _("a registration that closes before the end")
