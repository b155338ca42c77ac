"""What is stored under a name keeps that name, whatever its class, field, function or module is called later.

`tests/stored_names.tsv` lists the names on which stored rows, log entries, messages of the broker and files of
translators depend. A line of it changes only with a migration that changes what was stored; a new name is added by
hand. What enters ciphertexts, stamps, seals and signatures is written out below: it never changes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings as project
from django.contrib.auth.models import Permission
from django.db import models
from django.test.utils import isolate_apps

from desks.alerts.states import AlertPurpose
from desks.cases import candidates
from desks.cases.states import CasePurpose
from desks.duty.rules import DutyGateway
from desks.enquiries import views as enquiries_views
from desks.imports.states import ImportPurpose
from desks.inbox.models import OriginalAccess, Translation
from desks.intake import proof_of_work
from desks.intake.behalf_form import BehalfForm
from desks.intake.receipt_keys import derive_receipt_keys
from desks.packages.states import PackagePurpose
from desks.referrals.models import Referral
from desks.referrals.states import ReferralPurpose
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import EnvelopePurpose
from desks.retention.models import Hold
from tests.test_architecture import OURS
from trainings.evaluation.pseudonyms import pseudonym
from trainings.participants import participant_lists
from trainings.registrations import tokens
from victor.access import ContactPerson, Invitee, OutsideReceiver, Participant, ReceiptHolder, Reporter, Visitor
from victor.accounts.models import User
from victor.audit.actions import digest_of, seal_of, seal_of_end
from victor.audit.models import Entry
from victor.celery import app
from victor.publishing.states import TextMove
from victor.publishing.translation import options, publishable_models
from victor.publishing.translation_units import TranslationUnit
from victor.stored_names import NoStoredName, stored_name, stored_reference
from victor.vault.groups.models import Group, KeyRotation, Member, Officer, RecoveryRequest
from victor.vault.keys.keyring import owner_label, verify_stamp
from victor.vault.keys.models import Key, PasskeyLock, PersonalKey, Stamped
from victor.vault.passkeys import actions as passkeys_actions
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.passphrases import middleware, sessions
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo
from victor.vault.records.models import Envelope, SealedFile

TABLE = Path(__file__).with_name("stored_names.tsv")
PACKAGES = {"victor", "partners", "desks", "trainings", "campaigns"}
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
FIRST, SECOND, THIRD = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2, 3))
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of nothing


def calls(*names: str) -> Iterator[ast.Call]:
    """The calls of these functions in our code."""
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                yield node


def literals(node: ast.expr) -> Iterator[str]:
    """The strings that an argument can be; `{}` stands for what is put in."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def first_arguments(*names: str) -> dict[str, str]:
    """The strings with which these functions are called."""
    return {name: "" for call in calls(*names) if call.args for name in literals(call.args[0])}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]


def our_tasks() -> dict[str, str]:
    app.loader.import_default_modules()
    return {name: "" for name in app.tasks if not name.startswith(("celery.", "tests."))}


def choices(field: models.Field) -> list[str]:
    """The values that a column can have; those of a language are its code."""
    field = getattr(field, "base_field", field)
    values = [str(value) for value, _words in field.flatchoices] if field.choices else []
    languages = [[code for code, _name in listed] for listed in (project.LANGUAGES, project.CONTENT_LANGUAGES)]
    return [] if values in languages else values


def stored_values() -> dict[str, str]:
    return {
        f"{stored_name(model)}.{field.name}": " ".join(value or '""' for value in values)
        for model in our_models()
        for field in model._meta.local_fields
        if (values := choices(field))
    }


