from partners.forms.invitations import AcceptForm, InviteForm
from partners.forms.memberships import MembershipForm
from partners.forms.organisations import LogoField

__all__ = ["AcceptForm", "InviteForm", "LogoField", "MembershipForm"]
