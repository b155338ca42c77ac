"""What a restored installation can still do, printed as JSON: `python -m tests.life_after`.

It runs in a process of its own, with the secrets of that installation and the clock at its moment. Each function
imports what it needs (PLC0415), because Django is set up first.
"""

from __future__ import annotations

import json
from typing import Any

import django
import time_machine

from tests import installation


def main() -> None:
    """Look at each thing by itself, so that a failing test names it."""
    django.setup()
    with time_machine.travel(installation.moment()):
        print(json.dumps({look.__name__: look() for look in LOOKS}))


def passphrase_opens_report() -> str:
    """The story of a report, read with the desk's key, which a worker's passphrase opens."""
    from desks.reports.envelopes import messages_of  # noqa: PLC0415
    from desks.reports.models import Report  # noqa: PLC0415
    from victor.accounts.models import User  # noqa: PLC0415
    from victor.vault.passphrases.actions import unlock_vault  # noqa: PLC0415
    from victor.vault.records.actions import read_envelope  # noqa: PLC0415

    email = "worker@demo.victor.example"
    unlocked = unlock_vault(User.objects.get(email=email), installation.secrets()["passphrases"][email])
    report = Report.objects.get(reference=installation.secrets()["receipts"]["whole"]["reference"])
    [expected] = messages_of(report, [report.messages.earliest("pk")])
    return json.dumps(read_envelope(expected, by=unlocked), ensure_ascii=False)


def receipt_opens_report() -> str:
    """The number of the report that a receipt opens."""
    from desks.intake.conversation import open_with_receipt  # noqa: PLC0415

    return open_with_receipt(installation.secrets()["receipts"]["whole"]["number"]).report.reference


def words_of_receipt_are_read() -> bool:
    """Whether the words on a note lead to the same number."""
    from desks.intake.receipts import parse_receipt  # noqa: PLC0415

    receipt = installation.secrets()["receipts"]["whole"]
    return parse_receipt(receipt["words"], "el") == receipt["number"]


def faults_of_the_log() -> list[str]:
    """What is wrong with the audit chain, after one more entry."""
    from victor.access import System  # noqa: PLC0415
    from victor.audit.actions import record  # noqa: PLC0415
    from victor.audit.verification import find_faults  # noqa: PLC0415

    record("installation.moved", "test", by=System("test"))
    return list(find_faults())


def content_types_without_model() -> list[str]:
    """Kinds that rows may point to and no code knows."""
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415

    return [str(kind.natural_key()) for kind in ContentType.objects.all() if kind.model_class() is None]


def models_without_content_type() -> list[str]:
    """Models that rows of before could not point to."""
    from django.apps import apps  # noqa: PLC0415
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415

    kinds = set(ContentType.objects.values_list("app_label", "model"))
    models = {model._meta.label: (model._meta.app_label, model._meta.model_name) for model in apps.get_models()}
    return [label for label, kind in models.items() if kind not in kinds]


def histories_that_lead_nowhere() -> list[str]:
    """Rows that point to a thing of any kind, of which the thing is gone: versions of texts, the admin's history."""
    from victor.publishing.models import LanguageVersion, PublishedVersion  # noqa: PLC0415

    rows = [*LanguageVersion.objects.all(), *PublishedVersion.objects.all()]
    return [str(row.pk) for row in rows if getattr(row, "object", None) is None]


def hand_overs_of_before() -> dict[str, tuple[str, str, bool]]:
    """What became of each hand-over, by its stored name of before: its state, why it ended, whether its stamp fits."""
    from uuid import NAMESPACE_URL, uuid5  # noqa: PLC0415

    from desks.referrals.models import Referral  # noqa: PLC0415
    from victor.vault.errors import Unopenable  # noqa: PLC0415
    from victor.vault.keys.keyring import verify_stamp  # noqa: PLC0415

    def is_ours(row: Referral) -> bool:
        try:
            return bool(verify_stamp(row))
        except Unopenable:
            return False

    names = {uuid5(NAMESPACE_URL, name): name for name in (f"desks.handover:{number}" for number in range(100))}
    rows = Referral.objects.of_reports().order_by("made_at")
    return {names[row.pk]: (row.state, row.revoke_reason, is_ours(row)) for row in rows}


def signed_link_opens() -> int:
    """What the page of a registration answers to a link of before."""
    from django.test import Client  # noqa: PLC0415

    return Client().get(f"/en/seminars/place/{installation.secrets()['tokens']['place confirmed']}/").status_code


def password_is_known() -> bool:
    """Whether somebody may log in with the password of before."""
    from victor.accounts.models import User  # noqa: PLC0415

    email = "coordinator@demo.victor.example"
    return User.objects.get(email=email).check_password(installation.secrets()["passwords"][email])


def people_who_stay_logged_in() -> list[str]:
    """Whose sessions of before still hold."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    emails = []
    for session in Session.objects.order_by("pk"):
        browser = Client()
        browser.cookies["sessionid"] = session.session_key
        user = browser.get("/en/workspace/").wsgi_request.user
        emails += [user.email] if user.is_authenticated else []
    return emails


LOOKS: list[Any] = [
    passphrase_opens_report,
    receipt_opens_report,
    words_of_receipt_are_read,
    content_types_without_model,
    models_without_content_type,
    histories_that_lead_nowhere,
    hand_overs_of_before,
    signed_link_opens,
    password_is_known,
    people_who_stay_logged_in,
    faults_of_the_log,
]

if __name__ == "__main__":
    main()
