"""What the tests of campaigns share."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def project_campaign(module_transaction: None) -> None:
    """The partnership, the pages and the campaign that the project brings along, loaded once for a module."""
    for command in ("load_partnership", "load_pages", "load_campaigns"):
        call_command(command, verbosity=0)
