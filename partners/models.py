"""The models of the slices, where Django looks for them."""

from partners.agreements.models import Agreement, AgreementParty, AgreementReminder
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.grants.models import FunderNotice
from partners.groups.models import GroupMember, WorkingGroup
from partners.help_lines.models import HelpLine
from partners.meetings.models import AgendaItem, Invitation, Meeting, MeetingSeries
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal
from partners.responsibilities.models import Responsibility

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementParty",
    "AgreementReminder",
    "ContactPoint",
    "Country",
    "CountryPart",
    "FunderNotice",
    "GroupMember",
    "HelpLine",
    "Invitation",
    "Meeting",
    "MeetingSeries",
    "Membership",
    "MembershipInvitation",
    "Network",
    "NetworkMember",
    "Organisation",
    "Proposal",
    "Responsibility",
    "WorkingGroup",
]
