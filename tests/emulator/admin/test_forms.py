"""The forms of the pages: what their buttons do, and whose requests are refused."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
import requests

from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.admin.forms import FORMS
from yadirect_soap.emulator.fault_injection import Captcha, Fault


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts and a frozen clock."""
    with Emulator(clock=Clock()) as emulator:
        emulator.clock.freeze()
        yield emulator


@pytest.fixture
def url(emulator: Emulator) -> Iterator[str]:
    """The address of the first page."""
    with emulator.serve(control=True) as url:
        yield f"{url}/_emulator/admin"


def _submit(url: str, form: str, fields: dict[str, str] | str | None = None, **headers: str) -> requests.Response:
    """Sends a form as a browser does."""
    origin = url.removesuffix("/_emulator/admin")
    sent = {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.post(f"{url}/{form}", fields, headers=sent, timeout=5, allow_redirects=False)


def test_every_form_of_the_page_leads_somewhere(emulator: Emulator, url: str) -> None:
    """The page has each form, and no other, in one of the states of the emulator."""
    emulator.faults.inject(Captcha())
    requests.post(url.replace("_emulator/admin", "json/v5/ads"), json={}, timeout=5)
    emulator.faults.inject(Captcha())
    frozen = requests.get(url, timeout=5).text
    emulator.clock.resume()
    running = requests.get(url, timeout=5).text
    forms = {urljoin(url, action) for action in re.findall(r'action="([^"]*)"', frozen + running)}
    assert forms == {f"{url}/{name}" for name in FORMS}


def test_the_clock_is_moved_by_its_forms(emulator: Emulator, url: str) -> None:
    """Advanced, set, let go and frozen; the answer leads back to the first page."""
    before = emulator.clock()
    answer = _submit(url, "advance-clock", {"days": "1", "hours": "1.5", "minutes": ""})
    assert (answer.status_code, urljoin(url, answer.headers["Location"])) == (303, url)
    assert emulator.clock() == pytest.approx(before + 86_400 + 5_400, abs=0.001)
    _submit(url, "set-clock", {"moment": "2026-07-01T10:20"})
    assert "2026-07-01 10:20:00 UTC. It stands still." in requests.get(url, timeout=5).text
    _submit(url, "resume-clock")
    assert not emulator.clock.is_frozen
    _submit(url, "freeze-clock")
    assert emulator.clock.is_frozen


def test_faults_are_injected_and_cancelled(emulator: Emulator, url: str) -> None:
    """Fields that are left empty have the values of a scenario file."""
    _submit(url, "inject-fault", {"kind": "fault", "operation": "ads.add", "code": "1000", "times": "3", "status": ""})
    _submit(url, "inject-fault", {"kind": "latency", "operation": "", "seconds": "0.25", "endless": "on"})
    planned = emulator.faults.planned
    assert planned[0].plan.effect == Fault(1000)
    assert [(fault.plan.operation, fault.plan.times) for fault in planned] == [("ads.add", 3), ("*", None)]
    _submit(url, "cancel-fault", {"number": "1"})
    assert [fault.number for fault in emulator.faults.planned] == [2]
    _submit(url, "cancel-fault")
    assert emulator.faults.planned == ()


def test_an_account_is_made_and_its_token_is_shown_once(emulator: Emulator, url: str) -> None:
    """The token acts for the login at once."""
    answer = _submit(
        url, "new-account", {"login": "boris", "kind": "advertiser", "currency": "BYN", "daily_units": "5"}
    )
    assert answer.status_code == 201
    token = re.search("token-[0-9a-f]+", answer.text)
    assert token is not None
    account = emulator.accounts.by_token(token[0])
    assert account is not None
    assert (account.login, account.currency, account.daily_units) == ("boris", "BYN", 5)
    first = requests.get(url, timeout=5).text
    assert "boris" in first
    assert token[0] not in first


def test_a_login_of_digits_stays_a_text(emulator: Emulator, url: str) -> None:
    """Only the fields of numbers are read as numbers."""
    assert _submit(url, "new-account", {"login": "12345"}).status_code == 201
    assert emulator.accounts.by_login("12345") is not None


def test_switches_are_turned_and_calls_forgotten(emulator: Emulator, url: str) -> None:
    """Both hold at once."""
    _submit(url, "set-switch", {"name": "deletes_in_changes", "on": "true"})
    assert emulator.switches.deletes_in_changes
    requests.post(url.replace("_emulator/admin", "json/v5/ads"), json={}, timeout=5)
    assert len(emulator.calls) == 1
    _submit(url, "forget-calls")
    assert len(emulator.calls) == 0


@pytest.mark.parametrize(
    ("form", "fields", "error_text"),
    [
        ("inject-fault", {"kind": "fault"}, "$.faults[0].code: missing, expected an integer"),
        ("inject-fault", {"kind": "status", "status": "5xx"}, "expected an integer"),
        ("inject-fault", {"kind": "captcha", "operation": "ads.ad"}, "did you mean &#x27;ads.add&#x27;?"),
        ("advance-clock", {"hours": "soon"}, "$.advance.hours: found"),
        ("set-clock", {}, "$.set"),
        ("new-account", {"login": "<b>"}, "$.login: found &#x27;&lt;b&gt;&#x27;"),
        ("new-account", {"login": "a\0"}, "U+0000"),
        ("new-account", "login=%ff", "the form cannot be read"),
        ("new-account", "&".join(["a=1"] * 100), "the form cannot be read"),
        ("set-switch", {"name": "deletes", "on": "true"}, "$.deletes: unknown"),
    ],
    ids=["missing", "type", "operation", "hours", "moment", "markup", "NUL", "bytes", "many", "switch"],
)
def test_a_mistake_in_a_form_is_shown(
    emulator: Emulator, url: str, form: str, fields: dict[str, str] | str, error_text: str
) -> None:
    """The answer is a page with the place and what was expected; nothing is changed."""
    before = (emulator.clock(), list(emulator.accounts), emulator.switches.as_dict())
    answer = _submit(url, form, fields)
    assert (answer.status_code, error_text in answer.text) == (400, True)
    assert (emulator.clock(), list(emulator.accounts), emulator.switches.as_dict()) == before
    assert emulator.faults.planned == ()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://evil.example/"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Content_Type": "text/plain"}, 415),
    ],
    ids=["origin", "no origin", "referer", "fetch metadata", "host", "type"],
)
def test_a_form_of_another_site_is_refused(emulator: Emulator, url: str, headers: dict[str, str], status: int) -> None:
    """A web page in the same browser changes nothing."""
    assert _submit(url, "inject-fault", {"kind": "captcha"}, **headers).status_code == status
    assert emulator.faults.planned == ()


def test_a_form_without_an_origin_is_refused(emulator: Emulator, url: str) -> None:
    """Every browser sends it with a form; what does not is no browser, and has the control API."""
    assert requests.post(f"{url}/inject-fault", {"kind": "captcha"}, timeout=5).status_code == 403
    assert emulator.faults.planned == ()


def test_forms_are_for_loopback_alone(emulator: Emulator) -> None:
    """An emulator that listens for other machines takes none."""
    with emulator.serve(host="0.0.0.0", control=True) as url:  # noqa: S104  that it listens everywhere is the point
        local = f"http://127.0.0.1:{url.rpartition(':')[2]}/_emulator/admin"
        assert _submit(local, "freeze-clock").status_code == 403
