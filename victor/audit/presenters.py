"""What pages show of the log: the names of those who stand in it by reference."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from victor.audit.models import Entry
from victor.stored_names import stored_name


def name_actors(entries: Iterable[Entry]) -> None:
    """Give each entry the name of whoever did it, as `actor_name`."""
    entries, user = list(entries), get_user_model()
    prefix = f"{stored_name(user)}:"
    pks = [entry.actor.removeprefix(prefix) for entry in entries if entry.actor.startswith(prefix)]
    names = {f"{prefix}{person.pk}": str(person) for person in user._default_manager.filter(pk__in=pks)}
    for entry in entries:
        vars(entry)["actor_name"] = names.get(entry.actor, f"VICTOR ({entry.actor.removeprefix('system:')})")
