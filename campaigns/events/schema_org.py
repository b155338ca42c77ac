"""Structured data of events for search engines. Source: https://schema.org/Event"""

from __future__ import annotations

from django.conf import settings

from campaigns.events.models import Event
from victor.languages import local_text


def event_schema(event: Event) -> dict[str, object]:
    """The times, places and host of an event as properties of schema.org's Event."""
    place, country = local_text(event, "place").text, local_text(event.country, "name").text
    address = {"@type": "PostalAddress", "streetAddress": place, "addressCountry": event.country_id}
    venue = {"@type": "Place", "name": place or country, "address": address}
    online = {"@type": "VirtualLocation", "url": event.online}
    locations = ([venue] if place or not event.online else []) + ([online] if event.online else [])
    mode = "Mixed" if len(locations) > 1 else "Online" if event.online else "Offline"
    host = event.organisation
    return {
        "startDate": event.local_starts.isoformat(),
        "endDate": event.local_ends.isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": locations if len(locations) > 1 else locations[0],
        "organizer": {
            "@type": "Organization",
            "name": local_text(host, "name").text if host else "VICTOR",
            "url": settings.SITE_URL + (host.get_absolute_url() if host else ""),
        },
    }
