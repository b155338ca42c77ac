"""What can be asked, one module an aggregate."""

from trainings.querysets.certificates import CertificateOrderQuerySet, CertificateQuerySet
from trainings.querysets.courses import CourseQuerySet, ModuleQuerySet
from trainings.querysets.mailings import MailingQuerySet, RecipientQuerySet
from trainings.querysets.questionnaires import ItemQuerySet, QuestionnaireQuerySet, ResponseQuerySet
from trainings.querysets.registrations import NeedQuerySet, RegistrationQuerySet, folded
from trainings.querysets.seminars import SeminarQuerySet, SessionMaterialQuerySet

__all__ = [
    "CertificateOrderQuerySet",
    "CertificateQuerySet",
    "CourseQuerySet",
    "ItemQuerySet",
    "MailingQuerySet",
    "ModuleQuerySet",
    "NeedQuerySet",
    "QuestionnaireQuerySet",
    "RecipientQuerySet",
    "RegistrationQuerySet",
    "ResponseQuerySet",
    "SeminarQuerySet",
    "SessionMaterialQuerySet",
    "folded",
]
