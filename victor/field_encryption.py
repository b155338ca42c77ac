"""Encrypts single values with `FIELD_KEYS`, which the database does not hold."""

from __future__ import annotations

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt_value(text: str) -> str:
    """Encrypt with the first key."""
    return _keys().encrypt(text.encode()).decode()


def decrypt_value(encrypted: str) -> str:
    """Decrypt with whichever key it was encrypted with. To change the key, put a new one first."""
    return _keys().decrypt(encrypted.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