OUTSIDERS = [Visitor, Reporter, ReceiptHolder, Participant, ContactPerson, Invitee, OutsideReceiver, DutyGateway]
COLLECTORS: dict[str, Callable[[], dict[str, str]]] = {
    "model": lambda: {stored_name(model): "" for model in our_models()},
    "task": our_tasks,
    "schedule": lambda: {name: entry["task"] for name, entry in app.conf.beat_schedule.items()},
    "action": lambda: first_arguments("record", "record_hourly", "log"),
    "actor": lambda: first_arguments("System") | {kind.stored_name: "" for kind in OUTSIDERS},
    "event": lambda: first_arguments("info", "warning", "exception", "error"),
    "values": stored_values,
    "move of a text": lambda: {str(move): "" for move in TextMove},
    "texts": lambda: {name: " ".join(options(model).texts) for name, model in publishable_models().items()},
    "purpose": lambda: {
        str(purpose): ""
        for purposes in (AlertPurpose, EnvelopePurpose, CasePurpose, ReferralPurpose, PackagePurpose, ImportPurpose)
        for purpose in purposes
    },
    "answer": lambda: dict.fromkeys(BehalfForm.base_fields, ""),
    "backend of a session": lambda: dict.fromkeys(project.AUTHENTICATION_BACKENDS, ""),
}


def listed(kind: str) -> dict[str, str]:
    rows = [line.split("\t") for line in TABLE.read_text().splitlines()[1:]]
    return {name: value for of_kind, name, value in rows if of_kind == kind}


@pytest.fixture
def keys(settings) -> None:
    """Keys that never change, so that what is made with them can be written out."""
    settings.SECRET_KEY = settings.AUDIT_KEY = settings.RECEIPT_KEY = "a key of this test"
    settings.RECEIPT_COST = (1, 8 * 1024 * 1024)


def registration() -> SimpleNamespace:
    return SimpleNamespace(pk=7, email="Ana@example.org", seminar_id=3)


def entry() -> Entry:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    written = {"action": "report.read", "actor": "accounts.user:7", "object": "desks.report:1", "details": "{}"}
    return Entry(sequence=5, at=moment, **written)


@pytest.mark.parametrize("kind", COLLECTORS)
def test_collect_names_of_a_kind_gives_those_of_the_table(kind):
    assert COLLECTORS[kind]() == listed(kind), "keep what is stored; a new name gets a line in tests/stored_names.tsv"


def test_name_two_models_gives_two_names():
    assert len({stored_name(model) for model in our_models()}) == len(our_models())


def test_declare_task_without_a_written_name_fails():
    decorated = [
        ast.unparse(decorator)
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text()))
        for decorator in getattr(node, "decorator_list", [])
        if "shared_task" in ast.unparse(decorator)
    ]
    assert [decorator for decorator in decorated if "name=" not in decorator] == []


def test_schedule_task_names_one_that_exists():
    assert {planned["task"] for planned in app.conf.beat_schedule.values()} - set(our_tasks()) == set()


def test_name_model_that_declares_none_is_refused():
    with pytest.raises(NoStoredName):
        stored_name(Permission)


@isolate_apps("desks")
def test_name_model_whose_parent_declares_one_is_refused():
    class Letter(Report):
        class Meta:
            app_label, proxy = "desks", True

    with pytest.raises(NoStoredName):
        stored_name(Letter)


@isolate_apps("desks")
def test_refer_to_renamed_model_gives_the_name_of_before():
    class Letter(models.Model):
        stored_name = "desks.report"

        class Meta:
            app_label = "desks"

        def __str__(self) -> str:
            return "a letter"

    assert stored_reference(Letter(pk=5)) == "desks.report:5"


@pytest.mark.parametrize(
    ("bound", "context"),
    [
        (records_actions.context_of(Envelope(pk=ONE, key_id=TWO, purpose="note")), f"envelope:{FIRST}:{SECOND}:note"),
        (records_actions.context_of(SealedFile(pk=ONE, key_id=TWO)), f"sealedfile:{FIRST}:{SECOND}:"),
        (
            records_actions.context_of(SealedFile(pk=ONE, key_id=TWO), records_actions.ABOUT),
            f"sealedfile:{FIRST}:{SECOND}:about",
        ),
        (passphrases_actions.personal_context(PersonalKey(key_id=ONE)), f"personal:{FIRST}"),
        (passkeys_actions.passkey_context(PasskeyLock(passkey_id=4, personal_id=ONE)), f"passkey:4:{FIRST}"),
        (
            sessions.session_context(SimpleNamespace(session_key="abc"), PersonalKey(key_id=ONE, salt=b"\x01\x02")),
            f"session:abc:{FIRST}:0102",
        ),
    ],
)
def test_bind_ciphertext_gives_the_context_of_before(bound, context):
    assert bound == context


