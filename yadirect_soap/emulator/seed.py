"""The demo accounts and all they own, put into an empty store; the texts are in seed/*.toml, invented and always alike.

An advertiser and an agency with three clients; campaigns, groups and ads of every type that the contract knows.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from . import feeds
from .domain.accounts import Account, Accounts, Kind
from .domain.currencies import prices
from .domain.resources import resources
from .operations.crud import autotargeting, duplicates
from .operations.crud.defaults import filled, with_defaults
from .operations.services import agency_registration, bid_modifiers, changes, media
from .storage.store import Document, Key, Store

ADVERTISER, ADVERTISER_TOKEN = "demo-advertiser", "demo-token"
AGENCY, AGENCY_TOKEN = "demo-agency", "demo-agency-token"
CLIENTS: Mapping[str, str] = MappingProxyType(
    {"demo-client-rub": "RUB", "demo-client-byn": "BYN", "demo-client-kzt": "KZT"}
)
"""The agency's clients and their currencies."""

SEEDED_AT = 1_769_904_000.0
"""When everything was last changed: 2026-02-01T00:00:00Z."""

_FIRST = MappingProxyType({"bidmodifiers": bid_modifiers.FIRST, "creatives": media.FIRST_CREATIVE})
"""The first identifiers of what the ordinary verbs do not add."""

_FIRST_CLIENT = 1_000_001
_HOMES = MappingProxyType({"RUB": (225, 1), "BYN": (149, 157), "KZT": (159, 162)})
"""The country of an account and the region of its ads, by its currency."""

_WITH_BIDS = frozenset({"dynamicfeedadtargets", "dynamictextadtargets", "keywords"})
_RUNNING: Mapping[str, Document] = MappingProxyType(
    {
        "adextensions": {"Status": "ACCEPTED"},
        "adgroups": {"Status": "ACCEPTED"},
        "ads": {"State": "ON", "Status": "ACCEPTED"},
        "bidmodifiers": {"AdGroupId": None},
        "campaigns": {"State": "ON", "Status": "ACCEPTED", "StatusPayment": "ALLOWED"},
        "creatives": {
            "IsAdaptive": "NO",
            "PreviewUrl": "https://images.example/creatives/preview",
            "ThumbnailUrl": "https://images.example/creatives/thumbnail",
        },
        "keywords": {"State": "ON", "Status": "ACCEPTED"},
    }
)
"""What the seed's documents have where they say nothing else, over the defaults of new objects."""


def seed(store: Store, accounts: Accounts) -> None:
    """Fills a store; the same store comes of it every time."""
    advertiser = Account(ADVERTISER, _FIRST_CLIENT, first_name="Демо", last_name="Рекламодатель")
    agency = Account(AGENCY, _FIRST_CLIENT + 1, Kind.AGENCY, first_name="Демо", last_name="Агентство")
    accounts.add(advertiser, ADVERTISER_TOKEN)
    accounts.add(agency, AGENCY_TOKEN)
    agency_registration.permit(store, AGENCY)
    owner = Owner(store, advertiser)
    owner.plant("advertiser")
    owner.plant("formats")
    for number, (login, currency) in enumerate(CLIENTS.items(), _FIRST_CLIENT + 2):
        Owner(store, accounts.add(_client(login, number, currency))).plant("client")
    changes.correct_statistics(store, owner.key("text"), from_day="2026-01-25", at=SEEDED_AT)


def _client(login: str, number: int, currency: str) -> Account:
    return Account(
        login,
        number,
        Kind.CLIENT,
        agency=AGENCY,
        currency=currency,
        first_name="Клиент",
        last_name=currency,
        country_id=_HOMES[currency][0],
        created_at="2026-01-09",
    )


