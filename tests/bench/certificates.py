"""How long a thousand certificates take one worker, with row, file, digest, audit entry and mail. Prints JSON."""

from __future__ import annotations

import json
import resource
import time
from tempfile import TemporaryDirectory

import django

CERTIFICATES = 1000


def figures() -> dict[str, float]:
    """Each with its name and unit."""
    from django.core.files.storage import storages

    from tests.trainings.certificates.attendees import ended_seminar, make_attendees
    from trainings.certificates.issuing import issue_certificates
    from trainings.certificates.models import Certificate

    seminar = ended_seminar("bench")
    make_attendees(seminar, CERTIFICATES)
    with TemporaryDirectory() as folder:
        vars(storages["certificates"])["location"] = folder
        begun, worked = time.perf_counter(), time.process_time()
        made = issue_certificates(seminar.pk)
        taken, worked = time.perf_counter() - begun, time.process_time() - worked
    assert made == Certificate.objects.valid().count() == CERTIFICATES
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    return {
        "certificates: 1,000 with row, file, digest, audit and mail, s": taken,
        "certificates: the worker's own time for them, s": worked,
        "certificates: the worker's memory, MB": memory,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(figures()))
