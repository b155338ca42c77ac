"""What the clock does with contact points: it asks whether the details are still right."""

from __future__ import annotations

from celery import shared_task

from partners.memberships.contact_points import ask_contact
from partners.memberships.models import ContactPoint
from victor.access import System


@shared_task(name="partners.periodic.ask_contacts")
def ask_contacts() -> int:
    """Ask those whose details nobody has confirmed for 90 days. Returns how many were asked."""
    due = ContactPoint.objects.to_ask().select_related("organisation", "user").order_by("pk")
    return sum(ask_contact(contact, by=System("clock")) for contact in due)
