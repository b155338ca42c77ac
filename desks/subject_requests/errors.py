"""What is refused about requests of the people concerned. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal


class IdentityNotChecked(DeskRefusal):
    """Nothing is granted to somebody who may be another person."""

    text = _("Check first who asks, and write down how. Only a refusal needs no proof.")


class AlreadyExtended(DeskRefusal):
    """Two months more are given once, and before the month is over."""

    text = _("The time can be extended once only, and only before it is over.")


class SecondPersonDecides(DeskRefusal):
    """Whoever received a request does not decide it."""

    text = _("You received this request yourself, so another supervisor decides.")


class KeptByLaw(DeskRefusal):
    """What the law keeps is not deleted because somebody asks for it."""

    text = _(
        "The law demands that this record is kept. Refuse the request and say why, or wait until the hold is lifted."
    )
