"""The outbox: mail is a row in the database first. A worker sends it, and tries again where that fails."""
