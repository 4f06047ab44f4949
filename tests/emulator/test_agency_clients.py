"""AgencyClients and Clients: registration by every rule of its documentation, get and update."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, item_codes
from yadirect_soap.emulator.domain.account import Account, AccountKind
from yadirect_soap.emulator.fixtures.demo_accounts import AGENCY_TOKEN
from yadirect_soap.protocol.validation import check

FIELDS = [
    "AccountQuality",
    "Archived",
    "ClientId",
    "ClientInfo",
    "CountryId",
    "CreatedAt",
    "Currency",
    "Grants",
    "Bonuses",
    "Login",
    "Notification",
    "OverdraftSumAvailable",
    "Phone",
    "Representatives",
    "Restrictions",
    "Settings",
    "Type",
    "VatRate",
    "ForbiddenPlatform",
    "AvailableCampaignTypes",
    "AvailableAdGroupTypes",
]
SUBSCRIBED = [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "YES"}]
NOTIFICATION = {"Lang": "EN", "Email": "owner@example.com", "EmailSubscriptions": SUBSCRIBED}


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def new_client(**other: Any) -> dict[str, Any]:
    """The params of a registration, with what is other."""
    params = {"Login": "new-client", "FirstName": "Ann", "LastName": "Lee", "Currency": "RUB"}
    return {**params, "Notification": NOTIFICATION, **other}


def agency(client: EmulatorClient, operation: str, params: dict[str, Any]) -> dict[str, Any]:
    """What an operation of AgencyClients answers to the demo agency."""
    return client.call(f"agencyclients.{operation}", params, token=AGENCY_TOKEN)


def client_item(client: EmulatorClient, login: str) -> dict[str, Any]:
    """What Clients.get tells the agency of a client."""
    (item,) = client.call("clients.get", {"FieldNames": FIELDS}, token=AGENCY_TOKEN, client=login)["Clients"]
    assert isinstance(item, dict)
    return item


def grants(edit: str, xls: str) -> list[dict[str, str]]:
    """Two of the three privileges."""
    return [{"Privilege": "EDIT_CAMPAIGNS", "Value": edit}, {"Privilege": "IMPORT_XLS", "Value": xls}]


def test_a_new_client_is_answered_flat(client: EmulatorClient) -> None:
    """The answer has the login, a password, an address made of the login, and the id."""
    answer = agency(client, "add", new_client())
    assert answer.keys() == {"Login", "Password", "Email", "ClientId"}
    assert (answer["Login"], answer["Email"]) == ("new-client", "new-client@yandex.ru")
    assert len(answer["Password"]) >= 12


def test_a_new_client_works(client: EmulatorClient) -> None:
    """A new client is told by AgencyClients.get and may be named in Client-Login at once."""
    key = agency(client, "add", new_client())["ClientId"]
    params = {"SelectionCriteria": {"Logins": ["new-client"]}, "FieldNames": ["ClientId"]}
    assert agency(client, "get", params)["Clients"] == [{"ClientId": key}]
    empty = client.call("campaigns.get", {"FieldNames": ["Id"]}, token=AGENCY_TOKEN, client="new-client")
    assert not empty.get("Campaigns")


def test_what_is_not_named_is_no(client: EmulatorClient) -> None:
    """Privileges, subscriptions and settings that are not named are created as NO."""
    agency(client, "add", new_client(Grants=[{"Privilege": "EDIT_CAMPAIGNS", "Value": "YES"}]))
    item = client_item(client, "new-client")
    values = {grant["Privilege"]: grant["Value"] for grant in item["Grants"]}
    assert values == {"EDIT_CAMPAIGNS": "YES", "IMPORT_XLS": "NO", "TRANSFER_MONEY": "NO"}
    assert [entry["Value"] for entry in item["Notification"]["EmailSubscriptions"]] == ["YES", "NO", "NO"]
    assert {entry["Value"] for entry in item["Settings"]} == {"NO"}


def test_the_given_details_are_kept(client: EmulatorClient) -> None:
    """Currency, language, address, settings and the tax number are the given ones."""
    settings = [{"Option": "DISPLAY_STORE_RATING", "Value": "YES"}]
    agency(
        client, "add", new_client(Currency="KZT", Settings=settings, TinInfo={"TinType": "LEGAL", "Tin": "7707000000"})
    )
    item = client_item(client, "new-client")
    assert (item["Currency"], item["Notification"]["Lang"]) == ("KZT", "EN")
    assert item["Notification"]["Email"] == "owner@example.com"
    assert settings[0] in item["Settings"]
    params = {"FieldNames": ["Login"], "TinInfoFieldNames": ["TinType", "Tin"]}
    (tax,) = client.call("clients.get", params, token=AGENCY_TOKEN, client="new-client")["Clients"]
    assert tax["TinInfo"] == {"TinType": "LEGAL", "Tin": "7707000000"}


@pytest.mark.parametrize("login", ["a", "a1", "ab-c.d9", "Upper", "x" * 30])
def test_good_logins(client: EmulatorClient, login: str) -> None:
    """Latin letters, digits, single hyphens and dots, up to 30 characters, make a login."""
    assert agency(client, "add", new_client(Login=login))["Login"] == login


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("", 5000),
        (" ", 5000),
        ("x" * 31, 5001),
        ("логин", 5002),
        ("a_b", 5002),
        ("a b", 5002),
        ("1a", 5004),
        ("-a", 5004),
        ("a-", 5004),
        ("a.", 5004),
        ("a--b", 5004),
        ("a..b", 5004),
        ("a-.b", 5004),
        ("demo-client-rub", 5200),
        ("DEMO.client.rub", 5200),
        ("demo-advertiser", 5200),
    ],
    ids=[
        "empty",
        "blank",
        "too long",
        "Cyrillic",
        "underscore",
        "space",
        "digit first",
        "hyphen first",
        "hyphen last",
        "dot last",
        "two hyphens",
        "two dots",
        "hyphen and dot",
        "in use",
        "in use with dots",
        "somebody else's",
    ],
)
def test_bad_logins(client: EmulatorClient, login: str, code: int) -> None:
    """Any other login, and one that is in use, is an error in the flat answer, and no client comes of it."""
    answer = agency(client, "add", new_client(Login=login))
    assert (set(answer), item_codes(answer)) == ({"Errors"}, [code])


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"FirstName": " "}, 5000),
        ({"FirstName": "x" * 21}, 5001),
        ({"LastName": "x" * 21}, 5001),
        ({"FirstName": "A&B"}, 5002),
        ({"LastName": "<b>"}, 5002),
        ({"LastName": "a=b"}, 5002),
        ({"Currency": "GBP"}, 5005),
        ({"Currency": "YND_FIXED"}, 5005),
        ({"Notification": {**NOTIFICATION, "Email": "nobody"}}, 5004),
        ({"Notification": {**NOTIFICATION, "EmailSubscriptions": SUBSCRIBED * 2}}, 9802),
        ({"Grants": grants("NO", "YES")}, 6000),
        ({"Grants": [{"Privilege": "IMPORT_XLS", "Value": "YES"}]}, 6000),
        ({"Grants": grants("YES", "YES") + grants("YES", "YES")}, 9802),
        ({"Settings": [{"Option": "DISPLAY_STORE_RATING", "Value": "NO"}] * 2}, 9802),
        ({"TinInfo": {"TinType": "LEGAL", "Tin": ""}}, 5003),
    ],
    ids=[
        "blank name",
        "long first name",
        "long last name",
        "ampersand",
        "angle brackets",
        "equals sign",
        "pounds",
        "units",
        "address",
        "subscription twice",
        "import without editing",
        "import alone",
        "privilege twice",
        "setting twice",
        "empty tax number",
    ],
)
def test_bad_details(client: EmulatorClient, other: dict[str, Any], code: int) -> None:
    """Each rule of the documentation has its error."""
    assert item_codes(agency(client, "add", new_client(**other))) == [code]


def test_import_needs_editing(client: EmulatorClient) -> None:
    """IMPORT_XLS may be YES where EDIT_CAMPAIGNS is."""
    assert "ClientId" in agency(client, "add", new_client(Grants=grants("YES", "YES")))


def test_all_errors_are_told_at_once(client: EmulatorClient) -> None:
    """The flat answer holds every error, and the failed client costs its points once."""
    answer = agency(client, "add", new_client(Login="1", FirstName="&", Currency="GBP"))
    assert item_codes(answer) == [5004, 5002, 5005]


def test_errors_speak_russian(client: EmulatorClient) -> None:
    """Accept-Language decides the language of the errors."""
    answer = client.call("agencyclients.add", new_client(Login=""), token=AGENCY_TOKEN, language="ru")
    assert answer["Errors"][0]["Message"] == "Поле обязательно для заполнения"


def test_passwords_are_alike_for_the_same_history() -> None:
    """Two emulators with the same history generate the same passwords."""
    answers = []
    for _ in range(2):
        with EmulatorClient.demo(now=START) as client:
            answers.append([agency(client, "add", new_client(Login=login)) for login in ("one", "two")])
    assert answers[0] == answers[1]
    assert answers[0][0]["Password"] != answers[0][1]["Password"]


def test_a_hundred_clients_a_day(client: EmulatorClient) -> None:
    """The hundred and first client of a day is refused, and accepted the day after."""
    for number in range(100):
        agency(client, "add", new_client(Login=f"client{number}"))
    assert item_codes(agency(client, "add", new_client())) == [7001]
    client.clock.now += 24 * 3600
    assert "ClientId" in agency(client, "add", new_client())


def test_registration_needs_a_permission(client: EmulatorClient) -> None:
    """An agency without the permission gets error 3001."""
    client.emulator.accounts.add(Account("other-agency", 77, AccountKind.AGENCY), "other-token")
    assert client.fault("agencyclients.add", new_client(), token="other-token") == 3001


def test_advertisers_have_no_clients(client: EmulatorClient) -> None:
    """The service is for agencies only."""
    assert client.fault("agencyclients.add", new_client()) == 54


def test_an_organization_gets_a_login(client: EmulatorClient) -> None:
    """A login is made up for an organization, and invitations into it are taken."""
    params = {"Name": "Лавка", "Currency": "RUB", "Notification": NOTIFICATION}
    answer = agency(client, "addPassportOrganization", params)
    assert answer.keys() == {"Login", "ClientId"}
    invitation = {"PassportOrganizationLogin": answer["Login"], "Role": "USER"}
    to = {"SendInviteTo": {"Email": "a@b.example"}}
    member = agency(client, "addPassportOrganizationMember", invitation | to)
    assert member == {"PassportOrganizationLogin": answer["Login"]}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"PassportOrganizationLogin": "demo-client-rub"}, 8800),
        ({"SendInviteTo": {}}, 5008),
        ({"SendInviteTo": {"Email": "a@b.example", "Phone": "+79000000000"}}, 5009),
        ({"SendInviteTo": {"Email": "a"}}, 5004),
        ({"SendInviteTo": {"Phone": "home"}}, 5004),
    ],
    ids=["no organization", "nowhere", "two ways", "address", "telephone"],
)
def test_bad_invitations(client: EmulatorClient, other: dict[str, Any], code: int) -> None:
    """An invitation goes to one address or one telephone of an organization."""
    login = agency(
        client, "addPassportOrganization", {"Name": "Лавка", "Currency": "RUB", "Notification": NOTIFICATION}
    )["Login"]
    params = {"PassportOrganizationLogin": login, "Role": "ADMIN", "SendInviteTo": {"Phone": "+79000000000"}}
    assert item_codes(agency(client, "addPassportOrganizationMember", params | other)) == [code]


def test_everything_is_told(client: EmulatorClient) -> None:
    """Clients.get has every field of the contract, in the contract's shape."""
    params = {
        "FieldNames": FIELDS,
        "TinInfoFieldNames": ["TinType", "Tin"],
        "OrganizationFieldNames": ["Name", "EpayNumber", "RegNumber", "OksmNumber", "OkvedCode"],
        "ContractFieldNames": ["Number", "Date", "Price", "Type", "ActionType", "SubjectType", "IsAgencyPayment"],
        "ContragentFieldNames": ["Name", "Phone", "EpayNumber", "RegNumber", "OksmNumber"],
        "ContragentTinInfoFieldNames": ["TinType", "Tin"],
    }
    answer = client.call("clients.get", params)
    assert check(answer, client.emulator.contract.operation("clients", "get").response) == []
    (item,) = answer["Clients"]
    assert set(FIELDS) <= item.keys()
    points = {entry["Element"]: entry["Value"] for entry in item["Restrictions"]}["API_POINTS"]
    assert points == 160_000


