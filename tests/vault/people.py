"""People whose vault is set up. One derivation is shared by all, since each takes most of a second."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cache

from django.conf import settings
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.vault import crypto
from victor.vault.errors import NoGrant
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group, RecoveryRequest
from victor.vault.groups.states import OPEN_STATES, RecoveryState
from victor.vault.keys.keyring import UnlockedVault, register_key
from victor.vault.keys.models import PersonalKey
from victor.vault.keys.states import KeyKind
from victor.vault.passphrases.actions import personal_context
from victor.vault.records import actions as records_actions
from victor.vault.records.expectations import Expected
from victor.vault.records.models import Envelope

PASSPHRASE = "bridge lamp river doorway roof"
SALT = b"only for tests.."


@cache
def _derived() -> bytes:
    return crypto.derive(PASSPHRASE, SALT, crypto.Cost(*settings.VAULT_COST))


def open_vault(user: User | None = None) -> UnlockedVault:
    """The open vault of a person, as `set_up` would make it with our passphrase."""
    user = user or person(Role.WORKER, organisation("smile"), factor=False)
    private = crypto.new_private_key()
    key = register_key(KeyKind.PERSON, private.public, of=user)
    personal = PersonalKey(key=key, user=user, salt=SALT)
    personal.passes, personal.memory = settings.VAULT_COST
    personal.locked = crypto.encrypt(bytes(private), _derived(), context=personal_context(personal))
    personal.save(force_insert=True)
    return UnlockedVault(user, key.pk, private)


def copy_vault(vault: UnlockedVault) -> UnlockedVault:
    """The same open vault in objects of its own."""
    return UnlockedVault(deepcopy(vault.person), vault.key_id, crypto.PrivateKey(bytes(vault.private)))


def replace_vault(before: UnlockedVault) -> UnlockedVault:
    """The person has forgotten the passphrase and chosen another, as `set_aside` would have it."""
    PersonalKey.objects.filter(key=before.key_id).update(set_aside_at=timezone.now())
    RecoveryRequest.objects.filter(user=before.person, state__in=OPEN_STATES).update(state=RecoveryState.WITHDRAWN)
    return open_vault(before.person)


def make_group(*people: UnlockedVault, officers: Iterable[UnlockedVault] = ()) -> Group:
    """A group of these people."""
    members = [each.person for each in people]
    return groups_actions.create_group(
        name="Desk", members=members, officers=[each.person for each in officers], by=System("test")
    )


def write_records(group: Group, count: int = 1) -> list[Envelope]:
    """So many records of the group, with an envelope in each."""
    keys = [records_actions.create_record(group, by=System("test")) for _ in range(count)]
    return [
        records_actions.write_envelope(key, number, purpose="test", by=System("test"))
        for number, key in enumerate(keys)
    ]


def own(envelope: Envelope) -> Expected:
    """The envelope, expected to be what it says that it is."""
    return Expected(envelope, envelope.key_id, {envelope.purpose})


def reads(envelope: Envelope, by: UnlockedVault) -> bool:
    """Whether whoever has opened that vault reads the envelope."""
    try:
        records_actions.read_envelope(own(envelope), by=by)
    except NoGrant:
        return False
    return True
