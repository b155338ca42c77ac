"""How does what was typed become clean data?"""

from desks.forms.inbox import (
    AssignForm,
    ComposerForm,
    ConcludeForm,
    HandOverForm,
    InboxFilterForm,
    MergeForm,
    ReasonForm,
    TranslationForm,
    TriageForm,
)

__all__ = [
    "AssignForm",
    "ComposerForm",
    "ConcludeForm",
    "HandOverForm",
    "InboxFilterForm",
    "MergeForm",
    "ReasonForm",
    "TranslationForm",
    "TriageForm",
]
