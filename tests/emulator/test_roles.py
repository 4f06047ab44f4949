"""Who may do what: representatives, grants, closed accounts, lists of addresses, and how many may call at once."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
import requests

from tests.emulator.emulator_client import EmulatorClient, codes
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account, AccountKind
from yadirect_soap.emulator.operations.call import OperationCall
from yadirect_soap.protocol.messages import Headers, Request

GET = {"FieldNames": ["Id"]}
NEW = {"Campaigns": [{"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {}}]}
MANAGER = Account("anna-manager", 2001, represents="anna")


def test_a_representative_acts_for_its_advertiser(emulator: Emulator, client: EmulatorClient) -> None:
    """Its campaigns are the advertiser's, whoever of them asks, and the advertiser pays."""
    emulator.accounts.add(MANAGER, token="manager-token")
    campaign = client.campaign()
    manager = EmulatorClient(emulator, "manager-token")
    assert manager.result("campaigns", "get", GET) == {"Campaigns": [{"Id": campaign}]}
    assert manager.send("/json/v5/campaigns", b"{}").headers["Units-Used-Login"] == "anna"


@pytest.mark.parametrize(("token", "login"), [("anna-token", "anna-manager"), ("manager-token", "anna")])
def test_an_advertiser_is_named_by_any_of_its_logins(emulator: Emulator, token: str, login: str) -> None:
    """Client-Login may be the login of any representative of the account."""
    emulator.accounts.add(MANAGER, token="manager-token")
    assert EmulatorClient(emulator, token, {"Client-Login": login}).result("campaigns", "get", GET) == {"Campaigns": []}


def test_representatives_are_told_with_their_roles(emulator: Emulator, client: EmulatorClient) -> None:
    """Clients.get names the chief first, then the others by what they may do."""
    emulator.accounts.add(MANAGER)
    emulator.accounts.add(replace(MANAGER, login="anna-reader", client_id=2002, readonly=True))
    (item,) = client.result("clients", "get", {"FieldNames": ["Representatives"]})["Clients"]
    roles = [(representative["Login"], representative["Role"]) for representative in item["Representatives"]]
    assert roles == [("anna", "CHIEF"), ("anna-manager", "DELEGATE"), ("anna-reader", "READONLY")]


def test_a_read_only_representative_cannot_write(emulator: Emulator) -> None:
    """Error 54 meets the login that may only read, though its advertiser may write."""
    emulator.accounts.add(replace(MANAGER, readonly=True), token="manager-token")
    assert EmulatorClient(emulator, "manager-token").error("campaigns", "add", NEW) == 54


def test_an_agency_reads_what_is_kept_of_itself(emulator: Emulator) -> None:
    """Clients.get needs no client of it, tells nothing that only advertisers have, and Clients.update is 8000."""
    client = EmulatorClient(emulator, "agency-token")
    names = ["Login", "Type", "Currency", "Restrictions", "Settings", "Grants", "OverdraftSumAvailable"]
    assert client.result("clients", "get", {"FieldNames": names}) == {
        "Clients": [{"Login": "agency", "Type": "AGENCY"}]
    }
    update = {"Clients": [{"Phone": "+7 495 123-45-67"}]}
    assert client.error("clients", "update", update) == 8000


def test_a_limited_representative_of_an_agency_has_clients_of_its_own(emulator: Emulator) -> None:
    """It finds the clients that it works for, and no others of its agency."""
    accounts = emulator.accounts
    accounts.add(Account("other-client", 1005, kind=AccountKind.CLIENT, agency="agency"))
    limited = Account("agency-manager", 2003, kind=AccountKind.AGENCY, represents="agency", clients=("agency-client",))
    accounts.add(limited, token="limited-token")

    def client_of(login: str) -> EmulatorClient:
        return EmulatorClient(emulator, "limited-token", {"Client-Login": login})

    assert client_of("agency-client").result("campaigns", "get", GET) == {"Campaigns": []}
    assert client_of("other-client").error("campaigns", "get", GET) == 8800
    agency = EmulatorClient(emulator, "limited-token")
    result = agency.result("agencyclients", "get", {"SelectionCriteria": {}, "FieldNames": ["Login"]})
    assert result == {"Clients": [{"Login": "agency-client"}]}
    assert codes(agency.write("agencyclients", "update", {"Clients": [{"ClientId": 1005}]})) == [[8800]]


@pytest.mark.parametrize(("value", "writes"), [("YES", True), ("NO", False)])
def test_an_agencys_client_edits_what_the_agency_grants(emulator: Emulator, value: str, writes: bool) -> None:
    """Without EDIT_CAMPAIGNS the client reads and does not write (error 54); its agency writes all the same."""
    emulator.accounts.grant("agency-client", "client-token")
    item = {"ClientId": 1004, "Grants": [{"Privilege": "EDIT_CAMPAIGNS", "Value": value}]}
    agency = EmulatorClient(emulator, "agency-token")
    assert agency.write("agencyclients", "update", {"Clients": [item]}) == [{"ClientId": 1004, "Errors": []}]
    answer = EmulatorClient(emulator, "client-token").json("campaigns", "add", NEW)
    assert ("result" in answer) is writes
    if not writes:
        assert answer["error"]["error_code"] == 54
    assert EmulatorClient(emulator, "agency-token", {"Client-Login": "agency-client"}).result("campaigns", "add", NEW)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"enabled": False}, 513), ({"api_access": False}, 3000), ({"currency": ""}, 54)],
    ids=["not in Direct", "closed to the API", "no currency"],
)
def test_an_account_that_cannot_call(
    emulator: Emulator, client: EmulatorClient, change: dict[str, Any], code: int
) -> None:
    """Each standing of an account has its error."""
    client.change_account(**change)
    assert client.error("campaigns", "get", GET) == code