def test_only_asked_fields_come(client: EmulatorClient) -> None:
    """Nothing is told that FieldNames does not name."""
    answer = client.call("clients.get", {"FieldNames": ["Login"]})
    assert answer["Clients"] == [{"Login": "demo-advertiser"}]


@pytest.mark.parametrize(
    ("criteria", "logins"),
    [
        ({}, ["demo-client-rub", "demo-client-byn", "demo-client-kzt"]),
        ({"Logins": ["demo-client-kzt", "Demo.Client.Rub", "demo-advertiser"]}, ["demo-client-rub", "demo-client-kzt"]),
        ({"Archived": "YES"}, []),
        ({"Archived": "NO", "Logins": ["demo-client-byn"]}, ["demo-client-byn"]),
    ],
    ids=["all", "by login", "archived", "both"],
)
def test_clients_by_criteria(client: EmulatorClient, criteria: dict[str, Any], logins: list[str]) -> None:
    """An agency finds its own clients by login, however it is spelt, and by being archived."""
    answer = agency(client, "get", {"SelectionCriteria": criteria, "FieldNames": ["Login"]})
    assert [new_client["Login"] for new_client in answer.get("Clients", ())] == logins


def test_clients_come_in_pages(client: EmulatorClient) -> None:
    """LimitedBy tells where the next page begins."""
    params = {"SelectionCriteria": {}, "FieldNames": ["Login"], "Page": {"Limit": 2}}
    assert agency(client, "get", params)["LimitedBy"] == 2


