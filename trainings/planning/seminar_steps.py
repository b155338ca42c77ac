"""A new seminar in three steps. What was typed on the others travels in hidden fields; nothing is stored before."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.forms.utils import ErrorDict, ErrorList
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from trainings.planning.actions import numbered_slug
from trainings.planning.forms import SLUG_LENGTH, PlanSeminarForm
from trainings.planning.session_forms import SeminarSessionFormSet, SessionFormSet
from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar
from victor.forms.numbers import read_digits
from victor.languages import local_text
from victor.publishing.search_keys import LETTERS
from victor.serbian import to_latin

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import Promise

    from victor.accounts.models import User

MAX_SESSIONS = 30
MAX_NUMBER = 99  # of seminars whose address begins alike
FILLED = "filled"  # the course has given its defaults, so that they do not come back once they were changed


@dataclass(frozen=True)
class Step:
    """A step: its name, and the fields that it asks for."""

    name: str | Promise
    fields: tuple[str, ...]
    has_sessions: bool = False


STEPS = (
    Step(_("The seminar"), ("organisation", "course", "language", "title", "summary")),
    Step(_("Time and place"), ("country", "place", "online"), has_sessions=True),
    Step(
        _("Participants"),
        (
            *("professions", "seats", "opens", "closes", "needs_approval", "offer_hours"),
            *("test", "needs_test", "share", "trainers", "helpers", "slug"),
        ),
    ),
)


class SeminarSteps:
    """The forms of a new seminar, as far as somebody has come. `number` is the step that is shown, from 1."""

    def __init__(self, data: MultiValueDict[str, str] | None, *, by: User) -> None:
        self.by, self.number = by, 1
        self.session_errors: list[str] = []  # of the sessions taken together, as far as this step shows them
        self.data = data.copy() if data is not None else None
        if self.data is not None:
            typed = self.data.get("step", "")
            self.number = min(max(read_digits(typed) or 1, 1), len(STEPS))
            self._take_title_of_course()
        self._bind()

    def _bind(self) -> None:
        self.form = PlanSeminarForm(self.data, instance=Seminar(), by=self.by)
        if self.data is not None:
            self.form.is_valid()  # first: sessions are read in the time zone of the country that it names
        self.sessions = cast("SessionFormSet", SeminarSessionFormSet(self.data, instance=self.form.instance))

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return STEPS[self.number - 1]

    @property
    def fields(self) -> list[BoundField]:
        """The fields of this step."""
        return [self.form[name] for name in self.step.fields]

    @property
    def carried(self) -> list[BoundField]:
        """The fields of the other steps, which travel hidden."""
        return [field for field in self.form if field.name not in self.step.fields]

    def is_valid(self) -> bool:
        """Whether everything of all steps can be saved. Else the first step with an error is shown."""
        if self.sessions.is_valid() and self.form.is_valid():
            return True
        self.session_errors = [str(error) for error in self.sessions.non_form_errors()]
        faulty = (number for number in range(1, len(STEPS) + 1) if self._has_errors(STEPS[number - 1]))
        self.number = next(faulty, len(STEPS))
        self._forget_errors_of_others()
        return False

    def turn(self, by: int) -> None:
        """Go to the next step, if this one has no error, or to the one before."""
        if by > 0 and self._has_errors(self.step):
            if self.step.has_sessions:
                self.session_errors = [str(error) for error in self.sessions.non_form_errors()]
            self._forget_errors_of_others()
            return
        if by > 0:
            self._fill_in()
        self.number = min(max(self.number + by, 1), len(STEPS))
        self.show_anew()

    def add_session(self) -> None:
        """Show one more session."""
        if self.data is None:
            return
        name = f"{self.sessions.prefix}-TOTAL_FORMS"
        total = read_digits(self.data.get(name, ""))
        if total is not None and total < MAX_SESSIONS:
            self.data[name] = str(total + 1)
        self.show_anew()

    def show_anew(self) -> None:
        """Show the step with what was typed, and without errors: nobody has finished it yet."""
        self._bind()
        form, sessions = cast("Any", self.form), cast("Any", self.sessions)
        form._errors = ErrorDict()
        sessions._non_form_errors, sessions._errors = ErrorList(), []
        for session in sessions.forms:
            session._errors = ErrorDict()

    def _has_errors(self, step: Step) -> bool:
        if any(name in self.form.errors for name in step.fields):
            return True
        return step.has_sessions and not self.sessions.is_valid()

    def _forget_errors_of_others(self) -> None:
        for name in set(self.form.errors) - {*self.step.fields, "__all__"}:
            del self.form.errors[name]

    def _take_title_of_course(self) -> None:
        """A seminar of a course is called like the course, unless somebody gives it another title."""
        data = cast("MultiValueDict[str, str]", self.data)
        course = self._course()
        for name in ("title", "summary") if course else ():
            if not data.get(name, "").strip():
                data[name] = local_text(course, name).text

    def _course(self) -> Course | None:
        number = read_digits(cast("MultiValueDict[str, str]", self.data).get("course", ""))
        return Course.objects.filter(pk=number).first() if number else None

    def _fill_in(self) -> None:
        """What follows from what was typed, where nothing else was typed yet."""
        data, course = cast("MultiValueDict[str, str]", self.data), self._course()
        if course and FILLED not in data:
            data[FILLED] = "yes"
            data.setlist("professions", course.professions)
            modules = [str(pk) for pk in course.modules.values_list("pk", flat=True)]
            data.setlist(f"{self.sessions.prefix}-0-modules", modules)
        first = data.get(f"{self.sessions.prefix}-0-starts", "")
        defaults = {
            "slug": propose_slug(data.get("title", ""), data.get("language", "")),
            "opens": timezone.localtime().strftime("%Y-%m-%dT%H:00"),
            "closes": first,
        }
        for name, value in defaults.items():
            if self.number > 1 and not data.get(name):
                data[name] = value


def propose_slug(title: str, language: str) -> str:
    """An address in Latin letters from a title, which no other seminar has."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", title.lower()) if not unicodedata.combining(sign))
    letters: dict[str, str] = LETTERS.get(language, {})
    latin = to_latin("".join(letters.get(sign, sign) for sign in plain))
    base = slugify(latin)[: SLUG_LENGTH - 3].strip("-")
    taken = set(Seminar.objects.filter(slug__startswith=base).values_list("slug", flat=True)) if base else set()
    return next((slug for slug in _numbered(base) if slug not in taken), "") if base else ""


def _numbered(base: str) -> list[str]:
    return [numbered_slug(base, number) for number in range(MAX_NUMBER)]
