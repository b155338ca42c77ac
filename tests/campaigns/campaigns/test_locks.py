"""The key image of a campaign is drawn before anything is locked."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command

from campaigns.campaigns.models import Campaign
from tests.free_rows import rows_free_before

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
def test_load_campaigns_draws_while_the_campaign_and_the_log_are_free():
    call_command("load_partnership", verbosity=0)
    call_command("load_campaigns", verbosity=0)
    Campaign.objects.update(key_image=None)
    cache.clear()  # which holds the drawing
    with rows_free_before("Typst", Campaign.objects.all()) as free:
        call_command("load_campaigns", update=True, verbosity=0)
    assert free == [True] * Campaign.objects.count()
    assert not Campaign.objects.filter(key_image=None).exists()
