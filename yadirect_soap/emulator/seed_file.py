"""A user's own accounts and objects, from a seed file in YAML, JSON or TOML; all of it is planted, or nothing.

    accounts:
      - login: shop
        token: shop-token
        objects:
          campaigns: [{label: spring, Name: Spring, Type: TEXT_CAMPAIGN, TextCampaign: {}}]
          adgroups: [{CampaignId: "@spring", Name: Shelves, RegionIds: [225]}]

An account has the members of Account, a token, its objects by service, parents first, and perhaps a `crowd` of many
alike ones: {campaigns: 20, adgroups: 1000, ads: 50}, each under one of those before.  An object is an item as the
service's get gives it, as far as one cares: the rest is filled in as for a new object that runs.  "@label" is the
identifier of an object with that label further up, "@@..." a text that begins with one @.  A feed may have
`contents`, the text of its file, from which its items are counted.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.check import check
from yadirect_soap.protocol.contract import Shape, nearest

from . import files, large_accounts, newcomers, seed_rules
from .domain.accounts import Account
from .domain.resources import resources
from .operations.services import agency_registration
from .rows import made, refuse, shown
from .seed import Owner

if TYPE_CHECKING:
    from .app import Emulator

_OWN_MEMBERS = ("label", "auto", "contents")
"""Members of a row that the API does not know."""
_PARENTS = (("CampaignId", "campaigns"), ("AdGroupId", "adgroups"))


def plant(emulator: "Emulator", path: str | Path) -> None:
    """Adds what a file says to an emulator; ConfigurationError tells every mistake with its place."""
    data = files.read(path)
    try:
        with emulator.store.transaction():
            complaints = list(_accounts(emulator, data))
            refuse(complaints)
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error}") from None


def _accounts(emulator: "Emulator", data: Any) -> Iterator[str]:
    """Adds the accounts of a file, and gives the complaints."""
    if not isinstance(data, Mapping) or not isinstance(data.get("accounts"), list):
        yield "$: expected an object with a list of accounts"
        return
    yield from (f"$.{name}: unknown, expected accounts" for name in data if name != "accounts")
    for index, row in enumerate(data["accounts"]):
        place = f"$.accounts[{index}]"
        if not isinstance(row, Mapping):
            yield f"{place}: found {shown(row)}, expected an object"
            continue
        try:
            account = _account(emulator, row, place)
        except ConfigurationError as error:
            yield from str(error).split("\n  ")
            # Its objects are looked at all the same; nothing of the file is kept.
            account = newcomers.add(emulator, place=place).account
        yield from _Objects(emulator, account, f"{place}.objects").planted(row.get("objects", {}))
        if "crowd" in row:
            yield from _crowd(emulator, account, row["crowd"], f"{place}.crowd")


def _account(emulator: "Emulator", row: Mapping[str, Any], place: str) -> Account:
    token = row.get("token")
    if token is not None and not isinstance(token, str):
        raise ConfigurationError(f"{place}.token: found {shown(token)}, expected a text")
    members = {name: value for name, value in row.items() if name not in ("token", "objects", "crowd")}
    account = newcomers.add(emulator, members, token=token, place=place).account
    if account.is_agency:
        agency_registration.permit(emulator.store, account.login)
    return account


def _crowd(emulator: "Emulator", account: Account, size: Any, place: str) -> list[str]:
    """Gives an account many alike objects, or complains."""
    if not isinstance(size, Mapping):
        return [f"{place}: found {shown(size)}, expected an object"]
    complaints: list[str] = []
    wished = made(large_accounts.Size, size, place, complaints)
    if wished is not None:
        large_accounts.plant(emulator.store, account, wished, at=emulator.clock())
    return complaints


class _Objects:
    """Plants the objects of one account."""

    def __init__(self, emulator: "Emulator", account: Account, place: str) -> None:
        self._emulator = emulator
        self._login = account.login
        self._place = place
        self._owner = Owner(emulator.store, account, at=emulator.clock())

    def planted(self, services: Any) -> Iterator[str]:
        """Plants the objects of each service, in the file's order, and gives the complaints."""
        if not isinstance(services, Mapping):
            yield f"{self._place}: found {shown(services)}, expected lists of objects by service"
            return
        for service, rows in services.items():
            place = f"{self._place}.{service}"
            if service not in resources():
                yield f"{place}: unknown, expected a service with objects{nearest(service, resources())}"
            elif not isinstance(rows, list):
                yield f"{place}: found {shown(rows)}, expected a list"
            else:
                for index, row in enumerate(rows):
                    yield from self._object(service, row, f"{place}[{index}]")

    def _object(self, service: str, row: Any, place: str) -> Iterator[str]:
        """Plants an object, unless there is something to complain of."""
        if not isinstance(row, Mapping):
            yield f"{place}: found {shown(row)}, expected an object"
            return
        complaints: list[str] = []
        document = {
            name: self._resolved(value, f"{place}.{name}", complaints)
            for name, value in row.items()
            if name not in _OWN_MEMBERS
        }
        if "contents" in row and (service != "feeds" or not isinstance(row["contents"], str)):
            complaints.append(f"{place}.contents: found {shown(row['contents'])}, expected a text, of a feed only")
        if not complaints:
            complaints += (
                f"{place}{each.path[1:]}: found {each.found}, expected {each.expected}"
                for each in check(document, self._shape(service))
            )
            complaints += (f"{place}{inner}: {text}" for inner, text in seed_rules.violations(document))
            complaints += self._homeless(service, document, place)
        yield from complaints
        if not complaints:
            self._owner.put(service, document | {name: row[name] for name in _OWN_MEMBERS if name in row})

    def _homeless(self, service: str, document: Mapping[str, Any], place: str) -> Iterator[str]:
        """A complaint for each parent that the account does not have."""
        for name, parents in _PARENTS:
            key = document.get(name)
            if key is not None and self._emulator.store.get(parents, key, self._login) is None:
                yield f"{place}.{name}: found {key}, expected one of {parents} further up"
            elif key is None and resources()[service].parent == parents:
                yield f"{place}.{name}: missing, expected one of {parents} further up"
        key = document.get(resources()[service].id)
        if key is not None and self._emulator.store.holds(service, key):
            yield f"{place}.{resources()[service].id}: found {key}, which is already in use"

    def _shape(self, service: str) -> Shape:
        listed = self._emulator.contract.operation(service, "get").listed
        assert listed is not None, service  # noqa: S101  every service with objects lists them
        return listed.shape

    def _resolved(self, value: Any, place: str, complaints: list[str]) -> Any:
        """A copy with identifiers in place of "@label"."""
        if isinstance(value, Mapping):
            return {name: self._resolved(each, f"{place}.{name}", complaints) for name, each in value.items()}
        if isinstance(value, list):
            return [self._resolved(each, f"{place}[{index}]", complaints) for index, each in enumerate(value)]
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        if value.startswith("@@"):
            return value[1:]
        if value[1:] not in self._owner.labels:
            complaints.append(f"{place}: found {value}, expected the label of an object further up")
            return value
        return self._owner.labels[value[1:]]
