"""Twenty reports with a word in every place: it is found nowhere outside the vault's envelopes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desks.intake import proof_of_work
from desks.reports.models import Attachment, Report
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.staffed_desks import make_emergency_line, staffed_desk
from tests.files.metadata.samples import CANARY, SAMPLES
from tests.people import visitor

ANSWERS = {"danger": "yes", "reporter": "other", "contact": "yes", "at": "2", "go": "send"}
FORM = dict.fromkeys(("story", "place", "when", "link", "how", "safe", "name"), CANARY)


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_what_was_said(figure):
    make_emergency_line(staffed_desk())
    with read_log() as log:
        for number in range(20):
            kind = list(SAMPLES)[number % len(SAMPLES)]
            file = SimpleUploadedFile(f"{CANARY}.{kind.lower()}", SAMPLES[kind]())
            own = {"notice": f"{CANARY}@mail.example", "ticket": proof_of_work.new_ticket(), "files": [file]}
            form = ANSWERS | FORM | own
            assert visitor().post("/el/report/gr/", form, HTTP_USER_AGENT=CANARY).status_code == 200
    assert Report.objects.count() == 20
    assert Attachment.objects.count() == 20
    assert not Attachment.objects.filter(clean=None).exists()
    places = places_outside(log)
    hits = hits_in(places)
    figure("canaries outside the envelopes, of 20 reports", sum(hits.values()))
    assert all(places.values())
    assert hits == dict.fromkeys(places, 0)
