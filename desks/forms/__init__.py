from desks.forms.conversation import DeletionForm, NoticeForm, ReceiptForm, RetypeForm, WordsForm
from desks.forms.draft import Draft
from desks.forms.intake import BehalfForm, ContactForm, WhatForm, WhoForm, told

__all__ = [
    "BehalfForm",
    "ContactForm",
    "DeletionForm",
    "Draft",
    "NoticeForm",
    "ReceiptForm",
    "RetypeForm",
    "WhatForm",
    "WhoForm",
    "WordsForm",
    "told",
]
