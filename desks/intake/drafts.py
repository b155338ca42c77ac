"""The report that is being written, over three screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.datastructures import MultiValueDict

from desks.intake import proof_of_work
from desks.intake.forms import ContactForm, WhatForm, WhoForm, WordedForm
from desks.reports.states import ReporterKind
from victor.forms.numbers import read_digits

SCREENS: tuple[type[WordedForm], ...] = (WhoForm, WhatForm, ContactForm)


class ReportDraft:
    """The three screens of one form. Nothing of it is stored: in no session and in no cookie.

    Whichever screen is shown, the answers of the others travel as hidden fields of its form. The ticket, which holds
    the receipt, is made with the second screen: the first is the same for everybody, and may be kept as a page.
    """

    def __init__(self, posted: MultiValueDict) -> None:
        self.posted = _without_default_language(posted) if posted.get("go") == "language" else posted
        self.screen_number = min(max(_screen_number(posted.get("at", "")), 0), len(SCREENS) - 1)
        self.ticket = posted.get("ticket", "")
        self.receipt = proof_of_work.receipt_of(self.ticket)
        self.is_complete = False
        self.form = self._show(*self._next_screen())
        if self.receipt is None and posted:
            self.ticket = proof_of_work.new_ticket()
            self.receipt = proof_of_work.receipt_of(self.ticket)

    @property
    def is_by_child(self) -> bool:
        """Whether a child writes: then the questions are put in words for children."""
        return self.posted.get("reporter") == ReporterKind.CHILD

    @property
    def is_danger(self) -> bool:
        """Whether somebody is in danger, as far as was said."""
        return self.posted.get("danger") == "yes"

    @property
    def looks_like_spam(self) -> bool:
        """Whether a field was filled in that nobody sees."""
        return bool(self.posted.get("decoy"))

    @property
    def hidden_answers(self) -> list[tuple[str, str]]:
        """What was answered on the other screens."""
        return self._posted_answers(screen for screen in SCREENS if screen is not type(self.form))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was answered on all screens."""
        return self._posted_answers(SCREENS)

    @property
    def answers(self) -> list[dict[str, object]]:
        """Clean answers of all screens, once it is complete."""
        return [form.cleaned_data for form in self.filled]

    def _posted_answers(self, screens: Iterable[type[WordedForm]]) -> list[tuple[str, str]]:
        names = [name for screen in screens for name in screen.base_fields]
        return [(name, value) for name in names for value in self.posted.getlist(name)]

    def _next_screen(self) -> tuple[int, WordedForm | None]:
        """Which screen comes next; with its form where that has to be corrected."""
        go = self.posted.get("go", "")
        if not self.posted or go == "danger":
            return 0, None
        if go == "back":
            return max(self.screen_number - 1, 0), None
        if go == "language":
            return self.screen_number, None
        self.filled = [self._build_form(number, self.posted) for number in range(self.screen_number + 1)]
        invalid = next((number for number, form in enumerate(self.filled) if not form.is_valid()), None)
        if invalid is not None:
            return invalid, self.filled[invalid]
        self.is_complete = self.screen_number == len(SCREENS) - 1
        return min(self.screen_number + 1, len(SCREENS) - 1), None

    def _show(self, number: int, invalid: WordedForm | None) -> WordedForm:
        self.screen_number = number
        return invalid or self._build_form(number)

    def _build_form(self, number: int, data: MultiValueDict | None = None) -> WordedForm:
        screen = SCREENS[number]
        initial = {name: self._posted_value(screen, name) for name in screen.base_fields if name in self.posted}
        return screen(data, initial=initial, for_child=self.is_by_child)

    def _posted_value(self, screen: type[WordedForm], name: str) -> object:
        return self.posted.getlist(name) if name == "ages" else self.posted.get(name)


def _without_default_language(posted: MultiValueDict) -> MultiValueDict:
    """What was typed in a language that is left; it is not the one of the answer only since it was offered first."""
    data = posted.copy()
    if data.get("speaks") == data.get("shown_in"):
        data.pop("speaks", None)
    return data


def _screen_number(text: str) -> int:
    return read_digits(text) or 0


def collect_answers(*answers: Mapping[str, object]) -> dict[str, object]:
    """All answers as they go into the vault, without what was left empty."""
    content = {name: value for part in answers for name, value in part.items() if value not in ("", [], None)}
    for name in ("notice", "way"):  # stored elsewhere
        content.pop(name, None)
    return content | {"danger": content.get("danger") == "yes"}
