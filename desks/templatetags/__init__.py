"""Desks on the pages of others."""
