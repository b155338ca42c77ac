"""What must work in every browser that people have: each journey once in Chromium, in Firefox and in WebKit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.journeys.engines import ENGINES, PHONE, Visit
from tests.journeys.outside import TITLE, Outside, serve_outside
from tests.journeys.reporting_desk import DESK
from tests.journeys.test_phone import IN_VIEW
from tests.journeys.test_report import ANSWER
from tests.journeys.test_sign_in import current_code
from tests.plugins.portal import Portal

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("published")]
EXIT = "https://www.meteo.gr/"
ROLES = {"chromium": "worker", "firefox": "translator", "webkit": "editor"}  # a code is taken once from each person
ACCOUNTS = """
import json
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from victor.accounts.demo import demo_accounts, password_of
print(json.dumps({
    one.email.split("@")[0]: (
        one.email,
        password_of(one.email),
        get_adapter().decrypt(Authenticator.objects.get(user=one, type="totp").data["secret"]),
    )
    for one in demo_accounts().filter(authenticator__type="totp")
}))
"""


@pytest.fixture(scope="session", autouse=True)
def desk(portal: Portal) -> None:
    """A desk that takes reports."""
    portal.manage("shell", "--no-imports", "-c", DESK)


@pytest.fixture(scope="session")
def accounts(portal: Portal) -> dict[str, tuple[str, str, str]]:
    """Address, password and key of the app of the demo's people, by role."""
    portal.manage("load_demo_accounts")
    return json.loads(portal.manage("shell", "--no-imports", "-c", ACCOUNTS).splitlines()[-1])


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    """All that is not this machine."""
    with serve_outside() as server:
        yield server


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def driver(engine: str, outside: Outside) -> Iterator[WebDriver]:
    """The browser, once for all its journeys."""
    with ENGINES[engine](outside) as driver:
        driver.set_window_size(*PHONE)
        yield driver


@pytest.fixture
def visit(driver: WebDriver, portal: Portal, outside: Outside) -> Iterator[Visit]:
    """A visitor whom the browser does not know."""
    outside.hosts.clear()
    yield Visit(driver, portal.url)
    driver.delete_all_cookies()


def test_visitor_finds_a_number_in_three_steps(visit, outside):
    visit.open("/el/")
    visit.press(".door--help")
    visit.press(".country[href$='/help/gr/']")
    number = visit.see("[aria-labelledby=lines] .line__number")
    assert number.get_attribute("href").startswith("tel:")
    assert visit.driver.get_cookies() == []
    assert outside.hosts_of_pages() == set()


@pytest.mark.parametrize("path", ["", "help/gr/", "report/gr/", "for-children/", "seminars/", "campaigns/victor/"])
def test_page_is_not_too_wide_and_the_exit_stays_in_sight(visit, path):
    visit.open(f"/el/{path}")
    assert not visit.is_too_wide()
    for share in (0, 0.5, 1):
        visit.driver.execute_script("scrollTo(0, document.body.scrollHeight * arguments[0])", share)
        assert visit.driver.execute_script(f"return ({IN_VIEW})(arguments[0])", ".help-strip .quick-exit"), share


def report(visit: Visit) -> str:
    """Report something, and return the receipt."""
    visit.open("/el/report/")
    visit.press(".country[href$='/report/gr/']")
    visit.press("[name=danger][value=no]")
    visit.press("[name=go][value=next]")
    visit.write("textarea[name=story]", "A girl of nine")
    visit.press("[name=go][value=next]")
    visit.press("[name=contact][value=no]")
    visit.press("[name=go][value=send]")
    return " ".join(visit.texts(".note__words li"))


def test_reporter_comes_back_with_the_receipt(visit, portal, outside):
    receipt = report(visit)
    visit.write("[name=typed]", receipt)
    visit.press("form[action$='/receipt/'] button")
    visit.see("h1.unprinted")
    portal.manage("shell", "--no-imports", "-c", ANSWER)
    visit.press("footer a[href='/el/report/return/']")
    visit.write("[name=receipt]", receipt)
    visit.press("main form button")
    assert "We have spoken to the school." in visit.see(".answer").text
    assert visit.driver.get_cookies() == []
    assert outside.hosts_of_pages() == set()


def test_teacher_registers_for_a_seminar(visit, engine, outside):
    visit.open("/el/seminars/")
    visit.press("a[href$='/el/seminars/athens/']")
    visit.press("a[href$='/el/seminars/athens/register/']")
    address = f"{engine}@example.org"
    for name, text in {"name": "Ελένη Παπαδοπούλου", "email": address, "organisation": "Α–Ω"}.items():
        visit.write(f"[name={name}]", text)
    for name, value in {"profession": "teacher", "organisation_type": "school", "country": "GR"}.items():
        visit.choose(f"[name={name}]", value)
    visit.press("main .form button[type=submit]")
    visit.see(".notice--success")
    assert address in visit.see("main").text
    assert outside.hosts_of_pages() == set()


def test_visitor_reads_a_campaign_with_the_lines_of_another_country(visit, outside):
    visit.open("/el/campaigns/")
    visit.press("main a[href$='/el/campaigns/victor/']")
    visit.press(".chips a[href*='country=RO']")
    visit.see(".chips a[href*='country=RO'][aria-current]")
    assert visit.see(".lines .line__number").get_attribute("href").startswith("tel:")
    assert visit.see("#posters ~ .rows a").get_attribute("href").endswith(".pdf")
    assert outside.hosts_of_pages() == set()


def press_exit(visit: Visit) -> None:
    visit.press(".help-strip .quick-exit")


def press_shift_three_times(visit: Visit) -> None:
    for _ in range(3):
        ActionChains(visit.driver).key_down(Keys.SHIFT).key_up(Keys.SHIFT).perform()


@pytest.mark.parametrize("leave", [press_exit, press_shift_three_times])
def test_quick_exit_replaces_the_page(visit, engine, outside, leave):
    visit.open("/el/partners/")
    visit.open("/el/help/gr/")
    before = visit.entries()
    leave(visit)
    visit.arrive(EXIT)
    visit.see("h1")
    assert visit.driver.title == TITLE
    assert outside.hosts_of_pages() == {"www.meteo.gr"}
    if engine == "webkit":  # its driver loses the page on the way back from another site
        assert visit.entries() == before
    else:
        visit.driver.back()
        visit.arrive("/el/partners/")


def test_person_logs_in_with_both_factors_and_out_again(visit, engine, accounts, outside):
    address, password, key = accounts[ROLES[engine]]
    visit.open("/el/accounts/login/")
    visit.write("[name=login]", address)
    visit.write("[name=password]", password)
    visit.press("main form.form button[type=submit]")
    visit.write("[name=code]", current_code(key))
    visit.press("main form.form button[type=submit]")
    visit.arrive("/el/workspace/")
    visit.press(".account-menu summary")
    visit.press(".account-menu form button")
    visit.arrive("/el/")
    assert outside.hosts_of_pages() == set()