def test_a_token_needs_an_approved_application(emulator: Emulator, client: EmulatorClient) -> None:
    """Error 58 meets a token of an application that still waits for access; approved, it calls."""
    emulator.accounts.grant("anna", "anna-token", approved=False)
    assert client.error("campaigns", "get", GET) == 58
    emulator.accounts.grant("anna", "anna-token")
    assert client.result("campaigns", "get", GET) == {"Campaigns": []}


def test_a_revoked_token_is_unknown(emulator: Emulator, client: EmulatorClient) -> None:
    """Error 53 from the moment on that the user withdraws a token."""
    emulator.accounts.revoke("anna-token")
    assert client.error("campaigns", "get", GET) == 53


@pytest.mark.parametrize(
    ("peer", "refused"),
    [("192.0.2.7", False), ("192.0.3.7", True), ("2001:db8::5", False), ("2001:db9::5", True), ("nowhere", True)],
)
def test_a_list_of_addresses_lets_no_others_in(emulator: Emulator, peer: str, refused: bool) -> None:
    """Error 3000 meets a request from an address that is not in the user's list."""
    account = replace(MANAGER, networks=("192.0.2.0/24", "2001:db8::/32"))
    emulator.accounts.add(account, token="manager-token")
    fields = Headers({"Authorization": "Bearer manager-token"})
    body = b'{"method": "get", "params": {"FieldNames": ["Id"]}}'
    response = emulator.handle_request(Request("http://emulator.test/json/v5/campaigns", fields, body, peer=peer))
    assert (b'"error_code": 3000' in response.body or b'"error_code":3000' in response.body) is refused


def test_a_network_that_is_none_is_refused() -> None:
    """An account cannot be made with a list that holds something else."""
    with pytest.raises(ValueError, match="office"):
        Account("anna", 1, networks=("office",))


def test_a_socket_tells_the_callers_address(emulator: Emulator, client: EmulatorClient) -> None:
    """Over a socket the address is the one of the connection."""
    emulator.accounts.add(replace(MANAGER, networks=("192.0.2.0/24",)), token="manager-token")
    with emulator.serve() as url:
        codes = [
            requests.post(
                f"{url}/json/v5/campaigns",
                json={"method": "get", "params": GET},
                headers={"Authorization": f"Bearer {token}"},
                timeout=5,
            )
            .json()
            .get("error", {})
            .get("error_code")
            for token in ("manager-token", "anna-token")
        ]
    assert codes == [3000, None]


def test_restrictions_of_an_account_are_kept_and_told(emulator: Emulator, client: EmulatorClient) -> None:
    """An account's own number of ads in a group is what Clients.get tells, and error 7001 keeps it."""
    client.change_account(restrictions={"ADS_TOTAL_PER_ADGROUP": 1})
    (item,) = client.result("clients", "get", {"FieldNames": ["Restrictions"]})["Clients"]
    assert {"Element": "ADS_TOTAL_PER_ADGROUP", "Value": 1} in item["Restrictions"]
    group = client.group()
    client.ad(group)
    text = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/"}
    (refused,) = client.write("ads", "add", {"Ads": [{"AdGroupId": group, "TextAd": text}]})
    assert refused["Errors"][0]["Code"] == 7001


# --- at once ----------------------------------------------------------------------------------------------


class ConcurrentCallers:
    """An emulator whose Campaigns.get takes until it is let go, and callers that wait in it."""

    def __init__(self) -> None:
        self._go = threading.Event()
        self.emulator = Emulator(seed=False, handlers={"campaigns.get": self._wait})
        for login in ("anna", "boris"):
            self.emulator.accounts.add(Account(login, 1), token=f"{login}-token")
        self.emulator.accounts.add(MANAGER, token="manager-token")

    def _wait(self, _call: OperationCall) -> dict[str, Any]:
        self._go.wait(10)
        return {}

    def codes(self, pool: ThreadPoolExecutor, tokens: list[str], *, answered: int) -> list[int]:
        """The codes of concurrent calls with these tokens; the calls end when `answered` of them have a response."""
        calls = [pool.submit(EmulatorClient(self.emulator, token).json, "campaigns", "get", GET) for token in tokens]
        list(islice(as_completed(calls, timeout=10), answered))
        self._go.set()
        return sorted(call.result().get("error", {}).get("error_code", 0) for call in calls)


@pytest.mark.parametrize(
    ("tokens", "refused"),
    [
        (["anna-token"] * 6, 1),
        (["anna-token"] * 7, 2),
        (["anna-token"] * 3 + ["manager-token"] * 3, 1),
        (["anna-token"] * 6 + ["boris-token"], 1),
    ],
    ids=["six", "seven", "a representative's count too", "another advertiser's do not"],
)
def test_five_requests_of_an_advertiser_at_a_time(tokens: list[str], refused: int) -> None:
    """Error 506 meets what is one too many; it costs nothing and is told at once."""
    callers = ConcurrentCallers()
    with callers.emulator, ThreadPoolExecutor(len(tokens)) as pool:
        # Whose a token is shows once it has called.
        for token in set(tokens):
            assert EmulatorClient(callers.emulator, token).result("turbopages", "get", GET) == {"TurboPages": []}
        expected = [0] * (len(tokens) - refused) + [506] * refused
        assert callers.codes(pool, tokens, answered=refused) == expected


def test_a_place_is_free_again_after_a_call(client: EmulatorClient) -> None:
    """Calls one after the other are never too many."""
    assert [client.result("campaigns", "get", GET) for _ in range(7)] == [{"Campaigns": []}] * 7
