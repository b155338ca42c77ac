"""How does what was typed become clean data?"""

from trainings.forms.attendance import CorrectionForm, ReasonForm, WalkInForm
from trainings.forms.marks import Mark, Unreadable, read_marks

__all__ = [
    "CorrectionForm",
    "Mark",
    "ReasonForm",
    "Unreadable",
    "WalkInForm",
    "read_marks",
]
