"""What the clock does with sessions."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command


@shared_task(name="victor.accounts.periodic.clear_sessions")
def clear_sessions() -> None:
    """Delete sessions that have ended, and what was stored of them: the IP address and the browser."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
