"""For whoever watches over the servers."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

from victor.celery import app

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_any_server(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok"


def test_readyz_with_everything_there_is_200():
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"database": True, "migrations": True, "broker": True}


def test_readyz_without_its_broker_is_503_and_names_it(monkeypatch):
    # The address to write to follows the other one, so it is remembered before that one is changed.
    monkeypatch.setattr(app.conf, "broker_write_url", "redis+socket:///nowhere/socket")
    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nowhere/socket")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert not json.loads(answer.content)["broker"]


def test_readyz_behind_its_migrations_is_503_and_names_them():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'partners'")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert not json.loads(answer.content)["migrations"]
