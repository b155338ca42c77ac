from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partners.directory.models import Organisation
from partners.memberships.actions import grant_role
from partners.memberships.states import Role
from victor.access import System
from victor.accounts import demo

PEOPLE = [
    ("Ελένη Παπαδάκη", "el", Role.WORKER, "smile-of-the-child"),
    ("Νίκος Οικονόμου", "el", Role.SUPERVISOR, "smile-of-the-child"),
    ("Szabó Katalin", "hu", Role.TRAINER, "terre-des-hommes-budapest"),
    ("Мария Георгиева", "bg", Role.EDITOR, "nadja-centre-foundation"),
    ("Maja Žagar", "sl", Role.TRANSLATOR, "society-kljuc"),
    ("Anna Reed", "en", Role.COORDINATOR, "smile-of-the-child"),
    ("Ioana Popescu", "ro", Role.AUDITOR, "save-the-children-romania"),
    ("Jelena Ilić", "sr", Role.PRIVACY, "astra"),
    ("Олена Коваль", "uk", Role.PARTNER, "child-well-being-fund-ukraine"),
]
# A second desk has people of its own. Their addresses end as the country does: worker-bg@…
PEOPLE_OF_SECOND_DESK = [
    ("Десислава Петкова", "bg", Role.WORKER, "nadja-centre-foundation"),
    ("Стоян Илиев", "bg", Role.SUPERVISOR, "nadja-centre-foundation"),
]


class Command(BaseCommand):
    help = "Make the accounts of the demo, one for each role; print nothing of them. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        try:
            for name, language, role, slug in PEOPLE:
                self._make_account(name, language, role, slug, address=role)
            for name, language, role, slug in PEOPLE_OF_SECOND_DESK:
                self._make_account(name, language, role, slug, address=f"{role}-{language}")
        except (demo.NotADemo, Organisation.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason

    @transaction.atomic
    def _make_account(self, name: str, language: str, role: Role, slug: str, *, address: str) -> None:
        """One person, in a transaction of their own: hashing a password takes long."""
        organisation = Organisation.objects.get(slug=slug)
        user = demo.ensure_account(name=name, email=f"{address}@{demo.DOMAIN}", language=language)
        if not user.memberships.filter(organisation=organisation, role=role).exists():
            grant_role(user, organisation=organisation, role=role, by=System("load_demo_accounts"))
