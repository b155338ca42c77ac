"""The outbox: mail is a row in the database first, sent by a worker, tried again, never lost."""