@pytest.mark.parametrize(
    ("row", "stamped_values"),
    [
        (Key(pk=ONE, kind="group", owner=f"vault.group:{TWO}", public=b"\x03"), f"group:vault.group:{SECOND}:03"),
        (
            KeyRotation(pk=ONE, old_key_id=TWO, target_id=THREE, record_keys=[ONE, TWO]),
            f"{SECOND}:{THIRD}:{FIRST}:{SECOND}",
        ),
        (Envelope(pk=ONE, key_id=TWO, purpose="note", sealed_key=b"", content=b""), f"{SECOND}:note:{EMPTY}"),
        (SealedFile(pk=ONE, key_id=TWO, file="x", size=9, sealed_key=b"", about=b""), f"{SECOND}:x:9:{EMPTY}"),
    ],
    ids=["vault.key", "vault.resealing", "vault.envelope", "vault.sealedfile"],
)
def test_check_stamp_of_before_accepts_it(row, stamped_values, request):
    row.stamp = seal_of(f"{request.node.callspec.id}:{FIRST}:{stamped_values}")
    assert verify_stamp(row) is row


MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "stamped"),
    [
        (
            Report(pk=ONE, key_id=TWO, desk_id=4, channel="web", receipt_digest=b"\x01\x02"),
            f"desks.report:{FIRST}:{SECOND}:4:web:0102",
        ),
        (
            Referral(pk=ONE, key_id=TWO, case_id=THREE, from_desk_id=4, to_desk_id=5, author_id=7, sent_at=MOMENT),
            f"desks.referral:{FIRST}:{SECOND}:None:{THIRD}:None:4:5:None:service::draft::7:None"
            ":2026-03-01T12:00:00+00:00::",
        ),
        (
            Referral(pk=ONE, kind="report", report_id=TWO, from_desk_id=4, to_desk_id=5, author_id=7, state="ready"),
            f"desks.referral:{FIRST}:None:None:None:None:4:5:None:report::ready::7:None::::{SECOND}",
        ),
        (
            RecoveryRequest(pk=ONE, group_id=TWO, user_id=7, key_id=THREE, expires_at=MOMENT),
            f"vault.ceremony:{FIRST}:{SECOND}:7:{THIRD}:2026-03-01T12:00:00+00:00",
        ),
        (
            PasskeyLock(passkey_id=4, personal_id=ONE, credential=b"\x01", salt=b"\x02", locked=""),
            f"vault.passkeylock:4:{FIRST}:01:02:{EMPTY}",
        ),
        (
            Message(report_id=ONE, envelope_id=TWO, voice="note", author_id=7, written_at=MOMENT),
            f"desks.message:{FIRST}:{SECOND}:note:7:2026-03-01T12:00:00+00:00",
        ),
        (Attachment(message_id=4, original_id=ONE, clean_id=TWO), f"desks.attachment:4:{FIRST}:{SECOND}:None"),
        (
            Translation(report_id=ONE, source_id=TWO, envelope_id=THREE, language="el", written_at=MOMENT),
            f"desks.translation:{FIRST}:{SECOND}:{THIRD}:el:None:2026-03-01T12:00:00+00:00",
        ),
        (
            OriginalAccess(attachment_id=4, reason_id=ONE, asked_by_id=7, granted_by_id=8, granted_at=MOMENT),
            f"desks.originalaccess:4:{FIRST}:7:8:2026-03-01T12:00:00+00:00:None",
        ),
        (
            Hold(report_id=ONE, reason_id=TWO, by_id=7, since=MOMENT),
            f"desks.hold:{FIRST}:{SECOND}:7:2026-03-01T12:00:00+00:00",
        ),
        (Member(group_id=ONE, user_id=7), f"vault.member:{FIRST}:7"),
        (Officer(group_id=ONE, user_id=7, key_id=TWO), f"vault.officer:{FIRST}:7:{SECOND}"),
    ],
)
def test_check_stamp_of_a_member_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row


