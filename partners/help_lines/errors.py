"""What can be wrong with a data file, and what is refused about a help line."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class EmergencyNumber(AccountRefusal):
    """The emergency number stands in for every line that is hidden, so it is always shown."""

    text = gettext_lazy("The emergency number is never hidden or deleted. Two coordinators can change it.")


class DataFault(Exception):
    """A data file cannot be loaded: the file, the line, and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
