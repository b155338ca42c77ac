"""Organisations and their people, countries and help lines, the network SEEC."""
