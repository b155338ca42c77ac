from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.directory.models import Organisation
from partners.memberships.actions import invite_first_coordinator
from victor.access import System
from victor.accounts.errors import AccountRefusal


class Command(BaseCommand):
    help = "Invite one of the first two coordinators and print the link. From then on coordinators do this themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("organisation", help="the last part of the organisation's address, such as smile")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *args: object, email: str, organisation: str, language: str, **options: object) -> None:
        try:
            path = invite_first_coordinator(
                email=email,
                language=language,
                organisation=Organisation.objects.get(slug=organisation),
                by=System("invite_coordinator"),
            )
        except (AccountRefusal, Organisation.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(urljoin(settings.SITE_URL, path))
