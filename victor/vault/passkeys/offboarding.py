"""What happens to the passkeys of a vault when somebody's role ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from victor.access import is_permitted
from victor.accounts.models import User
from victor.accounts.offboarding import on_role_end
from victor.vault.passkeys.actions import remove_all_passkeys

if TYPE_CHECKING:
    from victor.access import Actor


class EndedRole(Protocol):
    """A membership, which belongs to a higher layer."""

    user_id: int


@on_role_end
def remove_passkeys_of_leaver(membership: EndedRole, by: Actor) -> None:
    """Remove them at once from somebody who may use no vault any more."""
    user = User.objects.get(pk=membership.user_id)
    if not is_permitted(user, "vault.use"):
        remove_all_passkeys(user, by=by)
