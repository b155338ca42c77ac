"""The press on the page that asks before something that cannot be undone."""

CONFIRMED = {"confirmed": "yes"}
