"""Mails about a recovery are rendered when they are sent: the group is locked while an action writes them."""

from __future__ import annotations

import pytest

from tests.free_rows import rows_free_while_rendering
from tests.vault.people import make_group, open_vault, replace_vault
from victor.mail.models import Message
from victor.mail.tasks import send_due
from victor.vault.groups import recovery
from victor.vault.groups.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


def test_recovery_renders_its_mails_while_the_group_is_free(sink):
    anna, olga, oscar = open_vault(), open_vault(), open_vault()
    group = make_group(anna, olga, oscar, officers=[olga, oscar])
    with rows_free_while_rendering(Group.objects.all()) as free:
        request = recovery.request_recovery(group, by=replace_vault(anna))
        recovery.confirm_recovery(request, by=olga)
        recovery.complete_recovery(request, by=oscar)
        send_due()
    assert free
    assert all(free)
    assert len(sink.recipients) == Message.objects.count() == 6
