from trainings.forms.catalogue import SeminarFilterForm
from trainings.forms.courses import CourseForm, ModuleForm, QuestionnaireForm
from trainings.forms.materials import MaterialForm
from trainings.forms.seminars import CloneForm, LedSeminarForm, SeminarForm, SessionForm, SessionFormSet, sessions_of

__all__ = [
    "CloneForm",
    "CourseForm",
    "LedSeminarForm",
    "MaterialForm",
    "ModuleForm",
    "QuestionnaireForm",
    "SeminarFilterForm",
    "SeminarForm",
    "SessionForm",
    "SessionFormSet",
    "sessions_of",
]