def test_an_update_changes_what_it_names(client: EmulatorClient) -> None:
    """What an update leaves out stays as it was."""
    key = agency(client, "add", new_client(Grants=grants("YES", "NO")))["ClientId"]
    before = client_item(client, "new-client")
    item = {"ClientId": key, "ClientInfo": "Оптовик", "Notification": {"Lang": "RU"}}
    item["Grants"] = grants("YES", "YES")[1:]
    assert agency(client, "update", {"Clients": [item]})["UpdateResults"] == [{"ClientId": key, "Errors": []}]
    after = client_item(client, "new-client")
    assert after["Notification"] == before["Notification"] | {"Lang": "RU"}
    assert {grant["Privilege"]: grant["Value"] for grant in after["Grants"]}["IMPORT_XLS"] == "YES"
    changed = {name for name in FIELDS if before[name] != after[name]}
    assert changed == {"ClientInfo", "Notification", "Grants"}


def test_nil_clears(client: EmulatorClient) -> None:
    """None in an update clears the tax data, and what it stands for inside the attributes."""
    key = agency(client, "add", new_client(TinInfo={"TinType": "LEGAL", "Tin": "77"}))["ClientId"]
    attributes = {"Organization": {"Name": "Лавка", "RegNumber": "1"}}
    agency(client, "update", {"Clients": [{"ClientId": key, "ErirAttributes": attributes}]})
    cleared = {"Organization": {"RegNumber": None}}
    agency(client, "update", {"Clients": [{"ClientId": key, "TinInfo": {"Tin": None}, "ErirAttributes": cleared}]})
    params = {"FieldNames": ["Login"], "TinInfoFieldNames": ["Tin"], "OrganizationFieldNames": ["Name", "RegNumber"]}
    (item,) = client.call("clients.get", params, token=AGENCY_TOKEN, client="new-client")["Clients"]
    assert item["TinInfo"] == {"Tin": None}
    assert item["ErirAttributes"] == {"Organization": {"Name": "Лавка", "RegNumber": None}}


