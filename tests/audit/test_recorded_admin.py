"""Finding 7: what is saved, deleted or imported in the admin is in the audit log."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from import_export.admin import ImportExportMixin

from desks.desk.models import Desk
from partners.directory.models import Organisation
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import InboxDesk
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.audit.recorded_admin import RecordedAdmin, RecordedResource

ADMIN = "/en/admin/"


def test_every_admin_is_a_recorded_one():
    others = [page for page in admin.site._registry.values() if not isinstance(page, RecordedAdmin)]
    assert others == []


def test_every_admin_keeps_what_records():
    names = ("log_addition", "log_deletions", "response_action")
    for page in admin.site._registry.values():
        assert [name for name in names if getattr(type(page), name) is not getattr(RecordedAdmin, name)] == []


def test_every_import_is_a_recorded_one():
    importing = [page for page in admin.site._registry.values() if isinstance(page, ImportExportMixin)]
    resources = [resource for page in importing for resource in page.resource_classes]
    assert resources
    assert all(issubclass(resource, RecordedResource) for resource in resources)


@pytest.fixture
def coordinator(db) -> User:
    return person(Role.COORDINATOR)


def entries(action: str, user: User) -> list[str]:
    rows = Entry.objects.filter(action=action, actor=f"accounts.user:{user.pk}")
    return list(rows.values_list("object", flat=True))


def contact(at: Organisation) -> dict[str, str]:
    return {"organisation": str(at.pk), "name": "Maria", "function": "general", "position": "1"}


def test_addition_change_and_deletion_are_recorded(coordinator):
    browser, smile = browser_of(coordinator), organisation("smile")
    browser.post(f"{ADMIN}partners/contactpoint/add/", contact(smile))
    point = ContactPoint.objects.get()
    browser.post(f"{ADMIN}partners/contactpoint/{point.pk}/change/", contact(smile) | {"name": "Eleni"})
    browser.post(f"{ADMIN}partners/contactpoint/{point.pk}/delete/", {"post": "yes"})
    for action in ("admin.added", "admin.changed", "admin.deleted"):
        assert entries(action, coordinator) == [f"partners.contactpoint:{point.pk}"]
    assert "Eleni" not in Entry.objects.get(action="admin.changed").details


def test_deletion_of_several_is_recorded_for_each(coordinator):
    smile = organisation("smile")
    points = [ContactPoint.objects.create(organisation=smile, name=name) for name in ("a", "b")]
    data = {"action": "delete_selected", "_selected_action": [point.pk for point in points], "post": "yes"}
    browser_of(coordinator).post(f"{ADMIN}partners/contactpoint/", data)
    assert not ContactPoint.objects.exists()
    assert set(entries("admin.deleted", coordinator)) == {f"partners.contactpoint:{point.pk}" for point in points}


def test_action_on_several_rows_is_recorded_with_their_number(coordinator):
    workers = [person(Role.WORKER) for _ in range(2)]
    rows = list(Membership.objects.filter(user__in=workers).values_list("pk", flat=True))
    browser_of(coordinator).post(f"{ADMIN}partners/membership/", {"action": "vouch", "_selected_action": rows})
    entry = Entry.objects.get(action="admin.action", actor=f"accounts.user:{coordinator.pk}")
    assert entry.object == "partners.membership"
    assert '"name": "vouch"' in entry.details
    assert '"rows": 2' in entry.details
    assert Membership.objects.filter(confirmed_by=coordinator).count() == 2


def test_routing_of_reports_to_a_desk_is_recorded(coordinator):
    """A coordinator let a desk take no more reports, and the log knew nothing."""
    desk = InboxDesk().desk
    data = {"slug": desk.slug, "organisation": desk.organisation_id, "country": "GR", "languages": ["en"]}
    data |= {"triage_hours": 24, "answer_hours": 72, "danger_minutes": 60, "escalation_minutes": 15}
    for prefix in ("opening_hours", "closures"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    browser_of(coordinator).post(f"{ADMIN}desks/desk/{desk.pk}/change/", data)
    assert not Desk.objects.get(pk=desk.pk).takes_reports
    assert entries("admin.changed", coordinator) == [f"desks.desk:{desk.pk}"]


def test_import_is_recorded_for_each_row_and_its_preview_is_not(coordinator):
    smile, browser = organisation("smile"), browser_of(coordinator)
    file = SimpleUploadedFile("o.csv", b"slug,website\nsmile,https://smile.example\n")
    page = browser.post(f"{ADMIN}partners/organisation/import/", {"import_file": file, "format": "0"})
    assert entries("admin.imported", coordinator) == []
    confirmed = page.context["confirm_form"].initial
    browser.post(f"{ADMIN}partners/organisation/process_import/", confirmed)
    assert entries("admin.imported", coordinator) == [f"partners.organisation:{smile.pk}"]


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["\x00", "a", "9" * 5000, "\u202e\U0001f4a9"])
def test_admin_form_with_an_odd_choice_is_shown_again(odd):
    client = browser_of(person(Role.COORDINATOR))
    answer = client.post(f"{ADMIN}partners/contactpoint/add/", {"name": "X", "organisation": odd, "user": odd})
    assert answer.status_code == 200
