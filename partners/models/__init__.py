from partners.models.country import Country, CountryPart
from partners.models.help_line import HelpLine
from partners.models.membership import ContactPoint, Membership, MembershipInvitation
from partners.models.network import Network, NetworkMember
from partners.models.organisation import Organisation

__all__ = [
    "ContactPoint",
    "Country",
    "CountryPart",
    "HelpLine",
    "Membership",
    "MembershipInvitation",
    "Network",
    "NetworkMember",
    "Organisation",
]
