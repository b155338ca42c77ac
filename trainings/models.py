"""What exists: the models of the slices, where Django looks for them."""

from trainings.attendance.models import Attendance, Correction
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.evaluation.models import (
    Item,
    Questionnaire,
    QuestionnaireInvitation,
    QuestionnaireItem,
    QuestionnaireSubmission,
    Response,
)
from trainings.mailings.models import Mailing, MailingText, Recipient
from trainings.registrations.models import Need, Registration, RegistrationGroup, RegistrationStep
from trainings.seminars.models import Quota, Seminar, Session, SessionModule

__all__ = [
    "Attendance",
    "Certificate",
    "CertificateOrder",
    "Correction",
    "Item",
    "Mailing",
    "MailingText",
    "Need",
    "Questionnaire",
    "QuestionnaireInvitation",
    "QuestionnaireItem",
    "QuestionnaireSubmission",
    "Quota",
    "Recipient",
    "Registration",
    "RegistrationGroup",
    "RegistrationStep",
    "Response",
    "Seminar",
    "Session",
    "SessionModule",
]
