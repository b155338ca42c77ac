"""Training seminars for professionals."""
