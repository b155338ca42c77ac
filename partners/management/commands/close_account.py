from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.memberships.offboarding import close_account_from_shell
from victor.access import System
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User


class Command(BaseCommand):
    help = "Close the account of a coordinator where two other coordinators who could do it are not left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        try:
            user = User.objects.get_by_natural_key(email)
            close_account_from_shell(user, by=System("close_account"))
        except (AccountRefusal, User.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"{user.email}: closed")