class Owner:
    """Puts documents of a seed's file into the store for one account, and knows what their `labels` stand for."""

    def __init__(self, store: Store, account: Account, *, at: float = SEEDED_AT) -> None:
        self._store = store
        self._account = account
        self._at = at
        self.labels: dict[str, Any] = {}
        money = prices(account.currency)
        self._least_bids = dict.fromkeys(("Bid", "ContextBid"), money.bid.least)
        self._amounts = {
            "bid": money.bid.least * 20,
            "daily": money.daily_budget.least * 2,
            "weekly": money.weekly_limit.least * 3,
            "region": _HOMES.get(account.currency, _HOMES["RUB"])[1],
        }

    def key(self, label: str) -> Any:
        """The identifier of a labelled document."""
        return self.labels[label]

    def plant(self, name: str) -> None:
        """Puts every document of a file, service by service in the file's order."""
        for service, documents in _read(name).items():
            for document in documents:
                self.put(service, self._resolved(document))

    def put(self, service: str, document: Document) -> None:
        """Puts a document whose references are identifiers; the `contents` of a feed have been read by now."""
        label, bid, contents = (document.pop(name, None) for name in ("label", "auto", "contents"))
        document = self.completed(service, document)
        resource = resources()[service]
        key = document.get(resource.id) or self._next(service)
        if isinstance(key, int):
            self._store.skip_to(service, key)
        document = {resource.id: key, **document}
        self._keep(service, key, document)
        duplicates.remember(self._store, self._account.login, resource, document, at=self._at)
        if contents is not None:
            feeds.plant(self._store, self._account.login, document, contents.encode(), at=self._at)
        if label is not None:
            self.labels[label] = key
        if bid is not None:
            self._keep("keywords", autotargeting.key(key), self._autotargeting(key, document, bid))

    def completed(self, service: str, document: Document) -> Document:
        """A document with what follows from its account, its group and the defaults."""
        if service == "campaigns":
            document = filled(document, self._of_the_account())
        elif "AdGroupId" in document:
            group = self._store.get("adgroups", document["AdGroupId"], self._account.login) or {}
            document = {"CampaignId": group["CampaignId"], **document}
        if service in _WITH_BIDS:
            document = filled(document, self._least_bids)
        resource = resources()[service]
        decided = next((members for name, members in resource.choices.items() if name in document), {})
        return with_defaults(filled({**decided, **document}, _RUNNING.get(service, {})), resource)

    def _of_the_account(self) -> Document:
        account = self._account
        own = {
            "Currency": account.currency,
            "RepresentedBy": {"Manager": None, "Agency": account.agency or None},
        }
        mail = {"Email": f"{account.login}@yandex.ru", "CheckPositionInterval": 60, "WarningBalance": 20}
        letters = {"SendAccountNews": "NO", "SendWarnings": "YES"}
        sms = {"Events": ["MONITORING", "MONEY_OUT"], "TimeFrom": "09:00", "TimeTo": "21:00"}
        notification = {"EmailSettings": mail | letters, "SmsSettings": sms}
        return own | {"ClientInfo": f"{account.first_name} {account.last_name}", "Notification": notification}

    def _autotargeting(self, group: Key, document: Document, bid: int) -> Document:
        keyword = {
            "Id": autotargeting.key(group),
            "Keyword": autotargeting.KEYWORD,
            "AdGroupId": group,
            "CampaignId": document["CampaignId"],
            "Bid": bid,
            "ContextBid": bid,
        }
        own: Document = _read("autotargeting")["keyword"]
        return with_defaults({**keyword, **_RUNNING["keywords"], **own}, resources()["keywords"])

    def _next(self, service: str) -> int:
        return self._store.next_id(service, resources()[service].first or _FIRST[service])

    def _keep(self, service: str, key: Key, document: Document) -> None:
        self._store.put(service, key, self._account.login, document, changed=self._at)

    def _resolved(self, value: Any) -> Any:
        """A copy with identifiers in place of "@label" and amounts in place of "$amount"."""
        if isinstance(value, Mapping):
            return {name: self._resolved(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._resolved(inner) for inner in value]
        if isinstance(value, str) and value[:1] in {"@", "$"}:
            return (self.labels if value[0] == "@" else self._amounts)[value[1:]]
        return value


@cache
def _read(name: str) -> dict[str, Any]:
    """A file of the seed as it stands; read once and never changed."""
    source = files(__package__) / "seed" / f"{name}.toml"
    return tomllib.loads(source.read_text("utf-8"))
