"""Events as visitors find them, and as their calendars do."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from campaigns.events.models import Event
from victor.languages import local_text


def event_schema(event: Event) -> dict[str, Any]:
    """When, where and by whom, in the words of schema.org."""
    exactly, country = local_text(event, "place").text, local_text(event.country, "name").text
    address = {"@type": "PostalAddress", "streetAddress": exactly, "addressCountry": event.country_id}
    there = {"@type": "Place", "name": exactly or country, "address": address}
    online = {"@type": "VirtualLocation", "url": event.online}
    places = [there] * bool(exactly or not event.online) + [online] * bool(event.online)
    mode = "Mixed" if len(places) > 1 else "Online" if event.online else "Offline"
    host = event.organisation
    return {
        "startDate": event.local_starts.isoformat(),
        "endDate": event.local_ends.isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": places if len(places) > 1 else places[0],
        "organizer": {
            "@type": "Organization",
            "name": local_text(host, "name").text if host else "VICTOR",
            "url": settings.SITE_URL + (host.get_absolute_url() if host else ""),
        },
    }
