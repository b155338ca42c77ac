"""Ten thousand people over four hundred seminars, as uneven as people are."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from model_bakery import baker

from partners.directory.models import Country, Organisation
from tests.people import organisation
from trainings.attendance.models import Attendance
from trainings.evaluation.models import Questionnaire, Response
from trainings.registrations.models import Registration
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar, Session
from trainings.seminars.states import Profession

ATHENS = ZoneInfo("Europe/Athens")
ZONES = {"GR": "Athens", "BG": "Sofia", "RO": "Bucharest", "HU": "Budapest", "SI": "Ljubljana"}
ZONES |= {"RS": "Belgrade", "MD": "Chisinau", "UA": "Kyiv"}


def _update_planner_statistics() -> None:
    """Without them PostgreSQL may choose a nested loop over all registrations, which takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class YearOfSeminars:
    """Seminars of 2027 that are over by its end, those who came, and their answers."""

    def __init__(self, *, seminars: int = 400, persons: int = 10_000) -> None:
        self.random = random.Random(5)
        self.hosts = [organisation(f"host-{number}") for number in range(6)]
        self.countries = [self._country(code) for code in ZONES]
        self.courses = [baker.make(Course, slug=f"course-{number}", title_en=f"Course {number}") for number in range(5)]
        self.seminars = Seminar.objects.bulk_create(self._seminar(number) for number in range(seminars))
        self.sessions = Session.objects.bulk_create(each for seminar in self.seminars for each in self._days(seminar))
        self.registrations = Registration.objects.bulk_create(self._registrations(persons))
        Attendance.objects.bulk_create(self._attendances(), batch_size=5000)
        Response.objects.bulk_create(self._responses(), batch_size=5000)
        _update_planner_statistics()

    def _country(self, code: str) -> Country:
        given = {"name_en": code, "time_zone": f"Europe/{ZONES[code]}", "in_partnership": True}
        return Country.objects.get_or_create(code=code, defaults=given)[0]

    def _host(self) -> Organisation:
        return self.random.choice(self.hosts)

    def _seminar(self, number: int) -> Seminar:
        first = datetime(2027, 1, 1, tzinfo=ATHENS) + timedelta(days=self.random.randrange(360), hours=8)
        given = {"course": self.random.choice([*self.courses, None]), "organisation": self._host(), "language": "el"}
        given |= {"country": self.random.choice(self.countries), "seats": 100, "cancelled": number % 40 == 0}
        given |= {"opens": first - timedelta(days=60), "closes": first, "title_en": f"Seminar {number}"}
        seminar = Seminar(slug=f"seminar-{number}", **given)
        seminar.first = first
        return seminar

    def _days(self, seminar: Seminar) -> list[Session]:
        days = [seminar.first + timedelta(days=number) for number in range(self.random.choice([1, 2, 3]))]
        return [Session(seminar=seminar, starts=day, ends=day + timedelta(hours=3.5)) for day in days]

    def _registrations(self, persons: int) -> list[Registration]:
        return [each for number in range(persons) for each in self._somebody(number)]

    def _somebody(self, number: int) -> list[Registration]:
        """The same person at one seminar or at two, and a capital letter does not make another one."""
        known = {"profession": self._uneven(Profession), "organisation_type": self._uneven(OrganisationType)}
        known |= {"sex": self.random.choice(list(Sex)), "country": self.random.choice([*self.countries, None])}
        known |= {"name": f"Person {number}", "organisation": "Police", "language": "el", "state": "confirmed"}
        chosen = self.random.sample(self.seminars, self.random.choice([1, 1, 1, 2]))
        names = ["person", "Person"]
        made = [
            Registration(seminar=seminar, email=f"{name}{number}@example.org", **known)
            for seminar, name in zip(chosen, names, strict=False)
        ]
        made[-1].profession = self._uneven(Profession)
        return made

    def _uneven(self, choices: type) -> str:
        values = list(choices)
        return values[min(int(self.random.expovariate(0.3)), len(values) - 1)]

    def _attendances(self) -> list[Attendance]:
        days: dict[int, list[Session]] = {}
        for session in self.sessions:
            days.setdefault(session.seminar_id, []).append(session)
        return [
            Attendance(registration=each, session=session, method="list")
            for each in self.registrations
            for session in days[each.seminar_id]
            if self.random.random() < 0.8
        ]

    def _responses(self) -> list[Response]:
        asked = baker.make(Questionnaire, code="asked", stages=["before", "after"])
        return [each for number in range(4000) for each in self._answers(number, asked)]

    def _answers(self, number: int, asked: Questionnaire) -> list[Response]:
        given = {"seminar": self.random.choice(self.seminars), "questionnaire": asked}
        given |= {"key": f"{number:064}", "complete": self.random.random() < 0.9}
        useful, used = {"reaction-useful": self.random.randint(1, 5)}, {"follow-up-used": self.random.randint(0, 1)}
        stages = {"before": (40, {}), "after": (90, {}), "reaction": (None, useful), "follow_up": (None, used)}
        return [
            Response(
                stage=stage,
                score=most and self.random.randint(most - 40, most),
                answers=answers,
                counted=given["complete"] and (number + len(stage)) % 7 > 0,
                **given,
            )
            for stage, (most, answers) in stages.items()
            if self.random.random() < 0.8
        ]
