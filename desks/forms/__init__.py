"""How does what was typed become clean data?"""

from desks.forms.conversation import DeletionForm, NoticeForm, ReceiptForm, RetypeForm, WordsForm
from desks.forms.draft import Draft
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
from desks.forms.intake import BehalfForm, ContactForm, WhatForm, WhoForm, told

__all__ = [
    "AssignForm",
    "BehalfForm",
    "ComposerForm",
    "ConcludeForm",
    "ContactForm",
    "DeletionForm",
    "Draft",
    "HandOverForm",
    "InboxFilterForm",
    "MergeForm",
    "NoticeForm",
    "ReasonForm",
    "ReceiptForm",
    "RetypeForm",
    "TranslationForm",
    "TriageForm",
    "WhatForm",
    "WhoForm",
    "WordsForm",
    "told",
]
