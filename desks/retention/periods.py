"""When is a report deleted? Pure rules over days; the actions store their result in `Report.erase_on`.

The defaults are a proposal, to be approved by the data protection officers: there is no legal number. They follow the
limitation of storage of Regulation (EU) 2016/679, article 5(1)(e): what led to nothing goes after three months, what
was referred or answered after a year, for questions that come back and for complaints. The law of a country may say
otherwise; then its coordinators propose a rule for it. Enquiries are figures from the start, and have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.reports.states import OPEN_STATES, OUTCOME_CHOICES, OUTCOMES, Channel, ReportState
from desks.retention.states import DeletionObstacle, PromiseStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.reports.models import Report
    from desks.retention.models import RetentionRule
    from partners.directory.models import Country

MIN_DAYS, MAX_DAYS = 30, 10958  # of whatever has rules: from thirty days to thirty years
WARNING_DAYS = (30, 7, 1)  # days before
NOTICE_PERIOD = timedelta(days=max(WARNING_DAYS))
DEFAULT_DAYS = {
    "": 365,
    ReportState.REFERRED.value: 365,
    ReportState.INFORMED.value: 365,
    ReportState.UNFOUNDED.value: 90,
    ReportState.DUPLICATE.value: 90,
}
NO_OUTCOME = ("", _("No outcome yet"))


@dataclass(frozen=True)
class RuledKind:
    """A kind of thing that rules delete: its outcomes, how many days each has by default, and what a rule may say.

    The codes of the outcomes are different for each kind, so that a rule needs to name the outcome only.
    """

    title: StrOrPromise
    outcomes: tuple[tuple[str, StrOrPromise], ...]
    default_days: Mapping[str, int]
    least: int
    most: int
    approval: StrOrPromise  # what follows where a rule is approved


RULED_KINDS: list[RuledKind] = []


def add_ruled_kind(kind: RuledKind) -> RuledKind:
    """Let rules be proposed for a further kind. A higher slice adds its own in a module of this name."""
    RULED_KINDS.append(kind)
    return kind


REPORTS = add_ruled_kind(
    RuledKind(
        _("Reports"),
        (*OUTCOME_CHOICES, NO_OUTCOME),
        DEFAULT_DAYS,
        MIN_DAYS,
        3650,
        _("Reports that are older are then deleted, thirty days from now at the soonest. Each desk is warned."),
    )
)


def outcome_choices() -> list[tuple[str, StrOrPromise]]:
    """The outcomes of every kind."""
    return [choice for kind in RULED_KINDS for choice in kind.outcomes]


def ruled_kind_of(outcome: str) -> RuledKind:
    """The kind of thing that has this outcome."""
    return next(kind for kind in RULED_KINDS if outcome in kind.default_days)


class Ruling(NamedTuple):
    """For how many days, and by which rule; None: by a default."""

    days: int
    rule: RetentionRule | None


def ruling_for(rules: Iterable[RetentionRule], *, country: str | None, outcome: str, on: date) -> Ruling:
    """What holds on a day: the newest approved rule of the country, else the newest for everywhere, else the default.

    The country is the one whose law binds the desk, wherever what is reported happens.
    """
    holding = [
        rule
        for rule in rules
        if rule.approved_at and rule.starts <= on and rule.outcome == outcome and rule.country_id in {country, None}
    ]
    if not holding:
        return Ruling(ruled_kind_of(outcome).default_days[outcome], None)
    newest = max(holding, key=lambda rule: (rule.country_id is not None, rule.starts, rule.approved_at))
    return Ruling(newest.days, newest)


def outcome_of(report: Report) -> str:
    """The outcome that counts: what was taken up again has none."""
    if report.state in OPEN_STATES:
        return ""
    return str(report.outcome or (report.state if report.state in OUTCOMES else ""))


def counting_from(report: Report, last_words: datetime | None) -> date:
    """The day from which is counted: the last on which anything happened between the reporter and the desk."""
    moments = [report.received_at, report.triaged_at, report.answered_at, report.closed_at, last_words]
    return timezone.localdate(max(moment for moment in moments if moment))


def announced_day(day: date, *, shown: date | None, today: date) -> date:
    """The day that is shown from now on, where a rule says `day` and `shown` was shown until now.

    Later is always possible. Sooner only with the full time for warnings, and never later than what was promised.
    """
    if shown is None:
        return max(day, today + NOTICE_PERIOD)
    return max(day, min(shown, today + NOTICE_PERIOD))


def obstacle_to_deletion(report: Report) -> DeletionObstacle | None:
    """What keeps a report from being deleted, the strongest first."""
    if report.hold:
        return DeletionObstacle.LAW
    if report.unread_since:
        return DeletionObstacle.UNREAD
    return DeletionObstacle.OPEN if report.state in OPEN_STATES else None


def due_warnings(day: date, today: date) -> list[int]:
    """The warnings that are due by now."""
    return [step for step in WARNING_DAYS if today >= day - timedelta(days=step)]


def triage_promise(report: Report, now: datetime) -> PromiseStatus:
    """Whether the desk triaged it within what it promises, for danger sooner."""
    desk = report.desk
    promised = timedelta(minutes=desk.danger_minutes) if report.danger else timedelta(hours=desk.triage_hours)
    return _promise_status(report.received_at + promised, report.triaged_at, now, over=report.state not in OPEN_STATES)


def answer_promise(report: Report, now: datetime) -> PromiseStatus:
    """Whether the desk answered within what it promises. By telephone and at the counter, that is at once."""
    promised = report.received_at + timedelta(hours=report.desk.answer_hours)
    answered = report.answered_at if report.channel == Channel.WEB else report.received_at
    return _promise_status(promised, answered, now, over=report.state not in OPEN_STATES)


def _promise_status(promised: datetime, done_at: datetime | None, now: datetime, *, over: bool) -> PromiseStatus:
    if done_at:
        return PromiseStatus.YES if done_at <= promised else PromiseStatus.NO
    return PromiseStatus.NO if over or now > promised else PromiseStatus.RUNS


class CountryRulings(NamedTuple):
    """A line of the table of rules: a country (None: everywhere), and what holds for each outcome."""

    country: Country | None
    rulings: list[Ruling]


def rulings_in_force(rules: Iterable[RetentionRule], countries: Iterable[Country], on: date) -> list[CountryRulings]:
    """What holds on a day, everywhere and in each country."""
    rules = list(rules)

    def rulings_of(code: str | None) -> list[Ruling]:
        return [ruling_for(rules, country=code, outcome=outcome, on=on) for outcome in DEFAULT_DAYS]

    return [CountryRulings(country, rulings_of(country.pk if country else None)) for country in (None, *countries)]


class OutcomeRulings(NamedTuple):
    """A line of the table of a kind with many outcomes: what holds everywhere, and in the countries of their own."""

    outcome: StrOrPromise
    everywhere: Ruling
    apart: list[tuple[Country, Ruling]]


def rulings_of_other_kinds(
    rules: Iterable[RetentionRule], countries: Iterable[Country], on: date
) -> list[tuple[StrOrPromise, list[OutcomeRulings]]]:
    """What holds on a day for each outcome of each kind but reports, with the name of the kind."""
    rules, countries = list(rules), list(countries)
    others = [kind for kind in RULED_KINDS if kind is not REPORTS]
    return [(kind.title, _rulings_of_outcomes(kind, rules, countries, on)) for kind in others]


def _rulings_of_outcomes(
    kind: RuledKind, rules: list[RetentionRule], countries: list[Country], on: date
) -> list[OutcomeRulings]:
    lines = []
    for outcome, words in kind.outcomes:
        apart = [(country, ruling_for(rules, country=country.pk, outcome=outcome, on=on)) for country in countries]
        own = [(country, ruling) for country, ruling in apart if ruling.rule and ruling.rule.country_id]
        lines.append(OutcomeRulings(words, ruling_for(rules, country=None, outcome=outcome, on=on), own))
    return lines
