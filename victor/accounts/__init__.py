"""Accounts: log-in by e-mail, invitations, the second factor, sessions."""
