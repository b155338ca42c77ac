"""Secrets of authenticator apps at rest: encrypted, and with keys that can be changed."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection

from tests.people import SECRET, person

pytestmark = pytest.mark.django_db


def rows(user) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE user_id = %s ORDER BY type DESC", [user.pk])
        return [json.loads(data) if isinstance(data, str) else data for (data,) in cursor.fetchall()]


def test_totp_secret_is_not_in_the_row():
    user = person(factor=False)
    TOTP.activate(user, SECRET)
    (row,) = rows(user)
    assert SECRET not in json.dumps(row)
    assert decrypt(row["secret"]) == SECRET


def test_seed_of_the_recovery_codes_is_not_in_the_row():
    user = person(factor=False)
    codes = RecoveryCodes.activate(user).generate_codes()
    (row,) = rows(user)
    assert row["seed"].startswith("gAAAA")
    assert len(codes) == 10


def test_a_new_key_in_front_opens_what_the_old_one_closed(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    closed = encrypt(SECRET)
    settings.FIELD_KEYS = [new, old]
    assert decrypt(closed) == SECRET
    assert Fernet(new).decrypt(encrypt(SECRET)).decode() == SECRET


def test_a_key_that_was_taken_away_opens_nothing(settings):
    closed = encrypt(SECRET)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        decrypt(closed)


def test_an_app_works_on_after_the_key_was_changed(settings):
    user = person()
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    factor = Authenticator.objects.get(user=user, type="totp")
    assert decrypt(factor.data["secret"]) == SECRET
