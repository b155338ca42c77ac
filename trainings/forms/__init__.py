"""How what people type, or bring as a file, becomes clean data, one module a purpose."""

from trainings.forms.attendance import AttendanceForm, ReasonForm, WalkInForm
from trainings.forms.catalogue import SeminarFilterForm
from trainings.forms.certificates import CodeForm, CorrectionForm, FileForm, RevocationForm
from trainings.forms.courses import CourseForm, ModuleForm, QuestionnaireForm
from trainings.forms.figures import FiguresForm
from trainings.forms.importing import EncodingForm, UploadForm, confirmed, read_list, sealed, words_for_template
from trainings.forms.mailings import MailingForm, WordsForm
from trainings.forms.marks import Mark, Unreadable, read_marks
from trainings.forms.materials import MaterialForm
from trainings.forms.participants import CorrectForm, DeclineForm, ParticipantsFilterForm, PreferForm
from trainings.forms.questions import QuestionsForm
from trainings.forms.registering import ColleagueForm, GroupForm, OwnForm, RegistrationForm, VisitorForm, colleagues
from trainings.forms.seminars import CloneForm, LedSeminarForm, SeminarForm, SessionForm, SessionFormSet, sessions_of
from trainings.forms.sheets import BadFile, Fault, Unclear, read_sheet, template

__all__ = [
    "AttendanceForm",
    "BadFile",
    "CloneForm",
    "CodeForm",
    "ColleagueForm",
    "CorrectForm",
    "CorrectionForm",
    "CourseForm",
    "DeclineForm",
    "EncodingForm",
    "Fault",
    "FiguresForm",
    "FileForm",
    "GroupForm",
    "LedSeminarForm",
    "MailingForm",
    "Mark",
    "MaterialForm",
    "ModuleForm",
    "OwnForm",
    "ParticipantsFilterForm",
    "PreferForm",
    "QuestionnaireForm",
    "QuestionsForm",
    "ReasonForm",
    "RegistrationForm",
    "RevocationForm",
    "SeminarFilterForm",
    "SeminarForm",
    "SessionForm",
    "SessionFormSet",
    "Unclear",
    "Unreadable",
    "UploadForm",
    "VisitorForm",
    "WalkInForm",
    "WordsForm",
    "colleagues",
    "confirmed",
    "read_list",
    "read_marks",
    "read_sheet",
    "sealed",
    "sessions_of",
    "template",
    "words_for_template",
]
