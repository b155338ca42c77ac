"""`python -m tests.vault.mover <person>` unlocks a person's vault and moves what waits, as a request does."""

from __future__ import annotations

import sys

import django


def main(user: str) -> None:
    """Move until nothing waits."""
    from tests.vault.people import PASSPHRASE  # noqa: PLC0415 (Django is set up first)
    from victor.accounts.models import User  # noqa: PLC0415
    from victor.vault.groups.rotation import continue_rotations  # noqa: PLC0415
    from victor.vault.passphrases.actions import unlock_vault  # noqa: PLC0415

    with unlock_vault(User.objects.get(pk=int(user)), PASSPHRASE) as unlocked:
        continue_rotations(by=unlocked, seconds=600)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
