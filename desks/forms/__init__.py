"""How does what was typed become clean data?"""

from desks.forms.conversation import DeletionForm, NoticeForm, ReceiptForm, RetypeForm, WordsForm
from desks.forms.desks import DeskForm
from desks.forms.draft import Draft
from desks.forms.enquiries import EnquiryForm
from desks.forms.figures import PeriodForm
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
from desks.forms.retention import HoldForm, RuleForm

__all__ = [
    "AssignForm",
    "BehalfForm",
    "ComposerForm",
    "ConcludeForm",
    "ContactForm",
    "DeletionForm",
    "DeskForm",
    "Draft",
    "EnquiryForm",
    "HandOverForm",
    "HoldForm",
    "InboxFilterForm",
    "MergeForm",
    "NoticeForm",
    "PeriodForm",
    "ReasonForm",
    "ReceiptForm",
    "RetypeForm",
    "RuleForm",
    "TranslationForm",
    "TriageForm",
    "WhatForm",
    "WhoForm",
    "WordsForm",
    "told",
]
