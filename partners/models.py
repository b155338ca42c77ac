"""The models of the slices, where Django looks for them."""

from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.grants.models import FunderNotice
from partners.help_lines.models import HelpLine
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal

__all__ = [
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
]
