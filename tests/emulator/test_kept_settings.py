"""Never a made-up success: what set, setBids, and the updates of clients accept is shown by a get, or refused."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from tests.emulator.member_values import Item, Path, every_field, paths, scalars, values, with_value
from yadirect_soap import ApiError, Direct, InvalidParamsError, ItemResults
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN, AGENCY_TOKEN
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Member

WIRES = pytest.mark.parametrize("wire", ["soap", "json"])
TARGETS, VALUES = 12, 8
"""So many objects are tried, since campaigns differ in what they take, and so many values."""


class Setter(NamedTuple):
    """An operation that sets members, the member that names the object, whose ids it has, and the criterion of get."""

    operation: str
    member: str
    service: str
    criterion: str = "Ids"


SETTERS = (
    Setter("audiencetargets.setBids", "Id", "audiencetargets"),
    Setter("bidmodifiers.set", "Id", "bidmodifiers"),
    Setter("bids.set", "KeywordId", "keywords", "KeywordIds"),
    Setter("dynamicfeedadtargets.setBids", "Id", "dynamicfeedadtargets"),
    Setter("dynamictextadtargets.setBids", "Id", "dynamictextadtargets"),
    Setter("keywordbids.set", "KeywordId", "keywords", "KeywordIds"),
    Setter("smartadtargets.setBids", "Id", "smartadtargets"),
)
NAMES = {"Id", "CampaignId", "AdGroupId", "KeywordId", "ClientId"}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator(moderation_seconds=0) as emulator:
        yield emulator


def connect(emulator: Emulator, wire: WireName, token: str) -> Direct:
    """A client of a demo account."""
    return Direct(token, endpoint=emulator.endpoint, session=emulator.session(), transport=wire, retry=None)


def items_of(key: str) -> Member:
    """The list of objects that an operation takes."""
    (member,) = [
        m for m in bundled().operation(*key.split(".")).request.members if m.many and m.shape.kind is Kind.OBJECT
    ]
    return member


def read_items(direct: Direct, service: str, criteria: Item) -> list[Any]:
    """All that a get shows."""
    get = bundled().operation(service, "get")
    params = every_field(get)
    if "SelectionCriteria" in get.request.by_name:
        levels = {"Levels": ["CAMPAIGN", "AD_GROUP"]} if service == "bidmodifiers" else {}
        params["SelectionCriteria"] = criteria | levels
    return list(direct.call(service, "get", params))


def is_lost(
    emulator: Emulator, direct: Direct, key: str, path: Path, targets: list[Item], show: Callable[[Item], list[Any]]
) -> bool:
    """Whether a value of a member is accepted without a warning, and none has an effect that a get shows."""
    lost = False
    service, name = key.split(".")
    for target in targets:
        for value in values(emulator, path)[:VALUES]:
            before = show(target)
            item = with_value(emulator, target, path, value)
            try:
                results = direct.call(service, name, {items_of(key).name: [item]})
            except InvalidParamsError:
                continue
            except ApiError as error:
                assert error.code != 1000, item  # noqa: PT017  any other refusal is an honest answer
                continue
            assert isinstance(results, ItemResults)
            if results.errors or results.warnings:
                continue
            after = show(target)
            if after != before or value in scalars(after):
                return False
            lost = True
    return lost


@WIRES
@pytest.mark.parametrize("setter", SETTERS, ids=[setter.operation for setter in SETTERS])
def test_what_is_set_is_shown(emulator: Emulator, setter: Setter, wire: WireName) -> None:
    """A get shows each member that is set, in some object that takes it."""
    direct = connect(emulator, wire, ADVERTISER_TOKEN)
    rows = emulator.store.rows(setter.service, ADVERTISER)
    targets = [{setter.member: row.id} for row in rows][:TARGETS]

    def show(target: Item) -> list[Any]:
        service = setter.operation.partition(".")[0]
        return read_items(direct, service, {setter.criterion: [target[setter.member]]})

    for path in paths(items_of(setter.operation).shape):
        if path[0].name not in NAMES:
            assert not is_lost(emulator, direct, setter.operation, path, targets, show), path


@WIRES
@pytest.mark.parametrize(
    ("key", "token"), [("clients.update", ADVERTISER_TOKEN), ("agencyclients.update", AGENCY_TOKEN)]
)
def test_what_a_client_is_updated_with_is_shown(emulator: Emulator, key: str, token: str, wire: WireName) -> None:
    """A get shows each member that an update of a client accepts."""
    direct = connect(emulator, wire, token)
    service = key.partition(".")[0]
    client = read_items(direct, service, {})[0]["ClientId"]
    target = {"ClientId": client} if "ClientId" in items_of(key).shape.by_name else {}

    def show(_target: Item) -> list[Any]:
        return [item for item in read_items(direct, service, {}) if item["ClientId"] == client]

    for path in paths(items_of(key).shape):
        if path[0].name not in NAMES:
            assert not is_lost(emulator, direct, key, path, [target], show), path
