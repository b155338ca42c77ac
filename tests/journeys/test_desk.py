"""The workspace and the pages of one's account: within reach of everybody, on a telephone and at a desk."""

from __future__ import annotations

import pytest

from tests.journeys.accessibility import LOOKS, SIZES, is_too_wide, violations
from tests.sampling import sampled

pytestmark = pytest.mark.usefixtures("published")
TEXT = "texts/pages.page/1/bg/"
AT_WORK = [
    "",
    "contacts/",
    "desks/",
    "help-lines/",
    "invitations/",
    "invitations/new/",
    "retention/",
    "figures/",
    "reach/",
    "reach/victor/",
    "reach/victor/new/",
    "activities/1/",
    "pictures/",
    "pictures/new/",
    "pictures/1/",
    "texts/",
    "texts/exchange/",
    TEXT,
    f"{TEXT}versions/",
    "vault/",
    "vault/set-up/",
]
OWN_ACCOUNT = ["email/", "password/change/", "sessions/", "reauthenticate/", "logout/"]
OWN_FACTORS = ["", "reauthenticate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"]
SET_UP = ["", "totp/activate/", "webauthn/add/"]
PAGES = {
    "coordinator": [
        *(f"workspace/{path}" for path in AT_WORK),
        *(f"accounts/{path}" for path in OWN_ACCOUNT),
        *(f"accounts/2fa/{path}" for path in OWN_FACTORS),
    ],
    "supervisor": ["workspace/desks/greece/people/"],
    "newcomer": [f"accounts/2fa/{path}" for path in SET_UP],
}


@pytest.mark.parametrize(("language", "size"), sampled(LOOKS, daily=(), long=LOOKS[:1]))
@pytest.mark.parametrize("who", PAGES)
@pytest.mark.usefixtures("picture")
def test_axe_finds_nothing(watch, request, figure, who, language, size):
    page = watch(viewport=SIZES[size], color_scheme="light").page
    page.context.add_cookies([request.getfixturevalue(who)])
    faults, wide = [], []
    for path in PAGES[who]:
        assert page.goto(f"/{language}/{path}").status == 200
        faults += [(path, *violation) for violation in violations(page)]
        if is_too_wide(page):
            wide.append(path)
    figure(f"axe violations for a {who}, {language}, {size}, light and dark, {len(PAGES[who])} pages", len(faults))
    assert faults == []
    assert wide == []
