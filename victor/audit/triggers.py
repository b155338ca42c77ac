"""Triggers: the database refuses an entry that does not continue the chain, and a chain without its entry."""

from typing import Any

import pgtrigger
from django.db import models
from pgtrigger import compiler

APPEND_ONLY = "RAISE EXCEPTION 'audit: entries are never changed or deleted';"
NEVER_DELETED = "RAISE EXCEPTION 'audit: the end of the chain is never deleted';"
NEVER_EMPTIED = "RAISE EXCEPTION 'audit: the log is never emptied';"

ENTRY_CONTINUES_CHAIN = """
DECLARE
    last_length bigint := 0;
    last_digest text := '';
BEGIN
    SELECT length, digest INTO last_length, last_digest FROM audit_chain WHERE id = 1;
    IF NEW.sequence IS DISTINCT FROM COALESCE(last_length, 0) + 1 OR NEW.digest IS DISTINCT FROM encode(
        sha256(convert_to(concat_ws(chr(31),
            COALESCE(last_digest, ''), NEW.sequence,
            to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            NEW.action, NEW.actor, NEW.object, NEW.details), 'UTF8')), 'hex')
    THEN
        RAISE EXCEPTION 'audit: entry % does not continue the chain', NEW.sequence;
    END IF;
    RETURN NEW;
END;
"""

CHAIN_REACHES_ENTRY = """
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_chain WHERE id = 1 AND length >= NEW.sequence) THEN
        RAISE EXCEPTION 'audit: the chain does not reach entry %', NEW.sequence;
    END IF;
    RETURN NULL;
END;
"""

CHAIN_FOLLOWS_ENTRIES = """
BEGIN
    IF NEW.length = 0 AND NEW.digest = '' AND NOT EXISTS (SELECT 1 FROM audit_entry) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.length IS DISTINCT FROM OLD.length + 1 THEN
        RAISE EXCEPTION 'audit: the chain grows by one entry at a time';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM audit_entry WHERE sequence = NEW.length AND digest = NEW.digest) THEN
        RAISE EXCEPTION 'audit: the chain ends at an entry that does not exist';
    END IF;
    RETURN NEW;
END;
"""


class GuardSql(compiler.UpsertTriggerSql):
    """The trigger and its function. Migrations refer to this template: to change it, write a new class."""

    def get_template(self) -> str:
        """The template of pgtrigger, without the setting by which a session can switch a trigger off."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing}
                FOR EACH {level} EXECUTE PROCEDURE {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """A trigger that only the owner of the table can switch off."""

    when = pgtrigger.Before

    def compile(self, model: models.Model) -> compiler.Trigger:
        """Compile to our own template."""
        compiled = super().compile(model)
        options: dict[str, Any] = compiled.sql.kwargs
        return compiler.Trigger(name=self.name, sql=GuardSql(**options))


def never_emptied() -> Guard:
    """A trigger that refuses TRUNCATE, which the triggers on rows do not see."""
    return Guard(name="never_emptied", level=pgtrigger.Statement, operation=pgtrigger.Truncate, func=NEVER_EMPTIED)
