"""An emulator with four accounts and no objects, and the shortest ways to ask it something in raw bodies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import simplejson

from tests.clock import Clock
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account, Kind
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Request, Response


@dataclass
class Asker:
    """Sends raw requests to an emulator with an advertiser's token, unless told otherwise."""

    emulator: Emulator
    token: str = "anna-token"
    fields: dict[str, str] = field(default_factory=dict)
    version: str = "v5"

    def send(self, path: str, body: bytes = b"", *, method: str = "POST", **fields: str) -> Response:
        """A request as it is, but for the token."""
        named = {name.replace("_", "-"): value for name, value in {**self.fields, **fields}.items()}
        if self.token:
            named = {"Authorization": f"Bearer {self.token}"} | named
        return self.emulator.handle_request(Request(f"http://emulator.test{path}", Headers(named), body, method))

    def json(self, service: str, method: str, params: dict[str, Any] | None = None, **fields: str) -> dict[str, Any]:
        """The body of the answer to a call over JSON."""
        call = {"method": method, "params": params or {}}
        response = self.send(f"/json/{self.version}/{service}", simplejson.dumps(call).encode(), **fields)
        answer: dict[str, Any] = simplejson.loads(response.body, use_decimal=True)
        return answer

    def result(self, service: str, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of a call over JSON that is to succeed as a whole."""
        answer = self.json(service, method, params)
        assert "result" in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def error(self, service: str, method: str, params: dict[str, Any] | None = None, **fields: str) -> int:
        """The code with which a call over JSON is refused as a whole."""
        answer = self.json(service, method, params, **fields)
        assert "error" in answer, answer
        return int(answer["error"]["error_code"])

    def write(self, service: str, method: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """The results of the items of a write."""
        (items,) = self.result(service, method, params).values()
        return list(items)

    def add(self, service: str, list_name: str, *items: dict[str, Any]) -> list[Any]:
        """The identifiers of objects that are to be added without a complaint."""
        results = self.write(service, "add", {list_name: list(items)})
        assert [item for item in results if item.get("Errors")] == []
        return [next(value for name, value in item.items() if name != "Warnings") for item in results]

    def on(self, service: str, method: str, *ids: Any) -> list[dict[str, Any]]:
        """The results of a verb that takes identifiers."""
        return self.write(service, method, {"SelectionCriteria": {"Ids": list(ids)}})

    def one(self, service: str, key: Any, *fields: str, **lists: list[str]) -> dict[str, Any]:
        """The one object of an identifier, with the fields asked for."""
        params = {"SelectionCriteria": {"Ids": [key]}, "FieldNames": list(fields), **lists}
        ((item,),) = self.result(service, "get", params).values()
        return dict(item)

    def put(self, service: str, *documents: dict[str, Any], by: str = "Id") -> None:
        """Puts objects into the store that no operation adds."""
        for document in documents:
            self.emulator.store.put(service, document[by], "anna", document, changed=0)

    def change_account(self, **changes: Any) -> None:
        """Gives the advertiser other attributes: a currency, restrictions, a standing."""
        account = self.emulator.accounts.by_login("anna")
        assert account is not None
        self.emulator.accounts.update(replace(account, **changes))

    def campaign(self, **members: Any) -> Any:
        """A new text campaign."""
        item = {"Name": "Campaign", "StartDate": "2026-06-01", "TextCampaign": {}} | members
        return self.add("campaigns", "Campaigns", item)[0]

    def group(self, campaign: Any = None) -> Any:
        """A new group in a campaign."""
        item = {"Name": "Group", "CampaignId": campaign or self.campaign(), "RegionIds": [225]}
        return self.add("adgroups", "AdGroups", item)[0]

    def ad(self, group: Any = None, **members: Any) -> Any:
        """A new text ad in a group."""
        text = {"Title": "Title", "Text": "Text", "Mobile": "NO", "Href": "https://example.com/"} | members
        return self.add("ads", "Ads", {"AdGroupId": group or self.group(), "TextAd": text})[0]

    def keyword(self, text: str = "buy an elephant", group: Any = None) -> Any:
        """A new keyword in a group."""
        return self.add("keywords", "Keywords", {"AdGroupId": group or self.group(), "Keyword": text})[0]


def codes(results: list[dict[str, Any]], kind: str = "Errors") -> list[list[int]]:
    """The codes of errors or warnings, item by item."""
    return [[each["Code"] for each in item.get(kind, ())] for item in results]


def add(ask: Asker, service: str, *items: Mapping[str, Any]) -> list[list[int]]:
    """The codes of errors that new objects meet."""
    (name,) = [member.name for member in bundled()[service].operations["add"].request.members if member.many]
    return codes(ask.write(service, "add", {name: [dict(item) for item in items]}))


@pytest.fixture
def clock() -> Clock:
    """The time in the emulator."""
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Iterator[Emulator]:
    """An emulator with an advertiser, one who may only read, an agency and a client of it, and no objects."""
    with Emulator(seed=False, clock=clock, moderation_seconds=0) as emulator:
        accounts = emulator.accounts
        accounts.add(Account("anna", 1001, first_name="Anna", last_name="K"), token="anna-token")
        accounts.add(Account("reader", 1002, readonly=True), token="reader-token")
        accounts.add(Account("agency", 1003, kind=Kind.AGENCY), token="agency-token")
        accounts.add(Account("agency-client", 1004, kind=Kind.CLIENT, agency="agency"))
        yield emulator


@pytest.fixture
def ask(emulator: Emulator) -> Asker:
    """Asks with the advertiser's token."""
    return Asker(emulator)
