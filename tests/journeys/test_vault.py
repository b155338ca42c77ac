"""The vault on a telephone and at a desk: set up, opened, and an access restored by an officer."""

from __future__ import annotations

from itertools import product

import pytest

from tests.journeys.accessibility import LOOKS, SIZES, faults_of
from tests.journeys.browsing import follow
from tests.sampling import sampled

SEEN = [(*look, scheme) for look, scheme in product(LOOKS, ["light", "dark"])]
PASSPHRASE = "bridge lamp river doorway roof"
# The demo's worker is a member and an officer; the supervisor has forgotten and asks; the editor is the other officer.
GROUPS = f"""
from victor.access import System
from victor.accounts.models import User
from victor.vault.groups import actions, recovery
from victor.vault.passphrases import actions as passphrases
from victor.vault.records.actions import create_record
by, words = System("test"), "{PASSPHRASE}"
of = {{role: User.objects.get(email=f"{{role}}@demo.victor.example") for role in ("worker", "supervisor", "editor")}}
for user in of.values():
    passphrases.set_up_vault(user, words)
given = dict(members=[of["worker"], of["supervisor"]], by=by)
group = actions.create_group(name="The Smile: children's desk", officers=[of["worker"], of["editor"]], **given)
actions.create_group(name="Night duty", **given)
passphrases.replace_forgotten_passphrase(of["worker"], words)
passphrases.restore_old_passphrase(words, by=passphrases.unlock_vault(of["worker"], words))
create_record(group, by=by)
ceremony = recovery.request_recovery(group, by=passphrases.replace_forgotten_passphrase(of["supervisor"], words))
print(ceremony.pk)
"""


@pytest.fixture(scope="session")
def recovery(portal, coordinator) -> str:
    """The number of a recovery that waits for the demo's worker."""
    return portal.manage("shell", "--no-imports", "-c", GROUPS).splitlines()[-1]


@pytest.fixture(scope="session")
def worker(recovery, session_of) -> dict[str, str]:
    """The session of the demo's worker."""
    return session_of("worker@demo.victor.example")


@pytest.mark.parametrize(("language", "size", "scheme"), sampled(SEEN, daily=(), long=SEEN[:1]))
def test_axe_finds_nothing_from_the_locked_vault_to_the_restored_access(
    watch, worker, recovery, figure, language, size, scheme
):
    page = watch(viewport=SIZES[size], color_scheme=scheme).page
    page.context.add_cookies([worker])
    faults, start = [], f"/{language}/workspace/vault/"
    page.goto(f"{start}recovery/{recovery}/")
    for path in ("unlock/", f"recovery/{recovery}/", "", "passphrase/", "remember/", "forgotten/"):
        if path == "unlock/":
            assert path in page.url
        else:
            assert page.goto(f"{start}{path}").status == 200
        faults += [(path, fault) for fault in faults_of(page)]
        if path == "unlock/":
            page.get_by_role("textbox").fill(PASSPHRASE)
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/recovery/{recovery}/")
    figure(f"axe violations in the vault, {language}, {size}, {scheme}", len(faults))
    assert faults == []


def test_vault_is_set_up_locked_and_opened_again_without_a_script(watch, coordinator):
    watched = watch(java_script_enabled=False)
    page = watched.page
    page.context.add_cookies([coordinator])
    page.goto("/en/workspace/vault/")  # no menu leads there those who are to have no keys
    page.get_by_role("link", name="Set a passphrase").click()
    page.get_by_label("New vault passphrase").fill(PASSPHRASE)
    page.get_by_label("Repeat the passphrase").fill(PASSPHRASE)
    follow(page.get_by_role("button", name="Set up my vault"))
    assert page.get_by_text("Vault open, locks at").is_visible()
    follow(page.get_by_role("button", name="Lock now"))
    assert page.get_by_role("link", name="Vault locked").is_visible()
    page.goto("/en/workspace/vault/passphrase/")
    page.get_by_role("link", name="Vault locked").click()
    page.get_by_label("Vault passphrase").fill(PASSPHRASE)
    follow(page.get_by_role("button", name="Unlock the vault"))
    assert page.url.endswith("/en/workspace/vault/passphrase/")
    assert watched.faults == []
