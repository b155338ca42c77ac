from partners.forms.invitations import AcceptForm, InviteForm
from partners.forms.memberships import MembershipForm
from partners.forms.organisations import OrganisationForm

__all__ = ["AcceptForm", "InviteForm", "MembershipForm", "OrganisationForm"]
