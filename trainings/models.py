"""What exists: the models of the slices, where Django looks for them."""

from trainings.attendance.models import Attendance, Correction
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.evaluation.models import Asked, HandedIn, Item, Questionnaire, QuestionnaireItem, Response
from trainings.mailings.models import Mailing, MailingText, Recipient
from trainings.registrations.models import Group, Need, Registration, Step
from trainings.seminars.models import Quota, Seminar, Session, SessionModule

__all__ = [
    "Asked",
    "Attendance",
    "Certificate",
    "CertificateOrder",
    "Correction",
    "Group",
    "HandedIn",
    "Item",
    "Mailing",
    "MailingText",
    "Need",
    "Questionnaire",
    "QuestionnaireItem",
    "Quota",
    "Recipient",
    "Registration",
    "Response",
    "Seminar",
    "Session",
    "SessionModule",
    "Step",
]
