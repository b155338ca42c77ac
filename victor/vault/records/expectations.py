"""What a reader expects an envelope to be: of which record, and for which purpose."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.models import Envelope


class Expected(NamedTuple):
    """An envelope that is about to be read, of which record and for which purposes it has to be.

    The row that names the envelope may have been changed in the database to name another: the reader says what belongs
    there.
    """

    envelope: Envelope
    key_id: UUID
    purposes: Collection[str]

    def verify(self) -> Envelope:
        """The envelope, if it is what was expected.

        Raises:
            Unopenable: it belongs to another record or purpose, or was altered.
        """
        if self.envelope.key_id != self.key_id or self.envelope.purpose not in self.purposes:
            raise Unopenable
        return verify_stamp(self.envelope)
