"""What the database itself refuses: an entry that does not continue the chain, a chain that does not follow it."""

import pgtrigger

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

CHAIN_FOLLOWS_ENTRIES = """
BEGIN
    IF NEW.length = 0 AND NEW.digest = '' AND NOT EXISTS (SELECT 1 FROM audit_entry) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.length IS DISTINCT FROM OLD.length + 1 THEN
        RAISE EXCEPTION 'audit: the chain grows by one entry at a time';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM audit_entry WHERE sequence = NEW.length AND digest = NEW.digest AND seal = NEW.seal
    ) THEN
        RAISE EXCEPTION 'audit: the chain ends at an entry that does not exist';
    END IF;
    RETURN NEW;
END;
"""


def never_emptied() -> pgtrigger.Trigger:
    """Refuse TRUNCATE, which the triggers on rows do not see."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'audit: the log is never emptied';",
    )
