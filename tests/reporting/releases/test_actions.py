"""A release is counted and checked by the portal, approved by a second person, published, and never edited."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from partners.agreements.models import Agreement
from partners.memberships.errors import NotSecondPerson
from tests.reporting.networks import HALF, RELEASED, Network, coordinator, make_draft, make_published
from victor.indicators.models import FrozenFigures
from victor.indicators.periods import HalfYear
from victor.reporting.releases import actions
from victor.reporting.releases.errors import (
    HalfYearNotOver,
    ReleaseMoveNotPossible,
    SourcesNotCompared,
    WhyMissing,
)
from victor.reporting.releases.models import Release
from victor.reporting.releases.presenters import figures_of
from victor.reporting.releases.states import ReleaseState
from victor.reporting.releases.tasks import make_release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def august(at):
    at(RELEASED)


@pytest.fixture
def maker():
    return coordinator("maker")


@pytest.fixture
def approver():
    return coordinator("approver")


def test_make_release_counts_checks_and_waits_for_approval(maker):
    Network()
    release = make_draft(maker)
    assert release.state == ReleaseState.CHECKED
    assert release.audit["narrow"] == []
    assert release.done == release.total - 1
    assert release.sha256 == hashlib.sha256(release.content.encode()).hexdigest()


def test_make_release_twice_counts_once(maker):
    release = make_draft(maker)
    assert make_release(release.pk) is False


def test_begin_release_of_a_running_half_year_is_refused(maker):
    with pytest.raises(HalfYearNotOver):
        actions.begin_release(kind="public", half_years=[HalfYear(2026, 2)], by=maker)


def test_figure_whose_source_fails_is_missing_and_never_zero(maker):
    with connection.schema_editor() as editor:
        editor.alter_db_table(Agreement, Agreement._meta.db_table, "away")
    release = make_draft(maker)
    states = {figure.key: figure.missing for figure in figures_of(release)}
    assert states["agreements"] == "missing: the source did not answer"
    assert states["participants"] == ""
    assert release.state == ReleaseState.CHECKED


def test_approve_by_the_maker_is_refused(maker):
    release = make_draft(maker)
    with pytest.raises(NotSecondPerson):
        actions.approve_release(release, has_compared=True, by=maker)


def test_database_refuses_an_approval_by_the_maker(maker):
    release = make_draft(maker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(
            state=ReleaseState.APPROVED, approved_by=maker, approved_at=RELEASED
        )


def test_approve_without_comparing_is_refused(maker, approver):
    release = make_draft(maker)
    with pytest.raises(SourcesNotCompared):
        actions.approve_release(release, has_compared=False, by=approver)


def test_publish_without_approval_is_refused(maker):
    release = make_draft(maker)
    with pytest.raises(ReleaseMoveNotPossible):
        actions.publish_release(release, by=maker)


def test_return_needs_a_reason_and_makes_it_a_draft_again(maker, approver):
    release = make_draft(maker)
    with pytest.raises(WhyMissing):
        actions.return_release(release, reason=" ", by=approver)
    actions.return_release(release, reason="The sources differ.", by=approver)
    release.refresh_from_db()
    assert release.state == ReleaseState.DRAFT


@pytest.mark.parametrize(
    "fields", [{"content": "{}"}, {"sha256": "0" * 64}, {"half_years": ["2025-1"]}, {"state": "draft"}]
)
def test_database_refuses_to_edit_a_published_release(maker, approver, fields):
    release = make_published(maker, approver)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**fields)


def test_database_refuses_to_delete_a_published_release(maker, approver):
    release = make_published(maker, approver)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).delete()


def test_correction_takes_the_next_number_and_the_place_of_the_first(maker, approver):
    release = make_published(maker, approver)
    correction = actions.begin_correction(release, reason="A source had not answered.", by=maker)
    make_release(correction.pk)
    correction.refresh_from_db()
    actions.approve_release(correction, has_compared=True, by=approver)
    actions.publish_release(correction, by=maker)
    release.refresh_from_db()
    assert correction.label == "1.1"
    assert release.state == ReleaseState.CORRECTED


def test_second_correction_of_one_release_is_refused(maker, approver):
    release = make_published(maker, approver)
    actions.begin_correction(release, reason="A source had not answered.", by=maker)
    with pytest.raises(ReleaseMoveNotPossible):
        actions.begin_correction(release, reason="Again.", by=maker)


def test_correction_without_words_is_refused(maker, approver):
    release = make_published(maker, approver)
    with pytest.raises(WhyMissing):
        actions.begin_correction(release, reason="", by=maker)


def test_release_that_would_reveal_a_figure_does_not_pass(maker):
    """Somebody has shown too much of it: the figures of the half-year no longer protect each other."""
    Network()
    make_draft(maker)
    frozen = FrozenFigures.objects.get(indicator="reports", period=HALF.key)
    frozen.hidden = frozen.hidden[:1]
    frozen.save()
    release = make_draft(maker)
    assert release.state == ReleaseState.DRAFT
    assert "reports 2026-1" in release.audit["narrow"]
    actions.leave_out_figures(release, by=maker)
    make_release(release.pk)
    release.refresh_from_db()
    assert release.state == ReleaseState.CHECKED
    assert "reports" not in {figure.key for figure in figures_of(release)}


def test_discard_deletes_a_draft_only(maker, approver):
    release = actions.begin_release(kind="funder", half_years=[HALF], by=maker)
    actions.discard_release(release, by=maker)
    assert not Release.objects.exists()
    release = make_draft(maker)
    with pytest.raises(ReleaseMoveNotPossible):
        actions.discard_release(release, by=maker)
