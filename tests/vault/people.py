"""People whose vault is set up. One derivation is shared by all, since each takes most of a second."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import timezone

from partners.states import Role
from tests.people import organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.vault import actions, crypto
from victor.vault.actions.own import place
from victor.vault.errors import NoGrant
from victor.vault.keys import Opened, register
from victor.vault.models import Ceremony, Envelope, Group, PersonalKey
from victor.vault.states import OPEN, CeremonyState, KeyKind

PASSPHRASE = "bridge lamp river doorway roof"
SALT = b"only for tests.."


@cache
def _derived() -> bytes:
    return crypto.derive(PASSPHRASE, SALT, crypto.Cost(*settings.VAULT_COST))


def opened(user: User | None = None) -> Opened:
    """The open vault of a person, as `set_up` would make it with our passphrase."""
    user = user or person(Role.WORKER, organisation("smile"), factor=False)
    private = crypto.new_private()
    key = register(KeyKind.PERSON, private.public, of=user)
    personal = PersonalKey(key=key, user=user, salt=SALT)
    personal.passes, personal.memory = settings.VAULT_COST
    personal.locked = crypto.encrypt(bytes(private), _derived(), place=place(personal))
    personal.save(force_insert=True)
    return Opened(user, key.pk, private)


def begin_anew(before: Opened) -> Opened:
    """The person has forgotten the passphrase and chosen another, as `set_aside` would have it."""
    PersonalKey.objects.filter(key=before.key_id).update(set_aside_at=timezone.now())
    Ceremony.objects.filter(user=before.person, state__in=OPEN).update(state=CeremonyState.WITHDRAWN)
    return opened(before.person)


def team(*people: Opened, officers: Iterable[Opened] = ()) -> Group:
    """A group of these people."""
    members = [each.person for each in people]
    return actions.create_group(
        name="Desk", members=members, officers=[each.person for each in officers], by=System("test")
    )


def written(group: Group, count: int = 1) -> list[Envelope]:
    """So many records of the group, with an envelope in each."""
    keys = [actions.new_record(group, by=System("test")) for _ in range(count)]
    return [actions.write(key, number, purpose="test", by=System("test")) for number, key in enumerate(keys)]


def reads(envelope: Envelope, by: Opened) -> bool:
    """Whether whoever has opened that vault reads the envelope."""
    try:
        actions.read(envelope, by=by)
    except NoGrant:
        return False
    return True
