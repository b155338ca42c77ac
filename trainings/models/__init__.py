from trainings.models.attendance import Attendance, Correction
from trainings.models.certificate import Certificate, CertificateOrder, certificates
from trainings.models.course import Course, Module
from trainings.models.mailing import Mailing, MailingText, Recipient
from trainings.models.questionnaire import Asked, HandedIn, Item, Questionnaire, QuestionnaireItem, Response, answers
from trainings.models.registration import Group, Need, Registration, Step
from trainings.models.seminar import Quota, Seminar, Session, SessionMaterial

__all__ = [
    "Asked",
    "Attendance",
    "Certificate",
    "CertificateOrder",
    "Correction",
    "Course",
    "Group",
    "HandedIn",
    "Item",
    "Mailing",
    "MailingText",
    "Module",
    "Need",
    "Questionnaire",
    "QuestionnaireItem",
    "Quota",
    "Recipient",
    "Registration",
    "Response",
    "Seminar",
    "Session",
    "SessionMaterial",
    "Step",
    "answers",
    "certificates",
]