STAMPED_MODELS = Path(__file__).with_name("stamped_models.txt").read_text().split()


def test_stamp_model_that_is_not_written_out_above_fails():
    stamped = {stored_name(model) for model in our_models() if issubclass(model, Stamped)}
    assert stamped == set(STAMPED_MODELS)


def test_own_key_of_a_person_gives_the_name_of_before():
    assert owner_label(User(pk=7)) == "accounts.user:7"


def test_own_key_of_a_group_gives_the_name_of_before():
    assert owner_label(Group(pk=ONE)) == f"vault.group:{FIRST}"


def test_describe_sealed_file_keeps_the_order():
    assert FileInfo._fields == ("name", "type", "seconds", "missing")


def test_name_text_for_translators_gives_the_name_of_before():
    assert TranslationUnit("pages.page", 4, 2, "title", "", "").name == "pages.page.4.2.title"


def test_digest_entry_gives_the_value_of_before():
    expected = "a34ad0c3b0becb7d99edd3e310d2699bd0619a5744b829b4ab2f943ff935ebea"
    assert digest_of(entry(), previous="0") == expected


def test_seal_digest_gives_the_value_of_before(keys):
    assert seal_of("x") == "8204aa4dbfe82b911d1354c3a0cd64084ff42ed18b915594ae014870863aabd0"


def test_seal_end_of_the_chain_gives_the_value_of_before(keys):
    last = entry()
    last.digest = "a34ad0c3b0becb7d99edd3e310d2699bd0619a5744b829b4ab2f943ff935ebea"
    assert seal_of_end(last) == "23c49befac8e00848a09af495cc0f5d77c04f687fcde54ca9fed3b92dab05867"


def test_derive_from_receipt_gives_the_lookup_of_before(keys):
    assert (
        derive_receipt_keys(5).receipt_digest.hex()
        == "0f883326eba1aa7452e749f680351dc6009bee2db43ee748bfab2fa2fc6461d4"
    )


def test_derive_from_receipt_gives_the_key_of_before(keys):
    assert (
        derive_receipt_keys(5).private.public.hex()
        == "7dfd4c47593c4e7e38105618f364d33ebd7b20b45873d42388ab043b1f4ef948"
    )


def test_make_pseudonym_gives_the_one_of_before(keys):
    assert pseudonym(registration()) == "3118a323262a92d4434f41da2457d912d28e3ce8c0d7786d48a9568d9e65dd3e"


def test_make_pseudonym_of_one_stage_gives_the_one_of_before(keys):
    expected = "bd3a88c6982363df906cb08ef88dc693bb96abdd9123723009eff52809b3a17d"
    assert pseudonym(registration(), "reaction") == expected


def test_sign_address_of_a_place_gives_the_one_of_before(keys):
    assert tokens.place_token(registration()) == "7:-pd_mVb3V331IRJevj7twyGBX5hqdt5dweEBi6aU0wo"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (tokens.CHECK_IN_SIGNER.salt, "trainings.check_in"),
        (proof_of_work.SIGNER.salt, "desks.report"),
        (candidates.SALT, "desks.cases.searched"),
        (enquiries_views.SIGNER.salt, "desks.enquiries"),
        (participant_lists.SEAL_SALT, "trainings.importing"),
    ],
)
def test_sign_for_a_purpose_uses_the_salt_of_before(name, expected):
    assert name == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (sessions.SESSION_KEY, "vault"),
        (enquiries_views.LAST_ENQUIRY, "last_enquiry"),
        (middleware.COOKIE, "vault"),
        (project.SESSION_COOKIE_NAME, "sessionid"),
        (project.CSRF_COOKIE_NAME, "csrftoken"),
        (project.LANGUAGE_COOKIE_NAME, "django_language"),
    ],
)
def test_remember_in_a_browser_uses_the_name_of_before(name, expected):
    assert name == expected
