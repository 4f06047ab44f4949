"""The pages of the emulator: what they show, that every text on them is a text, and who may see them."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urljoin
from xml.dom import minidom

import pytest
import requests
import simplejson

from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.admin.html import Markup, element, link, page, table
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.fault_injection import Fault, LostAnswer, Malformed, Status
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.protocol.reports.formats import FORMATS
from yadirect_soap.protocol.reports.xml import REPORTS

REPORT: Mapping[str, object] = MappingProxyType(
    {
        "SelectionCriteria": {},
        "FieldNames": ["Date", "Clicks"],
        "ReportName": "Shown",
        "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
        "DateRangeType": "LAST_30_DAYS",
        "Format": "TSV",
        "IncludeVAT": "YES",
    }
)
CSP = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
SCRIPT = "<script>document.title = 'taken'</script>"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def url(emulator: Emulator) -> Iterator[str]:
    """The address of the first page."""
    with emulator.serve(control=True) as url:
        yield f"{url}/_emulator/admin"


def _call(url: str, method: str = "get", **params: object) -> None:
    body = simplejson.dumps({"method": method, "params": params or {"FieldNames": ["Id", "Name"]}})
    address = url.removesuffix("/_emulator/admin") + "/json/v5/campaigns"
    requests.post(address, body, headers={"Authorization": "Bearer demo-token"}, timeout=5)


def _rename(emulator: Emulator, url: str) -> int:
    """Gives a campaign a name that would be a script, and tells its Id."""
    campaign = next(emulator.store.rows("campaigns", ADVERTISER))
    _call(url, "update", Campaigns=[{"Id": campaign.id, "Name": SCRIPT}])
    return int(campaign.id)


def _page(url: str, *path: object) -> str:
    answer = requests.get("/".join((url, *map(str, path))), timeout=5)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == CSP
    assert "<script" not in answer.text
    return answer.text


def test_the_first_page_tells_the_state(emulator: Emulator, url: str) -> None:
    """Accounts with their units, planned faults and the last calls are on it."""
    emulator.faults.inject(Fault(1000), "ads.add", times=3)
    _call(url)
    page = _page(url)
    for text in (
        '<link rel="icon" href="data:image/svg+xml;base64,',
        ADVERTISER,
        "demo-client-kzt",
        "of 160000",
        "code 1000",
        "ads.add",
        "campaigns.get",
    ):
        assert text in page


def test_a_call_is_shown_over_both_wires(emulator: Emulator, url: str) -> None:
    """A call that came as JSON is shown as XML too, and the answer likewise; the token is on no page."""
    _rename(emulator, url)
    _call(url)
    page = _page(url, "calls", 2)
    for text in ("&lt;FieldNames&gt;Name&lt;/FieldNames&gt;", "&quot;FieldNames&quot;", "&lt;/ns:GetResponse&gt;"):
        assert text in page
    assert "document.title" in page
    assert "demo-token" not in page


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        (Fault(1000), "&lt;errorCode&gt;1000&lt;/errorCode&gt;"),
        (LostAnswer(), "The connection was reset"),
        (Status(503), "HTTP 503"),
        (Malformed(), "unreadable"),
    ],
    ids=["fault", "lost", "status", "malformed"],
)
def test_a_call_that_meets_a_fault_is_shown(emulator: Emulator, url: str, effect: Fault, text: str) -> None:
    """What became of the answer is told."""
    emulator.faults.inject(effect)
    try:
        _call(url)
    except requests.ConnectionError:
        assert isinstance(effect, LostAnswer)
    assert text in _page(url, "calls", 1)


def test_a_request_that_cannot_be_read_is_shown_as_it_came(url: str) -> None:
    """Hostile text is shown as text."""
    address = url.removesuffix("/_emulator/admin") + "/v5/campaigns"
    requests.post(address, SCRIPT, headers={"Authorization": "Bearer demo-token"}, timeout=5)
    assert "&lt;script&gt;document.title" in _page(url, "calls", 1)


def test_what_a_wire_cannot_say_is_told(url: str) -> None:
    """A call over JSON with an empty list is shown, though SOAP has no word for it."""
    _call(url, FieldNames=["Id"], SelectionCriteria={"Ids": []})
    assert "this wire cannot carry" in _page(url, "calls", 1)


def _order(url: str, form: str, body: bytes) -> None:
    """Asks for a report with a body as it is."""
    address = url.removesuffix("/_emulator/admin") + FORMATS[form].path("v5")
    requests.post(address, body, headers={"Authorization": "Bearer demo-token"}, timeout=5)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_shown(url: str, form: str) -> None:
    """Its definition is shown as XML and as JSON, however it came, and its lines as they are."""
    _order(url, form, FORMATS[form].encode_definition(REPORT))
    assert "reports.get" in _page(url)
    page = _page(url, "calls", 1)
    for text in (
        "&lt;ReportName&gt;Shown&lt;/ReportName&gt;",
        "&quot;ReportName&quot;",
        "&quot;Shown (",
        "Total rows:",
    ):
        assert text in page
    assert "not remembered" not in page


def test_of_a_long_report_the_beginning_is_shown(url: str) -> None:
    """The page says that there was more."""
    fields = ["Date", "AdId", "CriterionId", "Device", "Age", "Clicks"]
    definition = {**REPORT, "FieldNames": fields, "ReportType": "CUSTOM_REPORT"}
    _order(url, "json", FORMATS["json"].encode_definition(definition))
    text = _page(url, "calls", 1)
    assert "&quot;Shown (" in text
    assert "The rest of the report is not remembered." in text
    assert "Total rows:" not in text


@pytest.mark.parametrize(
    "members",
    [
        {"ReportType": SCRIPT},
        {"FieldNames": []},
        {"FieldNames": "Clicks"},
        {"Page": 5},
        {"SelectionCriteria": [1, {"Filter": {"Field": []}}]},
        {"Nothing": [{"a": [SCRIPT]}], "<b>": None},
        {"Goals": [[1], {}, "\x00"]},
    ],
    ids=["type", "empty list", "text for a list", "number", "list for an object", "unknown", "lists in a list"],
)
def test_a_report_that_was_refused_is_shown(url: str, members: dict[str, object]) -> None:
    """Whatever a definition is made of, it is shown with the error that it met."""
    _order(url, "json", FORMATS["json"].encode_definition({**REPORT, **members}))
    text = _page(url, "calls", 1)
    assert "error 8000" in text
    assert "&lt;reports:errorCode&gt;8000&lt;/reports:errorCode&gt;" in text


@pytest.mark.parametrize(
    ("form", "body", "expected"),
    [
        ("soap", f'<ReportDefinition xmlns="{REPORTS}"><Page>5</Page><Else><b/></Else></ReportDefinition>', "Else"),
        ("soap", SCRIPT, "&lt;script&gt;document.title"),
        ("json", SCRIPT, "&lt;script&gt;document.title"),
    ],
    ids=["odd XML", "no XML", "no JSON"],
)
def test_a_report_that_makes_no_sense_is_shown(url: str, form: str, body: str, expected: str) -> None:
    """What can be read is shown as it was understood, and what cannot as it came."""
    _order(url, form, body.encode())
    text = _page(url, "calls", 1)
    assert "error 8000" in text
    assert expected in text


def test_a_login_of_every_kind_of_character_has_its_page(emulator: Emulator, url: str) -> None:
    """What stands in a link leads to its page, whatever the login is made of."""
    emulator.accounts.add(Account("a.b+c@d", 77))
    links = re.findall(r'href="([^"]*/accounts/a[^"]*)"', _page(url))
    assert requests.get(urljoin(url, links[0]), timeout=5).status_code == 200


def test_objects_are_shown_page_by_page(emulator: Emulator, url: str) -> None:
    """Each object stands with its document, once, and the pages lead onwards."""
    key = _rename(emulator, url)
    assert f"accounts/{ADVERTISER}/campaigns" in _page(url, "accounts", ADVERTISER)
    text = _page(url, "accounts", ADVERTISER, "campaigns")
    assert f"<td>{key}</td>" in text
    assert "&lt;script&gt;" in text
    document = next(emulator.store.rows("campaigns", ADVERTISER)).document
    for number in range(120):
        emulator.store.put("campaigns", 10**9 + number, ADVERTISER, document, changed=0)
    pages = [text := _page(url, "accounts", ADVERTISER, "campaigns")]
    while "Next" in text:
        pages.append(text := _page(url, "accounts", ADVERTISER, "campaigns", _last_id(text)))
    listed = [number for number in range(120) if sum(f"<td>{10**9 + number}</td>" in page for page in pages) == 1]
    assert len(listed) == 120


def _last_id(text: str) -> str:
    return text.rpartition("/campaigns/")[2].partition('"')[0]


@pytest.mark.parametrize("path", ["nothing", "accounts/nobody", "calls/9", f"accounts/{ADVERTISER}/nothing"])
def test_a_page_that_is_not_there_is_told(url: str, path: str) -> None:
    """An unknown account, service or call is 404, as a page that leads to the first one."""
    answer = requests.get(f"{url}/{path}", timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert 'href="/_emulator/admin"' in answer.text


def test_objects_are_filtered(emulator: Emulator, url: str) -> None:
    """By a part of the id, the name or the state, whatever the case; the next page keeps the filter."""
    document = next(emulator.store.rows("campaigns", ADVERTISER)).document
    for number in range(1200):
        named = {**document, "Name": "Шкаф" if number % 8 == 0 else "Стол", "State": "OFF"}
        emulator.store.put("campaigns", 10**9 + number, ADVERTISER, named, changed=0)
    objects = f"{url}/accounts/{ADVERTISER}/campaigns"
    first = requests.get(objects, params={"filter": "шкаф"}, timeout=5).text
    ids = [int(key) for key in re.findall(r"<td>(1[0-9]{9})</td>", first)]
    assert ids == [10**9 + number for number in range(0, 400, 8)]
    following = re.search(r'href="([^"]*)">Next', first)
    assert following is not None
    second = requests.get(urljoin(url, unescape(following[1])), timeout=5).text
    assert "<td>1000000400</td>" in second
    assert "Стол" not in second
    assert requests.get(objects, params={"filter": "1000001199"}, timeout=5).text.count("<tr>") == 2
    assert "None." in requests.get(objects, params={"filter": "<nothing>"}, timeout=5).text


def test_an_ad_is_known_by_its_title(url: str) -> None:
    """An object without a Name has the words by which a person knows it, and its state."""
    page = _page(url, "accounts", ADVERTISER, "ads")
    assert "<td>Новые полки весны</td><td>OFF</td><td>DRAFT</td><td>TEXT_AD</td>" in page


def test_a_call_whose_items_failed_in_part_is_marked(emulator: Emulator, url: str) -> None:
    """It is neither ok nor refused."""
    campaign = next(emulator.store.rows("campaigns", ADVERTISER))
    _call(url)
    _call(url, "update", Campaigns=[{"Id": campaign.id, "Name": "a"}, {"Id": 1, "Name": "b"}])
    _call(url, FieldNames=["Nothing"])
    assert [call.outcome for call in emulator.calls] == ["ok", "1 of 2 items failed", "error 8000"]
    page = _page(url)
    assert '<span class="ok">ok</span>' in page
    assert '<span class="partly">1 of 2 items failed</span>' in page
    assert '<span class="failed">error 8000</span>' in page


def test_pages_are_for_loopback_alone(emulator: Emulator) -> None:
    """An emulator that listens for other machines shows no page to anybody."""
    with emulator.serve(host="0.0.0.0", control=True) as url:  # noqa: S104  that it listens everywhere is the point
        port = url.rpartition(":")[2]
        assert requests.get(f"http://127.0.0.1:{port}/_emulator/admin", timeout=5).status_code == 403
        assert requests.get(f"http://127.0.0.1:{port}/_emulator/clock", timeout=5).status_code == 200


def test_pages_change_nothing(url: str) -> None:
    """They can be got, and nothing else."""
    assert requests.post(url, timeout=5).status_code == 405


def test_every_text_is_escaped() -> None:
    """Children, attributes, cells and links are texts unless they were made as elements."""
    markup = "<b>\"'&"
    elements = [element("p", markup), element("p", "", title=markup), table(("a",), [(markup,)]), link(markup, "x")]
    for html in elements:
        minidom.parseString(html)  # noqa: S318  made here
        assert "<b>" not in html
    assert element("p", Markup("<b/>")) == "<p><b/></p>"
    assert page(markup).count(b"<b>") == 0


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_a_browser_shows_the_pages(emulator: Emulator, url: str, tmp_path: Path) -> None:
    """Chromium applies the style sheet, shows the table of calls and both messages, and runs no script of a name's."""
    _rename(emulator, url)
    _call(url)
    first, call = _rendered(f"{url}", tmp_path), _rendered(f"{url}/calls/2", tmp_path)
    assert "<title>Emulator - emulator</title>" in first
    assert "campaigns.update" in first
    assert "<title>2: campaigns.get - emulator</title>" in call
    assert call.count("<h3>XML</h3>") == call.count("<h3>JSON</h3>") == 2
    assert "<script" not in first + call


def _rendered(address: str, folder: Path) -> str:
    """A page as Chromium has it after loading."""
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", "--dump-dom", address],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return done.stdout