def test_nil_clears_whole_objects(client: EmulatorClient) -> None:
    """None for an object clears all of it, and what is told then still fits the contract."""
    price = {"Amount": Decimal("1000.50"), "IncludingVat": "YES"}
    attributes = {"Contract": {"Number": "7", "Price": price}, "Contragent": {"TinInfo": {"TinType": "LEGAL"}}}
    item = {"ErirAttributes": attributes, "TinInfo": {"TinType": "FOREIGN_LEGAL", "Tin": "1"}}
    params = {
        "FieldNames": ["Login"],
        "TinInfoFieldNames": ["TinType", "Tin"],
        "ContractFieldNames": ["Number", "Price"],
        "ContragentTinInfoFieldNames": ["TinType", "Tin"],
    }
    client.call("clients.update", {"Clients": [item]})
    (full,) = client.call("clients.get", params)["Clients"]
    assert full["ErirAttributes"]["Contract"] == {"Number": "7", "Price": price}
    client.call("clients.update", {"Clients": [{"ErirAttributes": {"Contract": {"Price": None}, "Contragent": None}}]})
    client.call("clients.update", {"Clients": [{"TinInfo": None}]})
    (empty,) = client.call("clients.get", params)["Clients"]
    assert empty["TinInfo"] == {"Tin": None}
    assert empty["ErirAttributes"] == {"Contract": {"Number": "7"}, "Contragent": {"TinInfo": {"Tin": None}}}


def test_updates_fail_one_by_one(client: EmulatorClient) -> None:
    """Each client of an update has its own result, in order."""
    own = client.emulator.accounts.by_login("demo-client-rub")
    assert own is not None
    items = [
        {"ClientId": 1_000_001, "Phone": "1"},
        {"ClientId": own.client_id, "Grants": grants("NO", "YES")},
        {"ClientId": own.client_id + 1, "ClientInfo": "x" * 256},
        {"ClientId": own.client_id + 2, "Phone": "1"},
    ]
    results = agency(client, "update", {"Clients": items})["UpdateResults"]
    assert [item_codes(result) for result in results] == [[8800], [6000], [5001], []]


def test_an_advertiser_updates_itself(client: EmulatorClient) -> None:
    """Clients.update needs no ClientId."""
    client.call("clients.update", {"Clients": [{"Phone": "+7 900 000-00-00"}]})
    assert client.call("clients.get", {"FieldNames": ["Phone"]})["Clients"] == [{"Phone": "+7 900 000-00-00"}]
