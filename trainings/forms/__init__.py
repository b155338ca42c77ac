"""How what people type, or bring as a file, becomes clean data, one module a purpose."""

from trainings.forms.importing import EncodingForm, UploadForm, confirmed, read_list, sealed, words_for_template
from trainings.forms.participants import CorrectForm, DeclineForm, ParticipantsFilterForm, PreferForm
from trainings.forms.registering import ColleagueForm, GroupForm, RegistrationForm, VisitorForm, colleagues
from trainings.forms.sheets import BadFile, Fault, Unclear, read_sheet, template

__all__ = [
    "BadFile",
    "ColleagueForm",
    "CorrectForm",
    "DeclineForm",
    "EncodingForm",
    "Fault",
    "GroupForm",
    "ParticipantsFilterForm",
    "PreferForm",
    "RegistrationForm",
    "Unclear",
    "UploadForm",
    "VisitorForm",
    "colleagues",
    "confirmed",
    "read_list",
    "read_sheet",
    "sealed",
    "template",
    "words_for_template",
]
