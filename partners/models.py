"""The models of the slices, where Django looks for them."""

from partners.agreements.models import Agreement, AgreementParty, AgreementReminder
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.grants.models import FunderNotice
from partners.help_lines.models import HelpLine
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal
from partners.responsibilities.models import Responsibility

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementReminder",
    "ContactPoint",
    "Country",
    "CountryPart",
    "FunderNotice",
    "HelpLine",
    "Membership",
    "MembershipInvitation",
    "Network",
    "NetworkMember",
    "Organisation",
    "Proposal",
    "Responsibility",
]
