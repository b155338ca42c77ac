"""The log as coordinators read it."""

from __future__ import annotations

from django.contrib.admin import site

from victor.audit.admin import EntryAdmin
from victor.audit.models import Entry
from victor.vault.groups.models import RecoveryRequest


def described(reference: str) -> str:
    return EntryAdmin(Entry, site).described_object(Entry(object=reference))


def test_old_entry_shows_the_present_name_of_what_it_is_about():
    assert f">{RecoveryRequest._meta.verbose_name} 7</a>" in described("vault.ceremony:7")


def test_reference_to_no_model_stays_as_it_is():
    assert described("partners") == "partners"


def test_reference_to_a_model_that_is_gone_stays_as_it_is():
    assert described("gone.model:7") == "gone.model:7"
