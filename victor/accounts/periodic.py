"""What the clock does with sessions, and with requests for a new password."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import override

from victor.accounts.emails import compose_reset_mail
from victor.accounts.models import PasswordReset


@shared_task(name="victor.accounts.periodic.clear_sessions")
def clear_sessions() -> None:
    """Delete sessions that have ended, and what was stored of them: the IP address and the browser."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@shared_task(name="victor.accounts.periodic.send_password_resets")
def send_password_resets() -> int:
    """Send the emails by which people set a new password. Return how many."""
    pending = PasswordReset.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_send_password_reset(pk) for pk in list(pending))


def _send_password_reset(pk: int) -> int:
    """Send one and delete the row. Nothing is sent where no account has the address, or another worker was first."""
    row = PasswordReset.objects.select_related("user").filter(pk=pk).first()
    if row is None:
        return 0
    user = row.user if row.user and row.user.is_active else None
    mail = compose_reset_mail(user, row.email) if user else None
    with override(user.language if user else None), transaction.atomic():
        deleted, _by_model = PasswordReset.objects.filter(pk=pk).delete()
        return mail.send() if deleted and mail else 0
