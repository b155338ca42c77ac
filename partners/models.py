"""The models of the slices, where Django looks for them."""

from partners.activities.models import Activity, ActivityLink, Deviation, Evidence
from partners.agreements.models import Agreement, AgreementParty, AgreementReminder
from partners.deliverables.models import Deliverable, DeliverableReminder, DeliverableVersion
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.grants.models import FunderNotice, Grant, WorkPackage
from partners.groups.models import GroupMember, WorkingGroup
from partners.help_lines.models import HelpLine
from partners.meetings.models import AgendaItem, Invitation, Meeting, MeetingSeries
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal
from partners.minutes.models import Action, Attendance, Decision, ItemText, Minutes, Remark
from partners.responsibilities.models import Responsibility
from partners.targets.models import IndicatorTarget, MoneyTotal, Period, PlannedValue
from partners.values.models import HandEnteredValue, PeriodClosing, ValueCorrection, ValueReminder

__all__ = [
    "Action",
    "Activity",
    "ActivityLink",
    "AgendaItem",
    "Agreement",
    "AgreementParty",
    "AgreementReminder",
    "Attendance",
    "ContactPoint",
    "Country",
    "CountryPart",
    "Decision",
    "Deliverable",
    "DeliverableReminder",
    "DeliverableVersion",
    "Deviation",
    "Evidence",
    "FunderNotice",
    "Grant",
    "GroupMember",
    "HandEnteredValue",
    "HelpLine",
    "IndicatorTarget",
    "Invitation",
    "ItemText",
    "Meeting",
    "MeetingSeries",
    "Membership",
    "MembershipInvitation",
    "Minutes",
    "MoneyTotal",
    "Network",
    "NetworkMember",
    "Organisation",
    "Period",
    "PeriodClosing",
    "PlannedValue",
    "Proposal",
    "Remark",
    "Responsibility",
    "ValueCorrection",
    "ValueReminder",
    "WorkPackage",
    "WorkingGroup",
]
