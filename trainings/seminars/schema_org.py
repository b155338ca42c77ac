"""Seminars and courses in the vocabulary of schema.org, for search engines."""

from __future__ import annotations

from django.conf import settings

from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar
from victor.languages import local_text


def seminar_schema(seminar: Seminar) -> dict[str, object]:
    """The properties of an `EducationEvent`. The address online is not among them: it is for participants."""
    page = settings.SITE_URL + seminar.get_absolute_url()
    venue, country = local_text(seminar, "place").text, local_text(seminar.country, "name").text
    address = {"@type": "PostalAddress", "streetAddress": venue, "addressCountry": seminar.country_id}
    place: dict[str, object] = {"@type": "Place", "name": venue or country, "address": address}
    online: dict[str, object] = {"@type": "VirtualLocation", "url": page}
    places = [place] * bool(venue or not seminar.online) + [online] * bool(seminar.online)
    mode = "Mixed" if len(places) > 1 else "Online" if seminar.online else "Offline"
    times = {"startDate": seminar.local_starts, "endDate": seminar.local_ends} if seminar.starts else {}
    host = seminar.organisation
    return {name: moment.isoformat() for name, moment in times.items()} | {
        "eventStatus": f"https://schema.org/Event{'Cancelled' if seminar.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": places if len(places) > 1 else places[0],
        "organizer": {
            "@type": "Organization",
            "name": local_text(host, "name").text,
            "url": settings.SITE_URL + host.get_absolute_url(),
        },
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": seminar.seats,
        "inLanguage": seminar.language,
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in seminar.for_whom],
    }


def course_schema(course: Course) -> dict[str, object]:
    """The properties of a `Course`."""
    return {
        "timeRequired": f"PT{int(course.hours * 60)}M",
        "teaches": [local_text(module, "title").text for module in course.modules.all()],
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in course.for_whom],
        "availableLanguage": course.languages,
        "isAccessibleForFree": True,
    }
