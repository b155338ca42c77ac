"""What has become of somebody, as a message to the colleague who pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from trainings.participants.presenters import waiting_position
from trainings.registrations.states import RegistrationState

if TYPE_CHECKING:
    from trainings.registrations.models import Registration


def move_message(registration: Registration) -> str:
    """What has become of somebody after a colleague's step, in words."""
    texts = {
        RegistrationState.CONFIRMED: _("%(name)s has a place and has been told by email."),
        RegistrationState.WAITING: _("%(name)s is number %(position)s on the waiting list and has been told by email."),
        RegistrationState.OFFERED: _("A place is offered to %(name)s, who has been told by email."),
        RegistrationState.DECLINED: _("The registration of %(name)s is declined. They have been told by email."),
        RegistrationState.LEFT: _("The place of %(name)s is cancelled. They have been told by email."),
    }
    text = texts.get(RegistrationState(registration.state), _("Saved."))
    return text % {"name": registration.name, "position": waiting_position(registration)}
