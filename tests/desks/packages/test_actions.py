"""A package from its draft to its file: who makes it, what is in it, who opens it, when it goes."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases.locks import save_case
from desks.packages import actions, consents, partner_keys, wishes
from desks.packages.errors import (
    ChildNotInformed,
    FileGone,
    FingerprintNotConfirmed,
    NoGroundOutside,
    PackageMoveNotPossible,
    ReceiverMissing,
    SupervisorMakes,
)
from desks.packages.models import Package
from desks.packages.periodic import erase_packages
from desks.packages.states import PackageState, RemovalReason
from desks.referrals.code_lists import BasisKind, FieldGroup, TransferGround
from desks.referrals.errors import (
    GroundNotPossible,
    NoBasis,
    NoGroups,
    NotTheFirst,
    ReasonLacks,
    RecordChanged,
    TooLong,
)
from desks.referrals.wishes import Choice
from tests.desks.packages.age_reader import open_age
from tests.desks.packages.given_packages import (
    GROUPS,
    IDENTITY,
    LETTER,
    NAME,
    OFFICE,
    STREET,
    a_case,
    asked,
    attached,
    confirmed,
    consent,
    drafted,
    file_of,
    key_wish,
    made,
    partner_country,
    pdf_wish,
)
from tests.people import person
from victor.audit.models import Entry
from victor.vault.errors import Unopenable
from victor.vault.records.models import SealedFile, vault_storage

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes, password: str | None = None) -> str:
    """All words of a PDF, read by another library than the one that locks it."""
    document = pypdfium2.PdfDocument(pdf, password=password)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_pdf_is_opened_by_its_six_words_only(here):
    result = made(here)
    locked = file_of(here, result.package)
    text = text_of(locked, result.passphrase)
    assert all(word in text for word in (NAME, STREET, LETTER, OFFICE, result.package.reference))
    with pytest.raises(pypdfium2.PdfiumError):
        text_of(locked)


def test_age_file_is_opened_by_the_partners_key_only(here):
    result = made(here, key_wish(confirmed(here)))
    opened = open_age(file_of(here, result.package), str(IDENTITY))
    assert result.passphrase == ""
    assert NAME in text_of(opened)
    assert "Kinderhilfe · Duty officer" in text_of(opened)


def test_groups_that_were_not_chosen_do_not_leave(here):
    package = drafted(here)
    package = wishes.choose_groups(package, Choice(frozenset({FieldGroup.IDENTITY})), by=here.anna.person)
    result = actions.make_package(
        actions.ask_supervisor(package, by=here.anna.person), child_informed=True, by=here.chief
    )
    text = text_of(file_of(here, result.package), result.passphrase)
    assert NAME in text
    assert STREET not in text


def test_file_for_their_systems_speaks_fhir_and_tells_nothing_of_the_child(here):
    result = made(here)
    name = f"{result.package.reference}.json"
    task = json.loads(attached(file_of(here, result.package), name, result.passphrase))
    assert task["resourceType"] == "Task"
    assert task["status"] == "requested"
    assert task["intent"] == "order"
    assert [row["type"]["text"] for row in task["input"]] == ["g1", "g2"]
    assert task["basis"]["provision"]["data"] == ["g1", "g2"]
    assert task["answer"]["address"].endswith("/en/packages/receipt/")
    assert not any(word in json.dumps(task) for word in (NAME, STREET))


def test_title_of_the_paper_is_neutral(here):
    result = made(here)
    locked = BytesIO(file_of(here, result.package))
    document = pypdfium2.PdfDocument(locked, password=result.passphrase)
    assert document.get_metadata_dict()["Title"] == "Record"


def test_nothing_of_a_package_lies_in_clear(here):
    result = made(here)
    with vault_storage().open(str(SealedFile.objects.get(package=result.package).file)) as file:
        stored = file.read()
    assert not stored.startswith(b"%PDF")
    row = str(Package.objects.filter(pk=result.package.pk).values().get())
    assert not any(word in row for word in (NAME, OFFICE, LETTER, result.passphrase))
    log = " ".join(Entry.objects.values_list("details", flat=True))
    assert not any(word in log for word in (NAME, OFFICE, LETTER, result.passphrase, result.passphrase.split()[0]))


def test_make_alone_is_refused(here):
    package = actions.ask_supervisor(drafted(here), by=here.chief.person)
    with pytest.raises(SupervisorMakes):
        actions.make_package(package, child_informed=True, by=here.chief)


def test_make_by_a_worker_is_refused(here):
    with pytest.raises(PermissionDenied):
        actions.make_package(asked(here), child_informed=True, by=here.ben)


def test_make_before_the_child_knows_is_refused(here):
    with pytest.raises(ChildNotInformed):
        actions.make_package(asked(here), child_informed=False, by=here.chief)


def test_make_a_draft_is_refused(here):
    with pytest.raises(PackageMoveNotPossible):
        actions.make_package(drafted(here), child_informed=True, by=here.chief)


def test_make_twice_is_refused(here):
    package = asked(here)
    actions.make_package(package, child_informed=True, by=here.chief)
    with pytest.raises(PackageMoveNotPossible):
        actions.make_package(package, child_informed=True, by=here.boss)


def test_make_after_the_case_changed_is_refused(here):
    package = asked(here)
    save_case(package.case)
    with pytest.raises(RecordChanged):
        actions.make_package(package, child_informed=True, by=here.chief)


def test_make_with_a_key_that_was_removed_meanwhile_is_refused(here):
    key = confirmed(here)
    package = asked(here, key_wish(key))
    partner_keys.remove_key(key, RemovalReason.EXPOSED, by=here.ben.person)
    with pytest.raises(FingerprintNotConfirmed):
        actions.make_package(package, child_informed=True, by=here.chief)
    assert Package.objects.get(pk=package.pk).file is None


def test_make_after_the_consent_has_ended_is_refused(here):
    package = asked(here)
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(NoBasis):
        actions.make_package(package, child_informed=True, by=here.chief)


def test_make_from_a_row_that_somebody_changed_is_refused(here):
    package = asked(here)
    Package.objects.filter(pk=package.pk).update(groups=["g1", "g2", "g6"])
    with pytest.raises(Unopenable):
        actions.make_package(package, child_informed=True, by=here.chief)


@pytest.mark.parametrize("wish", [{"office": " "}, {"country": ""}, {"country": "XX"}])
def test_start_for_nobody_is_refused(here, wish):
    with pytest.raises(ReceiverMissing):
        wishes.start_package(a_case(here), pdf_wish(here, **wish), by=here.anna.person)


def test_start_by_somebody_of_no_desk_is_refused(here):
    with pytest.raises(PermissionDenied):
        wishes.start_package(a_case(here), pdf_wish(here), by=person())


def test_choose_sensitive_group_without_a_reason_is_refused(here):
    with pytest.raises(ReasonLacks, match="6"):
        wishes.choose_groups(drafted(here), Choice(GROUPS | {FieldGroup.HEALTH}), by=here.anna.person)


def test_ask_without_groups_is_refused(here):
    package = wishes.start_package(a_case(here), pdf_wish(here), by=here.anna.person)
    with pytest.raises(NoGroups):
        actions.ask_supervisor(package, by=here.anna.person)


def test_ask_without_consent_is_refused(here):
    package = wishes.start_package(a_case(here), pdf_wish(here), by=here.anna.person)
    package = wishes.choose_groups(package, Choice(GROUPS), by=here.anna.person)
    with pytest.raises(NoBasis):
        actions.ask_supervisor(package, by=here.anna.person)


def test_consent_of_more_than_ninety_days_is_refused(here):
    long = consent(valid_to=timezone.localdate() + timedelta(days=91))
    with pytest.raises(TooLong):
        consents.record_consent(drafted(here), long, by=here.anna.person)


def test_basis_counts_once_another_person_confirms_it(here):
    package = wishes.start_package(a_case(here), pdf_wish(here), by=here.anna.person)
    package = wishes.choose_groups(package, Choice(GROUPS), by=here.anna.person)
    basis = consents.record_basis(package, BasisKind.VITAL, "Her brother waits outside", by=here.chief.person)
    with pytest.raises(NoBasis):
        actions.ask_supervisor(package, by=here.anna.person)
    with pytest.raises(NotTheFirst):
        consents.confirm_basis(basis, by=here.chief.person)
    consents.confirm_basis(basis, by=here.boss.person)
    assert actions.ask_supervisor(package, by=here.anna.person).state == PackageState.ASKED


@pytest.mark.parametrize("country", ["MD", "TR"])
def test_package_out_of_the_union_needs_a_ground(here, country):
    partner_country()
    package = drafted(here, pdf_wish(here, country=country))
    with pytest.raises(NoGroundOutside):
        actions.ask_supervisor(package, by=here.anna.person)
    with pytest.raises(GroundNotPossible):
        consents.record_ground(package, TransferGround.ADEQUACY, "Near", by=here.anna.person)
    for _again in range(2):
        consents.record_ground(package, TransferGround.VITAL, "Her life is in danger", by=here.anna.person)
    assert actions.ask_supervisor(package, by=here.anna.person).state == PackageState.ASKED


def test_decision_of_adequacy_is_a_ground(here):
    package = drafted(here, pdf_wish(here, country=partner_country(is_adequate=True)))
    consents.record_ground(package, TransferGround.ADEQUACY, "There is a decision", by=here.anna.person)
    assert actions.ask_supervisor(package, by=here.anna.person).state == PackageState.ASKED


def test_package_within_the_union_needs_no_ground(here):
    package = drafted(here, pdf_wish(here, country="DE"))
    assert actions.ask_supervisor(package, by=here.anna.person).state == PackageState.ASKED


def test_return_to_draft_lets_it_be_changed(here):
    package = actions.return_to_draft(asked(here), by=here.chief.person)
    package = wishes.change_wish(package, pdf_wish(here, office="Court"), by=here.anna.person)
    assert actions.read_contents(package, by=here.anna).office == "Court"


def test_drop_deletes_what_was_written(here):
    package = drafted(here)
    envelopes = [row.envelope_id for row in package.words.all()]
    wishes.drop_package(package, by=here.anna.person)
    assert not Package.objects.exists()
    assert not type(package.case.key).objects.filter(envelopes__in=envelopes).exists()


def test_drop_what_was_made_is_refused(here):
    with pytest.raises(PackageMoveNotPossible):
        wishes.drop_package(made(here).package, by=here.anna.person)


def test_file_goes_after_seven_days(here):
    package = made(here).package
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert erase_packages() == 0
        assert file_of(here, package)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        with pytest.raises(FileGone):
            file_of(here, package)
        assert erase_packages() == 1
        assert erase_packages() == 0
    assert not SealedFile.objects.filter(key=package.case.key).exists()
    assert Package.objects.get(pk=package.pk).state == PackageState.SENT


def test_file_is_counted_and_logged(here):
    package = made(here).package
    file_of(here, package)
    file_of(here, package)
    assert Package.objects.get(pk=package.pk).downloads == 2
    assert Entry.objects.filter(action="package.file_read").count() == 2
