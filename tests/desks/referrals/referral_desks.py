"""Two desks of two countries with an agreement between them, and referrals from one to the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desks.cases.code_lists import Block
from desks.cases.models import Case
from desks.desk.models import Desk
from desks.referrals import actions, consents, sharing, wishes
from desks.referrals.code_lists import CONSENT_POINTS, ConsentWay, FieldGroup, Giver, SharingPurpose
from desks.referrals.consents import ConsentFacts
from desks.referrals.models import Referral
from desks.referrals.wishes import Choice, Wish
from partners.agreements.states import Gate
from partners.directory.models import Country
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk
from tests.partners.agreements.signed_agreements import make_agreement
from victor.vault.keys.keyring import UnlockedVault

NAME = "Zornitsa"
STREET = "Ulitsa Pirin 12"
LETTER = "She likes drawing"
GROUPS = frozenset({FieldGroup.IDENTITY, FieldGroup.CONTACT})


class ReferralDesks:
    """Athens refers, Sofia receives."""

    def __init__(self, sender: str = "athens", receiver: str = "sofia") -> None:
        self.athens, self.sofia = CaseDesk(sender), CaseDesk(receiver)
        bulgaria, _made = Country.objects.get_or_create(
            code="BG", defaults={"name": "Bulgaria", "name_en": "Bulgaria", "time_zone": "Europe/Sofia"}
        )
        for here, country in ((self.athens, self.athens.desk.country), (self.sofia, bulgaria)):
            Desk.objects.filter(pk=here.desk.pk).update(country=country)
            here.desk = Desk.objects.get(pk=here.desk.pk)
        Membership.objects.filter(user=self.sofia.ben.person, role=Role.WORKER).update(intake=True)
        make_agreement(self.athens.organisation, self.sofia.organisation, gates=[Gate.REFERRALS])

    def case(self) -> Case:
        """A case at Athens, with a name and an address."""
        child = {Block.IDENTITY: {"given": NAME, "family": "Ilieva"}, Block.CONTACT: {"address": STREET}}
        return self.athens.case(child=child)


def wish(desks: ReferralDesks, **given: Any) -> Wish:
    """A safe place, for ninety days."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "to_desk": desks.sofia.desk,
        "purpose": SharingPurpose.SAFE_PLACE,
        "until": today + timedelta(days=60),
        "feedback_on": today + timedelta(days=30),
    }
    return Wish(**facts | given)


def consent(**given: Any) -> ConsentFacts:
    """The child has said yes seven times."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "giver": Giver.CHILD,
        "way": ConsentWay.SPOKEN,
        "language": "bg",
        "points": dict.fromkeys(CONSENT_POINTS, True),
        "groups": GROUPS,
        "valid_from": today,
        "valid_to": today + timedelta(days=80),
        "view": "She wants to go to her aunt",
        "explained": "With pictures",
    }
    return ConsentFacts(**facts | given)


def drafted(desks: ReferralDesks, case: Case | None = None, **given: Any) -> Referral:
    """A draft with its groups and a consent."""
    by = desks.athens.anna.person
    referral = wishes.start_referral(case or desks.case(), wish(desks, **given), by=by)
    referral = wishes.choose_groups(referral, Choice(GROUPS, message=LETTER), by=by)
    consents.record_consent(referral, consent(), by=by)
    return referral


def ready(desks: ReferralDesks, case: Case | None = None, *, by: UnlockedVault | None = None) -> Referral:
    """What was chosen is copied."""
    return sharing.prepare_referral(drafted(desks, case), by=by or desks.athens.anna)


def sent(desks: ReferralDesks, case: Case | None = None) -> Referral:
    """A supervisor has sent it."""
    return actions.send_referral(ready(desks, case), by=desks.athens.chief.person)


def accepted(desks: ReferralDesks, case: Case | None = None) -> Referral:
    """The other desk takes part."""
    return actions.accept_referral(sent(desks, case), by=desks.sofia.ben)


def own_case(desks: ReferralDesks) -> Case:
    """A case that Sofia has opened of the same child."""
    return desks.sofia.case(child={Block.IDENTITY: {"given": NAME}})
