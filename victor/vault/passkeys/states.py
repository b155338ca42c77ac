"""What a passkey is asked for."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """Why a passkey is asked: an answer serves nothing else. Stored in sessions only."""

    ADD = "add"
    UNLOCK = "unlock"
