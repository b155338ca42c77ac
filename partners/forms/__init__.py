from partners.forms.invitations import AcceptForm, InviteForm
from partners.forms.memberships import MembershipForm

__all__ = ["AcceptForm", "InviteForm", "MembershipForm"]
