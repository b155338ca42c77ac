"""Organisations and the people who work for them, countries, help lines, networks, the funder's notice."""
