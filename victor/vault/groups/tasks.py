"""Tasks of groups: the tables of keys are cleaned of rows that were deleted."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import DatabaseError, connection

from victor.vault.groups.models import KeyRotation, RecoveryLayer, RecoveryShare
from victor.vault.keys.models import Grant, PasskeyLock, PersonalKey

log = structlog.get_logger(__name__)
MODELS = (Grant, PersonalKey, PasskeyLock, RecoveryShare, RecoveryLayer, KeyRotation)
LOCK_SECONDS = 5  # that a table is waited for; the clock tries again later


@shared_task(name="victor.vault.tasks.reseal")
def reseal(*arguments: str) -> None:
    """Do nothing. Messages of earlier releases, which carried a key, may still wait in a broker: they are dropped."""


@shared_task(name="victor.vault.tasks.clean_tables")
def clean_tables() -> int:
    """Rewrite the tables of sealed keys, so that no deleted row is left in their files. Returns how many.

    PostgreSQL leaves the bytes of deleted and changed rows where they are until something takes their place.
    """
    return sum(_rewrite(model._meta.db_table) for model in MODELS)


def _rewrite(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = %s", [f"{LOCK_SECONDS}s"])
        try:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
        except DatabaseError as failure:
            log.warning("table not cleaned", table=table, type=type(failure).__name__)
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
