"""Envelope encryption: keys, grants and envelopes. It knows nothing of desks; docs/security.md explains it."""
