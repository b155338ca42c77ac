"""Signs that are no text: control signs, halves of letters, and places that Unicode keeps free.

XML allows none of them, so one would break a feed, a calendar or a spreadsheet for everybody.
"""

from __future__ import annotations

import re

LINES = re.compile("\x0b|\x0c|\x85|\u2028|\u2029")  # what ends a line in other programs, such as Shift+Enter in Word
NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\ufff9-\ufffb]"
    "|[" + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 17)) + "]"
)


def clean_signs(text: str) -> str:
    """The text without signs that are no text. Another program's end of a line becomes ours."""
    return NO_TEXT.sub("", LINES.sub("\n", text))
